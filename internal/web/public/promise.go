package public

import (
	"cmp"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// promise is a target or a milestone with its state on a day. As long as nothing
// is reported, the state comes from the dates alone.
type promise struct {
	Key       string // of its mark
	Item      id.Item
	Name      string // the indicator or what is to be done, in the plan's words
	Quote     string
	Target    *plan.Target // nil for a milestone
	Milestone *plan.Milestone
	Due       calendar.Day
	Reached   calendar.Day // of a milestone that is confirmed as reached
	Lamp      plan.Lamp
	Span      document.Span
}

// promises gives the targets and milestones of a plan in the order of its text; those of
// added orders, which do not stand in it, come first.
func promises(p desk.PublicPlan, today calendar.Day) []promise {
	text := []rune(p.Text)
	n := map[id.Item]int{}
	for _, t := range p.Targets {
		n[t.Item]++
	}
	for _, m := range p.Milestones {
		n[m.Item]++
	}
	lamp := func(i id.Item, start, due calendar.Day) plan.Lamp {
		l := p.Rules.LampOn(start, due, today).Reported(reportedLamp(p.Reports[i]), due, today)
		if l == plan.LampOverdue && n[i] > 1 {
			return plan.LampNone // the item is not complete; which of its promises is not kept nobody said
		}
		return l
	}
	var all []promise
	for _, t := range p.Targets {
		all = append(all, promise{Key: "t-" + t.ID.String(), Item: t.Item, Name: t.Indicator, Quote: t.Quote, Target: &t,
			Due: t.Deadline, Lamp: lamp(t.Item, t.Start, t.Deadline), Span: t.Span})
	}
	for _, m := range p.Milestones {
		quote := m.Title // where its words stand in a former document
		if len(m.Span) > 0 {
			quote = document.Quote(text, m.Span)
		}
		if o, ordered := p.Orders[m.Item]; ordered {
			quote = o.Words
		}
		all = append(all, promise{Key: "m-" + m.ID.String(), Item: m.Item, Name: m.Title, Quote: quote, Milestone: &m,
			Due: m.Due, Lamp: lamp(m.Item, "", m.Due), Span: m.Span})
		if r, is := p.Reached[m.ID]; is {
			all[len(all)-1].Lamp, all[len(all)-1].Reached = plan.LampComplete, r.On
		}
	}
	slices.SortStableFunc(all, func(a, b promise) int { return cmp.Compare(a.Span.Start(), b.Span.Start()) })
	return all
}

// passed reports a promise whose day has gone by.
func (p promise) passed(today calendar.Day) bool {
	return p.Due != "" && p.Due < today && p.Reached == ""
}

// until says until when it is promised, or when it was reached.
func (p promise) until(ctx context.Context, today calendar.Day) string {
	if p.Reached != "" {
		return web.T(ctx, "%s 办到了，期限是 %s", web.Date(ctx, p.Reached), web.Date(ctx, p.Due))
	}
	return due(ctx, p.Due, today)
}

// figure is what is promised in figures; a milestone promises none.
func (p promise) figure() string {
	if p.Target == nil {
		return ""
	}
	return web.Promise(*p.Target)
}

// period is how often the figure is promised; empty for once, and for a milestone.
func (p promise) period() string {
	if p.Target == nil {
		return ""
	}
	return p.Target.Period
}

// bare is the figure without its unit.
func (p promise) bare() string {
	t := *p.Target
	t.Unit = ""
	return web.Promise(t)
}

// due says until when, and how far that is from today.
func due(ctx context.Context, day, today calendar.Day) string {
	if day == "" {
		return web.T(ctx, "没有写期限")
	}
	return web.T(ctx, "最晚 %s，%s", web.Date(ctx, day), web.Until(ctx, today, day))
}

// badFirst puts what is past its day in front, then what is due next; what has no day comes last.
func badFirst(all []promise) []promise {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b promise) int {
		if a.Due == "" || b.Due == "" {
			return -cmp.Compare(a.Due, b.Due)
		}
		return cmp.Compare(a.Due, b.Due)
	})
	return all
}

// duty is an item with what it promises and its state on a day.
type duty struct {
	plan.Item
	Promises []promise
	Reports  []desk.PublicReport
	Lamp     plan.Lamp
}

// reportedLamp is how an item stands by what its units said: the worst of it, and
// complete only where all units that lead it say so.
func reportedLamp(all []desk.PublicReport) plan.Lamp {
	var lamps []plan.Lamp
	silent := false
	for _, r := range all {
		silent = silent || r.Report == nil
		if r.Report != nil {
			lamps = append(lamps, web.StateLamp(r.Report))
		}
	}
	if len(lamps) == 0 {
		return plan.LampNone
	}
	if l := plan.Worst(lamps...); !silent || l != plan.LampComplete && l != plan.LampWaiting {
		return l
	}
	return plan.LampNone
}

// itemLamp is the lamp of an item with promises: the worst of their dates, and what was
// reported of the whole item by the last of their days.
func itemLamp(rules plan.LampRules, all []promise, reported plan.Lamp, today calendar.Day) plan.Lamp {
	var lamps []plan.Lamp
	var last calendar.Day
	for _, p := range all {
		start := calendar.Day("")
		if p.Target != nil {
			start = p.Target.Start
		}
		lamps, last = append(lamps, rules.LampOn(start, p.Due, today)), max(last, p.Due)
	}
	return plan.Worst(lamps...).Reported(reported, last, today)
}

// reported reports whether any unit said how an item stands.
func (d duty) reported() bool {
	return slices.ContainsFunc(d.Reports, func(r desk.PublicReport) bool { return r.Report != nil })
}

// duties gives the released items of a plan in its order.
func duties(p desk.PublicPlan, today calendar.Day) []duty {
	of := map[id.Item][]promise{}
	for _, m := range promises(p, today) {
		of[m.Item] = append(of[m.Item], m)
	}
	all := make([]duty, len(p.Items))
	for i, item := range p.Items {
		all[i] = duty{Item: item, Promises: of[item.ID], Reports: p.Reports[item.ID], Lamp: reportedLamp(p.Reports[item.ID])}
		if len(of[item.ID]) > 0 {
			all[i].Lamp = itemLamp(p.Rules, of[item.ID], all[i].Lamp, today)
		}
	}
	return all
}

// principle reports an item that promises nothing and that nobody reports.
func (d duty) principle() bool { return len(d.Promises) == 0 && d.Period == plan.NoPeriod }

func (d duty) passed(today calendar.Day) bool {
	return slices.ContainsFunc(d.Promises, func(p promise) bool { return p.passed(today) })
}

func lampsOf(all []promise) []plan.Lamp {
	lamps := make([]plan.Lamp, len(all))
	for i, p := range all {
		lamps[i] = p.Lamp
	}
	return lamps
}

type lampCount struct {
	Lamp plan.Lamp
	N    int
}

// count counts lamps; those that nothing shows are left out.
func count(lamps []plan.Lamp) (out []lampCount) {
	for _, l := range plan.Lamps {
		n := 0
		for _, has := range lamps {
			if has == l {
				n++
			}
		}
		if n > 0 {
			out = append(out, lampCount{l, n})
		}
	}
	return out
}

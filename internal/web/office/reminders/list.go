package reminders

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
	"luoshi/reminder"
)

// owedFilter is what the address asks for of all that is owed.
type owedFilter struct {
	Kind reminder.Kind // empty for all
	Unit id.Unit       // 0 for all
	Soon bool          // also what is not late yet
	Tick bool          // all are ticked
}

// path is the address of a filter.
func (f owedFilter) path() string {
	q := url.Values{}
	if f.Kind != "" {
		q.Set("kind", string(f.Kind))
	}
	if f.Unit != 0 {
		q.Set("unit", f.Unit.String())
	}
	if f.Soon {
		q.Set("soon", "1")
	}
	if f.Tick {
		q.Set("tick", "1")
	}
	if len(q) == 0 {
		return page.RemindersPath
	}
	return page.RemindersPath + "?" + q.Encode()
}

func filterOf(r *http.Request) owedFilter {
	q := r.URL.Query()
	f := owedFilter{Soon: q.Get("soon") != "", Tick: q.Get("tick") != ""}
	if k := reminder.Kind(q.Get("kind")); slices.Contains(reminder.Kinds, k) {
		f.Kind = k
	}
	if u, err := id.Of[id.Unit](q.Get("unit")); err == nil {
		f.Unit = u
	}
	return f
}

// owedView is what units owe, by unit.
type owedView struct {
	Filter owedFilter
	Units  []owedUnit
	Late   int
	Counts []owedCount // of each kind, without the filter by kind
	Today  calendar.Day
	Sends  bool
	Rules  reminder.Rules
	Ways   []reminder.Channel // that can be used now
}

type owedUnit struct {
	Unit  org.Unit
	Lines []desk.ChaseLine
	Late  int
}

type owedCount struct {
	Kind reminder.Kind
	N    int
}

// remindersOwed shows what all units owe, to be ticked and chased.
func remindersOwed(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx, me := r.Context(), page.Who(r.Context())
	all, err := s.Office.Owed(ctx, me)
	if err != nil {
		return err
	}
	v := owedView{Filter: filterOf(r), Today: s.Office.Today(), Sends: me.May("reminder.send")}
	if v.Rules, err = s.Office.ReminderRules(ctx); err != nil {
		return err
	}
	if v.Sends {
		if v.Ways, err = ways(s, ctx); err != nil {
			return err
		}
	}
	v.fill(all)
	web.Show(w, r, http.StatusOK, remindersPage(v))
	return nil
}

// ways are the channels that can be used now: those by hand, and those that are connected.
func ways(s *page.Side, ctx context.Context) ([]reminder.Channel, error) {
	ways := slices.Clone(reminder.ByHand)
	gateways, err := s.Office.ReminderGateways(ctx, page.Who(ctx))
	for _, g := range gateways {
		if g.Form != "" {
			ways = append(ways, g.Channel)
		}
	}
	return ways, err
}

func (v *owedView) fill(all []desk.ChaseLine) {
	counts := map[reminder.Kind]int{}
	at := map[id.Unit]int{}
	for _, l := range all {
		late := l.Late(v.Today)
		if !late && !v.Filter.Soon || v.Filter.Unit != 0 && l.Of.ID != v.Filter.Unit {
			continue
		}
		counts[l.Kind]++
		counts[""]++
		if v.Filter.Kind != "" && l.Kind != v.Filter.Kind {
			continue
		}
		k, is := at[l.Of.ID]
		if !is {
			k = len(v.Units)
			at[l.Of.ID] = k
			v.Units = append(v.Units, owedUnit{Unit: l.Of})
		}
		v.Units[k].Lines = append(v.Units[k].Lines, l)
		if late {
			v.Units[k].Late++
			v.Late++
		}
	}
	for _, k := range append([]reminder.Kind{""}, reminder.Kinds...) {
		if k == "" || counts[k] > 0 {
			v.Counts = append(v.Counts, owedCount{k, counts[k]})
		}
	}
	slices.SortStableFunc(v.Units, func(a, b owedUnit) int {
		return slices.Index(org.Levels, a.Unit.Level) - slices.Index(org.Levels, b.Unit.Level)
	})
}

// owedKindWord says what kind of thing is owed.
func owedKindWord(ctx context.Context, k reminder.Kind) string {
	switch k {
	case reminder.Report:
		return web.T(ctx, "未报的进展")
	case reminder.Answer:
		return web.T(ctx, "没有回话的任务")
	case reminder.Milestone:
		return web.T(ctx, "过期的节点和交办")
	case reminder.Collection:
		return web.T(ctx, "没有交的征集")
	}
	return web.T(ctx, "全部")
}

// channelWord says by which way somebody is chased.
func channelWord(ctx context.Context, c reminder.Channel) string {
	switch c {
	case reminder.Copy:
		return web.T(ctx, "文字")
	case reminder.Phone:
		return web.T(ctx, "电话")
	case reminder.ChaseSlip:
		return web.T(ctx, "催办单")
	case reminder.SupervisionSlip:
		return web.T(ctx, "督办单")
	case reminder.SMS:
		return web.T(ctx, "短信")
	case reminder.Mail:
		return web.T(ctx, "邮件")
	}
	return web.T(ctx, "群机器人")
}

// chasedWords says how often something was chased and how the last time.
func chasedWords(ctx context.Context, all []desk.Chased) string {
	if len(all) == 0 {
		return web.T(ctx, "没有催过")
	}
	last := all[0]
	return web.T(ctx, "催过 %s 次，最近 %s %s", web.Count(len(all)), string(last.Day), channelWord(ctx, last.Channel)) + stateTail(ctx, last.State, last.Opened, last.Replied)
}

// stateTail says what came of an attempt, behind how it was made.
func stateTail(ctx context.Context, s reminder.State, opened, replied calendar.Day) string {
	switch {
	case replied != "":
		return web.T(ctx, "，回了话")
	case opened != "":
		return web.T(ctx, "，看过")
	case s == reminder.Failed:
		return web.T(ctx, "，没有发出去")
	case s == reminder.Unknown:
		return web.T(ctx, "，到没到说不准")
	case s == reminder.Open:
		return web.T(ctx, "，还没有打")
	}
	return ""
}

// owedWhat says what is owed, in the reader's language where it can.
func owedWhat(ctx context.Context, o reminder.Owed) string {
	switch o.Kind {
	case reminder.Report:
		return web.T(ctx, "%s的进展", periodWord(ctx, o.Period))
	case reminder.Answer:
		return web.T(ctx, "接受还是退回")
	case reminder.Collection:
		return web.T(ctx, "要交的材料")
	}
	return web.T(ctx, "办完了没有")
}

// repliesOf are what the unit said to reminders about something, the last first.
func repliesOf(all []desk.Chased) (out []desk.Chased) {
	for _, c := range all {
		if c.Reply != "" {
			out = append(out, c)
		}
	}
	return out
}

// textLines is how high a field is that shows a text.
func textLines(text string) (n int) {
	for line := range strings.SplitSeq(text, "\n") {
		n += 1 + len([]rune(line))/46
	}
	return min(24, n)
}

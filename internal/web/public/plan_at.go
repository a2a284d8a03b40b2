package public

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/plan"

	"github.com/a-h/templ"
)

var errAt = fault.New(fault.Invalid, "日期读不懂，请写成 2011-12-31 这样。").In("at")

// at reads the day of which a page is to tell; empty for today.
func (v visit) at() (calendar.Day, error) {
	text := v.r.URL.Query().Get("at")
	if text == "" {
		return "", nil
	}
	day, err := calendar.ParseDay(text)
	if err != nil {
		return "", errAt
	}
	return day, nil
}

// past gives a plan as it stood on the day that is asked for, and the day that the
// states of its promises are told of.
func (v visit) past(p desk.PublicPlan) (desk.PublicPlan, calendar.Day, error) {
	at, err := v.at()
	if err != nil || at == "" || at >= v.today {
		return p, v.today, err
	}
	p, err = v.desk.AsOf(v.r.Context(), p, at)
	return p, at, err
}

// until leaves out the entries that were made after a day.
func until(lines []desk.Line, day calendar.Day) []desk.Line {
	return slices.DeleteFunc(lines, func(l desk.Line) bool { return calendar.DayOf(time.UnixMicro(l.Entry.At)) > day })
}

// cancelled is a promise that was planned away: it stays to be seen.
type cancelled struct {
	Item  id.Item
	Node  int
	Name  string
	Words string // its figure
	Due   calendar.Day
	Noun  string
	Key   string
}

// cancelledOf are the promises that were cancelled, in the order of the text. What was
// withdrawn never was a promise.
func cancelledOf(p desk.PublicPlan) (all []cancelled) {
	if p.Ended == nil {
		return nil
	}
	nodes := map[id.Item]int{}
	for _, i := range p.Every().Items {
		nodes[i.ID] = i.Node
	}
	type placed struct {
		cancelled
		at int
	}
	var found []placed
	promised := map[id.Item]bool{}
	for _, t := range p.Ended.Targets {
		if t.Standing == plan.Cancelled {
			promised[t.Item] = true
			found = append(found, placed{cancelled{t.Item, nodes[t.Item], t.Indicator, promise{Target: &t}.figure(), t.Deadline, "target", t.ID.String()}, t.Span.Start()})
		}
	}
	for _, m := range p.Ended.Milestones {
		if m.Standing == plan.Cancelled {
			promised[m.Item] = true
			found = append(found, placed{cancelled{m.Item, nodes[m.Item], m.Title, "", m.Due, "milestone", m.ID.String()}, m.Span.Start()})
		}
	}
	for _, i := range p.Ended.Items {
		if i.Standing == plan.Cancelled && !promised[i.ID] {
			found = append(found, placed{cancelled{i.ID, i.Node, i.Title, "", "", "item", i.ID.String()}, 0})
		}
	}
	slices.SortStableFunc(found, func(a, b placed) int { return cmp.Or(cmp.Compare(a.Node, b.Node), cmp.Compare(a.at, b.at)) })
	for _, f := range found {
		all = append(all, f.cancelled)
	}
	return all
}

// titleIn names an item of a plan, also one that stands no more.
func titleIn(p desk.PublicPlan, i id.Item) string {
	for _, item := range p.Every().Items {
		if item.ID == i {
			return item.Title
		}
	}
	return ""
}

// undecided are the differences of re-issued documents that the plan does not follow.
func undecided(p desk.PublicPlan) (out []plan.Decided) {
	for _, d := range p.Differences {
		if d.State == plan.DifferencePending || d.State == plan.DifferenceDeclined {
			out = append(out, d)
		}
	}
	return out
}

func noChip(string) templ.Component { return nil }

// former shows a document of a plan that another has replaced.
func (v visit) former() error {
	which, err := id.Of[id.Plan](v.r.PathValue("id"))
	version, notNumber := strconv.Atoi(v.r.PathValue("version"))
	if err != nil || notNumber != nil {
		return errMissing
	}
	p, err := v.desk.Former(v.r.Context(), which, version)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, p.Plan.Title, formerPlan(p, version, clauses(p, nil)))
}

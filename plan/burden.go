package plan

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
)

// What a report takes, in minutes: an assumption until reports are measured. To read
// what was said last and write one line, and to look up and write one figure; to show
// once that a milestone is reached.
const (
	MinutesWords     = 2
	MinutesFigure    = 1
	MinutesMilestone = 5
)

// Burden is what a plan asks of one owner, once it is in force.
type Burden struct {
	Owner      string // as the plan names it; empty where it names nobody
	Items      int    // that the owner leads and reports
	Reports    int    // a year
	Figures    int    // that go with them, a year
	Milestones int    // to be shown once each
	NextDue    calendar.Day
	Minutes    int // a year: reports, figures and milestones
}

// MinutesAMonth is the year's minutes spread over twelve months, rounded up.
func (b Burden) MinutesAMonth() int { return (b.Minutes + 11) / 12 }

// timesAYear is how often a period comes round.
var timesAYear = map[Period]int{NoPeriod: 0, Weekly: 52, Fortnightly: 26, Monthly: 12, Quarterly: 4, Yearly: 1}

// Burdens tells what a plan asks of whom: each unit that leads an item is asked for it.
// The most burdened comes first, what nobody leads last.
func Burdens(items []Item, targets []Target, milestones []Milestone) []Burden {
	figures, stones := map[id.Item]int{}, map[id.Item][]Milestone{}
	for _, t := range targets {
		figures[t.Item]++
	}
	for _, m := range milestones {
		stones[m.Item] = append(stones[m.Item], m)
	}
	of := map[string]*Burden{}
	var all []*Burden
	for _, i := range items {
		owners := SplitTags(i.Lead)
		if len(owners) == 0 {
			owners = []string{""}
		}
		times := timesAYear[i.Period]
		if times == 0 && len(stones[i.ID]) == 0 {
			continue
		}
		for _, name := range owners {
			b := of[name]
			if b == nil {
				b = &Burden{Owner: name}
				of[name], all = b, append(all, b)
			}
			b.Items++
			b.Reports += times
			b.Figures += times * figures[i.ID]
			for _, m := range stones[i.ID] {
				b.Milestones++
				if b.NextDue == "" || m.Due < b.NextDue {
					b.NextDue = m.Due
				}
			}
		}
	}
	out := make([]Burden, len(all))
	for k, b := range all {
		b.Minutes = b.Reports*MinutesWords + b.Figures*MinutesFigure + b.Milestones*MinutesMilestone
		out[k] = *b
	}
	slices.SortStableFunc(out, func(a, b Burden) int {
		if (a.Owner == "") != (b.Owner == "") {
			return cmp.Compare(len(b.Owner), len(a.Owner))
		}
		return cmp.Or(cmp.Compare(b.Minutes, a.Minutes), strings.Compare(a.Owner, b.Owner))
	})
	return out
}

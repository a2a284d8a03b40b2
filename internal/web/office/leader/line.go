package leader

import (
	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/plan"
)

// timeLine is the items of a plan on a line of days, in percent of its length.
type timeLine struct {
	First, Last calendar.Day
	Now         float64
	Phases      []lineMark // where each begins
	Bars        map[id.Item]lineBar
}

type lineMark struct {
	X       float64
	Name    string
	Current bool
}

// lineBar is one item: from its start to its last day, done until today, over since its
// day; Was is the day that was promised first, where it was put off.
type lineBar struct {
	From, To, Run, Over, Was float64
	Late, Open, Moved        bool // Open: nobody knows whether it was done by its day
	Original                 calendar.Day
}

// newTimeLine lays the items out between the first and the last day that the plan names.
func newTimeLine(v desk.Leading) (l timeLine) {
	l.Bars = map[id.Item]lineBar{}
	see := func(d calendar.Day) {
		if d != "" && (l.First == "" || d < l.First) {
			l.First = d
		}
		l.Last = max(l.Last, d)
	}
	see(v.Plan.ForceDay)
	see(v.Today)
	for _, f := range v.Phases {
		see(f.First)
		see(f.Last)
	}
	for _, r := range v.Rows {
		see(dueNow(r))
	}
	moved := map[id.Item]desk.Slip{}
	for _, s := range v.Slips {
		see(s.Was)
		if m, is := moved[s.Item.ID]; !s.Cancelled && s.Was != s.Now && s.Was != "" && (!is || m.Was < s.Was) {
			moved[s.Item.ID] = s
		}
	}
	l.Now = l.at(v.Today)
	for _, f := range v.Phases {
		if f.First != "" {
			l.Phases = append(l.Phases, lineMark{l.at(f.First), f.Name, f.StageOn(v.Today) == plan.StageCurrent})
		}
	}
	for _, r := range v.Rows {
		due := dueNow(r)
		if due == "" {
			continue
		}
		lit := r.Whole.LampLit
		from := l.First
		if lit.Start != "" {
			from = lit.Start
		}
		if r.Order != nil {
			from = r.Order.Given
		}
		from = min(from, due)
		b := lineBar{From: l.at(from), To: l.at(due), Run: l.at(min(v.Today, due))}
		b.Run = max(b.Run, b.From)
		if lit.Said == plan.LampComplete || lit.Said == plan.LampWaiting {
			b.Run = l.at(max(from, min(lit.SaidOn, due)))
		} else if due < v.Today {
			b.Late, b.Open, b.Over = lit.Said != plan.LampNone, lit.Said == plan.LampNone, l.Now
		}
		if s, is := moved[r.Item.ID]; is {
			b.Moved, b.Was, b.Original = true, l.at(s.Was), s.Was
		}
		l.Bars[r.Item.ID] = b
	}
	return l
}

// at is where a day lies on the line.
func (l timeLine) at(d calendar.Day) float64 {
	all := l.First.Until(l.Last)
	if all <= 0 {
		return 0
	}
	return 100 * float64(l.First.Until(d)) / float64(all)
}

// room reports whether the name of a phase fits before the next one begins.
func (l timeLine) room(k int) bool {
	end := 100.0
	if k+1 < len(l.Phases) {
		end = l.Phases[k+1].X
	}
	return end-l.Phases[k].X > 3.5*float64(len([]rune(l.Phases[k].Name)))
}

package progress

import (
	"cmp"
	"slices"

	"luoshi/calendar"
)

// Newest keeps the newest revision of each period, the earliest period first. All are
// of one item and unit.
func Newest(reports []Report) (out []Report) {
	all := reports
	if !slices.IsSortedFunc(all, Report.Compare) { // as they are kept they mostly are
		all = slices.Clone(reports)
		slices.SortStableFunc(all, Report.Compare)
	}
	for i := range all {
		if i+1 == len(all) || all[i+1].Period != all[i].Period {
			out = append(out, all[i])
		}
	}
	return out
}

// Compare puts the reports of an item by a unit in order: the newest is that of the latest
// period, and of its revisions the last.
func (r Report) Compare(other Report) int {
	return cmp.Or(r.Period.compare(other.Period), r.Revision-other.Revision)
}

// For gives the newest report for a period, or nil.
func For(reports []Report, p Period) (found *Report) {
	for i, r := range reports {
		if r.Period == p && (found == nil || r.Revision > found.Revision) {
			found = &reports[i]
		}
	}
	return found
}

// Before gives the last report of a period that began before another, or nil.
func Before(reports []Report, p Period) (last *Report) {
	all := Newest(reports)
	for i := range slices.Backward(all) {
		if all[i].Period.begins(p) < 0 {
			return &all[i]
		}
	}
	return nil
}

// Shown gives the last report that was not returned, or nil: what everybody may know.
func Shown(reports []Report) (last *Report) {
	all := Newest(reports)
	for i := range slices.Backward(all) {
		if all[i].Standing != Returned {
			return &all[i]
		}
	}
	return nil
}

// Situation is how far the report of a period has come.
type Situation string

const (
	NotAsked  Situation = "not_asked" // the unit did not have the item yet
	Awaited   Situation = "awaited"   // not due yet
	Missing   Situation = "missing"   // 未报
	Reported  Situation = "reported"
	Waiting   Situation = "waiting" // 待确认
	Completed Situation = "completed"
	GivenBack Situation = "returned"
)

// Owed tells how an item and unit stand for a period.
type Owed struct {
	Situation Situation
	Report    *Report      // nil where there is none; of an earlier period where that ended it
	By        calendar.Day // when it is due
	Since     calendar.Day // since when it is missing: the day after that of the first of a run
	Run       int          // how many periods on end are missing, with this one
	Late      bool         // it was reported after its day
}

// OwedFor tells how the report of a period stands on a day, for a unit that has had the
// item since a day.
func OwedFor(p Period, since calendar.Day, reports []Report, today calendar.Day, grace int) Owed {
	o := Owed{By: p.Due(grace), Report: For(reports, p)}
	if o.Report == nil {
		last := Before(reports, p)
		switch {
		case last != nil && last.Ends():
			o.Report = last
		case p.Last() < since:
			o.Situation = NotAsked
			return o
		case today <= o.By:
			o.Situation = Awaited
			return o
		default:
			o.Situation, o.Since, o.Run = Missing, o.By.AddDays(1), 1
			for b := p.Previous(); b.Last() >= since && For(reports, b) == nil; b = b.Previous() {
				o.Since, o.Run = b.Due(grace).AddDays(1), o.Run+1
			}
			return o
		}
	} else {
		for _, r := range reports {
			if r.Period == p && r.Revision == 1 {
				o.Late = r.Day > o.By
			}
		}
	}
	switch {
	case o.Report.Standing == Returned:
		o.Situation = GivenBack
	case o.Report.Pending():
		o.Situation = Waiting
	case o.Report.State == Complete:
		o.Situation = Completed
	default:
		o.Situation = Reported
	}
	return o
}

// Missed gives the periods that were due before a day and that nothing was reported for,
// the last first, at most so many.
func Missed(every Every, since calendar.Day, reports []Report, today calendar.Day, grace, most int) (out []Period) {
	for p := Of(every, today).Previous(); p.Last() >= since && len(out) < most; p = p.Previous() {
		if OwedFor(p, since, reports, today, grace).Situation == Missing {
			out = append(out, p)
		}
	}
	return out
}

// Dates are what an item promised, in days.
type Dates struct {
	Start    calendar.Day // empty where none is said
	Deadline calendar.Day // of its last promise
	Stones   []Stone
}

// Stone is a milestone with its day.
type Stone struct {
	Title string
	Due   calendar.Day
}

// Contradiction is a state that the dates do not bear out.
type Contradiction struct {
	Kind  ContradictionKind
	Title string // of the milestone that was missed
	Day   calendar.Day
}

type ContradictionKind string

const (
	PastDeadline ContradictionKind = "past_deadline" // the day passed and 完成 is not claimed
	MissedStone  ContradictionKind = "missed_stone"  // 推进中, but a milestone passed
	PastStart    ContradictionKind = "past_start"    // 未启动 after the start
)

// Contradicts finds where a state contradicts the dates of its item; nil where it does not.
func Contradicts(s State, d Dates, today calendar.Day) *Contradiction {
	if s == Complete {
		return nil
	}
	if d.Deadline != "" && d.Deadline < today {
		return &Contradiction{Kind: PastDeadline, Day: d.Deadline}
	}
	if s == NotStarted {
		if d.Start != "" && d.Start < today {
			return &Contradiction{Kind: PastStart, Day: d.Start}
		}
		return nil
	}
	var first *Contradiction
	for _, m := range d.Stones {
		if m.Due != "" && m.Due < today && s == UnderWay && (first == nil || m.Due < first.Day) {
			first = &Contradiction{Kind: MissedStone, Title: m.Title, Day: m.Due}
		}
	}
	return first
}

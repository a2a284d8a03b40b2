package desk

import (
	"cmp"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/reminder"
)

// ChaseLine is something that a unit owes, or soon will, with the unit that is asked for
// it today: of one that ended whoever goes on with it.
type ChaseLine struct {
	reminder.Owed
	Of     org.Unit
	Chased []Chased // when it was chased before, the last first
}

// answerDays is how many working days a unit has to say whether it takes a duty on.
const answerDays = 5

// chasedKinds are what of the dues of units is chased, and as what.
var chasedKinds = map[DueKind]reminder.Kind{DueReport: reminder.Report, DueCollection: reminder.Collection, DueAnswer: reminder.Answer,
	DueMilestone: reminder.Milestone, DueOrder: reminder.Milestone}

// owedUntil gives what all units owe today, and what falls due until a day. Reports come
// first, then collections, answers and milestones; of each what is due first.
func (o *Office) owedUntil(q db.Querier, last calendar.Day) (out []ChaseLine, err error) {
	all, err := o.duesOf(q)
	if err != nil {
		return nil, err
	}
	for _, d := range all.all {
		u := all.tree.units[d.Unit]
		kind, is := chasedKinds[d.Kind]
		if x := owedOfDue(d, kind); is && u.ID != 0 && u.To == "" && x.Due <= last {
			out = append(out, ChaseLine{Owed: x, Of: u})
		}
	}
	slices.SortStableFunc(out, func(a, b ChaseLine) int {
		return cmp.Or(slices.Index(reminder.Kinds, a.Kind)-slices.Index(reminder.Kinds, b.Kind), cmp.Compare(a.Due, b.Due), cmp.Compare(a.Of.ID, b.Of.ID))
	})
	return out, nil
}

// owedOfDue gives a due to the rules of chasing.
func owedOfDue(d Due, kind reminder.Kind) reminder.Owed {
	x := reminder.Owed{Thing: reminder.Thing{Kind: kind, Record: int64(d.Item), Unit: d.Of, Period: string(d.Period)}, Item: d.Item, Title: d.Subject, Due: d.By}
	switch kind {
	case reminder.Milestone:
		x.Record, x.Title = int64(d.Milestone), cmp.Or(d.Title, d.Subject)
	case reminder.Collection:
		x.Record = int64(d.Collection)
	case reminder.Answer:
		x.Due = d.Since.AddWorkdays(answerDays)
	}
	return x
}

// stillOwed finds those of some things that are still owed.
func stillOwed(all []ChaseLine, things []reminder.Thing) (out []ChaseLine) {
	for _, l := range all {
		if slices.Contains(things, l.Thing) {
			out = append(out, l)
		}
	}
	return out
}

// byUnit parts what is owed by the units that are asked, in the order in which they come.
func byUnit(all []ChaseLine) (units []org.Unit, of map[id.Unit][]reminder.Owed) {
	of = map[id.Unit][]reminder.Owed{}
	for _, l := range all {
		if of[l.Of.ID] == nil {
			units = append(units, l.Of)
		}
		of[l.Of.ID] = append(of[l.Of.ID], l.Owed)
	}
	return units, of
}

package desk

import (
	"cmp"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/progress"
	"luoshi/reminder"
)

// OwedLine is something that a unit owes, or soon will, with the unit that is asked for
// it today: of one that ended whoever goes on with it.
type OwedLine struct {
	reminder.Owed
	Of     org.Unit
	Chased []Chased // when it was chased before, the last first
}

// answerDays is how many working days a unit has to say whether it takes a duty on.
const answerDays = 5

// owedUntil gives what all units owe on a day, and what falls due until another. Reports
// come first, then answers, then milestones; of each what is due first.
func (o *Office) owedUntil(q db.Querier, today, last calendar.Day) ([]OwedLine, error) {
	t, err := o.dutyTree(q)
	if err != nil {
		return nil, err
	}
	asked, err := askedOfLeads(q, o.city, 0)
	if err != nil {
		return nil, err
	}
	all, err := lastReports(q, o.city, today)
	if err != nil {
		return nil, err
	}
	var out []OwedLine
	add := func(x reminder.Owed) {
		u := t.units[x.Unit]
		for next := goesOn(u, t.successors); next != 0; next = goesOn(u, t.successors) {
			u = t.units[next]
		}
		if x.Due <= last && u.ID != 0 && u.To == "" {
			out = append(out, OwedLine{Owed: x, Of: u})
		}
	}
	for _, a := range asked {
		p := progress.Of(a.every, today).Previous()
		owed := progress.OwedFor(p, a.owner.SetDay, all[a.key()], today, progress.GraceDays)
		switch owed.Situation {
		case progress.Missing, progress.GivenBack, progress.Awaited:
			add(reminder.Owed{Thing: reminder.Thing{Kind: reminder.Report, Record: int64(a.owner.Item), Unit: a.owner.Unit, Period: string(p)},
				Item: a.owner.Item, Title: a.title, Due: owed.By})
		}
	}
	unanswered, err := unansweredOwners(q, o.city)
	if err != nil {
		return nil, err
	}
	for _, a := range unanswered {
		add(reminder.Owed{Thing: reminder.Thing{Kind: reminder.Answer, Record: int64(a.owner.Item), Unit: a.owner.Unit}, Item: a.owner.Item, Title: a.title,
			Due: a.owner.SetDay.AddWorking(answerDays)})
	}
	stones, err := milestonesUntil(q, o.city, last)
	if err != nil {
		return nil, err
	}
	for _, m := range stones {
		if !slices.ContainsFunc(progress.Newest(all[reporter{m.Item, m.Unit}]), progress.Report.Ends) {
			add(m)
		}
	}
	slices.SortStableFunc(out, func(a, b OwedLine) int {
		return cmp.Or(slices.Index(reminder.Kinds, a.Kind)-slices.Index(reminder.Kinds, b.Kind), cmp.Compare(a.Due, b.Due), cmp.Compare(a.Of.ID, b.Of.ID))
	})
	return out, nil
}

// owedOf finds those of some things that are still owed.
func owedOf(all []OwedLine, things []reminder.Thing) (out []OwedLine) {
	for _, l := range all {
		if slices.Contains(things, l.Thing) {
			out = append(out, l)
		}
	}
	return out
}

// byUnit parts what is owed by the units that are asked, in the order in which they come.
func byUnit(all []OwedLine) (units []org.Unit, of map[id.Unit][]reminder.Owed) {
	of = map[id.Unit][]reminder.Owed{}
	for _, l := range all {
		if of[l.Of.ID] == nil {
			units = append(units, l.Of)
		}
		of[l.Of.ID] = append(of[l.Of.ID], l.Owed)
	}
	return units, of
}

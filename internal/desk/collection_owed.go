package desk

import (
	"cmp"
	"slices"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/id"
	"luoshi/internal/db"
)

// CollectionOwed is what one unit owes to one collection.
type CollectionOwed struct {
	Collection id.Collection
	Kind       collection.Kind
	Title      string
	Unit       id.Unit
	By         id.Unit // that asks
	Started    calendar.Day
	Due        calendar.Day
	State      collection.Situation
	Late       bool // the first answer came after the day
	Returned   bool // something was given back and has to be answered anew
	Fields     int  // how many are asked
	Minutes    int  // that they take

	owed collection.Owed
}

// Owes reports that the unit still has to hand something in.
func (o CollectionOwed) Owes() bool {
	return o.State == collection.Missing || o.State == collection.Awaited || o.State == collection.GivenBack
}

// collectionsOwed gives for units what they owe to collections that run, the earliest
// day first, with what they handed in already: Owes tells them apart. nil is all units.
func collectionsOwed(q db.Querier, city int64, units []id.Unit, today calendar.Day) ([]CollectionOwed, error) {
	all, err := openOwed(q, city, units)
	return situated(all, today), err
}

// collectionsAsked gives what was asked of all units from a day to another, running or not.
func collectionsAsked(q db.Querier, city int64, from, to, today calendar.Day) ([]CollectionOwed, error) {
	all, err := startedOwed(q, city, from, to)
	return situated(all, today), err
}

// situated tells of each how it stands on a day.
func situated(all []CollectionOwed, today calendar.Day) []CollectionOwed {
	for i := range all {
		o := &all[i]
		o.State, o.Late = o.owed.Situation(o.Due, today), o.owed.Late(o.Due)
		o.Returned, o.Minutes = o.State == collection.GivenBack, collection.Minutes(o.Kind, o.Fields)
	}
	slices.SortStableFunc(all, func(a, b CollectionOwed) int { return cmp.Compare(a.Due, b.Due) })
	return all
}

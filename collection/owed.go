package collection

import (
	"cmp"

	"luoshi/calendar"
	"luoshi/id"
)

// Owed is what one unit owes to a collection, and how far it came.
type Owed struct {
	Collection id.Collection
	Unit       id.Unit
	Ordinal    int   // its place in the list
	Rows       []int // of the template that are its own
	Fields     int   // how many are asked
	Standing   Standing
	Revision   int          // of the last answer that was sent; 0 for none
	First      calendar.Day // on which it sent its first answer
	Day        calendar.Day // on which it sent the last one
	OnBehalf   bool
	Decided    calendar.Day // on which that was taken or given back
	Due        calendar.Day // its own, of a unit that was asked later; empty for that of all
}

// DueBy is the day by which it is due: its own, or that of all where that is later.
func (o Owed) DueBy(all calendar.Day) calendar.Day { return max(o.Due, all) }

// Situation is how a unit stands with a collection.
type Situation string

const (
	Awaited   Situation = "awaited"  // not due yet
	Missing   Situation = "missing"  // 未报
	Arrived   Situation = "sent"     // 已报
	GivenBack Situation = "returned" // 退回
	Taken     Situation = "accepted" // 已收
)

// Situations are all, what is to be chased first.
var Situations = []Situation{Missing, GivenBack, Arrived, Awaited, Taken}

// Situation tells how the unit stands on a day; due is the day of all.
func (o Owed) Situation(due, today calendar.Day) Situation {
	switch {
	case o.Revision == 0 && today <= o.DueBy(due):
		return Awaited
	case o.Revision == 0:
		return Missing
	case o.Standing == Returned:
		return GivenBack
	case o.Standing == Accepted:
		return Taken
	}
	return Arrived
}

// Late (迟报) reports that the first answer came after the day, as it stands now.
func (o Owed) Late(due calendar.Day) bool { return o.First != "" && o.First > o.DueBy(due) }

// Sent gives the row after an answer was sent.
func (o Owed) Sent(a Answer) Owed {
	o.Standing, o.Revision, o.Day, o.OnBehalf, o.Decided = Sent, a.Revision, a.Day, a.OnBehalf, ""
	o.First = cmp.Or(o.First, a.Day)
	return o
}

// DecidedBy gives the row after its last answer was taken or given back.
func (o Owed) DecidedBy(a Answer) Owed {
	o.Standing, o.Decided = a.Standing, a.Decided
	return o
}

package collection

import (
	"luoshi/calendar"
	"luoshi/id"
)

// TakenUp is how a unit takes up an item of the plan above in its own plan.
type TakenUp struct {
	Words string       // its own, or empty
	Day   calendar.Day // its own, or empty
}

// Takes gives what an own plan takes up.
func (a Answer) Takes(i id.Item) (t TakenUp, takes bool) {
	return TakenUp{a.Values[wordKey(i)], calendar.Day(a.Values[dayKey(i)])}, a.Values[tickKey(i)] != ""
}

// Matrix is units x items: who takes up what.
type Matrix struct {
	Items []Promised
	Units []id.Unit // in the order of the list
	Came  map[id.Unit]bool
	Taken map[id.Unit]map[id.Item]TakenUp
}

// NewMatrix makes the matrix of the last answers that were sent and not returned.
func NewMatrix(c Collection, owed []Owed, last map[id.Unit]Answer) Matrix {
	m := Matrix{Items: c.Items, Came: map[id.Unit]bool{}, Taken: map[id.Unit]map[id.Item]TakenUp{}}
	for _, o := range owed {
		m.Units = append(m.Units, o.Unit)
		a, came := last[o.Unit]
		if !came || o.Revision == 0 || o.Standing == Returned {
			continue
		}
		m.Came[o.Unit], m.Taken[o.Unit] = true, map[id.Item]TakenUp{}
		for _, p := range c.Items {
			if t, takes := a.Takes(p.Item); takes {
				m.Taken[o.Unit][p.Item] = t
			}
		}
	}
	return m
}

// By counts the units that take up an item.
func (m Matrix) By(i id.Item) (n int) {
	for _, taken := range m.Taken {
		if _, takes := taken[i]; takes {
			n++
		}
	}
	return n
}

// Untaken are the items that nobody took up.
func (m Matrix) Untaken() (out []Promised) {
	for _, p := range m.Items {
		if m.By(p.Item) == 0 {
			out = append(out, p)
		}
	}
	return out
}

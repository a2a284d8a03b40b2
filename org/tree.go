package org

import (
	"cmp"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
)

// Tree is every version of every unit, so that it can be asked as of any day.
type Tree struct {
	versions   map[id.Unit][]Unit      // in order of their days
	below      map[id.Unit][]id.Unit   // whoever stood below a unit at any time
	successors map[id.Unit][]Successor // of units that ended
}

// Successor goes on with what a unit did, from a day on.
type Successor struct {
	Unit      id.Unit
	Successor id.Unit
	From      calendar.Day
}

// NewTree puts versions of units together, in any order.
func NewTree(versions []Unit, successors []Successor) *Tree {
	t := &Tree{versions: map[id.Unit][]Unit{}, below: map[id.Unit][]id.Unit{}, successors: map[id.Unit][]Successor{}}
	for _, v := range versions {
		t.versions[v.ID] = append(t.versions[v.ID], v)
		if !slices.Contains(t.below[v.Parent], v.ID) {
			t.below[v.Parent] = append(t.below[v.Parent], v.ID)
		}
	}
	for _, all := range t.versions {
		slices.SortFunc(all, func(a, b Unit) int { return cmp.Compare(a.From, b.From) })
	}
	for _, s := range successors {
		t.successors[s.Unit] = append(t.successors[s.Unit], s)
	}
	return t
}

// On gives a unit as it was on a day, and whether it was there.
func (t *Tree) On(unit id.Unit, day calendar.Day) (Unit, bool) {
	for _, v := range t.versions[unit] {
		if v.On(day) {
			return v, true
		}
	}
	return Unit{}, false
}

// Above gives what a unit stood below on a day, the nearest first.
func (t *Tree) Above(unit id.Unit, day calendar.Day) []Unit {
	var out []Unit
	for u, there := t.On(unit, day); there && u.Parent != 0; {
		if u, there = t.On(u.Parent, day); there {
			out = append(out, u)
		}
	}
	return out
}

// Under gives the units of a level that stood anywhere below one on a day, sorted.
func (t *Tree) Under(unit id.Unit, level Level, day calendar.Day) []id.Unit {
	var out []id.Unit
	for _, b := range t.below[unit] {
		u, there := t.On(b, day)
		if !there || u.Parent != unit {
			continue
		}
		if u.Level == level {
			out = append(out, b)
		}
		out = append(out, t.Under(b, level, day)...)
	}
	slices.Sort(out)
	return out
}

// Present gives the unit under which a figure of another stands in the tree of a day:
// the unit itself while it is there, else whoever went on with it. Where several did,
// no figure can be divided among them: it is the nearest unit above all of them.
// It is 0 where nobody went on with it.
func (t *Tree) Present(unit id.Unit, day calendar.Day) id.Unit {
	return t.present(unit, day, map[id.Unit]bool{})
}

func (t *Tree) present(unit id.Unit, day calendar.Day, asked map[id.Unit]bool) id.Unit {
	if _, there := t.On(unit, day); there {
		return unit
	}
	if asked[unit] {
		return 0
	}
	asked[unit] = true
	var common []id.Unit // from the unit up, that all have above or at them
	for i, s := range t.successors[unit] {
		p := t.present(s.Successor, day, asked)
		if p == 0 {
			return 0
		}
		line := []id.Unit{p}
		for _, a := range t.Above(p, day) {
			line = append(line, a.ID)
		}
		if i == 0 {
			common = line
		}
		common = slices.DeleteFunc(common, func(u id.Unit) bool { return !slices.Contains(line, u) })
	}
	if len(common) == 0 {
		return 0
	}
	return common[0]
}

package org

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
)

// ListChange is a unit that is there and that a list has elsewhere, under another name
// or with another code.
type ListChange struct {
	Listed   int32
	Stands   int32
	Moved    bool
	Renamed  bool
	Recoded  bool
	Proposed bool // it was found by its name alone: a person may say that it is another
}

// ListChanges is what a list changes. Numbers are places in the list and among the
// units that are there.
type ListChanges struct {
	Match     []int32      // for each unit of the list the one that is there, or -1
	Added     []int32      // of the list, parents first
	Changed   []ListChange // parents first
	Described []int32      // of the list, whose working body or contact is another
	Gone      []int32      // that are there and not in the list, those below before their parents
	Same      int          // units of the list that stand as it says
	Wrong     *fault.Fault // why they cannot hold from that day, or nil
}

// Nothing reports whether a list changes nothing, whatever becomes of units that are not in it.
func (c *ListChanges) Nothing() bool {
	return len(c.Added)+len(c.Changed)+len(c.Described) == 0
}

// changes puts together what was found.
func (c *comparing) changes() *ListChanges {
	out := &ListChanges{Match: c.match}
	levels := map[Level]bool{}
	for i, u := range c.list.Units {
		if u.Row == 0 {
			continue
		}
		levels[u.Level] = true
		m := c.match[i]
		if m < 0 {
			out.Added = append(out.Added, int32(i))
			continue
		}
		s := c.stands.Units[m]
		change := ListChange{Listed: int32(i), Stands: m, Moved: s.Parent != c.above(u), Renamed: s.Name != u.Name,
			Recoded: u.Code != "" && !sameCode(u.Code, s.Code), Proposed: c.guessed[i]}
		described := u.Body != "" && u.Body != s.Body || u.Contact != "" && u.Contact != s.Contact
		if described {
			out.Described = append(out.Described, int32(i))
		}
		if change.Moved || change.Renamed || change.Recoded {
			out.Changed = append(out.Changed, change)
		} else if !described {
			out.Same++
		}
	}
	delete(levels, Bureau)
	delete(levels, CityLevel)
	gone := make([]bool, len(c.stands.Units))
	for s, u := range c.stands.Units {
		p := c.stands.Find(u.Parent)
		if c.taken[s] < 0 && (levels[u.Level] || p >= 0 && gone[p]) {
			gone[s] = true
			out.Gone = append(out.Gone, int32(s))
		}
	}
	slices.Reverse(out.Gone)
	return out
}

// checkDay says why changes cannot hold from a day: what was before stays as it was.
func (c *ListChanges) checkDay(stands *Standing, list *List, day calendar.Day, closing bool) {
	early := func(name string, since calendar.Day) {
		if c.Wrong == nil {
			c.Wrong = fault.New(fault.Invalid, "从 %s 起不行：“%s”在 %s 才设立或者变动过。请把生效的日期改成那一天以后。", string(day), name, string(since)).In("from")
		}
	}
	if _, err := calendar.ParseDay(string(day)); err != nil {
		c.Wrong = fault.New(fault.Invalid, "请写明从哪一天起，例如 2012-01-01。").In("from")
		return
	}
	above := func(i int32) {
		name, since := stands.Place.Name, stands.Since
		if p := list.Units[i].Parent; p >= 0 {
			m := c.Match[p]
			if m < 0 {
				return
			}
			name, since = stands.Units[m].Name, stands.Units[m].Since
		}
		if day < since {
			early(name, since)
		}
	}
	for _, i := range c.Added {
		above(i)
	}
	for _, x := range c.Changed {
		if s := stands.Units[x.Stands]; day < s.From {
			early(s.Name, s.From)
		}
		above(x.Listed)
	}
	if closing {
		for _, g := range c.Gone {
			if s := stands.Units[g]; day <= s.From {
				early(s.Name, s.From)
			}
		}
	}
}

// Digest stands for the changes of a list: it is another where anything else would be
// done than what was shown.
func (c *ListChanges) Digest(stands *Standing, list *List) [32]byte {
	h := sha256.New()
	say := func(s string, args ...any) { fmt.Fprintf(h, s, args...) }
	unit := func(i int32) {
		u := list.Units[i]
		say("%d %q %q %q %q %q\n", u.Row, u.Level, u.Name, u.Code, u.Body, u.Contact)
	}
	was := func(s int32) {
		u := stands.Units[s]
		say("%d %d %q %q %q %q\n", u.ID, u.Parent, u.Name, u.Code, u.From, u.Level)
	}
	for _, i := range c.Added {
		say("added %d ", list.Units[i].Parent)
		if p := list.Units[i].Parent; p >= 0 && c.Match[p] >= 0 {
			say("%d ", stands.Units[c.Match[p]].ID)
		}
		unit(i)
	}
	for _, x := range c.Changed {
		say("changed %t %t %t %d ", x.Moved, x.Renamed, x.Recoded, list.Units[x.Listed].Parent)
		unit(x.Listed)
		was(x.Stands)
	}
	for _, i := range c.Described {
		say("described ")
		unit(i)
	}
	for _, g := range c.Gone {
		say("gone ")
		was(g)
	}
	return [32]byte(h.Sum(nil))
}

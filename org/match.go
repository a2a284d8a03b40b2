package org

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/id"
)

// Match is a party that a document names, and the units that it may be. Nothing is
// guessed: what names no unit has none, and what may be several leaves the choice.
type Match struct {
	Words    string    // as found, without the words for its part
	Units    []id.Unit // sorted
	Together bool      // the words stand for all of Units at once: 各直属单位
	Sure     bool      // they are meant; otherwise they are to choose from
	Duty     Duty      // what the words themselves say: 公共文化处牵头; or empty
}

// MatchParties finds the units that a text names. units are all that are there; bodies
// are the working bodies of some of them. groups are known by their names, and stand for
// the unit in which they have their office.
func MatchParties(text string, units []Unit, bodies map[id.Unit]string, groups ...Group) []Match {
	return NewMatcher(units, bodies, groups).Parties(text)
}

// Matcher knows all the names by which units are called in documents.
type Matcher struct {
	full   map[string][]id.Unit // by their own names
	forms  map[string][]id.Unit // by other forms of those
	stems  map[string][]id.Unit // by a part that may mean something else
	groups []Group
	levels map[Level][]id.Unit
	words  placeWords
}

// NewMatcher makes a matcher of units of all levels; villages are named by no plan.
func NewMatcher(units []Unit, bodies map[id.Unit]string, groups []Group) *Matcher {
	m := &Matcher{full: map[string][]id.Unit{}, forms: map[string][]id.Unit{}, stems: map[string][]id.Unit{}, groups: groups, levels: map[Level][]id.Unit{}}
	units = slices.Clone(units)
	slices.SortFunc(units, func(a, b Unit) int { return cmp.Compare(a.ID, b.ID) })
	m.words = newPlaceWords(units)
	names := map[id.Unit]string{}
	for _, u := range units {
		names[u.ID] = u.Name
	}
	for _, u := range units {
		if u.Level == Village {
			continue
		}
		m.levels[u.Level] = append(m.levels[u.Level], u.ID)
		add(m.full, u.Name, u.ID)
		for _, form := range m.words.forms(u, names[u.Parent], bodies[u.ID]) {
			add(m.forms, form, u.ID)
		}
		if stem := stemOf(u); stem != "" {
			add(m.stems, stem, u.ID)
		}
	}
	return m
}

func add(names map[string][]id.Unit, name string, unit id.Unit) {
	if name = plain(name); name != "" && !slices.Contains(names[name], unit) {
		names[name] = append(names[name], unit)
	}
}

// Parties finds the units that a text names, in the order of the text.
func (m *Matcher) Parties(text string) []Match {
	var out []Match
	for _, p := range m.pieces(text) {
		found := m.one(p.words)
		found.Words, found.Duty = p.words, p.duty
		out = append(out, found)
	}
	return out
}

// one finds the units of one party.
func (m *Matcher) one(words string) Match {
	name := plain(words)
	if found, ok := m.named(name); ok {
		return found
	}
	if cut := withoutTail(name); cut != name && cut != "" { // 市图书馆等, 公共文化处（非遗）
		if found, ok := m.named(cut); ok {
			return found
		}
	}
	return Match{}
}

func (m *Matcher) named(name string) (Match, bool) {
	for _, by := range []map[string][]id.Unit{m.full, m.forms} {
		if units := by[name]; len(units) > 0 {
			return Match{Units: slices.Clone(units), Sure: len(units) == 1}, true
		}
	}
	if found, ok := m.together(name); ok {
		return found, true
	}
	if found, ok := m.ofGroups(name); ok {
		return found, true
	}
	if units := m.stems[name]; len(units) > 0 {
		return Match{Units: slices.Clone(units)}, true
	}
	return Match{}, false
}

// ofGroups finds the leading group that a text names, or a part of whose name it is.
func (m *Matcher) ofGroups(name string) (Match, bool) {
	name = strings.TrimSuffix(name, "办公室")
	var part []id.Unit
	for _, g := range m.groups {
		if plain(g.Name) == name {
			return Match{Units: []id.Unit{g.Office}, Sure: true}, true
		}
		if strings.HasSuffix(name, "小组") && strings.HasSuffix(plain(g.Name), name) && !slices.Contains(part, g.Office) {
			part = append(part, g.Office)
		}
	}
	slices.Sort(part)
	return Match{Units: part}, len(part) > 0
}

package org

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/id"
)

// index makes what units are found by.
func (s *Standing) index() {
	if s.byID != nil || len(s.Units) == 0 {
		return
	}
	s.byID = sorted(len(s.Units), func(a, b int32) int { return cmp.Compare(s.Units[a].ID, s.Units[b].ID) })
	s.byName = sorted(len(s.Units), func(a, b int32) int {
		return cmp.Or(strings.Compare(s.Units[a].Name, s.Units[b].Name), cmp.Compare(s.Units[a].Parent, s.Units[b].Parent), int(a-b))
	})
	s.byCode = sortedCodes(len(s.Units), func(i int32) string { return s.Units[i].Code })
}

// Find gives the place of a unit among those that are there, or -1.
func (s *Standing) Find(unit id.Unit) int32 {
	k, found := slices.BinarySearchFunc(s.byID, unit, func(i int32, u id.Unit) int { return cmp.Compare(s.Units[i].ID, u) })
	if !found {
		return -1
	}
	return s.byID[k]
}

// named gives the units of a name.
func (s *Standing) named(name string) []int32 {
	return equalRange(s.byName, name, func(k int32) string { return s.Units[k].Name })
}

// withCode gives the unit of a code, or -1.
func (s *Standing) withCode(code string) int32 {
	code = wholeCode(code)
	if same := equalRange(s.byCode, code, func(k int32) string { return wholeCode(s.Units[k].Code) }); len(same) > 0 {
		return same[0]
	}
	return -1
}

// nameOf is the name of a unit, or of the place.
func (s *Standing) nameOf(unit id.Unit) string {
	if unit == s.Place.ID {
		return s.Place.Name
	}
	if k := s.Find(unit); k >= 0 {
		return s.Units[k].Name
	}
	return ""
}

// bureau gives the body that runs the plans, or -1.
func (s *Standing) bureau() int32 {
	return int32(slices.IndexFunc(s.Units, func(u StandingUnit) bool { return u.Level == Bureau }))
}

// has reports whether a unit of the list's name and level is there already.
func (s *Standing) has(u ListedUnit) bool {
	return slices.ContainsFunc(s.named(u.Name), func(k int32) bool { return s.Units[k].Level == u.Level })
}

// Path gives the names of a unit and of those above it, from the top down; the place
// is not among them.
func (s *Standing) Path(unit int32) []string {
	var out []string
	for ; unit >= 0; unit = s.Find(s.Units[unit].Parent) {
		out = append(out, s.Units[unit].Name)
	}
	slices.Reverse(out)
	return out
}

package plan

import (
	"slices"
	"strings"

	"luoshi/document"
)

// tellOwners tells for which items others are responsible than before.
func (c *comparison) tellOwners() {
	for n, m := range c.new.node {
		if n == 0 || m < 0 {
			continue
		}
		was, is := owners(c.old, m), owners(c.new, n)
		if was == is || sameUnits(c.old, m, c.new, n) {
			continue
		}
		at := order{at: c.new.items[n-1].From}
		change := Change{Kind: OwnerChanged, Old: c.old.heading(m), New: c.new.heading(n), From: was, To: is}
		if k := c.new.parties[n]; len(k) > 0 {
			in := c.new.within(c.new.structure.Responsible[k[0]].Span)
			at.at = in.Start
			if j := c.new.pieceAt(c.new.structure.Responsible[k[0]].Span); j >= 0 {
				c.touched[j] = true
			}
		}
		c.tell(at, change)
	}
}

// sameUnits reports that the same units have the same roles, in whatever order.
func sameUnits(old *edition, m int, new *edition, n int) bool {
	for _, role := range []document.Role{document.Lead, document.Responsible, document.Cooperating} {
		was, is := old.units(m, string(role)), new.units(n, string(role))
		slices.Sort(was)
		slices.Sort(is)
		if !slices.Equal(was, is) {
			return false
		}
	}
	return true
}

// accountOwners accounts for the names that were added to or taken from the units
// of a pair of clauses' items.
func (c *comparison) accountOwners(i, j int, a *accounted) {
	m, n := c.old.pieces[i].node, c.new.pieces[j].node
	if c.new.node[n] != m || n == 0 {
		return
	}
	was, is := c.old.units(m, ""), c.new.units(n, "")
	found := len(a.old) + len(a.new)
	a.old = append(a.old, c.old.namesIn(i, without(was, is))...)
	a.new = append(a.new, c.new.namesIn(j, without(is, was))...)
	if len(a.old)+len(a.new) > found {
		a.changes++
	}
}

func without(list, other []string) []string {
	var out []string
	for _, x := range list {
		if !slices.Contains(other, x) {
			out = append(out, x)
		}
	}
	return out
}

// namesIn finds where names stand in a piece.
func (e *edition) namesIn(k int, names []string) []document.Range {
	p := e.pieces[k]
	words := string(e.view.Runes[p.Start:p.End])
	var out []document.Range
	for _, name := range names {
		if at := strings.Index(words, name); at >= 0 {
			from := p.Start + len([]rune(words[:at]))
			out = append(out, document.Range{Start: from, End: from + len([]rune(name))})
		}
	}
	return out
}

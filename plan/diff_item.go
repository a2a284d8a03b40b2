package plan

import (
	"cmp"
	"slices"

	"luoshi/document"
)

// link is how much speaks for two items being the same.
type link struct{ n, m, weight int }

// matchItems finds which item of one edition is which of the other: the one that
// holds most of the same words, or else stands above the same items. It may be
// called again when more words are paired, and keeps what it found.
func matchItems(a, b *edition) {
	votes := map[[2]int]int{}
	for i, p := range a.pieces {
		for _, j := range p.pairs {
			weight := min(p.size, b.pieces[j].size)
			if i == a.first[p.node] && j == b.first[b.pieces[j].node] {
				weight *= 2 // a heading tells more than a sentence
			}
			votes[[2]int{p.node, b.pieces[j].node}] += weight
		}
	}
	joinItems(a, b, votes, func(l link) bool { return 3*l.weight >= min(a.size(l.n), b.size(l.m)) })
	for range deepest {
		above := map[[2]int]int{}
		for n := 1; n < len(a.node); n++ {
			if m := a.node[n]; m > 0 {
				above[[2]int{a.parent(n), b.parent(m)}]++
			}
		}
		if !joinItems(a, b, above, func(l link) bool { return true }) {
			return
		}
	}
}

// deepest is how many levels of headings are followed upwards.
const deepest = 6

// joinItems joins the items that nothing is known of yet, where most speaks for it
// first, and reports whether there were any.
func joinItems(a, b *edition, votes map[[2]int]int, enough func(link) bool) bool {
	links := make([]link, 0, len(votes))
	for at, weight := range votes {
		links = append(links, link{at[0], at[1], weight})
	}
	slices.SortFunc(links, func(x, y link) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.n, y.n), cmp.Compare(x.m, y.m))
	})
	joined := false
	for _, l := range links {
		if l.n > 0 && l.m > 0 && a.node[l.n] < 0 && b.node[l.m] < 0 && enough(l) {
			a.node[l.n], b.node[l.m] = l.m, l.n
			joined = true
			if i, j := a.first[l.n], b.first[l.m]; len(a.of(l.n)) > 0 && len(b.of(l.m)) > 0 && len(a.pieces[i].pairs) == 0 && len(b.pieces[j].pairs) == 0 {
				pairAlike(a, b, i, j) // the heading of what is the same item
			}
		}
	}
	return joined
}

// parent is the item above, or 0.
func (e *edition) parent(n int) int { return e.nodes[n-1].Parent }

// size is how many runes of content an item's own words have.
func (e *edition) size(n int) int {
	size := 0
	for _, p := range e.of(n) {
		size += p.size
	}
	return size
}

// tellItems tells which items are new, dropped, moved, renumbered, split or merged.
func (c *comparison) tellItems() {
	stray := c.strays()
	for n := 1; n < len(c.new.node); n++ {
		m := c.new.node[n]
		at := c.new.items[n-1].From
		switch {
		case m < 0:
			c.tellUnmatched(c.new, c.old, n)
		case c.new.node[c.new.parent(n)] != c.old.parent(m), stray[n]:
			c.tell(order{at, 0, 0}, Change{Kind: Moved, Old: c.old.heading(m), New: c.new.heading(n)})
		case document.Fold(c.new.nodes[n-1].Number) != document.Fold(c.old.nodes[m-1].Number):
			c.tell(order{at, 0, 0}, Change{Kind: Renumbered, Old: c.old.heading(m), New: c.new.heading(n),
				From: c.old.nodes[m-1].Number, To: c.new.nodes[n-1].Number})
		}
	}
	for m := 1; m < len(c.old.node); m++ {
		if c.old.node[m] < 0 {
			c.tellUnmatched(c.old, c.new, m)
		}
	}
}

// tellUnmatched tells of an item that the other edition does not have: it is new or
// dropped as a whole, or was cut out of another or taken into one.
func (c *comparison) tellUnmatched(e, other *edition, n int) {
	weights := map[int]int{}
	most, pairs := -1, 0
	for _, p := range e.of(n) {
		for _, j := range p.pairs {
			pairs++
			t := other.pieces[j].node
			weights[t] += min(p.size, other.pieces[j].size)
			if most < 0 || weights[t] > weights[most] {
				most = t
			}
		}
	}
	switch {
	case len(e.of(n)) == 0:
	case pairs == 0:
		e.told[n] = true
		if e == c.new {
			c.tell(c.newOrder(e.first[n]), Change{Kind: Added, New: e.whole(n)})
		} else {
			c.tell(c.oldOrder(e.first[n]), Change{Kind: Dropped, Old: e.whole(n)})
		}
	case 2*weights[most] >= e.size(n):
		e.partOf[n] = most
		if e == c.new {
			c.tell(c.newOrder(e.first[n]), Change{Kind: SplitOff, Old: other.heading(most), New: e.heading(n)})
		} else {
			c.tell(c.oldOrder(e.first[n]), Change{Kind: MergedInto, Old: e.heading(n), New: other.heading(most)})
		}
	}
}

// strays are the items of the new document whose order among their neighbours is
// not what it was: those outside the longest run that kept it.
func (c *comparison) strays() map[int]bool {
	below := map[int][]int{}
	for n := 1; n < len(c.new.node); n++ {
		m, p := c.new.node[n], c.new.parent(n)
		if m > 0 && c.new.node[p] == c.old.parent(m) {
			below[p] = append(below[p], n)
		}
	}
	out := map[int]bool{}
	for _, list := range below {
		for _, k := range outOfOrder(list, func(n int) int { return c.new.node[n] }) {
			out[k] = true
		}
	}
	return out
}

// outOfOrder gives the entries of a list that are not in the longest part of it in
// which value does not fall.
func outOfOrder(list []int, value func(int) int) []int {
	var tails []int // of each length, the index of the least last entry
	before := make([]int, len(list))
	for i, x := range list {
		k, _ := slices.BinarySearchFunc(tails, value(x), func(t, v int) int {
			if value(list[t]) <= v {
				return -1
			}
			return 1
		})
		before[i] = -1
		if k > 0 {
			before[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	kept := make([]bool, len(list))
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			kept[i] = true
		}
	}
	var out []int
	for i, x := range list {
		if !kept[i] {
			out = append(out, x)
		}
	}
	return out
}

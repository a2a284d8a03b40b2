package plan

// tell notes a change.
func (c *comparison) tell(at order, change Change) {
	change.at = at
	c.changes = append(c.changes, change)
}

// newOrder is where a change about a clause of the new document is told.
func (c *comparison) newOrder(j int) order { return order{at: c.new.pieces[j].Start} }

// oldOrder is where the loss of a clause is told: behind what it used to follow.
func (c *comparison) oldOrder(i int) order {
	return order{at: c.follows[i], rank: 1, old: c.old.pieces[i].Start}
}

// whatFollows tells for each clause of the old document where in the new one the
// last clause before it stands that is still there, or -1.
func (c *comparison) whatFollows() []int {
	out := make([]int, len(c.old.pieces))
	at := -1
	for i, p := range c.old.pieces {
		out[i] = at
		if n := len(p.pairs); n > 0 {
			at = c.new.pieces[p.pairs[n-1]].Start
		}
	}
	return out
}

// tellPieces tells which clauses are new, dropped, moved or say something else.
func (c *comparison) tellPieces() {
	stray := c.strayPieces()
	for j, p := range c.new.pieces {
		switch {
		case len(p.pairs) == 0:
			if !c.new.told[p.node] && !c.namesAnew(c.new, c.old, j) {
				c.touched[j] = true
				c.tell(c.newOrder(j), Change{Kind: Added, New: c.new.clause(j)})
			}
			continue
		case stray[j] || !c.inPlace(j):
			c.touched[j] = true
			c.tell(c.newOrder(j), Change{Kind: Moved, Old: c.old.mention(p.pairs[0]), New: c.new.mention(j)})
		}
		if len(p.pairs) > 1 || len(c.old.pieces[p.pairs[0]].pairs) > 1 {
			continue // the same words, parted elsewhere
		}
		c.tellValues(p.pairs[0], j)
	}
	for i, p := range c.old.pieces {
		if len(p.pairs) == 0 && !c.old.told[p.node] && !c.namesAnew(c.old, c.new, i) {
			c.tell(c.oldOrder(i), Change{Kind: Dropped, Old: c.old.clause(i)})
		}
	}
}

// inPlace reports that a clause stands in the item that it stood in, or went with one
// that was split off or merged.
func (c *comparison) inPlace(j int) bool {
	n := c.new.pieces[j].node
	for _, i := range c.new.pieces[j].pairs {
		m := c.old.pieces[i].node
		origin, split := c.new.partOf[n]
		target, merged := c.old.partOf[m]
		if c.new.node[n] != m && !(split && origin == m) && !(merged && target == n) {
			return false
		}
	}
	return true
}

// namesAnew reports a clause that only names who is responsible, in an item that both
// editions have: the change of owner tells it.
func (c *comparison) namesAnew(e, other *edition, k int) bool {
	p := e.pieces[k]
	if !p.naming || e.node[p.node] < 0 || len(e.deadlines[k]) > 0 {
		return false
	}
	return owners(e, p.node) != owners(other, e.node[p.node])
}

// strayPieces are the clauses whose order within their item is not what it was.
func (c *comparison) strayPieces() map[int]bool {
	out := map[int]bool{}
	for n, m := range c.new.node {
		var list []int
		for j := c.new.first[n]; j < c.new.first[n+1]; j++ {
			if p := c.new.pieces[j]; m >= 0 && len(p.pairs) > 0 && c.old.pieces[p.pairs[0]].node == m {
				list = append(list, j)
			}
		}
		for _, j := range outOfOrder(list, func(j int) int { return c.new.pieces[j].pairs[0] }) {
			out[j] = true
		}
	}
	return out
}

// unchanged counts the clauses of the new document of which nothing is told.
func (c *comparison) unchanged() int {
	same := 0
	for j, p := range c.new.pieces {
		if len(p.pairs) > 0 && !p.alike && !c.touched[j] {
			same++
		}
	}
	return same
}

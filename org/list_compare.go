package org

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
)

// comparing is a comparison under way.
type comparing struct {
	stands  *Standing
	list    *List
	refused []id.Unit
	match   []int32
	taken   []int32 // for each unit that is there the one of the list, or -1
	byNames []int32 // units that are there, by parent and name
	guessed []bool  // units of the list that were found by their name alone
	covered bool    // the list has nearly all that stands right below the place
}

// CompareList compares a list with what is there. refused are units that are there and
// that a person says are not those which the list seems to mean. closing says that
// those which are not in the list are to end.
func CompareList(stands *Standing, list *List, day calendar.Day, refused []id.Unit, closing bool) *ListChanges {
	stands.index()
	refused = slices.Sorted(slices.Values(refused))
	c := &comparing{stands: stands, list: list, refused: refused, guessed: make([]bool, len(list.Units))}
	c.match, c.taken = fill(len(list.Units)), fill(len(stands.Units))
	c.byNames = sorted(len(stands.Units), func(a, b int32) int { return c.order(stands.Units[a].Parent, stands.Units[a].Name, b) })
	for i, u := range list.Units {
		if u.stands >= 0 {
			c.put(int32(i), u.stands)
		}
	}
	c.byCode()
	for from := 0; from < len(list.Units); {
		to := from
		for to < len(list.Units) && c.depth(to) == c.depth(from) {
			to++
		}
		c.byPath(from, to)
		if from == 0 {
			c.covered = c.covers()
		}
		c.movedOnes(from, to)
		c.renamedOnes(from, to)
		from = to
	}
	out := c.changes()
	out.checkDay(stands, list, day, closing)
	return out
}

func fill(n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

func (c *comparing) order(parent id.Unit, name string, other int32) int {
	o := c.stands.Units[other]
	return cmp.Or(cmp.Compare(parent, o.Parent), strings.Compare(name, o.Name))
}

func (c *comparing) put(listed, standing int32) {
	c.match[listed], c.taken[standing] = standing, listed
}

func (c *comparing) free(standing int32) bool {
	if c.taken[standing] >= 0 {
		return false
	}
	_, refused := slices.BinarySearch(c.refused, c.stands.Units[standing].ID)
	return !refused
}

// depth is how many units a listed one stands below.
func (c *comparing) depth(i int) (n int) {
	for p := c.list.Units[i].Parent; p >= 0; p = c.list.Units[p].Parent {
		n++
	}
	return n
}

// above is the unit that a listed one stands below, as it is there; 0 where that is new.
func (c *comparing) above(u ListedUnit) id.Unit {
	if u.Parent < 0 {
		return c.stands.Place.ID
	}
	if m := c.match[u.Parent]; m >= 0 {
		return c.stands.Units[m].ID
	}
	return 0
}

// byCode finds units by their codes, wherever they stand.
func (c *comparing) byCode() {
	for i, u := range c.list.Units {
		if u.Code == "" || c.match[i] >= 0 {
			continue
		}
		code := wholeCode(u.Code)
		same := equalRange(c.stands.byCode, code, func(k int32) string { return wholeCode(c.stands.Units[k].Code) })
		for _, s := range same {
			if c.stands.Units[s].Level == u.Level && c.free(s) {
				c.put(int32(i), s)
				break
			}
		}
	}
}

// under gives the units that stand below one, from a name on.
func (c *comparing) under(parent id.Unit, name string) []int32 {
	k, _ := slices.BinarySearchFunc(c.byNames, name, func(s int32, name string) int { return -c.order(parent, name, s) })
	return c.byNames[k:]
}

// byPath finds units of one depth by what they stand below and their names.
func (c *comparing) byPath(from, to int) {
	for i := from; i < to; i++ {
		u := c.list.Units[i]
		above := c.above(u)
		if c.match[i] >= 0 || above == 0 {
			continue
		}
		for _, s := range c.under(above, u.Name) {
			if c.order(above, u.Name, s) != 0 {
				break
			}
			if c.stands.Units[s].Level == u.Level && c.free(s) {
				c.put(int32(i), s)
				break
			}
		}
	}
}

// covers reports whether the list has at least four in five of the units that stand
// right below the place: else it is about a part, and the rest went nowhere.
func (c *comparing) covers() bool {
	all, found := 0, 0
	for _, s := range c.under(c.stands.Place.ID, "") {
		u := c.stands.Units[s]
		if u.Parent != c.stands.Place.ID {
			break
		}
		if u.Level == Bureau {
			continue
		}
		all++
		if c.taken[s] >= 0 {
			found++
		}
	}
	return found*5 >= all*4
}

// nearby reports whether the list is about what stands round a unit.
func (c *comparing) nearby(standing int32) bool {
	if c.covered {
		return true
	}
	for p := c.stands.Find(c.stands.Units[standing].Parent); p >= 0; p = c.stands.Find(c.stands.Units[p].Parent) {
		if c.taken[p] >= 0 {
			return true
		}
	}
	return false
}

// movedOnes finds units of one depth that the list has elsewhere: the one of a name and
// level that is missing, and the one that is new.
func (c *comparing) movedOnes(from, to int) {
	var fresh []int32
	for i := from; i < to; i++ {
		if c.match[i] < 0 {
			fresh = append(fresh, int32(i))
		}
	}
	if len(fresh) == 0 || len(c.stands.Units) == 0 {
		return
	}
	same := func(a, b int32) bool {
		return c.list.Units[a].Name == c.list.Units[b].Name && c.list.Units[a].Level == c.list.Units[b].Level
	}
	slices.SortFunc(fresh, func(a, b int32) int {
		x, y := c.list.Units[a], c.list.Units[b]
		return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(string(x.Level), string(y.Level)), int(a-b))
	})
	for k, i := range fresh {
		if k > 0 && same(i, fresh[k-1]) || k+1 < len(fresh) && same(i, fresh[k+1]) {
			continue
		}
		u := c.list.Units[i]
		missing := int32(-1)
		for _, s := range c.stands.named(u.Name) {
			if c.stands.Units[s].Level != u.Level || !c.free(s) || codesDiffer(u.Code, c.stands.Units[s].Code) {
				continue
			}
			if missing >= 0 {
				missing = -1
				break
			}
			missing = s
		}
		if missing >= 0 && c.nearby(missing) {
			c.put(i, missing)
			c.guessed[i] = true
		}
	}
}

func codesDiffer(a, b string) bool { return a != "" && b != "" && !sameCode(a, b) }

// renamedOnes finds units of one depth that have nearly the same name below the same
// parent, where there is one of each only.
func (c *comparing) renamedOnes(from, to int) {
	type pair struct{ listed, standing int32 }
	var pairs []pair
	for i := from; i < to; i++ {
		u := c.list.Units[i]
		above := c.above(u)
		if c.match[i] >= 0 || above == 0 {
			continue
		}
		for k, s := range c.under(above, "") {
			o := c.stands.Units[s]
			if o.Parent != above || k == mostBeside {
				break
			}
			if o.Level == u.Level && c.free(s) && !codesDiffer(u.Code, o.Code) && alike(u.Name, o.Name) {
				pairs = append(pairs, pair{int32(i), s})
			}
		}
	}
	times := map[pair]int{}
	for _, p := range pairs {
		times[pair{p.listed, -1}]++
		times[pair{-1, p.standing}]++
	}
	for _, p := range pairs {
		if times[pair{p.listed, -1}] == 1 && times[pair{-1, p.standing}] == 1 {
			c.put(p.listed, p.standing)
			c.guessed[p.listed] = true
		}
	}
}

// alike reports whether a unit may have been renamed: one sign differs, or only what
// it is called at the end, 乡 or 镇.
func alike(a, b string) bool {
	if distance(a, b, 1) <= 1 {
		return true
	}
	x, y := townshipEnds.ReplaceAllString(a, ""), townshipEnds.ReplaceAllString(b, "")
	return x != a && y != b && x == y && x != ""
}

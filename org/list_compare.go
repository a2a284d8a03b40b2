package org

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
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
		for _, s := range c.under(above, "") {
			o := c.stands.Units[s]
			if o.Parent != above {
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

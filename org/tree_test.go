package org

import (
	"fmt"
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/id"

	"pgregory.net/rapid"
)

// grown is a tree that changes by the rules of the acts, kept as the database keeps it:
// the last version of each unit, and those before.
type grown struct {
	last       map[id.Unit]Unit
	since      map[id.Unit]calendar.Day
	past       []Unit
	successors []Successor
	next       id.Unit
	day        calendar.Day
}

func (g *grown) open(parent id.Unit, level Level) id.Unit {
	g.next++
	g.last[g.next] = Unit{ID: g.next, Parent: parent, Level: level, Name: fmt.Sprintf("%s%d", level, g.next), From: g.day}
	g.since[g.next] = g.day
	return g.next
}

// under gives who stands below a unit and has not ended.
func (g *grown) under(parent id.Unit) (out []id.Unit) {
	for u, v := range g.last {
		if v.Parent == parent && v.To == "" {
			out = append(out, u)
		}
	}
	slices.Sort(out)
	return out
}

func (g *grown) change(u id.Unit, c Change) error {
	now, past, err := g.last[u].Changed(c, g.last[c.Parent], g.since[c.Parent])
	if err != nil {
		return err
	}
	if past != nil {
		g.past = append(g.past, *past)
	}
	g.last[u] = now
	return nil
}

func (g *grown) close(u id.Unit) error {
	ended, err := g.last[u].Closed(g.day)
	if err == nil {
		g.last[u] = ended
	}
	return err
}

func (g *grown) tree() *Tree {
	all := slices.Clone(g.past)
	for _, u := range g.last {
		all = append(all, u)
	}
	return NewTree(all, g.successors)
}

func (g *grown) ofLevel(l Level) (out []id.Unit) {
	for u, v := range g.last {
		if v.Level == l && v.To == "" {
			out = append(out, u)
		}
	}
	slices.Sort(out)
	return out
}

func newGrown() (*grown, id.Unit) {
	g := &grown{last: map[id.Unit]Unit{}, since: map[id.Unit]calendar.Day{}, day: "2011-01-01"}
	city := g.open(0, CityLevel)
	for range 3 {
		county := g.open(city, County)
		for range 3 {
			town := g.open(county, Township)
			for range 3 {
				g.open(town, Village)
			}
		}
	}
	return g, city
}

// Townships are moved, merged, split and renamed, villages are moved: every village has
// exactly one parent on every day; what the tree was on a day does not change by what is
// done to a later day; and the same villages lie under the city on all days.
func TestTheTreeThroughTheYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, city := newGrown()
		villages := g.ofLevel(Village)
		days := []calendar.Day{g.day}
		var was []string // how the tree looked on each of the days, as of the day itself
		picture := func(tree *Tree, day calendar.Day) string {
			var out []string
			for _, l := range []Level{County, Township, Village} {
				for _, u := range tree.Under(city, l, day) {
					v, _ := tree.On(u, day)
					out = append(out, fmt.Sprint(u, " ", v.Parent, " ", v.Name))
				}
			}
			return fmt.Sprint(out)
		}
		for range rapid.IntRange(1, 15).Draw(t, "changes") {
			was = append(was, picture(g.tree(), g.day))
			g.day = g.day.AddDays(rapid.IntRange(1, 200).Draw(t, "days"))
			days = append(days, g.day)
			towns := g.ofLevel(Township)
			one := rapid.SampledFrom(towns).Draw(t, "town")
			other := rapid.SampledFrom(towns).Draw(t, "other")
			switch rapid.SampledFrom([]string{"move", "merge", "split", "rename", "village"}).Draw(t, "act") {
			case "move":
				county := rapid.SampledFrom(g.ofLevel(County)).Draw(t, "county")
				if err := g.change(one, Change{Parent: county, Name: g.last[one].Name, From: g.day}); err != nil {
					t.Fatal(err)
				}
			case "merge":
				if one == other {
					continue
				}
				for _, v := range g.under(one) {
					if err := g.change(v, Change{Parent: other, Name: g.last[v].Name, From: g.day}); err != nil {
						t.Fatal(err)
					}
				}
				if err := g.close(one); err != nil {
					t.Fatal(err)
				}
				g.successors = append(g.successors, Successor{one, other, g.day})
			case "split":
				part := g.open(g.last[one].Parent, Township)
				for _, v := range g.under(one) {
					if rapid.Bool().Draw(t, "goes along") {
						if err := g.change(v, Change{Parent: part, Name: g.last[v].Name, From: g.day}); err != nil {
							t.Fatal(err)
						}
					}
				}
			case "rename":
				if err := g.change(one, Change{Parent: g.last[one].Parent, Name: "新" + g.last[one].Name, From: g.day}); err != nil {
					t.Fatal(err)
				}
			case "village":
				v := rapid.SampledFrom(villages).Draw(t, "village")
				if err := g.change(v, Change{Parent: other, Name: g.last[v].Name, From: g.day}); err != nil {
					t.Fatal(err)
				}
			}
		}
		tree := g.tree()
		for i, day := range days {
			if got := tree.Under(city, Village, day); !slices.Equal(got, villages) {
				t.Fatalf("under the city on %s: %v, want %v", day, got, villages)
			}
			for _, v := range villages {
				parents := 0
				for _, version := range tree.versions[v] {
					if version.On(day) {
						parents++
					}
				}
				if parents != 1 {
					t.Fatalf("village %d has %d parents on %s", v, parents, day)
				}
				if _, there := tree.On(tree.mustOn(v, day).Parent, day); !there {
					t.Fatalf("the parent of village %d is not there on %s", v, day)
				}
				if tree.Present(v, days[len(days)-1]) != v {
					t.Fatalf("village %d is not itself any more", v)
				}
			}
			if i < len(was) && picture(tree, day) != was[i] {
				t.Fatalf("the tree of %s changed:\n%s\n%s", day, was[i], picture(tree, day))
			}
		}
		for _, s := range g.successors {
			now := tree.Present(s.Unit, days[len(days)-1])
			if u, there := tree.On(now, days[len(days)-1]); !there || u.Level != Township {
				t.Fatalf("figures of the merged township %d stand nowhere", s.Unit)
			}
		}
	})
}

func (t *Tree) mustOn(u id.Unit, day calendar.Day) Unit {
	v, _ := t.On(u, day)
	return v
}

// A figure of a unit that was split up cannot be divided: it stands with the unit above all parts.
func TestPresentOfASplitUnit(t *testing.T) {
	versions := []Unit{
		{ID: 1, Level: CityLevel, From: "2011-01-01"}, {ID: 2, Parent: 1, Level: County, From: "2011-01-01"}, {ID: 3, Parent: 1, Level: County, From: "2011-01-01"},
		{ID: 4, Parent: 2, Level: Township, From: "2011-01-01", To: "2011-12-31"},
		{ID: 5, Parent: 2, Level: Township, From: "2012-01-01"}, {ID: 6, Parent: 2, Level: Township, From: "2012-01-01"}, {ID: 7, Parent: 3, Level: Township, From: "2012-01-01"},
	}
	for name, c := range map[string]struct {
		into []id.Unit
		want id.Unit
	}{
		"into one":                {[]id.Unit{5}, 5},
		"into two of one county":  {[]id.Unit{5, 6}, 2},
		"into two of two":         {[]id.Unit{5, 7}, 1},
		"nobody goes on":          {nil, 0},
		"into one that is itself": {[]id.Unit{4}, 0},
	} {
		var all []Successor
		for _, s := range c.into {
			all = append(all, Successor{4, s, "2012-01-01"})
		}
		tree := NewTree(versions, all)
		if got := tree.Present(4, "2012-06-01"); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
		if got := tree.Present(4, "2011-06-01"); got != 4 {
			t.Errorf("%s: on a day when it was there: %d", name, got)
		}
	}
}

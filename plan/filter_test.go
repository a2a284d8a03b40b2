package plan

import (
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
)

func TestFilter(t *testing.T) {
	s := Seen{Item: Item{Tags: []string{"免费开放", "惠民"}, Lead: "市图书馆、市文化馆", Cooperating: "市财政局", Project: true}, Phases: []int{2}, Lamp: LampNone}
	principle := Seen{Lamp: LampPrinciple}
	for _, c := range []struct {
		name             string
		f                Filter
		item, principled bool
	}{
		{"nothing asked", Filter{}, true, true},
		{"its theme", Filter{Theme: "惠民"}, true, false},
		{"part of a theme", Filter{Theme: "免费"}, false, false},
		{"its stage", Filter{Phase: 2}, true, false},
		{"another stage", Filter{Phase: 1}, false, false},
		{"a stage that is none", Filter{Phase: -1}, false, false},
		{"who leads with another", Filter{Unit: "市文化馆"}, true, false},
		{"who cooperates", Filter{Unit: "市财政局"}, true, false},
		{"part of a name", Filter{Unit: "财政局"}, false, false},
		{"its lamp", Filter{Lamp: LampNone}, true, false},
		{"principles", Filter{Lamp: LampPrinciple}, false, true},
		{"a lamp that is none", Filter{Lamp: "x"}, false, false},
		{"projects", Filter{Project: true}, true, false},
		{"two, of which one is met", Filter{Theme: "惠民", Unit: "市博物馆"}, false, false},
		{"two that are met", Filter{Theme: "惠民", Unit: "市图书馆"}, true, false},
	} {
		if got := c.f.Meets(s); got != c.item {
			t.Errorf("%s: %v", c.name, got)
		}
		if got := c.f.Meets(principle); got != c.principled {
			t.Errorf("%s, a principle: %v", c.name, got)
		}
		if c.f.IsEmpty() != (c.name == "nothing asked") {
			t.Errorf("%s: empty", c.name)
		}
	}
	if got := (Item{}).Units(); got != nil {
		t.Errorf("no units: %q", got)
	}
	if got := (Item{Lead: "甲、乙", Cooperating: "乙、丙"}).Units(); !slices.Equal(got, []string{"甲", "乙", "丙"}) {
		t.Errorf("units: %q", got)
	}
}

func TestPhasesOf(t *testing.T) {
	nodes := []document.Node{{Ordinal: 1}, {Ordinal: 2, Parent: 1}, {Ordinal: 3, Parent: 2}, {Ordinal: 4}}
	phases := []Phase{
		{Ordinal: 1, Node: 2, First: "2011-08-01", Last: "2011-09-30"},
		{Ordinal: 2, Node: 4, First: "2011-10-01"},
		{Ordinal: 3},
	}
	for _, c := range []struct {
		name string
		item Item
		dues []calendar.Day
		want []int
	}{
		{"written under it", Item{Node: 3}, nil, []int{1}},
		{"written as it", Item{Node: 4}, nil, []int{2}},
		{"beside it", Item{Node: 1}, nil, nil},
		{"moved under it", Item{Node: 4, Under: 3}, nil, []int{1, 2}},
		{"without a node", Item{}, nil, nil},
		{"due on its last day", Item{Node: 1}, []calendar.Day{"2011-09-30"}, []int{1}},
		{"due in an open one", Item{Node: 1}, []calendar.Day{"", "2013-01-01"}, []int{2}},
		{"due in both", Item{Node: 1}, []calendar.Day{"2011-08-01", "2011-10-01"}, []int{1, 2}},
		{"due before all", Item{Node: 1}, []calendar.Day{"2011-07-31"}, nil},
		{"no day", Item{Node: 1}, []calendar.Day{""}, nil},
	} {
		if got := PhasesOf(c.item, c.dues, phases, nodes); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

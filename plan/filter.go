package plan

import (
	"slices"

	"luoshi/calendar"
	"luoshi/document"
)

// Filter chooses among the items of a plan. An empty field asks for nothing; of
// several, an item must meet all.
type Filter struct {
	Theme   string // one of its tags
	Phase   int    // ordinal of a stage that it belongs to; none has a number below 0
	Unit    string // one that leads or cooperates, as the plan calls it
	Lamp    Lamp   // as the item shows it, LampPrinciple for a principle
	Project bool
}

// LampPrinciple stands where a lamp is asked for and a principle has none: it
// promises nothing that could be measured.
const LampPrinciple Lamp = "principle"

// Seen is an item as it is seen on a day.
type Seen struct {
	Item   Item
	Phases []int // see PhasesOf
	Lamp   Lamp
}

// IsEmpty reports a filter that all items meet.
func (f Filter) IsEmpty() bool { return f == Filter{} }

// Meets reports whether a filter chooses an item.
func (f Filter) Meets(s Seen) bool {
	return (f.Theme == "" || slices.Contains(s.Item.Tags, f.Theme)) &&
		(f.Phase == 0 || slices.Contains(s.Phases, f.Phase)) &&
		(f.Unit == "" || slices.Contains(s.Item.Units(), f.Unit)) &&
		(f.Lamp == "" || f.Lamp == s.Lamp) &&
		(!f.Project || s.Item.Project)
}

// Units are those that an item names, who leads first, each once.
func (i Item) Units() []string { return SplitTags(i.Lead + "、" + i.Cooperating) }

// PhasesOf gives the ordinals of the stages that an item belongs to: those that it is
// written under, and those in whose days one of its promises falls due. dues are those
// days; empty ones say nothing. A stage that is open at one end goes on to any day there.
func PhasesOf(i Item, dues []calendar.Day, phases []Phase, nodes []document.Node) (all []int) {
	above := headings(i, nodes)
	for _, p := range phases {
		if p.Node != 0 && slices.Contains(above, p.Node) || slices.ContainsFunc(dues, p.holds) {
			all = append(all, p.Ordinal)
		}
	}
	return all
}

// holds reports whether a day lies in a stage whose days are written.
func (p Phase) holds(d calendar.Day) bool {
	return d != "" && (p.First != "" || p.Last != "") && (p.First == "" || p.First <= d) && (p.Last == "" || d <= p.Last)
}

// headings are the ordinals of an item's node and of those above it.
func headings(i Item, nodes []document.Node) (all []int) {
	at := i.Node
	if i.Under != 0 {
		all, at = append(all, i.Node), i.Under
	}
	for at > 0 && at <= len(nodes) && !slices.Contains(all, at) {
		all = append(all, at)
		at = nodes[at-1].Parent
	}
	return all
}

package desk

import (
	"luoshi/document"
	"luoshi/id"
	"luoshi/plan"
)

// wordsOf finds the words of the document from which items and their promises come.
type wordsOf struct {
	plan.Draft
	text       []rune
	targets    map[id.Item][]plan.Target
	milestones map[id.Item][]plan.Milestone
	nodes      map[int]document.Node
}

// newWordsOf takes a plan with the places in its present document alone.
func newWordsOf(d plan.Draft, text string) wordsOf {
	w := wordsOf{d, []rune(text), map[id.Item][]plan.Target{}, map[id.Item][]plan.Milestone{}, map[int]document.Node{}}
	for _, t := range d.Targets {
		w.targets[t.Item] = append(w.targets[t.Item], t)
	}
	for _, m := range d.Milestones {
		w.milestones[m.Item] = append(w.milestones[m.Item], m)
	}
	for _, n := range d.Nodes {
		w.nodes[n.Ordinal] = n
	}
	return w
}

// principle reports an item that nobody is asked to report.
func (w wordsOf) principle(i plan.Item) bool {
	return i.Period == plan.NoPeriod && len(w.targets[i.ID])+len(w.milestones[i.ID]) == 0
}

// longestClause is how much of a clause is shown beside an item.
const longestClause = 400

// clause gives the words that an item comes from: its own, or those of its node; of an
// order its words.
func (w wordsOf) clause(i plan.Item) string {
	words := []rune(nil)
	switch o, ordered := w.Orders[i.ID]; {
	case ordered:
		words = []rune(o.Words)
	case i.Document != w.Plan.Document:
	case i.Span.End() > 0:
		words = []rune(document.Quote(w.text, i.Span))
	default:
		words = []rune(document.Quote(w.text, w.nodes[i.Node].Span))
	}
	if len(words) > longestClause {
		words = append(words[:longestClause:longestClause], '…')
	}
	return string(words)
}

// quote gives the words of a milestone, or its title where they stand in a former document.
func (w wordsOf) quote(m plan.Milestone) string {
	if o, ordered := w.Orders[m.Item]; ordered {
		return o.Words
	}
	if len(m.Span) > 0 {
		return document.Quote(w.text, m.Span)
	}
	return m.Title
}

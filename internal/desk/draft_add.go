package desk

import (
	"context"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// Picked are words that a person picked out of a plan's document.
type Picked struct {
	Span  document.Span
	Words string
}

// Occurrence is a place where words stand in the document of a plan.
type Occurrence struct {
	Picked
	Node          int       // ordinal of the node that holds it, or 0
	Before, After string    // the words round it
	Holders       []id.Item // the items that stand for it, the one with the fewest words first
}

// aroundQuote is how many runes are shown on each side of a quote.
const aroundQuote = 14

// Find gives every place where a quote stands in the document of the plan, white space
// apart.
func (r Review) Find(quote string) []Occurrence {
	return r.occurrences(document.Find([]rune(r.Text), quote)...)
}

// At gives the words of the plan's document at a place; ErrMissing where it has none.
func (r Review) At(s document.Span) (Occurrence, error) {
	if len(s) == 0 || s.Start() >= s.End() || !s.Fits(len([]rune(r.Text))) {
		return Occurrence{}, ErrMissing
	}
	return r.occurrences(s)[0], nil
}

func (r Review) occurrences(places ...document.Span) []Occurrence {
	text := []rune(r.Text)
	spans := map[int]document.Span{}
	for _, n := range r.Nodes {
		spans[n.Ordinal] = n.Span
	}
	var out []Occurrence
	for _, s := range places {
		at := Occurrence{Picked: Picked{s, document.Quote(text, s)}}
		at.Before = document.Quote(text, document.At(max(0, s.Start()-aroundQuote), s.Start()))
		at.After = document.Quote(text, document.At(s.End(), min(len(text), s.End()+aroundQuote)))
		for _, n := range r.Nodes {
			if n.Span.Start() <= s.Start() && s.Start() < n.Span.End() {
				at.Node = n.Ordinal // nodes stand in order: the last that holds it is the innermost
			}
		}
		at.Holders = r.holders(s, spans)
		out = append(out, at)
	}
	return out
}

// holders gives the items that stand for words, the one with the fewest words first.
func (r Review) holders(s document.Span, nodes map[int]document.Span) (all []id.Item) {
	narrowest := 0
	for _, i := range r.Items {
		if i.Node == 0 && i.Span.End() <= 0 {
			continue
		}
		words := i.WordsIn(nodes[i.Node])
		if !holds(words, s) {
			continue
		}
		if wide := width(words); len(all) == 0 || wide < narrowest {
			all, narrowest = append([]id.Item{i.ID}, all...), wide
		} else {
			all = append(all, i.ID)
		}
	}
	return all
}

func width(s document.Span) (n int) {
	for _, r := range s {
		n += r.End - r.Start
	}
	return n
}

func holds(words, s document.Span) bool {
	for _, r := range words {
		if r.Start <= s.Start() && s.Start() < r.End {
			return true
		}
	}
	return false
}

// standsAt proves that words stand where they are said to, before the turn to write
// comes: a document does not change.
func (o *Office) standsAt(ctx context.Context, p id.Plan, w Picked) (document.Span, string, error) {
	var words string
	err := o.db.Read(ctx, func(v *db.View) error {
		stands, err := loadPlan(v, o.city, p)
		if err != nil {
			return err
		}
		doc, err := loadDocument(v, o.city, stands.Document)
		if err != nil {
			return err
		}
		text := []rune(doc.Text)
		if len(w.Span) == 0 || !w.Span.Fits(len(text)) || w.Span.Start() >= w.Span.End() {
			return errQuote
		}
		inside := []rune(w.Span.In(text))
		found := document.Find(inside, w.Words)
		if len(found) != 1 || width(document.Find(inside, string(inside))[0]) != width(found[0]) {
			return errQuote
		}
		words = document.Quote(text, w.Span)
		return nil
	})
	return w.Span, words, err
}

// AddItem makes an item of words of the document: they are its source. Only what a
// person says about an item is taken from i.
func (o *Office) AddItem(ctx context.Context, cmd db.Cmd, p id.Plan, from Picked, i plan.Item) (id.Item, error) {
	if err := plan.CheckItem(i); err != nil {
		return 0, err
	}
	span, _, wrong := o.standsAt(ctx, p, from)
	var made id.Item
	err := o.step(ctx, cmd.Of("plan.add_item", []any{p, from, i}, &made), p, func(d *drafting) error {
		if wrong != nil {
			return wrong
		}
		fresh, err := d.addItem(span, i)
		made = fresh.ID
		d.say("添任务 %s", fresh.Title)
		return err
	})
	return made, err
}

// addItem puts an item among those of the clause in which its words stand.
func (d *drafting) addItem(words document.Span, i plan.Item) (plan.Item, error) {
	all, err := loadItems(d.tx, d.city, d.plan.ID)
	if err != nil {
		return i, err
	}
	node, err := nodeHolding(d.tx, d.city, d.plan.Document, words.Start())
	if err != nil {
		return i, err
	}
	fresh := i.OnTo(plan.Item{ID: db.NewID[id.Item](d.tx), Document: d.plan.Document, Node: node, Ordinal: len(all) + len(d.items.order) + 1, Span: words})
	after := id.Item(0)
	for _, other := range all {
		if other.Node <= node {
			after = other.ID
		}
	}
	ranks, err := d.ranksAfter(after, nil, 1)
	if err != nil {
		return i, err
	}
	fresh.Rank = ranks[0]
	d.putItem(fresh)
	return fresh, nil
}

// AddPhase makes a stage of words of the document.
func (o *Office) AddPhase(ctx context.Context, cmd db.Cmd, p id.Plan, from Picked, f plan.Phase) error {
	if err := plan.CheckPhase(f); err != nil {
		return err
	}
	span, _, wrong := o.standsAt(ctx, p, from)
	return o.step(ctx, cmd.Of("plan.add_phase", []any{p, from, f}), p, func(d *drafting) error {
		if wrong != nil {
			return wrong
		}
		node, err := nodeHolding(d.tx, d.city, d.plan.Document, span.Start())
		if err != nil {
			return err
		}
		if err := d.knowPhases(); err != nil {
			return err
		}
		last := 0
		for _, k := range d.phases.order {
			last = max(last, int(k))
		}
		d.say("添阶段 %s", f.Name)
		d.putPhase(plan.Phase{Ordinal: last + 1, Node: node, Name: f.Name, First: f.First, Last: f.Last, Span: span})
		return nil
	})
}

// RemovePhase says that what was read as a stage is none.
func (o *Office) RemovePhase(ctx context.Context, cmd db.Cmd, p id.Plan, ordinalOf int) error {
	return o.step(ctx, cmd.Of("plan.remove_phase", []any{p, ordinalOf}), p, func(d *drafting) error {
		f, err := d.phase(ordinalOf)
		if err != nil || f == nil {
			return err // it is gone already
		}
		d.say("去掉阶段 %s", f.Name)
		d.nodes[f.Node] = true
		d.phases.is[ordinal(ordinalOf)] = nil
		return nil
	})
}

var errQuote = fault.New(fault.Invalid, "原文里没有这句话。请从原文里复制，一个字都不要改。").In("quote")

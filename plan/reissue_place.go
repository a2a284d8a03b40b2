package plan

import (
	"strconv"

	"luoshi/document"
	"luoshi/id"
)

// moved places an item that stands elsewhere now, with what hangs on it.
func (r *reissuing) moved(ch Change) (e Effect) {
	for _, i := range r.itemsAt(ch.Old.Node) {
		if !r.about["item "+i.ID.String()] {
			e.Sets = append(e.Sets, r.itemAt(i, ch.New.Node))
		}
		e.Sets = append(e.Sets, r.promisesOf(i.ID)...)
	}
	return e
}

// promisesOf places the promises of an item that no other difference is about.
func (r *reissuing) promisesOf(i id.Item) (out []EffectSet) {
	for _, t := range r.now.Targets {
		if t.Item == i {
			out = append(out, r.target(t)...)
		}
	}
	for _, m := range r.now.Milestones {
		if m.Item == i {
			out = append(out, r.milestone(m)...)
		}
	}
	return out
}

// reworded places what is promised in a clause whose words are others.
func (r *reissuing) reworded(ch Change) (e Effect) {
	for _, t := range r.targetsIn(ch.Old) {
		e.Sets = append(e.Sets, r.target(t)...)
	}
	for _, m := range r.milestonesIn(ch.Old) {
		e.Sets = append(e.Sets, r.milestone(m)...)
	}
	return e
}

// places are those of all records that no difference is about.
func (r *reissuing) places() (out []EffectSet) {
	for _, i := range r.now.Items {
		if r.about["item "+i.ID.String()] || i.Document != r.now.Plan.Document {
			continue
		}
		if m := r.old.node[min(i.Node, len(r.old.node)-1)]; m >= 0 {
			out = append(out, r.itemAt(i, m))
		}
	}
	for _, t := range r.now.Targets {
		out = append(out, r.target(t)...)
	}
	for _, m := range r.now.Milestones {
		out = append(out, r.milestone(m)...)
	}
	for _, f := range r.now.Phases {
		if r.about["phase "+strconv.Itoa(f.Ordinal)] || !r.here(f.Document) {
			continue
		}
		if s := r.find(f.Span, document.Quote(r.old.view.Text, f.Span)); s != nil && f.Node < len(r.old.node) {
			f.Document, f.Span, f.Node = r.doc, s, max(0, r.old.node[f.Node])
			out = append(out, EffectSet{"phase", strconv.Itoa(f.Ordinal), picked(&f, "Document", "Node", "Span")})
		}
	}
	for _, q := range r.now.Questions {
		if !r.here(q.Document) || len(q.Span) == 0 {
			continue
		}
		if s := r.find(q.Span, document.Quote(r.old.view.Text, q.Span)); s != nil {
			q.Document, q.Span = r.doc, s
			out = append(out, EffectSet{"question", q.ID.String(), picked(&q, "Document", "Span")})
		}
	}
	return out
}

// itemAt puts an item to a paragraph of the new document.
func (r *reissuing) itemAt(i Item, node int) EffectSet {
	own := document.Span(nil)
	if i.Span.End() > 0 {
		own = r.find(i.Span, document.Quote(r.old.view.Text, i.Span))
	}
	if i.Under > 0 && i.Under < len(r.old.node) {
		i.Under = max(0, r.old.node[i.Under])
	}
	i.Document, i.Node, i.Span = r.doc, node, own
	return EffectSet{"item", i.ID.String(), picked(&i, "Document", "Node", "Under", "Span")}
}

// target places a target whose words, or what they became, are found; nothing where
// another difference is about it.
func (r *reissuing) target(t Target) []EffectSet {
	if r.about["target "+t.ID.String()] || !r.here(t.Document) {
		return nil
	}
	s := r.find(t.Span, t.Quote)
	if s == nil {
		is := r.became(t)
		if is == nil {
			return nil
		}
		s = is.Span
	}
	t.Document, t.Span, t.Quote = r.doc, s, document.Quote(r.text, s)
	r.about["target "+t.ID.String()] = true
	return []EffectSet{{"target", t.ID.String(), picked(&t, "Document", "Span", "Quote")}}
}

func (r *reissuing) milestone(m Milestone) []EffectSet {
	if r.about["milestone "+m.ID.String()] || !r.here(m.Document) {
		return nil
	}
	s := r.find(m.Span, document.Quote(r.old.view.Text, m.Span))
	if s == nil {
		for _, c := range r.clausesOf(m.Span) {
			for _, is := range r.freshMilestonesIn(c) {
				if is.Due == m.Due {
					s = is.Span
				}
			}
		}
	}
	if s == nil {
		return nil
	}
	m.Document, m.Span = r.doc, s
	r.about["milestone "+m.ID.String()] = true
	return []EffectSet{{"milestone", m.ID.String(), picked(&m, "Document", "Span")}}
}

// became finds the target in the new document whose clause is that of an old one.
func (r *reissuing) became(t Target) *Target {
	for _, c := range r.clausesOf(t.Span) {
		if is := r.sameTarget(t, c); is != nil {
			return is
		}
	}
	return nil
}

// clausesOf are the clauses of the new document that are what the clause of some old
// words is.
func (r *reissuing) clausesOf(s document.Span) (out []*Clause) {
	if len(s) == 0 {
		return nil
	}
	i := r.old.pieceAt(s)
	if i < 0 {
		return nil
	}
	for _, j := range r.old.pieces[i].pairs {
		out = append(out, r.new.clause(j))
	}
	return out
}

// find finds the same words in the clause of the new document that is what their
// clause is; nil where they stand there no more, or more than once.
func (r *reissuing) find(at document.Span, words string) document.Span {
	for _, c := range r.clausesOf(at) {
		if len(c.Span) == 0 {
			continue
		}
		from := c.Span.Start()
		found := document.Find(r.text[from:c.Span.End()], words)
		if len(found) != 1 {
			continue
		}
		var s document.Span
		for _, run := range found[0] {
			s = append(s, document.Range{Start: run.Start + from, End: run.End + from})
		}
		return s
	}
	return nil
}

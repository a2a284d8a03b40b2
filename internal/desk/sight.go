package desk

import (
	"errors"
	"slices"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/plan"
)

// planSight is what of a plan everybody may see.
type planSight struct {
	plan      id.Plan
	documents []id.Document    // the one that it stands on and those that it stood on
	items     map[id.Item]bool // all of the plan; true for those that are public
	mask      plan.Mask
	fields    fieldStates

	unseen   map[id.Document]bool             // documents that say something anew which nobody made public yet
	withheld map[id.Document][]document.Range // of each document, once looked for
}

// sights are what everybody may see of all public plans, or of one.
type sights struct {
	q     db.Querier
	city  int64
	plans map[id.Plan]*planSight
	of    map[id.Item][]*planSight // the plans in which an item is public

	indicators map[string]bool // those that are public
}

func (s *sights) plan(text string) *planSight {
	p, err := id.Of[id.Plan](text)
	if err != nil {
		return nil
	}
	return s.plans[p]
}

func (s *sights) item(text string) []*planSight {
	i, err := id.Of[id.Item](text)
	if err != nil {
		return nil
	}
	return s.of[i]
}

// document gives the public plans that were taken into force or restated on a document.
func (s *sights) document(text string) (all []*planSight) {
	for _, p := range s.plans {
		if slices.ContainsFunc(p.documents, func(d id.Document) bool { return d.String() == text }) {
			all = append(all, p)
		}
	}
	return all
}

// withdrawals stay public when what they are about is so no longer.
var withdrawals = map[string]bool{plan.KindWithdrawn: true, plan.KindItemWithdrawn: true, fact.KindIndicatorWithdrawn: true}

// shows reports whether an entry is released: docs/export.md section 2.
func (s *sights) shows(e ledger.Entry, words map[string]string) (bool, error) {
	if e.Class != ledger.Public {
		return false, nil
	}
	if withdrawals[e.Kind] {
		return true, nil
	}
	for _, about := range e.Subjects {
		ok := false
		switch about.Noun {
		case "unit", "post", "target", "milestone", "question":
			ok = true
		case "plan":
			ok = s.plan(about.ID) != nil
		case "item":
			ok = len(s.item(about.ID)) > 0
		case "document":
			ok = len(s.document(about.ID)) > 0
		case "indicator":
			ok = s.indicators[about.ID]
		}
		if !ok {
			return false, nil
		}
	}
	if e.Kind == plan.KindDocumentFrozen {
		covered, err := s.covered(e.Subject("document"))
		return !covered, err // from the hash of a text whoever knows most of it guesses the rest
	}
	p := s.plan(e.Subject("plan"))
	if p != nil && e.Kind == plan.KindDifferenceDeclined {
		whole, err := p.whole(s.q, s.city)
		return whole, err // its reason may be about an item that is not public
	}
	if p == nil || words["spans"] == "" {
		return true, nil
	}
	hidden, err := p.touched(s.q, s.city, words["spans"])
	return !hidden, err
}

// covered reports whether anything of a document is hidden in one of the public plans
// that stand on it, or stood.
func (s *sights) covered(doc string) (bool, error) {
	for _, p := range s.document(doc) {
		for _, d := range p.documents {
			if d.String() != doc {
				continue
			}
			if hidden, err := p.hidden(s.q, s.city, d); err != nil || len(hidden) > 0 {
				return true, err
			}
		}
	}
	return false, nil
}

// plansOf are the public plans that an entry is about.
func (s *sights) plansOf(e ledger.Entry) (all []*planSight) {
	if p := s.plan(e.Subject("plan")); p != nil {
		all = append(all, p)
	}
	return append(all, s.item(e.Subject("item"))...)
}

// seen gives the words of an entry that is shown as they may be seen. What is about
// nothing that is still public is covered as strictly as can be.
func (s *sights) seen(e ledger.Entry, words string) (string, error) {
	var masks []plan.Mask
	for _, p := range s.plansOf(e) {
		masks = append(masks, p.mask)
	}
	if withdrawals[e.Kind] {
		masks = append(masks, plan.Strict)
	}
	if !slices.ContainsFunc(masks, func(m plan.Mask) bool { return !m.Nothing() }) || words == "" {
		return words, nil
	}
	texts, err := ledger.ParseWords(words)
	if err != nil {
		return "", err
	}
	var pairs []string
	changed := false
	for name, text := range texts {
		shown := text
		for _, m := range masks {
			shown = coverField(m, name, shown)
		}
		changed = changed || shown != text
		pairs = append(pairs, name, shown)
	}
	if !changed {
		return words, nil
	}
	return ledger.Words(pairs...), nil
}

// coverField covers the text of a column of a record.
func coverField(m plan.Mask, column, text string) string {
	switch column {
	case "spans":
		return text
	case "responsible":
		return m.Responsible(text)
	case "edits":
		return plan.EditsSaid(text, func(column, words string) string { return coverField(m, column, words) })
	}
	return m.Words(text)
}

// ofItems gives the runs of a document that are those of items which are not public.
func (p *planSight) ofItems(q db.Querier, city int64, doc id.Document) ([]document.Range, error) {
	if runs, looked := p.withheld[doc]; looked {
		return runs, nil
	}
	all := len(p.unseen) == 0
	for _, shown := range p.items {
		all = all && shown
	}
	var runs []document.Range
	if !all {
		r, err := loadClaims(q, city, p.plan, doc)
		if err != nil {
			return nil, err
		}
		for i := range r.Items {
			r.Items[i].Released = p.items[r.Items[i].ID]
		}
		anew, err := p.anew(q, city, doc, r)
		if err != nil {
			return nil, err
		}
		runs = plan.Withheld(r.text, r.Nodes, r.Items, r.Targets, r.Milestones, anew)
	}
	p.withheld[doc] = runs
	return runs, nil
}

// anew finds what of a document is not public because the one before did not say it,
// or said it in words that are not public.
func (p *planSight) anew(q db.Querier, city int64, doc id.Document, is claims) (a plan.Anew, err error) {
	editions, err := loadPublicEditions(q, city, p.plan)
	if err != nil {
		return a, err
	}
	at := slices.IndexFunc(editions, func(e plan.Edition) bool { return e.Document == doc })
	if at <= 0 {
		return a, nil
	}
	withheld, err := p.ofItems(q, city, editions[at-1].Document)
	if err != nil {
		return a, err
	}
	before, err := loadDocument(q, city, editions[at-1].Document)
	if err != nil {
		return a, err
	}
	all, err := loadPublicDifferences(q, city, p.plan)
	if err != nil {
		return a, err
	}
	of := slices.DeleteFunc(all, func(d plan.Decided) bool { return d.Document != doc })
	a = plan.IssuedAnew([]rune(before.Text), is.text, is.Nodes, withheld, of)
	if p.unseen[doc] {
		a.Unseen = plan.SaidAnew(of)
	}
	return a, nil
}

// lookAtAll finds what is withheld in each document of the plan.
func (p *planSight) lookAtAll(q db.Querier, city int64) error {
	for _, doc := range p.documents {
		if _, err := p.ofItems(q, city, doc); err != nil {
			return err
		}
	}
	return nil
}

// whole reports that nothing of any document of the plan is withheld.
func (p *planSight) whole(q db.Querier, city int64) (bool, error) {
	if err := p.lookAtAll(q, city); err != nil {
		return false, err
	}
	for _, doc := range p.documents {
		if len(p.withheld[doc]) > 0 {
			return false, nil
		}
	}
	return true, nil
}

// hidden gives the runs of a document that are not public.
func (p *planSight) hidden(q db.Querier, city int64, which id.Document) ([]plan.Hidden, error) {
	runs, err := p.ofItems(q, city, which)
	if err != nil {
		return nil, err
	}
	doc, err := loadDocument(q, city, which)
	if err != nil {
		return nil, err
	}
	var out []plan.Hidden
	for _, r := range runs {
		out = append(out, plan.Hidden{Range: r})
	}
	for _, h := range p.mask.Find([]rune(doc.Text)) {
		if !plan.Touches(document.Span{h.Range}, runs) {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b plan.Hidden) int { return a.Start - b.Start })
	return out, nil
}

// touched reports whether a source, as exports write it, lies in words that are those
// of an item which is not public; of whichever document of the plan it is.
func (p *planSight) touched(q db.Querier, city int64, spans string) (bool, error) {
	err := p.lookAtAll(q, city)
	return err == nil && p.away(plan.ParseSpans(spans)), err
}

// claims are what decides about the words of a document: the items of the plan and their
// promises as it stood on it last, with all that it ever had.
type claims struct {
	plan.Draft
	text []rune
}

// loadClaims gives what of a plan stands, or stood, in a document.
func loadClaims(q db.Querier, city int64, p id.Plan, doc id.Document) (c claims, err error) {
	stored, err := loadDocument(q, city, doc)
	if err != nil {
		return c, err
	}
	c.text = []rune(stored.Text)
	if c.Plan, err = loadPlan(q, city, p); err != nil {
		return c, err
	}
	var errs [6]error
	c.Items, errs[0] = everyItem(q, city, p)
	c.Targets, errs[1] = everyTarget(q, city, p)
	c.Milestones, errs[2] = everyMilestone(q, city, p)
	c.Amendments, errs[3] = loadChanges(q, city, p)
	c.Documents, errs[4] = loadEditions(q, city, p)
	c.Draft = c.Draft.Parted().Upon(doc).InDocument().Every()
	c.Nodes, errs[5] = loadNodes(q, city, doc)
	return c, errors.Join(errs[:]...)
}

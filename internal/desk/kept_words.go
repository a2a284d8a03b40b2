package desk

import (
	"errors"
	"reflect"
	"strings"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// keptWords finds the names and telephone numbers in all that everybody may come to see
// of a plan: its documents, its items, what was given to it later and by what it was amended.
func keptWords(q db.Querier, city int64, p plan.Plan) (plan.Keeping, error) {
	var d plan.Draft
	var errs [4]error
	d.Items, errs[0] = everyItem(q, city, p.ID)
	d.Documents, errs[1] = loadEditions(q, city, p.ID)
	d.Orders, errs[2] = loadOrders(q, city, p.ID)
	d.Amendments, errs[3] = loadChanges(q, city, p.ID)
	if err := errors.Join(errs[:]...); err != nil {
		return plan.Keeping{}, err
	}
	documents := []id.Document{p.Document}
	for _, e := range d.Documents {
		if e.Adopted && e.Document != p.Document {
			documents = append(documents, e.Document)
		}
	}
	var texts []string
	for _, doc := range documents {
		stored, err := loadDocument(q, city, doc)
		if err != nil {
			return plan.Keeping{}, err
		}
		texts = append(texts, stored.Text)
	}
	for _, o := range d.Orders {
		texts = append(texts, o.Words, o.Giver)
	}
	for _, a := range d.Amendments {
		texts = append(texts, a.Cause, a.Basis)
		for _, part := range a.Parts {
			for _, e := range part.Edits {
				for _, v := range e.Values() {
					texts = append(texts, v.Was, v.Is)
				}
			}
		}
	}
	return findKept(strings.Join(texts, "\n"), d.Parted().Every().Items), nil
}

// keepMore keeps the names and telephone numbers back that an amendment brings into a
// plan which is public. Of one that is not they are looked over when it is published.
func (d *drafting) keepMore() error {
	p, err := loadPlan(d.tx, d.city, d.plan.ID)
	if err != nil || !p.Released {
		return err
	}
	fields, err := loadFields(d.tx, d.city, p)
	if err != nil || fields.older {
		return err
	}
	found, err := keptWords(d.tx, d.city, p)
	if err != nil {
		return err
	}
	kept := fields.keeping.With(found)
	if reflect.DeepEqual(kept, fields.keeping) {
		return nil
	}
	d.tx.Append(plan.KeptEntry(p, kept))
	return saveKeeping(d.tx, d.city, p.ID, kept)
}

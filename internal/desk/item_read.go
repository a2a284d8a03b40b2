package desk

import (
	"cmp"
	"context"
	"errors"

	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// ItemReview is an item of a plan with the words it stands for, and one of its
// promises where one is asked for.
type ItemReview struct {
	Plan      plan.Plan
	Item      plan.Item
	Text      string // the whole document
	Clause    string // the words of the item's node; the plan's title where it has none
	Target    *plan.Target
	Milestone *plan.Milestone
	Quote     string // the words of the milestone, in the document in which they stand
	LastStep  int64  // the last step of work on the draft
}

// PlanItem gives an item of a plan in whatever state. Target and milestone name
// one of its promises; 0 for none. One that is not the item's is ErrMissing.
func (o *Office) PlanItem(ctx context.Context, who Who, p id.Plan, i id.Item, t id.Target, m id.Milestone) (r ItemReview, err error) {
	if !May("plan.read", who.Roles) {
		return r, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if r.Plan, err = loadPlan(v, o.city, p); err != nil {
			return err
		}
		if r.Item, err = loadItem(v, o.city, p, i); err != nil {
			return err
		}
		if r.LastStep, err = lastStep(v, o.city, p); err != nil {
			return err
		}
		doc, err := loadDocument(v, o.city, r.Plan.Document)
		if err != nil {
			return err
		}
		r.Text, r.Clause = doc.Text, r.Plan.Title
		if span, err := loadNodeSpan(v, o.city, r.Item.Document, r.Item.Node); err == nil {
			stood := doc // in a former document, where nobody decided yet what became of it
			if r.Item.Document != r.Plan.Document {
				if stood, err = loadDocument(v, o.city, r.Item.Document); err != nil {
					return err
				}
			}
			r.Clause = span.In([]rune(stood.Text))
		} else if !errors.Is(err, db.ErrNoRow) {
			return err
		}
		if t != 0 {
			found, err := loadTarget(v, o.city, t)
			if err != nil {
				return err
			}
			if found.Item != i {
				return db.ErrNoRow
			}
			r.Target = &found
		}
		if m != 0 {
			found, err := loadMilestone(v, o.city, m)
			if err != nil {
				return err
			}
			if found.Item != i {
				return db.ErrNoRow
			}
			r.Milestone = &found
			stood := doc
			if editions, err := loadEditions(v, o.city, p); err != nil {
				return err
			} else if of := cmp.Or(found.Document, plan.FirstDocument(editions), doc.ID); of != doc.ID {
				if stood, err = loadDocument(v, o.city, of); err != nil {
					return err
				}
			}
			r.Quote = document.Quote([]rune(stood.Text), found.Span)
		}
		return nil
	})
	return r, err
}

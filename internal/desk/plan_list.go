package desk

import (
	"context"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// Review is a plan with its document, as its office sees it.
type Review struct {
	plan.Draft
	Text     string
	FileName string
	TakenBy  bool // by the person who looks
}

// Plans lists the plans of the office, newest first.
func (o *Office) Plans(ctx context.Context, who Who) (all []plan.Plan, err error) {
	if !May("plan.read", who.Roles) {
		return nil, mayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		all, err = listPlans(v, o.city)
		return err
	})
	return all, err
}

// Plan gives a plan in whatever state.
func (o *Office) Plan(ctx context.Context, who Who, p id.Plan) (r Review, err error) {
	if !May("plan.read", who.Roles) {
		return r, mayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if r.Draft, err = loadDraft(v, o.city, p); err != nil {
			return err
		}
		doc, err := loadDocument(v, o.city, r.Plan.Document)
		r.Text, r.FileName, r.TakenBy = doc.Text, doc.FileName, r.Plan.TakenBy == who.Account
		return err
	})
	return r, err
}

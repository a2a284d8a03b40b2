package desk

import (
	"context"
	"errors"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
	"luoshi/progress"
)

// Review is a plan with its document, as its office sees it.
type Review struct {
	plan.Draft
	Text     string
	FileName string
	Format   string
	Notes    []string // what was done to the file when it was read
	Tables   []DocumentTable
	LastStep int64 // the last step of work on the draft
	TakenBy  bool  // by the person who looks

	Waiting  OwnerCount // of a plan in force
	Reported ReportCount
	Reached  map[id.Milestone]progress.Reached // what units said of its milestones

	Differences []plan.Decided // what documents that were issued anew say otherwise
	whole       plan.Draft     // also with the places in former documents
}

// AsOf gives the plan as it stood at the end of a day.
func (r Review) AsOf(day calendar.Day) plan.Draft { return r.whole.AsOf(day) }

// Source is the document as it was read from its file.
func (r Review) Source() document.Source {
	return source(r.Text, r.Format, r.Tables)
}

// Columns say for each table of the document how its columns were read.
func (r Review) Columns() []plan.Columns {
	out := make([]plan.Columns, len(r.Tables))
	for i, t := range r.Tables {
		out[i] = t.Columns
	}
	return out
}

func source(text, format string, tables []DocumentTable) document.Source {
	s := document.Source{Text: text, Format: format}
	for _, t := range tables {
		s.Tables = append(s.Tables, t.Table)
	}
	return s
}

// Plans lists the plans of the office, newest first.
func (o *Office) Plans(ctx context.Context, who Who) (all []plan.Plan, err error) {
	if !May("plan.read", who.Roles) {
		return nil, MayNot("plan.read")
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
		return r, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if r.Draft, err = loadDraft(v, o.city, p); err != nil {
			return err
		}
		r.whole, r.Draft = r.Draft, r.Draft.InDocument()
		if len(r.Documents) > 0 {
			if r.Differences, err = loadDifferences(v, o.city, p); err != nil {
				return err
			}
		}
		if r.Plan.State == plan.InForce {
			counts, err := ownerCounts(v, o.city, p)
			if err != nil {
				return err
			}
			r.Waiting = counts[p]
			reported, err := reportCounts(v, o.city, p, o.Today())
			if err != nil {
				return err
			}
			r.Reported = reported[p]
			if r.Reached, err = reachedInPlan(v, o.city, p); err != nil {
				return err
			}
		}
		if r.LastStep, err = lastStep(v, o.city, p); err != nil {
			return err
		}
		doc, err := loadDocument(v, o.city, r.Plan.Document)
		if err != nil {
			return err
		}
		r.Text, r.FileName, r.Format, r.TakenBy = doc.Text, doc.FileName, doc.Format, r.Plan.TakenBy == who.Account
		if r.Notes, err = loadNotes(v, o.city, r.Plan.Document); err != nil {
			return err
		}
		r.Tables, err = loadTables(v, o.city, r.Plan.Document)
		return err
	})
	return r, err
}

// PlanWords gives a plan with the words of its document and its items alone, in which
// words can be found.
func (o *Office) PlanWords(ctx context.Context, who Who, p id.Plan) (r Review, err error) {
	if !May("plan.read", who.Roles) {
		return r, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if r.Plan, err = loadPlan(v, o.city, p); err != nil {
			return err
		}
		var errs [4]error
		r.Nodes, errs[0] = loadNodes(v, o.city, r.Plan.Document)
		r.Items, errs[1] = everyItem(v, o.city, p)
		if r.Plan.State != plan.Drafted {
			r.Documents, errs[2] = loadEditions(v, o.city, p)
		}
		r.LastStep, errs[3] = lastStep(v, o.city, p)
		if err := errors.Join(errs[:]...); err != nil {
			return err
		}
		r.Draft = r.Parted().InDocument()
		doc, err := loadDocument(v, o.city, r.Plan.Document)
		r.Text = doc.Text
		return err
	})
	return r, err
}

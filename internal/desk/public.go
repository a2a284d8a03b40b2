package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// Public is what anybody may read, without an account. It gives public columns of
// released records only, with what is kept back in them covered, so that a page
// built on it cannot leak.
type Public struct {
	db   *db.DB
	city int64
	as   preview

	facts  *keptFactBoards // nil in a preview: there nothing is kept
	leaves *keptLeaves     // as facts
	told   *keptEntries    // as facts

	// Originals are the files as they were uploaded; nil where none can be given.
	Originals *blob.Store
}

// NewPublic gives the public side of a city.
func NewPublic(d *db.DB, city int64) *Public {
	return &Public{db: d, city: city, facts: newKeptFactBoards(), leaves: newKeptLeaves(), told: newKeptEntries()}
}

// Visit lets the reads of one request share a view, and gives what lets go of it.
func (p *Public) Visit(ctx context.Context) (context.Context, func()) { return p.db.Visit(ctx) }

// Today is the civil day that pages go by.
func (p *Public) Today() calendar.Day { return calendar.DayOf(p.db.Now()) }

// City gives the city of this data folder.
func (p *Public) City(ctx context.Context) (c City, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		c, err = loadCity(v, p.city)
		return err
	})
	return c, err
}

// PublicPlan is a released plan with its released items and what hangs on them.
type PublicPlan struct {
	plan.Draft // released records without the internal fields, and questions that were answered
	Text       string
	Format     string
	Tables     []DocumentTable // without the internal fields
	Revisions  Revisions
	Posts      map[id.Post]string // unit · post, of those who amended it
	Hidden     []plan.Hidden      // runs of Text that are not public; each of their signs is plan.HiddenSign
	File       bool               // whether the original file is public

	Differences []plan.Decided // what documents that were issued anew say otherwise, without what that makes of the plan
	Reports     map[id.Item][]PublicReport
	Reached     map[id.Milestone]PublicReached // milestones that stand as reached
	Rules       plan.LampRules                 // when a day is near
	whole       plan.Draft                     // also with the places in former documents
	progressOn  func(day calendar.Day) map[id.Item][]PublicReport
}

// Revisions are all revisions of promises, also of those that no longer stand, in the
// order in which they were made.
type Revisions struct {
	Targets    []plan.Target
	Milestones []plan.Milestone
}

// Source is the document as it was read from its file.
func (p PublicPlan) Source() document.Source { return source(p.Text, p.Format, p.Tables) }

// PublicItem is a released item with the plan it belongs to and its history.
type PublicItem struct {
	PublicPlan // of which Reports are those of the item alone
	Item       plan.Item
	Owners     []PublicOwner // as they are now; none where it was not assigned to units yet
	History    []Line
}

// Plans lists the released plans, newest first.
func (p *Public) Plans(ctx context.Context) (all []plan.Plan, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		s, err := loadSights(v, p.city, p.as, 0)
		if err != nil {
			return err
		}
		all, err = listReleasedPlans(v, p.city, p.as.plan)
		for i := range all {
			all[i] = s.plans[all[i].ID].coverPlan(p.asIf(all[i]))
		}
		return err
	})
	return all, err
}

// asIf gives a plan as it would be after what is previewed.
func (p *Public) asIf(of plan.Plan) plan.Plan {
	if of.ID == p.as.plan {
		of.Released, of.PublishedDay = true, p.as.release.plan.PublishedDay
	}
	return of
}

// Plan gives a released plan.
func (p *Public) Plan(ctx context.Context, which id.Plan) (out PublicPlan, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		s, err := loadSights(v, p.city, p.as, which)
		if err != nil {
			return err
		}
		out, err = p.load(s, which, 0)
		return err
	})
	return out, err
}

// Item gives a released item.
func (p *Public) Item(ctx context.Context, which id.Item) (out PublicItem, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		s, err := loadSights(v, p.city, p.as, 0)
		if err != nil {
			return err
		}
		of := s.of[which]
		if len(of) == 0 {
			day, err := withdrawnItemDay(v, p.city, which)
			return gone(day, err)
		}
		slices.SortFunc(of, func(a, b *planSight) int { return cmp.Compare(a.plan, b.plan) })
		if out.PublicPlan, err = p.load(s, of[0].plan, which); err != nil {
			return err
		}
		if out.Item, err = out.Stood(which); err != nil {
			return err
		}
		if out.Owners, err = ownersShown(v, p.city, which); err != nil {
			return err
		}
		out.History, err = history(s, p.told, which)
		return err
	})
	return out, err
}

// ItemTitles names released items of released plans; those that are not stay nameless.
func (p *Public) ItemTitles(ctx context.Context, items []id.Item) (titles map[id.Item]string, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		s, err := loadSights(v, p.city, p.as, 0)
		if err != nil {
			return err
		}
		titles, err = loadTitles(v, p.city, slices.DeleteFunc(slices.Clone(items), func(i id.Item) bool { return len(s.of[i]) == 0 }))
		for i, title := range titles {
			for _, of := range s.of[i] {
				titles[i] = of.mask.Words(title)
			}
		}
		return err
	})
	return titles, err
}

// Attachment is a file as it was uploaded.
type Attachment struct {
	Format  string // of the document formats; empty for plain text
	Content []byte
}

// Original gives the file of a released plan, where that is released too.
func (p *Public) Original(ctx context.Context, which id.Plan) (a Attachment, err error) {
	var hash blob.Hash
	err = p.db.Read(ctx, func(v *db.View) error {
		s, err := loadSights(v, p.city, p.as, which)
		if err != nil {
			return err
		}
		out, err := p.load(s, which, 0)
		if err != nil {
			return err
		}
		if !out.File {
			if state := s.plans[which].fields.byKind[plan.Originals]; !state.Released {
				return gone(state.Day, nil)
			}
			return db.ErrNoRow
		}
		doc, err := loadDocument(v, p.city, out.Plan.Document)
		a.Format, hash = doc.Format, doc.Original
		return err
	})
	if err != nil {
		return a, err
	}
	if p.Originals == nil {
		return a, db.ErrNoRow
	}
	a.Content, err = p.Originals.Get(hash)
	return a, err
}

// gone says that something was public until a day; an empty day that it never was.
func gone(day calendar.Day, err error) error {
	switch {
	case err != nil:
		return err
	case day == "":
		return db.ErrNoRow
	}
	return fault.New(fault.Gone, "这里公开过，%s撤回了，现在不再公开。", day)
}

// UpperUnits gives the units of the tree that everybody meets in a plan: all but
// townships and villages.
func (p *Public) UpperUnits(ctx context.Context) (units []org.Unit, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		units, err = upperUnits(v, p.city)
		return err
	})
	return units, err
}

// Stood gives a released item, also one that was cancelled; ErrMissing where there is none.
func (p PublicPlan) Stood(which id.Item) (plan.Item, error) {
	for _, i := range p.Every().Items { // one that was cancelled is still to be seen
		if i.ID == which {
			return i, nil
		}
	}
	return plan.Item{}, db.ErrNoRow
}

// AsOf gives a plan as it stood at the end of a day, on the document that it stood on.
func (p *Public) AsOf(ctx context.Context, of PublicPlan, day calendar.Day) (PublicPlan, error) {
	then := of.asOf(day)
	if then.Plan.Document == of.Plan.Document {
		return then, nil
	}
	err := p.db.Read(ctx, func(v *db.View) error { return p.turnBack(v, &then) })
	return then, err
}

// turnBack puts a former document in the place of the one that a plan stands on.
func (p *Public) turnBack(q db.Querier, of *PublicPlan) error {
	s, err := loadSights(q, p.city, p.as, of.Plan.ID)
	if err != nil {
		return err
	}
	sight := s.plans[of.Plan.ID]
	if sight == nil {
		return db.ErrNoRow
	}
	if err := of.loadText(q, p.city); err != nil {
		return err
	}
	if of.Hidden, err = sight.hidden(q, p.city, of.Plan.Document); err != nil {
		return err
	}
	sight.coverText(of)
	return nil
}

func (p PublicPlan) asOf(day calendar.Day) PublicPlan {
	nodes := p.Nodes
	p.whole = p.whole.AsOf(day)
	p.Draft = p.whole.InDocument()
	p.Nodes = nodes
	p.Questions = slices.DeleteFunc(slices.Clone(p.Questions), func(q plan.Question) bool { return q.State != plan.QuestionAnswered })
	last := map[string]int{}
	every := p.Every()
	for _, t := range every.Targets {
		last["t"+t.ID.String()] = t.Revision
	}
	for _, m := range every.Milestones {
		last["m"+m.ID.String()] = m.Revision
	}
	p.Revisions.Targets = slices.DeleteFunc(slices.Clone(p.Revisions.Targets), func(t plan.Target) bool { return t.Revision > last["t"+t.ID.String()] })
	p.Revisions.Milestones = slices.DeleteFunc(slices.Clone(p.Revisions.Milestones), func(m plan.Milestone) bool { return m.Revision > last["m"+m.ID.String()] })
	// What was given later was no part of the plan yet.
	p.Items = slices.DeleteFunc(slices.Clone(p.Items), func(i plan.Item) bool { return p.Orders[i.ID].Given > day })
	p.Milestones = slices.DeleteFunc(slices.Clone(p.Milestones), func(m plan.Milestone) bool { return p.Orders[m.Item].Given > day })
	p.Orders = maps.Clone(p.Orders)
	maps.DeleteFunc(p.Orders, func(_ id.Item, o plan.Order) bool { return o.Given > day })
	p.Reports = p.progressOn(day)
	p.Reached = maps.Clone(p.Reached)
	maps.DeleteFunc(p.Reached, func(_ id.Milestone, r PublicReached) bool { return r.Confirmed > day })
	p.Differences = nil // they are told of the plan as it is now
	return p
}

// Former gives the text of a document of a released plan that another has replaced;
// version 1 is that on which it was taken into force.
func (p *Public) Former(ctx context.Context, which id.Plan, version int) (out PublicPlan, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		s, err := loadSights(v, p.city, p.as, which)
		if err != nil {
			return err
		}
		if out, err = p.load(s, which, 0); err != nil {
			return err
		}
		for _, e := range out.Documents {
			if e.Version == version && e.Adopted {
				out.Plan.Document = e.Document
				return p.turnBack(v, &out)
			}
		}
		return db.ErrNoRow
	})
	return out, err
}

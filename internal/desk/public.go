package desk

import (
	"cmp"
	"context"
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

	// Originals are the files as they were uploaded; nil where none can be given.
	Originals *blob.Store
}

// NewPublic gives the public side of a city.
func NewPublic(d *db.DB, city int64) *Public { return &Public{db: d, city: city} }

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
	Plan       plan.Plan // without the internal fields
	Text       string
	Format     string
	Tables     []DocumentTable // without the internal fields
	Nodes      []document.Node
	Phases     []plan.Phase
	Items      []plan.Item
	Targets    []plan.Target
	Milestones []plan.Milestone
	Questions  []plan.Question // answered ones
	Orders     map[id.Item]plan.Order
	Hidden     []plan.Hidden // runs of Text that are not public; each of their signs is plan.HiddenSign
	Original   bool          // whether the original file is public
}

// Source is the document as it was read from its file.
func (p PublicPlan) Source() document.Source { return source(p.Text, p.Format, p.Tables) }

// PublicItem is a released item with the plan it belongs to and its history.
type PublicItem struct {
	PublicPlan
	Item    plan.Item
	History []Line
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
		out, err = p.load(s, which)
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
		if out.PublicPlan, err = p.load(s, of[0].plan); err != nil {
			return err
		}
		if out.Item, err = out.item(which); err != nil {
			return err
		}
		out.History, err = history(s, which)
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
		out, err := p.load(s, which)
		if err != nil {
			return err
		}
		if !out.Original {
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

func (p PublicPlan) item(which id.Item) (plan.Item, error) {
	for _, i := range p.Items {
		if i.ID == which {
			return i, nil
		}
	}
	return plan.Item{}, db.ErrNoRow
}

package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// Public is what anybody may read, without an account. Its queries name public
// columns of released records only, so that a page built on it cannot leak.
type Public struct {
	db   *db.DB
	city int64
}

// NewPublic gives the public side of a city.
func NewPublic(d *db.DB, city int64) *Public { return &Public{d, city} }

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
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		all, err = listReleasedPlans(v, p.city)
		return err
	})
	return all, err
}

// Plan gives a released plan.
func (p *Public) Plan(ctx context.Context, which id.Plan) (out PublicPlan, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		out, err = loadReleased(v, p.city, which)
		return err
	})
	return out, err
}

// Item gives a released item.
func (p *Public) Item(ctx context.Context, which id.Item) (out PublicItem, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		of, err := releasedPlanOfItem(v, p.city, which)
		if err != nil {
			return err
		}
		if out.PublicPlan, err = loadReleased(v, p.city, of); err != nil {
			return err
		}
		if out.Item, err = out.item(which); err != nil {
			return err
		}
		out.History, err = history(v, p.city, which)
		return err
	})
	return out, err
}

// ItemTitles names released items of released plans; those that are not stay nameless.
func (p *Public) ItemTitles(ctx context.Context, items []id.Item) (titles map[id.Item]string, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		titles, err = releasedTitles(v, p.city, items)
		return err
	})
	return titles, err
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

package desk

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// GoalFigures is a goal with what came of it in one unit: the whole city, or a unit that
// somebody may read.
type GoalFigures struct {
	Goal     fact.Goal
	Item     plan.Item
	Target   plan.Target // as it stands
	Original plan.Target // as it was when the plan came into force
	Board    FactBoard
	Whole    document.Decimal             // what the unit has to do: the promise, or the share that it was given
	Base     *document.Decimal            // from which the promise says that it falls; only that of the whole city is said
	Owed     bool                         // whether it has the whole, or was given a share
	Shares   map[id.Unit]document.Decimal // given to those right below it
	Asked    []org.Unit                   // those that were given one, in the order of the grid
}

// Indicator is what the goal counts.
func (g GoalFigures) Indicator() fact.Indicator { return g.Board.Indicator }

// Pace is how far the goal is in the unit, beside how far it should be: by what was
// reported, of which pages tell how much was checked.
func (g GoalFigures) Pace(today calendar.Day) fact.Pace {
	return goalPace(g.Goal, g.Target, g.Indicator(), g.Board.City(), g.Whole, g.Base, today)
}

// Told counts of the units that were asked those that told anything for a month; where
// nobody was asked by name it counts who told.
func (g GoalFigures) Told(month string) (told, asked int, missing []org.Unit) {
	if len(g.Asked) == 0 {
		for _, r := range g.Board.Rows {
			if r.ByMonth[month].Facts > 0 {
				told++
			}
		}
		return told, 0, nil
	}
	for _, u := range g.Asked {
		if r, _ := g.Board.Row(u.ID); r.ByMonth[month].Facts > 0 {
			told++
		} else {
			missing = append(missing, u)
		}
	}
	return told, len(g.Asked), missing
}

// Rows are the rows of the board with those of units that were asked and told nothing yet.
func (g GoalFigures) Rows() []FactRow {
	var out []FactRow
	for _, u := range g.Asked {
		r, told := g.Board.Row(u.ID)
		if !told {
			r.Unit = u
		}
		out = append(out, r)
	}
	for _, r := range g.Board.Rows {
		if !slices.ContainsFunc(g.Asked, func(u org.Unit) bool { return u.ID == r.Unit.ID }) {
			out = append(out, r)
		}
	}
	return out
}

// CountedPlan is a plan in force with its goals, and the targets that are not counted yet.
type CountedPlan struct {
	Plan      plan.Plan
	Goals     []GoalFigures
	Uncounted []UncountedTarget
}

// UncountedTarget is a target that could be counted.
type UncountedTarget struct {
	plan.Target
	ItemTitle string
}

// readingPlace is the unit of which somebody reads figures: the one they ask for, else the
// whole city, else the first unit of theirs.
func (o *Office) readingPlace(q db.Querier, who Who, unit id.Unit) (u org.Unit, err error) {
	if unit == 0 && who.MayEverywhere("fact.read") {
		return loadBureau(q, o.city)
	}
	for _, h := range who.Held {
		if unit == 0 && reach("fact.read", h.Roles) != "" {
			unit = h.Unit
		}
	}
	if err := o.mayOver(q, who, "fact.read", unit); err != nil {
		return u, err
	}
	return loadUnit(q, o.city, unit)
}

// CountedPlans tells of the plans in force what is counted and what came of it. Who reads
// one unit sees the goals in which it has a part.
func (o *Office) CountedPlans(ctx context.Context, who Who, unit id.Unit) (u org.Unit, out []CountedPlan, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if u, err = o.readingPlace(v, who, unit); err != nil {
			return err
		}
		plans, err := listPlans(v, o.city)
		if err != nil {
			return err
		}
		goals, err := listGoals(v, o.city)
		if err != nil {
			return err
		}
		shown := map[id.Item]bool{}
		for _, p := range plans {
			if p.State != plan.InForce {
				continue
			}
			one, err := o.countedPlan(v, p, u, goals, shown)
			if err != nil {
				return err
			}
			if len(one.Goals)+len(one.Uncounted) > 0 {
				out = append(out, one)
			}
		}
		return nil
	})
	return u, out, err
}

func (o *Office) countedPlan(v *db.View, p plan.Plan, u org.Unit, goals []fact.Goal, shown map[id.Item]bool) (out CountedPlan, err error) {
	out.Plan = p
	items, err := loadItems(v, o.city, p.ID)
	if err != nil {
		return out, err
	}
	targets, err := loadTargets(v, o.city, p.ID)
	if err != nil {
		return out, err
	}
	for _, i := range items {
		if shown[i.ID] { // an item of several plans is told of once
			continue
		}
		shown[i.ID] = true
		for _, t := range targets {
			if t.Item != i.ID {
				continue
			}
			counted := false
			for _, g := range goals {
				if g.Target != t.ID {
					continue
				}
				counted = true
				one, err := o.goalFigures(v, g, i, u, TreeOfToday)
				if err != nil {
					return out, err
				}
				if one.concerns(u) {
					out.Goals = append(out.Goals, one)
				}
			}
			if !counted && ofTheCity(u) {
				out.Uncounted = append(out.Uncounted, UncountedTarget{t, i.Title})
			}
		}
	}
	return out, nil
}

// concerns reports whether a unit has a part in a goal: a share, or something that it told.
func (g GoalFigures) concerns(u org.Unit) bool {
	return ofTheCity(u) || g.Owed || g.Board.Total.Facts > 0
}

func (o *Office) goalFigures(q db.Querier, g fact.Goal, i plan.Item, u org.Unit, tree FactTree) (out GoalFigures, err error) {
	out = GoalFigures{Goal: g, Item: i, Shares: map[id.Unit]document.Decimal{}}
	if out.Target, err = loadTarget(q, o.city, g.Target); err != nil {
		return out, err
	}
	if out.Original, err = firstTarget(q, o.city, g.Target); err != nil {
		return out, err
	}
	one, err := loadIndicator(q, o.city, g.Indicator)
	if err != nil {
		return out, err
	}
	if out.Board, err = o.boardBelow(q, one, u, fact.Months(g.From, g.To), tree); err != nil {
		return out, err
	}
	shares, err := o.facts.standingShares(q, o.city, g.ID)
	if err != nil {
		return out, err
	}
	if out.Owed = ofTheCity(u); out.Owed {
		out.Whole, out.Base = out.Target.Value, out.Target.From
	}
	var asked []id.Unit
	for _, s := range shares {
		switch {
		case s.Above == u.ID:
			out.Shares[s.Unit] += s.Value
			asked = append(asked, s.Unit)
		case s.Unit == u.ID && !ofTheCity(u):
			out.Whole, out.Owed = out.Whole+s.Value, true
		}
	}
	named, err := unitsNamed(q, o.city, asked)
	if err != nil {
		return out, err
	}
	for _, a := range asked {
		out.Asked = append(out.Asked, named[a])
	}
	slices.SortStableFunc(out.Asked, inShareOrder)
	return out, nil
}

// ItemFigures is what was promised with an item and what came of it, in one unit.
type ItemFigures struct {
	Plan  plan.Plan
	Item  plan.Item
	Unit  org.Unit
	Path  []org.Unit // units above it that the reader may read, the nearest first
	City  bool       // whether it is the whole city
	Goals []GoalFigures
	Today calendar.Day
}

// ItemFigures tells how the goals of an item stand in a unit; in the whole city, or in the
// reader's own unit, where none is asked for.
func (o *Office) ItemFigures(ctx context.Context, who Who, item id.Item, unit id.Unit, tree FactTree) (out ItemFigures, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		out = ItemFigures{Today: o.Today()}
		if out.Unit, err = o.readingPlace(v, who, unit); err != nil {
			return err
		}
		out.City = ofTheCity(out.Unit)
		p, err := planOfItem(v, o.city, item)
		if err != nil {
			return err
		}
		if out.Plan, err = loadPlan(v, o.city, p); err != nil {
			return err
		}
		if out.Item, err = loadItem(v, o.city, p, item); err != nil {
			return err
		}
		goals, err := goalsOfItem(v, o.city, item)
		if err != nil {
			return err
		}
		for _, g := range goals {
			one, err := o.goalFigures(v, g, out.Item, out.Unit, tree)
			if err != nil {
				return err
			}
			if one.concerns(out.Unit) {
				out.Goals = append(out.Goals, one)
			}
		}
		if len(out.Goals) == 0 && !who.MayEverywhere("fact.read") {
			return ErrMissing // it may be an item that the reader knows nothing of
		}
		if out.City {
			return nil
		}
		above, err := loadAbove(v, o.city, out.Unit.ID, o.Today())
		for _, a := range above {
			if o.mayOver(v, who, "fact.read", a.ID) == nil {
				out.Path = append(out.Path, a)
			}
		}
		return err
	})
	return out, err
}

// FiguresUnit is the unit of which somebody reads figures where they name it, or none.
func (o *Office) FiguresUnit(ctx context.Context, who Who, unit id.Unit) (u org.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		u, err = o.readingPlace(v, who, unit)
		return err
	})
	return u, err
}

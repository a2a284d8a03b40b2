package desk

import (
	"cmp"
	"context"
	"slices"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// ShareUnit is a unit among which a share is parted.
type ShareUnit struct {
	org.Unit
	Villages int              // that stand below it
	Standing document.Decimal // its share as it was handed down last
	Given    bool             // whether it was handed one down
	Passed   document.Decimal // what it handed on itself
	Typed    string           // in the draft
}

// SharesPage is how one unit parts its share of a goal.
type SharesPage struct {
	Goal      fact.Goal
	Indicator fact.Indicator
	Target    plan.Target
	Above     org.Unit
	Whole     document.Decimal // what is parted
	Owed      bool             // whether Above was handed a share, or has the whole
	Units     []ShareUnit
	Draft     bool
	Revisions int
}

// SharesOf gives the grid in which a unit parts its share.
func (o *Office) SharesOf(ctx context.Context, who Who, which id.Goal, above id.Unit) (out SharesPage, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if above == 0 {
			bureau, err := loadBureau(v, o.city)
			if err != nil {
				return err
			}
			above = bureau.ID
		}
		if err := o.mayOver(v, who, "fact.read", above); err != nil {
			return err
		}
		out, err = o.sharesPage(v, which, above)
		return err
	})
	return out, err
}

func (o *Office) sharesPage(q db.Querier, which id.Goal, above id.Unit) (out SharesPage, err error) {
	if out.Goal, err = loadGoal(q, o.city, which); err != nil {
		return out, err
	}
	if out.Indicator, err = loadIndicator(q, o.city, out.Goal.Indicator); err != nil {
		return out, err
	}
	if out.Target, err = loadTarget(q, o.city, out.Goal.Target); err != nil {
		return out, err
	}
	if out.Above, err = loadUnit(q, o.city, above); err != nil {
		return out, err
	}
	if out.Units, err = o.partedAmong(q, above); err != nil {
		return out, err
	}
	all, err := sharesOfGoal(q, o.city, which)
	if err != nil {
		return out, err
	}
	standing := fact.StandingShares(all)
	if out.Above.Level == org.Bureau {
		out.Whole, out.Owed = out.Target.Value, true
	} else {
		for _, s := range standing {
			if s.Unit == above {
				out.Whole, out.Owed = out.Whole+s.Value, true
			}
		}
	}
	for _, s := range all {
		if s.Above == above {
			out.Revisions = max(out.Revisions, s.Revision)
		}
	}
	typed, err := loadSharesDraft(q, o.city, which, above)
	if err != nil {
		return out, err
	}
	out.Draft = len(typed) > 0
	for k := range out.Units {
		u := &out.Units[k]
		for _, s := range standing {
			if s.Above == above && s.Unit == u.ID {
				u.Standing, u.Given = s.Value, true
			}
			if s.Above == u.ID {
				u.Passed += s.Value
			}
		}
		u.Typed = typed[u.ID]
	}
	return out, nil
}

// partedAmong gives the units among which one parts its share: the body that runs the plan
// among counties, direct units and divisions, others among those right below them.
func (o *Office) partedAmong(q db.Querier, above id.Unit) (out []ShareUnit, err error) {
	all, err := o.sharersUnder(q, above)
	if err != nil {
		return nil, err
	}
	villages, err := villagesBelow(q, o.city)
	if err != nil {
		return nil, err
	}
	for _, u := range all {
		out = append(out, ShareUnit{Unit: u, Villages: villages[u.ID]})
	}
	slices.SortStableFunc(out, func(a, b ShareUnit) int {
		return cmp.Or(cmp.Compare(slices.Index(shareOrder, a.Level), slices.Index(shareOrder, b.Level)), cmp.Compare(a.Unit.Code, b.Unit.Code), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// sharersUnder gives those units in no order.
func (o *Office) sharersUnder(q db.Querier, above id.Unit) ([]org.Unit, error) {
	top, err := loadUnit(q, o.city, above)
	if err != nil {
		return nil, err
	}
	below, err := unitsUnder(q, o.city, above, o.Today())
	if err != nil {
		return nil, err
	}
	if top.Level == org.Bureau && top.Parent != 0 {
		beside, err := unitsUnder(q, o.city, top.Parent, o.Today())
		if err != nil {
			return nil, err
		}
		below = append(below, beside...)
	}
	return slices.DeleteFunc(below, func(u org.Unit) bool { return u.ID == above }), nil
}

// shareOrder is how a grid lists units: those that have villages first.
var shareOrder = []org.Level{org.County, org.Township, org.Village, org.Direct, org.Division}

// FactUnits gives the counties, direct units and divisions, as grids list them.
func (o *Office) FactUnits(ctx context.Context, who Who) (out []org.Unit, err error) {
	if !who.May("fact.read") {
		return nil, MayNot("fact.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		bureau, err := loadBureau(v, o.city)
		if err != nil {
			return err
		}
		among, err := o.partedAmong(v, bureau.ID)
		for _, u := range among {
			out = append(out, u.Unit)
		}
		return err
	})
	return out, err
}

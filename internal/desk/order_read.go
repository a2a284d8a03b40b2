package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// OrderCase is an order with what came of it.
type OrderCase struct {
	Order   plan.Order
	Item    plan.Item // of which ID, Title, Lead and Released are known
	Plan    id.Plan
	Unit    org.Unit // that leads it; none where it was given to nobody
	Due     calendar.Day
	About   plan.Item // of which ID and Title are known; none where it is about nothing of the plan
	Answers []plan.OrderAnswer
	State   plan.OrderState
}

// Last is the newest answer, or nil.
func (c OrderCase) Last() *plan.OrderAnswer {
	if n := len(c.Answers); n > 0 {
		return &c.Answers[n-1]
	}
	return nil
}

// UnitOrder is an order that a unit of the reader's answers.
type UnitOrder struct {
	OrderCase
	Of  org.Unit // that answers: the unit it was given to, or whoever goes on with it
	May bool     // whether the reader may answer
}

// OrdersDue gives the orders that the units of somebody's posts are to answer, what is due
// first in front; those that were accepted come last.
func (o *Office) OrdersDue(ctx context.Context, who Who) (out []UnitOrder, err error) {
	if !who.May("duty.read") {
		return nil, MayNot("duty.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		t, err := o.dutyTree(v)
		if err != nil {
			return err
		}
		var places []id.Unit
		of := map[id.Unit]org.Unit{}
		for _, h := range who.Held {
			if reach("duty.read", h.Roles) == "" {
				continue
			}
			for _, place := range t.placesOf(h.Unit) {
				if _, is := of[place]; !is {
					of[place] = t.units[h.Unit]
					places = append(places, place)
				}
			}
		}
		slices.Sort(places)
		all, err := ordersOfUnits(v, o.city, places)
		if err != nil {
			return err
		}
		for _, c := range all {
			u := UnitOrder{OrderCase: c, Of: of[c.Unit.ID]}
			u.OrderCase.Unit = t.units[c.Unit.ID]
			if u.Answers, err = orderAnswersOf(v, o.city, c.Item.ID); err != nil {
				return err
			}
			u.State = plan.StateOfOrder(u.Answers, c.Due, o.Today())
			if _, u.May, err = o.postOver(v, who, "order.answer", u.Of.ID); err != nil {
				return err
			}
			out = append(out, u)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b UnitOrder) int {
		done := func(u UnitOrder) int {
			if u.State == plan.OrderAccepted {
				return 1
			}
			return 0
		}
		return cmp.Or(done(a)-done(b), cmp.Compare(a.Due, b.Due))
	})
	return out, err
}

// Orders gives the orders of a plan with what came of them, in the order of their states.
func (o *Office) Orders(ctx context.Context, who Who, p id.Plan) (out []OrderCase, err error) {
	if !who.May("plan.read") {
		return nil, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		b, err := o.wholeBoard(v, p)
		if err != nil {
			return err
		}
		out, err = o.cases(v, b)
		return err
	})
	if errors.Is(err, errNoBoardYet) {
		err = nil
	}
	return out, err
}

// cases gives the orders of a plan with what came of them.
func (o *Office) cases(q db.Querier, b LampBoard) (out []OrderCase, err error) {
	answers, err := answersOfPlan(q, o.city, b.Plan.ID)
	if err != nil {
		return nil, err
	}
	of, err := ordersAbout(q, o.city, b.Plan.ID)
	if err != nil {
		return nil, err
	}
	items := map[id.Item]plan.Item{}
	for _, i := range b.Items {
		items[i.ID] = i
	}
	for _, r := range b.Rows {
		if r.Order == nil {
			continue
		}
		c := OrderCase{Order: *r.Order, Item: r.Item, Plan: b.Plan.ID, Due: r.Whole.Due, Answers: answers[r.Item.ID]}
		if about := of[r.Item.ID]; about != 0 {
			c.About = plan.Item{ID: about, Title: items[about].Title}
		}
		if len(r.Leads) > 0 {
			c.Unit = b.Units[r.Leads[0].Unit]
		}
		if c.State = plan.StateOfOrder(c.Answers, c.Due, o.Today()); r.Whole.Lamp == plan.LampComplete { // as was reported
			c.State = plan.OrderAccepted
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(x, y OrderCase) int {
		return cmp.Or(slices.Index(plan.OrderStates, x.State)-slices.Index(plan.OrderStates, y.State), cmp.Compare(x.Due, y.Due))
	})
	return out, nil
}

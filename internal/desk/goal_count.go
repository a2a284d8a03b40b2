package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// TargetToCount is a target with how it would be counted.
type TargetToCount struct {
	Plan      plan.Plan
	ItemTitle string
	Target    plan.Target
	Goal      fact.Goal
	Indicator fact.Indicator
	Known     []fact.Indicator // that there are already
	Counted   []fact.Goal      // by which it is counted already
	ByPhases  bool             // whether a day that the target leaves open is that of the plan's phases
}

// TargetToCount proposes how a target is counted.
func (o *Office) TargetToCount(ctx context.Context, who Who, which id.Target) (out TargetToCount, err error) {
	if !who.May("indicator.open") {
		return out, MayNot("indicator.open")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		if out.Target, err = loadTarget(v, o.city, which); err != nil {
			return err
		}
		p, err := planOfItem(v, o.city, out.Target.Item)
		if err != nil {
			return err
		}
		if out.Plan, err = loadPlan(v, o.city, p); err != nil {
			return err
		}
		item, err := loadItem(v, o.city, p, out.Target.Item)
		if err != nil {
			return err
		}
		out.ItemTitle = item.Title
		phases, err := loadPhases(v, o.city, p)
		if err != nil {
			return err
		}
		span := spanOfPlan(out.Plan, phases)
		out.Goal, out.Indicator = ProposedGoal(out.Target, span)
		out.ByPhases = out.Target.Start == "" || out.Target.Deadline == ""
		if out.Known, err = listIndicators(v, o.city); err != nil {
			return err
		}
		all, err := goalsOfItem(v, o.city, out.Target.Item)
		for _, g := range all {
			if g.Target == which {
				out.Counted = append(out.Counted, g)
			}
		}
		return err
	})
	return out, err
}

// spanOfPlan is from when to when a plan runs, by its phases; it begins at the latest when
// it was taken into force.
func spanOfPlan(p plan.Plan, phases []plan.Phase) (span fact.Goal) {
	for _, f := range phases {
		if f.First != "" && (span.From == "" || f.First < span.From) {
			span.From = f.First
		}
		span.To = max(span.To, f.Last)
	}
	if span.From == "" {
		span.From = p.ForceDay
	}
	return span
}

// MonthSpan are the whole months of a span, which is what figures are kept by.
func MonthSpan(from, to calendar.Day) (first, last calendar.Day) {
	if from != "" {
		first = calendar.Day(fact.Month(from) + "-01")
	}
	if to != "" {
		last = monthEnd(fact.Month(to))
	}
	return first, last
}

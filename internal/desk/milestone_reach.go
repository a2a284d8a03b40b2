package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/plan"
	"luoshi/progress"
)

// Reaching names a milestone and who says of it that it was reached.
type Reaching struct {
	Item      id.Item
	Milestone id.Milestone
	Unit      id.Unit // to which the item was assigned
}

// ReachMilestone (报节点办到) keeps what a unit says of a milestone until the office looks at it.
func (o *Office) ReachMilestone(ctx context.Context, cmd db.Cmd, unit id.Unit, k Reaching, on calendar.Day, proof string) error {
	return o.reach(ctx, cmd.Of("milestone.reach", []any{unit, k, on, proof}), "progress.report", unit, k, on, proof)
}

// ReachOnBehalf writes down what a unit said of a milestone that cannot say so itself.
func (o *Office) ReachOnBehalf(ctx context.Context, cmd db.Cmd, unit id.Unit, k Reaching, on calendar.Day, proof string) error {
	return o.reach(ctx, cmd.Of("milestone.reach_on_behalf", []any{unit, k, on, proof}), "progress.onbehalf", unit, k, on, proof)
}

func (o *Office) reach(ctx context.Context, cmd db.Cmd, right string, unit id.Unit, k Reaching, on calendar.Day, proof string) error {
	return o.writeOver(ctx, cmd, right, over(unit), func(tx *db.Tx, _ Who) error {
		places := []id.Unit{unit}
		if k.Unit != unit {
			t, err := o.dutyTree(tx)
			if err != nil {
				return err
			}
			places = t.placesOf(unit)
		}
		p, err := o.dutyIn(tx, places, k)
		if err != nil {
			return err
		}
		last, err := reachedOf(tx, o.city, k.Milestone)
		if err != nil {
			return err
		}
		r, err := progress.Reached{Milestone: k.Milestone, Item: k.Item, Unit: k.Unit, On: on, Proof: proof, OnBehalf: right == "progress.onbehalf"}.Follows(last, tx.Today())
		if err != nil {
			return err
		}
		tx.Append(r.ProposedEntry())
		if err := saveReached(tx, o.city, r); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(p))
	})
}

var errNotTheirMilestone = fault.New(fault.Conflict, "这个节点已经不是这个单位的了，或者方案结束了。请回到页面上重新填。")

// dutyIn gives the plan in force in which units answer for the item of a milestone that stands.
func (o *Office) dutyIn(q db.Querier, places []id.Unit, k Reaching) (id.Plan, error) {
	duties, err := dutiesOf(q, o.city, places)
	if err != nil {
		return 0, err
	}
	m, err := loadMilestone(q, o.city, k.Milestone)
	if err != nil {
		return 0, err
	}
	for _, d := range duties {
		if d.item == k.Item && d.unit == k.Unit && m.Item == k.Item && m.Standing == plan.Stands {
			return d.plan, nil
		}
	}
	return 0, errNotTheirMilestone
}

// MilestoneKey names one revision of what was said of a milestone: what the office looked at.
type MilestoneKey struct {
	Milestone id.Milestone
	Revision  int
}

// ConfirmMilestone (确认节点) lets a milestone stand as reached.
func (o *Office) ConfirmMilestone(ctx context.Context, cmd db.Cmd, k MilestoneKey) error {
	return o.decideMilestone(ctx, cmd.Of("milestone.confirm", k), k, func(r progress.Reached, today calendar.Day) (progress.Reached, []ledger.Draft, error) {
		r, err := r.Confirm(today)
		return r, []ledger.Draft{r.ConfirmedEntry()}, err
	})
}

// ReturnMilestone (退回) gives what was said of a milestone back, with the reason.
func (o *Office) ReturnMilestone(ctx context.Context, cmd db.Cmd, k MilestoneKey, reason string) error {
	return o.decideMilestone(ctx, cmd.Of("milestone.return", []any{k, reason}), k, func(r progress.Reached, today calendar.Day) (progress.Reached, []ledger.Draft, error) {
		was := r.Standing
		r, err := r.Return(reason, today)
		return r, r.ReturnedEntries(was), err
	})
}

func (o *Office) decideMilestone(ctx context.Context, cmd db.Cmd, k MilestoneKey, decide func(progress.Reached, calendar.Day) (progress.Reached, []ledger.Draft, error)) error {
	return o.write(ctx, cmd, "progress.confirm", func(tx *db.Tx) error {
		last, err := reachedOf(tx, o.city, k.Milestone)
		switch {
		case err != nil:
			return err
		case last == nil:
			return ErrMissing
		case last.Revision != k.Revision:
			return fault.New(fault.Conflict, "单位又报了一次，请看了新的再定。")
		}
		p, err := planOfItem(tx, o.city, last.Item)
		if err != nil {
			return err
		}
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		if err := checkAssignable(stands); err != nil {
			return err
		}
		r, entries, err := decide(*last, tx.Today())
		if err != nil {
			return err
		}
		tx.Append(entries...)
		if err := saveReached(tx, o.city, r); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(p))
	})
}

// MilestoneLine is a milestone of a plan with what a unit said of it.
type MilestoneLine struct {
	Item      plan.Item
	Milestone plan.Milestone
	Unit      string
	Said      progress.Reached
}

// Milestone gives what was said last of a milestone, as the office looks at it.
func (o *Office) Milestone(ctx context.Context, who Who, p id.Plan, m id.Milestone) (line MilestoneLine, err error) {
	if !who.May("plan.read") {
		return line, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		said, err := reachedOf(v, o.city, m)
		switch {
		case err != nil:
			return err
		case said == nil:
			return ErrMissing
		}
		line.Said = *said
		if line.Item, err = loadItem(v, o.city, p, said.Item); err != nil {
			return err
		}
		unit, err := loadUnit(v, o.city, said.Unit)
		if err != nil {
			return err
		}
		line.Unit = unit.Name
		line.Milestone, err = loadMilestone(v, o.city, m)
		return err
	})
	return line, err
}

// unreached leaves out the milestones that stand as reached: their days contradict nothing.
func unreached(all []plan.Milestone, reached map[id.Milestone]progress.Reached) (out []plan.Milestone) {
	for _, m := range all {
		if reached[m.ID].Standing != progress.Confirmed {
			out = append(out, m)
		}
	}
	return out
}

// stones puts what was said of the milestones of a plan in the order in which the office
// sees to it: what waits first.
func (k reportKeeping) stones() (waiting, decided []MilestoneLine) {
	named := map[id.Unit]string{}
	for _, u := range k.units {
		named[u.ID] = u.Name
	}
	for _, i := range k.words.Items {
		for _, m := range k.words.milestones[i.ID] {
			said, there := k.reached[m.ID]
			switch {
			case !there:
			case said.Standing == progress.Sent:
				waiting = append(waiting, MilestoneLine{i, m, named[said.Unit], said})
			default:
				decided = append(decided, MilestoneLine{i, m, named[said.Unit], said})
			}
		}
	}
	return waiting, decided
}

package desk

import (
	"context"
	"slices"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// SetGoal makes a target of a plan in force countable by an indicator, or says over which
// span it is counted. A goal is set once for a target, indicator and span.
func (o *Office) SetGoal(ctx context.Context, cmd db.Cmd, g fact.Goal) (made id.Goal, err error) {
	err = o.write(ctx, cmd.Of("goal.set", g, &made), "indicator.open", func(tx *db.Tx) error {
		made, err = o.setGoal(tx, g)
		return err
	})
	return made, err
}

// SetGoalWith does the same with an indicator that is opened for it.
func (o *Office) SetGoalWith(ctx context.Context, cmd db.Cmd, g fact.Goal, i fact.Indicator) (made id.Goal, err error) {
	err = o.write(ctx, cmd.Of("goal.set_with", []any{g, i}, &made), "indicator.open", func(tx *db.Tx) error {
		if g.Indicator, err = o.openIndicator(tx, i); err != nil {
			return err
		}
		made, err = o.setGoal(tx, g)
		return err
	})
	return made, err
}

func (o *Office) setGoal(tx *db.Tx, g fact.Goal) (id.Goal, error) {
	t, err := loadTarget(tx, o.city, g.Target)
	if err != nil {
		return 0, err
	}
	if t.Standing != "" {
		return 0, fault.New(fault.Conflict, "这个目标已经撤下了，不能再拿来计数。")
	}
	inForce, err := itemIsInForce(tx, o.city, t.Item)
	if err != nil {
		return 0, err
	}
	if !inForce {
		return 0, fault.New(fault.Conflict, "方案还没有启用。启用以后目标才计数。")
	}
	i, err := loadIndicator(tx, o.city, g.Indicator)
	if err != nil {
		return 0, err
	}
	g.Item = t.Item
	if err := g.Check(); err != nil {
		return 0, err
	}
	all, err := goalsOfItem(tx, o.city, t.Item)
	if err != nil {
		return 0, err
	}
	if slices.ContainsFunc(all, func(o fact.Goal) bool {
		return o.Target == g.Target && o.Indicator == g.Indicator && o.From == g.From && o.To == g.To
	}) {
		return 0, fault.New(fault.Conflict, "“%s”已经在按这个时段给这个目标计数了。", i.Name)
	}
	g.ID, g.Set = db.NewID[id.Goal](tx), tx.Today()
	tx.Append(g.SetEntry())
	return g.ID, saveGoal(tx, o.city, g)
}

// ProposedGoal is how a target would be counted.
func ProposedGoal(t plan.Target, inForce fact.Goal) (fact.Goal, fact.Indicator) {
	i := fact.Indicator{Name: t.Indicator, Measure: t.Unit, Aggregation: fact.Aggregation(t.Aggregate), Direction: t.Direction, Wanted: fact.OwnWord}
	g := fact.Goal{Target: t.ID, Item: t.Item, From: t.Start, To: t.Deadline}
	if g.From == "" {
		g.From = inForce.From
	}
	if g.To == "" {
		g.To = inForce.To
	}
	return g, i.Tidied()
}

// SharesDraft keeps a parting as it was typed; it is not handed down yet.
func (o *Office) SharesDraft(ctx context.Context, cmd db.Cmd, g id.Goal, above id.Unit, typed map[id.Unit]string) error {
	return o.writeOver(ctx, cmd.Of("split.draft", []any{g, above, typed}), "split.issue", over(above), func(tx *db.Tx, _ Who) error {
		if _, err := loadGoal(tx, o.city, g); err != nil {
			return err
		}
		return saveSharesDraft(tx, o.city, g, above, typed)
	})
}

// ShareTold is what of a goal one unit is to take on.
type ShareTold struct {
	Unit  id.Unit
	Value document.Decimal
}

// IssueShares (下达) hands the shares of a goal down to units below one. Shares that were
// handed down before stay as an earlier revision. Together they may be more or less than
// what is parted: the page says by how much.
func (o *Office) IssueShares(ctx context.Context, cmd db.Cmd, which id.Goal, above id.Unit, told []ShareTold) error {
	return o.writeOver(ctx, cmd.Of("split.issue", []any{which, above, told}), "split.issue", over(above), func(tx *db.Tx, _ Who) error {
		g, err := loadGoal(tx, o.city, which)
		if err != nil {
			return err
		}
		before, err := sharesUnder(tx, o.city, which, above)
		if err != nil {
			return err
		}
		revision := 1
		if len(before) > 0 {
			revision = before[0].Revision + 1
		}
		below, err := o.sharersUnder(tx, above)
		if err != nil {
			return err
		}
		var p fact.Parting
		for _, t := range told {
			if !slices.ContainsFunc(below, func(u org.Unit) bool { return u.ID == t.Unit }) {
				return fault.New(fault.Invalid, "有一个单位不在下面了。请回到页面上重新填。")
			}
			p = append(p, fact.Share{Goal: which, Above: above, Revision: revision, Unit: t.Unit, Value: t.Value, Day: tx.Today()})
		}
		if err := p.Check(); err != nil {
			return err
		}
		tx.Append(p.IssuedEntry(g))
		if err := saveShares(tx, o.city, p); err != nil {
			return err
		}
		return deleteSharesDraft(tx, o.city, which, above)
	})
}

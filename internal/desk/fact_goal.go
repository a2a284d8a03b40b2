package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// GoalState is a goal with what came of it.
type GoalState struct {
	Goal     fact.Goal
	Target   plan.Target      // as it stands
	Original document.Decimal // what was promised when the plan came into force
	Board    FactBoard
	Shares   map[id.Unit]document.Decimal // handed down to the rows of the board, and to others
}

// GoalsOfItem tells how the goals of an item stand, by one of the trees.
func (o *Office) GoalsOfItem(ctx context.Context, who Who, item id.Item, tree FactTree) (out []GoalState, err error) {
	if !who.May("fact.read") {
		return nil, MayNot("fact.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		out, err = goalStates(v, o.city, item, tree, o.Today(), o.facts)
		return err
	})
	return out, err
}

func goalStates(v *db.View, city int64, item id.Item, tree FactTree, today calendar.Day, kept *keptFactBoards) (out []GoalState, err error) {
	all, err := goalsOfItem(v, city, item)
	if err != nil {
		return nil, err
	}
	for _, g := range all {
		s := GoalState{Goal: g, Shares: map[id.Unit]document.Decimal{}}
		if s.Target, err = loadTarget(v, city, g.Target); err != nil {
			return nil, err
		}
		first, err := firstTarget(v, city, g.Target)
		if err != nil {
			return nil, err
		}
		s.Original = first.Value
		i, err := loadIndicator(v, city, g.Indicator)
		if err != nil {
			return nil, err
		}
		if s.Board, err = kept.board(v, city, i, fact.Months(g.From, g.To), tree, today); err != nil {
			return nil, err
		}
		shares, err := kept.standingShares(v, city, g.ID)
		if err != nil {
			return nil, err
		}
		for _, x := range shares {
			s.Shares[x.Unit] += x.Value
		}
		out = append(out, s)
	}
	return out, nil
}

// FactBoard tells what an indicator came to over some months.
func (o *Office) FactBoard(ctx context.Context, who Who, which id.Indicator, months []string, tree FactTree) (b FactBoard, err error) {
	if !who.May("fact.read") {
		return b, MayNot("fact.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		i, err := loadIndicator(v, o.city, which)
		if err != nil {
			return err
		}
		b, err = o.facts.board(v, o.city, i, months, tree, o.Today())
		return err
	})
	return b, err
}

// FactTotal tells what an indicator came to over some months in the whole city.
func (o *Office) FactTotal(ctx context.Context, who Who, which id.Indicator, months []string) (f fact.Figure, err error) {
	if !who.May("fact.read") {
		return f, MayNot("fact.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		i, err := loadIndicator(v, o.city, which)
		if err != nil || len(months) == 0 {
			return err
		}
		f, err = factTotal(v, o.city, i, months, o.facts, o.Today())
		return err
	})
	return f, err
}

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

// PublicGoal is a goal of a released item, counted by a released indicator, with what came
// of it under the units as they were on the days of its facts.
type PublicGoal struct {
	Goal      fact.Goal
	Indicator fact.Indicator
	Board     FactBoard
	Shares    map[id.Unit]document.Decimal // handed down to the rows of the board and to others
	Waiting   []org.Unit                   // were handed a share and reported nothing: unknown
	Fair      FactFairness
}

// Pace is how far the goal is, beside how far it should be to keep a promise.
func (g PublicGoal) Pace(t plan.Target, today calendar.Day) fact.Pace {
	return goalPace(g.Goal, t, g.Indicator, g.Board.City(), t.Value, t.From, today)
}

// boardKept gives a board; what is previewed is kept nowhere.
func (p *Public) boardKept(v *db.View, i fact.Indicator, months []string) (FactBoard, error) {
	kept := p.facts
	if kept == nil {
		kept = newKeptFactBoards()
	}
	return kept.board(v, p.city, i, months, TreeOfTheDay, p.Today())
}

// GoalsOf tells how the goals of a released item stand.
func (p *Public) GoalsOf(ctx context.Context, item id.Item) (out []PublicGoal, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		s, err := loadSights(v, p.city, p.as, 0)
		if err != nil {
			return err
		}
		if len(s.of[item]) == 0 {
			return nil
		}
		goals, err := goalsOfItem(v, p.city, item)
		if err != nil || len(goals) == 0 {
			return err
		}
		released, err := releasedIndicators(v, p.city)
		if err != nil {
			return err
		}
		for _, g := range goals {
			one, shown, err := p.goalState(v, g, released)
			if err != nil {
				return err
			}
			if shown {
				out = append(out, one)
			}
		}
		return nil
	})
	return out, err
}

func (p *Public) goalState(v *db.View, g fact.Goal, released []fact.Indicator) (out PublicGoal, shown bool, err error) {
	at := slices.IndexFunc(released, func(i fact.Indicator) bool { return i.ID == g.Indicator })
	months := fact.Months(g.From, g.To)
	if at < 0 || len(months) == 0 {
		return out, false, nil
	}
	out.Goal, out.Indicator = g, released[at]
	if out.Board, err = p.boardKept(v, out.Indicator, months); err != nil {
		return out, false, err
	}
	shares, err := p.facts.standingShares(v, p.city, g.ID)
	if err != nil {
		return out, false, err
	}
	out.Shares = make(map[id.Unit]document.Decimal, len(shares))
	var silent []id.Unit
	bureau, err := loadBureau(v, p.city)
	if err != nil {
		return out, false, err
	}
	for _, x := range shares {
		out.Shares[x.Unit] += x.Value
		if r, _ := out.Board.Row(x.Unit); x.Above == bureau.ID && r.Total.Facts == 0 && x.Value > 0 {
			silent = append(silent, x.Unit)
		}
	}
	named, err := unitsNamed(v, p.city, silent)
	if err != nil {
		return out, false, err
	}
	for _, u := range silent {
		out.Waiting = append(out.Waiting, named[u])
	}
	out.Fair, err = readFairness(v, p.city, p.leaves, out.Indicator, months, released, p.Today())
	return out, true, err
}

// Indicators lists the released indicators, in the order in which they were opened.
func (p *Public) Indicators(ctx context.Context) (all []fact.Indicator, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		all, err = releasedIndicators(v, p.city)
		return err
	})
	return all, err
}

// releasedIndicator gives a released indicator; ErrMissing where it is not.
func (p *Public) releasedIndicator(q db.Querier, which id.Indicator) (fact.Indicator, error) {
	i, err := loadIndicator(q, p.city, which)
	if err == nil && !i.Released {
		return fact.Indicator{}, ErrMissing
	}
	return i, err
}

package desk

import (
	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/internal/db"
	"luoshi/plan"
	"luoshi/progress"
)

// countRows sets what was counted up to the end of a period beside what the units said.
func (o *Office) countRows(q db.Querier, rows []progress.SummaryRow, targets []plan.Target, until calendar.Day) error {
	counts, err := o.planCounts(q, targets, 0)
	if err != nil {
		return err
	}
	for k := range rows {
		for _, c := range counts[rows[k].Item] {
			if f, counted := c.until(until); counted {
				rows[k].Figures = append(rows[k].Figures, f)
			}
		}
	}
	return nil
}

// until gives what came up to the end of the month of a day; nothing of what is counted
// only later.
func (c countedGoal) until(day calendar.Day) (out progress.SummaryFigure, counted bool) {
	month, i := fact.Month(day), c.board.Indicator
	out = progress.SummaryFigure{Name: i.Name, Measure: i.Measure, Until: day, Target: c.target.Value, Asked: len(c.shares), Silent: len(c.silent(month))}
	var f fact.Figure
	for k, m := range c.board.Months {
		if m > month {
			break
		}
		counted = true
		if k < len(c.board.Upto) {
			f = c.board.Upto[k]
		}
		out.Told = out.Told || c.board.ByMonth[m].Facts > 0
	}
	out.Reported, out.Counted = f.Reported, f.Counted
	p := goalPace(c.goal, c.target, i, FactRow{Total: f, ByMonth: c.board.ByMonth, Bases: c.board.Bases}, out.Target, c.target.From, day)
	out.Share, out.Falls, out.Ceiling = p.Figures().Share, p.Way == fact.Falls, p.Way == fact.Ceiling
	if out.Falls {
		out.Base = p.Base
	}
	return out, counted
}

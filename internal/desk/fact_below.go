package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// FactBelow tells what an indicator came to in a unit, and in each of those right below it.
// The city and the bureau have the counties and direct units below them.
func (o *Office) FactBelow(ctx context.Context, who Who, which id.Indicator, unit id.Unit, months []string, tree FactTree) (b FactBoard, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.read", unit); err != nil {
			return err
		}
		i, err := loadIndicator(v, o.city, which)
		if err != nil {
			return err
		}
		u, err := loadUnit(v, o.city, unit)
		if err != nil {
			return err
		}
		b, err = o.boardBelow(v, i, u, months, tree)
		return err
	})
	return b, err
}

func (o *Office) boardBelow(q db.Querier, i fact.Indicator, u org.Unit, months []string, tree FactTree) (FactBoard, error) {
	if ofTheCity(u) {
		u = org.Unit{}
	}
	return o.facts.boardUnder(q, o.city, i, u, months, tree, o.Today())
}

// ofTheCity reports whether what is below a unit is the whole city.
func ofTheCity(u org.Unit) bool { return u.Level == org.CityLevel || u.Level == org.Bureau }

// readBelow reads a board of what stood below a unit, with a row for each of those right
// below it, and one for the unit itself where it reports too.
func readBelow(q db.Querier, city int64, i fact.Indicator, under org.Unit, months []string, tree FactTree, today calendar.Day) (b FactBoard, err error) {
	var cells []cellOf
	if i.Aggregation == fact.Sum && tree == TreeOfTheDay && (under.Level == org.Township || under.Level == org.Village) {
		cells, err = dayCells(q, city, i, under, months)
	} else if cells, err = cellsOf(q, city, i, months, tree); err == nil {
		cells, err = cellsBelow(q, city, cells, under.ID, tree, today)
	}
	if err != nil {
		return b, err
	}
	return boardOfCells(q, city, i, cells, months, nil)
}

// dayCells are the facts below a township, each where it stood on its own day: villages may
// move in the middle of a month, and their summaries do not say below what they stood.
func dayCells(q db.Querier, city int64, i fact.Indicator, under org.Unit, months []string) ([]cellOf, error) {
	units, err := unitsReporting(q, city, under.ID)
	if err != nil {
		return nil, err
	}
	all, err := claimsOf(q, city, i.ID, units, calendar.Day(months[0]+"-01"), monthEnd(months[len(months)-1]))
	if err != nil {
		return nil, err
	}
	above, err := loadLineage(q, city, units)
	if err != nil {
		return nil, err
	}
	cells := make([]cellOf, 0, len(all))
	for _, f := range all {
		row, below := above.rowBelow(f.Unit, under.ID, f.Day)
		if !f.Stands() || !below {
			continue
		}
		c := cellOfFact(i, f)
		c.row = row
		cells = append(cells, c)
	}
	return cells, nil
}

// cellOfFact is one claim that stands.
func cellOfFact(i fact.Indicator, f fact.Fact) cellOf {
	c := cellOf{unit: f.Unit, subject: f.Subject, month: f.Month(), day: f.Day, Figure: fact.Figure{Reported: f.Quantity, Facts: 1}}
	if f.Counts(i.Wanted) {
		c.Counted, c.Checked = f.Quantity, 1
	}
	return c
}

// cellsBelow keeps the cells of what stands below a unit, each in the row of the unit right
// below that one.
func cellsBelow(q db.Querier, city int64, cells []cellOf, under id.Unit, tree FactTree, today calendar.Day) (out []cellOf, err error) {
	above, now, err := lineageOfCells(q, city, cells, tree)
	if err != nil {
		return nil, err
	}
	for _, c := range cells {
		u, day, below := c.unit, monthEnd(c.month), false
		first := c.row // what stood above a township, as its summary says
		switch {
		case tree == TreeOfToday:
			if p := now.Present(u, today); p != 0 {
				u = p
			}
			c.row, below = above.rowBelow(u, under, today)
		case first == under && u != under:
			c.row, below = u, true
		case first != 0 && u != under:
			c.row, below = above.rowBelow(first, under, day)
		default:
			c.row, below = above.rowBelow(u, under, day)
		}
		if below {
			out = append(out, c)
		}
	}
	return out, nil
}

// rowBelow gives the unit right below another under which one stands, or the other itself;
// where it was there no longer, as it stood last.
func (a lineage) rowBelow(u, under id.Unit, day calendar.Day) (row id.Unit, below bool) {
	for u != 0 {
		if u == under {
			return u, true
		}
		v, there := a.onOrBefore(u, day)
		if !there {
			return 0, false
		}
		if v.Parent == under {
			return u, true
		}
		u = v.Parent
	}
	return 0, false
}

// onOrBefore gives a unit as it was on a day, or as it was last before.
func (a lineage) onOrBefore(u id.Unit, day calendar.Day) (org.Unit, bool) {
	if v, there := a.on(u, day); there {
		return v, true
	}
	versions := a[u]
	if len(versions) == 0 {
		return org.Unit{}, false
	}
	v := versions[len(versions)-1]
	for _, before := range versions {
		if before.From <= day {
			v = before
		}
	}
	return v, true
}

// comeTo gives to what an indicator had come at the end of each month.
func comeTo(i fact.Indicator, cells []cellOf, months []string, byMonth map[string]fact.Figure) []fact.Figure {
	out := make([]fact.Figure, len(months))
	if i.Aggregation == fact.Snapshot {
		for k, m := range months {
			out[k] = byMonth[m]
		}
		return out
	}
	came := byMonth
	if i.Aggregation == fact.Once { // each unit is new in one month only
		came = map[string]fact.Figure{}
		reported, counted := map[id.Unit]string{}, map[id.Unit]string{}
		for _, c := range cells {
			if first, seen := reported[c.unit]; c.Reported > 0 && (!seen || c.month < first) {
				reported[c.unit] = c.month
			}
			if first, seen := counted[c.unit]; c.Counted > 0 && (!seen || c.month < first) {
				counted[c.unit] = c.month
			}
		}
		for _, m := range reported {
			came[m] = came[m].Plus(fact.Figure{Reported: document.Whole(1)})
		}
		for _, m := range counted {
			came[m] = came[m].Plus(fact.Figure{Counted: document.Whole(1)})
		}
	}
	var sum fact.Figure
	for k, m := range months {
		sum = sum.Plus(fact.Figure{Reported: came[m].Reported, Counted: came[m].Counted, Facts: byMonth[m].Facts, Checked: byMonth[m].Checked})
		out[k] = sum
	}
	return out
}

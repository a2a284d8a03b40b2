package desk

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// FactFilter says which facts or figures somebody takes; what is zero chooses nothing.
type FactFilter struct {
	Indicator id.Indicator
	Unit      id.Unit // with all units that stand or stood below it
	Month     string  // 2011-09
}

// FactChosen is a filter with what it chooses.
type FactChosen struct {
	FactFilter
	released map[id.Indicator]bool
	units    map[id.Unit]bool // nil for all
}

// Choose finds out what a filter chooses; ErrMissing where it names what is not public.
func (p *Public) Choose(ctx context.Context, f FactFilter) (c FactChosen, err error) {
	c = FactChosen{FactFilter: f, released: map[id.Indicator]bool{}}
	err = p.db.Read(ctx, func(v *db.View) error {
		all, err := releasedIndicators(v, p.city)
		if err != nil {
			return err
		}
		for _, i := range all {
			c.released[i.ID] = f.Indicator == 0 || i.ID == f.Indicator
		}
		if f.Indicator != 0 && !c.released[f.Indicator] {
			return ErrMissing
		}
		if f.Unit == 0 {
			return nil
		}
		if _, err := loadUnit(v, p.city, f.Unit); err != nil {
			return err
		}
		units, err := unitsReporting(v, p.city, f.Unit)
		c.units = map[id.Unit]bool{}
		for _, u := range units {
			c.units[u] = true
		}
		return err
	})
	return c, err
}

// takes reports whether a fact or figure is chosen.
func (c FactChosen) takes(i id.Indicator, u id.Unit, month string) bool {
	return c.released[i] && (c.units == nil || c.units[u]) && (c.Month == "" || c.Month == month)
}

// rowsAtATime is how many rows of facts or summaries one read looks at: each is over soon,
// however many there are.
const rowsAtATime = 2000

// FactsAfter gives the chosen of the next rows of facts, in order of their numbers: all
// kinds of rows, also those that stand no longer. next is the last row that it looked at,
// 0 where there are no more.
func (p *Public) FactsAfter(ctx context.Context, c FactChosen, after id.Fact) (rows []fact.Fact, next id.Fact, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		rows, err = publicFactsAfter(v, p.city, after, rowsAtATime)
		return err
	})
	if len(rows) == rowsAtATime {
		next = rows[len(rows)-1].ID
	}
	return slices.DeleteFunc(rows, func(f fact.Fact) bool { return !c.takes(f.Indicator, f.Unit, f.Month()) }), next, err
}

// RollUpRow is what came in a month in one unit: in a township together with its villages,
// docs/export.md section 5.
type RollUpRow struct {
	Indicator id.Indicator
	Unit      id.Unit
	Month     string
	Reported  document.Decimal
	Counted   document.Decimal
}

// RollUpAfter gives the chosen of the next rows, in order of indicator, month and unit. more
// tells whether there may be others after the last row that it looked at, which is next.
func (p *Public) RollUpAfter(ctx context.Context, c FactChosen, after RollUpRow) (rows []RollUpRow, next RollUpRow, more bool, err error) {
	var asked []id.Indicator
	for i, chosen := range c.released {
		if chosen && i >= after.Indicator {
			asked = append(asked, i)
		}
	}
	slices.Sort(asked)
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		rows = nil
		for _, i := range asked {
			from := RollUpRow{Indicator: i}
			if i == after.Indicator {
				from = after
			}
			for len(rows) < rowsAtATime {
				if from.Unit == 0 {
					if from.Month, err = monthAfter(v, p.city, i, from.Month); err != nil {
						return err
					}
				}
				if from.Month == "" {
					break
				}
				some, err := rollUpOfMonth(v, p.city, from)
				if err != nil {
					return err
				}
				rows, from.Unit = append(rows, some...), 0
			}
		}
		return nil
	})
	if len(rows) >= rowsAtATime {
		next, more = rows[len(rows)-1], true
	}
	return slices.DeleteFunc(rows, func(r RollUpRow) bool { return !c.takes(r.Indicator, r.Unit, r.Month) }), next, more, err
}

func dayOfMonth(m string) calendar.Day { return calendar.Day(m + "-01") }

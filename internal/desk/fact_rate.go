package desk

import (
	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/internal/db"
	"luoshi/org"
)

// rateBoard works a rate out of the boards of its numerator and its divisor, cell by cell:
// the rate of a county is not the sum or the mean of those of its townships.
func (k *keptFactBoards) rateBoard(q db.Querier, city int64, i fact.Indicator, under org.Unit, months []string, tree FactTree, today calendar.Day) (b FactBoard, err error) {
	var parts [2]FactBoard
	for at, which := range []fact.Indicator{{ID: i.Numerator}, {ID: i.Divisor}} {
		one, err := loadIndicator(q, city, which.ID)
		if err != nil {
			return b, err
		}
		if parts[at], err = k.boardUnder(q, city, one, under, months, tree, today); err != nil {
			return b, err
		}
	}
	above, below := parts[0], parts[1]
	b = FactBoard{Indicator: i, Months: months, Total: above.Total.Per(below.Total), ByMonth: ratesOf(above.ByMonth, below.ByMonth, months), Upto: make([]fact.Figure, len(months))}
	for at := range months {
		b.Upto[at] = above.Upto[at].Per(below.Upto[at])
	}
	for _, r := range below.Rows { // without a divisor there is no rate
		of, _ := above.Row(r.Unit.ID)
		b.Rows = append(b.Rows, FactRow{Unit: r.Unit, Total: of.Total.Per(r.Total), ByMonth: ratesOf(of.ByMonth, r.ByMonth, months)})
	}
	return b, nil
}

func ratesOf(above, below map[string]fact.Figure, months []string) map[string]fact.Figure {
	out := map[string]fact.Figure{}
	for _, m := range months {
		if below[m].Reported > 0 {
			out[m] = above[m].Per(below[m])
		}
	}
	return out
}

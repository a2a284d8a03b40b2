package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

func scanClosed(s db.Scanner) (c Closed, err error) {
	err = s.Scan(&c.Unit, &c.Month, &c.Facts, &c.Day, &c.Instant)
	return c, err
}

func closesOf(q db.Querier, city int64, unit id.Unit) ([]Closed, error) {
	return db.Rows(q, scanClosed, "SELECT unit_id, month, facts, closed_day, instant FROM fact_close WHERE city_id = $1 AND unit_id = $2 ORDER BY month", city, unit)
}

func saveClose(tx *db.Tx, city int64, c Closed) error {
	return tx.Insert("fact_close", "city_id, unit_id, month, facts, closed_day, instant, post_id", [][]any{{city, c.Unit, c.Month, c.Facts, string(c.Day), c.Instant, tx.Cmd().Actor}})
}

var claimsOfMonth = "SELECT unit_id, facts FROM fact_month WHERE city_id = $1 AND tier = 0 AND month = $2 AND unit_id IN (" + placeholders(3, factsAtOnce) + ")"

// claimsBelow counts the claims of a month that stand, of a unit and of those that stood
// below it at its end.
func claimsBelow(q db.Querier, city int64, unit id.Unit, first calendar.Day) (n int, err error) {
	units, err := unitsReporting(q, city, unit)
	if err != nil {
		return 0, err
	}
	above, err := loadLineage(q, city, units)
	if err != nil {
		return 0, err
	}
	month := fact.Month(first)
	for some := range slices.Chunk(units, factsAtOnce) {
		args := []any{city, month}
		for k := range factsAtOnce {
			args = append(args, some[min(k, len(some)-1)])
		}
		_, err := db.Rows(q, func(s db.Scanner) (none struct{}, err error) {
			var u id.Unit
			var claims int
			if err = s.Scan(&u, &claims); err == nil && above.below(u, unit, monthEnd(month)) {
				n += claims
			}
			return none, err
		}, claimsOfMonth, args...)
		if err != nil {
			return 0, err
		}
	}
	return n, nil
}

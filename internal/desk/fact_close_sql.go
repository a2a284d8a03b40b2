package desk

import (
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

// claimsBelow counts the claims of a month that stand, of a unit and of those below it: by
// the tree of the days on which they happened.
func claimsBelow(q db.Querier, city int64, unit id.Unit, first calendar.Day) (int, error) {
	return db.Row(q, db.Value[int], `SELECT COALESCE(SUM(facts), 0) FROM fact_month m WHERE m.city_id = $1 AND m.tier = 1 AND m.month = $2 AND (m.unit_id = $3 OR m.above_id = $4
		OR EXISTS (SELECT 1 FROM unit b WHERE b.city_id = $5 AND b.id = $6 AND b.level IN ('bureau', 'city')))`, city, fact.Month(first), unit, unit, city, unit)
}

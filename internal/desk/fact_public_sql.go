package desk

import (
	"slices"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// releasedIndicators lists the indicators whose facts are public. A rate of which a part is
// not released would tell of that part: it is left out.
func releasedIndicators(q db.Querier, city int64) ([]fact.Indicator, error) {
	all, err := db.Rows(q, scanIndicator, "SELECT "+indicatorColumns+" FROM indicator WHERE city_id = $1 AND released = 1 ORDER BY id", city)
	shown := map[id.Indicator]bool{}
	for _, i := range all {
		shown[i.ID] = true
	}
	return slices.DeleteFunc(all, func(i fact.Indicator) bool { return i.Rate() && (!shown[i.Numerator] || !shown[i.Divisor]) }), err
}

func loadPublicFact(q db.Querier, city int64, which id.Fact) (fact.Fact, error) {
	return db.Row(q, scanPublicFact, "SELECT "+publicFactColumns+" FROM fact WHERE city_id = $1 AND id = $2", city, which)
}

// standingFactsOf gives the claims of a unit that stand and whose indicators are released,
// the newest day first.
func standingFactsOf(q db.Querier, city int64, unit id.Unit, most int) ([]fact.Fact, error) {
	return db.Rows(q, scanPublicFact, `SELECT f.id, f.indicator_id, f.unit_id, f.place_id, f.day, f.instant, f.quantity, f.subject, f.kind, f.state, f.class, f.corrects, f.next_id, COALESCE(f.claimed, '')
		FROM fact f JOIN indicator i ON i.city_id = f.city_id AND i.id = f.indicator_id
		WHERE f.city_id = $1 AND f.unit_id = $2 AND f.kind = 'claim' AND f.state IN ('reported', 'verified') AND i.released = 1 ORDER BY f.day DESC, f.id DESC LIMIT $3`, city, unit, most)
}

// publicFactsAfter gives the rows that come after one, whatever indicator they are of.
func publicFactsAfter(q db.Querier, city int64, after id.Fact, most int) ([]fact.Fact, error) {
	return db.Rows(q, scanPublicFact, "SELECT "+publicFactColumns+" FROM fact WHERE city_id = $1 AND id > $2 ORDER BY id LIMIT $3", city, after, most)
}

// monthAfter gives the next month in which anything was reported of an indicator, or none.
func monthAfter(q db.Querier, city int64, i id.Indicator, month string) (string, error) {
	return db.Row(q, db.Value[string], "SELECT COALESCE(MIN(month), '') FROM fact_month WHERE city_id = $1 AND indicator_id = $2 AND tier = 0 AND month > $3", city, i, month)
}

// rollUpOfMonth gives the rows of one indicator and month after a unit.
func rollUpOfMonth(q db.Querier, city int64, a RollUpRow) ([]RollUpRow, error) {
	return db.Rows(q, func(s db.Scanner) (r RollUpRow, err error) {
		r.Indicator, r.Month = a.Indicator, a.Month
		err = s.Scan(&r.Unit, &r.Reported, &r.Counted)
		return r, err
	}, `SELECT x.unit_id, CAST(SUM(x.reported) AS BIGINT), CAST(SUM(x.counted) AS BIGINT) FROM fact_month x JOIN unit u ON u.city_id = x.city_id AND u.id = x.unit_id
		WHERE x.city_id = $1 AND x.indicator_id = $2 AND x.month = $3 AND x.tier IN (0, 1) AND x.tier = CASE WHEN u.level = 'township' THEN 1 ELSE 0 END AND x.unit_id > $4
		GROUP BY x.unit_id HAVING SUM(x.facts) > 0 ORDER BY x.unit_id`, city, a.Indicator, a.Month, a.Unit)
}

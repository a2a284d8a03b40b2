package desk

import (
	"slices"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// indicatorsSince gives the indicators of which anything was told of a month or later ones.
func indicatorsSince(q db.Querier, city int64, month string) ([]fact.Indicator, error) {
	return db.Rows(q, scanIndicator, "SELECT "+indicatorColumns+` FROM indicator i WHERE city_id = $1
		AND EXISTS (SELECT 1 FROM fact_month m WHERE m.city_id = $2 AND m.indicator_id = i.id AND m.tier = 0 AND m.month >= $3) ORDER BY id`, city, city, month)
}

var tellingOfThese = statements("SELECT DISTINCT indicator_id, unit_id FROM fact_month WHERE city_id = $1 AND tier = 0 AND month >= $2 AND unit_id IN ($3) ORDER BY 1, 2", 3)

// unitsTelling gives for each indicator those of some units that told of a month or later ones.
func unitsTelling(q db.Querier, city int64, which []id.Unit, month string) (map[id.Indicator][]id.Unit, error) {
	out := map[id.Indicator][]id.Unit{}
	for some := range slices.Chunk(which, factsAtOnce) {
		n, args := these([]any{city, month}, some)
		_, err := db.Rows(q, func(s db.Scanner) (none struct{}, err error) {
			var i id.Indicator
			var u id.Unit
			err = s.Scan(&i, &u)
			out[i] = append(out[i], u)
			return none, err
		}, tellingOfThese[n], args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// everBelow gives the units that stand right below some, or ever stood there.
func everBelow(q db.Querier, city int64, above []id.Unit) (out []id.Unit, err error) {
	for some := range slices.Chunk(above, factsAtOnce) {
		n, args := these([]any{city}, some)
		below, err := db.Rows(q, db.Value[id.Unit], everBelowThese[n], args...)
		if err != nil {
			return nil, err
		}
		out = append(out, below...)
	}
	return out, nil
}

package desk

import (
	"slices"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

const indicatorColumns = "id, name, measure, definition, aggregation, direction, class_wanted, subjects, numerator_id, divisor_id, released, opened_day"

func scanIndicator(s db.Scanner) (i fact.Indicator, err error) {
	err = s.Scan(&i.ID, &i.Name, &i.Measure, &i.Definition, &i.Aggregation, &i.Direction, &i.Wanted, &i.Subjects, &i.Numerator, &i.Divisor, &i.Released, &i.Opened)
	return i, err
}

func listIndicators(q db.Querier, city int64) ([]fact.Indicator, error) {
	return db.Rows(q, scanIndicator, "SELECT "+indicatorColumns+" FROM indicator WHERE city_id = $1 ORDER BY id", city)
}

func loadIndicator(q db.Querier, city int64, i id.Indicator) (fact.Indicator, error) {
	return db.Row(q, scanIndicator, "SELECT "+indicatorColumns+" FROM indicator WHERE city_id = $1 AND id = $2", city, i)
}

var indicatorsNumbered = statements("SELECT "+indicatorColumns+" FROM indicator WHERE city_id = $1 AND id IN ($2) ORDER BY id", 2)

// loadIndicators gives those of some indicators that there are.
func loadIndicators(q db.Querier, city int64, which []id.Indicator) (map[id.Indicator]fact.Indicator, error) {
	out := map[id.Indicator]fact.Indicator{}
	for some := range slices.Chunk(which, factsAtOnce) {
		n, args := these([]any{city}, some)
		found, err := db.Rows(q, scanIndicator, indicatorsNumbered[n], args...)
		if err != nil {
			return nil, err
		}
		for _, i := range found {
			out[i.ID] = i
		}
	}
	return out, nil
}

func saveIndicator(tx *db.Tx, city int64, i fact.Indicator) error {
	return tx.Upsert("indicator", "city_id, id", "city_id, "+indicatorColumns+", post_id", [][]any{{city, i.ID, i.Name, i.Measure, i.Definition, string(i.Aggregation), i.Direction,
		string(i.Wanted), string(i.Subjects), i.Numerator, i.Divisor, number(i.Released), string(i.Opened), tx.Cmd().Actor}})
}

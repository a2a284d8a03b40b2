package desk

import (
	"slices"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

const doubtColumns = "id, fact_id, said_day, words"

var doubtsOfThese = "SELECT " + doubtColumns + " FROM fact_doubt WHERE city_id = $1 AND fact_id IN (" + placeholders(2, factsAtOnce) + ") ORDER BY id"

func insertDoubt(tx *db.Tx, city int64, d fact.Doubt) error {
	return tx.Insert("fact_doubt", "city_id, "+doubtColumns, [][]any{{city, d.ID, d.Fact, string(d.Day), d.Words}})
}

func countDoubts(q db.Querier, city int64, which id.Fact) (int, error) {
	return db.Row(q, db.Value[int], "SELECT COUNT(*) FROM fact_doubt WHERE city_id = $1 AND fact_id = $2", city, which)
}

// doubtsOf gives what was said against some facts, the oldest first of those asked together.
func doubtsOf(q db.Querier, city int64, which []id.Fact) (out []fact.Doubt, err error) {
	for some := range slices.Chunk(which, factsAtOnce) {
		args := []any{city}
		for k := range factsAtOnce {
			args = append(args, some[min(k, len(some)-1)])
		}
		found, err := db.Rows(q, func(s db.Scanner) (d fact.Doubt, err error) {
			err = s.Scan(&d.ID, &d.Fact, &d.Day, &d.Words)
			return d, err
		}, doubtsOfThese, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

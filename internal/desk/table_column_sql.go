package desk

import (
	"errors"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// loadTableColumns gives the columns that somebody chose; none where nothing was chosen.
func loadTableColumns(q db.Querier, city int64, of id.Account) (columns []plan.Column, err error) {
	shown, err := db.Row(q, db.Value[string], "SELECT shown FROM table_column WHERE city_id = $1 AND account_id = $2", city, of)
	if errors.Is(err, db.ErrNoRow) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return columns, untext(shown, &columns)
}

func saveTableColumns(tx *db.Tx, city int64, of id.Account, columns []plan.Column) error {
	return tx.Upsert("table_column", "city_id, account_id", "city_id, account_id, shown", [][]any{{city, of, text(columns)}})
}

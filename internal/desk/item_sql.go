package desk

import (
	"encoding/json"
	"fmt"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

const selectItem = `SELECT i.id, l.document_id, l.node, l.ordinal, i.title, i.lead, i.cooperating, i.responsible, i.period, i.project, i.released
	FROM item i JOIN plan_item l ON l.city_id = i.city_id AND l.item_id = i.id WHERE i.city_id = $1 AND l.plan_id = $2`

func scanItem(s db.Scanner) (i plan.Item, err error) {
	err = s.Scan(&i.ID, &i.Document, &i.Node, &i.Ordinal, &i.Title, &i.Lead, &i.Cooperating, &i.Responsible, &i.Period, &i.Project, &i.Released)
	return i, err
}

func loadItems(q db.Querier, city int64, p id.Plan) ([]plan.Item, error) {
	return db.Rows(q, scanItem, selectItem+" ORDER BY l.ordinal", city, p)
}

func loadItem(q db.Querier, city int64, p id.Plan, i id.Item) (plan.Item, error) {
	return db.Row(q, scanItem, selectItem+" AND i.id = $3", city, p, i)
}

func saveItems(tx *db.Tx, city int64, items []plan.Item) error {
	rows := make([][]any, len(items))
	for k, i := range items {
		rows[k] = []any{city, i.ID, i.Title, i.Lead, i.Cooperating, i.Responsible, string(i.Period), number(i.Project), number(i.Released)}
	}
	return tx.Upsert("item", "city_id, id", "city_id, id, title, lead, cooperating, responsible, period, project, released", rows)
}

func untext(column string, v any) error {
	if err := json.Unmarshal([]byte(column), v); err != nil {
		return fmt.Errorf("column of %T: %w", v, err)
	}
	return nil
}

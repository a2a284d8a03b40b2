package desk

import (
	"encoding/json"
	"errors"
	"fmt"

	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

const selectItem = `SELECT i.id, l.document_id, l.node, l.ordinal, i.title, i.lead, i.cooperating, i.responsible, i.period, i.project, i.released, COALESCE(i.tags, '[]'), COALESCE(l.rank, l.ordinal * 1048576), COALESCE(l.under, 0), COALESCE(l.span, ''), COALESCE(i.standing, '')
	FROM item i JOIN plan_item l ON l.city_id = i.city_id AND l.item_id = i.id WHERE i.city_id = $1 AND l.plan_id = $2`

func scanItem(s db.Scanner) (i plan.Item, err error) {
	var tags, span string
	if err = s.Scan(&i.ID, &i.Document, &i.Node, &i.Ordinal, &i.Title, &i.Lead, &i.Cooperating, &i.Responsible, &i.Period, &i.Project, &i.Released,
		&tags, &i.Rank, &i.Under, &span, &i.Standing); err != nil {
		return i, err
	}
	if span != "" {
		err = untext(span, &i.Span)
	}
	return i, errors.Join(untext(tags, &i.Tags), err)
}

// itemStands is the condition that an item was neither withdrawn nor cancelled.
const itemStands = " AND COALESCE(i.standing, '') = ''"

// inOrder is the order of the items of a plan.
const inOrder = " ORDER BY COALESCE(l.rank, l.ordinal * 1048576), l.ordinal"

// loadItems gives the items of a plan that stand.
func loadItems(q db.Querier, city int64, p id.Plan) ([]plan.Item, error) {
	return db.Rows(q, scanItem, selectItem+itemStands+inOrder, city, p)
}

// everyItem gives also those that were withdrawn or cancelled.
func everyItem(q db.Querier, city int64, p id.Plan) ([]plan.Item, error) {
	return db.Rows(q, scanItem, selectItem+inOrder, city, p)
}

func loadItem(q db.Querier, city int64, p id.Plan, i id.Item) (plan.Item, error) {
	return db.Row(q, scanItem, selectItem+" AND i.id = $3", city, p, i)
}

func saveItems(tx *db.Tx, city int64, items []plan.Item) error {
	if err := indexItems(tx, city, items); err != nil {
		return err
	}
	rows := make([][]any, len(items))
	for k, i := range items {
		rows[k] = []any{city, i.ID, i.Title, i.Lead, i.Cooperating, i.Responsible, string(i.Period), number(i.Project), number(i.Released), text(i.Tags), string(i.Standing)}
	}
	return tx.Upsert("item", "city_id, id", "city_id, id, title, lead, cooperating, responsible, period, project, released, tags, standing", rows)
}

// savePlaces puts items where they stand in a plan.
func savePlaces(tx *db.Tx, city int64, p id.Plan, items []plan.Item) error {
	rows := make([][]any, len(items))
	for k, i := range items {
		rows[k] = []any{city, p, i.ID, i.Document, i.Node, i.Ordinal, i.Rank, i.Under, ownWords(i.Span)}
	}
	return tx.Upsert("plan_item", "city_id, plan_id, item_id", "city_id, plan_id, item_id, document_id, node, ordinal, rank, under, span", rows)
}

// ownWords is the column of the words that an item has to itself: NULL where they
// are those of its node.
func ownWords(s document.Span) any {
	if s.End() <= 0 {
		return nil
	}
	return text(s)
}

func untext(column string, v any) error {
	if err := json.Unmarshal([]byte(column), v); err != nil {
		return fmt.Errorf("column of %T: %w", v, err)
	}
	return nil
}

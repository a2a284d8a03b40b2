package desk

import (
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

const orderColumns = "item_id, kind, year, serial, words, giver, given_day"

func scanOrder(s db.Scanner) (o plan.Order, err error) {
	err = s.Scan(&o.Item, &o.Kind, &o.Year, &o.Serial, &o.Words, &o.Giver, &o.Given)
	return o, err
}

const orderBySerial = " ORDER BY year, serial, item_id"

// loadOrders gives the orders that were added to a plan, by their items.
func loadOrders(q db.Querier, city int64, p id.Plan) (map[id.Item]plan.Order, error) {
	return ordersOf(db.Rows(q, scanOrder, "SELECT "+orderColumns+" FROM item_order WHERE city_id = $1"+ofPlan+orderBySerial, city, city, p))
}

func ordersOf(all []plan.Order, err error) (map[id.Item]plan.Order, error) {
	orders := make(map[id.Item]plan.Order, len(all))
	for _, o := range all {
		orders[o.Item] = o
	}
	return orders, err
}

// lastSerial is the last number that a kind of order had in a year; 0 where it had none.
func lastSerial(q db.Querier, city int64, kind plan.OrderKind, year int) (int, error) {
	return db.Row(q, db.Value[int], "SELECT COALESCE(MAX(serial), 0) FROM item_order WHERE city_id = $1 AND kind = $2 AND year = $3", city, string(kind), year)
}

// lastPlace gives the last item of a plan's order: its ordinal and its rank.
func lastPlace(q db.Querier, city int64, p id.Plan) (last plan.Item, err error) {
	return db.Row(q, func(s db.Scanner) (i plan.Item, err error) {
		err = s.Scan(&i.Ordinal, &i.Rank)
		return i, err
	}, "SELECT COALESCE(MAX(ordinal), 0), COALESCE(MAX(COALESCE(rank, ordinal * 1048576)), 0) FROM plan_item WHERE city_id = $1 AND plan_id = $2", city, p)
}

func saveOrder(tx *db.Tx, city int64, o plan.Order) error {
	return tx.Upsert("item_order", "city_id, item_id", "city_id, "+orderColumns,
		[][]any{{city, o.Item, string(o.Kind), o.Year, o.Serial, o.Words, o.Giver, string(o.Given)}})
}

package desk

import (
	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

func saveReporting(tx *db.Tx, city int64, items []plan.Item) error {
	rows := make([][]any, len(items))
	for i, item := range items {
		rows[i] = []any{city, item.ID, string(tx.Today()), tx.Cmd().Actor}
	}
	return tx.Upsert("item_reporting", "city_id, item_id", "city_id, item_id, set_day, post_id", rows)
}

// reportingSince gives, by item of a plan, since when it is reported as often as it is,
// where the office changed that.
func reportingSince(q db.Querier, city int64, p id.Plan) (map[id.Item]calendar.Day, error) {
	out := map[id.Item]calendar.Day{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var i id.Item
		var day calendar.Day
		err = s.Scan(&i, &day)
		out[i] = day
		return one, err
	}, "SELECT item_id, set_day FROM item_reporting WHERE city_id = $1"+ofPlan, city, city, p)
	return out, err
}

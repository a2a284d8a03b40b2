package desk

import (
	"maps"
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/progress"
)

const draftedColumns = "unit_id, item_id, owner_id, period, told, state, reason, said_day, post_id"

func scanDrafted(s db.Scanner) (d ReportDraft, err error) {
	var told string
	var item id.Item
	var owner id.Unit
	if err = s.Scan(&d.Unit, &item, &owner, &d.Told.Period, &told, &d.State, &d.Reason, &d.Day, &d.Post); err != nil {
		return d, err
	}
	err = untext(told, &d.Told)
	return d, err
}

func saveDrafts(tx *db.Tx, city int64, all []ReportDraft) error {
	rows := make([][]any, len(all))
	for i, d := range all {
		rows[i] = []any{city, d.Unit, d.Told.Item, d.Told.Unit, string(d.Told.Period), text(d.Told), string(d.State), d.Reason, string(tx.Today()), d.Post}
	}
	return tx.Upsert("report_draft", "city_id, unit_id, item_id, owner_id, period", "city_id, "+draftedColumns, rows)
}

var deleteTypedOf = "DELETE FROM report_draft WHERE city_id = $1 AND unit_id = $2 AND period = $3 AND item_id IN (" + placeholders(4, ownersAtOnce) + ")"

// deleteTyped takes away what a unit had typed of what it has reported now, some items of
// one period at once.
func deleteTyped(tx *db.Tx, city int64, unit id.Unit, all []Told) error {
	of := map[progress.Period][]id.Item{}
	for _, t := range all {
		of[t.Period] = append(of[t.Period], t.Item)
	}
	for _, p := range slices.Sorted(maps.Keys(of)) {
		for some := range slices.Chunk(of[p], ownersAtOnce) {
			args := append([]any{city, unit, string(p)}, padded(city, some)[1:]...)
			if _, err := tx.Exec(deleteTypedOf, args...); err != nil {
				return err
			}
		}
	}
	return nil
}

var draftsOfUnits = "SELECT " + draftedColumns + " FROM report_draft WHERE city_id = $1 AND unit_id IN (" + placeholders(2, ownersAtOnce) + ") ORDER BY unit_id, item_id, owner_id, period"

func draftsOf(q db.Querier, city int64, units []id.Unit) (out []ReportDraft, err error) {
	for some := range slices.Chunk(units, ownersAtOnce) {
		found, err := db.Rows(q, scanDrafted, draftsOfUnits, padded(city, some)...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// submittedInPlan gives the places of the reports on the items of a plan that wait for the
// head of their unit.
func submittedInPlan(q db.Querier, city int64, p id.Plan) (map[reportPlace]bool, error) {
	out := map[reportPlace]bool{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var at reportPlace
		err = s.Scan(&at.item, &at.unit, &at.period)
		out[at] = true
		return one, err
	}, "SELECT item_id, owner_id, period FROM report_draft WHERE city_id = $1"+ofPlan+" AND state = 'submitted'", city, city, p)
	return out, err
}

func wantsSigning(q db.Querier, city int64, unit id.Unit) (bool, error) {
	found, err := db.Rows(q, db.Value[int], "SELECT wanted FROM unit_signing WHERE city_id = $1 AND unit_id = $2", city, unit)
	return err == nil && len(found) > 0 && found[0] != 0, err
}

func saveSigning(tx *db.Tx, city int64, unit id.Unit, wanted bool) error {
	return tx.Upsert("unit_signing", "city_id, unit_id", "city_id, unit_id, wanted, set_day, post_id", [][]any{{city, unit, number(wanted), string(tx.Today()), tx.Cmd().Actor}})
}

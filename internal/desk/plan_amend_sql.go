package desk

import (
	"time"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// lastChange is the version that the last amendment of a plan made, 0 where there is none.
func lastChange(q db.Querier, city int64, p id.Plan) (int, error) {
	return db.Row(q, db.Value[int], "SELECT COALESCE(MAX(version), 0) FROM plan_change WHERE city_id = $1 AND plan_id = $2", city, p)
}

func saveChange(tx *db.Tx, city int64, p id.Plan, a plan.Amendment) error {
	err := tx.Insert("plan_change", "city_id, plan_id, version, kind, cause, basis, approved_by, approved_day, source_id, entered_at, post_id, account_id",
		[][]any{{city, p, a.Version, string(a.Kind), a.Cause, a.Basis, a.ApprovedBy, string(a.Day), a.Source, a.At.UnixMicro(), a.Post, a.By}})
	if err != nil {
		return err
	}
	rows := make([][]any, len(a.Parts))
	for k, part := range a.Parts {
		rows[k] = []any{city, p, a.Version, k + 1, part.Item, text(part.Edits)}
	}
	return tx.Insert("plan_change_part", "city_id, plan_id, version, part, item_id, edits", rows)
}

// scanPublicChange reads the public columns, and others that stand behind them.
func scanPublicChange(s db.Scanner, others ...any) (a plan.Amendment, err error) {
	var at int64
	err = s.Scan(append([]any{&a.Version, &a.Kind, &a.Cause, &a.Basis, &a.Day, &a.Source, &at, &a.Post}, others...)...)
	a.At = time.UnixMicro(at)
	return a, err
}

const (
	publicChangeColumns = "version, kind, cause, basis, approved_day, source_id, entered_at, post_id"
	ofChanges           = " FROM plan_change WHERE city_id = $1 AND plan_id = $2 ORDER BY version"
)

// loadChanges gives the amendments of a plan, the earliest first.
func loadChanges(q db.Querier, city int64, p id.Plan) ([]plan.Amendment, error) {
	var by id.Account
	var approved string
	all, err := db.Rows(q, func(s db.Scanner) (plan.Amendment, error) {
		a, err := scanPublicChange(s, &approved, &by)
		a.ApprovedBy, a.By = approved, by
		return a, err
	}, "SELECT "+publicChangeColumns+", approved_by, account_id"+ofChanges, city, p)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return withParts(q, city, p, all)
}

// loadPublicChanges gives the amendments without the internal fields.
func loadPublicChanges(q db.Querier, city int64, p id.Plan) ([]plan.Amendment, error) {
	all, err := db.Rows(q, func(s db.Scanner) (plan.Amendment, error) { return scanPublicChange(s) }, "SELECT "+publicChangeColumns+ofChanges, city, p)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return withParts(q, city, p, all)
}

// withParts adds to amendments what each made of which item.
func withParts(q db.Querier, city int64, p id.Plan, all []plan.Amendment) ([]plan.Amendment, error) {
	at := map[int]int{}
	for k, a := range all {
		at[a.Version] = k
	}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var version int
		var part plan.AmendmentPart
		var edits string
		if err := s.Scan(&version, &part.Item, &edits); err != nil {
			return one, err
		}
		a := &all[at[version]]
		a.Parts = append(a.Parts, part)
		return one, untext(edits, &a.Parts[len(a.Parts)-1].Edits)
	}, "SELECT version, item_id, edits FROM plan_change_part WHERE city_id = $1 AND plan_id = $2 ORDER BY version, part", city, p)
	return all, err
}

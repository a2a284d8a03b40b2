package desk

import (
	"errors"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

const publicEditionColumns = "version, document_id, number, approved_day, adopted_at, released"

// scanEdition reads the public columns, and others that stand behind them.
func scanEdition(s db.Scanner, others ...any) (e plan.Edition, err error) {
	var at int64
	err = s.Scan(append([]any{&e.Version, &e.Document, &e.Number, &e.Day, &at, &e.Released}, others...)...)
	e.Adopted = at > 0
	return e, err
}

// loadEditions gives the documents of a plan, the first one first; none where it has one only.
func loadEditions(q db.Querier, city int64, p id.Plan) ([]plan.Edition, error) {
	return db.Rows(q, func(s db.Scanner) (plan.Edition, error) {
		var approved string
		e, err := scanEdition(s, &approved)
		e.ApprovedBy = approved
		return e, err
	}, "SELECT "+publicEditionColumns+", approved_by FROM plan_document WHERE city_id = $1 AND plan_id = $2 ORDER BY version", city, p)
}

// loadPublicEditions gives those that were adopted.
func loadPublicEditions(q db.Querier, city int64, p id.Plan) ([]plan.Edition, error) {
	return db.Rows(q, func(s db.Scanner) (plan.Edition, error) { return scanEdition(s) },
		"SELECT "+publicEditionColumns+" FROM plan_document WHERE city_id = $1 AND plan_id = $2 AND adopted_at > 0 ORDER BY version", city, p)
}

func saveEdition(tx *db.Tx, city int64, p id.Plan, e plan.Edition, adoptedAt int64, places []plan.EffectSet) error {
	return tx.Upsert("plan_document", "city_id, plan_id, version", "city_id, plan_id, version, document_id, number, approved_by, approved_day, adopted_at, released, places",
		[][]any{{city, p, e.Version, e.Document, e.Number, e.ApprovedBy, string(e.Day), adoptedAt, number(e.Released), text(places)}})
}

func loadPlacesIn(q db.Querier, city int64, p id.Plan, doc id.Document) (places []plan.EffectSet, err error) {
	column, err := db.Row(q, db.Value[string], "SELECT places FROM plan_document WHERE city_id = $1 AND plan_id = $2 AND document_id = $3", city, p, doc)
	if err != nil {
		return nil, err
	}
	return places, untext(column, &places)
}

func saveDifferences(tx *db.Tx, city int64, p id.Plan, doc id.Document, all []plan.Decided) error {
	rows := make([][]any, len(all))
	for k, d := range all {
		rows[k] = []any{city, p, doc, d.Ordinal, string(d.Kind), text(d.Change), text(d.Effect), string(d.State), d.Reason, d.Version, d.At}
	}
	return tx.Upsert("plan_difference", "city_id, plan_id, document_id, ordinal",
		"city_id, plan_id, document_id, ordinal, kind, said, effect, state, reason, change_version, decided_at", rows)
}

const publicDifferenceColumns = "document_id, ordinal, said, state, reason, change_version, decided_at"

// scanDifference reads the public columns, and others that stand behind them.
func scanDifference(s db.Scanner, others ...any) (d plan.Decided, err error) {
	var said string
	if err = s.Scan(append([]any{&d.Document, &d.Ordinal, &said, &d.State, &d.Reason, &d.Version, &d.At}, others...)...); err != nil {
		return d, err
	}
	return d, untext(said, &d.Change)
}

func scanWholeDifference(s db.Scanner) (plan.Decided, error) {
	var effect string
	d, err := scanDifference(s, &effect)
	if err != nil {
		return d, err
	}
	return d, untext(effect, &d.Effect)
}

// loadDifferences gives what the re-issued documents of a plan say otherwise.
func loadDifferences(q db.Querier, city int64, p id.Plan) ([]plan.Decided, error) {
	return db.Rows(q, scanWholeDifference, "SELECT "+publicDifferenceColumns+", effect FROM plan_difference WHERE city_id = $1 AND plan_id = $2 ORDER BY document_id, ordinal", city, p)
}

func loadDifference(q db.Querier, city int64, p id.Plan, doc id.Document, ordinal int) (plan.Decided, error) {
	return db.Row(q, scanWholeDifference, "SELECT "+publicDifferenceColumns+", effect FROM plan_difference WHERE city_id = $1 AND plan_id = $2 AND document_id = $3 AND ordinal = $4",
		city, p, doc, ordinal)
}

// loadPublicDifferences gives those of documents that were adopted.
func loadPublicDifferences(q db.Querier, city int64, p id.Plan) ([]plan.Decided, error) {
	return db.Rows(q, func(s db.Scanner) (plan.Decided, error) { return scanDifference(s) }, "SELECT "+publicDifferenceColumns+` FROM plan_difference
		WHERE city_id = $1 AND plan_id = $2 AND document_id IN (SELECT document_id FROM plan_document WHERE city_id = $3 AND plan_id = $4 AND adopted_at > 0)
		ORDER BY document_id, ordinal`, city, p, city, p)
}

// deleteReissue takes away a re-issued document that was only compared.
func deleteReissue(tx *db.Tx, city int64, p id.Plan, doc id.Document) error {
	var errs []error
	for _, table := range []string{"plan_difference", "plan_document"} {
		_, err := tx.Exec("DELETE FROM "+table+" WHERE city_id = $1 AND plan_id = $2 AND document_id = $3", city, p, doc)
		errs = append(errs, err)
	}
	for _, table := range []string{"node", "document_table"} {
		_, err := tx.Exec("DELETE FROM "+table+" WHERE city_id = $1 AND document_id = $2", city, doc)
		errs = append(errs, err)
	}
	_, err := tx.Exec("DELETE FROM document WHERE city_id = $1 AND id = $2", city, doc)
	return errors.Join(append(errs, err)...)
}

// releaseEditions says that what the documents of a plan say anew is public.
func releaseEditions(tx *db.Tx, city int64, p id.Plan) error {
	_, err := tx.Exec("UPDATE plan_document SET released = 1 WHERE city_id = $1 AND plan_id = $2 AND adopted_at > 0", city, p)
	return err
}

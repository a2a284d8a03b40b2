package desk

import (
	"errors"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

const targetColumns = `id, revision, item_id, quote, indicator, bound, value, max_value, start_value, unit, scope, period, start_day, deadline, hardness, aggregate, direction, span, COALESCE(standing, ''), COALESCE(document_id, 0), flags, derived`

const savedTarget = `id, revision, item_id, quote, indicator, bound, value, max_value, start_value, unit, scope, period, start_day, deadline, hardness, aggregate, direction, span, standing, document_id, flags, derived`

func scanTarget(s db.Scanner) (t plan.Target, err error) {
	var span, flags, derived string
	if err = s.Scan(&t.ID, &t.Revision, &t.Item, &t.Quote, &t.Indicator, &t.Bound, &t.Value, &t.Max, &t.From, &t.Unit, &t.Scope, &t.Period,
		&t.Start, &t.Deadline, &t.Hardness, &t.Aggregate, &t.Direction, &span, &t.Standing, &t.Document, &flags, &derived); err != nil {
		return t, err
	}
	return t, errors.Join(untext(span, &t.Span), untext(flags, &t.Flags), untext(derived, &t.Derived))
}

// loadTargets gives the targets of a plan that stand, each in its newest revision.
func loadTargets(q db.Querier, city int64, p id.Plan) ([]plan.Target, error) {
	all, err := everyTarget(q, city, p)
	return plan.Draft{Targets: all}.Parted().Targets, err
}

// everyTarget gives also those that were withdrawn or cancelled.
func everyTarget(q db.Querier, city int64, p id.Plan) ([]plan.Target, error) {
	all, err := db.Rows(q, scanTarget, "SELECT "+targetColumns+" FROM target WHERE city_id = $1"+ofPlan+byNumber, city, city, p)
	return plan.NewestTargets(all), err
}

// loadTarget gives the newest revision of a target.
func loadTarget(q db.Querier, city int64, t id.Target) (plan.Target, error) {
	return db.Row(q, scanTarget, "SELECT "+targetColumns+" FROM target WHERE city_id = $1 AND id = $2 ORDER BY revision DESC", city, t)
}

// firstTarget gives the first revision of a target.
func firstTarget(q db.Querier, city int64, t id.Target) (plan.Target, error) {
	return db.Row(q, scanTarget, "SELECT "+targetColumns+" FROM target WHERE city_id = $1 AND id = $2 ORDER BY revision", city, t)
}

func saveTargets(tx *db.Tx, city int64, targets []plan.Target) error {
	rows := make([][]any, len(targets))
	for i, t := range targets {
		rows[i] = []any{city, t.ID, t.Revision, t.Item, t.Quote, t.Indicator, t.Bound, t.Value, decimal(t.Max), decimal(t.From), t.Unit, t.Scope, t.Period,
			string(t.Start), string(t.Deadline), t.Hardness, t.Aggregate, t.Direction, text(t.Span), string(t.Standing), t.Document, text(t.Flags), text(t.Derived)}
	}
	return tx.Upsert("target", "city_id, id, revision", "city_id, "+savedTarget, rows)
}

func decimal(d *plan.Decimal) any {
	if d == nil {
		return nil
	}
	return int64(*d)
}

const milestoneColumns = `id, revision, item_id, title, due, hardness, proof, span, COALESCE(standing, ''), COALESCE(document_id, 0), flags, derived`

const savedMilestone = `id, revision, item_id, title, due, hardness, proof, span, standing, document_id, flags, derived`

func scanMilestone(s db.Scanner) (m plan.Milestone, err error) {
	var span, flags, derived string
	if err = s.Scan(&m.ID, &m.Revision, &m.Item, &m.Title, &m.Due, &m.Hardness, &m.Proof, &span, &m.Standing, &m.Document, &flags, &derived); err != nil {
		return m, err
	}
	return m, errors.Join(untext(span, &m.Span), untext(flags, &m.Flags), untext(derived, &m.Derived))
}

// loadMilestones gives the milestones of a plan that stand, each in its newest revision.
func loadMilestones(q db.Querier, city int64, p id.Plan) ([]plan.Milestone, error) {
	all, err := everyMilestone(q, city, p)
	return plan.Draft{Milestones: all}.Parted().Milestones, err
}

// everyMilestone gives also those that were withdrawn or cancelled.
func everyMilestone(q db.Querier, city int64, p id.Plan) ([]plan.Milestone, error) {
	all, err := db.Rows(q, scanMilestone, "SELECT "+milestoneColumns+" FROM milestone WHERE city_id = $1"+ofPlan+byNumber, city, city, p)
	return plan.NewestMilestones(all), err
}

// loadMilestone gives the newest revision of a milestone.
func loadMilestone(q db.Querier, city int64, m id.Milestone) (plan.Milestone, error) {
	return db.Row(q, scanMilestone, "SELECT "+milestoneColumns+" FROM milestone WHERE city_id = $1 AND id = $2 ORDER BY revision DESC", city, m)
}

func saveMilestones(tx *db.Tx, city int64, milestones []plan.Milestone) error {
	rows := make([][]any, len(milestones))
	for i, m := range milestones {
		rows[i] = []any{city, m.ID, m.Revision, m.Item, m.Title, string(m.Due), m.Hardness, m.Proof, text(m.Span), string(m.Standing), m.Document, text(m.Flags), text(m.Derived)}
	}
	return tx.Upsert("milestone", "city_id, id, revision", "city_id, "+savedMilestone, rows)
}

// freezeRevisions makes what was drafted the first revision, which stays for good.
func freezeRevisions(tx *db.Tx, city int64, p id.Plan) error {
	for _, table := range []string{"target", "milestone"} {
		if _, err := tx.Exec("UPDATE "+table+" SET revision = $4 WHERE city_id = $1"+ofPlan+" AND revision = 0", city, city, p, plan.FirstRevision); err != nil {
			return err
		}
	}
	return nil
}

package desk

import (
	"errors"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

const planColumns = "id, document_id, title, issuer, number, state, released, force_day, published_day, closed_day, approved_by, taken_by"

func scanPlan(s db.Scanner) (p plan.Plan, err error) {
	err = s.Scan(&p.ID, &p.Document, &p.Title, &p.Issuer, &p.Number, &p.State, &p.Released,
		&p.ForceDay, &p.PublishedDay, &p.ClosedDay, &p.ApprovedBy, &p.TakenBy)
	return p, err
}

func loadPlan(q db.Querier, city int64, p id.Plan) (plan.Plan, error) {
	return db.Row(q, scanPlan, "SELECT "+planColumns+" FROM plan WHERE city_id = $1 AND id = $2", city, p)
}

func listPlans(q db.Querier, city int64) ([]plan.Plan, error) {
	return db.Rows(q, scanPlan, "SELECT "+planColumns+" FROM plan WHERE city_id = $1 ORDER BY id DESC", city)
}

func savePlan(tx *db.Tx, city int64, p plan.Plan) error {
	if err := indexPlan(tx, city, p); err != nil {
		return err
	}
	return tx.Upsert("plan", "city_id, id", "city_id, "+planColumns, [][]any{{city, p.ID, p.Document, p.Title, p.Issuer, p.Number,
		string(p.State), number(p.Released), string(p.ForceDay), string(p.PublishedDay), string(p.ClosedDay), p.ApprovedBy, p.TakenBy}})
}

func saveDraft(tx *db.Tx, city int64, d plan.Draft) error {
	p := d.Plan.ID
	return errors.Join(
		saveNodes(tx, city, d.Plan.Document, d.Nodes),
		savePlan(tx, city, d.Plan),
		saveItems(tx, city, d.Items),
		savePlaces(tx, city, p, d.Items),
		saveTargets(tx, city, d.Targets),
		saveMilestones(tx, city, d.Milestones),
		savePhases(tx, city, p, d.Phases),
		saveQuestions(tx, city, p, 0, d.Questions),
	)
}

func loadDraft(q db.Querier, city int64, p id.Plan) (d plan.Draft, err error) {
	if d.Plan, err = loadPlan(q, city, p); err != nil {
		return d, err
	}
	var errs [9]error
	d.Nodes, errs[0] = loadNodes(q, city, d.Plan.Document)
	d.Items, errs[1] = everyItem(q, city, p)
	d.Targets, errs[2] = everyTarget(q, city, p)
	d.Milestones, errs[3] = everyMilestone(q, city, p)
	d.Phases, errs[4] = everyPhase(q, city, p)
	d.Questions, errs[5] = loadQuestions(q, city, p)
	d.Orders, errs[8] = loadOrders(q, city, p)
	if d.Plan.State != plan.Drafted {
		d.Amendments, errs[6] = loadChanges(q, city, p)
		d.Documents, errs[7] = loadEditions(q, city, p)
	}
	return d.Parted(), errors.Join(errs[:]...)
}

// ofPlan is the condition that a row's item belongs to a plan.
const ofPlan = " AND item_id IN (SELECT item_id FROM plan_item WHERE city_id = $2 AND plan_id = $3)"

// byNumber sorts promises. The sign keeps SQLite from walking through all those
// of the city in the order of their key, instead of looking up those of the items.
const byNumber = " ORDER BY +id, revision"

// deleteDraft takes a draft away with its document.
func deleteDraft(tx *db.Tx, city int64, p id.Plan) error {
	stands, err := loadPlan(tx, city, p)
	if err != nil {
		return err
	}
	if err := deleteRead(tx, city, stands); err != nil {
		return err
	}
	if err := forgetPlan(tx, city, p); err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM plan WHERE city_id = $1 AND id = $2", city, p); err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM document_table WHERE city_id = $1 AND document_id = $2", city, stands.Document); err != nil {
		return err
	}
	_, err = tx.Exec("DELETE FROM document WHERE city_id = $1 AND id = $2", city, stands.Document)
	return err
}

// deleteRead takes away what was read into a draft.
func deleteRead(tx *db.Tx, city int64, draft plan.Plan) error {
	p := draft.ID
	// An item that another plan shares stays with what hangs on it.
	const own = ofPlan + " AND item_id NOT IN (SELECT item_id FROM plan_item WHERE city_id = $2 AND plan_id <> $3)"
	for _, table := range []string{"target", "milestone"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE city_id = $1"+own, city, city, p); err != nil {
			return err
		}
	}
	items, err := db.Rows(tx, db.Value[id.Item], "SELECT item_id FROM plan_item WHERE city_id = $1"+own+" AND plan_id = $3 ORDER BY item_id", city, city, p)
	if err != nil {
		return err
	}
	for _, table := range []string{"question", "phase", "plan_item", "draft_step"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE city_id = $1 AND plan_id = $2", city, p); err != nil {
			return err
		}
	}
	if len(items) > 0 {
		if err := forgetItems(tx, city, items); err != nil {
			return err
		}
		// They were made in one go, so nobody else's lie between the first and the last but of other plans.
		if _, err := tx.Exec("DELETE FROM item WHERE city_id = $1 AND id >= $2 AND id <= $3 AND id NOT IN (SELECT item_id FROM plan_item WHERE city_id = $1)",
			city, items[0], items[len(items)-1]); err != nil {
			return err
		}
	}
	_, err = tx.Exec("DELETE FROM node WHERE city_id = $1 AND document_id = $2", city, draft.Document)
	return err
}

func savePhases(tx *db.Tx, city int64, p id.Plan, phases []plan.Phase) error {
	rows := make([][]any, len(phases))
	for i, f := range phases {
		rows[i] = []any{city, p, f.Ordinal, f.Node, f.Name, string(f.First), string(f.Last), text(f.Span), string(f.Standing), f.Document}
	}
	return tx.Upsert("phase", "city_id, plan_id, ordinal", "city_id, plan_id, ordinal, node, name, first_day, last_day, span, standing, document_id", rows)
}

// loadPhases gives the stages of a plan that stand.
func loadPhases(q db.Querier, city int64, p id.Plan) ([]plan.Phase, error) {
	all, err := everyPhase(q, city, p)
	return plan.Draft{Phases: all}.Parted().Phases, err
}

func everyPhase(q db.Querier, city int64, p id.Plan) ([]plan.Phase, error) {
	return db.Rows(q, func(s db.Scanner) (f plan.Phase, err error) {
		var span string
		if err = s.Scan(&f.Ordinal, &f.Node, &f.Name, &f.First, &f.Last, &span, &f.Standing, &f.Document); err != nil {
			return f, err
		}
		return f, untext(span, &f.Span)
	}, "SELECT ordinal, node, name, first_day, last_day, span, COALESCE(standing, ''), COALESCE(document_id, 0) FROM phase WHERE city_id = $1 AND plan_id = $2 ORDER BY ordinal", city, p)
}

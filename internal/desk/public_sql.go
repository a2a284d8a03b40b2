package desk

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

const publicPlanColumns = "id, document_id, title, issuer, number, state, released, force_day, published_day, closed_day"

func scanPublicPlan(s db.Scanner) (p plan.Plan, err error) {
	err = s.Scan(&p.ID, &p.Document, &p.Title, &p.Issuer, &p.Number, &p.State, &p.Released, &p.ForceDay, &p.PublishedDay, &p.ClosedDay)
	return p, err
}

func listReleasedPlans(q db.Querier, city int64) ([]plan.Plan, error) {
	return db.Rows(q, scanPublicPlan, "SELECT "+publicPlanColumns+" FROM plan WHERE city_id = $1 AND released = 1 ORDER BY id DESC", city)
}

// ofReleasedItems is the condition that a row belongs to a released item of a plan.
const ofReleasedItems = ` AND item_id IN (SELECT l.item_id FROM plan_item l JOIN item i ON i.city_id = l.city_id AND i.id = l.item_id
	WHERE l.city_id = $2 AND l.plan_id = $3 AND i.released = 1)`

func loadReleased(q db.Querier, city int64, p id.Plan) (out PublicPlan, err error) {
	if out.Plan, err = db.Row(q, scanPublicPlan, "SELECT "+publicPlanColumns+" FROM plan WHERE city_id = $1 AND id = $2 AND released = 1", city, p); err != nil {
		return out, err
	}
	var errs [9]error
	out.Text, errs[0] = db.Row(q, func(s db.Scanner) (text string, err error) {
		err = s.Scan(&text, &out.Format)
		return text, err
	},
		"SELECT text, COALESCE(format, '') FROM document WHERE city_id = $1 AND id = $2", city, out.Plan.Document)
	out.Tables, errs[7] = loadPublicTables(q, city, out.Plan.Document)
	out.Orders, errs[8] = loadReleasedOrders(q, city, p)
	out.Nodes, errs[1] = loadNodes(q, city, out.Plan.Document)
	out.Phases, errs[2] = loadPhases(q, city, p)
	out.Items, errs[3] = db.Rows(q, scanItem, selectItem+" AND i.released = 1"+inOrder, city, p)
	out.Targets, errs[4] = db.Rows(q, scanPublicTarget, "SELECT "+publicTargetColumns+" FROM target WHERE city_id = $1"+ofReleasedItems+byNumber, city, city, p)
	out.Milestones, errs[5] = db.Rows(q, scanPublicMilestone, "SELECT "+publicMilestoneColumns+" FROM milestone WHERE city_id = $1"+ofReleasedItems+byNumber, city, city, p)
	out.Questions, errs[6] = db.Rows(q, func(s db.Scanner) (plan.Question, error) { return scanPublicQuestion(s) },
		"SELECT "+publicQuestionColumns+` FROM question WHERE city_id = $1 AND plan_id = $2 AND state = $3 AND
		(item_id = 0 OR item_id IN (SELECT i.id FROM item i WHERE i.city_id = $4 AND i.released = 1)) ORDER BY ordinal`,
		city, p, string(plan.QuestionAnswered), city)
	return out, errors.Join(errs[:]...)
}

const publicTargetColumns = `id, revision, item_id, quote, indicator, bound, value, max_value, start_value, unit, scope, period, start_day, deadline, hardness, aggregate, direction, span`

func scanPublicTarget(s db.Scanner) (t plan.Target, err error) {
	var span string
	if err = s.Scan(&t.ID, &t.Revision, &t.Item, &t.Quote, &t.Indicator, &t.Bound, &t.Value, &t.Max, &t.From, &t.Unit, &t.Scope, &t.Period,
		&t.Start, &t.Deadline, &t.Hardness, &t.Aggregate, &t.Direction, &span); err != nil {
		return t, err
	}
	return t, untext(span, &t.Span)
}

const publicMilestoneColumns = `id, revision, item_id, title, due, hardness, proof, span`

func scanPublicMilestone(s db.Scanner) (m plan.Milestone, err error) {
	var span string
	if err = s.Scan(&m.ID, &m.Revision, &m.Item, &m.Title, &m.Due, &m.Hardness, &m.Proof, &span); err != nil {
		return m, err
	}
	return m, untext(span, &m.Span)
}

func releasedPlanOfItem(q db.Querier, city int64, i id.Item) (id.Plan, error) {
	return db.Row(q, db.Value[id.Plan], `SELECT p.id FROM plan p JOIN plan_item l ON l.city_id = p.city_id AND l.plan_id = p.id
		JOIN item i ON i.city_id = l.city_id AND i.id = l.item_id
		WHERE p.city_id = $1 AND i.id = $2 AND p.released = 1 AND i.released = 1 ORDER BY p.id`, city, i)
}

// titlesAtOnce is how many titles one statement reads, so that one text is prepared for all.
const titlesAtOnce = 50

var selectTitles = "SELECT i.id, i.title FROM item i WHERE i.city_id = $1 AND i.released = 1" + ofReleasedPlan + " AND i.id IN (" + placeholders(2, titlesAtOnce) + ")"

// ofReleasedPlan is the condition that an item stands in a released plan.
const ofReleasedPlan = ` AND EXISTS (SELECT 1 FROM plan_item l JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
	WHERE l.city_id = i.city_id AND l.item_id = i.id AND p.released = 1)`

func placeholders(from, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(all, ", ")
}

func releasedTitles(q db.Querier, city int64, items []id.Item) (map[id.Item]string, error) {
	titles := map[id.Item]string{}
	for some := range slices.Chunk(items, titlesAtOnce) {
		args := make([]any, 1+titlesAtOnce)
		args[0] = city
		for i := range titlesAtOnce {
			args[1+i] = id.Item(0)
			if i < len(some) {
				args[1+i] = some[i]
			}
		}
		_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
			var of id.Item
			var title string
			err = s.Scan(&of, &title)
			titles[of] = title
			return one, err
		}, selectTitles, args...)
		if err != nil {
			return nil, err
		}
	}
	return titles, nil
}

func upperUnits(q db.Querier, city int64) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND level <> $2 AND level <> $3 ORDER BY id",
		city, string(org.Township), string(org.Village))
}

// releasedRecords says of which records entries may be shown, docs/export.md section 2.
func loadReleasedRecords(q db.Querier, city int64) (releasedRecords, error) {
	r := releasedRecords{"plan": {}, "item": {}, "document": {}}
	for noun, text := range map[string]string{
		"plan":     "SELECT id FROM plan WHERE city_id = $1 AND released = 1",
		"item":     "SELECT id FROM item WHERE city_id = $1 AND released = 1",
		"document": "SELECT document_id FROM plan WHERE city_id = $1 AND released = 1",
	} {
		ids, err := db.Rows(q, db.Value[int64], text, city)
		if err != nil {
			return nil, err
		}
		for _, n := range ids {
			r[noun][id.Text(n)] = true
		}
	}
	return r, nil
}

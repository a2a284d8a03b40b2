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

// scanPublicPlan reads the public columns, and others that stand behind them.
func scanPublicPlan(s db.Scanner, others ...any) (p plan.Plan, err error) {
	err = s.Scan(append([]any{&p.ID, &p.Document, &p.Title, &p.Issuer, &p.Number, &p.State, &p.Released, &p.ForceDay, &p.PublishedDay, &p.ClosedDay}, others...)...)
	return p, err
}

func scanOpenPlan(s db.Scanner) (plan.Plan, error) { return scanPublicPlan(s) }

func listReleasedPlans(q db.Querier, city int64, also id.Plan) ([]plan.Plan, error) {
	return db.Rows(q, scanOpenPlan, "SELECT "+publicPlanColumns+" FROM plan WHERE city_id = $1 AND (released = 1 OR id = $2) ORDER BY id DESC", city, also)
}

// load gives a plan as everybody may see it, or says that it was taken back.
func (p *Public) load(s *sights, which id.Plan) (out PublicPlan, err error) {
	q, city, sight := s.q, s.city, s.plans[which]
	if sight == nil {
		day, err := withdrawnDay(q, city, which)
		return out, gone(day, err)
	}
	if out.Plan, err = db.Row(q, scanOpenPlan, "SELECT "+publicPlanColumns+" FROM plan WHERE city_id = $1 AND id = $2", city, which); err != nil {
		return out, err
	}
	out.Plan = p.asIf(out.Plan)
	var errs [10]error
	out.Text, errs[0] = db.Row(q, func(s db.Scanner) (text string, err error) {
		err = s.Scan(&text, &out.Format)
		return text, err
	},
		"SELECT text, COALESCE(format, '') FROM document WHERE city_id = $1 AND id = $2", city, out.Plan.Document)
	out.Tables, errs[1] = loadPublicTables(q, city, out.Plan.Document)
	out.Nodes, errs[2] = loadNodes(q, city, out.Plan.Document)
	out.Phases, errs[3] = loadPhases(q, city, which)
	out.Items, errs[4] = loadItems(q, city, which)
	out.Targets, errs[5] = db.Rows(q, scanPublicTarget, "SELECT "+publicTargetColumns+" FROM target WHERE city_id = $1"+ofPlan+byNumber, city, city, which)
	out.Milestones, errs[6] = db.Rows(q, scanPublicMilestone, "SELECT "+publicMilestoneColumns+" FROM milestone WHERE city_id = $1"+ofPlan+byNumber, city, city, which)
	out.Questions, errs[7] = db.Rows(q, func(s db.Scanner) (plan.Question, error) { return scanPublicQuestion(s) },
		"SELECT "+publicQuestionColumns+" FROM question WHERE city_id = $1 AND plan_id = $2 AND state = $3 ORDER BY ordinal", city, which, string(plan.QuestionAnswered))
	out.Hidden, errs[8] = sight.hidden(q, city)
	out.Orders, errs[9] = loadOrders(q, city, which)
	if err := errors.Join(errs[:]...); err != nil {
		return PublicPlan{}, err
	}
	return sight.cover(out), nil
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

// titlesAtOnce is how many titles one statement reads, so that one text is prepared for all.
const titlesAtOnce = 50

var selectTitles = "SELECT id, title FROM item WHERE city_id = $1 AND id IN (" + placeholders(2, titlesAtOnce) + ")"

func placeholders(from, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(all, ", ")
}

func loadTitles(q db.Querier, city int64, items []id.Item) (map[id.Item]string, error) {
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

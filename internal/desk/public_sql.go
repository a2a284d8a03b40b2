package desk

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
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

// load gives a plan as everybody may see it, or says that it was taken back. Where one
// item is asked for, nothing is known of what units said of the others.
func (p *Public) load(s *sights, which id.Plan, item id.Item) (out PublicPlan, err error) {
	q, city, sight := s.q, s.city, s.plans[which]
	if sight == nil {
		day, err := withdrawnDay(q, city, which)
		return out, gone(day, err)
	}
	if out.Plan, err = db.Row(q, scanOpenPlan, "SELECT "+publicPlanColumns+" FROM plan WHERE city_id = $1 AND id = $2", city, which); err != nil {
		return out, err
	}
	out.Plan = p.asIf(out.Plan)
	var errs [16]error
	errs[0] = out.loadText(q, city)
	out.Documents, errs[1] = loadPublicEditions(q, city, which)
	if len(out.Documents) > 0 {
		out.Differences, errs[2] = loadPublicDifferences(q, city, which)
	}
	out.Phases, errs[3] = everyPhase(q, city, which)
	out.Items, errs[4] = everyItem(q, city, which)
	out.Revisions.Targets, errs[5] = db.Rows(q, scanPublicTarget, "SELECT "+publicTargetColumns+" FROM target WHERE city_id = $1"+ofPlan+byNumber, city, city, which)
	out.Revisions.Milestones, errs[6] = db.Rows(q, scanPublicMilestone, "SELECT "+publicMilestoneColumns+" FROM milestone WHERE city_id = $1"+ofPlan+byNumber, city, city, which)
	out.Questions, errs[7] = db.Rows(q, func(s db.Scanner) (plan.Question, error) { return scanPublicQuestion(s) },
		"SELECT "+publicQuestionColumns+" FROM question WHERE city_id = $1 AND plan_id = $2 AND state = $3 ORDER BY ordinal", city, which, string(plan.QuestionAnswered))
	out.Orders, errs[8] = loadOrders(q, city, which)
	out.Amendments, errs[9] = loadPublicChanges(q, city, which)
	if len(out.Amendments) > 0 {
		out.Posts, errs[10] = postsOf(q, city, out.Amendments)
	}
	out.Hidden, errs[11] = sight.hidden(q, city, out.Plan.Document)
	errs[12] = sight.lookAtAll(q, city)
	said, err := loadPublicProgress(q, city, which, item)
	errs[13] = err
	out.Reached, errs[14] = publicReached(q, city, which)
	out.Rules, errs[15] = publicLampRules(q, city)
	if err := errors.Join(errs[:]...); err != nil {
		return PublicPlan{}, err
	}
	out = sight.cover(out)
	out.progressOn = func(day calendar.Day) map[id.Item][]PublicReport {
		return said.on(day, func(i id.Item) bool { return sight.items[i] }, sight.mask.Words)
	}
	out.Reports = out.progressOn(p.Today())
	out.Targets, out.Milestones = plan.NewestTargets(out.Revisions.Targets), plan.NewestMilestones(out.Revisions.Milestones)
	out.whole = out.Draft.Parted()
	out.Draft = out.whole.InDocument()
	return out, nil
}

// loadText loads the document that a plan stands on.
func (p *PublicPlan) loadText(q db.Querier, city int64) error {
	var errs [3]error
	p.Text, errs[0] = db.Row(q, func(s db.Scanner) (text string, err error) {
		err = s.Scan(&text, &p.Format)
		return text, err
	},
		"SELECT text, COALESCE(format, '') FROM document WHERE city_id = $1 AND id = $2", city, p.Plan.Document)
	p.Tables, errs[1] = loadPublicTables(q, city, p.Plan.Document)
	p.Nodes, errs[2] = loadNodes(q, city, p.Plan.Document)
	return errors.Join(errs[:]...)
}

// ofEditions adds the documents of plans that were issued anew; its condition follows.
const ofEditions = " UNION SELECT e.document_id FROM plan_document e JOIN plan p ON p.city_id = e.city_id AND p.id = e.plan_id WHERE e.city_id = $1 AND e.adopted_at > 0"

// postsOf names the posts that made amendments.
func postsOf(q db.Querier, city int64, all []plan.Amendment) (map[id.Post]string, error) {
	var which []id.Post
	for _, a := range all {
		which = append(which, a.Post)
	}
	names, err := namesOfPosts(q, city, which)
	out := map[id.Post]string{}
	for _, a := range all {
		out[a.Post] = names[a.Post.String()]
	}
	return out, err
}

const publicTargetColumns = `id, revision, item_id, quote, indicator, bound, value, max_value, start_value, unit, scope, period, start_day, deadline, hardness, aggregate, direction, span, COALESCE(standing, ''), COALESCE(document_id, 0)`

func scanPublicTarget(s db.Scanner) (t plan.Target, err error) {
	var span string
	if err = s.Scan(&t.ID, &t.Revision, &t.Item, &t.Quote, &t.Indicator, &t.Bound, &t.Value, &t.Max, &t.From, &t.Unit, &t.Scope, &t.Period,
		&t.Start, &t.Deadline, &t.Hardness, &t.Aggregate, &t.Direction, &span, &t.Standing, &t.Document); err != nil {
		return t, err
	}
	return t, untext(span, &t.Span)
}

const publicMilestoneColumns = `id, revision, item_id, title, due, hardness, proof, span, COALESCE(standing, ''), COALESCE(document_id, 0)`

func scanPublicMilestone(s db.Scanner) (m plan.Milestone, err error) {
	var span string
	if err = s.Scan(&m.ID, &m.Revision, &m.Item, &m.Title, &m.Due, &m.Hardness, &m.Proof, &span, &m.Standing, &m.Document); err != nil {
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
	return db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND level <> $2 AND level <> $3 AND to_day = '' ORDER BY id",
		city, string(org.Township), string(org.Village))
}

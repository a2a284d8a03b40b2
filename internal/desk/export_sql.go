package desk

import (
	"slices"
	"strconv"
	"strings"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// exportTable is one CSV of docs/export.md section 4. "/*released*/" in the query marks where the public condition goes.
type exportTable struct {
	name    string
	columns []string
	query   string
	public  string // condition of a public export
	row     func(s db.Scanner) ([]string, error)
}

func (t exportTable) rows(q db.Querier, city int64, public bool) ([][]string, error) {
	condition := ""
	if public {
		condition = t.public
	}
	text := strings.Replace(t.query, "/*released*/", condition, 1)
	return db.Rows(q, t.row, text, city)
}

// inForce is the condition that a plan is no draft; its alias is p.
const inForce = " AND p.state <> 'draft'"

// itemInForce is the condition that an item, named by a column of x, belongs to a plan that is no draft.
func itemInForce(column string) string {
	return ` AND ` + column + ` IN (SELECT l.item_id FROM plan_item l JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
		WHERE l.city_id = $1` + inForce + `)`
}

// neverReleased is the condition of tables that stay inside.
const neverReleased = " AND 1 = 0"

const releasedItem = " AND x.item_id IN (SELECT i.id FROM item i WHERE i.city_id = $1 AND i.released = 1)"

var exportTables = []exportTable{
	{"units", []string{"unit", "parent", "from", "to", "level", "name", "code"},
		"SELECT " + unitPastColumns + " FROM unit_past WHERE city_id = $1 UNION ALL SELECT " + unitColumns + " FROM unit WHERE city_id = $1 ORDER BY 1, 6", "",
		func(s db.Scanner) ([]string, error) {
			u, err := scanUnit(s)
			return []string{u.ID.String(), orNone(u.Parent), string(u.From), string(u.To), string(u.Level), u.Name, u.Code}, err
		}},
	{"unit_successors", []string{"unit", "successor", "from"},
		"SELECT unit_id, successor_id, from_day FROM unit_successor WHERE city_id = $1 ORDER BY unit_id, successor_id", "",
		func(s db.Scanner) ([]string, error) {
			var x org.Successor
			err := s.Scan(&x.Unit, &x.Successor, &x.From)
			return []string{x.Unit.String(), x.Successor.String(), string(x.From)}, err
		}},
	{"posts", []string{"post", "unit", "title", "to"},
		"SELECT id, unit_id, title, to_day FROM post WHERE city_id = $1 ORDER BY id", "",
		func(s db.Scanner) ([]string, error) {
			var p org.Post
			err := s.Scan(&p.ID, &p.Unit, &p.Title, &p.To)
			return []string{p.ID.String(), p.Unit.String(), p.Title, string(p.To)}, err
		}},
	{"plans", []string{"plan", "document", "title", "issuer", "number", "state", "released", "force_day", "published_day", "closed_day", "withdrawn_day"},
		"SELECT " + publicPlanColumns + ", COALESCE(withdrawn_day, '') FROM plan p WHERE city_id = $1" + inForce + "/*released*/ ORDER BY id", " AND p.released = 1",
		func(s db.Scanner) ([]string, error) {
			var withdrawn string
			p, err := scanPublicPlan(s, &withdrawn)
			return []string{p.ID.String(), p.Document.String(), p.Title, p.Issuer, p.Number, string(p.State), flag(p.Released),
				string(p.ForceDay), string(p.PublishedDay), string(p.ClosedDay), withdrawn}, err
		}},
	{"items", []string{"item", "title", "lead", "cooperating", "responsible", "period", "project", "released", "tags", "withdrawn_day", "standing"},
		`SELECT x.id, x.title, x.lead, x.cooperating, x.responsible, x.period, x.project, x.released, COALESCE(x.tags, '[]'), COALESCE(x.withdrawn_day, ''), COALESCE(x.standing, '')
			FROM item x WHERE x.city_id = $1` + itemInForce("x.id") + "/*released*/ ORDER BY x.id", " AND x.released = 1",
		func(s db.Scanner) ([]string, error) {
			var i plan.Item
			var tags, withdrawn string
			err := s.Scan(&i.ID, &i.Title, &i.Lead, &i.Cooperating, &i.Responsible, &i.Period, &i.Project, &i.Released, &tags, &withdrawn, &i.Standing)
			if err == nil {
				err = untext(tags, &i.Tags)
			}
			return []string{i.ID.String(), i.Title, i.Lead, i.Cooperating, i.Responsible, string(i.Period), flag(i.Project), flag(i.Released), strings.Join(i.Tags, "、"), withdrawn, string(i.Standing)}, err
		}},
	{"plan_items", []string{"plan", "item", "document", "node", "ordinal"},
		`SELECT x.plan_id, x.item_id, x.document_id, x.node, x.ordinal FROM plan_item x JOIN plan p ON p.city_id = x.city_id AND p.id = x.plan_id
			WHERE x.city_id = $1` + inForce + "/*released*/ ORDER BY x.plan_id, x.item_id", " AND p.released = 1" + releasedItem,
		func(s db.Scanner) ([]string, error) {
			var p id.Plan
			var i plan.Item
			err := s.Scan(&p, &i.ID, &i.Document, &i.Node, &i.Ordinal)
			return []string{p.String(), i.ID.String(), i.Document.String(), strconv.Itoa(i.Node), strconv.Itoa(i.Ordinal)}, err
		}},
	{"targets", []string{"target", "item", "revision", "quote", "indicator", "bound", "value", "max", "start_value", "unit", "scope", "period",
		"start", "deadline", "hardness", "aggregate", "direction", "spans", "standing"},
		"SELECT " + publicTargetColumns + " FROM target x WHERE city_id = $1" + itemInForce("x.item_id") + "/*released*/ ORDER BY id, revision", releasedItem,
		func(s db.Scanner) ([]string, error) {
			t, err := scanPublicTarget(s)
			return []string{t.ID.String(), t.Item.String(), strconv.Itoa(t.Revision), t.Quote, t.Indicator, t.Bound, t.Value.String(), figure(t.Max), figure(t.From),
				t.Unit, t.Scope, t.Period, string(t.Start), string(t.Deadline), t.Hardness, t.Aggregate, t.Direction, plan.Spans(t.Span), string(t.Standing)}, err
		}},
	{"milestones", []string{"milestone", "item", "revision", "title", "due", "hardness", "proof", "spans", "standing"},
		"SELECT " + publicMilestoneColumns + " FROM milestone x WHERE city_id = $1" + itemInForce("x.item_id") + "/*released*/ ORDER BY id, revision", releasedItem,
		func(s db.Scanner) ([]string, error) {
			m, err := scanPublicMilestone(s)
			return []string{m.ID.String(), m.Item.String(), strconv.Itoa(m.Revision), m.Title, string(m.Due), m.Hardness, m.Proof, plan.Spans(m.Span), string(m.Standing)}, err
		}},
	{"orders", []string{"item", "kind", "year", "serial", "words", "giver", "given"},
		"SELECT " + orderColumns + " FROM item_order x WHERE city_id = $1" + itemInForce("x.item_id") + "/*released*/ ORDER BY item_id", releasedItem,
		func(s db.Scanner) ([]string, error) {
			o, err := scanOrder(s)
			return []string{o.Item.String(), string(o.Kind), strconv.Itoa(o.Year), strconv.Itoa(o.Serial), o.Words, o.Giver, string(o.Given)}, err
		}},
	{"item_owners", []string{"item", "unit", "duty", "post"},
		"SELECT item_id, unit_id, duty, post_id FROM item_owner x WHERE city_id = $1/*released*/ ORDER BY item_id, unit_id", releasedItem,
		func(s db.Scanner) ([]string, error) {
			w, err := scanPublicOwner(s)
			return []string{w.Item.String(), w.Unit.String(), string(w.Duty), orNone(w.Post)}, err
		}},
	{"reports", []string{"item", "unit", "period", "revision", "state", "done", "on_behalf", "day", "standing", "decided_day"},
		"SELECT " + publicReportColumns + " FROM report x WHERE city_id = $1/*released*/ ORDER BY item_id, unit_id, period, revision", releasedItem,
		func(s db.Scanner) ([]string, error) {
			r, err := scanOpenReport(s)
			return []string{r.Item.String(), r.Unit.String(), string(r.Period), strconv.Itoa(r.Revision), string(r.State), r.Done, flag(r.OnBehalf), string(r.Day), string(r.Standing), string(r.Decided)}, err
		}},
	{"collections", []string{"collection", "kind", "by", "title", "plan", "item", "due", "started_day", "closed_day"},
		"SELECT " + collectionColumns + " FROM collection WHERE city_id = $1 AND started_day <> ''/*released*/ ORDER BY id", neverReleased,
		func(s db.Scanner) ([]string, error) {
			c, err := scanCollection(s)
			return []string{c.ID.String(), string(c.Kind), c.By.String(), c.Title, orNone(c.Plan), orNone(c.Item), string(c.Due), string(c.Started), string(c.Ended)}, err
		}},
	{"owed", []string{"collection", "unit", "standing", "revision", "sent_day", "on_behalf", "decided_day", "due"},
		"SELECT " + owedColumns + ownDue + " FROM collection_owed WHERE city_id = $1 AND collection_id IN (SELECT id FROM collection WHERE city_id = $1 AND started_day <> '')/*released*/ ORDER BY collection_id, unit_id", neverReleased,
		func(s db.Scanner) ([]string, error) {
			o, err := scanOwed(s)
			return []string{o.Collection.String(), o.Unit.String(), string(o.Standing), strconv.Itoa(o.Revision), string(o.Day), flag(o.OnBehalf), string(o.Decided), string(o.Due)}, err
		}},
	{"milestones_reached", []string{"milestone", "item", "unit", "revision", "on", "day", "standing"},
		"SELECT milestone_id, item_id, unit_id, revision, reached_day, confirmed_day, standing FROM milestone_reached x WHERE city_id = $1 AND confirmed_day <> ''/*released*/ ORDER BY milestone_id, revision", releasedItem,
		func(s db.Scanner) ([]string, error) {
			var r progress.Reached
			err := s.Scan(&r.Milestone, &r.Item, &r.Unit, &r.Revision, &r.On, &r.Decided, &r.Standing)
			return []string{r.Milestone.String(), r.Item.String(), r.Unit.String(), strconv.Itoa(r.Revision), string(r.On), string(r.Decided), string(r.Standing)}, err
		}},
	{"phases", []string{"plan", "ordinal", "name", "first", "last", "spans", "standing"},
		`SELECT x.plan_id, x.ordinal, x.name, x.first_day, x.last_day, x.span, COALESCE(x.standing, '') FROM phase x JOIN plan p ON p.city_id = x.city_id AND p.id = x.plan_id
			WHERE x.city_id = $1` + inForce + "/*released*/ ORDER BY x.plan_id, x.ordinal", " AND p.released = 1",
		func(s db.Scanner) ([]string, error) {
			var p id.Plan
			var f plan.Phase
			var span string
			if err := s.Scan(&p, &f.Ordinal, &f.Name, &f.First, &f.Last, &span, &f.Standing); err != nil {
				return nil, err
			}
			err := untext(span, &f.Span)
			return []string{p.String(), strconv.Itoa(f.Ordinal), f.Name, string(f.First), string(f.Last), plan.Spans(f.Span), string(f.Standing)}, err
		}},
	{"questions", []string{"question", "plan", "item", "ordinal", "state", "question_words", "answer", "spans"},
		`SELECT x.id, x.ordinal, x.kind, x.pattern, x.args, x.choices, x.span, x.item_id, x.target_id, x.milestone_id, x.state, x.chosen, x.words, 0, x.plan_id
			FROM question x JOIN plan p ON p.city_id = x.city_id AND p.id = x.plan_id WHERE x.city_id = $1` + inForce + "/*released*/ ORDER BY x.id",
		" AND p.released = 1 AND (x.item_id = 0 OR" + strings.TrimPrefix(releasedItem, " AND") + ")",
		exportedQuestion},
	{"plan_fields", []string{"plan", "kind", "released", "day"},
		`SELECT x.plan_id, x.kind, x.released, x.set_day FROM plan_field x JOIN plan p ON p.city_id = x.city_id AND p.id = x.plan_id
			WHERE x.city_id = $1/*released*/ ORDER BY x.plan_id, x.kind`, " AND p.released = 1",
		func(s db.Scanner) ([]string, error) {
			var p id.Plan
			var kind, day string
			var released bool
			err := s.Scan(&p, &kind, &released, &day)
			return []string{p.String(), kind, flag(released), day}, err
		}},
	{"changes", []string{"plan", "version", "part", "item", "kind", "approved_day", "source", "cause", "basis", "edits"},
		`SELECT x.plan_id, x.version, x.part, x.item_id, c.kind, c.approved_day, c.source_id, c.cause, c.basis, x.edits FROM plan_change_part x
			JOIN plan_change c ON c.city_id = x.city_id AND c.plan_id = x.plan_id AND c.version = x.version
			JOIN plan p ON p.city_id = x.city_id AND p.id = x.plan_id WHERE x.city_id = $1/*released*/ ORDER BY x.plan_id, x.version, x.part`,
		" AND p.released = 1 AND (x.item_id = 0 OR" + strings.TrimPrefix(releasedItem, " AND") + ")",
		exportedChange},
}

func exportedChange(s db.Scanner) ([]string, error) {
	var p id.Plan
	var version, part int
	var item id.Item
	var source id.Document
	var kind, day, cause, basis, column string
	if err := s.Scan(&p, &version, &part, &item, &kind, &day, &source, &cause, &basis, &column); err != nil {
		return nil, err
	}
	var edits []plan.Edit
	if err := untext(column, &edits); err != nil {
		return nil, err
	}
	return []string{p.String(), strconv.Itoa(version), strconv.Itoa(part), orNone(item), kind, day, orNone(source), cause, basis, plan.EditWords(edits)}, nil
}

// orNone writes an identifier; none is an empty cell.
func orNone[T interface {
	~int64
	String() string
}](n T) string {
	if n == 0 {
		return ""
	}
	return n.String()
}

func exportedQuestion(s db.Scanner) ([]string, error) {
	var p id.Plan
	q, err := scanPublicQuestion(s, &p)
	return []string{q.ID.String(), p.String(), orNone(q.Item), strconv.Itoa(q.Ordinal), string(q.State), plan.Fill(q.Pattern, q.Args), q.Says(), plan.Spans(q.Span)}, err
}

// coveredColumns are those whose texts may hold names or telephone numbers.
var coveredColumns = []string{"title", "issuer", "number", "lead", "cooperating", "responsible", "quote", "indicator", "unit", "scope", "proof", "name", "question_words", "answer", "tags", "words", "giver", "cause", "basis", "edits", "done"}

// coverRows covers what is kept back in the rows of public records, and drops those
// whose words are those of an item that is not public.
func (s *sights) coverRows(t exportTable, rows [][]string) (out [][]string, err error) {
	at := func(name string) int { return slices.Index(t.columns, name) }
	planAt, itemAt, spansAt := at("plan"), at("item"), at("spans")
	for _, row := range rows {
		var of []*planSight
		if planAt >= 0 {
			p := s.plan(row[planAt])
			if spansAt >= 0 {
				if away, err := p.touched(s.q, s.city, row[spansAt]); err != nil || away {
					if err != nil {
						return nil, err
					}
					continue
				}
			}
			of = append(of, p)
		}
		if itemAt >= 0 {
			of = append(of, s.item(row[itemAt])...)
		}
		for k, column := range t.columns {
			for _, p := range of {
				if slices.Contains(coveredColumns, column) {
					row[k] = coverField(p.mask, column, row[k])
				}
			}
		}
		out = append(out, row)
	}
	return out, nil
}

func flag(b bool) string { return strconv.FormatInt(number(b), 10) }

func figure(d *plan.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func exportedDocuments(q db.Querier, city int64, public bool) ([]id.Document, error) {
	condition := ""
	if public {
		condition = " AND p.released = 1"
	}
	return db.Rows(q, db.Value[id.Document], "SELECT document_id FROM plan p WHERE city_id = $1"+inForce+condition+ofEditions+inForce+condition+" ORDER BY document_id", city)
}

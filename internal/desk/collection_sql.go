package desk

import (
	"errors"
	"slices"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
)

// collectionColumns are all but the template, which may be large.
const collectionColumns = "id, kind, title, words, due_day, unit_id, plan_id, item_id, milestone_id, questions, items, state, started_day, closed_day, extensions"

func scanCollection(s db.Scanner) (c collection.Collection, err error) {
	return scanCollectionWith(s)
}

// scanCollectionWith reads the columns, and others that stand behind them.
func scanCollectionWith(s db.Scanner, others ...any) (c collection.Collection, err error) {
	var questions, items, extensions string
	err = s.Scan(append([]any{&c.ID, &c.Kind, &c.Title, &c.Words, &c.Due, &c.By, &c.Plan, &c.Item, &c.Milestone, &questions, &items, &c.State, &c.Started, &c.Ended, &extensions}, others...)...)
	if err == nil {
		err = errors.Join(untext(questions, &c.Questions), untext(items, &c.Items), untext(extensions, &c.Extended))
	}
	return c, err
}

// saveCollection keeps a collection with its template.
func saveCollection(tx *db.Tx, city int64, c collection.Collection) error {
	template, heads := "", ""
	if c.Template != nil {
		template, heads = text(c.Template), c.Template.Heads()
	}
	return tx.Upsert("collection", "city_id, id", "city_id, "+collectionColumns+", template, heads, post_id", [][]any{{city, c.ID, string(c.Kind), c.Title, c.Words, string(c.Due), c.By,
		c.Plan, c.Item, c.Milestone, text(c.Questions), text(c.Items), string(c.State), string(c.Started), string(c.Ended), text(c.Extended), template, heads, tx.Cmd().Actor}})
}

// loadCollection gives a collection with its template.
func loadCollection(q db.Querier, city int64, which id.Collection) (collection.Collection, error) {
	return db.Row(q, func(s db.Scanner) (c collection.Collection, err error) {
		var template string
		if c, err = scanCollectionWith(s, &template); err == nil && template != "" {
			c.Template = &collection.Template{}
			err = untext(template, c.Template)
		}
		return c, err
	}, "SELECT "+collectionColumns+", template FROM collection WHERE city_id = $1 AND id = $2", city, which)
}

// mostCollections is how many are listed.
const mostCollections = 300

// listCollections gives collections without their templates, the last first, but for those
// that were given up before anybody was asked.
func listCollections(q db.Querier, city int64) ([]collection.Collection, error) {
	return db.Rows(q, scanCollection, "SELECT "+collectionColumns+" FROM collection WHERE city_id = $1 AND (state <> 'closed' OR started_day <> '') ORDER BY id DESC LIMIT $2", city, mostCollections)
}

// milestonesAsked gives the milestones that became collections.
func milestonesAsked(q db.Querier, city int64) (map[id.Milestone]bool, error) {
	all, err := db.Rows(q, db.Value[int64], "SELECT milestone_id FROM collection WHERE city_id = $1 AND milestone_id > 0", city)
	out := map[id.Milestone]bool{}
	for _, m := range all {
		out[id.Milestone(m)] = true
	}
	return out, err
}

// clauseDeclined is a sentence of a plan that becomes no collection.
type clauseDeclined struct {
	Milestone id.Milestone
	Reason    string
	Day       calendar.Day
}

// clausesDeclined gives why sentences of plans become no collection.
func clausesDeclined(q db.Querier, city int64) (map[id.Milestone]clauseDeclined, error) {
	all, err := db.Rows(q, func(s db.Scanner) (d clauseDeclined, err error) {
		err = s.Scan(&d.Milestone, &d.Reason, &d.Day)
		return d, err
	}, "SELECT milestone_id, reason, declined_day FROM collection_declined WHERE city_id = $1", city)
	out := map[id.Milestone]clauseDeclined{}
	for _, d := range all {
		out[d.Milestone] = d
	}
	return out, err
}

func saveDeclined(tx *db.Tx, city int64, d clauseDeclined) error {
	return tx.Upsert("collection_declined", "city_id, milestone_id", "city_id, milestone_id, reason, declined_day, post_id", [][]any{{city, d.Milestone, d.Reason, string(d.Day), tx.Cmd().Actor}})
}

const owedColumns = "collection_id, unit_id, ordinal, own_rows, fields, standing, revision, first_day, sent_day, on_behalf, decided_day"

// ownDue is the day of a unit that was asked later; the column came after the table.
const ownDue = ", COALESCE(due_day, '')"

func scanOwed(s db.Scanner) (o collection.Owed, err error) {
	var rows string
	err = s.Scan(&o.Collection, &o.Unit, &o.Ordinal, &rows, &o.Fields, &o.Standing, &o.Revision, &o.First, &o.Day, &o.OnBehalf, &o.Decided, &o.Due)
	if err == nil {
		err = untext(rows, &o.Rows)
	}
	return o, err
}

func saveOwed(tx *db.Tx, city int64, all ...collection.Owed) error {
	rows := make([][]any, len(all))
	for i, o := range all {
		rows[i] = []any{city, o.Collection, o.Unit, o.Ordinal, text(o.Rows), o.Fields, string(o.Standing), o.Revision, string(o.First), string(o.Day), number(o.OnBehalf), string(o.Decided), string(o.Due)}
	}
	return tx.Upsert("collection_owed", "city_id, collection_id, unit_id", "city_id, "+owedColumns+", due_day", rows)
}

func owedOf(q db.Querier, city int64, c id.Collection) ([]collection.Owed, error) {
	return db.Rows(q, scanOwed, "SELECT "+owedColumns+ownDue+" FROM collection_owed WHERE city_id = $1 AND collection_id = $2 ORDER BY ordinal", city, c)
}

func owedBy(q db.Querier, city int64, c id.Collection, u id.Unit) (collection.Owed, error) {
	return db.Row(q, scanOwed, "SELECT "+owedColumns+ownDue+" FROM collection_owed WHERE city_id = $1 AND collection_id = $2 AND unit_id = $3", city, c, u)
}

var owedOfMany = "SELECT " + owedColumns + ownDue + " FROM collection_owed WHERE city_id = $1 AND collection_id IN (" + placeholders(2, ownersAtOnce) + ") ORDER BY collection_id, ordinal"

// owedOfAll gives what is owed to several collections.
func owedOfAll(q db.Querier, city int64, which []id.Collection) (map[id.Collection][]collection.Owed, error) {
	out := map[id.Collection][]collection.Owed{}
	for some := range slices.Chunk(which, ownersAtOnce) {
		all, err := db.Rows(q, scanOwed, owedOfMany, padded(city, some)...)
		if err != nil {
			return nil, err
		}
		for _, o := range all {
			out[o.Collection] = append(out[o.Collection], o)
		}
	}
	return out, nil
}

const answerColumns = "collection_id, unit_id, revision, answers, file_hash, file_name, file_bytes, on_behalf, standing, reasons, sent_day, decided_day"

func scanAnswer(s db.Scanner) (a collection.Answer, err error) {
	var values, reasons string
	var hash []byte
	var f collection.Attached
	err = s.Scan(&a.Collection, &a.Unit, &a.Revision, &values, &hash, &f.Name, &f.Size, &a.OnBehalf, &a.Standing, &reasons, &a.Day, &a.Decided)
	if len(hash) == len(f.Hash) {
		f.Hash = blob.Hash(hash)
		a.File = &f
	}
	if err == nil {
		err = untext(values, &a.Values)
	}
	if err == nil {
		err = untext(reasons, &a.Reasons)
	}
	return a, err
}

func saveAnswer(tx *db.Tx, city int64, a collection.Answer) error {
	hash, f := []byte{}, collection.Attached{}
	if a.File != nil {
		f = *a.File
		hash = f.Hash[:]
	}
	return tx.Upsert("collection_answer", "city_id, collection_id, unit_id, revision", "city_id, "+answerColumns+", post_id", [][]any{{city, a.Collection, a.Unit, a.Revision, text(a.Values),
		hash, f.Name, f.Size, number(a.OnBehalf), string(a.Standing), text(a.Reasons), string(a.Day), string(a.Decided), tx.Cmd().Actor}})
}

// putOffDraft makes room before the draft of a unit for an answer that is given on its behalf.
func putOffDraft(tx *db.Tx, city int64, draft collection.Answer) error {
	_, err := tx.Exec("UPDATE collection_answer SET revision = $1 WHERE city_id = $2 AND collection_id = $3 AND unit_id = $4 AND revision = $5 AND standing = 'draft'",
		draft.Revision+1, city, draft.Collection, draft.Unit, draft.Revision)
	return err
}

// answersOf gives all that a unit gave to a collection, the first revision first.
func answersOf(q db.Querier, city int64, c id.Collection, u id.Unit) ([]collection.Answer, error) {
	return db.Rows(q, scanAnswer, "SELECT "+answerColumns+" FROM collection_answer WHERE city_id = $1 AND collection_id = $2 AND unit_id = $3 ORDER BY revision", city, c, u)
}

// lastAnswers gives the last answer that each unit sent to a collection.
func lastAnswers(q db.Querier, city int64, c id.Collection) (map[id.Unit]collection.Answer, error) {
	all, err := db.Rows(q, scanAnswer, "SELECT "+answerColumns+" FROM collection_answer WHERE city_id = $1 AND collection_id = $2 AND standing <> 'draft' ORDER BY unit_id, revision", city, c)
	out := map[id.Unit]collection.Answer{}
	for _, a := range all {
		out[a.Unit] = a
	}
	return out, err
}

// earlierAnswer gives what a unit sent last to an earlier collection of the same heads.
func earlierAnswer(q db.Querier, city int64, c id.Collection, heads string, u id.Unit) (collection.Values, error) {
	all, err := db.Rows(q, db.Value[string], `SELECT a.answers FROM collection_answer a JOIN collection c ON c.city_id = a.city_id AND c.id = a.collection_id
		WHERE a.city_id = $1 AND a.unit_id = $2 AND c.heads = $3 AND c.id < $4 AND a.standing IN ('sent', 'accepted') ORDER BY a.collection_id DESC, a.revision DESC LIMIT 1`, city, u, heads, c)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	values := collection.Values{}
	return values, untext(all[0], &values)
}

const owedWithCollection = `SELECT c.id, c.kind, c.title, CASE WHEN o.due_day > c.due_day THEN o.due_day ELSE c.due_day END, c.started_day, c.unit_id, o.unit_id, o.fields, o.standing, o.revision, o.first_day, o.sent_day FROM collection_owed o
	JOIN collection c ON c.city_id = o.city_id AND c.id = o.collection_id WHERE o.city_id = $1`

func scanCollectionOwed(s db.Scanner) (o CollectionOwed, err error) {
	err = s.Scan(&o.Collection, &o.Kind, &o.Title, &o.Due, &o.Started, &o.By, &o.Unit, &o.Fields, &o.owed.Standing, &o.owed.Revision, &o.owed.First, &o.owed.Day)
	return o, err
}

var (
	owedOpen        = owedWithCollection + " AND c.state = 'open'"
	owedOpenOfUnits = owedOpen + " AND o.unit_id IN (" + placeholders(2, ownersAtOnce) + ")" + byDue
	owedStarted     = owedWithCollection + " AND c.state <> 'draft' AND c.started_day >= $2 AND c.started_day <= $3" + byDue
)

const byDue = " ORDER BY c.due_day, c.id, o.ordinal"

func openOwed(q db.Querier, city int64, units []id.Unit) (out []CollectionOwed, err error) {
	if units == nil {
		return db.Rows(q, scanCollectionOwed, owedOpen+byDue, city)
	}
	for some := range slices.Chunk(units, ownersAtOnce) {
		found, err := db.Rows(q, scanCollectionOwed, owedOpenOfUnits, padded(city, some)...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

var owedInMany = owedWithCollection + " AND o.collection_id IN (" + placeholders(2, ownersAtOnce) + ")" + byDue

// owedInAll gives all that is owed to several collections, running or not.
func owedInAll(q db.Querier, city int64, which []id.Collection) (out []CollectionOwed, err error) {
	for some := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(which))), ownersAtOnce) {
		found, err := db.Rows(q, scanCollectionOwed, owedInMany, padded(city, some)...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func startedOwed(q db.Querier, city int64, from, to calendar.Day) ([]CollectionOwed, error) {
	return db.Rows(q, scanCollectionOwed, owedStarted, city, string(from), string(to))
}

// askableItems gives the items that stand in plans in force.
func askableItems(q db.Querier, city int64) ([]AskableItem, error) {
	return db.Rows(q, func(s db.Scanner) (i AskableItem, err error) {
		err = s.Scan(&i.Plan, &i.Item, &i.Title)
		return i, err
	}, `SELECT l.plan_id, i.id, i.title FROM plan_item l JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id JOIN item i ON i.city_id = l.city_id AND i.id = l.item_id
		WHERE l.city_id = $1 AND p.state = 'in_force' AND COALESCE(i.standing, '') = '' ORDER BY l.plan_id DESC, l.ordinal`, city)
}

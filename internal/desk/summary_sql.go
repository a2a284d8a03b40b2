package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
	"luoshi/progress"
)

// shortenedOf gives what the office shortened of the reports on the items of a plan.
func shortenedOf(q db.Querier, city int64, p id.Plan) (map[reportPlace]progress.Shortened, error) {
	out := map[reportPlace]progress.Shortened{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var at reportPlace
		var short progress.Shortened
		err = s.Scan(&at.item, &at.unit, &at.period, &short.Revision, &short.Done, &short.Next, &short.Difficulty, &short.Need)
		out[at] = short
		return one, err
	}, "SELECT item_id, unit_id, period, revision, done, next_step, difficulty, need FROM summary_words WHERE city_id = $1"+ofPlan, city, city, p)
	return out, err
}

// reportPlace is of what a report is: an item, a unit and a period.
type reportPlace struct {
	item   id.Item
	unit   id.Unit
	period progress.Period
}

func saveShortened(tx *db.Tx, city int64, at reportPlace, s progress.Shortened) error {
	return tx.Upsert("summary_words", "city_id, item_id, unit_id, period", "city_id, item_id, unit_id, period, revision, done, next_step, difficulty, need, post_id",
		[][]any{{city, at.item, at.unit, string(at.period), s.Revision, s.Done, s.Next, s.Difficulty, s.Need, tx.Cmd().Actor}})
}

func deleteShortened(tx *db.Tx, city int64, at reportPlace) error {
	_, err := tx.Exec("DELETE FROM summary_words WHERE city_id = $1 AND item_id = $2 AND unit_id = $3 AND period = $4", city, at.item, at.unit, string(at.period))
	return err
}

func loadIntroduction(q db.Querier, city int64, p id.Plan, period progress.Period) (string, error) {
	found, err := db.Rows(q, db.Value[string], "SELECT introduction FROM summary_draft WHERE city_id = $1 AND plan_id = $2 AND period = $3", city, p, string(period))
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

func saveIntroduction(tx *db.Tx, city int64, p id.Plan, period progress.Period, words string) error {
	return tx.Upsert("summary_draft", "city_id, plan_id, period", "city_id, plan_id, period, introduction, post_id",
		[][]any{{city, p, string(period), words, tx.Cmd().Actor}})
}

// IssuedSummary is a summary that was issued: 〔2012〕第3期 of those that appear each month.
type IssuedSummary struct {
	ID     id.Summary
	Kind   progress.Every
	Year   int
	Serial int
	Period progress.Period
	Digest []byte // of its content
	Day    calendar.Day
	Post   string // by which it was issued
}

const issuedColumns = "e.id, e.kind, e.year, e.serial, e.period, e.digest, e.issued_day"

func scanIssued(s db.Scanner, more ...any) (e IssuedSummary, err error) {
	err = s.Scan(append([]any{&e.ID, &e.Kind, &e.Year, &e.Serial, &e.Period, &e.Digest, &e.Day}, more...)...)
	return e, err
}

// listIssued lists those of a plan, the newest first.
func listIssued(q db.Querier, city int64, p id.Plan) ([]IssuedSummary, error) {
	return db.Rows(q, func(s db.Scanner) (IssuedSummary, error) {
		var post string
		e, err := scanIssued(s, &post)
		e.Post = post
		return e, err
	}, "SELECT "+issuedColumns+`, COALESCE(p.title, '') FROM summary_edition e
		LEFT JOIN post p ON p.city_id = e.city_id AND p.id = e.post_id WHERE e.city_id = $1 AND e.plan_id = $2 ORDER BY e.id DESC`, city, p)
}

// chosenOf reads of the content of an edition what was chosen for it, which stands before its rows.
func chosenOf(content string) (c progress.SummaryChoice, err error) {
	d := json.NewDecoder(strings.NewReader(content))
	for depth := 0; ; {
		t, err := d.Token()
		switch {
		case err != nil:
			return c, fmt.Errorf("content of an edition: %w", err)
		case t == json.Delim('{') || t == json.Delim('['):
			depth++
		case t == json.Delim('}') || t == json.Delim(']'):
			depth--
		case depth == 1 && t == "Chosen":
			return c, d.Decode(&c)
		}
	}
}

// arrangedSince reports whether since a day units were given items of a plan, it was
// amended, or it was changed how often items are reported.
func arrangedSince(q db.Querier, city int64, p id.Plan, day calendar.Day) (bool, error) {
	for _, some := range []struct {
		text string
		args []any
	}{
		{"SELECT COUNT(*) FROM item_owner WHERE city_id = $1" + ofPlan + " AND set_day >= $4", []any{city, city, p, string(day)}},
		{"SELECT COUNT(*) FROM item_reporting WHERE city_id = $1" + ofPlan + " AND set_day >= $4", []any{city, city, p, string(day)}},
		{"SELECT COUNT(*) FROM plan_change WHERE city_id = $1 AND plan_id = $2 AND entered_at >= $3", []any{city, p, day.Time().UnixMicro()}},
	} {
		n, err := db.Row(q, db.Value[int], some.text, some.args...)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// periodsChangedSince gives the periods of which something was reported or decided since a
// day, of some items. Those of other plans are left out here: told to, SQLite would look
// through all that was ever said of the items.
func periodsChangedSince(q db.Querier, city int64, items []plan.Item, day calendar.Day) (out []progress.Period, err error) {
	of := map[id.Item]bool{}
	for _, i := range items {
		of[i.ID] = true
	}
	for _, column := range []string{"reported_day", "decided_day"} {
		_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
			var item id.Item
			var p progress.Period
			err = s.Scan(&item, &p)
			if of[item] && !slices.Contains(out, p) {
				out = append(out, p)
			}
			return one, err
		}, "SELECT DISTINCT item_id, period FROM report WHERE city_id = $1 AND "+column+" >= $2", city, string(day))
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// issuedOf gives what was issued of a plan each so often from one edition on, in the order
// in which it was.
func issuedOf(q db.Querier, city int64, p id.Plan, kind progress.Every, from id.Summary) (out []progress.Summary, err error) {
	contents, err := db.Rows(q, db.Value[string], "SELECT content FROM summary_edition WHERE city_id = $1 AND plan_id = $2 AND kind = $3 AND id >= $4 ORDER BY id", city, p, string(kind), from)
	if err != nil {
		return nil, err
	}
	out = make([]progress.Summary, len(contents))
	for i, c := range contents {
		if err := untext(c, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func loadIssued(q db.Querier, city int64, p id.Plan, which id.Summary) (e IssuedSummary, content string, err error) {
	e, err = db.Row(q, func(s db.Scanner) (IssuedSummary, error) { return scanIssued(s, &content) },
		"SELECT "+issuedColumns+", e.content FROM summary_edition e WHERE e.city_id = $1 AND e.plan_id = $2 AND e.id = $3", city, p, which)
	return e, content, err
}

// lastIssued is the highest number of a year, or 0.
func lastIssued(q db.Querier, city int64, p id.Plan, kind progress.Every, year int) (int, error) {
	return db.Row(q, db.Value[int], "SELECT COALESCE(MAX(serial), 0) FROM summary_edition WHERE city_id = $1 AND plan_id = $2 AND kind = $3 AND year = $4", city, p, string(kind), year)
}

func saveIssued(tx *db.Tx, city int64, p id.Plan, e IssuedSummary, content string) error {
	return tx.Insert("summary_edition", "city_id, id, plan_id, kind, year, serial, period, content, digest, issued_day, post_id",
		[][]any{{city, e.ID, p, string(e.Kind), e.Year, e.Serial, string(e.Period), content, e.Digest, string(e.Day), tx.Cmd().Actor}})
}

// issuedContent is an edition as it is stored.
type issuedContent struct {
	digest  []byte
	content string
}

// everyIssued gives all editions of a city, for an export.
func everyIssued(q db.Querier, city int64) ([]issuedContent, error) {
	return db.Rows(q, func(s db.Scanner) (e issuedContent, err error) {
		err = s.Scan(&e.digest, &e.content)
		return e, err
	}, "SELECT digest, content FROM summary_edition WHERE city_id = $1 ORDER BY id", city)
}

package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/web/public"
	"luoshi/org"
)

// secret is planted wherever the public may not look; as a number and as an identifier too.
const secret = "机密短语不得外泄"

const secretNumber = int64(4_242_424_242_424_242)

// plant writes the secret into every column that the registry marks internal or
// personal, for every row, and counts the columns.
func plant(t *testing.T, h *house) (columns int) {
	t.Helper()
	err := h.db.Local(t.Context(), func(tx *db.Tx) error {
		for _, table := range h.db.Tables() {
			for _, c := range table.Columns {
				if c.Sight == db.Public || keptApart[table.Name+"."+c.Name] != "" {
					continue
				}
				kind, err := db.Row(tx, db.Value[string], "SELECT type FROM pragma_table_info($1) WHERE name = $2", table.Name, c.Name)
				if err != nil {
					return err
				}
				if sealedIn[table.Name] != "" && kind == "BYTEA" {
					if err := plantSealed(tx, h.city, table.Name, c.Name); err != nil {
						return fmt.Errorf("%s.%s: %w", table.Name, c.Name, err)
					}
					columns++
					continue
				}
				var value any = secret
				switch {
				case kind == "BIGINT":
					value = secretNumber
				case kind == "BYTEA":
					value = []byte(secret)
				case table.Name == "plan" && c.Name == "keeping": // what it keeps back is told by it
					value = `{"names":["` + secret + `"],"telephones":[],"spared":[]}`
				case c.Name == "flags":
					value = `["` + secret + `"]`
				case c.Name == "derived", c.Name == "as_read":
					value = `{"value":"` + secret + `"}`
				}
				if _, err := tx.Exec("UPDATE "+table.Name+" SET "+c.Name+" = $1 WHERE city_id = $2", value, h.city); err != nil {
					return fmt.Errorf("%s.%s: %w", table.Name, c.Name, err)
				}
				columns++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

// sealedIn names, for each table whose columns of bytes are sealed, what their cells are called by.
var sealedIn = map[string]string{"account": "id", "ledger_words": "seq", "reminder_address": "account_id", "fact_person": "id", "fact_import": "id", "fact_import_part": "import_id", "unit_import": "id", "unit_import_part": "import_id", "fact_grid_draft": "unit_id"}

// plantSealed writes the secret into every cell of a column as its own value.
func plantSealed(tx *db.Tx, city int64, table, column string) error {
	cells, err := db.Rows(tx, db.Value[int64], "SELECT "+sealedIn[table]+" FROM "+table+" WHERE city_id = $1", city)
	if err != nil {
		return err
	}
	for _, n := range cells {
		sealed, err := tx.Seal(db.Cell{Table: table, Column: column, City: city, Record: n}, strings.Repeat("\x00", 32)+secret)
		if err != nil {
			return err
		}
		// Words that are nobody's own are not sealed.
		where := map[string]string{"ledger_words": " AND words = ''"}[table]
		if _, err := tx.Exec("UPDATE "+table+" SET "+column+" = $1 WHERE city_id = $2 AND "+sealedIn[table]+" = $3"+where, sealed, city, n); err != nil {
			return err
		}
	}
	return nil
}

// keptApart are columns that cannot hold a phrase, each with the reason.
var keptApart = map[string]string{
	"ledger_head.seq": "the log would not stand", "ledger_head.edge": "the log would not stand", "ledger_head.at": "the log would not stand",
	"ledger_head.last_id": "the log would not stand", "ledger_subject.noun": "entries would not be found", "ledger_subject.subject": "entries would not be found",
	"ledger_subject.seq": "entries would not be found", "command.id": "a key", "job.id": "a key", "sign_in_link.token_hash": "a key", "feed.token_hash": "a key", "session.token": "a key",
	"plan_release.plan_id": "a key", "plan_release.ordinal": "a key", "plan_preview.plan_id": "a key", "plan_preview.account_id": "a key",
	"draft_step.plan_id": "a key", "draft_step.seq": "a key", "account.id": "a key", "account.post_id": "a foreign key", "term.id": "a key", "term.account_id": "a foreign key", "term.post_id": "a foreign key", "credential.account_id": "a key", "credential.login_name": "one name an account",
	"lamp_hand.item_id": "a key", "lamp_hand.unit_id": "a key", "report_last.item_id": "a key", "report_last.unit_id": "a key",
	"order_about.item_id": "a key", "order_answer.item_id": "a key", "order_answer.ordinal": "a key",
	"summary_draft.plan_id": "a key", "summary_draft.period": "a key", "summary_words.item_id": "a key", "summary_words.unit_id": "a key", "summary_words.period": "a key",
	"summary_edition.id": "a key", "summary_edition.plan_id": "a key", "summary_edition.kind": "a key", "summary_edition.year": "a key", "summary_edition.serial": "a key",
	"unit_signing.unit_id": "a key", "item_reporting.item_id": "a key", "report_draft.unit_id": "a key", "report_draft.item_id": "a key", "report_draft.owner_id": "a key", "report_draft.period": "a key",
	"report_file.id": "a key", "report_file.item_id": "a foreign key", "report_file.unit_id": "a foreign key",
	"reminder.id": "a key", "reminder.number": "a key", "reminder.unit_id": "a foreign key", "reminder_thing.reminder_id": "a key", "reminder_thing.ordinal": "a key",
	"reminder_message.id": "a key", "reminder_gateway.channel": "a key", "reminder_address.account_id": "a key",
	"collection.id": "a key", "collection.unit_id": "a foreign key", "collection_owed.collection_id": "a key", "collection_owed.unit_id": "a key",
	"collection_declined.milestone_id": "a key", "collection_answer.collection_id": "a key", "collection_answer.unit_id": "a key", "collection_answer.revision": "a key",
	"goal_share_draft.goal_id": "a key", "goal_share_draft.above_id": "a key", "fact_person.id": "a key", "fact_close.unit_id": "a key", "fact_close.month": "a key",
	"fact_grid_draft.unit_id": "a key", "fact_grid_draft.month": "a key", "fact_evidence.hash": "a key", "fact_evidence.fact_id": "a key",
	"fact_import.id": "a key", "fact_import.unit_id": "a foreign key", "fact_import_part.import_id": "a key", "fact_import_part.part": "a key", "unit_import.id": "a key", "unit_import.under_id": "a foreign key", "unit_import_part.import_id": "a key", "unit_import_part.part": "a key", "fact_sheet_map.unit_id": "a key", "fact_sheet_map.heads": "a key", "fact_draw_secret.draw_id": "a key",
	"search_gram.rank": "a key", "search_gram.gram": "a key", "search_gram.subject": "a key", "search_build.source": "a key",
}

// secretsInPlan are words of a public plan's document that stay inside: those of an item
// that is not public, a name and a telephone number.
var secretsInPlan = []string{"不得外传的句子", "欧阳机密", "13842424242", "88004242"}

var withSecrets = strings.Replace(strings.Replace(leaflet, "各馆的工作方案", "不得外传的句子：各馆的工作方案", 1),
	"让读书的人更方便。", "让读书的人更方便。联系人：欧阳机密，手机13842424242，办公电话：0500-88004242。请欧阳机密同志负责。", 1)

func TestNothingInternalIsEverPublic(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire(secret, "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	shown := clerk.forced(withSecrets)
	for _, path := range []string{"/", "/plans/" + shown, "/en/plans/" + shown, "/data/plans", "/ledger", "/changes.rss"} {
		_, body, _ := h.stranger().send(h.asking(path))
		for _, word := range append(secretsInPlan, "图书馆服务月") {
			if strings.Contains(body, word) {
				t.Errorf("%s shows %q before anything is public", path, word)
			}
		}
	}
	items := leader.published(shown, 1)
	withheld := items[len(items)-1]
	// So is a table; the name of its sheet and how it was read are not.
	page := clerk.upload("/office/plans/new", 200, secret+".xlsx", excelFile(t, secret, taskRows...))
	tabled := planAddress.FindStringSubmatch(page)[1]
	clerk.post("/office/plans/"+tabled+"/tasks/columns", 200, "task", "1", "due", "2")
	clerk.post("/office/plans/"+tabled+"/heading", 200, "title", "任务分解表") // else the sheet named it
	clerk.answered(tabled)
	clerk.post("/office/plans/"+tabled+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08")
	items = append(items, leader.published(tabled, 0)...)
	review := clerk.get("/office/plans/"+shown, 200)
	for _, form := range targetForm.FindAllStringSubmatch(review, -1) {
		clerk.changed(form[1], 200, "value", "7", "change", "replan", "cause", "经费减了", "approved_by", secret, "approved_day", "2011-08-08")
	}
	clerk.post("/office/plans/"+shown+"/items/"+withheld, 200, "amends", "1", "change", "erratum", "cause", secret, "title", secret, "period", "month")
	// A draft, and a plan in force that is not public, hold the secret in every word.
	hidden := clerk.forced(strings.ReplaceAll(strings.ReplaceAll(leaflet, "送书下乡", secret), "图书馆", secret))
	draft := clerk.imported(secret + leaflet)
	// Units answer for all of it, and one says why it should not.
	var first string
	h.must(h.db.Read(t.Context(), func(v *db.View) error {
		n, err := db.Row(v, db.Value[id.Unit], "SELECT MAX(id) FROM unit WHERE city_id = $1", h.city)
		first = n.String()
		return err
	}))
	for _, p := range []string{shown, tabled, hidden} {
		assigned := []string{"lead", first}
		for _, row := range ownedRow.FindAllStringSubmatch(clerk.get("/office/plans/"+p+"/owners", 200), -1) {
			assigned = append(assigned, "items", row[1])
		}
		clerk.post("/office/plans/"+p+"/owners/set", 200, assigned...)
	}
	head := admin.hire("某单位负责人", "head", org.UnitHead)
	head.post("/office/duties/"+items[0]+"/object", 200, "unit", first, "reason", secret)
	// It reports on a public item; all but what was done stays inside.
	told := ""
	for _, m := range reportField.FindAllStringSubmatch(head.get("/office/progress", 200), -1) {
		if told == "" && m[1] != withheld && slices.Contains(items, m[1]) {
			told = m[1]
		}
	}
	of := func(name string) string { return name + "-" + told + "-" + first }
	blocked := []string{of("state"), "blocked", of("done"), "车修好了", of("next"), secret, of("difficulty"), secret, of("need"), secret, of("need_from"), secret}
	head.post("/office/progress", 200, append(blocked, "unit", first)...)
	clerk.post("/office/plans/"+shown+"/progress/"+told+"/return", 200, "unit", first, "period", "2011-08", "revision", "1", "reason", secret)
	head.post("/office/progress", 200, append(blocked, "unit", first, of("proof"), secret)...)
	// It is asked for something, gives it, and gets it back; all of that stays inside.
	asked := "/office/collections/" + collectionAddress.FindStringSubmatch(clerk.post("/office/collections/new", 200, "kind", "text", "title", secret, "words", secret,
		"due", "2011-08-31", "questions", secret, "units", first, "plan", shown, "item", told, "anyway", "1"))[1]
	head.post(strings.Replace(asked, "collections", "answers", 1), 200, "q1", secret)
	clerk.post(asked+"/answers/"+first, 200, "revision", "1", "return", "1", "why-q1", secret)
	for _, path := range []string{"/items/" + told, "/plans/" + shown} {
		if _, body, _ := h.stranger().send(h.asking(path)); !strings.Contains(body, "车修好了") || !strings.Contains(body, "受阻") {
			t.Errorf("%s does not show what was done", path)
		}
	}
	// It is chased, and replies.
	owed := []string{"channel", "copy", "by", "2011-08-20"}
	for _, box := range owedBox.FindAllStringSubmatch(clerk.get("/office/reminders?soon=1", 200), -1) {
		owed = append(owed, "owed", box[1])
	}
	clerk.post("/office/reminders/new", 200, owed...)
	head.post("/office/r/1", 200, "reply", secret)
	head.post("/office/reminders/address", 200, "mail", "head@anlan.example")
	h.tellsFacts()
	counted := h.counted(shown, told)
	if n := plant(t, h); n < 15 {
		t.Fatalf("only %d columns planted", n)
	}
	err := h.db.Local(t.Context(), func(tx *db.Tx) error {
		number, err := id.Parse(withheld)
		if err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE item SET title = $1, lead = $1, responsible = $1 WHERE city_id = $2 AND id = $3", secret, h.city, number)
		return err
	})
	h.must(err)

	var units []string
	h.must(h.db.Read(t.Context(), func(v *db.View) error {
		all, err := db.Rows(v, db.Value[int64], "SELECT id FROM unit WHERE city_id = $1", h.city)
		for _, n := range all {
			units = append(units, id.Text(n))
		}
		return err
	}))
	forbidden := append(slices.Clone(secretsInPlan), counted.hidden, secret, fmt.Sprint(secretNumber), id.Text(secretNumber), hidden, draft, withheld)
	reader := h.stranger()
	pages := 0
	for _, pattern := range public.Routes() {
		for _, path := range addresses(t, pattern, []string{shown, tabled, hidden, draft}, items, units, counted.facts) {
			for _, language := range []string{"", "/en"} {
				if strings.HasPrefix(pattern, "POST ") {
					continue // what it answers is the page of its form
				}
				r, err := http.NewRequest("GET", h.server.URL+language+path, nil)
				h.must(err)
				status, body, answer := reader.send(r)
				if status == http.StatusInternalServerError {
					t.Errorf("%s: broken", path)
				}
				if answer.Header.Get("Set-Cookie") != "" {
					t.Errorf("%s sets a cookie", path)
				}
				pages++
				for _, word := range forbidden {
					// The address that was asked for stands in the links to the other language.
					if strings.Contains(strings.ReplaceAll(body, path, ""), word) {
						t.Errorf("%s%s shows %q", language, path, word)
					}
				}
			}
		}
	}
	if pages < 40 {
		t.Errorf("only %d pages were walked", pages)
	}
	h.exportShowsNothing(forbidden)
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

// addresses fills a pattern with everything that it could be asked for. A
// pattern that it does not know fails the test: whoever adds a route says here
// how it is walked.
func addresses(t *testing.T, pattern string, plans, items, units, facts []string) []string {
	t.Helper()
	_, path, _ := strings.Cut(pattern, " ")
	path = strings.TrimSuffix(path, "{$}")
	var with []string
	switch {
	case strings.HasPrefix(path, "/plans/{"), strings.HasPrefix(path, "/data/plans/{"):
		with = plans
	case strings.HasPrefix(path, "/items/{"), strings.HasPrefix(path, "/data/items/{"):
		with = items
	case strings.HasPrefix(path, "/units/{"), strings.HasPrefix(path, "/data/units/{"):
		with = units
	case strings.HasPrefix(path, "/facts/{"):
		with = facts
	case strings.HasPrefix(path, "/draws/{"):
		with = items // none of them is a draw, and there is none
	case strings.HasPrefix(path, "/ledger/{"), strings.HasPrefix(path, "/data/ledger/{"):
		for seq := range 160 {
			with = append(with, fmt.Sprint(seq))
		}
	case path == "/ledger", path == "/data/ledger":
		return []string{path, path + "?before=30", path + "?before=60"}
	case !placeholder.MatchString(path):
		return []string{path}
	default:
		t.Fatalf("nobody knows how to walk %q", pattern)
	}
	var out []string
	for _, w := range with {
		out = append(out, placeholder.ReplaceAllString(path, w))
	}
	return out
}

func (h *house) exportShowsNothing(forbidden []string) {
	h.Helper()
	out := filepath.Join(h.TempDir(), "out")
	h.must(exportCommand{place: place{Data: h.path}, Out: out, Public: true}.Run(terminal{out: discard{}, err: discard{}}))
	files := 0
	h.must(filepath.WalkDir(out, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		files++
		for _, word := range forbidden {
			if strings.Contains(string(content), word) || strings.Contains(path, word) {
				h.Errorf("the public export shows %q in %s", word, path)
			}
		}
		return err
	}))
	if files < 10 {
		h.Errorf("only %d files in the export", files)
	}
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

// The office's own addresses are not for strangers.
func TestTheOfficeAsksWhoIsThere(t *testing.T) {
	h := open(t)
	clerk := h.found()
	plan := clerk.forced(leaflet)
	stranger := h.stranger()
	for _, path := range []string{"/office/", "/office/plans/" + plan, "/office/accounts", "/office/plans/new", "/en/office/"} {
		if page := stranger.get(path, 401); strings.Contains(page, "图书馆服务月") {
			t.Errorf("%s shows the plan", path)
		}
	}
}

package desk

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/org"
	"luoshi/tests/postgres"
)

// planted are the phrases that acts write into the personal columns of desk's
// tables. Whoever declares another such column says here how it is filled.
var planted = map[string]string{
	"account.name":         "", // of older versions; nothing is written into it any more
	"account.sealed_name":  "机密姓名甲乙丙",
	"account.sealed_phone": "13900001234567",

	"fact_person.sealed":      "机密学员丁戊己",
	"fact_import.sealed":      "机密名单庚辛壬.csv",
	"fact_import_part.sealed": "机密学员癸子丑",

	"fact_grid_draft.sealed": "机密草稿学员庚辛",

	"unit_import.sealed":      "机密单位名单寅卯.xlsx.txt",
	"unit_import_part.sealed": "机密站长辰巳午",

	"reminder_address.sealed_mail": "jimi.jiayibing@anlan.example",
}

// withSecrets opens an account whose holder is planted.
func (w *town) withSecrets() id.Account {
	w.Helper()
	account, err := w.office.OpenAccount(w.Context(), w.cmd(w.admin), NewAccount{Unit: "局办公室", Title: "机要岗",
		Name: planted["account.sealed_name"], Phone: planted["account.sealed_phone"], Roles: []org.Role{org.Clerk}})
	w.must(err)
	w.must(w.office.SetMailAddress(w.Context(), w.cmd(w.who(account)), planted["reminder_address.sealed_mail"]))
	trained, err := w.office.OpenIndicator(w.Context(), w.cmd(w.clerk), fact.Indicator{Name: "培训骨干" + account.String(), Measure: "人", Aggregation: fact.Distinct, Subjects: fact.Persons})
	w.must(err)
	_, err = w.office.ReportFactsBelow(w.Context(), w.cmd(w.clerk), w.bureau(), []FactTold{{Indicator: trained, Unit: w.bureau(), Day: w.office.Today(), Quantity: document.Whole(1),
		Subject: planted["fact_person.sealed"], Class: fact.OwnWord}}, fact.ByForm)
	w.must(err)
	sheet, err := w.office.OfferFacts(w.Context(), w.cmd(w.clerk), FactOffer{Unit: w.bureau(), Indicator: trained, FileName: planted["fact_import.sealed"],
		Content: []byte("姓名,日期\n" + planted["fact_import_part.sealed"] + ",2011-08-07\n")})
	w.must(err)
	f, err := w.office.FactImport(w.Context(), w.clerk, sheet)
	w.must(err)
	f.Reading.Put, f.Reading.Why = []FactPut{{fact.SheetSpot{Row: 2, Column: 1}, planted["fact_import_part.sealed"]}}, planted["fact_import_part.sealed"]
	w.must(w.office.ReadFactsAs(w.Context(), w.cmd(w.clerk), sheet, f.Reading))
	cell := fact.GridSpot{Unit: w.bureau(), Indicator: trained}.Field()
	w.must(w.office.KeepFactGrid(w.Context(), w.cmd(w.clerk), w.bureau(), fact.Month(w.office.Today()), GridTyped{Cells: map[string]string{cell: planted["fact_grid_draft.sealed"]}, Pasted: planted["fact_grid_draft.sealed"]}))
	_, err = w.office.OfferUnits(w.Context(), w.cmd(w.clerk), UnitOffer{FileName: planted["unit_import.sealed"], Content: []byte("县\t联系方式\n云溪县\t" + planted["unit_import_part.sealed"] + "\n")})
	w.must(err)
	return account
}

// readsAs is what the list of accounts shows.
func (w *town) readsAs(account id.Account) Account {
	w.Helper()
	all, err := w.office.Accounts(w.Context(), w.admin)
	w.must(err)
	for _, a := range all {
		if a.ID == account {
			return a
		}
	}
	w.Fatalf("account %s is not in the list", account)
	return Account{}
}

// raw gives the bytes of a database file and its log of writes.
func (w *town) raw(folder string) (raw []byte) {
	w.Helper()
	for _, name := range []string{db.File, db.File + "-wal"} {
		b, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			w.Fatal(err)
		}
		raw = append(raw, b...)
	}
	return raw
}

// holdsNothing finds planted phrases in the bytes of the database, in those of a copy, and
// in the files that are kept.
func (w *town) holdsNothing(when string) {
	w.Helper()
	for column, phrase := range planted {
		if phrase != "" && w.filesHold(phrase) {
			w.Errorf("%s: %s stands in clear in a file", when, column)
		}
	}
	copied := w.TempDir()
	w.must(w.db.Copy(w.Context(), 1, copied, func(int64, int64) {}))
	for where, folder := range map[string]string{"the database": w.folder, "a copy": copied} {
		raw := w.raw(folder)
		if where == "a copy" && len(raw) < 4096 {
			w.Errorf("%s: only %d bytes in %s: nothing was looked at", when, len(raw), where)
		}
		for column, phrase := range planted {
			if phrase != "" && bytes.Contains(raw, []byte(phrase)) {
				w.Errorf("%s: %s stands in clear in %s", when, column, where)
			}
		}
	}
}

// filesHold reports whether a phrase stands in a file that is kept, or in its name.
func (w *town) filesHold(phrase string) (found bool) {
	w.Helper()
	w.must(filepath.WalkDir(filepath.Join(w.folder, "blob"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		found = found || strings.Contains(path, phrase) || bytes.Contains(content, []byte(phrase))
		return err
	}))
	return found
}

// A walk through the registry: no personal column of desk's tables, nor the words
// of the ledger, hold anything in clear, in the file, beside it, in a copy, and
// after closing.
func TestPersonalColumnsHoldNothingInClear(t *testing.T) {
	w := newTown(t)
	account := w.withSecrets()
	if a := w.readsAs(account); a.Name != planted["account.sealed_name"] || a.Phone != planted["account.sealed_phone"] {
		t.Fatalf("the list shows %q %q", a.Name, a.Phone)
	}
	walked := 0
	tables := append(Schema().Tables, db.Table{Name: "ledger_words", Columns: db.Columns(db.Personal, "sealed", "words")})
	for _, table := range tables {
		for _, c := range table.Columns {
			phrase, known := planted[table.Name+"."+c.Name]
			if c.Sight != db.Personal {
				continue
			}
			if !known && table.Name != "ledger_words" {
				t.Errorf("%s.%s is personal, and nobody says how it is filled and sealed", table.Name, c.Name)
			}
			walked++
			var values [][]byte
			w.must(w.db.Read(t.Context(), func(v *db.View) (err error) {
				values, err = db.Rows(v, db.Value[[]byte], "SELECT "+c.Name+" FROM "+table.Name+" WHERE city_id = $1", 1)
				return err
			}))
			filled := 0
			for _, value := range values {
				if len(value) > 0 {
					filled++
				}
				for column, p := range planted {
					if p != "" && bytes.Contains(value, []byte(p)) {
						t.Errorf("%s.%s holds %s in clear", table.Name, c.Name, column)
					}
				}
			}
			if known && (filled > 0) != (phrase != "") {
				t.Errorf("%s.%s: %d values of %d", table.Name, c.Name, filled, len(values))
			}
		}
	}
	if walked < len(planted) {
		t.Errorf("only %d personal columns", walked)
	}
	w.holdsNothing("while it is open")
	w.must(w.db.Close())
	w.closed = true
	if raw := w.raw(w.folder); bytes.Contains(raw, []byte(planted["account.sealed_name"])) {
		t.Error("the name stands in clear in the closed file")
	}
}

// asOld makes the database what a version before the sealing left behind.
func (w *town) asOld(account id.Account) {
	w.Helper()
	w.must(w.db.Local(w.Context(), func(tx *db.Tx) error {
		entries, err := db.EntriesAbout(tx, 1, "account", int64(account))
		if err != nil {
			return err
		}
		for _, l := range entries {
			salt, words, err := db.WordsOf(tx, l)
			if err != nil {
				return err
			}
			if salt == nil {
				continue
			}
			if _, err := tx.Exec("UPDATE ledger_words SET sealed = $1, salt = $2, words = $3 WHERE city_id = $4 AND seq = $5", nil, salt, words, 1, l.Seq); err != nil {
				return err
			}
		}
		_, err = tx.Exec("UPDATE account SET name = $1, sealed_name = $2 WHERE city_id = $3 AND id = $4", planted["account.sealed_name"], nil, 1, account)
		return err
	}))
}

// What an older version kept in clear is read, then sealed, and reads the same.
func TestNamesInClearAreSealed(t *testing.T) {
	w := newTown(t)
	account := w.withSecrets()
	w.asOld(account)
	before := w.readsAs(account)
	if before.Name != planted["account.sealed_name"] || w.who(account).Name != before.Name {
		t.Fatalf("in clear it reads as %q", before.Name)
	}
	if raw := w.raw(w.folder); len(raw) > 0 && !bytes.Contains(raw, []byte(before.Name)) {
		t.Fatal("nothing stands in clear: the test shows nothing")
	}
	for _, want := range []int{1, 0} {
		if n, err := w.office.SealPlain(t.Context()); n != want || err != nil {
			t.Errorf("%d accounts sealed, want %d: %v", n, want, err)
		}
	}
	w.must(w.db.Scrub(t.Context()))
	if after := w.readsAs(account); after.Name != before.Name || after.Phone != before.Phone || after.State != before.State || after.Post != before.Post {
		t.Errorf("sealed it reads as %+v", after)
	}
	w.commitmentsHold(account, true)
	w.holdsNothing("after sealing")
}

// commitmentsHold opens the words of the entries about an account and holds them
// to what the entries commit to.
func (w *town) commitmentsHold(account id.Account, kept bool) {
	w.Helper()
	opened := 0
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		entries, err := db.EntriesAbout(v, 1, "account", int64(account))
		for _, l := range entries {
			if l.Entry.Words == nil {
				continue
			}
			salt, words, err := db.WordsOf(v, l)
			if err != nil {
				return err
			}
			if salt == nil {
				continue
			}
			opened++
			if ledger.Commit([32]byte(salt), words) != *l.Entry.Words {
				w.Errorf("entry %d: words and salt are not what it commits to", l.Seq)
			}
		}
		return err
	}))
	if (opened > 0) != kept {
		w.Errorf("words of %d entries open", opened)
	}
}

// More than one commit's worth of old names is sealed, each under its own row.
func TestManyNamesInClearAreSealed(t *testing.T) {
	w := newTown(t)
	const many = 2*sealAtOnce + 7
	w.must(w.db.Local(t.Context(), func(tx *db.Tx) error {
		var rows [][]any
		for n := range many {
			rows = append(rows, []any{1, 1000 + n, w.admin.Post, "老账号" + strings.Repeat("某", n%5+1), "open"})
		}
		return tx.Insert("account", "city_id, id, post_id, name, state", rows)
	}))
	if n, err := w.office.SealPlain(t.Context()); n != many || err != nil {
		t.Fatalf("%d sealed: %v", n, err)
	}
	for n := range many {
		if a := w.readsAs(id.Account(1000 + n)); a.Name != "老账号"+strings.Repeat("某", n%5+1) {
			t.Errorf("%d reads as %q", n, a.Name)
		}
	}
	if sealed, err := w.office.CheckPersonalKey(t.Context()); !sealed || err != nil {
		t.Errorf("%v %v", sealed, err)
	}
}

// with is the same city, opened with another key or none.
func (w *town) with(key []byte) *town {
	w.Helper()
	other := w.TempDir()
	w.must(w.db.Copy(w.Context(), 1, other, func(int64, int64) {}))
	d, err := db.Open(w.Context(), other, db.Options{PersonalKey: key, Now: w.db.Now}, Schema())
	w.must(err)
	w.Cleanup(func() { d.Close() })
	o := *w
	o.db, o.office, o.public = d, NewOffice(d, w.office.blobs, 1), NewPublic(d, 1)
	o.n += 1000
	return &o
}

func TestWithoutTheRightKey(t *testing.T) {
	w := newTown(t)
	plan := w.forced(small).Plan.ID
	w.publish(plan, w.review(plan).Items[0].ID)
	for name, c := range map[string]struct {
		key  []byte
		want error
	}{"none": {nil, db.ErrNoPersonalKey}, "another": {bytes.Repeat([]byte{1}, 32), db.ErrSealed}} {
		o := w.with(c.key)
		if sealed, err := o.office.CheckPersonalKey(t.Context()); !sealed || !errors.Is(err, c.want) {
			t.Errorf("%s: %v %v", name, sealed, err)
		}
		// Pages that need no names go on; a name that does not open is empty.
		if who := o.who(w.clerk.Account); who.Name != "" || who.Title != w.clerk.Title {
			t.Errorf("%s: %+v", name, who)
		}
		if _, err := o.office.Plan(t.Context(), w.clerk, plan); err != nil {
			t.Errorf("%s: the plan: %v", name, err)
		}
		if lines, _, err := o.public.Ledger(t.Context(), 0, 50); err != nil || len(lines) == 0 {
			t.Errorf("%s: the ledger: %v", name, err)
		}
		o.must(o.office.CloseAccount(t.Context(), o.cmd(w.admin), w.clerk.Account))
		// A full export must not say that words were erased which are only closed.
		err := o.office.Export(t.Context(), FullExport, testSigner(t), func(string, []byte) error { return nil }, func(int64, int64) {})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: exported: %v", name, err)
		}
		if err := o.office.Export(t.Context(), PublicExport, testSigner(t), func(string, []byte) error { return nil }, func(int64, int64) {}); err != nil {
			t.Errorf("%s: a public export needs no name: %v", name, err)
		}
	}
	if _, err := w.with(nil).office.OpenAccount(t.Context(), w.cmd(w.admin), NewAccount{Unit: "局办公室", Title: "岗", Name: "某某", Roles: org.Roles}); !errors.Is(err, db.ErrNoPersonalKey) {
		t.Errorf("an account was opened without the key: %v", err)
	}
	// One value that was damaged does not make the key the wrong one.
	w.must(w.db.Local(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE account SET sealed_name = $1 WHERE city_id = $2 AND id = $3", []byte{1, 2, 3}, 1, w.admin.Account)
		return err
	}))
	if sealed, err := w.office.CheckPersonalKey(t.Context()); !sealed || err != nil {
		t.Errorf("one damaged: %v %v", sealed, err)
	}
	if who := w.who(w.admin.Account); who.Name != "" || who.Account != w.admin.Account {
		t.Errorf("one damaged: %+v", who)
	}
}

// A city in which nothing is sealed takes any key.
func TestAnEmptyCityTakesAnyKey(t *testing.T) {
	d, err := db.Open(t.Context(), t.TempDir(), db.Options{Database: postgres.Fresh(t), Spread: postgres.Spread}, Schema())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if sealed, err := NewOffice(d, nil, 1).CheckPersonalKey(t.Context()); sealed || err != nil {
		t.Errorf("%v %v", sealed, err)
	}
}

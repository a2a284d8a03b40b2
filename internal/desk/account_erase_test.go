package desk

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/org"

	"golang.org/x/mod/sumdb/note"
)

func testSigner(t *testing.T) note.Signer {
	t.Helper()
	secret, _, err := ledger.NewKey(rand.Reader, "luoshi/test")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func TestErasingAnAccount(t *testing.T) {
	w := newTown(t)
	account := w.withSecrets()
	if err := w.office.EraseAccount(t.Context(), w.cmd(w.admin), account); !fault.Is(err, fault.Conflict) {
		t.Errorf("erased while in use: %v", err)
	}
	w.must(w.office.CloseAccount(t.Context(), w.cmd(w.admin), account))
	if err := w.office.EraseAccount(t.Context(), w.cmd(w.clerk), account); !fault.Is(err, fault.Denied) {
		t.Errorf("erased by a clerk: %v", err)
	}
	if err := w.office.EraseAccount(t.Context(), w.cmd(w.admin), w.admin.Account); !errors.Is(err, errOwnErasing) {
		t.Errorf("erased oneself: %v", err)
	}
	if err := w.office.EraseAccount(t.Context(), w.cmd(w.admin), 12345); !fault.Is(err, fault.Missing) {
		t.Errorf("erased nobody: %v", err)
	}
	before, sealed := w.entries(), w.sealedBytes(account)

	for _, b := range sealed {
		if raw := w.raw(w.folder); len(raw) > 0 && !bytes.Contains(raw, b) {
			t.Fatal("the sealed bytes are not in the file: the test shows nothing")
		}
	}

	cmd := w.cmd(w.admin)
	for range 2 { // the same form twice
		w.must(w.office.EraseAccount(t.Context(), cmd, account))
	}
	w.must(w.office.EraseAccount(t.Context(), w.cmd(w.admin), account)) // and another one
	w.must(w.office.CloseAccount(t.Context(), w.cmd(w.admin), account)) // a page that was still open
	w.isErased(account)
	after := w.entries()
	if len(after) != len(before)+1 {
		t.Fatalf("%d entries were added", len(after)-len(before))
	}
	last := after[len(after)-1]
	if last.Kind != org.KindAccountErased || last.Class != ledger.Internal || last.Subject("account") != account.String() || last.Actor != w.admin.Post.String() || last.Entry.Words != nil {
		t.Errorf("entered %+v", last.Entry)
	}
	if closed := before[len(before)-1]; closed.Class != last.Class {
		t.Errorf("closing is %s, erasing %s", closed.Class, last.Class)
	}
	for i := range before {
		if !bytes.Equal(before[i].Body, after[i].Body) {
			t.Errorf("entry %d changed", i)
		}
	}
	var jobs []Job
	w.must(w.db.Read(t.Context(), func(v *db.View) (err error) {
		jobs, err = db.Jobs(v, 1, 10)
		return err
	}))
	if len(jobs) != 1 || jobs[0].Kind != JobErased || jobs[0].Subject != int64(account) {
		t.Errorf("jobs %+v", jobs)
	}
	// What it was sealed as is gone from the file too, so that no key brings it back.
	w.must(w.db.Fold(t.Context()))
	for _, b := range sealed {
		if len(b) > 0 && bytes.Contains(w.raw(w.folder), b) {
			t.Errorf("%d sealed bytes are still in the file", len(b))
		}
	}
	w.holdsNothing("after erasing")
	// Others are whole.
	if who := w.who(w.clerk.Account); who.Name != "周明远" {
		t.Errorf("another reads as %q", who.Name)
	}
	w.commitmentsHold(w.clerk.Account, true)
	words := 0
	w.must(w.office.Export(t.Context(), FullExport, testSigner(t), func(path string, content []byte) error {
		if path == "log/words.csv" {
			words = strings.Count(string(content), "\n")
			if bytes.Contains(content, []byte(planted["account.sealed_name"])) || !bytes.Contains(content, []byte("周明远")) {
				t.Error("the words of the export are not those that are kept")
			}
		}
		return nil
	}, func(int64, int64) {}))
	if words < 10 {
		t.Errorf("%d lines of words in the export", words)
	}
}

// sealedBytes are all values that are sealed about an account.
func (w *town) sealedBytes(account id.Account) (all [][]byte) {
	w.Helper()
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		for _, text := range []string{"SELECT sealed_name FROM account WHERE city_id = $1 AND id = $2", "SELECT sealed_phone FROM account WHERE city_id = $1 AND id = $2",
			"SELECT w.sealed FROM ledger_words w JOIN ledger_subject s ON s.city_id = w.city_id AND s.seq = w.seq WHERE w.city_id = $1 AND s.subject = $2 AND w.sealed IS NOT NULL"} {
			found, err := db.Rows(v, db.Value[[]byte], text, 1, account)
			if err != nil {
				return err
			}
			all = append(all, found...)
		}
		return nil
	}))
	if len(all) != 3 {
		w.Fatalf("%d sealed values", len(all))
	}
	return all
}

// isErased finds what is still known of somebody.
func (w *town) isErased(account id.Account) {
	w.Helper()
	a := w.readsAs(account)
	if a.State != org.AccountErased || a.Name != "" || a.Phone != "" || a.Title == "" || a.Unit == "" || a.Post == 0 {
		w.Errorf("erased it reads as %+v", a)
	}
	if _, err := w.office.Who(w.Context(), account); !errors.Is(err, errSignedOut) {
		w.Errorf("somebody can still act: %v", err)
	}
	w.commitmentsHold(account, false)
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		n, err := db.Row(v, db.Value[int], "SELECT COUNT(*) FROM account WHERE city_id = $1 AND id = $2 AND name = '' AND sealed_name IS NULL AND sealed_phone IS NULL", 1, account)
		if n != 1 {
			w.Error("something is kept in the row")
		}
		return err
	}))
}

// A city that was put back to an earlier day: whoever was erased since is erased
// again, whatever state the account was in, and once only.
func TestErasingAgain(t *testing.T) {
	w := newTown(t)
	open, closed, erased, old := w.withSecrets(), w.withSecrets(), w.withSecrets(), w.withSecrets()
	for _, account := range []id.Account{closed, erased} {
		w.must(w.office.CloseAccount(t.Context(), w.cmd(w.admin), account))
	}
	w.must(w.office.EraseAccount(t.Context(), w.cmd(w.admin), erased))
	w.asOld(old)
	before := len(w.entries())
	later := id.Account(id.Next(0, time.Now())) // opened after the backup: not here
	list := []id.Account{open, closed, erased, later, old, open}
	again, err := w.office.EraseAgain(t.Context(), list...)
	w.must(err)
	if len(again) != 3 || again[0] != open || again[1] != closed || again[2] != old {
		t.Errorf("erased again: %v", again)
	}
	for _, account := range []id.Account{open, closed, erased, old} {
		w.isErased(account)
	}
	added := w.entries()[before:]
	if len(added) != 3 {
		t.Errorf("%d entries", len(added))
	}
	for _, e := range added {
		if e.Kind != org.KindAccountErased || e.Actor != "" {
			t.Errorf("entered %s by %q", e.Kind, e.Actor)
		}
	}
	if again, err := w.office.EraseAgain(t.Context(), list...); len(again) != 0 || err != nil || len(w.entries()) != before+3 {
		t.Errorf("a second time: %v %v", again, err)
	}
	if again, err := w.office.EraseAgain(t.Context()); len(again) != 0 || err != nil {
		t.Errorf("nobody: %v %v", again, err)
	}
	if who := w.who(w.clerk.Account); who.Name != "周明远" {
		t.Errorf("another reads as %q", who.Name)
	}
	w.must(w.db.Scrub(t.Context()))
	w.holdsNothing("after erasing again")
}

func TestPhoneOfAnAccount(t *testing.T) {
	w := newTown(t)
	for phone, good := range map[string]bool{"": true, "0500-8800 1200 转 3": true, "1\n2": false, strings.Repeat("9", 61): false} {
		_, err := w.office.OpenAccount(t.Context(), w.cmd(w.admin), NewAccount{Unit: "局办公室", Title: "岗", Name: "某某", Phone: phone, Roles: org.Roles})
		if (err == nil) != good {
			t.Errorf("%q: %v", phone, err)
		}
	}
}

package desk

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
)

// nameInSheet is a name that stands in a sheet, and what its file is called by.
const nameInSheet = "机密学员"

// sheetOfPersons gives in a sheet that names persons.
func (w *counting) sheetOfPersons(persons int) FactCheck {
	w.Helper()
	var list strings.Builder
	list.WriteString("村,日期,姓名\n")
	for k := range persons {
		fmt.Fprintf(&list, "%s,2011-09-%02d,%s%04d\n", []string{"上塘村", "下塘村"}[k%2], k%28+1, nameInSheet, k)
	}
	f, err := w.office.OfferFacts(w.Context(), w.cmd(w.station), FactOffer{FileName: nameInSheet + ".csv", Content: []byte(list.String()), Unit: w.township, Indicator: w.trained, Year: 2011})
	w.must(err)
	c := w.looked(f)
	if c.Wrong != 0 || len(c.Told)+len(c.Repeats) != persons || c.Import.FileName != nameInSheet+".csv" {
		w.Fatalf("%d told\n%s", len(c.Told), saidOf(c))
	}
	return c
}

// kept counts the parts of a sheet that are kept, sealed, and how much is said of it.
func (w *town) kept(k sheetKind, which int64) (parts, said int) {
	w.Helper()
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		all, err := db.Rows(v, db.Value[[]byte], "SELECT sealed FROM "+k.parts+" WHERE city_id = $1 AND import_id = $2", 1, which)
		w.must(err)
		one, err := db.Row(v, db.Value[[]byte], "SELECT sealed FROM "+k.table+" WHERE city_id = $1 AND id = $2", 1, which)
		parts, said = len(all), len(one)
		return err
	}))
	return parts, said
}

// nothingInClear finds the name in the database, the files, and the log of writes.
func (w *town) nothingInClear(when string) {
	w.Helper()
	if bytes.Contains(w.raw(w.folder), []byte(nameInSheet)) || w.filesHold(nameInSheet) {
		w.Errorf("%s: names stand in clear", when)
	}
}

// ended looks at a sheet of which nothing is to be kept any more.
func (w *counting) ended(when string, which id.FactImport, state ImportState, done int64) {
	w.Helper()
	f, err := w.office.FactImport(w.Context(), w.station, which)
	w.must(err)
	if parts, said := w.kept(factSheets, int64(which)); parts+said != 0 || f.State != state || f.Done != done || f.FileName != "" || f.Decided == "" {
		w.Errorf("%s: %d parts and %d bytes are kept: %+v", when, parts, said, f)
	}
	if _, err := w.office.CheckFacts(w.Context(), w.station, which); !errors.Is(err, ErrMissing) {
		w.Errorf("%s: it is read again: %v", when, err)
	}
	w.nothingInClear(when)
}

// However a sheet ends, nothing of what it says is kept; and while it is needed, sealed.
func TestNothingOfASheetIsKept(t *testing.T) {
	w := newCounting(t)
	small := w.sheetOfPersons(3)
	if parts, said := w.kept(factSheets, int64(small.Import.ID)); parts != 1 || said == 0 {
		t.Fatalf("%d parts, %d bytes: there is nothing to be deleted", parts, said)
	}
	w.nothingInClear("looked at")
	cmd := w.cmd(w.station)
	for range 2 { // sent again, it has the same answer
		w.must(w.office.ApplyFacts(t.Context(), cmd, small.Import.ID, small.Digest))
	}
	w.ended("taken over", small.Import.ID, ImportApplied, 3)
	f, err := w.office.OfferFacts(t.Context(), w.cmd(w.station), FactOffer{Content: []byte("村,日期,姓名\n上塘村,2011-09-01," + nameInSheet + "0000\n"), Unit: w.township, Indicator: w.trained, Year: 2011})
	w.must(err)
	if c := w.looked(f); c.Counts != (FactCounts{Repeated: 1}) {
		t.Errorf("given in again: %+v", c.Counts)
	}

	large := w.sheetOfPersons(mostFacts + 10)
	w.must(w.office.ApplyFacts(t.Context(), w.cmd(w.station), large.Import.ID, large.Digest))
	if parts, said := w.kept(factSheets, int64(large.Import.ID)); parts != 2 || said != 0 {
		t.Errorf("%d parts, %d bytes", parts, said)
	}
	w.nothingInClear("waiting to be taken over")
	w.must(w.office.TakeFactsOver(t.Context(), large.Import.ID))
	w.ended("taken over by a job", large.Import.ID, ImportApplied, mostFacts+7) // 3 are known
}

// What is given up, left lying or cannot go on is deleted too.
func TestASheetThatIsNotTakenOverIsDeleted(t *testing.T) {
	w := newCounting(t)
	dropped, left, later := w.sheetOfPersons(3).Import.ID, w.sheetOfPersons(3).Import.ID, id.FactImport(0)
	w.must(w.office.DropFacts(t.Context(), w.cmd(w.station), dropped))
	w.ended("given up", dropped, ImportDropped, 0)
	if err := w.office.DropFacts(t.Context(), w.cmd(w.station), dropped); !errors.Is(err, errSheetDecided) {
		t.Errorf("given up twice: %v", err)
	}
	jobs := NewJobs(w.db, nil, 1)
	w.later(SheetDays - 1)
	later = w.sheetOfPersons(3).Import.ID
	w.must(jobs.DropSheets(t.Context()))
	if parts, _ := w.kept(factSheets, int64(left)); parts != 1 {
		t.Error("deleted too early")
	}
	w.later(1)
	for range 2 {
		w.must(jobs.DropSheets(t.Context()))
	}
	w.ended("left lying", left, ImportDropped, 0)
	if parts, _ := w.kept(factSheets, int64(later)); parts != 1 {
		t.Error("one that was given in later is deleted with it")
	}
	// A unit ends while a large sheet waits.
	large := w.sheetOfPersons(mostFacts + 1)
	w.must(w.office.ApplyFacts(t.Context(), w.cmd(w.station), large.Import.ID, large.Digest))
	w.must(w.office.CloseUnit(t.Context(), w.cmd(w.admin), w.second, "2011-09-05"))
	w.must(w.office.TakeFactsOver(t.Context(), large.Import.ID))
	w.ended("stopped", large.Import.ID, ImportStopped, 0)
}

// asOlder makes of a sheet what a version left behind that kept sheets among the files.
func (w *counting) asOlder(c FactCheck, content string) blob.Hash {
	w.Helper()
	file, err := w.office.blobs.Put([]byte(content))
	w.must(err)
	rows, err := w.office.blobs.Put([]byte(text(c.Told)))
	w.must(err)
	w.must(w.db.Local(w.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("DELETE FROM fact_import_part WHERE city_id = $1 AND import_id = $2", 1, c.Import.ID); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE fact_import SET sealed = NULL, file_hash = $1, rows_hash = $2, file_name = $3, read_as = $4, digest = $5 WHERE city_id = $6 AND id = $7",
			file[:], rows[:], nameInSheet+".csv", text(c.Import.Reading), c.Digest, 1, c.Import.ID)
		return err
	}))
	return file
}

// The sheets of older versions are sealed as far as they are needed, and their files go;
// a file that something else names stays.
func TestSheetsOfOlderVersionsAreSealed(t *testing.T) {
	w := newCounting(t)
	content := func(who string) string { return "村,日期,姓名\n上塘村,2011-09-01," + who + "\n" }
	older := func(who string) (FactCheck, blob.Hash) {
		f, err := w.office.OfferFacts(t.Context(), w.cmd(w.station), FactOffer{Content: []byte(content(who)), Unit: w.township, Indicator: w.trained, Year: 2011})
		w.must(err)
		c := w.looked(f)
		return c, w.asOlder(c, content(who))
	}
	draft, _ := older(nameInSheet + "甲")
	lost, file := older(nameInSheet + "乙")
	w.must(w.office.blobs.Remove(file))
	applied, _ := older(nameInSheet + "丙")
	applying, _ := older(nameInSheet + "丁")
	shown, proof := older("看得见的人") // somebody gave the same file in as evidence
	taken, err := w.office.StoreEvidence(w.station, []byte(content("看得见的人")))
	w.must(err)
	told := FactTold{Indicator: w.shows, Unit: w.first, Day: calendar.Day("2011-09-01"), Quantity: 10000, Class: "C", Evidence: taken}
	_, err = w.office.ReportFactsBelow(t.Context(), w.cmd(w.station), w.township, []FactTold{told}, "form")
	w.must(err)
	w.must(w.db.Local(t.Context(), func(tx *db.Tx) error {
		for _, one := range []struct {
			c     FactCheck
			state ImportState
		}{{applied, ImportApplied}, {applying, ImportApplying}, {shown, ImportApplied}} {
			if _, err := tx.Exec("UPDATE fact_import SET state = $1, decided_day = $2 WHERE city_id = $3 AND id = $4", string(one.state), "2011-10-20", 1, one.c.Import.ID); err != nil {
				return err
			}
		}
		return nil
	}))
	if !w.filesHold(nameInSheet) {
		t.Fatal("nothing stands in clear: the test shows nothing")
	}
	for _, want := range []int{5, 0} {
		if n, err := w.office.SealSheets(t.Context()); n != want || err != nil {
			t.Fatalf("%d sheets, want %d: %v", n, want, err)
		}
	}
	w.must(w.db.Fold(t.Context()))
	if _, err := os.Stat(filepath.Join(w.folder, "blob", hex.EncodeToString(proof[:1]), hex.EncodeToString(proof[:]))); err != nil {
		t.Errorf("the evidence is gone: %v", err)
	}
	if c := w.looked(draft.Import.ID); c.Digest != draft.Digest || c.Import.FileName != nameInSheet+".csv" {
		t.Errorf("the sheet reads otherwise: %+v", c.Import)
	}
	w.must(w.office.TakeFactsOver(t.Context(), applying.Import.ID))
	w.ended("applying", applying.Import.ID, ImportApplied, 1)
	w.ended("applied", applied.Import.ID, ImportApplied, 0)
	if f, err := w.office.FactImport(t.Context(), w.station, lost.Import.ID); err != nil || f.State != ImportDropped {
		t.Errorf("of which the file is gone: %+v %v", f, err)
	}
}

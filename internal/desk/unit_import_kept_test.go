package desk

import (
	"errors"
	"strings"
	"testing"
	"time"

	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
)

// listOfHeads is a list that names who heads a unit, which is not read.
func listOfHeads(county, who string) []byte {
	return []byte("县\t负责人\n" + county + "\t" + who + "\n")
}

// givesList gives such a list in, in a file that is called by a name, and looks at it.
func (w *town) givesList(county string) UnitCheck {
	w.Helper()
	u, err := w.office.OfferUnits(w.Context(), w.cmd(w.clerk), UnitOffer{FileName: nameInSheet + ".tsv", Content: listOfHeads(county, nameInSheet), From: "2011-08-08"})
	w.must(err)
	c := w.checked(u)
	if c.Changes == nil || c.Counts().Added != 1 || c.Import.FileName != nameInSheet+".tsv" {
		w.Fatalf("%+v", c.Import)
	}
	return c
}

// listEnded looks at a list of which nothing is to be kept any more.
func (w *town) listEnded(when string, which id.UnitImport, state ImportState) {
	w.Helper()
	u, err := w.office.UnitImport(w.Context(), w.clerk, which)
	w.must(err)
	if parts, said := w.kept(unitLists, int64(which)); parts+said != 0 || u.State != state || u.FileName != "" || u.Digest != "" || u.Decided == "" {
		w.Errorf("%s: %d parts and %d bytes are kept: %+v", when, parts, said, u)
	}
	if _, err := w.office.CheckUnits(w.Context(), w.clerk, which); !errors.Is(err, ErrMissing) {
		w.Errorf("%s: it is read again: %v", when, err)
	}
	w.nothingInClear(when)
}

// However a list of units ends, nothing of what it says is kept; and while it is needed, sealed.
func TestNothingOfAListIsKept(t *testing.T) {
	w := newTown(t)
	taken, dropped, left, stopped := w.givesList("云溪县"), w.givesList("临江县").Import.ID, w.givesList("望潮区").Import.ID, w.givesList("青山县")
	if parts, said := w.kept(unitLists, int64(taken.Import.ID)); parts != 1 || said == 0 {
		t.Fatalf("%d parts, %d bytes: there is nothing to be deleted", parts, said)
	}
	w.nothingInClear("looked at")
	cmd := w.cmd(w.clerk)
	w.must(w.office.ApplyUnits(t.Context(), cmd, taken.Import.ID, taken.Digest))
	w.nothingInClear("waiting to be taken over")
	w.must(w.office.TakeUnitsOver(t.Context(), taken.Import.ID))
	w.must(w.office.ApplyUnits(t.Context(), cmd, taken.Import.ID, taken.Digest)) // sent again, it has the same answer
	w.listEnded("taken over", taken.Import.ID, ImportApplied)
	if err := w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), taken.Import.ID, taken.Digest); !errors.Is(err, errListDecided) {
		t.Errorf("decided on twice: %v", err)
	}
	w.must(w.office.DropUnits(t.Context(), w.cmd(w.clerk), dropped))
	w.listEnded("given up", dropped, ImportDropped)
	for what, cmd := range map[string]db.Cmd{"twice": w.cmd(w.clerk), "by the approver": w.cmd(w.leader)} {
		if err := w.office.DropUnits(t.Context(), cmd, dropped); err == nil {
			t.Errorf("given up %s", what)
		}
	}
	// It had moved, and so it waits: looked at again it is all there.
	w.must(w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), stopped.Import.ID, w.checked(stopped.Import.ID).Digest))
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	again := w.givesList("青山县")
	w.takenOver(again)
	w.must(w.office.TakeUnitsOver(t.Context(), stopped.Import.ID))
	moved := w.checked(stopped.Import.ID)
	if moved.Import.State != ImportMoved || moved.Import.FileName == "" || !moved.Changes.Nothing() {
		t.Fatalf("%+v", moved.Import)
	}
	w.nothingInClear("moved")
	// What is left lying is given up, with what came back.
	jobs := NewJobs(w.db, nil, 1)
	w.now = w.now.Add((SheetDays - 1) * 24 * time.Hour)
	later := w.givesList("江口县").Import.ID
	w.must(jobs.DropSheets(t.Context()))
	if parts, _ := w.kept(unitLists, int64(left)); parts != 1 {
		t.Error("deleted too early")
	}
	w.now = w.now.Add(24 * time.Hour)
	for range 2 {
		w.must(jobs.DropSheets(t.Context()))
	}
	w.listEnded("left lying", left, ImportDropped)
	w.listEnded("moved and left lying", moved.Import.ID, ImportDropped)
	if parts, _ := w.kept(unitLists, int64(later)); parts != 1 {
		t.Error("one that was given in later is deleted with it")
	}
	// What cannot go on is deleted too.
	w.must(w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), later, w.checked(later).Digest))
	ended := w.countyCalled(top, "青山县")
	w.must(w.office.CloseUnit(t.Context(), w.cmd(w.admin), ended, "2011-09-08"))
	w.must(w.db.Local(t.Context(), func(tx *db.Tx) error { // as if it had begun below a unit that is no longer there
		u, err := loadUnitImport(tx, 1, later)
		if err != nil {
			return err
		}
		u.Reading.Under, u.Done = ended, 1
		return saveUnitImport(tx, 1, u)
	}))
	w.must(w.office.TakeUnitsOver(t.Context(), later))
	w.listEnded("stopped", later, ImportStopped)
}

func (w *town) countyCalled(top id.Unit, name string) (found id.Unit) {
	w.Helper()
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		all, err := unitsUnder(v, 1, top, "2011-08-20")
		for _, u := range all {
			if u.Name == name {
				found = u.ID
			}
		}
		return err
	}))
	return found
}

// Of a list without heads not even a hash of its first row is kept: somebody would try names on it.
func TestTheFirstRowOfAListWithoutHeadsIsNotRemembered(t *testing.T) {
	w := newTown(t)
	c := w.offered("云溪县\t"+nameInSheet+"\n临江县\t\n", "2011-08-08")
	if c.Import.Reading.Form.Head != 0 || c.Import.Heads == "" {
		t.Fatalf("%+v", c.Import)
	}
	w.must(w.office.DropUnits(t.Context(), w.cmd(w.clerk), c.Import.ID))
	if u, err := w.office.UnitImport(t.Context(), w.clerk, c.Import.ID); err != nil || u.Heads != "" {
		t.Errorf("%+v %v", u, err)
	}
}

// asOlderList makes of a list what a version left behind that kept lists among the files.
func (w *town) asOlderList(c UnitCheck, content []byte, state ImportState) blob.Hash {
	w.Helper()
	file, err := w.office.blobs.Put(content)
	w.must(err)
	w.must(w.db.Local(w.Context(), func(tx *db.Tx) error {
		if err := unitLists.deleteParts(tx, 1, int64(c.Import.ID)); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE unit_import SET sealed = NULL, file_hash = $1, file_name = $2, heads = $3, digest = $4, state = $5, counts = $6 WHERE city_id = $7 AND id = $8",
			file[:], nameInSheet+".tsv", c.Import.Heads, []byte("a digest"), string(state), text(c.Counts()), 1, c.Import.ID)
		return err
	}))
	return file
}

// The lists of older versions are sealed as far as they are needed, and their files go, also
// one that was given in twice.
func TestListsOfOlderVersionsAreSealed(t *testing.T) {
	w := newTown(t)
	older := func(county string, state ImportState) (UnitCheck, blob.Hash) {
		c := w.givesList(county)
		return c, w.asOlderList(c, listOfHeads(county, nameInSheet), state)
	}
	draft, _ := older("云溪县", ImportOffered)
	twice, _ := older("云溪县", ImportApplied)
	applying, _ := older("临江县", ImportApplying)
	lost, file := older("望潮区", ImportMoved)
	w.must(w.office.blobs.Remove(file))
	if !w.filesHold(nameInSheet) {
		t.Fatal("nothing stands in clear: the test shows nothing")
	}
	for _, want := range []int{4, 0} {
		if n, err := w.office.SealSheets(t.Context()); n != want || err != nil {
			t.Fatalf("%d lists, want %d: %v", n, want, err)
		}
	}
	w.must(w.db.Fold(t.Context()))
	w.nothingInClear("sealed")
	if c := w.checked(draft.Import.ID); c.Digest != draft.Digest || c.Import.FileName != nameInSheet+".tsv" || c.Import.Heads != draft.Import.Heads {
		t.Errorf("the list reads otherwise: %+v", c.Import)
	}
	for which, want := range map[id.UnitImport]ImportState{twice.Import.ID: ImportApplied, lost.Import.ID: ImportDropped} {
		if parts, said := w.kept(unitLists, int64(which)); parts+said != 0 {
			t.Errorf("%s: %d parts and %d bytes are kept", want, parts, said)
		}
		if u, err := w.office.UnitImport(t.Context(), w.clerk, which); err != nil || u.State != want || u.Heads != draft.Import.Heads {
			t.Errorf("%+v %v", u, err)
		}
	}
	// What was decided on another digest is looked at again.
	w.must(w.office.TakeUnitsOver(t.Context(), applying.Import.ID))
	c := w.checked(applying.Import.ID)
	if c.Import.State != ImportMoved || c.Digest != applying.Digest {
		t.Fatalf("%+v", c.Import)
	}
	w.takenOver(c)
	w.listEnded("taken over", applying.Import.ID, ImportApplied)
	if got := strings.Join(w.tree("2011-08-08"), " "); got != "临江县" {
		t.Error(got)
	}
}

package desk

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// offered gives a list in and looks at it.
func (w *town) offered(list string, from calendar.Day) UnitCheck {
	w.Helper()
	u, err := w.office.OfferUnits(w.Context(), w.cmd(w.clerk), UnitOffer{Content: []byte(list), From: from})
	w.must(err)
	return w.checked(u)
}

func (w *town) checked(u id.UnitImport) UnitCheck {
	w.Helper()
	c, err := w.office.CheckUnits(w.Context(), w.clerk, u)
	w.must(err)
	return c
}

// takenOver has a list taken over to its end.
func (w *town) takenOver(c UnitCheck) UnitImport {
	w.Helper()
	w.must(w.office.ApplyUnits(w.Context(), w.cmd(w.clerk), c.Import.ID, c.Digest))
	w.must(w.office.TakeUnitsOver(w.Context(), c.Import.ID))
	u, err := w.office.UnitImport(w.Context(), w.clerk, c.Import.ID)
	w.must(err)
	return u
}

// tree gives the paths of what stands below the city on a day.
func (w *town) tree(day calendar.Day) (out []string) {
	w.Helper()
	top, err := w.office.CityUnit(w.Context())
	w.must(err)
	var walk func(unit id.Unit, path string)
	walk = func(unit id.Unit, path string) {
		var below []org.Unit
		w.must(w.db.Read(w.Context(), func(v *db.View) (err error) {
			below, err = unitsUnder(v, 1, unit, day)
			return err
		}))
		for _, u := range below {
			if u.Level != org.Bureau {
				out = append(out, path+u.Name)
				walk(u.ID, path+u.Name+"/")
			}
		}
	}
	walk(top, "")
	slices.Sort(out)
	return out
}

const firstList = "县\t乡镇\t村\t文化站\t联系电话\n云溪县\t石桥乡\t新村\t新村文化室\t13800000001\n\t\t东村\t\t\n\t江口镇\t新村\t\t\n临江县\t山前镇\t柳林村\t\t\n"

func TestUnitImport(t *testing.T) {
	w := newTown(t)
	c := w.offered(firstList, "2011-08-08")
	if n := c.Counts(); n.Added != 9 || n.All() != 9 {
		t.Fatalf("%+v", n)
	}
	if got := w.tree("2011-08-08"); len(got) != 0 {
		t.Errorf("looked at only, and there is %v", got)
	}
	before := len(w.entries())
	u := w.takenOver(c)
	if u.State != ImportApplied || u.Done != 9 {
		t.Errorf("%+v", u)
	}
	if kinds := kindsSince(w, before); !slices.Equal(kinds, []string{org.KindUnitsImported, org.KindUnitWorkingBody, org.KindUnitContact}) {
		t.Errorf("entries %v", kinds)
	}
	first := w.tree("2011-08-08")
	if len(first) != 9 || !slices.Contains(first, "云溪县/江口镇/新村") {
		t.Errorf("%v", first)
	}
	// The same list again changes nothing, and how its columns are read is remembered.
	again := w.offered(firstList, "2011-08-09")
	if !again.Changes.Nothing() {
		t.Errorf("again: %+v", again.Counts())
	}
	if err := w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), again.Import.ID, again.Digest); !errors.Is(err, errNothingNew) {
		t.Errorf("nothing to do: %v", err)
	}
	// Next year's list: a township made of another, a village moved, one added, one gone.
	w.now = time.Date(2012, 3, 1, 1, 0, 0, 0, time.UTC)
	second := w.offered("县\t乡镇\t村\n云溪县\t石桥镇\t新村\n\t\t柳林村\n\t江口镇\t新村\n\t\t大屋场村\n临江县\t山前镇\t\n", "2012-01-01")
	if n := second.Counts(); n.Added != 1 || n.Moved != 1 || n.Renamed != 1 || len(second.Changes.Gone) != 1 || n.Closed != 0 {
		t.Fatalf("%+v", n)
	}
	reading := second.Import.Reading
	reading.Closing = true
	w.must(w.office.ReadUnitsAs(t.Context(), w.cmd(w.clerk), second.Import.ID, reading))
	if err := w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), second.Import.ID, second.Digest); !errors.Is(err, errTreeChanged) {
		t.Errorf("it was shown without the closings: %v", err)
	}
	if u := w.takenOver(w.checked(second.Import.ID)); u.State != ImportApplied || u.Counts.Closed != 1 {
		t.Errorf("%+v", u)
	}
	want := []string{"临江县", "临江县/山前镇", "云溪县", "云溪县/江口镇", "云溪县/江口镇/大屋场村", "云溪县/江口镇/新村", "云溪县/石桥镇", "云溪县/石桥镇/新村", "云溪县/石桥镇/柳林村"}
	slices.Sort(want)
	if got := w.tree("2012-01-01"); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if got := w.tree("2011-12-31"); !slices.Equal(got, first) {
		t.Errorf("the tree of the year before: %v", got)
	}
}

func kindsSince(w *town, n int) (kinds []string) {
	for _, e := range w.entries()[n:] {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestUnitImportRefusesWrongRowsAsAWhole(t *testing.T) {
	w := newTown(t)
	c := w.offered("名称\t上级\n云溪县\t\n石桥镇\t云溪县\n新村\t石挢镇\n", "")
	if c.List.Wrong != 1 || c.Changes != nil {
		t.Fatalf("%+v", c.List.Problems)
	}
	if err := w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), c.Import.ID, c.Digest); !errors.Is(err, errListWrong) {
		t.Error(err)
	}
	if got := w.tree("2011-08-08"); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if _, err := w.office.OfferUnits(t.Context(), w.cmd(w.leader), UnitOffer{Content: []byte(firstList)}); !fault.Is(err, fault.Denied) {
		t.Errorf("the approver: %v", err)
	}
	if _, err := w.office.OfferUnits(t.Context(), w.cmd(w.clerk), UnitOffer{Content: []byte(" \n")}); !errors.Is(err, errListEmpty) {
		t.Errorf("an empty list: %v", err)
	}
	if _, err := w.office.OfferUnits(t.Context(), w.cmd(w.clerk), UnitOffer{Content: []byte(strings.Repeat("村\t", 61) + "村\n")}); !fault.Is(err, fault.TooLarge) {
		t.Errorf("too many columns: %v", err)
	}
	if _, err := w.office.OfferUnits(t.Context(), w.cmd(w.clerk), UnitOffer{Content: []byte(firstList), From: "2011-13-01"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no day: %v", err)
	}
}

// What was shown is what is done: where the tree changed since, nothing is, and it is
// looked at again; also where it changed between the deciding and the doing.
func TestUnitImportAfterTheTreeChanged(t *testing.T) {
	w := newTown(t)
	c := w.offered(firstList, "2011-08-08")
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	_, err = w.office.OpenUnits(t.Context(), w.cmd(w.admin), top, []org.Unit{{Level: org.County, Name: "云溪县"}})
	w.must(err)
	if err := w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), c.Import.ID, c.Digest); !errors.Is(err, errTreeChanged) {
		t.Fatalf("%v", err)
	}
	c = w.checked(c.Import.ID)
	w.must(w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), c.Import.ID, c.Digest))
	if err := w.office.ReadUnitsAs(t.Context(), w.cmd(w.clerk), c.Import.ID, c.Import.Reading); !errors.Is(err, errListDecided) {
		t.Errorf("changed while it is taken over: %v", err)
	}
	_, err = w.office.OpenUnits(t.Context(), w.cmd(w.admin), top, []org.Unit{{Level: org.County, Name: "临江县"}})
	w.must(err)
	w.must(w.office.TakeUnitsOver(t.Context(), c.Import.ID))
	if c = w.checked(c.Import.ID); c.Import.State != ImportMoved || len(w.tree("2011-08-08")) != 2 {
		t.Fatalf("%+v %v", c.Import, w.tree("2011-08-08"))
	}
	if u := w.takenOver(c); u.State != ImportApplied || len(w.tree("2011-08-08")) != 9 {
		t.Errorf("%+v", u)
	}
}

// Stopped after each chunk and begun again, a list is taken over once.
func TestUnitImportGoesOnAfterAStop(t *testing.T) {
	w := newTown(t)
	var list strings.Builder
	list.WriteString("县\t乡镇\t村\n")
	for k := range 1300 {
		fmt.Fprintf(&list, "甲%d县\t石桥镇\t第%d村\n", k/400, k)
	}
	c := w.offered(list.String(), "2011-08-08")
	w.must(w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), c.Import.ID, c.Digest))
	errPower := errors.New("the power went")
	for stops := range 5 {
		u, err := w.office.UnitImport(t.Context(), w.clerk, c.Import.ID)
		w.must(err)
		check, err := w.office.checkUnits(t.Context(), u)
		w.must(err)
		n := 0
		tk := &taking{o: w.office, ctx: t.Context(), check: check, done: u.Done, ids: make([]id.Unit, len(check.List.Units))}
		for i, m := range check.Changes.Match {
			if m >= 0 {
				tk.ids[i] = check.Stands.Units[m].ID
			}
		}
		for part := range slices.Chunk(check.Changes.Added, chunkAdded) {
			if n++; n > 1 {
				break
			}
			w.must(tk.chunk(len(part), func(tx *db.Tx) error { return tk.add(tx, part) }))
			if err := tk.chunk(1, func(*db.Tx) error { return errPower }); !errors.Is(err, errPower) {
				t.Fatal(err)
			}
		}
		if stops == 1 {
			break
		}
	}
	w.must(w.office.TakeUnitsOver(t.Context(), c.Import.ID))
	u, err := w.office.UnitImport(t.Context(), w.clerk, c.Import.ID)
	w.must(err)
	if got := w.tree("2011-08-08"); u.State != ImportApplied || u.Done != 1308 || len(got) != 1308 || len(slices.Compact(got)) != 1308 {
		t.Errorf("%+v, %d units", u, len(got))
	}
	// Of two who take it over at once one goes on and the other begins anew.
	late := &taking{o: w.office, ctx: t.Context(), check: UnitCheck{Import: u}, done: 500}
	if err := late.chunk(1, func(*db.Tx) error { return nil }); !errors.Is(err, errOvertaken) {
		t.Errorf("%v", err)
	}
}

// Whatever somebody does to the tree while a list is taken over, no unit is doubled.
func TestUnitImportBesideOthers(t *testing.T) {
	w := newTown(t)
	c := w.offered(firstList, "2011-08-08")
	w.must(w.office.ApplyUnits(t.Context(), w.cmd(w.clerk), c.Import.ID, c.Digest))
	c = w.checked(c.Import.ID)
	tk := &taking{o: w.office, ctx: t.Context(), check: c, ids: make([]id.Unit, len(c.List.Units))}
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	_, err = w.office.OpenUnits(t.Context(), w.cmd(w.admin), top, []org.Unit{{Level: org.County, Name: "云溪县"}})
	w.must(err)
	if err := tk.all(); !errors.Is(err, errOvertaken) {
		t.Errorf("%v", err)
	}
	if got := w.tree("2011-08-08"); !slices.Equal(got, []string{"云溪县"}) {
		t.Errorf("%v", got)
	}
}

// How the columns of a list are read is said once for lists with the same heads.
func TestUnitImportRemembersColumns(t *testing.T) {
	w := newTown(t)
	c := w.offered("甲\t乙\n石桥镇\t云溪县\n", "")
	reading := c.Import.Reading
	reading.Form = org.ListForm{Head: 1, Columns: []org.ListColumn{org.TownshipColumn, org.CountyColumn}}
	w.must(w.office.ReadUnitsAs(t.Context(), w.cmd(w.clerk), c.Import.ID, reading))
	if n := w.checked(c.Import.ID).Counts(); n.Added != 2 {
		t.Errorf("%+v", n)
	}
	if c := w.offered("甲\t乙\n江口镇\t临江县\n山前镇\t临江县\n", ""); c.Changes == nil || c.Counts().Added != 3 {
		t.Errorf("%+v %+v", c.Import.Reading.Form, c.List.Problems)
	}
	if c := w.offered("名称\t上级\n江口镇\t临江县\n临江县\t\n", ""); c.Changes == nil || c.Counts().Added != 2 {
		t.Errorf("other heads: %+v", c.Import.Reading.Form)
	}
}

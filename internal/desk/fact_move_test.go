package desk

import (
	"testing"
	"time"

	"luoshi/document"
	"luoshi/org"
)

// What happened on the days of a move, dated back, stands under the new county; what was
// before it stays.
func TestFactsMoveWithTheirUnits(t *testing.T) {
	w := newCounting(t)
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	made, err := w.office.OpenUnits(t.Context(), w.cmd(w.admin), top, []org.Unit{{Level: org.County, Name: "云溪县", From: "2011-01-01"}})
	w.must(err)
	towns, err := w.office.OpenUnits(t.Context(), w.cmd(w.admin), made[0], []org.Unit{{Level: org.Township, Name: "白石镇", From: "2011-01-01"}})
	w.must(err)
	w.now = time.Date(2011, 12, 20, 1, 0, 0, 0, time.UTC)
	w.tell(w.first, w.shows, "2011-11-16", 3, "")
	w.tell(w.second, w.shows, "2011-11-20", 4, "")
	rows := func(when string, old, other int64) {
		t.Helper()
		b := w.board(w.shows, TreeOfTheDay)
		was, _ := b.Row(w.county)
		is, _ := b.Row(made[0])
		if was.Total.Reported != document.Whole(old) || is.Total.Reported != document.Whole(other) || b.Total.Reported != document.Whole(7) {
			t.Errorf("%s: %s in the old county, %s in the other, %s in all", when, was.Total.Reported, is.Total.Reported, b.Total.Reported)
		}
	}
	rows("before", 7, 0)
	w.must(w.office.ChangeUnit(t.Context(), w.cmd(w.admin), w.second, org.Change{Parent: towns[0], Name: "下塘村", From: "2011-11-15"}))
	rows("one village moved", 3, 4)
	w.must(w.office.MergeUnit(t.Context(), w.cmd(w.admin), w.township, towns[0], "2011-11-15"))
	rows("its township merged", 0, 7)
	if b := w.board(w.shows, TreeOfToday); len(b.Rows) != 1 || b.Rows[0].Unit.ID != made[0] {
		t.Errorf("by the tree of today: %+v", b.Rows)
	}
}

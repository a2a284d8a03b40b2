package desk

import (
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/org"
)

// What stands below a unit adds up to what the board of the city says of it, by either tree,
// also where a village moved in the middle of a month.
func TestFiguresBelowAddUp(t *testing.T) {
	w := newCounting(t)
	made, err := w.office.OpenUnits(t.Context(), w.cmd(w.admin), w.county, []org.Unit{{Level: org.Township, Name: "白石镇", From: "2011-01-01"}})
	w.must(err)
	other := made[0]
	w.tell(w.second, w.shows, "2011-10-02", 5, "")
	w.tell(w.first, w.trained, "2011-09-05", 1, "林小满")
	w.tell(w.second, w.trained, "2011-10-05", 1, "林小满")
	w.now = w.now.AddDate(0, 0, 21) // 10 November
	w.tell(w.first, w.shows, "2011-11-05", 3, "")
	w.must(w.office.ChangeUnit(t.Context(), w.cmd(w.admin), w.first, org.Change{Parent: other, Name: "上塘村", From: "2011-11-10"}))
	w.now = w.now.AddDate(0, 0, 10)
	_, err = w.office.ReportFactsBelow(t.Context(), w.cmd(w.clerk), w.county, []FactTold{{Indicator: w.shows, Unit: w.first, Day: "2011-11-15", Quantity: document.Whole(4), Class: fact.ByRecipient}}, fact.ByGrid)
	w.must(err)
	months := fact.Months("2011-08-01", "2012-12-31")
	below := func(i id.Indicator, unit id.Unit, tree FactTree) FactBoard {
		v, done := w.office.Visit(w.Context())
		defer done()
		b, err := w.office.FactBelow(v, w.clerk, i, unit, months, tree)
		w.must(err)
		return b
	}
	for _, tree := range []FactTree{TreeOfTheDay, TreeOfToday} {
		city, county := w.board(w.shows, tree), below(w.shows, w.county, tree)
		if county.Total != city.Total || county.Total.Reported != document.Whole(12) {
			t.Fatalf("%s: the county %+v, the city %+v", tree, county.Total, city.Total)
		}
		var sum fact.Figure
		for _, r := range county.Rows {
			one := below(w.shows, r.Unit.ID, tree)
			if one.Total != r.Total {
				t.Errorf("%s, %s: %+v as a row, %+v by itself", tree, r.Unit.Name, r.Total, one.Total)
			}
			sum = sum.Plus(one.Total)
		}
		if sum != county.Total {
			t.Errorf("%s: the townships add up to %+v", tree, sum)
		}
	}
	if there, _ := below(w.shows, w.county, TreeOfToday).Row(other); there.Total.Reported != document.Whole(7) {
		t.Errorf("by the tree of today the village's facts go with it: %+v", there.Total)
	}
	trained := below(w.trained, w.county, TreeOfTheDay)
	for k, m := range months {
		if want := document.Whole(1); m >= "2011-09" && trained.Upto[k].Reported != want {
			t.Errorf("one person is %s by the end of %s", trained.Upto[k].Reported, m)
		}
	}
	if _, err := w.office.FactBelow(t.Context(), w.station, w.shows, w.county, months, TreeOfToday); err == nil {
		t.Error("a township reads its county")
	}
}

// A rate is divided where it is shown, never added up.
func TestRateOfUnits(t *testing.T) {
	w := newCounting(t)
	people, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: "常住人口", Measure: "人", Aggregation: fact.Snapshot, Wanted: fact.OwnWord})
	w.must(err)
	rate, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: "人均场次", Measure: "场", Aggregation: fact.Sum, Numerator: w.shows, Divisor: people})
	w.must(err)
	w.tell(w.first, w.shows, "2011-09-05", 3, "")
	w.tell(w.first, people, "2011-09-01", 100, "")
	w.tell(w.second, people, "2011-09-01", 200, "")
	b := w.board(rate, TreeOfTheDay)
	if want := document.Decimal(100); b.Total.Reported != want || len(b.Rows) != 1 || b.Rows[0].Total.Reported != want {
		t.Errorf("3 shows for 300 people are %s", b.Total.Reported)
	}
}

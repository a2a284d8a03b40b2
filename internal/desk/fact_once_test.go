package desk

import (
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
)

// The same report sent twice, as a phone without signal does, counts once and gets the same
// answer; with another content it is refused.
func TestTheSameReportCountsOnce(t *testing.T) {
	w := newCounting(t)
	told := []FactTold{{Indicator: w.shows, Unit: w.first, Day: "2011-09-10", Quantity: document.Whole(3), Class: fact.OwnWord}}
	cmd := w.cmd(w.station)
	first, err := w.office.ReportFactsBelow(t.Context(), cmd, w.township, told, fact.ByForm)
	w.must(err)
	again, err := w.office.ReportFactsBelow(t.Context(), cmd, w.township, told, fact.ByForm)
	w.must(err)
	if b := w.board(w.shows, TreeOfTheDay); b.Total.Reported != document.Whole(3) || b.Total.Facts != 1 || again.First != first.First || again.Last != first.Last {
		t.Errorf("%+v, answered %+v and %+v", b.Total, first, again)
	}
	told[0].Quantity = document.Whole(4)
	if _, err := w.office.ReportFactsBelow(t.Context(), cmd, w.township, told, fact.ByForm); !fault.Is(err, fault.Conflict) {
		t.Errorf("other content under the same number: %v", err)
	}
}

// One boat told of by two villages counts once, in the township and in all, and both are told.
func TestOneBoatByTwoVillagesCountsOnce(t *testing.T) {
	w := newCounting(t)
	boats, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: "渔船", Measure: "艘", Aggregation: fact.Distinct, Wanted: fact.OwnWord})
	w.must(err)
	before := w.tell(w.first, boats, "2011-09-10", 1, "浙渔 123-45")
	now := w.tell(w.second, boats, "2011-09-11", 1, "浙渔12345")
	if len(before.Same) != 0 || len(now.Same) != 1 || now.Same[0] != (SameSubject{"浙渔12345", w.first, before.First, now.First}) {
		t.Errorf("told of the same: %+v, then %+v", before.Same, now.Same)
	}
	for _, tree := range []FactTree{TreeOfTheDay, TreeOfToday} {
		b := w.board(boats, tree)
		if row, _ := b.Row(w.county); b.Total.Reported != document.Whole(1) || row.Total.Reported != document.Whole(1) {
			t.Errorf("by the tree of %s: %+v", tree, b.Total)
		}
	}
	if is, want := w.summaries(boats), w.recounting(boats).summaries(); len(is) == 0 || len(is) != len(want) {
		t.Errorf("summaries %v, a recount gives %v", is, want)
	}
}

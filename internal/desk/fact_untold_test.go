package desk

import (
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// A month says of each indicator which of the units that were given a part told nothing:
// not those that have told all of it, nor of what cannot be done in that month.
func TestWhoToldNothingForAMonth(t *testing.T) {
	w := newReportTown(t)
	county, other, library, township := w.units["云溪县"], w.units["望潮区"], w.units["市图书馆"], w.units["柳塘乡"]
	station := w.employ("柳塘乡", "文化站", "何小满", org.UnitClerk)
	clerk := w.employ("望潮区", "经办", "白露", org.UnitClerk)
	var target id.Target
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		all, err := loadTargets(v, 1, w.plan)
		target = all[slices.IndexFunc(all, func(x plan.Target) bool { return x.Item == w.books })].ID
		return err
	}))
	counted := func(name string, windows []fact.Window, shares ...ShareTold) id.Indicator {
		i, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: name, Measure: "册", Aggregation: fact.Sum, Wanted: fact.ByRecipient})
		w.must(err)
		goal, err := w.office.SetGoal(t.Context(), w.cmd(w.clerk), fact.Goal{Target: target, Indicator: i, From: "2011-08-01", To: "2011-12-31", Windows: windows})
		w.must(err)
		w.must(w.office.IssueShares(t.Context(), w.cmd(w.clerk), goal, w.bureau(), shares))
		return i
	}
	books := counted("送书", nil, ShareTold{Unit: county, Value: document.Whole(1900)}, ShareTold{Unit: other, Value: document.Whole(1000)}, ShareTold{Unit: library, Value: document.Whole(100)}, ShareTold{Unit: w.units["市博物馆"]})
	counted("晒书", []fact.Window{{From: "11-01", To: "12-31"}}, ShareTold{Unit: county, Value: document.Whole(3000)})
	w.at("2011-10-20")
	told := func(who Who, unit id.Unit, day calendar.Day, n int64) {
		_, err := w.office.ReportFacts(t.Context(), w.cmd(who), unit, []FactTold{{Indicator: books, Unit: unit, Day: day, Quantity: document.Whole(n), Class: fact.ByRecipient}}, fact.ByForm)
		w.must(err)
	}
	said := func(month string) (out []string) {
		m, err := w.office.FactMonth(t.Context(), w.clerk, w.bureau(), month)
		w.must(err)
		for _, u := range m.Untold {
			if u.Indicator.Name != "送书" || u.Asked != 3 {
				t.Errorf("%s: %s was asked of %d", month, u.Indicator.Name, u.Asked)
			}
			for _, x := range u.Units {
				out = append(out, x.Name)
			}
		}
		return out
	}
	check := func(month string, want ...string) {
		t.Helper()
		if got := said(month); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", month, got, want)
		}
	}
	all := said("2011-09")
	if len(all) != 3 {
		t.Fatalf("nobody told anything: %v", all)
	}
	check("2011-07")
	told(station, township, "2011-09-10", 5)
	check("2011-09", slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == "云溪县" })...)
	check("2011-10", all...)
	told(clerk, other, "2011-08-30", 1000)
	check("2011-09", "市图书馆")
	check("2011-10", slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == "望潮区" })...)
}

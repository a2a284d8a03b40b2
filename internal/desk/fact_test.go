package desk

import (
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/org"
)

// counting is a town with a county, a township and two villages, and somebody who counts.
type counting struct {
	*town
	county, township, first, second id.Unit
	shows, trained                  id.Indicator
	station                         Who // clerk of the township
	checker                         Who // verifies for the county
}

func newCounting(t *testing.T) *counting {
	w := &counting{town: newTown(t)}
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	open := func(parent id.Unit, level org.Level, name string) id.Unit {
		made, err := w.office.OpenUnits(t.Context(), w.cmd(w.admin), parent, []org.Unit{{Level: level, Name: name, From: "2011-01-01"}})
		w.must(err)
		return made[0]
	}
	w.county = open(top, org.County, "望潮区")
	w.township = open(w.county, org.Township, "青石镇")
	w.first = open(w.township, org.Village, "上塘村")
	w.second = open(w.township, org.Village, "下塘村")
	w.station = w.hireAt(w.township, "文化站", org.UnitClerk)
	w.checker = w.hireAt(w.county, "核实岗", org.Verifier)
	w.shows, err = w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: "送演出", Measure: "场", Aggregation: fact.Sum, Wanted: fact.ByRecipient})
	w.must(err)
	w.trained, err = w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: "培训骨干", Measure: "人", Aggregation: fact.Distinct, Subjects: fact.Persons, Wanted: fact.OwnWord})
	w.must(err)
	w.now = time.Date(2011, 10, 20, 1, 0, 0, 0, time.UTC)
	return w
}

func (w *counting) hireAt(unit id.Unit, title string, roles ...org.Role) Who {
	account, err := w.office.OpenAccount(w.Context(), w.cmd(w.admin), NewAccount{UnitID: unit, Title: title, Name: "某某", Roles: roles})
	w.must(err)
	return w.who(account)
}

func (w *counting) board(i id.Indicator, tree FactTree) (b FactBoard) {
	w.Helper()
	v, done := w.office.Visit(w.Context())
	defer done()
	one, err := w.office.Indicator(v, w.clerk, i)
	w.must(err)
	b, err = w.office.FactBoard(v, w.clerk, one.ID, fact.Months("2011-08-01", "2012-12-31"), tree)
	w.must(err)
	return b
}

func (w *counting) tell(unit id.Unit, i id.Indicator, day calendar.Day, n int64, subject string) FactsTaken {
	w.Helper()
	out, err := w.office.ReportFactsBelow(w.Context(), w.cmd(w.station), w.township, []FactTold{{Indicator: i, Unit: unit, Day: day, Quantity: document.Whole(n), Subject: subject, Class: fact.ByRecipient}}, fact.ByGrid)
	w.must(err)
	return out
}

func TestAFactFromReportToReturn(t *testing.T) {
	w := newCounting(t)
	f := w.tell(w.first, w.shows, "2011-09-10", 3, "")
	w.tell(w.second, w.shows, "2011-09-12", 2, "")
	if b := w.board(w.shows, TreeOfTheDay); b.Total.Reported != document.Whole(5) || b.Total.Counted != 0 || len(b.Rows) != 1 || b.Rows[0].Unit.ID != w.county {
		t.Fatalf("two facts: %+v", b)
	}
	w.must(w.office.VerifyFacts(t.Context(), w.cmd(w.checker), w.county, []id.Fact{f.First}, ""))
	if b := w.board(w.shows, TreeOfToday); b.Total.Reported != document.Whole(5) || b.Total.Counted != document.Whole(3) {
		t.Fatalf("after the check: %+v", b.Total)
	}
	now, err := w.office.CorrectFact(t.Context(), w.cmd(w.station), f.First, FactTold{Unit: w.first, Day: "2011-08-30", Quantity: document.Whole(4), Class: fact.ByRecipient, Note: "多记在九月了"})
	w.must(err)
	if b := w.board(w.shows, TreeOfTheDay); b.Total.Reported != document.Whole(6) || b.Total.Counted != 0 || b.ByMonth["2011-08"].Reported != document.Whole(4) {
		t.Fatalf("after the correction: %+v", b)
	}
	w.must(w.office.ReturnFacts(t.Context(), w.cmd(w.checker), w.county, []id.Fact{now}, "没有签收单"))
	if b := w.board(w.shows, TreeOfTheDay); b.Total.Reported != document.Whole(2) {
		t.Fatalf("after the return: %+v", b.Total)
	}
	story, err := w.office.FactStory(t.Context(), w.clerk, f.First)
	w.must(err)
	if len(story.Rows) != 4 {
		t.Errorf("the story has %d rows", len(story.Rows))
	}
}

func TestAPersonCountsOnce(t *testing.T) {
	w := newCounting(t)
	w.tell(w.first, w.trained, "2011-09-10", 1, "林小满 139")
	again := w.tell(w.second, w.trained, "2011-10-11", 1, "林小满139")
	w.tell(w.second, w.trained, "2011-10-11", 1, "陈望舒 138")
	b := w.board(w.trained, TreeOfTheDay)
	if now := w.board(w.trained, TreeOfToday); now.Total.Reported != b.Total.Reported || now.ByMonth["2011-10"] != b.ByMonth["2011-10"] {
		t.Errorf("by the tree of today %+v instead of %+v", now, b)
	}
	if total, err := w.office.FactTotal(t.Context(), w.clerk, w.trained, b.Months); err != nil || total.Reported != b.Total.Reported {
		t.Errorf("the total alone: %+v, %v", total, err)
	}
	if b.Total.Reported != document.Whole(2) || b.ByMonth["2011-10"].Reported != document.Whole(1) || b.Rows[0].Total.Reported != document.Whole(2) || len(again.Same) != 1 {
		t.Fatalf("%+v, told of the same: %+v", b, again.Same)
	}
}

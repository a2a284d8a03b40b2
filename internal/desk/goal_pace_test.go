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
	"luoshi/progress"
)

// What is better the less there is has its pace on the lamp, in the figures of the item and
// in the summary: a level falls from the first figure that was told, a ceiling is used up.
func TestGoalsThatGoDown(t *testing.T) {
	w := newReportTown(t)
	culture, township := w.units["公共文化处"], w.units["柳塘乡"]
	station := w.employ("柳塘乡", "文化站", "何小满", org.UnitClerk)
	checker := w.employ("云溪县", "核实岗", "白露", org.Verifier)
	w.must(w.office.AssignItems(t.Context(), w.cmd(w.clerk), w.plan, []Assignment{{w.books, []org.Owner{{Unit: culture, Duty: org.LeadDuty}}}}))
	var target id.Target // 3,000
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		all, err := loadTargets(v, 1, w.plan)
		target = all[slices.IndexFunc(all, func(x plan.Target) bool { return x.Item == w.books })].ID
		return err
	}))
	goal := func(name string, a fact.Aggregation) id.Indicator {
		i, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: name, Measure: "件", Aggregation: a, Direction: "down", Wanted: fact.OwnWord})
		w.must(err)
		_, err = w.office.SetGoal(t.Context(), w.cmd(w.clerk), fact.Goal{Target: target, Indicator: i, From: "2011-08-01", To: "2011-12-31"})
		w.must(err)
		return i
	}
	told := func(i id.Indicator, day string, n int64) id.Fact {
		taken, err := w.office.ReportFacts(t.Context(), w.cmd(station), township, []FactTold{{Indicator: i, Unit: township, Day: calendar.Day("2011-" + day), Quantity: document.Whole(n), Class: fact.OwnWord}}, fact.ByForm)
		w.must(err)
		return taken.First
	}
	count := func() plan.LampCount { return w.row(w.books).Whole.Count }
	inSummary := func(name string) progress.SummaryFigure {
		for _, r := range w.summary("2011-10", progress.SummaryChoice{}).Rows {
			for _, f := range r.Figures {
				if f.Name == name {
					return f
				}
			}
		}
		t.Fatalf("no %s in the summary", name)
		return progress.SummaryFigure{}
	}
	w.at("2011-10-31")
	waiting := goal("在办件", fact.Snapshot)
	if c := count(); c.Pace != plan.CountUntold || !c.Falls || c.Told {
		t.Errorf("before anything was told: %+v", c)
	}
	told(waiting, "08-15", 7600)
	told(waiting, "10-20", 4700)
	// From the end of August 60 of 122 days are over: 7,600 − 4,600 × 60 ÷ 122 = 5,337.7049.
	if c := count(); c.Pace != plan.CountFine || c.Share != 63 || c.Due != 49 || c.Expected.String() != "5337.71" || c.Reported != document.Whole(4700) {
		t.Errorf("falling: %+v", c)
	}
	if f := inSummary("在办件"); !f.Falls || f.Base != document.Whole(7600) || f.Share != 63 || f.Reported != document.Whole(4700) {
		t.Errorf("in the summary: %+v", f)
	}
	last := told(waiting, "10-25", 6000)
	if c := count(); c.Pace != plan.CountLate || c.Share != 34 {
		t.Errorf("risen: %+v", c)
	}
	if l := w.row(w.books).Whole.Lamp; l != plan.LampBehind {
		t.Errorf("the lamp of what does not fall is %s", l)
	}
	w.must(w.office.ReturnFacts(t.Context(), w.cmd(checker), w.units["云溪县"], []id.Fact{last}, "写错了"))
	last = told(waiting, "10-26", 2900)
	if c := count(); c.Pace != plan.CountFine || c.Reached() {
		t.Errorf("down to it by its own word: %+v", c)
	}
	w.must(w.office.VerifyFacts(t.Context(), w.cmd(checker), w.units["云溪县"], []id.Fact{last}, ""))
	if c := count(); c.Pace != plan.CountReached || !c.Reached() {
		t.Errorf("down to it, checked: %+v", c)
	}
	complaints := goal("投诉", fact.Sum)
	told(complaints, "09-10", 1500)
	// 91 of 153 days are over: 3,000 × 91 ÷ 153 = 1,784.3.
	if c := count(); c.Pace != plan.CountFine || !c.Ceiling || c.Share != 50 || c.Due != 59 || c.Expected != document.Whole(1785) || c.Over() {
		t.Errorf("under its ceiling: %+v", c)
	}
	if f := inSummary("投诉"); !f.Ceiling || f.Share != 50 {
		t.Errorf("in the summary: %+v", f)
	}
	told(complaints, "09-20", 1501)
	if c := count(); c.Pace != plan.CountLate || !c.Over() {
		t.Errorf("over its ceiling: %+v", c)
	}
	w.at("2012-01-01")
	if c := count(); c.Pace != plan.CountMissed {
		t.Errorf("over its ceiling at the end: %+v", c)
	}
}

// What a unit says for the first time in a later month makes the sum rise, and is no slip.
func TestGoalOfUnitsThatTellLater(t *testing.T) {
	w := newReportTown(t)
	var target id.Target // 3,000
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		all, err := loadTargets(v, 1, w.plan)
		target = all[slices.IndexFunc(all, func(x plan.Target) bool { return x.Item == w.books })].ID
		return err
	}))
	waiting, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: "在办件", Measure: "件", Aggregation: fact.Snapshot, Direction: "down", Wanted: fact.OwnWord})
	w.must(err)
	_, err = w.office.SetGoal(t.Context(), w.cmd(w.clerk), fact.Goal{Target: target, Indicator: waiting, From: "2011-08-01", To: "2011-12-31"})
	w.must(err)
	told := func(unit, day string, n int64) {
		station := w.employ(unit, "文化站", "何小满", org.UnitClerk)
		_, err := w.office.ReportFacts(t.Context(), w.cmd(station), w.units[unit], []FactTold{{Indicator: waiting, Unit: w.units[unit], Day: calendar.Day("2011-" + day), Quantity: document.Whole(n), Class: fact.OwnWord}}, fact.ByForm)
		w.must(err)
	}
	w.at("2011-10-31")
	told("柳塘乡", "08-15", 4000)
	told("柳塘乡", "10-10", 3000)
	w.at("2011-11-30")
	told("市图书馆", "10-20", 2000)
	told("市图书馆", "11-20", 1500)
	for _, tree := range []FactTree{TreeOfTheDay, TreeOfToday} {
		of, err := w.office.ItemFigures(t.Context(), w.clerk, w.books, 0, tree)
		w.must(err)
		if n := len(of.Goals); n != 1 {
			t.Fatalf("%d goals", n)
		}
		// From 4,000 + 2,000; 90 of 122 days are over for the one, 29 of 61 for the other:
		// 6,000 - 3,000 x (4,000 x 90 / 122 + 2,000 x 29 / 61) / 6,000 = 4,049.18.
		p := of.Goals[0].Pace("2011-11-30")
		if p.Base != document.Whole(6000) || p.Told().String() != "4049.19" || p.Done != document.Whole(4500) || p.Figures().Share != 50 {
			t.Errorf("%s: from %s, expected %s, is %s, %d %%", tree, p.Base, p.Told(), p.Done, p.Figures().Share)
		}
		if was := p.AtEndOf("2011-09-30"); was.Base != document.Whole(4000) {
			t.Errorf("at the end of September it falls from %s", was.Base)
		}
	}
}

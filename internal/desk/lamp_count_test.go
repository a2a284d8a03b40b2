package desk

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// everywhere is one figure as each place tells it, and how long the ledger was.
type everywhere struct {
	ledger                                         int64
	item, county, lamp, matrix, leader, month, log document.Decimal
	whole, cell                                    plan.Lamp
	paces                                          [2]plan.CountPace
}

func (w *reportTown) everywhere(i id.Indicator, county id.Unit) (e everywhere) {
	w.Helper()
	goals, err := w.office.GoalsOfItem(w.Context(), w.clerk, w.books, TreeOfToday)
	w.must(err)
	e.item = goals[0].Board.Total.Reported
	r, _ := goals[0].Board.Row(county)
	e.county = r.Total.Reported
	row := w.row(w.books)
	e.lamp, e.matrix, e.whole, e.cell = row.Whole.Count.Reported, row.Cells[county].Count.Reported, row.Whole.Lamp, row.Cells[county].Lamp
	e.paces = [2]plan.CountPace{row.Whole.Count.Pace, row.Cells[county].Count.Pace}
	led, err := w.office.Leading(w.Context(), w.leader, w.plan)
	w.must(err)
	for _, r := range led.Rows {
		if r.Item.ID == w.books {
			e.leader = r.Whole.Count.Reported
		}
	}
	e.month = w.figureOf(w.summary("2011-10", progress.SummaryChoice{}).Summary).Reported
	w.must(w.office.Export(w.Context(), FullExport, testSigner(w.T), func(path string, content []byte) error {
		switch path {
		case "manifest.json":
			var m manifest
			w.must(json.Unmarshal(content, &m))
			e.ledger = m.Size
		case "tables/facts.csv":
			all, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
			w.must(err)
			at := func(name string) int { return slices.Index(all[0], name) }
			for _, f := range all[1:] {
				if s := f[at("state")]; f[at("indicator")] == i.String() && (s == "reported" || s == "verified") {
					q, err := document.ParseDecimal(f[at("quantity")])
					w.must(err)
					e.log += q
				}
			}
		}
		return nil
	}, func(int64, int64) {}))
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		if size, _, err := db.LogSize(v, 1); err != nil || size != e.ledger {
			w.Errorf("the ledger is %d entries long after the export of %d: %v", size, e.ledger, err)
		}
		return nil
	}))
	return e
}

func (w *reportTown) figureOf(s progress.Summary) progress.SummaryFigure {
	w.Helper()
	for _, r := range s.Rows {
		if r.Item == w.books && len(r.Figures) == 1 {
			return r.Figures[0]
		}
	}
	w.Fatalf("no figure in %+v", s.Rows)
	return progress.SummaryFigure{}
}

// A value that is returned changes the item, the county, the lamp, the matrix, the paper of
// the leaders, the summary and the export at one length of the ledger; what was issued stays.
func TestAReturnedValueChangesAllAtOnce(t *testing.T) {
	w := newReportTown(t)
	culture, county, other, township := w.units["公共文化处"], w.units["云溪县"], w.units["望潮区"], w.units["柳塘乡"]
	station := w.employ("柳塘乡", "文化站", "何小满", org.UnitClerk)
	checker := w.employ("云溪县", "核实岗", "白露", org.Verifier)
	w.must(w.office.AssignItems(t.Context(), w.cmd(w.clerk), w.plan, []Assignment{{w.books, []org.Owner{{Unit: culture, Duty: org.LeadDuty}, {Unit: county, Duty: org.LeadDuty}, {Unit: other, Duty: org.LeadDuty}}}}))
	books, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: "送书", Measure: "册", Aggregation: fact.Sum, Wanted: fact.ByRecipient})
	w.must(err)
	var target id.Target
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		all, err := loadTargets(v, 1, w.plan)
		target = all[slices.IndexFunc(all, func(x plan.Target) bool { return x.Item == w.books })].ID
		return err
	}))
	goal, err := w.office.SetGoal(t.Context(), w.cmd(w.clerk), fact.Goal{Target: target, Indicator: books, From: "2011-08-01", To: "2011-12-31"})
	w.must(err)
	w.must(w.office.IssueShares(t.Context(), w.cmd(w.clerk), goal, w.bureau(), []ShareTold{{Unit: county, Value: document.Whole(2000)}, {Unit: other, Value: document.Whole(1000)}}))
	w.at("2011-10-20")
	for unit, who := range map[id.Unit]Who{culture: w.culture, county: w.county} {
		w.must(w.office.Report(t.Context(), w.cmd(who), unit, []Told{{Item: w.books, Unit: unit, Period: "2011-09", State: progress.UnderWay, Done: "在送"}}))
	}
	told := func(note string, n int64) id.Fact {
		taken, err := w.office.ReportFacts(t.Context(), w.cmd(station), township, []FactTold{{Indicator: books, Unit: township, Day: "2011-09-10", Quantity: document.Whole(n), Class: fact.ByRecipient, Note: note}}, fact.ByForm)
		w.must(err)
		return taken.First
	}
	if r := w.row(w.books); r.Whole.Count.Pace != plan.CountUntold || r.Cells[county].Lamp != plan.LampNone || r.Cells[other].Lamp != plan.LampNone || r.Whole.Count.Silent != 2 {
		t.Errorf("words without a figure: %+v, %+v", r.Whole.Count, r.Cells[county].LampLit)
	} else if r.Whole.Count.Name != "送书" {
		t.Errorf("it is not said of what a figure is: %+v", r.Whole.Count)
	}
	wrong := told("下旬", 1400)
	told("上旬", 400)
	before := w.everywhere(books, county)
	issued := w.issue("2011-10")
	sum := document.Whole(1800)
	want := everywhere{before.ledger, sum, sum, sum, sum, sum, sum, sum, before.whole, plan.LampUnderWay, [2]plan.CountPace{plan.CountFine, plan.CountFine}}
	if before != want {
		t.Errorf("before: %+v", before)
	}
	if f := w.figureOf(w.summary("2011-10", progress.SummaryChoice{}).Summary); f.Target != document.Whole(3000) || f.Share != 60 || f.Asked != 2 || f.Silent != 1 || f.Counted != 0 || !f.Told {
		t.Errorf("%+v", f)
	}
	w.must(w.office.ReturnFacts(t.Context(), w.cmd(checker), county, []id.Fact{wrong}, "没有签收单"))
	after := w.everywhere(books, county)
	sum = document.Whole(400)
	want = everywhere{after.ledger, sum, sum, sum, sum, sum, sum, sum, plan.LampBehind, plan.LampBehind, [2]plan.CountPace{plan.CountLate, plan.CountLate}}
	if after != want || after.ledger <= before.ledger {
		t.Errorf("after: %+v", after)
	}
	s, err := w.office.IssuedSummary(t.Context(), w.leader, w.plan, issued)
	w.must(err)
	if f := w.figureOf(s); f.Reported != document.Whole(1800) {
		t.Errorf("the edition changed: %+v", f)
	}
}

package desk

import (
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

func (w *reportTown) row(item id.Item) BoardRow {
	w.Helper()
	b, err := w.office.LampBoard(w.Context(), w.leader, w.plan)
	w.must(err)
	for _, r := range b.Rows {
		if r.Item.ID == item {
			return r
		}
	}
	w.Fatalf("no row in %+v", b.Rows)
	return BoardRow{}
}

// The board follows every act, also where only what changed is read anew.
func TestLampBoard(t *testing.T) {
	w := newReportTown(t)
	culture, library := w.units["公共文化处"], w.units["市图书馆"]
	told := func(item id.Item, unit id.Unit, p progress.Period, s progress.State) []Told {
		return []Told{{Item: item, Unit: unit, Period: p, State: s, Done: "送了 900 册", Difficulty: "没有车", Need: "借一辆车", NeedFrom: "局办公室", Proof: "签收单"}}
	}
	w.at("2011-09-02")
	r := w.row(w.books)
	if r.Whole.Lamp != plan.LampNone || r.Cells[culture].Lamp != plan.LampNone || r.Cells[library].Lit() || !r.Cells[library].Only || r.Whole.Silent != "" {
		t.Errorf("before anything is due: %+v", r.Whole)
	}
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, told(w.books, culture, "2011-08", progress.UnderWay)))
	if r = w.row(w.books); r.Whole.Lamp != plan.LampUnderWay || r.Whole.SaidOn != "2011-09-02" {
		t.Errorf("under way: %+v", r.Whole)
	}
	// Who cooperates and says that it is blocked makes the whole so.
	w.must(w.office.Report(t.Context(), w.cmd(w.library), library, told(w.books, library, "2011-08", progress.Blocked)))
	if r = w.row(w.books); r.Whole.Lamp != plan.LampBlocked || r.Whole.Unit.Unit != library || r.Cells[culture].Lamp != plan.LampUnderWay || r.Whole.Units != 2 {
		t.Errorf("blocked: %+v", r.Whole)
	}
	v, err := w.office.Leading(t.Context(), w.leader, w.plan)
	w.must(err)
	if len(v.Troubles) != 2 || v.Troubles[0].Row.Item.ID != w.books || v.Troubles[0].Report.Need != "借一辆车" || v.Troubles[0].Holder != (Holder{"馆长", "邵文清"}) || len(v.Slips) != 0 {
		t.Errorf("%+v", v.Troubles)
	}
	w.must(w.office.Report(t.Context(), w.cmd(w.library), library, told(w.books, library, "2011-09", progress.UnderWay)))
	// A later report of an earlier period changes nothing; silence since the last one counts.
	w.at("2011-11-20")
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, told(w.books, culture, "2011-10", progress.UnderWay)))
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, told(w.books, culture, "2011-09", progress.Blocked)))
	r = w.row(w.books)
	if r.Cells[culture].Lamp != plan.LampUnderWay || r.Cells[library].Lamp != plan.LampNone || r.Cells[library].Silent != "2011-11-06" {
		t.Errorf("silent: %+v", r.Cells[library])
	}
	// What is returned counts for nothing until it is said anew.
	w.must(w.office.ReturnReport(t.Context(), w.cmd(w.clerk), ReportKey{w.books, culture, "2011-10", 1}, "写清楚"))
	if r = w.row(w.books); r.Cells[culture].Lamp != plan.LampNone || r.Cells[culture].Return != "2011-11-20" {
		t.Errorf("returned: %+v", r.Cells[culture])
	}
	// Its day passes.
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, told(w.books, culture, "2011-10", progress.UnderWay)))
	w.at("2012-01-10")
	if r = w.row(w.books); r.Whole.Lamp != plan.LampOverdue || r.Whole.Due != "2011-12-31" {
		t.Errorf("overdue: %+v", r.Whole)
	}
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, told(w.books, culture, "2011-12", progress.Complete)))
	w.must(w.office.ConfirmReport(t.Context(), w.cmd(w.clerk), ReportKey{w.books, culture, "2011-12", 1}))
	if r = w.row(w.books); r.Cells[culture].Lamp != plan.LampComplete {
		t.Errorf("complete: %+v", r.Cells[culture])
	}
	// A county stands for what lies below it.
	w.must(w.office.AssignItems(t.Context(), w.cmd(w.clerk), w.plan, []Assignment{{w.books, []org.Owner{{Unit: culture, Duty: org.LeadDuty}, {Unit: w.units["柳塘乡"], Duty: org.LeadDuty}}}}))
	if r = w.row(w.books); !r.Cells[w.units["云溪县"]].Lit() || r.Cells[w.units["云溪县"]].Unit.Unit != w.units["柳塘乡"] || r.Cells[library].Units != 0 {
		t.Errorf("a township: %+v", r.Cells)
	}
}

func TestSetLamps(t *testing.T) {
	w := newReportTown(t)
	culture := w.units["公共文化处"]
	hand := plan.LampHand{Item: w.books, Lamp: plan.LampBehind, Reason: "省里催得紧", Until: "2011-09-20"}
	for name, err := range map[string]error{
		"rules by a leader":  w.office.SetLampRules(t.Context(), w.cmd(w.leader), plan.PresetThree.Rules()),
		"a lamp by a leader": w.office.SetLamp(t.Context(), w.cmd(w.leader), w.plan, hand),
		"a lamp by a unit":   w.office.SetLamp(t.Context(), w.cmd(w.culture), w.plan, hand),
		"back by a leader":   w.office.TakeLampBack(t.Context(), w.cmd(w.leader), w.plan, w.books, 0),
	} {
		if !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.office.SetLampRules(t.Context(), w.cmd(w.clerk), plan.PresetStages.Rules()))
	rules, day, err := w.office.LampRules(t.Context(), w.leader)
	if err != nil || rules != plan.PresetStages.Rules() || day != "2011-08-08" {
		t.Errorf("%+v, %s, %v", rules, day, err)
	}
	if err := w.office.SetLampRules(t.Context(), w.cmd(w.clerk), plan.LampRules{Near: 1000}); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
	before := len(w.entries())
	cmd := w.cmd(w.clerk)
	w.must(w.office.SetLamp(t.Context(), cmd, w.plan, hand))
	w.must(w.office.SetLamp(t.Context(), cmd, w.plan, hand))
	if n := len(w.entries()) - before; n != 1 {
		t.Errorf("%d entries", n)
	}
	if r := w.row(w.books); r.Whole.Lamp != plan.LampBehind || r.Whole.Ruled != plan.LampNone || r.Whole.Hand.Reason != "省里催得紧" || r.Cells[culture].Lamp != plan.LampNone {
		t.Errorf("%+v", r.Whole)
	}
	for name, h := range map[string]plan.LampHand{"without a reason": {Item: w.books, Lamp: plan.LampBlocked}, "green without a report": {Item: w.books, Unit: culture, Lamp: plan.LampUnderWay, Reason: "好"},
		"of a unit without a lamp": {Item: w.books, Unit: w.units["市图书馆"], Lamp: plan.LampBlocked, Reason: "好"}} {
		if err := w.office.SetLamp(t.Context(), w.cmd(w.clerk), w.plan, h); fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.at("2011-09-21")
	if r := w.row(w.books); r.Whole.Hand != nil {
		t.Errorf("after its last day: %+v", r.Whole)
	}
	hand.Until = ""
	w.must(w.office.SetLamp(t.Context(), w.cmd(w.clerk), w.plan, hand))
	w.must(w.office.TakeLampBack(t.Context(), w.cmd(w.clerk), w.plan, w.books, 0))
	if err := w.office.TakeLampBack(t.Context(), w.cmd(w.clerk), w.plan, w.books, 0); !fault.Is(err, fault.Conflict) {
		t.Errorf("taken back twice: %v", err)
	}
	if r := w.row(w.books); r.Whole.Hand != nil {
		t.Errorf("taken back: %+v", r.Whole)
	}
}

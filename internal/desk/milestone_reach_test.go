package desk

import (
	"strings"
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/plan"
	"luoshi/progress"
)

// stone finds the milestone of an item.
func (w *reportTown) stone(item id.Item) plan.Milestone {
	w.Helper()
	for _, m := range w.review(w.plan).Milestones {
		if m.Item == item {
			return m
		}
	}
	w.Fatal("no milestone")
	return plan.Milestone{}
}

// A milestone is proposed with proof, returned, proposed again, confirmed; then everybody
// sees that it was reached.
func TestMilestoneFromProposedToReached(t *testing.T) {
	w := newReportTown(t)
	library := w.units["市图书馆"]
	k := Reaching{Item: w.hours, Milestone: w.stone(w.hours).ID, Unit: library}
	w.at("2011-10-20")
	before := len(w.entries())
	w.must(w.office.ReachMilestone(t.Context(), w.cmd(w.reporter), library, k, "2011-10-18", "秘密的凭据"))
	added := w.entries()[before:]
	if len(added) != 1 || added[0].Class != ledger.Internal {
		t.Errorf("%+v", added)
	}
	first := MilestoneKey{k.Milestone, 1}
	for name, err := range map[string]error{
		"others say it":            w.office.ReachMilestone(t.Context(), w.cmd(w.culture), library, k, "2011-10-18", "凭据"),
		"of an item of others":     w.office.ReachMilestone(t.Context(), w.cmd(w.culture), w.units["公共文化处"], k, "2011-10-18", "凭据"),
		"of another item":          w.office.ReachMilestone(t.Context(), w.cmd(w.reporter), library, Reaching{w.books, k.Milestone, library}, "2011-10-18", "凭据"),
		"without proof":            w.office.ReachMilestone(t.Context(), w.cmd(w.reporter), library, k, "2011-10-18", ""),
		"a day to come":            w.office.ReachMilestone(t.Context(), w.cmd(w.reporter), library, k, "2011-10-21", "凭据"),
		"a unit confirms":          w.office.ConfirmMilestone(t.Context(), w.cmd(w.reporter), first),
		"what was not said":        w.office.ConfirmMilestone(t.Context(), w.cmd(w.clerk), MilestoneKey{k.Milestone, 2}),
		"returned without reason":  w.office.ReturnMilestone(t.Context(), w.cmd(w.clerk), first, ""),
		"an approver on behalf":    w.office.ReachOnBehalf(t.Context(), w.cmd(w.leader), library, k, "2011-10-18", "凭据"),
		"one that nobody spoke of": w.office.ConfirmMilestone(t.Context(), w.cmd(w.clerk), MilestoneKey{1, 1}),
	} {
		if fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.office.ReturnMilestone(t.Context(), w.cmd(w.clerk), first, "看不清"))
	w.must(w.office.ReachOnBehalf(t.Context(), w.cmd(w.clerk), library, k, "2011-10-19", "新的凭据"))
	all, err := w.office.PlanProgress(t.Context(), w.clerk, w.plan, "")
	w.must(err)
	if len(all.Waiting) != 1 || len(all.Decided) != 0 || !all.Waiting[0].Said.OnBehalf || all.Waiting[0].Said.Revision != 2 {
		t.Errorf("%+v", all.Waiting)
	}
	w.publish(w.plan, w.hours)
	public := func() PublicPlan {
		p, err := w.public.Plan(t.Context(), w.plan)
		w.must(err)
		return p
	}
	if got := public().Reached; len(got) != 0 {
		t.Errorf("what is only proposed is told: %+v", got)
	}
	w.must(w.office.ConfirmMilestone(t.Context(), w.cmd(w.clerk), MilestoneKey{k.Milestone, 2}))
	if got := public().Reached[k.Milestone]; got.On != "2011-10-19" || got.Confirmed != "2011-10-20" {
		t.Errorf("%+v", got)
	}
	then, err := w.public.AsOf(t.Context(), public(), "2011-10-19")
	w.must(err)
	if len(then.Reached) != 0 {
		t.Errorf("%+v", then.Reached)
	}
	if err := w.office.ReachMilestone(t.Context(), w.cmd(w.reporter), library, k, "2011-10-18", "凭据"); !fault.Is(err, fault.Conflict) {
		t.Errorf("what is confirmed is said anew: %v", err)
	}
	// A milestone that was reached contradicts nothing when its day passes.
	w.at("2012-03-01")
	w.must(w.office.Report(t.Context(), w.cmd(w.reporter), library, []Told{{Item: w.hours, Unit: library, Period: "2012-02", State: progress.UnderWay, Done: "开着"}}))
	if l := w.line(w.hours, "2012-02"); l.Doubt != nil {
		t.Errorf("%+v", l.Doubt)
	}
	if l := w.lampOf(w.hours); l != plan.LampUnderWay {
		t.Errorf("the lamp of a milestone that was reached: %s", l)
	}
	// The office takes its word back: the day counts again.
	w.must(w.office.ReturnMilestone(t.Context(), w.cmd(w.clerk), MilestoneKey{k.Milestone, 2}, "查了没有开"))
	if l := w.line(w.hours, "2012-02"); l.Doubt == nil {
		t.Error("the day that passed contradicts nothing")
	}
	if l := w.lampOf(w.hours); l != plan.LampOverdue {
		t.Errorf("the lamp of a milestone that was returned: %s", l)
	}
	if got := public().Reached; len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// lampOf is the lamp of an item for all its units.
func (w *reportTown) lampOf(item id.Item) plan.Lamp {
	w.Helper()
	b, err := w.office.LampBoard(w.Context(), w.clerk, w.plan)
	w.must(err)
	for _, r := range b.Rows {
		if r.Item.ID == item {
			return r.Whole.Lamp
		}
	}
	return ""
}

// Each kind of item comes to 完成: one that is counted says its figure in words, one with
// a day has its milestone confirmed, and one with neither says what was done.
func TestEachKindOfItemComesToComplete(t *testing.T) {
	w := newReportTownOn(t, strings.Replace(services, "2011年8月8日", "4、走访老人。各馆每月走访老人。（牵头单位：公共文化处）\n2011年8月8日", 1))
	w.at("2011-12-20")
	culture, library := w.units["公共文化处"], w.units["市图书馆"]
	r := w.review(w.plan)
	visits := w.item(w.owners(w.plan), "走访老人").ID
	promised := map[id.Item]string{}
	for _, one := range r.Targets {
		promised[one.Item] = "counted"
	}
	for _, one := range r.Milestones {
		promised[one.Item] += "dated"
	}
	if promised[w.books] != "counted" || promised[w.hours] != "dated" || promised[visits] != "" {
		t.Fatalf("%v", promised)
	}
	complete := func(who Who, item id.Item, unit id.Unit, done string) {
		w.Helper()
		w.must(w.office.Report(t.Context(), w.cmd(who), unit, []Told{{Item: item, Unit: unit, Period: "2011-11", State: progress.Complete, Done: done, Proof: "签收单"}}))
		w.must(w.office.ConfirmReport(t.Context(), w.cmd(w.clerk), ReportKey{item, unit, "2011-11", 1}))
		if l := w.line(item, "2011-11"); l.Owed.Situation != progress.Completed || l.Doubt != nil {
			t.Errorf("%+v", l)
		}
	}
	complete(w.culture, w.books, culture, "已送 3,020 册")
	stone := Reaching{w.hours, w.stone(w.hours).ID, library}
	w.must(w.office.ReachMilestone(t.Context(), w.cmd(w.reporter), library, stone, "2011-12-01", "告示"))
	w.must(w.office.ConfirmMilestone(t.Context(), w.cmd(w.clerk), MilestoneKey{stone.Milestone, 1}))
	complete(w.reporter, w.hours, library, "夜里开到九点")
	complete(w.culture, visits, culture, "四个馆都走访了，一共 120 位老人")
	if !hasEntry(w.entries(), progress.KindStoneReached) {
		t.Error("no entry of the milestone")
	}
}

func hasEntry(all []db.Logged, kind string) bool {
	for _, e := range all {
		if e.Kind == kind {
			return true
		}
	}
	return false
}

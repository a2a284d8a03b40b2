package desk

import (
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// reportTown is a town whose items are assigned: 送书下乡 to 公共文化处 with 市图书馆,
// 延长开放 to 市图书馆 with two counties.
type reportTown struct {
	*bureauTown
	plan  id.Plan
	books id.Item
	hours id.Item
}

func newReportTown(t *testing.T) *reportTown { return newReportTownOn(t, services) }

func newReportTownOn(t *testing.T, document string) *reportTown {
	t.Helper()
	w := &reportTown{bureauTown: newBureauTown(t)}
	r := w.imported(document)
	w.answerAll(r)
	w.must(w.office.TakeIntoForce(t.Context(), w.cmd(w.clerk), r.Plan.ID, force))
	w.plan = r.Plan.ID
	w.must(w.office.AssignProposed(t.Context(), w.cmd(w.clerk), w.clerk, w.plan))
	v := w.owners(w.plan)
	w.books, w.hours = w.item(v, "送书下乡").ID, w.item(v, "延长开放").ID
	return w
}

func (w *reportTown) at(day calendar.Day) { w.now = day.Time().Add(9 * time.Hour) }

func (w *reportTown) line(item id.Item, period progress.Period) ProgressLine {
	w.Helper()
	v, err := w.office.PlanProgress(w.Context(), w.clerk, w.plan, period)
	w.must(err)
	for _, l := range v.Lines {
		if l.Item.ID == item && l.Duty == org.LeadDuty {
			return l
		}
	}
	w.Fatalf("no line in %+v", v.Lines)
	return ProgressLine{}
}

func TestReportsFromAskingToConfirmed(t *testing.T) {
	w := newReportTown(t)
	culture, library := w.units["公共文化处"], w.units["市图书馆"]
	told := func(item id.Item, unit id.Unit, p progress.Period, s progress.State) Told {
		return Told{Item: item, Unit: unit, Period: p, State: s, Done: "送了 900 册", Next: "秘密的下一步"}
	}
	w.at("2011-09-02")
	due, err := w.office.ReportsDue(t.Context(), w.culture, "")
	w.must(err)
	if len(due) != 1 || len(due[0].Due) != 1 || due[0].Due[0].Period != "2011-08" || due[0].Due[0].Owed.Situation != progress.Awaited || due[0].Due[0].Last != nil {
		t.Fatalf("%+v", due)
	}
	before := len(w.entries())
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, []Told{told(w.books, culture, "2011-08", progress.UnderWay)}))
	if n := len(w.entries()) - before; n != 2 { // what goes out, and what stays inside
		t.Errorf("%d entries", n)
	}
	// Who may: the unit itself, also one that cooperates; not others, not for others.
	for name, err := range map[string]error{
		"the library for the division":    w.office.Report(t.Context(), w.cmd(w.library), culture, []Told{told(w.books, culture, "2011-08", progress.UnderWay)}),
		"the library what is not its own": w.office.Report(t.Context(), w.cmd(w.library), library, []Told{told(w.books, culture, "2011-08", progress.UnderWay)}),
		"the office for itself":           w.office.Report(t.Context(), w.cmd(w.clerk), culture, []Told{told(w.books, culture, "2011-08", progress.UnderWay)}),
		"an approver on behalf":           w.office.ReportOnBehalf(t.Context(), w.cmd(w.leader), culture, []Told{told(w.books, culture, "2011-08", progress.UnderWay)}),
		"a reporter confirms":             w.office.ConfirmReport(t.Context(), w.cmd(w.reporter), ReportKey{w.books, culture, "2011-08", 1}),
		"a period of another kind":        w.office.Report(t.Context(), w.cmd(w.culture), culture, []Told{told(w.books, culture, "2011-Q3", progress.UnderWay)}),
		"a period to come":                w.office.Report(t.Context(), w.cmd(w.culture), culture, []Told{told(w.books, culture, "2011-10", progress.UnderWay)}),
		"a period before it was assigned": w.office.Report(t.Context(), w.cmd(w.culture), culture, []Told{told(w.books, culture, "2011-07", progress.UnderWay)}),
		"nothing":                         w.office.Report(t.Context(), w.cmd(w.culture), culture, nil),
		"confirm what is not complete":    w.office.ConfirmReport(t.Context(), w.cmd(w.clerk), ReportKey{w.books, culture, "2011-08", 1}),
		"no change where nothing was":     w.office.ReportSame(t.Context(), w.cmd(w.library), library, "2011-08", w.hours),
	} {
		if fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.office.Report(t.Context(), w.cmd(w.reporter), library, []Told{told(w.books, library, "2011-08", progress.UnderWay), told(w.hours, library, "2011-08", progress.NotStarted)}))

	// A fault names the item and the field of the form, and nothing of the page is kept.
	bad := told(w.hours, library, "2011-09", progress.Blocked)
	w.at("2011-10-03")
	err = w.office.Report(t.Context(), w.cmd(w.reporter), library, []Told{told(w.books, library, "2011-09", progress.UnderWay), bad})
	if f := fault.Of(err); f == nil || f.Field != bad.Field("difficulty") || !strings.Contains(f.Error(), "延长开放") {
		t.Errorf("%v", err)
	}
	if l := w.line(w.hours, "2011-09"); l.Owed.Situation != progress.Awaited || l.Last.State != progress.NotStarted {
		t.Errorf("%+v", l)
	}

	// Nothing came: grey since a day. No change is one act. On behalf is marked.
	w.at("2011-10-20")
	if l := w.line(w.books, ""); l.Owed.Situation != progress.Missing || l.Owed.Since != "2011-10-06" {
		t.Errorf("%+v", l)
	}
	counts, err := w.office.ReportCounts(t.Context(), w.clerk)
	w.must(err)
	if counts[w.plan] != (ReportCount{Missing: 2}) {
		t.Errorf("%+v", counts)
	}
	w.must(w.office.ReportSame(t.Context(), w.cmd(w.culture), culture, "2011-09", w.books))
	if l := w.line(w.books, ""); !l.Owed.Late || l.Owed.Report.Done != "送了 900 册" || l.Owed.Report.Next != "秘密的下一步" {
		t.Errorf("%+v", l.Owed)
	}
	w.must(w.office.ReportOnBehalf(t.Context(), w.cmd(w.clerk), library, []Told{{Item: w.hours, Unit: library, Period: "2011-09", State: progress.Complete, Done: "开了", Proof: "照片"}}))
	l := w.line(w.hours, "")
	if !l.Owed.Report.OnBehalf || l.Owed.Situation != progress.Waiting {
		t.Errorf("%+v", l.Owed)
	}
	key := ReportKey{w.hours, library, "2011-09", 1}
	w.must(w.office.ReturnReport(t.Context(), w.cmd(w.clerk), key, "照片看不清"))
	if l := w.line(w.hours, ""); l.Owed.Situation != progress.GivenBack || l.Owed.Report.Reason != "照片看不清" {
		t.Errorf("%+v", l.Owed)
	}
	w.must(w.office.Report(t.Context(), w.cmd(w.library), library, []Told{{Item: w.hours, Unit: library, Period: "2011-09", State: progress.Complete, Done: "开了", Proof: "新照片"}}))
	if err := w.office.ConfirmReport(t.Context(), w.cmd(w.clerk), key); !fault.Is(err, fault.Conflict) {
		t.Errorf("an old revision is confirmed: %v", err)
	}
	key.Revision = 2
	w.must(w.office.ConfirmReport(t.Context(), w.cmd(w.clerk), key))
	w.at("2011-12-20")
	if l := w.line(w.hours, "2011-11"); l.Owed.Situation != progress.Completed {
		t.Errorf("%+v", l.Owed)
	}
	if err := w.office.Report(t.Context(), w.cmd(w.library), library, []Told{told(w.hours, library, "2011-11", progress.UnderWay)}); !fault.Is(err, fault.Conflict) {
		t.Errorf("more is reported of what is complete: %v", err)
	}
	if l := w.line(w.books, ""); l.Owed.Run != 2 || l.Owed.Since != "2011-11-06" {
		t.Errorf("%+v", l.Owed)
	}
	// The deadline of the books passes.
	w.at("2012-01-10")
	if l := w.line(w.books, ""); l.Doubt == nil || l.Doubt.Kind != progress.PastDeadline {
		t.Errorf("%+v", l.Doubt)
	}
	// Everybody sees the state and what was done of what is released, as of each day.
	w.must(w.office.Publish(t.Context(), w.cmd(w.leader), w.plan, plan.Release{Items: []id.Item{w.books}}, plan.SecrecyReview{By: "保密岗", Day: "2012-01-10", Result: "可以公开"}))
	p, err := w.public.Plan(t.Context(), w.plan)
	w.must(err)
	if got := p.Reports[w.books]; len(got) != 2 || got[0].Unit.Name != "公共文化处" || got[0].Report.Done != "送了 900 册" || got[0].Report.Next != "" || len(p.Reports) != 1 {
		t.Errorf("%+v", p.Reports)
	}
	then, err := w.public.AsOf(t.Context(), p, "2011-08-31")
	w.must(err)
	if got := then.Reports[w.books]; len(got) != 1 || got[0].Report != nil {
		t.Errorf("%+v", got)
	}
}

// Whoever goes on with a unit that ended reports for it.
func TestReportsOfAUnitThatEnded(t *testing.T) {
	w := newReportTown(t)
	art := w.employ("艺术处", "处长", "叶听涛", org.UnitHead)
	w.must(w.office.MergeUnit(t.Context(), w.cmd(w.clerk), w.units["公共文化处"], w.units["艺术处"], "2011-09-01"))
	w.at("2011-09-20")
	due, err := w.office.ReportsDue(t.Context(), art, "")
	w.must(err)
	if len(due) != 1 || len(due[0].Due) != 1 || due[0].Due[0].Owner.Unit != w.units["公共文化处"] {
		t.Fatalf("%+v", due)
	}
	w.must(w.office.Report(t.Context(), w.cmd(art), w.units["艺术处"], []Told{{Item: w.books, Unit: w.units["公共文化处"], Period: "2011-09", State: progress.UnderWay, Done: "接着送"}}))
	if l := w.line(w.books, "2011-09"); l.Owed.Report == nil || l.Owed.Report.Done != "接着送" {
		t.Errorf("%+v", l)
	}

	// Once the duty is passed on, what was reported before goes along.
	w.must(w.office.PassOn(t.Context(), w.cmd(w.clerk), w.plan, w.units["公共文化处"]))
	w.at("2011-11-03")
	due, err = w.office.ReportsDue(t.Context(), art, "2011-10")
	w.must(err)
	if len(due) != 1 || len(due[0].Due) != 1 || due[0].Due[0].Owner.Unit != w.units["艺术处"] || due[0].Due[0].Last == nil || due[0].Due[0].Last.Done != "接着送" {
		t.Fatalf("%+v", due)
	}
	w.must(w.office.ReportSame(t.Context(), w.cmd(art), w.units["艺术处"], "2011-10", w.books))
	if l := w.line(w.books, "2011-10"); l.Owed.Report == nil || l.Owed.Report.Done != "接着送" || l.Owed.Report.Unit != w.units["艺术处"] {
		t.Errorf("%+v", l)
	}
}

// What waits for the office is counted too where the unit that said it ended since.
func TestCountsKnowWhatWasPassedOn(t *testing.T) {
	w := newReportTown(t)
	culture := w.units["公共文化处"]
	w.at("2011-09-02")
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, []Told{{Item: w.books, Unit: culture, Period: "2011-08", State: progress.Complete, Done: "送完了", Proof: "签收单"}}))
	counted := func(when string, want ReportCount) {
		t.Helper()
		counts, err := w.office.ReportCounts(t.Context(), w.clerk)
		w.must(err)
		if counts[w.plan] != want {
			t.Errorf("%s: %+v", when, counts[w.plan])
		}
	}
	w.at("2011-09-20")
	counted("before it ended", ReportCount{Missing: 1, Waiting: 1})
	w.must(w.office.MergeUnit(t.Context(), w.cmd(w.clerk), culture, w.units["艺术处"], "2011-09-21"))
	w.at("2011-09-22")
	counted("after it ended", ReportCount{Missing: 1, Waiting: 1})
	w.must(w.office.PassOn(t.Context(), w.cmd(w.clerk), w.plan, culture))
	counted("after its duty was passed on", ReportCount{Missing: 1, Waiting: 1})
}

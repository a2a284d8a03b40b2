package desk

import (
	"strings"
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/plan"
	"luoshi/progress"
)

// typed gives what was typed of an item by a unit, as its form shows it.
func (w *reportTown) typed(who Who, item id.Item, period progress.Period) *ReportDraft {
	w.Helper()
	all, err := w.office.ReportsDue(w.Context(), who, period)
	w.must(err)
	for _, u := range all {
		for _, d := range u.Due {
			if d.Item.ID == item {
				return d.Typed
			}
		}
	}
	w.Fatal("not asked")
	return nil
}

// What a reporter sends waits for the head of the unit, is given back, sent again and
// signed; until then it is not reported.
func TestReportsWaitForTheHead(t *testing.T) {
	w := newReportTown(t)
	library := w.units["市图书馆"]
	w.at("2011-10-10")
	said := Told{Item: w.hours, Unit: library, Period: "2011-09", State: progress.UnderWay, Done: "夜里开到八点"}
	k := DraftKey{w.hours, library, "2011-09"}
	for name, err := range map[string]error{
		"a reporter sets it":       w.office.SetSigning(t.Context(), w.cmd(w.reporter), library, true),
		"the head of another unit": w.office.SetSigning(t.Context(), w.cmd(w.culture), library, true),
		"the office":               w.office.SetSigning(t.Context(), w.cmd(w.clerk), library, true),
	} {
		if !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.office.SetSigning(t.Context(), w.cmd(w.library), library, true))
	before := len(w.entries())
	w.must(w.office.Report(t.Context(), w.cmd(w.reporter), library, []Told{said}))
	if n := len(w.entries()); n != before {
		t.Errorf("%d entries of what is not reported", n-before)
	}
	page, err := w.office.Summary(t.Context(), w.clerk, w.plan, "2011-09", progress.SummaryChoice{})
	w.must(err)
	signs := 0
	for _, r := range page.Rows {
		for _, l := range r.Lines {
			if l.Signs {
				signs++
			}
		}
	}
	if signs != 1 {
		t.Errorf("%d lines of the summary wait for the head", signs)
	}
	if l := w.line(w.hours, "2011-09"); l.Owed.Situation != progress.Missing || !l.Signs {
		t.Errorf("%+v", l)
	}
	bad := said
	bad.State, bad.Done = progress.Complete, ""
	for name, err := range map[string]error{
		"what is unfit to be a report": w.office.Report(t.Context(), w.cmd(w.reporter), library, []Told{bad}),
		"a reporter signs":             w.office.SignReports(t.Context(), w.cmd(w.reporter), library, []DraftKey{k}),
		"another head signs":           w.office.SignReports(t.Context(), w.cmd(w.culture), library, []DraftKey{k}),
		"nothing":                      w.office.SignReports(t.Context(), w.cmd(w.library), library, nil),
		"what does not wait":           w.office.SignReports(t.Context(), w.cmd(w.library), library, []DraftKey{{w.books, library, "2011-09"}}),
		"given back without a reason":  w.office.SendBackReport(t.Context(), w.cmd(w.library), library, k, " "),
	} {
		if fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.office.SendBackReport(t.Context(), w.cmd(w.library), library, k, "写到九点"))
	if d := w.typed(w.reporter, w.hours, "2011-09"); d == nil || d.State != progress.SentBack || d.Reason != "写到九点" || d.Told.Done != "夜里开到八点" {
		t.Errorf("%+v", d)
	}
	if err := w.office.SignReports(t.Context(), w.cmd(w.library), library, []DraftKey{k}); !fault.Is(err, fault.Conflict) {
		t.Errorf("what was given back is signed: %v", err)
	}
	said.Done = "夜里开到九点"
	w.must(w.office.Report(t.Context(), w.cmd(w.reporter), library, []Told{said}))
	waits, err := w.office.ToSign(t.Context(), w.library)
	w.must(err)
	if len(waits) != 1 || len(waits[0].Lines) != 1 || waits[0].Lines[0].Told.Done != said.Done || waits[0].Lines[0].By == "" || waits[0].Lines[0].Item.ID != w.hours {
		t.Fatalf("%+v", waits)
	}
	w.must(w.office.SignReports(t.Context(), w.cmd(w.library), library, []DraftKey{k}))
	if l := w.line(w.hours, "2011-09"); l.Owed.Situation != progress.Reported || l.Signs || l.Owed.Report.Done != said.Done {
		t.Errorf("%+v", l)
	}
	if d := w.typed(w.reporter, w.hours, "2011-09"); d != nil {
		t.Errorf("%+v", d)
	}
	// What the head writes needs no second signature; on behalf of the unit neither.
	w.must(w.office.Report(t.Context(), w.cmd(w.library), library, []Told{{Item: w.books, Unit: library, Period: "2011-09", State: progress.UnderWay, Done: "送了"}}))
	w.must(w.office.ReportOnBehalf(t.Context(), w.cmd(w.clerk), library, []Told{{Item: w.hours, Unit: library, Period: "2011-09", State: progress.UnderWay, Done: "电话里说的"}}))
	if l := w.line(w.hours, "2011-09"); l.Owed.Report.Done != "电话里说的" {
		t.Errorf("%+v", l)
	}
	w.must(w.office.SetSigning(t.Context(), w.cmd(w.library), library, false))
	w.must(w.office.Report(t.Context(), w.cmd(w.reporter), library, []Told{{Item: w.hours, Unit: library, Period: "2011-09", State: progress.UnderWay, Done: "不用签了"}}))
	if l := w.line(w.hours, "2011-09"); l.Owed.Report.Done != "不用签了" {
		t.Errorf("%+v", l)
	}
}

// What is kept is not reported, may be unfinished, and goes when it is sent.
func TestKeptReports(t *testing.T) {
	w := newReportTown(t)
	library := w.units["市图书馆"]
	w.at("2011-10-10")
	half := Told{Item: w.hours, Unit: library, Period: "2011-09", State: progress.Blocked, Done: strings.Repeat("长", 300)}
	w.must(w.office.KeepReports(t.Context(), w.cmd(w.reporter), library, []Told{half}))
	if d := w.typed(w.library, w.hours, "2011-09"); d == nil || d.State != progress.Kept || d.Told != half {
		t.Errorf("%+v", d)
	}
	if l := w.line(w.hours, "2011-09"); l.Owed.Situation != progress.Missing || l.Signs {
		t.Errorf("%+v", l)
	}
	for name, err := range map[string]error{
		"of others":  w.office.KeepReports(t.Context(), w.cmd(w.culture), library, []Told{half}),
		"not asked":  w.office.KeepReports(t.Context(), w.cmd(w.culture), w.units["公共文化处"], []Told{half}),
		"endless":    w.office.KeepReports(t.Context(), w.cmd(w.reporter), library, []Told{{Item: w.hours, Unit: library, Period: "2011-09", Next: strings.Repeat("长", 2001)}}),
		"the office": w.office.KeepReports(t.Context(), w.cmd(w.clerk), library, []Told{half}),
	} {
		if fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	half.State, half.Done = progress.UnderWay, "短了"
	w.must(w.office.Report(t.Context(), w.cmd(w.reporter), library, []Told{half}))
	if d := w.typed(w.reporter, w.hours, "2011-09"); d != nil {
		t.Errorf("%+v", d)
	}
}

// How often an item is reported may change while its plan is in force; what was not asked
// for then is not missing.
func TestHowOftenItemsAreReported(t *testing.T) {
	w := newReportTown(t)
	library := w.units["市图书馆"]
	w.at("2011-10-10")
	w.must(w.office.Report(t.Context(), w.cmd(w.library), library, []Told{{Item: w.hours, Unit: library, Period: "2011-09", State: progress.UnderWay, Done: "开着"}}))
	for name, err := range map[string]error{
		"a unit":           w.office.SetReporting(t.Context(), w.cmd(w.library), w.plan, []id.Item{w.hours}, plan.Weekly),
		"no item":          w.office.SetReporting(t.Context(), w.cmd(w.clerk), w.plan, nil, plan.Weekly),
		"no such interval": w.office.SetReporting(t.Context(), w.cmd(w.clerk), w.plan, []id.Item{w.hours}, "hourly"),
		"nothing changes":  w.office.SetReporting(t.Context(), w.cmd(w.clerk), w.plan, []id.Item{w.hours}, plan.Monthly),
		"another plan's":   w.office.SetReporting(t.Context(), w.cmd(w.clerk), w.plan, []id.Item{1}, plan.Weekly),
	} {
		if err == nil {
			t.Errorf("%s", name)
		}
	}
	before := len(w.entries())
	w.must(w.office.SetReporting(t.Context(), w.cmd(w.clerk), w.plan, []id.Item{w.hours, w.books}, plan.Weekly))
	if added := w.entries()[before:]; len(added) != 2 || added[0].Kind != plan.KindItemRecorded || added[0].Field("period") != "week" {
		t.Errorf("%+v", added)
	}
	w.at("2011-10-24") // a Monday: the week of the change ended the day before yesterday's eve
	due, err := w.office.ReportsDue(t.Context(), w.library, "")
	w.must(err)
	for _, d := range due[0].Due {
		if d.Period.Every() != progress.Weekly || len(d.Missed) > 1 {
			t.Errorf("%s %v", d.Period, d.Missed)
		}
	}
	w.at("2011-11-07")
	if l := w.line(w.hours, "2011-W42"); l.Owed.Situation != progress.Missing || l.Owed.Run != 2 || l.Last == nil || l.Last.Done != "开着" { // W41 holds the day of the change
		t.Errorf("%+v", l.Owed)
	}
	if w.review(w.plan).Items[0].Title == "" {
		t.Error("the items were lost")
	}
}

// What a unit typed stays with it when somebody reports on its behalf: nobody else sees
// it, and it is not lost.
func TestReportOnBehalfLeavesWhatTheUnitTyped(t *testing.T) {
	w := newReportTown(t)
	library := w.units["市图书馆"]
	w.at("2011-10-10")
	typed := Told{Item: w.hours, Unit: library, Period: "2011-09", State: progress.Blocked, Done: "还没写完"}
	w.must(w.office.KeepReports(t.Context(), w.cmd(w.reporter), library, []Told{typed}))
	u, err := w.office.ReportsDueBy(t.Context(), w.clerk, library, "2011-09")
	w.must(err)
	for _, d := range u.Due {
		if d.Typed != nil {
			t.Errorf("the office sees %+v", d.Typed)
		}
	}
	w.must(w.office.ReportOnBehalf(t.Context(), w.cmd(w.clerk), library, []Told{{Item: w.hours, Unit: library, Period: "2011-09", State: progress.UnderWay, Done: "电话里说的"}}))
	if d := w.typed(w.reporter, w.hours, "2011-09"); d == nil || d.Told != typed {
		t.Errorf("%+v", d)
	}
}

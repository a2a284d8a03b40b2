package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/progress"
)

func (w *reportTown) summary(period progress.Period, chosen progress.SummaryChoice) SummaryPage {
	w.Helper()
	s, err := w.office.Summary(w.Context(), w.clerk, w.plan, period, chosen)
	w.must(err)
	return s
}

func (w *reportTown) issue(period progress.Period) id.Summary {
	w.Helper()
	made, err := w.office.IssueSummary(w.Context(), w.cmd(w.clerk), w.plan, period, progress.SummaryChoice{}, Saw(w.summary(period, progress.SummaryChoice{}).Summary))
	w.must(err)
	return made
}

// A month is put together, shortened, issued, and stays as it was; what comes later is an
// adjustment in the next, once.
func TestSummaryFromReportsToEditions(t *testing.T) {
	w := newReportTown(t)
	culture, library := w.units["公共文化处"], w.units["市图书馆"]
	w.at("2011-09-03")
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, []Told{{Item: w.books, Unit: culture, Period: "2011-08", State: progress.UnderWay, Done: "送了 900 册，三个县都去过了", Next: "再送"}}))
	w.at("2011-09-10")
	s := w.summary("2011-08", progress.SummaryChoice{})
	if len(s.Rows) != 2 || s.Rows[0].Title != "送书下乡" || s.Rows[0].Number != 1 || s.Rows[0].Lines[0].Said.Done != "送了 900 册，三个县都去过了" ||
		s.Rows[1].Lines[0].Situation != progress.Missing || s.Rows[1].Lines[0].Since != "2011-09-06" || s.Rows[0].Deadline == "" {
		t.Fatalf("%+v", s.Rows)
	}
	// Any choice of it.
	for name, c := range map[string]struct {
		progress.SummaryChoice
		rows int
	}{
		"what is missing":   {progress.SummaryChoice{State: "missing"}, 1},
		"what is under way": {progress.SummaryChoice{State: "under_way"}, 1},
		"what is blocked":   {progress.SummaryChoice{State: "blocked"}, 0},
		"of one unit":       {progress.SummaryChoice{Unit: library}, 1},
		"of a theme":        {progress.SummaryChoice{Theme: "没有的"}, 0},
		"of a stage":        {progress.SummaryChoice{Phase: 99}, 0},
	} {
		if got := w.summary("2011-08", c.SummaryChoice); len(got.Rows) != c.rows {
			t.Errorf("%s: %+v", name, got.Rows)
		}
	}

	key := ReportKey{w.books, culture, "2011-08", 1}
	for name, err := range map[string]error{
		"longer words":              w.office.ShortenWords(t.Context(), w.cmd(w.clerk), key, progress.Shortened{Done: "送了", Next: "再送三千册"}),
		"another revision":          w.office.ShortenWords(t.Context(), w.cmd(w.clerk), ReportKey{w.books, culture, "2011-08", 2}, progress.Shortened{Done: "送了"}),
		"a unit shortens":           w.office.ShortenWords(t.Context(), w.cmd(w.culture), key, progress.Shortened{Done: "送了"}),
		"an approver introduces":    w.office.IntroduceSummary(t.Context(), w.cmd(w.leader), w.plan, "2011-08", "本月"),
		"what was not looked at":    errOf(w.office.IssueSummary(t.Context(), w.cmd(w.clerk), w.plan, "2011-08", progress.SummaryChoice{}, "x")),
		"nothing":                   errOf(w.office.IssueSummary(t.Context(), w.cmd(w.clerk), w.plan, "2011-08", progress.SummaryChoice{Phase: 99}, "x")),
		"an auditor reads, not act": errOf(w.office.IssueSummary(t.Context(), w.cmd(w.leader), w.plan, "2011-08", progress.SummaryChoice{}, Saw(s.Summary))),
	} {
		if fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.office.ShortenWords(t.Context(), w.cmd(w.clerk), key, progress.Shortened{Done: "送了 900 册", Next: "再送"}))
	w.must(w.office.IntroduceSummary(t.Context(), w.cmd(w.clerk), w.plan, "2011-08", "八月做了两件事。"))
	if _, err := w.office.IssueSummary(t.Context(), w.cmd(w.clerk), w.plan, "2011-08", progress.SummaryChoice{}, Saw(s.Summary)); !fault.Is(err, fault.Conflict) {
		t.Errorf("what changed meanwhile is issued: %v", err)
	}
	first := w.issue("2011-08")
	issued := func(which id.Summary) progress.Summary {
		got, err := w.office.IssuedSummary(t.Context(), w.leader, w.plan, which)
		w.must(err)
		return got
	}
	was := issued(first)
	if was.Year != 2011 || was.Serial != 1 || was.Introduction != "八月做了两件事。" || was.Rows[0].Lines[0].Printed().Done != "送了 900 册" || was.Rows[0].Lines[0].Said.Done != "送了 900 册，三个县都去过了" {
		t.Errorf("%+v", was)
	}

	// Late, and said anew; the edition stays, the next tells it.
	w.at("2011-10-03")
	w.must(w.office.Report(t.Context(), w.cmd(w.reporter), library, []Told{{Item: w.hours, Unit: library, Period: "2011-08", State: progress.UnderWay, Done: "补报"}}))
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, []Told{{Item: w.books, Unit: culture, Period: "2011-08", State: progress.UnderWay, Done: "更正：送了 890 册"}}))
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, []Told{{Item: w.books, Unit: culture, Period: "2011-09", State: progress.UnderWay, Done: "九月又送"}}))
	if again := issued(first); text(again) != text(was) {
		t.Errorf("the edition changed: %+v", again)
	}
	w.at("2011-10-10")
	s = w.summary("2011-09", progress.SummaryChoice{})
	if len(s.Adjustments) != 2 || s.Adjustments[0].Was.Revision != 1 || s.Adjustments[0].Is.Done != "更正：送了 890 册" || s.Adjustments[1].Was.Situation != progress.Missing || s.Adjustments[1].Since != "2011-10-03" {
		t.Fatalf("%+v", s.Adjustments)
	}
	if got := w.summary("2011-09", progress.SummaryChoice{Unit: library}); len(got.Adjustments) != 1 {
		t.Errorf("%+v", got.Adjustments)
	}
	second := issued(w.issue("2011-09"))
	if second.Serial != 2 || len(second.Adjustments) != 2 {
		t.Errorf("%+v", second)
	}
	w.at("2011-11-10")
	if s = w.summary("2011-10", progress.SummaryChoice{}); len(s.Adjustments) != 0 {
		t.Errorf("told twice: %+v", s.Adjustments)
	}
	_, all, err := w.office.IssuedSummaries(t.Context(), w.leader, w.plan)
	w.must(err)
	if len(all) != 2 || all[0].Serial != 2 || all[1].ID != first {
		t.Errorf("%+v", all)
	}
	// The ledger holds the digest; content that was altered is not shown.
	entries := w.entries()
	if !slices.ContainsFunc(entries, func(e db.Logged) bool {
		return e.Kind == progress.KindIssued && e.Field("content") == fmt.Sprintf("%x", all[1].Digest) && e.Field("serial") == "1"
	}) {
		t.Error("no entry of the edition")
	}
	w.must(w.db.Local(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE summary_edition SET content = $1 WHERE city_id = $2 AND id = $3", strings.Replace(text(was), "900", "990", 1), 1, first)
		return err
	}))
	if _, err := w.office.IssuedSummary(t.Context(), w.leader, w.plan, first); fault.Of(err) != errIssuedChanged {
		t.Errorf("%v", err)
	}
}

func errOf[T any](_ T, err error) error { return err }

// BenchmarkMergeMonth puts a month of 60 items together, each with 150 units that reported it
// for 17 months, read from the database: the month that ended last, with what changed since
// sixteen editions were issued, and a month of last year.
func BenchmarkMergeMonth(b *testing.B) {
	w := newCrowd(b, 150, 60, 17)
	summary := func(p progress.Period) progress.Summary {
		s, err := w.office.Summary(b.Context(), w.clerk, w.plan, p, progress.SummaryChoice{})
		w.must(err)
		return s.Summary
	}
	for p := progress.Period("2011-08"); p < "2012-12"; p = p.Next() {
		w.now = p.Due(4).Time()
		_, err := w.office.IssueSummary(b.Context(), w.cmd(w.clerk), w.plan, p, progress.SummaryChoice{}, Saw(summary(p)))
		w.must(err)
	}
	w.now = calendar.Day("2013-01-09").Time()
	w.must(w.office.db.Local(b.Context(), func(tx *db.Tx) error { // some of the month before come late
		late := progress.Report{Period: "2012-11", Revision: 1, State: progress.UnderWay, Done: "补报", Standing: progress.Sent, Day: "2013-01-05"}
		for _, l := range summary("2012-11").Rows[7].Lines {
			if late.Item, late.Unit = summary("2012-11").Rows[7].Item, l.Unit; l.Said == nil {
				return saveReports(tx, 1, []progress.Report{late})
			}
		}
		return nil
	}))
	for _, p := range []progress.Period{"2012-12", "2012-01"} {
		b.Run(string(p), func(b *testing.B) {
			for b.Loop() {
				if s := summary(p); len(s.Rows) != 60 || len(s.Rows[0].Lines) != 150 || len(s.Adjustments) != 1 {
					b.Fatalf("%d rows, %d adjustments", len(s.Rows), len(s.Adjustments))
				}
			}
			b.ReportMetric(float64(len(text(summary(p))))/1e6, "MB")
		})
	}
}

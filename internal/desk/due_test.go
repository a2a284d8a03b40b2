package desk

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// said writes a due shortly: report 2011-09 by 2011-10-05.
func (d Due) said() string {
	words := []string{string(d.Kind)}
	if d.Period != "" {
		words = append(words, string(d.Period))
	}
	if d.Returned {
		words = append(words, "back")
	}
	if d.By != "" {
		words = append(words, "by "+string(d.By))
	}
	if d.Since != "" {
		words = append(words, "since "+string(d.Since))
	}
	if d.Run > 1 {
		words = append(words, fmt.Sprint("run ", d.Run))
	}
	return strings.Join(words, " ")
}

func TestDueReports(t *testing.T) {
	report := func(period progress.Period, state progress.State, standing progress.Standing) progress.Report {
		return progress.Report{Period: period, Revision: 1, State: state, Standing: standing, Day: period.Last(), Decided: period.Last().AddDays(2), Reason: "写清楚"}
	}
	under, back := progress.UnderWay, progress.Returned
	for _, c := range []struct {
		name    string
		today   calendar.Day
		reports []progress.Report
		want    string
	}{
		{"the first month runs", "2011-08-20", nil, "report 2011-08 by 2011-09-05"},
		{"it is asked for", "2011-09-02", nil, "report 2011-08 by 2011-09-05"},
		{"its last day", "2011-09-05", nil, "report 2011-08 by 2011-09-05"},
		{"nothing came", "2011-09-06", nil, "report 2011-08 by 2011-09-05 since 2011-09-06; report 2011-09 by 2011-10-05"},
		{"two months on end", "2011-10-06", nil, "report 2011-09 by 2011-10-05 since 2011-09-06 run 2; report 2011-10 by 2011-11-05"},
		{"one is missing while the next is asked for", "2011-10-03", nil, "report 2011-08 by 2011-09-05 since 2011-09-06; report 2011-09 by 2011-10-05"},
		{"all is reported", "2011-09-20", []progress.Report{report("2011-08", under, progress.Sent), report("2011-09", under, progress.Sent)}, ""},
		{"it came back", "2011-09-20", []progress.Report{report("2011-08", under, back)}, "report 2011-08 back by 2011-09-05 since 2011-09-02; report 2011-09 by 2011-10-05"},
		{"it came back and went on", "2011-09-20", []progress.Report{report("2011-08", under, back), report("2011-09", under, progress.Sent)}, ""},
		{"said to be complete", "2011-11-20", []progress.Report{report("2011-08", progress.Complete, progress.Sent)}, "confirm 2011-08 since 2011-08-31"},
		{"confirmed", "2011-11-20", []progress.Report{report("2011-08", progress.Complete, progress.Confirmed)}, ""},
		{"not confirmed but returned", "2011-09-03", []progress.Report{report("2011-08", progress.Complete, back)}, "report 2011-08 back by 2011-09-05 since 2011-09-02"},
	} {
		var got []string
		for _, d := range dueReports(askedReport{every: progress.Monthly, owner: org.Owner{Unit: 7, SetDay: "2011-08-08"}}, c.reports, c.today) {
			got = append(got, d.said())
			if (d.Kind == DueConfirm) != (d.Unit == 0) || d.Of != 7 {
				t.Errorf("%s: owed by %d of %d", c.name, d.Unit, d.Of)
			}
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

// dues writes what is owed on the day, with whom it is owed by.
func (w *reportTown) dues(units ...id.Unit) string {
	w.Helper()
	var got []string
	w.must(w.db.Read(w.Context(), func(v *db.View) error {
		all, err := w.office.duesOf(v, units...)
		office, err2 := w.office.officeDues(v)
		if len(units) == 0 {
			all.all = append(all.all, office...)
		}
		for _, d := range all.all {
			name := all.tree.units[d.Unit].Name
			if d.Unit == 0 {
				name = "office"
			}
			got = append(got, name+" "+d.said())
		}
		if err == nil {
			err = err2
		}
		return err
	}))
	return strings.Join(got, "\n")
}

func TestDues(t *testing.T) {
	w := newReportTown(t)
	culture, library := w.units["公共文化处"], w.units["市图书馆"]
	expect := func(when string, want string, units ...id.Unit) {
		t.Helper()
		if got := w.dues(units...); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", when, got, want)
		}
	}
	w.at("2011-08-20")
	expect("what a unit was given", "公共文化处 answer since 2011-08-08\n公共文化处 report 2011-08 by 2011-09-05", culture)
	w.must(w.office.AnswerDuty(t.Context(), w.cmd(w.culture), w.books, culture, true, ""))
	w.must(w.office.AnswerDuty(t.Context(), w.cmd(w.library), w.hours, library, false, "人手不够"))
	w.must(w.office.Report(t.Context(), w.cmd(w.culture), culture, []Told{{Item: w.books, Unit: culture, Period: "2011-08", State: progress.Complete, Done: "送完了", Proof: "签收单"}}))
	w.imported(strings.ReplaceAll(small, "服务月", "读书月"))
	order, err := w.office.GiveOrder(t.Context(), w.cmd(w.clerk), w.plan, NewOrder{Order: plan.Order{Kind: plan.Instruction, Words: "请艺术处9月10日前报演出安排。", Giver: "局长", Given: "2011-08-19"},
		Item: plan.Item{Title: "报演出安排", Lead: "艺术处"}, Due: plan.Milestone{Due: "2011-09-10"}})
	w.must(err)
	w.must(w.office.AssignItems(t.Context(), w.cmd(w.clerk), w.plan, []Assignment{{order, []org.Owner{{Unit: w.units["艺术处"], Duty: org.LeadDuty}}}}))
	w.at("2011-09-12")
	expect("what all owe", `市图书馆 answer since 2011-08-08
云溪县 answer since 2011-08-08
望潮区 answer since 2011-08-08
office confirm 2011-08 since 2011-08-20
office objection since 2011-08-20
艺术处 answer since 2011-08-20
市图书馆 report 2011-08 by 2011-09-05 since 2011-09-06
艺术处 order by 2011-09-10
市图书馆 report 2011-09 by 2011-10-05
office question
office assign since 2011-08-08
office release since 2011-08-08`)
	w.must(w.office.ReturnReport(t.Context(), w.cmd(w.clerk), ReportKey{w.books, culture, "2011-08", 1}, "签收单看不清"))
	expect("what a unit got back", "公共文化处 report 2011-08 back by 2011-09-05 since 2011-09-12\n公共文化处 report 2011-09 by 2011-10-05", culture)

	// Whoever goes on with a unit owes what it owed.
	w.must(w.office.MergeUnit(t.Context(), w.cmd(w.clerk), culture, w.units["艺术处"], "2011-09-13"))
	w.at("2011-12-20")
	expect("what two units owe", `市图书馆 answer since 2011-08-08
office objection since 2011-08-20
艺术处 answer since 2011-08-20
艺术处 report 2011-08 back by 2011-09-05 since 2011-09-12
艺术处 order by 2011-09-10
艺术处 report 2011-11 by 2011-12-05 since 2011-10-06 run 3
市图书馆 report 2011-11 by 2011-12-05 since 2011-09-06 run 4
市图书馆 milestone by 2011-12-31
艺术处 report 2011-12 by 2012-01-05
市图书馆 report 2011-12 by 2012-01-05`, w.units["艺术处"], library)
}

// A handover is dealt with without an entry: what is kept of what all owe must not hold it on.
func TestKeptDuesForgetHandoversDealtWith(t *testing.T) {
	w := newTown(t)
	other := w.hire("审签二岗", "石知行", org.Approver)
	_, err := w.office.HandOver(t.Context(), w.cmd(w.admin), HandingOver{Predecessor: w.leader.Account, Posts: []id.Post{w.leader.Post}, Successor: other.Account, First: w.office.Today().AddDays(1)})
	w.must(err)
	handovers := func() (n int) {
		today, err := w.office.TodayOf(t.Context(), w.leader)
		w.must(err)
		for _, d := range today.Mine {
			if d.Kind == DueHandover {
				n++
			}
		}
		return n
	}
	w.later(1)
	if n := handovers(); n != 1 {
		t.Fatalf("%d before", n)
	}
	w.must(NewJobs(w.db, nil, 1).FinishHandovers(t.Context()))
	if n := handovers(); n != 0 {
		t.Errorf("%d after it was dealt with", n)
	}
}

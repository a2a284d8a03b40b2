package progress

import (
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/ledger"
)

func TestCheck(t *testing.T) {
	long := strings.Repeat("长", LongestWords+1)
	for _, c := range []struct {
		name  string
		r     Report
		field string // empty where it is good
	}{
		{"not started says nothing", Report{State: NotStarted}, ""},
		{"no state", Report{Done: "送了书"}, "state"},
		{"unknown state", Report{State: "done"}, "state"},
		{"under way wants words", Report{State: UnderWay}, "done"},
		{"under way", Report{State: UnderWay, Done: "送了书"}, ""},
		{"too long", Report{State: UnderWay, Done: long}, "done"},
		{"just as long as may be", Report{State: UnderWay, Done: long[:len(long)-3]}, ""},
		{"control characters", Report{State: UnderWay, Done: "送\x1b书"}, "done"},
		{"line breaks may be", Report{State: UnderWay, Done: "一\n二"}, ""},
		{"broken text", Report{State: UnderWay, Done: "书", Next: "\xff"}, "next"},
		{"blocked wants the difficulty", Report{State: Blocked, Need: "车", NeedFrom: "财务处"}, "difficulty"},
		{"blocked wants what it needs", Report{State: Blocked, Difficulty: "没有车", NeedFrom: "财务处"}, "need"},
		{"blocked wants from whom", Report{State: Blocked, Difficulty: "没有车", Need: "车"}, "need_from"},
		{"blocked", Report{State: Blocked, Difficulty: "没有车", Need: "车", NeedFrom: "财务处"}, ""},
		{"complete wants proof", Report{State: Complete, Done: "送完了"}, "proof"},
		{"complete", Report{State: Complete, Done: "送完了", Proof: "签收单 30 张"}, ""},
	} {
		f := fault.Of(c.r.Check())
		if got := f != nil; got != (c.field != "") || got && f.Field != c.field {
			t.Errorf("%s: %v", c.name, f)
		}
	}
}

func TestFollows(t *testing.T) {
	at := func(p Period, s State, standing Standing) Report {
		return Report{Period: p, State: s, Standing: standing, Revision: 1}
	}
	for _, c := range []struct {
		name   string
		before []Report
		r      Report
		good   bool
	}{
		{"the first", nil, at("2011-09", NotStarted, Sent), true},
		{"a later month", []Report{at("2011-09", NotStarted, Sent)}, at("2011-10", UnderWay, Sent), true},
		{"not yet begun", nil, at("2011-12", UnderWay, Sent), false},
		{"back to the start", []Report{at("2011-09", UnderWay, Sent)}, at("2011-10", NotStarted, Sent), false},
		{"back after a return", []Report{at("2011-09", UnderWay, Returned)}, at("2011-10", NotStarted, Sent), true},
		{"a correction of the same month", []Report{at("2011-09", UnderWay, Sent)}, at("2011-09", NotStarted, Sent), true},
		{"blocked and on again", []Report{at("2011-09", Blocked, Sent)}, at("2011-10", UnderWay, Sent), true},
		{"after a completion that waits", []Report{at("2011-09", Complete, Sent)}, at("2011-10", UnderWay, Sent), false},
		{"the completion taken back", []Report{at("2011-09", Complete, Sent)}, at("2011-09", UnderWay, Sent), true},
		{"after a completion that stands", []Report{at("2011-09", Complete, Confirmed)}, at("2011-09", UnderWay, Sent), false},
		{"late, before a completion that waits", []Report{at("2011-10", Complete, Sent)}, at("2011-09", UnderWay, Sent), true},
		{"after a completion that was returned", []Report{at("2011-09", Complete, Returned)}, at("2011-10", UnderWay, Sent), true},
	} {
		if err := c.r.Follows(c.before, "2011-11-03"); (err == nil) != c.good {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestUnchanged(t *testing.T) {
	last := Report{Item: 1, Unit: 2, Period: "2011-09", Revision: 2, State: Blocked, Done: "a", Difficulty: "b", Need: "c", NeedFrom: "d", Standing: Sent, OnBehalf: true}
	r, err := Unchanged([]Report{last, {Period: "2011-09", Revision: 1, Done: "old"}}, "2011-10")
	if err != nil || r != (Report{Item: 1, Unit: 2, Period: "2011-10", State: Blocked, Done: "a", Difficulty: "b", Need: "c", NeedFrom: "d"}) {
		t.Errorf("%+v, %v", r, err)
	}
	for name, before := range map[string][]Report{"nothing": nil, "the same month only": {{Period: "2011-10", State: UnderWay}},
		"returned": {{Period: "2011-09", State: UnderWay, Standing: Returned}}, "complete": {{Period: "2011-09", State: Complete, Standing: Sent}}} {
		if _, err := Unchanged(before, "2011-10"); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestConfirmAndReturn(t *testing.T) {
	r := Report{State: Complete, Standing: Sent}
	confirmed, err := r.Confirm("2011-10-06")
	if err != nil || confirmed.Standing != Confirmed || confirmed.Decided != "2011-10-06" {
		t.Errorf("%+v, %v", confirmed, err)
	}
	if _, err := confirmed.Confirm("2011-10-07"); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice: %v", err)
	}
	if _, err := (Report{State: UnderWay, Standing: Sent}).Confirm("2011-10-07"); !fault.Is(err, fault.Conflict) {
		t.Errorf("not complete: %v", err)
	}
	if _, err := r.Return(" ", "2011-10-06"); fault.Of(err) == nil || fault.Of(err).Field != "reason" {
		t.Errorf("without a reason: %v", err)
	}
	back, err := confirmed.Return("照片看不清", "2011-11-06")
	if err != nil || back.Standing != Returned || back.Reason != "照片看不清" {
		t.Errorf("%+v, %v", back, err)
	}
	if _, err := back.Return("又", "2011-11-06"); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice: %v", err)
	}
}

func TestOwedFor(t *testing.T) {
	for _, c := range []struct {
		name    string
		reports []Report
		since   string
		today   string
		want    Situation
		missing string
		late    bool
	}{
		{"not due yet", nil, "2011-08-10", "2011-10-05", Awaited, "", false},
		{"missing", nil, "2011-09-10", "2011-10-20", Missing, "2011-10-06", false},
		{"not asked", nil, "2011-10-01", "2011-10-20", NotAsked, "", false},
		{"in time", []Report{{Period: "2011-09", Revision: 1, State: UnderWay, Standing: Sent, Day: "2011-10-05"}}, "2011-08-10", "2011-10-20", Reported, "", false},
		{"late", []Report{{Period: "2011-09", Revision: 1, State: UnderWay, Standing: Sent, Day: "2011-10-06"}}, "2011-08-10", "2011-10-20", Reported, "", true},
		{"mended later is not late", []Report{{Period: "2011-09", Revision: 1, State: UnderWay, Standing: Returned, Day: "2011-10-01"},
			{Period: "2011-09", Revision: 2, State: UnderWay, Standing: Sent, Day: "2011-10-12"}}, "2011-08-10", "2011-10-20", Reported, "", false},
		{"returned", []Report{{Period: "2011-09", Revision: 1, State: UnderWay, Standing: Returned, Day: "2011-10-01"}}, "2011-08-10", "2011-10-20", GivenBack, "", false},
		{"complete", []Report{{Period: "2011-09", Revision: 1, State: Complete, Standing: Sent, Day: "2011-10-01"}}, "2011-08-10", "2011-10-20", Waiting, "", false},
		{"confirmed before", []Report{{Period: "2011-08", Revision: 1, State: Complete, Standing: Confirmed, Day: "2011-09-01"}}, "2011-08-10", "2011-10-20", Completed, "", false},
		{"completion of before returned", []Report{{Period: "2011-08", Revision: 1, State: Complete, Standing: Returned, Day: "2011-09-01"}}, "2011-08-10", "2011-10-20", Missing, "2011-10-06", false},
		{"only later reported", []Report{{Period: "2011-10", Revision: 1, State: UnderWay, Standing: Sent, Day: "2011-10-10"}}, "2011-09-10", "2011-10-20", Missing, "2011-10-06", false},
	} {
		if o := OwedFor("2011-09", day(c.since), c.reports, day(c.today), GraceDays); o.Situation != c.want || string(o.Since) != c.missing || o.Late != c.late {
			t.Errorf("%s: %+v", c.name, o)
		}
	}
}

func TestMissed(t *testing.T) {
	reports := []Report{{Period: "2011-10", Revision: 1, State: UnderWay, Standing: Sent, Day: "2011-11-01"}}
	got := Missed(Monthly, "2011-08-10", reports, "2012-02-03", GraceDays, 9)
	if want := []Period{"2011-12", "2011-11", "2011-09", "2011-08"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := Missed(Monthly, "2011-08-10", reports, "2012-02-03", GraceDays, 2); len(got) != 2 {
		t.Errorf("%v", got)
	}
	if o := OwedFor("2011-12", "2011-08-10", reports, "2012-02-03", GraceDays); o.Run != 2 || o.Since != "2011-12-06" {
		t.Errorf("%+v", o)
	}
	reports[0].State = Complete
	if got := Missed(Monthly, "2011-08-10", reports, "2012-02-03", GraceDays, 9); len(got) != 2 {
		t.Errorf("after the end: %v", got)
	}
}

func TestContradicts(t *testing.T) {
	dates := Dates{Start: "2011-09-01", Deadline: "2011-12-31", Stones: []Stone{{"b", "2011-10-15"}, {"a", "2011-09-23"}, {"c", "2011-12-31"}}}
	for _, c := range []struct {
		name  string
		state State
		today string
		want  ContradictionKind
	}{
		{"not started before its start", NotStarted, "2011-08-31", ""},
		{"not started on it", NotStarted, "2011-09-01", ""},
		{"not started after it", NotStarted, "2011-09-02", PastStart},
		{"under way", UnderWay, "2011-09-23", ""},
		{"a milestone passed", UnderWay, "2011-11-01", MissedStone},
		{"blocked says it already", Blocked, "2011-11-01", ""},
		{"past its deadline", Blocked, "2012-01-01", PastDeadline},
		{"not started past its deadline", NotStarted, "2012-01-01", PastDeadline},
		{"complete", Complete, "2012-01-01", ""},
	} {
		got := Contradicts(c.state, dates, day(c.today))
		if (got == nil) != (c.want == "") || got != nil && got.Kind != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
		if got != nil && got.Kind == MissedStone && got.Title != "a" {
			t.Errorf("%s: the first milestone that was missed is %s", c.name, got.Title)
		}
	}
	if Contradicts(UnderWay, Dates{}, "2011-11-01") != nil {
		t.Error("no dates are contradicted")
	}
}

// What stays inside is never in an entry that everybody may see.
func TestEntries(t *testing.T) {
	r := Report{Item: 1 << 40, Unit: 2 << 40, Period: "2011-W37", Revision: 1, State: Blocked, Done: "外", Next: "内", Difficulty: "内", Need: "内", NeedFrom: "内",
		Proof: "内", Reason: "内", Day: "2011-09-12", Decided: "2011-09-13"}
	all := append(append(r.ReportedEntries(), r.ConfirmedEntry()), r.ReturnedEntries()...)
	if len(all) != 5 {
		t.Fatalf("%d entries", len(all))
	}
	for _, e := range all {
		if (e.Class == ledger.Public) == strings.Contains(e.Words, "内") {
			t.Errorf("%s of class %s says %q", e.Kind, e.Class, e.Words)
		}
		for _, f := range e.Fields {
			if f.Name == "period" && f.Value != "2011_w37" {
				t.Errorf("%s: %+v", e.Kind, f)
			}
		}
	}
	if n := len(Report{State: NotStarted}.ReportedEntries()); n != 1 {
		t.Errorf("%d entries where nothing is said inside", n)
	}
}

func day(s string) calendar.Day { return calendar.Day(s) }

package reminder

import (
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/fault"

	"pgregory.net/rapid"
)

func TestSteps(t *testing.T) {
	r := PresetRules
	r.On = true
	for _, c := range []struct {
		due, last, today calendar.Day
		want             string // occasion, or empty for nothing
	}{
		{"2012-04-05", "", "2012-03-29", ""},
		{"2012-04-05", "", "2012-03-30", "before"},     // 3 and 2 April, 30 March; the 4th is 清明
		{"2012-04-05", "", "2012-04-03", "before"},     // the server was off on that day
		{"2012-04-05", "2012-03-30", "2012-04-04", ""}, // said already
		{"2012-04-05", "2012-03-30", "2012-04-05", "on_day"},
		{"2012-04-05", "2012-04-05", "2012-04-05", ""},
		{"2012-04-05", "2012-04-05", "2012-04-06", "after"},
		{"2012-04-05", "2012-04-06", "2012-04-09", ""},
		{"2012-04-05", "2012-04-06", "2012-04-10", "after"}, // the third
		{"2012-04-05", "2012-04-06", "2012-04-20", "after"}, // the server was off: once
		{"2012-04-05", "2012-04-16", "2012-12-01", ""},      // the last step is over
		{"2012-04-07", "2012-04-02", "2012-04-06", "on_day"},
	} {
		s, ok := r.Wanted(c.due, c.last, c.today)
		if got := string(s.Occasion); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("due %s, last %s, on %s: %s %v, want %q", c.due, c.last, c.today, got, ok, c.want)
		}
	}
	r.EscalateAfter, r.EscalateTo = 5, 1
	for _, c := range []struct {
		last, today calendar.Day
		want        bool
	}{{"", "2012-04-11", false}, {"", "2012-04-12", true}, {"2012-04-12", "2012-04-20", false}, {"2011-01-01", "2012-04-20", true}} {
		if got := r.WantedAbove("2012-04-05", c.last, c.today); got != c.want {
			t.Errorf("above, last %s, on %s: %v", c.last, c.today, got)
		}
	}
}

// Whoever looks every working day says at most one thing a step, in the order of days.
func TestNothingIsSaidTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(1, 8), 0, 3)
		r := Rules{Before: days.Draw(t, "before"), OnDay: rapid.Bool().Draw(t, "on the day"), After: days.Draw(t, "after")}
		due := calendar.Day("2011-01-01").AddDays(rapid.IntRange(0, 800).Draw(t, "due"))
		last, said := calendar.Day(""), 0
		for today := due.AddDays(-16); today < due.AddDays(18); today = today.AddDays(1) {
			if s, wanted := r.Wanted(due, last, today); wanted {
				if s.Day > today || s.Day <= last {
					t.Fatalf("%v on %s after %s", s, today, last)
				}
				if due > r.Horizon(today) {
					t.Fatalf("due on %s, past the horizon %s of %s", due, r.Horizon(today), today)
				}
				last, said = today, said+1
			}
		}
		if most := len(r.Before) + len(r.After) + 1; said > most {
			t.Fatalf("said %d times in %d steps", said, most)
		}
	})
}

func TestQuietHours(t *testing.T) {
	night, noon := Rules{QuietFrom: 20 * 60, QuietTo: 8 * 60}, Rules{QuietFrom: 12 * 60, QuietTo: 14 * 60}
	at := func(day calendar.Day, clock string) time.Time {
		return day.Time().Add(time.Duration(Clock(clock)) * time.Minute)
	}
	for _, c := range []struct {
		r     Rules
		clock string
		until time.Time // zero where it is not quiet
	}{
		{night, "19:59", time.Time{}}, {night, "20:00", at("2012-04-20", "08:00")}, {night, "23:59", at("2012-04-20", "08:00")}, {night, "00:00", at("2012-04-19", "08:00")},
		{night, "07:59", at("2012-04-19", "08:00")}, {night, "08:00", time.Time{}}, {noon, "11:59", time.Time{}}, {noon, "12:00", at("2012-04-19", "14:00")}, {noon, "14:00", time.Time{}},
		{Rules{}, "03:00", time.Time{}},
	} {
		until, quiet := c.r.Quiet(at("2012-04-19", c.clock))
		if quiet == c.until.IsZero() || quiet && !until.Equal(c.until) {
			t.Errorf("%s: %v until %v, want %v", c.clock, quiet, until, c.until)
		}
	}
}

func TestCheckRules(t *testing.T) {
	if err := PresetRules.Check(); err != nil {
		t.Error(err)
	}
	for field, change := range map[string]func(r *Rules){
		"channel": func(r *Rules) { r.Channel = Copy }, "before": func(r *Rules) { r.Before = []int{0} }, "after": func(r *Rules) { r.After = Numbers("1 x") },
		"escalate_after": func(r *Rules) { r.EscalateAfter = 61 }, "escalate_to": func(r *Rules) { r.EscalateAfter = 5 }, "quiet_from": func(r *Rules) { r.QuietFrom = Clock("25:00") },
		"most": func(r *Rules) { r.Most = 0 }, "address": func(r *Rules) { r.On = true },
	} {
		r := PresetRules
		change(&r)
		if f := fault.Of(r.Check()); f == nil || f.Field != field {
			t.Errorf("%s: %v", field, f)
		}
	}
	r := PresetRules
	r.Address = "luoshi.example"
	if f := fault.Of(r.Check()); f == nil || f.Field != "address" {
		t.Errorf("%v", f)
	}
}

func TestKeys(t *testing.T) {
	for _, want := range []Thing{{Report, 7, 9, "2012-03"}, {Answer, 7, 9, ""}} {
		if got, err := ParseThing(want.Key()); err != nil || got != want {
			t.Errorf("%s: %+v %v", want.Key(), got, err)
		}
	}
	for _, bad := range []string{"", "report", "rumour.0000000000007.0000000000009.", "report.x.0000000000009.", "report.0000000000007.y.", "report.0000000000007.0000000000009.a.b"} {
		if got, err := ParseThing(bad); err == nil {
			t.Errorf("%q is %+v", bad, got)
		}
	}
}

func TestWords(t *testing.T) {
	for key, want := range map[string]string{"2012-03": "2012年3月", "2012-Q1": "2012年第1季度", "2011-W37": "2011年第37周", "2012-F06": "2012年第6个双周", "2012": "2012年", "2012-10": "2012年10月", "2011-W10": "2011年第10周"} {
		if got := PeriodWords(key); got != want {
			t.Errorf("%s: %s", key, got)
		}
	}
	late := Owed{Thing: Thing{Kind: Report, Period: "2012-03"}, Title: "送书下乡", Due: "2012-04-05"}
	soon := Owed{Thing: Thing{Kind: Milestone}, Title: "延长开放", Due: "2012-04-30"}
	from := Sender{Bureau: "安澜市文化局", Phone: "0500-1"}
	letter := Letter("市图书馆", []Owed{late, soon}, "2012-04-24", "https://x/office/r/7", from, "2012-04-19")
	for _, words := range []string{"市图书馆：\n", "下面 2 件还在等您单位，其中 1 件过了期。" + PleaseExplain, "1. 《送书下乡》2012年3月的进展（2012年4月5日到期，过了10个工作日）。", "2. 《延长开放》的完成情况（最晚2012年4月30日）。",
		"请在2012年4月24日以前", "打开：https://x/office/r/7", "安澜市文化局　电话 0500-1\n2012年4月19日"} {
		if !strings.Contains(letter, words) {
			t.Errorf("%q is not in\n%s", words, letter)
		}
	}
	if ahead := Letter("市图书馆", []Owed{soon}, "2012-04-24", "", from, "2012-04-19"); strings.Contains(ahead, PleaseExplain) || !strings.Contains(ahead, "快到期") {
		t.Errorf("%s", ahead)
	}
	lines := []Line{{"市图书馆", []Owed{soon, late}, "https://x/office/r/7"}, {"云溪县", []Owed{soon}, "https://x/office/r/8"}}
	if d := Digest(lines, "2012-04-24", from, "2012-04-19"); strings.Count(d, "打开：") != 2 {
		t.Errorf("%s", d)
	}
	if s := Short(lines, from, "2012-04-19"); !strings.HasPrefix(s, "【安澜市文化局】有 3 件事在等您单位，最早的是《送书下乡》2012年3月的进展") || strings.Contains(s, "\n") {
		t.Errorf("%s", s)
	}
	if s := Summary(GroupHead, lines, from, "2012-04-19"); !strings.Contains(s, "市图书馆：2 件，最早的是《送书下乡》") {
		t.Errorf("%s", s)
	}
	for c, want := range map[Channel]string{ChaseSlip: "催〔2012〕3号", SupervisionSlip: "督〔2012〕3号"} {
		if got := (Reminder{Channel: c, Year: 2012, Serial: 3}).SlipNumber(); got != want {
			t.Errorf("%s", got)
		}
	}
}

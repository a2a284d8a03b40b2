package paper

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/text"
	"luoshi/plan"

	ics "github.com/arran4/golang-ical"
)

// What stands in a title does not break out of its line.
func TestCalendarEscapes(t *testing.T) {
	const nasty = "一，二, 三; 四\\五\r\nEND:VEVENT\r\n六"
	file := string(Calendar{Origin: "x", Lang: text.Chinese, Events: []Event{{Key: "1", First: "2011-08-01", Last: "2011-08-01", Summary: nasty}}}.Bytes())
	if strings.Contains(file, "\r\nEND:VEVENT\r\n六") || !strings.Contains(file, `一，二\, 三\; 四\\五  END:VEVENT  六`) {
		t.Errorf("%s", file)
	}
}

func TestTaskCalendar(t *testing.T) {
	stamp := time.Date(2023, 3, 1, 9, 30, 0, 0, calendar.China)
	table := tableOf(readingPlan)
	file := TaskCalendar(text.Chinese, table, stamp)
	if !bytes.Equal(file, TaskCalendar(text.Chinese, table, stamp)) {
		t.Error("the same plan gives another file")
	}
	c, err := ics.ParseCalendar(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	type days struct{ first, last calendar.Day }
	got := map[string]days{}
	seen := map[string]bool{}
	for _, e := range c.Events() {
		from, err := e.GetAllDayStartAt()
		if err != nil {
			t.Fatal(err)
		}
		to, err := e.GetAllDayEndAt()
		if err != nil {
			t.Fatal(err)
		}
		if e.GetProperty(ics.ComponentPropertyDtstamp).Value != "20230301T013000Z" || seen[e.Id()] {
			t.Errorf("%s: stamp %s, seen %v", e.Id(), e.GetProperty(ics.ComponentPropertyDtstamp).Value, seen[e.Id()])
		}
		seen[e.Id()] = true
		got[ics.FromText(e.GetProperty(ics.ComponentPropertySummary).Value)] = days{calendar.DayOf(from), calendar.DayOf(to).AddDays(-1)}
	}
	want := map[string]days{
		"阶段：动员阶段":   {"2023-03-01", "2023-04-30"},
		"阶段结束：总结阶段": {"2024-07-31", "2024-07-31"},
		"到期：送书下乡":   {"2023-12-31", "2023-12-31"},
		"力争完成：夜间开放": {"2023-09-23", "2023-09-23"},
		"到期：办好书屋":   {"2024-06-30", "2024-06-30"},
	}
	for name, d := range want {
		if got[name] != d {
			t.Errorf("%s: %v, want %v", name, got[name], d)
		}
	}
	if len(got) != len(want) {
		t.Errorf("events %v", got)
	}
}

// An event stays the same one when only its day changes.
func TestTaskCalendarKeepsItsIdentifiers(t *testing.T) {
	ids := func(words string) string {
		var out []string
		for line := range strings.SplitSeq(string(TaskCalendar(text.Chinese, tableOf(words), time.Unix(0, 0))), "\r\n") {
			if strings.HasPrefix(line, "UID:") {
				out = append(out, line)
			}
		}
		return strings.Join(out, "\n")
	}
	if ids(readingPlan) != ids(strings.Replace(readingPlan, "2024年6月底", "2025年6月底", 1)) {
		t.Error("another day, another identifier")
	}
}

func TestOpenPhases(t *testing.T) {
	for _, c := range []struct {
		name  string
		phase plan.Phase
		want  string
	}{
		{"both days", plan.Phase{Name: "甲", First: "2011-08-01", Last: "2011-09-30"}, "阶段：甲"},
		{"no end", plan.Phase{Name: "甲", First: "2011-08-01"}, "阶段开始：甲"},
		{"no start", plan.Phase{Name: "甲", Last: "2011-08-01"}, "阶段结束：甲"},
		{"no days", plan.Phase{Name: "甲"}, ""},
		{"the end before the start", plan.Phase{Name: "甲", First: "2011-09-01", Last: "2011-08-01"}, ""},
	} {
		if e, ok := phaseEvent(text.Chinese, "方案", c.phase); e.Summary != c.want || ok != (c.want != "") || ok && e.Last < e.First {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
}

package calendar

import (
	"testing"
	"time"
)

func TestDayTurnsAtMidnightInChina(t *testing.T) {
	for instant, want := range map[string]Day{
		"2011-09-23T15:59:59Z": "2011-09-23",
		"2011-09-23T16:00:00Z": "2011-09-24",
	} {
		at, _ := time.Parse(time.RFC3339, instant)
		if got := DayOf(at); got != want {
			t.Errorf("%s is %s, want %s", instant, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	if got := MonthEnd(2012, 2); got != "2012-02-29" {
		t.Errorf("February 2012 ends on %s", got)
	}
	if got := Make(2011, 2, 30); got != "" {
		t.Errorf("30 February is %q", got)
	}
	if got := Day("2011-12-31").AddDays(1); got != "2012-01-01" {
		t.Errorf("the day after is %s", got)
	}
	if got := Day("2011-08-01").Until("2012-12-31"); got != 518 {
		t.Errorf("the plan runs for %d days", got)
	}
	for _, bad := range []string{"", "2011-13-01", "2011-2-3", "1011-01-01", "2011-02-29"} {
		if d, err := ParseDay(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
}

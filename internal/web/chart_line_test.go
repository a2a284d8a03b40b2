package web

import (
	"testing"

	"luoshi/calendar"
	"luoshi/plan"
)

// The axis has at most four lines and its words do not lie over each other, whatever the
// figures.
func TestChartCanBeRead(t *testing.T) {
	for _, promised := range []int64{1, 3, 7, 40, 743, 1_400, 36_700, 100_000, 1_000_000_000} {
		for _, today := range []calendar.Day{"2011-08-20", "2012-04-19", "2012-12-10"} {
			canBeRead(t, promised, today)
		}
	}
}

func canBeRead(t *testing.T, promised int64, today calendar.Day) {
	t.Helper()
	c := Chart{From: "2011-08-01", To: "2012-12-31", Today: today, Target: ChartGoal{plan.Whole(promised), "2012-12-31"}}
	for _, line := range []*[]ChartPoint{&c.Reported, &c.Counted, &c.Expected} {
		*line = []ChartPoint{{"2011-08-01", 0}, {today, plan.Whole(promised / 2)}}
	}
	if n := len(c.grid()); n > 4 {
		t.Errorf("%d: %d lines", promised, n)
	}
	words := c.todays(t.Context())
	if len(words) != 3 {
		t.Fatalf("%d: %d words", promised, len(words))
	}
	for k, a := range words {
		for _, b := range words[:k] {
			if a.at == b.at && near(a.y, b.y) {
				t.Errorf("%d: words at %d and %d", promised, a.y, b.y)
			}
		}
	}
	if y, there := c.dot(); !there || y <= chartTop || y > chartBottom {
		t.Errorf("%d: the dot is at %d", promised, y)
	}
}

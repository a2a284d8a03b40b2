package web

import (
	"testing"

	"luoshi/plan"
)

// The axis has at most four lines and its words do not lie over each other, whatever the
// figures.
func TestChartCanBeRead(t *testing.T) {
	for _, promised := range []int64{1, 3, 7, 40, 743, 1_400, 36_700, 100_000, 1_000_000_000} {
		c := Chart{From: "2011-08-01", To: "2012-12-31", Today: "2012-04-19", Target: ChartGoal{plan.Whole(promised), "2012-12-31"}}
		for _, line := range []*[]ChartPoint{&c.Reported, &c.Counted, &c.Expected} {
			*line = []ChartPoint{{"2011-08-01", 0}, {"2012-04-19", plan.Whole(promised / 2)}}
		}
		if n := len(c.grid()); n > 4 {
			t.Errorf("%d: %d lines", promised, n)
		}
		words := c.todays(t.Context())
		if len(words) != 3 {
			t.Fatalf("%d: %d words", promised, len(words))
		}
		for k := 1; k < len(words); k++ {
			if words[k].y-words[k-1].y < chartLine {
				t.Errorf("%d: words at %d and %d", promised, words[k-1].y, words[k].y)
			}
		}
		if y, there := c.dot(); !there || y <= chartTop || y > chartBottom {
			t.Errorf("%d: the dot is at %d", promised, y)
		}
	}
}

package public

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/plan"

	"pgregory.net/rapid"
)

func TestPhaseLine(t *testing.T) {
	closed := []plan.Phase{{First: "2011-01-01", Last: "2011-01-10"}, {First: "2011-01-11", Last: "2011-01-20"}}
	for _, c := range []struct {
		name   string
		phases []plan.Phase
		today  calendar.Day
		want   string // ordinal, x, width, done, lane; o is an open end
		now    float64
	}{
		{"one after the other", closed, "2011-01-16", "1 0.0 49.7 49.7 0|2 50.0 50.0 25.0 0", 75},
		{"before all", closed, "2010-12-22", "1 0.0 49.7 0.0 0|2 50.0 50.0 0.0 0", -50},
		{"overlapping", []plan.Phase{{First: "2011-01-01", Last: "2011-01-20"}, {First: "2011-01-11", Last: "2011-01-20"}}, "2011-01-01", "1 0.0 100.0 0.0 0|2 50.0 50.0 0.0 1", 0},
		{"open at its end, another after it", []plan.Phase{{First: "2011-01-01"}, {First: "2011-01-11", Last: "2011-01-20"}}, "2011-01-01", "1 0.0 49.7 0.0 0 o|2 50.0 50.0 0.0 0", 0},
		{"open at its end, the last", []plan.Phase{{First: "2011-01-01", Last: "2011-01-09"}, {First: "2011-01-10"}}, "2011-01-10", "1 0.0 22.2 22.2 0|2 22.5 77.5 0.0 0 o", 22.5},
		{"open at its beginning", []plan.Phase{{Last: "2011-01-30"}}, "2011-01-16", "1 0.0 100.0 50.0 0 o", 50},
		{"no days", []plan.Phase{{Name: "甲"}}, "2011-01-16", "", 0},
		{"one without days among others", []plan.Phase{{Name: "甲"}, closed[0]}, "2011-01-01", "2 0.0 100.0 0.0 0", 0},
		{"its end before its beginning", []plan.Phase{{First: "2011-02-01", Last: "2011-01-01"}, closed[0]}, "2011-01-01", "2 0.0 30.9 0.0 0", 0},
		{"none", nil, "2011-01-01", "", 0},
	} {
		l := newPhaseLine(c.phases, c.today)
		var got []string
		for _, s := range l.Steps {
			one := fmt.Sprintf("%d %.1f %.1f %.1f %d", s.Ordinal, s.X, s.Width, s.Done, s.Lane)
			if s.OpenFirst || s.OpenLast {
				one += " o"
			}
			got = append(got, one)
		}
		if strings.Join(got, "|") != c.want || l.Now != c.now {
			t.Errorf("%s: %s, today at %v; want %s, %v", c.name, strings.Join(got, "|"), l.Now, c.want, c.now)
		}
	}
}

// Whatever days a plan gives, nothing is drawn off the line.
func TestPhaseLineHolds(t *testing.T) {
	someDay := rapid.Custom(func(t *rapid.T) calendar.Day {
		if rapid.Bool().Draw(t, "open") {
			return ""
		}
		return calendar.Day("2011-01-01").AddDays(rapid.IntRange(0, 900).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		phases := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) plan.Phase {
			return plan.Phase{First: someDay.Draw(t, "first"), Last: someDay.Draw(t, "last")}
		}), 0, 5).Draw(t, "phases")
		l := newPhaseLine(phases, calendar.Day("2011-01-01").AddDays(rapid.IntRange(-500, 1500).Draw(t, "today")))
		for _, s := range l.Steps {
			if s.X < 0 || s.Width <= -.31 || s.X+s.Width > 100.001 || s.Done < 0 && s.Width > 0 || s.Lane >= l.Lanes {
				t.Fatalf("%+v of %+v", s, l)
			}
		}
	})
}

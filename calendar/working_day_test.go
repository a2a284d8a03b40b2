package calendar

import (
	"testing"

	"pgregory.net/rapid"
)

func TestWorkingUntil(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		want           int
	}{
		{"the same day", "2011-09-23", "2011-09-23", 0},
		{"backwards", "2011-09-23", "2011-09-20", 0},
		{"three days before a Friday", "2011-09-20", "2011-09-23", 3},
		{"over a weekend", "2011-09-23", "2011-09-26", 1},
		{"a weekend alone", "2011-09-23", "2011-09-25", 0},
		{"national week, and the weekend worked for it", "2011-09-30", "2011-10-09", 2},
		{"from the end of the year to April", "2011-12-31", "2012-04-19", 73},
		{"tomb sweeping", "2012-03-31", "2012-04-19", 12},
		{"a year without a notice: statutory days alone", "2019-09-30", "2019-10-04", 1},
	} {
		if got := Day(c.from).WorkingUntil(Day(c.to)); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if Announced(2019) || !Announced(2012) {
		t.Error("which years are announced")
	}
}

// Counting is the same as looking at each day, and adds up.
func TestWorkingUntilAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := Day("1998-01-01").AddDays(rapid.IntRange(0, 365*44).Draw(t, "from"))
		days := rapid.IntRange(0, 40).Draw(t, "days")
		want := 0
		for k := 1; k <= days; k++ {
			if from.AddDays(k).Working() {
				want++
			}
		}
		if got := from.WorkingUntil(from.AddDays(days)); got != want {
			t.Fatalf("%s and %d days: %d, want %d", from, days, got, want)
		}
		if got := from.Until(from.AddDays(days)); got != days {
			t.Fatalf("%s and %d days: %d", from, days, got)
		}
	})
}

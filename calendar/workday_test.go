package calendar

import (
	"testing"

	"pgregory.net/rapid"
)

func TestWorkdays(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		want           int
	}{
		{"the same day", "2011-09-23", "2011-09-23", 0},
		{"backwards", "2011-09-23", "2011-09-20", -3},
		{"three days before a Friday", "2011-09-20", "2011-09-23", 3},
		{"over a weekend", "2011-09-23", "2011-09-26", 1},
		{"a weekend alone", "2011-09-23", "2011-09-25", 0},
		{"national week, and the weekend worked for it", "2011-09-30", "2011-10-09", 2},
		{"from the end of the year to April", "2011-12-31", "2012-04-19", 73},
		{"tomb sweeping", "2012-03-31", "2012-04-19", 12},
		{"five more after the end of September", "2011-09-29", "2011-10-11", 5},
		{"five more before the spring festival", "2012-01-18", "2012-01-30", 5},
		{"five more before the spring festival of 2026", "2026-02-13", "2026-02-27", 5},
		{"twenty more over two festivals", "2026-09-18", "2026-10-22", 20},
		{"a campaign from August to the next December", "2011-07-31", "2012-12-31", 356},
		{"its first phase", "2011-07-31", "2011-09-30", 44},
		{"its second phase", "2011-09-30", "2012-06-30", 185},
		{"its third phase", "2012-06-30", "2012-12-31", 127},
		{"weekends of 2013 that were worked", "2013-04-06", "2013-04-07", 1},
		{"a year without a notice: statutory days alone", "2031-09-30", "2031-10-06", 1},
	} {
		if got := Day(c.from).Workdays(Day(c.to)); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if days := Day("2012-04-21").NextWorkdays(10); len(days) != 10 || days[0] != "2012-04-23" || days[5] != "2012-04-28" || days[9] != "2012-05-07" {
		t.Errorf("%v", days)
	}
	first, last := AnnouncedYears()
	for year := first; year <= last; year++ {
		if _, known := holidays[year]; !known {
			t.Errorf("%d is not known", year)
		}
	}
	if first != 2007 || last != 2026 {
		t.Errorf("%d to %d", first, last)
	}
}

// Counting is the same as looking at each day, and adds up.
func TestWorkdaysAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := Day("1998-01-01").AddDays(rapid.IntRange(0, 365*44).Draw(t, "from"))
		days := rapid.IntRange(0, 40).Draw(t, "days")
		want := 0
		for k := 1; k <= days; k++ {
			if from.AddDays(k).Workday() {
				want++
			}
		}
		if got := from.Workdays(from.AddDays(days)); got != want {
			t.Fatalf("%s and %d days: %d, want %d", from, days, got, want)
		}
		if got := from.Until(from.AddDays(days)); got != days {
			t.Fatalf("%s and %d days: %d", from, days, got)
		}
	})
}

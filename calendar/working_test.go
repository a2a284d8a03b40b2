package calendar

import "testing"

func TestWorkingDays(t *testing.T) {
	for day, want := range map[Day]bool{
		"2012-04-19": true, "2012-04-21": false, // a Thursday, a Saturday
		"2012-04-04": false, "2012-05-01": false, "2012-05-02": true, "2025-05-02": false,
		"2013-02-09": false, "2012-01-24": false, "2012-01-25": true, "2025-01-28": false, "2024-02-12": false, "2024-02-13": true,
		"2012-10-03": false, "2012-10-04": true,
	} {
		if got := day.Working(); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
	for _, c := range []struct {
		from Day
		n    int
		want Day
	}{
		{"2012-04-20", 1, "2012-04-23"}, {"2012-04-23", -1, "2012-04-20"}, {"2012-04-19", 0, "2012-04-19"}, {"2012-04-21", 1, "2012-04-23"},
		{"2012-04-27", 3, "2012-05-03"}, {"2012-10-05", -3, "2012-09-27"},
	} {
		if got := c.from.AddWorking(c.n); got != c.want {
			t.Errorf("%s %+d: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

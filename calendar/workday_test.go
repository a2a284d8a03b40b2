package calendar

import "testing"

func TestWorkdays(t *testing.T) {
	for _, c := range []struct {
		from, to Day
		want     int
	}{
		{"2012-04-19", "2012-04-19", 0},
		{"2012-04-19", "2012-04-20", 1},
		{"2012-04-19", "2012-04-22", 1},   // over a weekend
		{"2012-04-19", "2012-04-27", 6},   // as the prototype says
		{"2012-03-30", "2012-04-19", 13},  // 清明 between
		{"2012-04-19", "2012-03-30", -13}, // late by as many
		{"2012-01-20", "2012-01-27", 2},   // 春节 is the 23rd: 22nd to 25th are free
		{"2011-09-30", "2011-10-10", 5},   // 国庆
		{"2012-12-31", "2013-01-02", 1},   // 元旦
	} {
		if got := c.from.Workdays(c.to); got != c.want {
			t.Errorf("from %s to %s: %d, want %d", c.from, c.to, got, c.want)
		}
	}
	days := Day("2012-04-21").NextWorkdays(10)
	if len(days) != 10 || days[0] != "2012-04-23" || days[6] != "2012-05-02" || days[9] != "2012-05-07" {
		t.Errorf("%v", days)
	}
}

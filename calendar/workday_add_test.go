package calendar

import "testing"

func TestAddWorkdays(t *testing.T) {
	for _, c := range []struct {
		from Day
		n    int
		want Day
	}{
		{"2012-04-20", 1, "2012-04-23"}, {"2012-04-23", -1, "2012-04-20"}, {"2012-04-19", 0, "2012-04-19"}, {"2012-04-21", 1, "2012-04-23"},
		{"2012-04-27", 3, "2012-05-03"}, {"2012-10-05", -3, "2012-09-27"},
	} {
		if got := c.from.AddWorkdays(c.n); got != c.want {
			t.Errorf("%s %+d: %s, want %s", c.from, c.n, got, c.want)
		}
		if c.n > 0 && c.from.Workdays(c.want) != c.n {
			t.Errorf("%s to %s: %d", c.from, c.want, c.from.Workdays(c.want))
		}
	}
}

package plan

import (
	"testing"

	"luoshi/calendar"
)

func TestLampOfWhatWasReported(t *testing.T) {
	for _, c := range []struct {
		name        string
		dates, said Lamp
		due         calendar.Day
		want        Lamp
	}{
		{"nothing was reported", LampNone, LampNone, "2011-12-31", LampNone},
		{"under way", LampNone, LampUnderWay, "2012-12-31", LampUnderWay},
		{"under way, and its day is near", LampDueSoon, LampUnderWay, "2012-05-01", LampDueSoon},
		{"blocked, and its day is near", LampDueSoon, LampBlocked, "2012-05-01", LampBlocked},
		{"under way after its day", LampNone, LampUnderWay, "2011-12-31", LampOverdue},
		{"blocked after its day", LampNone, LampBlocked, "2011-12-31", LampOverdue},
		{"complete after its day", LampNone, LampComplete, "2011-12-31", LampComplete},
		{"to be confirmed", LampNone, LampWaiting, "2011-12-31", LampWaiting},
		{"without a day", LampNone, LampNotStarted, "", LampNotStarted},
	} {
		if got := c.dates.Reported(c.said, c.due, "2012-04-19"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if l := Worst(LampComplete, LampComplete); l != LampComplete {
		t.Errorf("all complete: %s", l)
	}
}

package progress

import (
	"testing"

	"luoshi/calendar"
	"luoshi/fault"
)

func TestMilestonesFromProposedToReached(t *testing.T) {
	const today = calendar.Day("2011-09-20")
	said := Reached{Milestone: 1, Item: 2, Unit: 3, On: "2011-09-19", Proof: " 方案报来的回执\r\n"}
	for _, c := range []struct {
		name  string
		r     Reached
		last  *Reached
		wrong string
	}{
		{"said first", said, nil, ""},
		{"said anew before it was looked at", said, &Reached{Revision: 1, Standing: Sent}, ""},
		{"said anew after it was returned", said, &Reached{Revision: 4, Standing: Returned}, ""},
		{"said of what is confirmed", said, &Reached{Revision: 1, Standing: Confirmed}, "on"},
		{"without a day", Reached{Proof: "回执"}, nil, "on"},
		{"of a day to come", Reached{On: "2011-09-21", Proof: "回执"}, nil, "on"},
		{"without proof", Reached{On: "2011-09-19"}, nil, "proof"},
	} {
		got, err := c.r.Follows(c.last, today)
		if f := fault.Of(err); (f != nil) != (c.wrong != "") || f != nil && f.Field != c.wrong {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil {
			continue
		}
		want := 1
		if c.last != nil {
			want = c.last.Revision + 1
		}
		if got.Revision != want || got.Proof != "方案报来的回执" || got.Standing != Sent || got.Day != today {
			t.Errorf("%s: %+v", c.name, got)
		}
		if _, err := got.Return(" ", today); fault.Of(err) == nil {
			t.Errorf("%s: returned without a reason", c.name)
		}
		back, err := got.Return("看不清", today)
		if err != nil || back.Standing != Returned || back.Reason != "看不清" {
			t.Errorf("%s: %+v %v", c.name, back, err)
		}
		if _, err := back.Confirm(today); fault.Of(err) == nil {
			t.Errorf("%s: what was returned is confirmed", c.name)
		}
		if _, err := back.Return("再退", today); fault.Of(err) == nil {
			t.Errorf("%s: returned twice", c.name)
		}
		done, err := got.Confirm(today)
		if err != nil || done.Standing != Confirmed || done.Decided != today {
			t.Errorf("%s: %+v %v", c.name, done, err)
		}
		if class := got.ReturnedEntries(Sent)[0].Class; class == done.ReturnedEntries(Confirmed)[0].Class {
			t.Errorf("%s: that a proposal was returned goes out", c.name)
		}
	}
}

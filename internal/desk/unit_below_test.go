package desk

import (
	"testing"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/org"
)

// A unit does not end while something is still to stand below it, and nothing is put
// below one that is not there yet, or is there no longer.
func TestNothingStandsBelowWhatIsNotThere(t *testing.T) {
	for name, c := range map[string]struct {
		before func(g *grove, day calendar.Day) error // in twenty days something leaves
		act    func(g *grove, day calendar.Day) error // in ten days it is to be gone
	}{
		"closed while a village is to move away": {
			func(g *grove, day calendar.Day) error { return g.moves(g.other, g.shiqiao, "枫溪新村", day) },
			func(g *grove, day calendar.Day) error {
				return g.office.CloseUnit(g.Context(), g.cmd(g.clerk), g.fengxi, day)
			}},
		"merged while a village is to move away": {
			func(g *grove, day calendar.Day) error { return g.moves(g.other, g.shiqiao, "枫溪新村", day) },
			func(g *grove, day calendar.Day) error { return g.merges(g.fengxi, g.lake, day) }},
		"closed while a village is to end": {
			func(g *grove, day calendar.Day) error {
				return g.office.CloseUnit(g.Context(), g.cmd(g.clerk), g.other, day)
			},
			func(g *grove, day calendar.Day) error {
				return g.office.CloseUnit(g.Context(), g.cmd(g.clerk), g.fengxi, day)
			}},
		"merged while a village is to end": {
			func(g *grove, day calendar.Day) error {
				return g.office.CloseUnit(g.Context(), g.cmd(g.clerk), g.other, day)
			},
			func(g *grove, day calendar.Day) error { return g.merges(g.fengxi, g.lake, day) }},
		"split after it ended": {
			func(g *grove, day calendar.Day) error { return g.merges(g.fengxi, g.lake, day) },
			func(g *grove, day calendar.Day) error {
				_, err := g.splits(g.fengxi, "枫溪镇", day.AddDays(20))
				return err
			}},
		"opened below what is to come": {
			func(g *grove, day calendar.Day) error {
				var err error
				g.west, err = g.splits(g.fengxi, "枫溪镇", day)
				return err
			},
			func(g *grove, _ calendar.Day) error {
				_, err := g.office.OpenUnits(g.Context(), g.cmd(g.clerk), g.west, []org.Unit{{Level: org.Village, Name: "北村"}})
				return err
			}},
		"the bureau is merged": {
			func(g *grove, _ calendar.Day) error {
				made, err := g.office.OpenUnits(g.Context(), g.cmd(g.clerk), g.city, []org.Unit{{Level: org.Bureau, Name: "安澜市新局"}})
				if err == nil {
					g.west = made[0]
				}
				return err
			},
			func(g *grove, day calendar.Day) error {
				bureau, err := g.office.Bureau(g.Context())
				g.must(err)
				return g.merges(bureau, g.west, day)
			}},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGrove(t)
			g.later(5)
			g.must(c.before(g, g.office.Today().AddDays(20)))
			g.in(c.act(g, g.office.Today().AddDays(10)), fault.Conflict, name)
		})
	}
}

func (g *grove) moves(unit, to id.Unit, name string, day calendar.Day) error {
	return g.office.ChangeUnit(g.Context(), g.cmd(g.clerk), unit, org.Change{Parent: to, Name: name, From: day})
}

func (g *grove) merges(unit, into id.Unit, day calendar.Day) error {
	return g.office.MergeUnit(g.Context(), g.cmd(g.clerk), unit, into, day)
}

func (g *grove) splits(unit id.Unit, name string, day calendar.Day) (id.Unit, error) {
	return g.office.SplitUnit(g.Context(), g.cmd(g.clerk), unit, NewPart{Name: name, From: day})
}

// So with a list that is taken over: it stops where it would leave something below nothing.
func TestListsLeaveNothingBelowWhatIsNotThere(t *testing.T) {
	g := newGrove(t)
	g.later(5)
	day := g.office.Today()
	g.must(g.moves(g.other, g.shiqiao, "枫溪新村", day.AddDays(20)))
	c := g.offered("县\t乡镇\t村\n云溪县\t石桥镇\t东村\n\t\t西村\n\t\t新村\n\t\t枫溪新村\n澄湖县\t湖口镇\t\n", day.AddDays(10))
	reading := c.Import.Reading
	reading.Closing = true
	g.must(g.office.ReadUnitsAs(t.Context(), g.cmd(g.clerk), c.Import.ID, reading))
	c = g.checked(c.Import.ID)
	if c.Changes == nil || len(c.Changes.Gone) != 1 {
		t.Fatalf("%+v", c.Changes)
	}
	if c.Changes.Wrong == nil {
		if u := g.takenOver(c); u.State != ImportStopped {
			t.Errorf("state %s", u.State)
		}
	}
	if wrong := g.broken([]id.Unit{g.shiqiao, g.fengxi, g.lake, g.east, g.west, g.new_, g.other}); wrong != "" {
		t.Error(wrong)
	}

	g = newGrove(t)
	day = g.office.Today()
	made, err := g.splits(g.fengxi, "枫溪镇", day.AddDays(20))
	g.must(err)
	c = g.offered("县\t乡镇\t村\n云溪县\t枫溪镇\t北村\n", day.AddDays(10))
	if c.Changes != nil && c.Changes.Wrong == nil {
		g.must(g.office.ApplyUnits(t.Context(), g.cmd(g.clerk), c.Import.ID, c.Digest))
		if err := g.office.TakeUnitsOver(t.Context(), c.Import.ID); err != nil {
			t.Log(err)
		}
		below := g.on(made, day.AddDays(30)).Below
		for _, u := range below {
			if u.From < day.AddDays(20) {
				t.Errorf("%s from %s on below what is there from %s on", u.Name, u.From, day.AddDays(20))
			}
		}
	}
}

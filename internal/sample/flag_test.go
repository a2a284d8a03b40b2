package sample

import (
	"testing"

	"luoshi/fact"
	"luoshi/id"
)

// leastFound is how many of the plants flags must point to, and mostDoubted how many of a
// hundred honest facts that wait to be checked they may. That nobody came, and that boats were at sea, no rule of
// flags knows: villages and the season say so.
const (
	leastFound  = 13
	mostDoubted = 2
)

// Flags point to what is planted, and to little else.
func TestFlagsFindWhatIsPlanted(t *testing.T) {
	c, _ := madeUntil(t, "2013-01-31")
	v, done := c.office.Visit(t.Context())
	defer done()
	of := map[id.Fact]int{}
	for _, p := range c.planted {
		of[p.fact] = p.plant
	}
	found := map[int]bool{}
	honest, wrongly, doubted := 0, 0, map[fact.FlagKind]int{}
	for _, month := range months {
		for _, county := range c.counties {
			page, err := c.office.ToVerify(v, c.people[clerk], county, month)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range page.Lines {
				plant, planted := of[l.ID]
				switch {
				case planted && len(l.Flags) > 0:
					found[plant] = true
				case !planted:
					honest++
					if len(l.Flags) > 0 {
						wrongly++
						doubted[l.Flags[0].Kind]++
						if wrongly < 8 {
							t.Logf("honest but flagged %s: %s %s %s", l.Flags[0].Kind, l.Day, l.Quantity, l.Note)
						}
					}
				}
			}
		}
	}
	kinds, all := map[plantKind]int{}, map[plantKind]int{}
	for k, p := range plants {
		all[p.kind]++
		if found[k] {
			kinds[p.kind]++
		}
	}
	for k, n := range all {
		t.Logf("%s: %d of %d found", k, kinds[k], n)
	}
	t.Logf("found %d of %d planted; %d of %d honest facts that wait flagged: %v", len(found), len(plants), wrongly, honest, doubted)
	if len(found) < leastFound || wrongly*100 > honest*mostDoubted {
		t.Errorf("found %d of %d planted, %d of %d honest facts flagged", len(found), len(plants), wrongly, honest)
	}
}

package sample

import (
	"fmt"
	"testing"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
)

// leastFound is how many of the plants flags must point to. Of ten thousand honest facts that
// wait to be checked they may doubt mostDoubted, and of ten thousand that stand, most of
// them checked, mostDoubtedOfAll.
const (
	leastFound       = 22
	mostDoubted      = 20
	mostDoubtedOfAll = 5
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
	var waiting, all doubted
	for _, month := range months {
		for _, county := range c.counties {
			page, err := c.office.ToVerify(v, c.people[clerk], county, month)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range page.Lines {
				plant, planted := of[l.ID]
				switch {
				case !planted:
					waiting.add(l)
					all.add(l)
				case len(l.Flags) > 0:
					found[plant] = true
				}
			}
			for _, l := range page.Verified {
				all.add(l)
			}
		}
	}
	kinds, planted := map[plantKind]int{}, map[plantKind]int{}
	for k, p := range plants {
		planted[p.kind]++
		if found[k] {
			kinds[p.kind]++
		}
	}
	for k, n := range planted {
		t.Logf("%s: %d of %d found", k, kinds[k], n)
	}
	t.Logf("found %d of %d planted", len(found), len(plants))
	t.Logf("honest facts that wait: %d of %d flagged, %v", waiting.flagged, waiting.facts, waiting.kinds)
	// What came up since they were checked is known of them too, so that fewer were flagged while they waited.
	t.Logf("all honest facts that stand: %d of %d flagged, %v", all.flagged, all.facts, all.kinds)
	for _, said := range all.said {
		t.Log("honest but flagged: " + said)
	}
	if len(found) < leastFound || waiting.flagged*10000 > waiting.facts*mostDoubted || all.flagged*10000 > all.facts*mostDoubtedOfAll {
		t.Errorf("found %d of %d planted; of honest facts %d of %d that wait are flagged, %d of %d of all", len(found), len(plants), waiting.flagged, waiting.facts, all.flagged, all.facts)
	}
}

// doubted counts honest facts that are flagged.
type doubted struct {
	facts, flagged int
	kinds          map[fact.FlagKind]int
	said           []string // of the first of each kind
}

func (d *doubted) add(l desk.VerifyLine) {
	d.facts++
	if len(l.Flags) > 0 {
		d.flagged++
	}
	for _, f := range l.Flags {
		if d.kinds == nil {
			d.kinds = map[fact.FlagKind]int{}
		}
		if d.kinds[f.Kind]++; d.kinds[f.Kind] < 3 {
			d.said = append(d.said, fmt.Sprintf("%s %s %s %s %s", f.Kind, l.UnitName, l.Day, l.Quantity, l.Note))
		}
	}
}

package office

import (
	"testing"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
)

// What a draw drew and what somebody doubted is never checked in the bulk.
func TestWhatIsLookedAtSingly(t *testing.T) {
	line := func(n id.Fact) desk.VerifyLine {
		return desk.VerifyLine{FactLine: desk.FactLine{Fact: fact.Fact{ID: n}}}
	}
	flagged, own := line(2), line(5)
	flagged.Flags = []fact.Flag{{Fact: 2, Kind: fact.AfterClose}}
	own.Own = true
	p := desk.VerifyPage{Lines: []desk.VerifyLine{line(1), flagged, line(3), line(4), own}}
	v := newVerifyView(p, map[id.Fact]bool{3: true, 5: true}, map[id.Fact][]fact.Doubt{4: {{Fact: 4, Day: "2012-07-01", Words: "没有来"}}}, nil, nil)
	if len(v.Clean) != 1 || v.Clean[0].ID != 1 || len(v.Singly) != 3 || v.Own != 1 {
		t.Errorf("clean %+v, singly %+v, own %d", v.Clean, v.Singly, v.Own)
	}
}

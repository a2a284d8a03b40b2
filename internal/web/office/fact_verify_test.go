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
	p := desk.VerifyPage{Lines: []desk.VerifyLine{line(1), flagged, line(3), line(4), own}, Verified: []desk.FactLine{line(6).FactLine, line(7).FactLine}}
	doubts := map[id.Fact][]fact.Doubt{4: {{Fact: 4, Day: "2012-07-01", Words: "没有来"}}, 7: {{Fact: 7, Day: "2012-07-01"}}}
	v := newVerifyView(p, map[id.Fact]bool{3: true, 5: true}, doubts, nil, nil)
	if len(v.Clean) != 1 || v.Clean[0].ID != 1 || len(v.Singly) != 3 || v.Own != 1 {
		t.Errorf("clean %+v, singly %+v, own %d", v.Clean, v.Singly, v.Own)
	}
	if v.Singly[0].ID != 4 || v.Singly[1].ID != 3 || v.Singly[2].ID != 2 || v.doubted() != 1 || v.drawn() != 1 {
		t.Errorf("what was doubted does not come first, or what was drawn next: %+v", v.Singly)
	}
	if len(v.Doubted) != 1 || v.Doubted[0].ID != 7 {
		t.Errorf("checked and doubted %+v", v.Doubted)
	}
}

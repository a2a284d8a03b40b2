package fact

import (
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Doubt (没有来过) is what somebody without an account says against a fact. It changes no
// figure: it is a reason for who verifies to look.
type Doubt struct {
	ID    id.Doubt
	Fact  id.Fact
	Day   calendar.Day
	Words string // may be empty; internal
}

// KindDoubted is the entry of a doubt.
const KindDoubted = "fact.doubted"

// MostDoubts is how many are kept of one fact: more tell the verifier nothing new.
const MostDoubts = 50

// Check says what is wrong with a doubt about a fact, of which some were told before.
func (d Doubt) Check(f Fact, before int) error {
	switch {
	case f.Kind != Claim:
		return fault.New(fault.Missing, "没有这一条。")
	case !f.Stands():
		return fault.New(fault.Conflict, "这一条已经改过、退回或者撤回了，不算数了。请看现在的那一条。")
	case before >= MostDoubts:
		return fault.New(fault.Conflict, "这一条已经有很多人说过了，核实的人看得到，不用再说。")
	}
	return fault.CheckText("words", "要说的话", strings.TrimSpace(d.Words), LongestNote, false)
}

// Entry is the entry of a doubt. Nothing in it tells who it was.
func (d Doubt) Entry(f Fact) ledger.Draft {
	e := ledger.Draft{Kind: KindDoubted, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "indicator", ID: f.Indicator.String()}, {Noun: "unit", ID: f.Unit.String()}},
		Fields: []ledger.Field{ledger.IDField("fact", f.ID.String()), ledger.Day("day", string(d.Day))}}
	if d.Words != "" {
		e.Words = ledger.Words("words", d.Words)
	}
	return e
}

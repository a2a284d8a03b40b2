package progress

import (
	"luoshi/id"
	"luoshi/ledger"
)

// DraftState is how far what was typed has come before it is a report.
type DraftState string

const (
	Kept      DraftState = "kept"      // 暂存
	Submitted DraftState = "submitted" // 待审签: the head of the unit is to sign it
	SentBack  DraftState = "sent_back" // by the head, for a reason
)

// LongestDraft is how much one field may hold while it is kept, in runes: longer than a
// report, so that nothing that was typed is lost before it is made shorter.
const LongestDraft = 2000

// KindSigningSet is the entry that a unit wants its head to sign, or no longer.
const KindSigningSet = "unit.signing_set"

// SigningEntry is the entry of what a unit wants.
func SigningEntry(unit id.Unit, wanted bool) ledger.Draft {
	return ledger.Draft{Kind: KindSigningSet, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "unit", ID: unit.String()}}, Fields: []ledger.Field{ledger.Num("wanted", number(wanted))}}
}

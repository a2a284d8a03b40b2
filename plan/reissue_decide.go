package plan

import (
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// DifferenceState says what was decided about a difference.
type DifferenceState string

const (
	DifferencePending  DifferenceState = "pending"
	DifferenceApplied  DifferenceState = "applied"
	DifferenceDeclined DifferenceState = "declined"
	DifferenceNoted    DifferenceState = "noted" // only words differ: nothing is to be decided
)

// Decided is a difference of a re-issued document with what was decided about it.
type Decided struct {
	Difference
	Document id.Document
	Ordinal  int // from 1
	State    DifferenceState
	Reason   string // why it was declined
	Version  int    // of the plan that applying it made, or 0
	At       int64  // when it was decided, microseconds; 0 while pending
}

// Undecided gives differences as they are when a document was just compared.
func Undecided(all []Difference, doc id.Document) []Decided {
	out := make([]Decided, len(all))
	for k, d := range all {
		out[k] = Decided{Difference: d, Document: doc, Ordinal: k + 1, State: DifferencePending}
		if d.Effect.IsEmpty() {
			out[k].State = DifferenceNoted
		}
	}
	return out
}

// Pending counts the differences about which nothing was decided.
func Pending(all []Decided) (n int) {
	for _, d := range all {
		if d.State == DifferencePending {
			n++
		}
	}
	return n
}

var (
	// ErrDecided is returned for a difference that was applied, or has nothing to apply.
	ErrDecided = fault.New(fault.Conflict, "这一处已经照改了，不用再改。")
	// ErrNotAdopted is returned where a difference of a document is decided that is only compared yet.
	ErrNotAdopted = fault.New(fault.Conflict, "这份文件还没有收作新的一版，先收下再逐处定。")
	// ErrAdopted is returned where a document was adopted already.
	ErrAdopted = fault.New(fault.Conflict, "这份文件已经收作方案的一版了。")
	// ErrComparing is returned where another re-issued document waits.
	ErrComparing = fault.New(fault.Conflict, "已经有一份重新印发的文件在比对，请先收下它，或者丢掉它。")
)

// Decline (不照改) says why a difference is not applied.
func (d Decided) Decline(why string, at int64) (Decided, error) {
	if err := fault.CheckText("reason", "不照改的原因", why, longestCause, true); err != nil {
		return d, err
	}
	if d.State != DifferencePending {
		return d, ErrDecided
	}
	d.State, d.Reason, d.At = DifferenceDeclined, why, at
	return d, nil
}

// Apply (照改) notes that a difference was applied. One that was declined may still be.
func (d Decided) Apply(version int, at int64) (Decided, error) {
	if d.State != DifferencePending && d.State != DifferenceDeclined {
		return d, ErrDecided
	}
	d.State, d.Reason, d.Version, d.At = DifferenceApplied, "", version, at
	return d, nil
}

// Stated is the reason of the amendment by which a difference is applied.
func (d Decided) Stated(e Edition) Reason {
	return Reason{Kind: d.Amends(), Cause: "重新印发的文件这样写", ApprovedBy: e.ApprovedBy, Basis: e.Number, Day: e.Day, Source: e.Document}
}

// KindDifferenceDeclined is the entry of not applying a difference.
const KindDifferenceDeclined = "plan.difference_declined"

// DeclineEntry is the entry of declining a difference.
func DeclineEntry(p id.Plan, d Decided) ledger.Draft {
	return ledger.Draft{Kind: KindDifferenceDeclined, Class: ledger.Public, Subjects: []ledger.Subject{about("plan", p), about("document", d.Document)},
		Fields: []ledger.Field{ledger.Num("ordinal", int64(d.Ordinal)), ledger.State("kind", string(d.Kind))}, Words: ledger.Words("why", d.Reason)}
}

// DocumentEntry is the entry by which a document is frozen.
func DocumentEntry(doc id.Document, text, original [32]byte, runes int) ledger.Draft {
	return ledger.Draft{Kind: KindDocumentFrozen, Class: ledger.Public, Subjects: []ledger.Subject{about("document", doc)},
		Fields: []ledger.Field{ledger.Hash("original", original), ledger.Num("runes", int64(runes)), ledger.Hash("text", text)}}
}

package fact

import (
	"luoshi/id"
	"luoshi/ledger"
)

// Kinds of entries of draws (抽查), docs/draw.md.
const (
	KindDrawCommitted = "draw.committed"
	KindDrawFrozen    = "draw.frozen"
	KindDrawRevealed  = "draw.revealed"
)

// DrawState is how far a draw is.
type DrawState string

const (
	DrawCommitted DrawState = "committed" // there is a secret, and nothing to draw from yet
	DrawFrozen    DrawState = "frozen"    // the list stands, and the public text is waited for
	DrawRevealed  DrawState = "revealed"
	DrawVoid      DrawState = "void" // nothing came of it in time
)

// DrawWaits is after how many days a draw that went no further is void, so that another
// one may be made: nobody could wait for the text that suits them.
const DrawWaits = 30

// MostDrawn is from how many facts is drawn at most.
const MostDrawn = 20_000

// DrawCommittedEntry is the entry of the commitment to a secret.
func DrawCommittedEntry(draw id.Draw, unit id.Unit, month string, commitment [32]byte) ledger.Draft {
	return drawEntry(KindDrawCommitted, draw, unit, month, "commitment", commitment)
}

// DrawFrozenEntry is the entry of the root of terms and list.
func DrawFrozenEntry(draw id.Draw, unit id.Unit, month string, root [32]byte) ledger.Draft {
	return drawEntry(KindDrawFrozen, draw, unit, month, "root", root)
}

// DrawRevealedEntry is the entry of the secret.
func DrawRevealedEntry(draw id.Draw, unit id.Unit, month string, seed [32]byte) ledger.Draft {
	return drawEntry(KindDrawRevealed, draw, unit, month, "seed", seed)
}

func drawEntry(kind string, draw id.Draw, unit id.Unit, month, name string, h [32]byte) ledger.Draft {
	return ledger.Draft{Kind: kind, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "unit", ID: unit.String()}},
		Fields: []ledger.Field{ledger.IDField("draw", draw.String()), ledger.Day("month", month+"-01"), ledger.Hash(name, h)}}
}

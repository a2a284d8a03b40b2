package progress

import (
	"luoshi/id"
	"luoshi/ledger"
)

// What may be added to a report.
const (
	MostFiles   = 5
	LargestFile = 20 << 20 // bytes
)

// FileEntry is the entry of a file that was added to the report of a period, or taken off.
func FileEntry(kind string, item id.Item, unit id.Unit, p Period, content [32]byte, size int64, name string) ledger.Draft {
	return ledger.Draft{Kind: kind, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "item", ID: item.String()}, {Noun: "unit", ID: unit.String()}},
		Fields: []ledger.Field{ledger.State("period", p.Code()), ledger.Hash("content", content), ledger.Num("size", size)}, Words: ledger.Words("name", name)}
}

package progress

import (
	"luoshi/id"
	"luoshi/ledger"
)

// Kinds of entries. What goes out with the item and what stays inside are two entries,
// because an entry is of one class.
const (
	KindReported    = "progress.reported"
	KindRemarked    = "progress.remarked" // the words that stay inside, of the unit or of the office
	KindConfirmed   = "progress.confirmed"
	KindReturned    = "progress.returned"
	KindFileAdded   = "report_file.added" // stays inside
	KindFileRemoved = "report_file.removed"
	KindIssued      = "summary.issued" // 月报定稿; stays inside, as the words do
)

// ReportedEntries are the entries of a report.
func (r Report) ReportedEntries() []ledger.Draft {
	reported := r.entry(KindReported, ledger.Public)
	reported.Fields = append(reported.Fields, ledger.State("state", string(r.State)), ledger.Num("on_behalf", number(r.OnBehalf)), ledger.Day("day", string(r.Day)))
	if r.Done != "" {
		reported.Words = ledger.Words("done", r.Done)
	}
	out := []ledger.Draft{reported}
	if r.Next+r.Difficulty+r.Need+r.NeedFrom+r.Proof != "" {
		out = append(out, r.remarked("next", r.Next, "difficulty", r.Difficulty, "need", r.Need, "need_from", r.NeedFrom, "proof", r.Proof))
	}
	return out
}

// ConfirmedEntry is the entry of a completion that stands.
func (r Report) ConfirmedEntry() ledger.Draft {
	d := r.entry(KindConfirmed, ledger.Public)
	d.Fields = append(d.Fields, ledger.Day("day", string(r.Decided)))
	return d
}

// ReturnedEntries are the entries of a report that was given back: that it was, and why.
func (r Report) ReturnedEntries() []ledger.Draft {
	d := r.entry(KindReturned, ledger.Public)
	d.Fields = append(d.Fields, ledger.Day("day", string(r.Decided)))
	return []ledger.Draft{d, r.remarked("reason", r.Reason)}
}

func (r Report) remarked(words ...string) ledger.Draft {
	d := r.entry(KindRemarked, ledger.Internal)
	d.Words = ledger.Words(words...)
	return d
}

func (r Report) entry(kind string, class ledger.Class) ledger.Draft {
	return ledger.Draft{Kind: kind, Class: class, Subjects: []ledger.Subject{{Noun: "item", ID: r.Item.String()}, {Noun: "unit", ID: r.Unit.String()}},
		Fields: []ledger.Field{ledger.State("period", r.Period.Code()), ledger.Num("revision", int64(r.Revision))}}
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// IssuedEntry is the entry of a summary that was issued, with the digest of all that it says.
func (s Summary) IssuedEntry(plan id.Plan, digest [32]byte) ledger.Draft {
	lines := 0
	for _, r := range s.Rows {
		lines += len(r.Lines)
	}
	return ledger.Draft{Kind: KindIssued, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "plan", ID: plan.String()}},
		Fields: []ledger.Field{ledger.State("period", s.Period.Code()), ledger.Num("year", int64(s.Year)), ledger.Num("serial", int64(s.Serial)),
			ledger.Num("rows", int64(len(s.Rows))), ledger.Num("lines", int64(lines)), ledger.Num("adjustments", int64(len(s.Adjustments))),
			ledger.Day("day", string(s.Day)), ledger.Hash("content", digest)}}
}

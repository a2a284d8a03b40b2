package org

import (
	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// TermKind says how an account fills a post.
type TermKind string

const (
	Holder TermKind = "holder" // 任职
	Acting TermKind = "acting" // 代理, while the holder is on leave
)

// Term puts an account into a post from a day to a day, both included. One account may
// have terms in several posts at once; a post has at most one holder on any day.
type Term struct {
	ID      id.Term
	Account id.Account
	Post    id.Post
	Kind    TermKind
	From    calendar.Day // empty where it began before terms were written down
	To      calendar.Day // last day, or empty
}

// On reports whether the term runs on a day.
func (t Term) On(day calendar.Day) bool { return t.From <= day && (t.To == "" || day <= t.To) }

// overlaps reports whether two terms have a day in common.
func (t Term) overlaps(o Term) bool {
	return !t.Cancelled() && !o.Cancelled() && (t.To == "" || o.From <= t.To) && (o.To == "" || t.From <= o.To)
}

// Cancelled reports whether a term was ended before it began.
func (t Term) Cancelled() bool { return t.To != "" && t.To < t.From }

// Ended gives a term with its last day, today at the earliest; one that is still to come
// is cancelled, whatever day is given.
func (t Term) Ended(last, today calendar.Day) (Term, error) {
	if t.Cancelled() {
		return t, fault.New(fault.Conflict, "这一段任职还没有开始就取消了。").In("to")
	}
	if t.From > today {
		t.To = t.From.AddDays(-1)
		return t, nil
	}
	if _, err := calendar.ParseDay(string(last)); err != nil || last < today {
		return t, fault.New(fault.Invalid, "请写明最后一天，最早是今天。").In("to")
	}
	if t.To != "" && t.To <= last {
		return t, fault.New(fault.Conflict, "这一段任职到 %s 已经结束。", string(t.To)).In("to")
	}
	t.To = last
	return t, nil
}

// CheckTerm says what keeps a term from beginning beside those that a post has.
func CheckTerm(t Term, others []Term) error {
	if _, err := calendar.ParseDay(string(t.From)); err != nil {
		return fault.New(fault.Invalid, "请写明从哪一天起，例如 2012-01-01。").In("from")
	}
	if t.Kind != Holder && t.Kind != Acting {
		return fault.New(fault.Invalid, "请选是任职还是代理。").In("kind")
	}
	_, err := calendar.ParseDay(string(t.To))
	if t.To != "" && (err != nil || t.To < t.From) || t.Kind == Acting && t.To == "" {
		return fault.New(fault.Invalid, "请写明到哪一天为止，不能早于开始的一天。").In("to")
	}
	for _, o := range others {
		switch {
		case !t.overlaps(o):
		case o.Account == t.Account:
			return fault.New(fault.Conflict, "这个人在这些天已经在这个岗位上了。").In("from")
		case t.Kind == Holder && o.Kind == Holder:
			return fault.New(fault.Conflict, "这个岗位在这些天已经有人。请先办交接，或者另设一个岗位。").In("from")
		case t.Kind == Acting && o.Kind == Acting:
			return fault.New(fault.Conflict, "这些天已经有人代理这个岗位了。").In("from")
		}
	}
	return nil
}

// BegunEntry is the entry of a term that begins.
func (t Term) BegunEntry() ledger.Draft {
	d := ledger.Draft{Kind: KindTermBegun, Class: ledger.Internal, Subjects: t.subjects(),
		Fields: []ledger.Field{ledger.Day("from", string(t.From)), ledger.State("kind", string(t.Kind))}}
	if t.To != "" {
		d.Fields = append(d.Fields, ledger.Day("to", string(t.To)))
	}
	return d
}

// EndedEntry is the entry of a term whose last day became known.
func (t Term) EndedEntry() ledger.Draft {
	return ledger.Draft{Kind: KindTermEnded, Class: ledger.Internal, Subjects: t.subjects(), Fields: []ledger.Field{ledger.Day("to", string(t.To))}}
}

func (t Term) subjects() []ledger.Subject {
	return []ledger.Subject{{Noun: "account", ID: t.Account.String()}, {Noun: "post", ID: t.Post.String()}}
}

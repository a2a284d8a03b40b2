package org

import (
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Handover is the act by which somebody leaves posts and another takes them. The last
// day of the one is the day before the first of the other, so that a post is empty on no
// day and is held by two on none.
type Handover struct {
	ID          id.Handover
	Unit        id.Unit // of the first post
	Predecessor id.Account
	Successor   id.Account
	Posts       []id.Post
	First       calendar.Day // of the successor
}

// Last is the last day of the predecessor.
func (h Handover) Last() calendar.Day { return h.First.AddDays(-1) }

// Check says what keeps a handover from being done, whatever terms there are.
func (h Handover) Check(today calendar.Day) error {
	if len(h.Posts) == 0 {
		return fault.New(fault.Invalid, "请至少选一个要交出去的岗位。").In("post")
	}
	if h.Successor == h.Predecessor {
		return fault.New(fault.Invalid, "接手的人不能是交出来的人自己。").In("successor")
	}
	if _, err := calendar.ParseDay(string(h.First)); err != nil || h.First < today {
		return fault.New(fault.Invalid, "请写明接手的人从哪一天起，最早是今天。").In("from")
	}
	return nil
}

// Terms gives what a handover makes of the terms of one of its posts: those whose last
// day becomes known, and the one that begins. The successor becomes what the predecessor
// was. Whoever stood in for a holder who leaves does so no longer.
func (h Handover) Terms(terms []Term) (ended []Term, begun Term, err error) {
	own, err := h.own(terms)
	if err != nil {
		return nil, Term{}, err
	}
	begun = Term{Account: h.Successor, Post: own.Post, Kind: own.Kind, From: h.First}
	if own.Kind == Acting {
		if own.To == h.Last() {
			return nil, Term{}, fault.New(fault.Conflict, "代理到 %s 已经结束，没有要交的了。", own.To).In("from")
		}
		begun.To = own.To
	}
	var stay []Term
	for _, t := range terms {
		leaves := t.ID == own.ID || own.Kind == Holder && t.Kind == Acting && t.On(h.Last())
		if leaves && t.To != h.Last() {
			t.To = h.Last()
			ended = append(ended, t)
		}
		stay = append(stay, t)
	}
	for _, t := range stay {
		if t.Kind == begun.Kind && t.Account != begun.Account && begun.overlaps(t) {
			return nil, Term{}, fault.New(fault.Conflict, "从 %s 起，这个岗位已经定了另一个人。", t.From).In("from")
		}
	}
	return ended, begun, CheckTerm(begun, stay)
}

// own is the term of the predecessor that runs on their last day.
func (h Handover) own(terms []Term) (Term, error) {
	for _, t := range terms {
		if t.Account == h.Predecessor && t.On(h.Last()) {
			return t, nil
		}
	}
	for _, t := range terms {
		if t.Account == h.Predecessor && t.From >= h.First {
			return Term{}, fault.New(fault.Invalid, "交出来的人 %s 才到这个岗位，接手最早是它的后一天。", t.From).In("from")
		}
	}
	return Term{}, fault.New(fault.Invalid, "到那时，交出来的人已经不在这个岗位上了：请把接手的日子写成他最后一天的后一天，或者用“任职”。").In("from")
}

// Left reports whether of these terms none runs on a day or later.
func Left(terms []Term, day calendar.Day) bool {
	return !slices.ContainsFunc(terms, func(t Term) bool { return t.To == "" || t.To >= day })
}

// Entry is the entry of a handover. What went along is told by the terms that it ends
// and begins; the names of both are in neither.
func (h Handover) Entry() ledger.Draft {
	d := ledger.Draft{Kind: KindHandedOver, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "handover", ID: h.ID.String()},
		{Noun: "account", ID: h.Predecessor.String()}, {Noun: "account", ID: h.Successor.String()}},
		Fields: []ledger.Field{ledger.Day("from", string(h.First)), ledger.IDField("predecessor", h.Predecessor.String()), ledger.IDField("successor", h.Successor.String())}}
	for _, p := range h.Posts {
		d.Subjects = append(d.Subjects, ledger.Subject{Noun: "post", ID: p.String()})
	}
	return d
}

package org

import (
	"fmt"
	"testing"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"

	"pgregory.net/rapid"
)

func holds(term id.Term, account id.Account, from, to calendar.Day) Term {
	return Term{ID: term, Account: account, Post: 1, Kind: Holder, From: from, To: to}
}

func stands(term id.Term, account id.Account, from, to calendar.Day) Term {
	t := holds(term, account, from, to)
	t.Kind = Acting
	return t
}

func TestHandoverTerms(t *testing.T) {
	const day, before = calendar.Day("2012-02-01"), calendar.Day("2012-01-31")
	const none = fault.Kind(0)
	for name, c := range map[string]struct {
		terms []Term
		ended []Term
		begun Term
		kind  fault.Kind
	}{
		"a holder leaves":               {[]Term{holds(1, 1, "2011-08-01", "")}, []Term{holds(1, 1, "2011-08-01", before)}, holds(0, 2, day, ""), none},
		"one from before terms":         {[]Term{holds(1, 1, "", "")}, []Term{holds(1, 1, "", before)}, holds(0, 2, day, ""), none},
		"the last day was known":        {[]Term{holds(1, 1, "", before)}, nil, holds(0, 2, day, ""), none},
		"sooner than was known":         {[]Term{holds(1, 1, "", "2012-06-30")}, []Term{holds(1, 1, "", before)}, holds(0, 2, day, ""), none},
		"who stands in does no longer":  {[]Term{holds(1, 1, "", ""), stands(2, 3, "2012-01-10", "2012-03-01")}, []Term{holds(1, 1, "", before), stands(2, 3, "2012-01-10", before)}, holds(0, 2, day, ""), none},
		"who stands in succeeds":        {[]Term{holds(1, 1, "", ""), stands(2, 2, "2012-01-10", "2012-03-01")}, []Term{holds(1, 1, "", before), stands(2, 2, "2012-01-10", before)}, holds(0, 2, day, ""), none},
		"a leave that is yet to come":   {[]Term{holds(1, 1, "", ""), stands(2, 3, "2012-03-01", "2012-03-09")}, []Term{holds(1, 1, "", before)}, holds(0, 2, day, ""), none},
		"another stands in":             {[]Term{holds(1, 4, "", ""), stands(2, 1, "2012-01-10", "2012-03-01")}, []Term{stands(2, 1, "2012-01-10", before)}, stands(0, 2, day, "2012-03-01"), none},
		"the standing in is over":       {[]Term{holds(1, 4, "", ""), stands(2, 1, "2012-01-10", before)}, nil, Term{}, fault.Conflict},
		"the holder comes back":         {[]Term{holds(1, 2, "", ""), stands(2, 1, "2012-01-10", "2012-03-01")}, nil, Term{}, fault.Conflict},
		"nobody is there":               {nil, nil, Term{}, fault.Invalid},
		"they left before":              {[]Term{holds(1, 1, "", "2012-01-20")}, nil, Term{}, fault.Invalid},
		"they come on the very day":     {[]Term{holds(1, 1, day, "")}, nil, Term{}, fault.Invalid},
		"another is to come":            {[]Term{holds(1, 1, "", "2012-02-29"), holds(2, 3, "2012-03-01", "")}, nil, Term{}, fault.Conflict},
		"the successor is to come":      {[]Term{holds(1, 1, "", "2012-02-29"), holds(2, 2, "2012-03-01", "")}, nil, Term{}, fault.Conflict},
		"who had it before has it anew": {[]Term{holds(1, 2, "", "2011-12-31"), holds(2, 1, "2012-01-01", "")}, []Term{holds(2, 1, "2012-01-01", before)}, holds(0, 2, day, ""), none},
	} {
		ended, begun, err := Handover{Predecessor: 1, Successor: 2, Posts: []id.Post{1}, First: day}.Terms(c.terms)
		if c.kind != none {
			if !fault.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || fmt.Sprint(ended) != fmt.Sprint(c.ended) || begun != c.begun {
			t.Errorf("%s: ended %v, begun %v, %v", name, ended, begun, err)
		}
	}
}

func TestHandoverCheck(t *testing.T) {
	good := Handover{Predecessor: 1, Successor: 2, Posts: []id.Post{1}, First: "2012-02-01"}
	for name, c := range map[string]struct {
		of    func(*Handover)
		field string
	}{
		"today":     {func(*Handover) {}, ""},
		"later":     {func(h *Handover) { h.First = "2012-03-01" }, ""},
		"yesterday": {func(h *Handover) { h.First = "2012-01-31" }, "from"},
		"no day":    {func(h *Handover) { h.First = "" }, "from"},
		"no post":   {func(h *Handover) { h.Posts = nil }, "post"},
		"oneself":   {func(h *Handover) { h.Successor = 1 }, "successor"},
	} {
		h := good
		c.of(&h)
		err := h.Check("2012-02-01")
		if (err == nil) != (c.field == "") || err != nil && fault.Of(err).Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever is done with a post, nobody shares it, and a handover leaves no day between.
func TestHandoversLeaveNoGap(t *testing.T) {
	const first = calendar.Day("2012-01-01")
	rapid.Check(t, func(r *rapid.T) {
		var terms []Term
		today := first
		account := func(name string) id.Account { return id.Account(rapid.IntRange(1, 4).Draw(r, name)) }
		ahead := func(name string) calendar.Day { return today.AddDays(rapid.IntRange(0, 6).Draw(r, name)) }
		holders := func(day calendar.Day) (on []id.Account) {
			for _, t := range terms {
				if t.Kind == Holder && t.On(day) {
					on = append(on, t.Account)
				}
			}
			return on
		}
		put := func(changed []Term) {
			for _, c := range changed {
				terms[c.ID-1] = c
			}
		}
		begin := func(t Term) {
			t.ID = id.Term(len(terms) + 1)
			terms = append(terms, t)
		}
		for range rapid.IntRange(1, 25).Draw(r, "acts") {
			switch rapid.SampledFrom([]string{"appoint", "stand in", "end", "hand over", "day"}).Draw(r, "act") {
			case "appoint":
				if t := holds(0, account("who"), ahead("from"), ""); CheckTerm(t, terms) == nil {
					begin(t)
				}
			case "stand in":
				t := stands(0, account("who"), ahead("from"), "")
				t.To = t.From.AddDays(rapid.IntRange(0, 5).Draw(r, "days"))
				if CheckTerm(t, terms) == nil {
					begin(t)
				}
			case "end":
				if len(terms) > 0 {
					t := terms[rapid.IntRange(0, len(terms)-1).Draw(r, "which")]
					if last := ahead("last"); last >= t.From && (t.To == "" || last < t.To) {
						t.To = last
						put([]Term{t})
					}
				}
			case "hand over":
				h := Handover{Predecessor: account("predecessor"), Successor: account("successor"), Posts: []id.Post{1}, First: ahead("first")}
				if h.Check(today) != nil {
					continue
				}
				ended, begun, err := h.Terms(terms)
				if err != nil {
					continue
				}
				put(ended)
				begin(begun)
				if on := holders(h.First); begun.Kind == Holder && (len(on) != 1 || on[0] != h.Successor) {
					r.Fatalf("on the first day: %v in %v", on, terms)
				}
				if on := holders(h.Last()); begun.Kind == Holder && (len(on) != 1 || on[0] != h.Predecessor) {
					r.Fatalf("on the last day: %v in %v", on, terms)
				}
			case "day":
				today = today.AddDays(rapid.IntRange(1, 4).Draw(r, "later"))
			}
			for n := range 120 {
				if on := holders(first.AddDays(n)); len(on) > 1 {
					r.Fatalf("%v hold it on %s: %v", on, first.AddDays(n), terms)
				}
			}
		}
	})
}

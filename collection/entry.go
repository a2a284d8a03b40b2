package collection

import (
	"encoding/json"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/ledger"
)

// Kinds of entries. All are internal: what a body asks of its units is its own affair.
const (
	KindStarted  = "collection.started"
	KindAsked    = "collection.asked"
	KindAnswered = "collection.answered"
	KindReturned = "collection.returned"
	KindAccepted = "collection.accepted"
	KindExtended = "collection.extended"
	KindClosed   = "collection.closed"
	KindDeclined = "collection.declined"
)

func (c Collection) entry(kind string) ledger.Draft {
	return ledger.Draft{Kind: kind, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "collection", ID: c.ID.String()}}}
}

// StartedEntries are the entries of a collection that goes out: what is asked, and of whom.
func (c Collection) StartedEntries(owed []Owed) []ledger.Draft {
	d := c.entry(KindStarted)
	d.Words = ledger.Words("title", c.Title, "words", c.Words)
	d.Fields = []ledger.Field{ledger.State("kind", string(c.Kind)), ledger.Day("due", string(c.Due)), ledger.Day("day", string(c.Started)), ledger.IDField("by", c.By.String())}
	if c.Plan != 0 {
		d.Fields = append(d.Fields, ledger.IDField("plan", c.Plan.String()))
	}
	if c.Item != 0 {
		d.Fields = append(d.Fields, ledger.IDField("item", c.Item.String()))
	}
	if c.Milestone != 0 {
		d.Fields = append(d.Fields, ledger.IDField("milestone", c.Milestone.String()))
	}
	if c.Template != nil {
		d.Fields = append(d.Fields, ledger.Hash("template", c.Template.File))
	}
	out := []ledger.Draft{d}
	return append(out, AskedEntries(owed)...)
}

// AskedEntries are the entries of units that are asked, each with its own day if it has one.
func AskedEntries(owed []Owed) (out []ledger.Draft) {
	for _, o := range owed {
		d := about(KindAsked, o.Collection, o.Unit)
		if o.Due != "" {
			d.Fields = []ledger.Field{ledger.Day("due", string(o.Due))}
		}
		out = append(out, d)
	}
	return out
}

// DeclinedEntry is the entry of a sentence of a plan that becomes no collection, and why.
func DeclinedEntry(m id.Milestone, day calendar.Day, reason string) ledger.Draft {
	return ledger.Draft{Kind: KindDeclined, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "milestone", ID: m.String()}},
		Fields: []ledger.Field{ledger.Day("day", string(day))}, Words: ledger.Words("reason", reason)}
}

// AnsweredEntry is the entry of an answer that was sent.
func (a Answer) AnsweredEntry() ledger.Draft {
	d := about(KindAnswered, a.Collection, a.Unit)
	behalf := int64(0)
	if a.OnBehalf {
		behalf = 1
	}
	d.Fields = []ledger.Field{ledger.Num("revision", int64(a.Revision)), ledger.Day("day", string(a.Day)), ledger.Num("on_behalf", behalf)}
	if a.File != nil {
		d.Fields = append(d.Fields, ledger.Hash("file", a.File.Hash))
	}
	d.Words = ledger.Words("values", a.Values.text())
	return d
}

// DecidedEntry is the entry of an answer that was taken or given back.
func (a Answer) DecidedEntry() ledger.Draft {
	kind := KindAccepted
	if a.Standing == Returned {
		kind = KindReturned
	}
	d := about(kind, a.Collection, a.Unit)
	d.Fields = []ledger.Field{ledger.Num("revision", int64(a.Revision)), ledger.Day("day", string(a.Decided))}
	if a.Standing == Returned {
		d.Words = ledger.Words("reasons", a.Reasons.text())
	}
	return d
}

// ExtendedEntry is the entry of a due day that was put off.
func (c Collection) ExtendedEntry() ledger.Draft {
	d := c.entry(KindExtended)
	d.Fields = []ledger.Field{ledger.Day("due", string(c.Due))}
	d.Words = ledger.Words("reason", c.Extended[len(c.Extended)-1].Reason)
	return d
}

// ClosedEntry is the entry of a collection that ended.
func (c Collection) ClosedEntry() ledger.Draft {
	d := c.entry(KindClosed)
	d.Fields = []ledger.Field{ledger.Day("day", string(c.Ended))}
	return d
}

func about(kind string, c id.Collection, u id.Unit) ledger.Draft {
	return ledger.Draft{Kind: kind, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "collection", ID: c.String()}, {Noun: "unit", ID: u.String()}}}
}

// text writes values for the words of an entry; no values are no words.
func (v Values) text() string {
	if len(v) == 0 {
		return ""
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // a map of texts can always be written
	}
	return string(b)
}

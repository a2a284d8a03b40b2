package reminder

import (
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/ledger"
)

// Kinds of entries. All of them stay inside: who was chased is nobody else's business.
const (
	KindChased     = "reminder.chased"  // an attempt was made, or put down to be made
	KindSettled    = "reminder.settled" // what became of it
	KindOpened     = "reminder.opened"
	KindReplied    = "reminder.replied"
	KindRulesSet   = "reminder.rules_set"
	KindGatewaySet = "reminder.gateway_set"
)

// EntryKinds are all of them.
var EntryKinds = []string{KindChased, KindSettled, KindOpened, KindReplied, KindRulesSet, KindGatewaySet}

func (r Reminder) entry(kind string, fields ...ledger.Field) ledger.Draft {
	return ledger.Draft{Kind: kind, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "unit", ID: r.Unit.String()}}, Fields: fields}
}

// ChasedEntry is the entry of an attempt: of which unit, about which items, by which way.
func (r Reminder) ChasedEntry() ledger.Draft {
	d := r.entry(KindChased, ledger.Day("by", string(r.By)), ledger.State("channel", string(r.Channel)), ledger.Day("day", string(r.Day)),
		ledger.Num("number", r.Number))
	if r.Occasion != "" {
		d.Fields = append(d.Fields, ledger.State("occasion", string(r.Occasion)))
	}
	if r.Post != 0 {
		d.Fields = append(d.Fields, ledger.IDField("post", r.Post.String()))
	}
	if r.Channel.Slip() {
		d.Fields = append(d.Fields, ledger.Num("serial", int64(r.Serial)))
	}
	d.Fields = append(d.Fields, ledger.State("state", string(r.State)), ledger.Num("things", int64(len(r.Things))))
	if r.Channel.Slip() {
		d.Fields = append(d.Fields, ledger.Num("year", int64(r.Year)))
	}
	seen := map[id.Item]bool{0: true}
	for _, o := range r.Things {
		if !seen[o.Item] {
			seen[o.Item] = true
			d.Subjects = append(d.Subjects, ledger.Subject{Noun: "item", ID: o.Item.String()})
		}
	}
	return d
}

// SettledEntry is the entry of what became of an attempt.
func (r Reminder) SettledEntry() ledger.Draft {
	return r.entry(KindSettled, ledger.State("channel", string(r.Channel)), ledger.Day("day", string(r.Settled)), ledger.Num("number", r.Number), ledger.State("state", string(r.State)))
}

// OpenedEntry is the entry of a link that was followed.
func (r Reminder) OpenedEntry() ledger.Draft {
	return r.entry(KindOpened, ledger.Day("day", string(r.Opened)), ledger.Num("number", r.Number))
}

// RepliedEntry is the entry of what a unit replied.
func (r Reminder) RepliedEntry() ledger.Draft {
	d := r.entry(KindReplied, ledger.Day("day", string(r.Replied)), ledger.Num("number", r.Number))
	d.Words = ledger.Words("reply", r.Reply)
	return d
}

// SetEntry is the entry of rules.
func (r Rules) SetEntry(today calendar.Day) ledger.Draft {
	d := ledger.Draft{Kind: KindRulesSet, Class: ledger.Internal, Fields: []ledger.Field{
		ledger.State("after", numbersState(r.After)), ledger.State("before", numbersState(r.Before)), ledger.State("channel", string(r.Channel)),
		ledger.Day("day", string(today)), ledger.Num("escalate_after", int64(r.EscalateAfter))}}
	if r.EscalateTo != 0 {
		d.Fields = append(d.Fields, ledger.IDField("escalate_to", r.EscalateTo.String()))
	}
	on := func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}
	d.Fields = append(d.Fields, ledger.Num("most", int64(r.Most)), ledger.Num("on", on(r.On)), ledger.Num("on_day", on(r.OnDay)),
		ledger.Num("quiet_from", int64(r.QuietFrom)), ledger.Num("quiet_to", int64(r.QuietTo)))
	return d
}

// numbersState writes days as a field of an entry can hold them: 1_3_7, or none.
func numbersState(numbers []int) string {
	if len(numbers) == 0 {
		return "none"
	}
	return strings.ReplaceAll(NumbersText(numbers), " ", "_")
}

package org

import (
	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Duty is what a unit has to do with an item.
type Duty string

const (
	LeadDuty        Duty = "lead"        // 牵头
	CooperatingDuty Duty = "cooperating" // 配合
)

// DutyState is what a unit said to a duty, and the office to that.
type DutyState string

const (
	DutyAssigned DutyState = "assigned" // 还没有回话
	DutyAccepted DutyState = "accepted" // 接受了
	DutyObjected DutyState = "objected" // 退回了, with a reason
	DutyUpheld   DutyState = "upheld"   // 仍由你单位办: the office read the reason and the duty stays
)

// DutyStates are all states, in the order in which they are offered.
var DutyStates = []DutyState{DutyAssigned, DutyAccepted, DutyObjected, DutyUpheld}

// Owner is a unit that has a duty in an item.
type Owner struct {
	Item id.Item
	Unit id.Unit
	Duty Duty
	Post id.Post // the responsible post of the unit, or 0

	State        DutyState
	Reason       string // why it was objected to
	Reply        string // what the office answered, or empty
	Said         string // the words of the document when it was assigned
	SetDay       calendar.Day
	AnsweredDay  calendar.Day
	AnsweredPost id.Post
}

// Kinds of entries about owners.
const (
	KindItemAssigned = "item.assigned"
	KindDutyAnswered = "duty.answered"
	KindDutyUpheld   = "duty.upheld"
)

const (
	mostOwners   = 1000
	longestReply = 200 // runes
)

// CheckOwners says what keeps units from being the owners of an item. None at all takes
// the item away from whoever had it.
func CheckOwners(owners []Owner) error {
	if len(owners) > mostOwners {
		return fault.New(fault.TooLarge, "一条任务最多分给 %d 个单位。", mostOwners)
	}
	leads := 0
	seen := map[id.Unit]bool{}
	for _, o := range owners {
		switch {
		case o.Duty != LeadDuty && o.Duty != CooperatingDuty:
			return fault.New(fault.Invalid, "请写明是牵头还是配合。").In("lead")
		case seen[o.Unit]:
			return fault.New(fault.Invalid, "同一个单位在一条任务里只能分一次：要么牵头，要么配合。").In("lead")
		}
		seen[o.Unit] = true
		if o.Duty == LeadDuty {
			leads++
		}
	}
	if leads == 0 && len(owners) > 0 {
		return fault.New(fault.Invalid, "请选谁牵头：没有人牵头的事没有人办。").In("lead")
	}
	return nil
}

// Assigned gives the owners of an item as they stand after an assignment. What a unit
// said to the same duty stays said; a new duty waits for its answer.
func Assigned(before, owners []Owner, said string, day calendar.Day) []Owner {
	was := map[id.Unit]Owner{}
	for _, o := range before {
		was[o.Unit] = o
	}
	out := make([]Owner, len(owners))
	for i, o := range owners {
		b, had := was[o.Unit]
		if !had || b.Duty != o.Duty {
			b = Owner{Item: o.Item, Unit: o.Unit, Duty: o.Duty, State: DutyAssigned, SetDay: day}
		}
		b.Post, b.Said = o.Post, said
		out[i] = b
	}
	return out
}

// Answered gives a duty after its unit accepted it, or objected for a reason.
func (o Owner) Answered(accept bool, reason string, post id.Post, day calendar.Day) (Owner, error) {
	if err := fault.CheckText("reason", "退回的原因", reason, longestReply, !accept); err != nil {
		return o, err
	}
	switch {
	case !accept && o.State == DutyUpheld:
		return o, fault.New(fault.Conflict, "办公室看过原因，答复仍由你单位办，不能再退回。有新的情况，请直接找局办公室。")
	case accept && o.State == DutyAccepted:
		return o, fault.New(fault.Conflict, "这条任务已经接受了。")
	}
	o.State, o.Reason, o.Reply = DutyAccepted, "", ""
	if !accept {
		o.State, o.Reason = DutyObjected, reason
	}
	o.AnsweredDay, o.AnsweredPost = day, post
	return o, nil
}

// Upheld gives a duty after the office read why the unit objected, and left it there.
func (o Owner) Upheld(reply string) (Owner, error) {
	if err := fault.CheckText("reply", "答复", reply, longestReply, false); err != nil {
		return o, err
	}
	if o.State != DutyObjected {
		return o, fault.New(fault.Conflict, "这个单位没有退回这条任务，或者已经答复过。")
	}
	o.State, o.Reply = DutyUpheld, reply
	return o, nil
}

// AssignedEntry is the entry of who answers for an item: the first subjects that are
// units take the lead, the others cooperate, and posts are responsible in their units.
func AssignedEntry(plan id.Plan, item id.Item, owners []Owner) ledger.Draft {
	d := ledger.Draft{Kind: KindItemAssigned, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "item", ID: item.String()}, {Noun: "plan", ID: plan.String()}}}
	leads, posts := 0, []ledger.Subject(nil)
	for _, duty := range []Duty{LeadDuty, CooperatingDuty} {
		for _, o := range owners {
			if o.Duty != duty {
				continue
			}
			d.Subjects = append(d.Subjects, ledger.Subject{Noun: "unit", ID: o.Unit.String()})
			if o.Post != 0 {
				posts = append(posts, ledger.Subject{Noun: "post", ID: o.Post.String()})
			}
			if duty == LeadDuty {
				leads++
			}
		}
	}
	d.Subjects = append(d.Subjects, posts...)
	d.Fields = []ledger.Field{ledger.Num("lead", int64(leads)), ledger.Num("cooperating", int64(len(owners)-leads))}
	return d
}

// AnsweredEntry is the entry of what a unit said to a duty.
func (o Owner) AnsweredEntry() ledger.Draft {
	d := ledger.Draft{Kind: KindDutyAnswered, Class: ledger.Internal, Subjects: o.subjects(), Fields: []ledger.Field{ledger.State("state", string(o.State))}}
	if o.Reason != "" {
		d.Words = ledger.Words("reason", o.Reason)
	}
	return d
}

// UpheldEntry is the entry of an objection after which the duty stays where it is.
func (o Owner) UpheldEntry() ledger.Draft {
	d := ledger.Draft{Kind: KindDutyUpheld, Class: ledger.Internal, Subjects: o.subjects()}
	if o.Reply != "" {
		d.Words = ledger.Words("reply", o.Reply)
	}
	return d
}

func (o Owner) subjects() []ledger.Subject {
	return []ledger.Subject{{Noun: "item", ID: o.Item.String()}, {Noun: "unit", ID: o.Unit.String()}}
}

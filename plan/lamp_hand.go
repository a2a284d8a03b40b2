package plan

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// LampHand is a lamp that the office set by hand, against what the rules say.
type LampHand struct {
	Item   id.Item
	Unit   id.Unit // 0 for the whole item
	Lamp   Lamp
	Reason string
	Was    Lamp         // what the rules said on that day
	Day    calendar.Day // on which it was set
	Until  calendar.Day // last day for which it stands; empty until it is taken back
	Ended  calendar.Day // on which it was taken back
}

// HandLamps are those that can be set by hand: whether something is complete or was
// reported nobody can set.
var HandLamps = []Lamp{LampUnderWay, LampDueSoon, LampBehind, LampBlocked, LampOverdue}

// longestHandReason is how much a reason may hold, in runes.
const longestHandReason = 200

// Check says what keeps a lamp from being set by hand over what the rules say.
func (h LampHand) Check(ruled LampLit, today calendar.Day) error {
	if !slices.Contains(HandLamps, h.Lamp) {
		return fault.New(fault.Invalid, "请选要亮哪一种灯。").In("lamp")
	}
	if err := fault.CheckText("reason", "为什么要手工定", h.Reason, longestHandReason, true); err != nil {
		return err
	}
	switch {
	case h.Until != "" && h.Until < today:
		return fault.New(fault.Invalid, "到哪天为止不能早于今天。").In("until")
	case h.Lamp == ruled.Lamp:
		return fault.New(fault.Conflict, "现在亮的就是这一种灯，不用手工定。").In("lamp")
	case ruled.Said == LampComplete || ruled.Said == LampWaiting:
		return fault.New(fault.Conflict, "这件事已经报了完成，灯不能手工定。不同意的，请把进展退回去。").In("lamp")
	case h.Lamp.Tint() == Green && ruled.Said == LampNone:
		return fault.New(fault.Conflict, "从来没有报过的，不能亮绿灯。可以先替单位代报。").In("lamp")
	}
	return nil
}

// Tidied gives it without the blanks round its reason.
func (h LampHand) Tidied() LampHand {
	h.Reason = strings.TrimSpace(strings.ReplaceAll(h.Reason, "\r\n", "\n"))
	return h
}

// Stands reports whether it counts on a day.
func (h LampHand) Stands(today calendar.Day) bool {
	return h.Lamp != "" && h.Ended == "" && (h.Until == "" || today <= h.Until)
}

// ByHand puts a lamp set by hand in the place of what the rules say, while it stands. What
// is complete or waits to be confirmed shows as such: it was said after the lamp was set.
func (l LampLit) ByHand(h LampHand) LampLit {
	if !h.Stands(l.Today) || l.Said == LampComplete || l.Said == LampWaiting || l.Lamp == h.Lamp {
		return l
	}
	l.Hand, l.Ruled, l.Lamp = &h, l.Lamp, h.Lamp
	return l
}

// Kinds of entries about lamps. All stay inside.
const (
	KindLampRules = "lamp.rules_set"
	KindLampSet   = "lamp.set"
	KindLampBack  = "lamp.taken_back"
)

// Entry is the entry of thresholds.
func (r LampRules) Entry() ledger.Draft {
	return ledger.Draft{Kind: KindLampRules, Class: ledger.Internal, Fields: []ledger.Field{
		ledger.Num("behind", int64(r.Behind)), ledger.Num("blue", number(r.Blue)), ledger.Num("near", int64(r.Near)), ledger.State("preset", string(r.Preset)), ledger.Num("working", number(r.Working))}}
}

// SetEntry is the entry of a lamp that is set by hand.
func (h LampHand) SetEntry() ledger.Draft {
	d := h.entry(KindLampSet, h.Day)
	d.Fields = append(d.Fields, ledger.State("lamp", string(h.Lamp)))
	if h.Until != "" {
		d.Fields = append(d.Fields, ledger.Day("until", string(h.Until)))
	}
	d.Fields = append(d.Fields, ledger.State("was", string(h.Was)))
	d.Words = ledger.Words("reason", h.Reason)
	return d
}

// BackEntry is the entry of one that is taken back.
func (h LampHand) BackEntry() ledger.Draft { return h.entry(KindLampBack, h.Ended) }

func (h LampHand) entry(kind string, day calendar.Day) ledger.Draft {
	d := ledger.Draft{Kind: kind, Class: ledger.Internal, Subjects: []ledger.Subject{about("item", h.Item)}, Fields: []ledger.Field{ledger.Day("day", string(day))}}
	if h.Unit != 0 {
		d.Subjects = append(d.Subjects, about("unit", h.Unit))
	}
	return d
}

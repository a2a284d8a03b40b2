package progress

import (
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Reached (节点到了) is what a unit says of a milestone: that it was reached, on what day,
// and what shows it. It is a proposal until the office confirms it.
type Reached struct {
	Milestone id.Milestone
	Item      id.Item
	Unit      id.Unit // that answers for the item
	Revision  int     // from 1; the newest counts
	On        calendar.Day
	Proof     string // internal, as the reason
	OnBehalf  bool
	Standing  Standing
	Reason    string // why it was returned
	Day       calendar.Day
	Decided   calendar.Day
	Confirmed calendar.Day // on which it was confirmed, also where it was returned since
}

// Check says what is wrong with what is said of a milestone. The fault names the field.
func (r Reached) Check(today calendar.Day) error {
	switch {
	case r.On == "":
		return fault.New(fault.Invalid, "请填写哪天办到的，例如 2011-09-20。").In("on")
	case r.On > today:
		return fault.New(fault.Invalid, "还没有到的日子不能报。请填今天或以前的日子。").In("on")
	}
	return fault.CheckText("proof", "凭什么算办到", r.Proof, LongestWords, true)
}

// Follows gives the next revision of what is said of a milestone, or what keeps it from
// being said.
func (r Reached) Follows(last *Reached, today calendar.Day) (Reached, error) {
	r.Proof = strings.TrimSpace(strings.ReplaceAll(r.Proof, "\r\n", "\n"))
	r.Revision, r.Standing, r.Day = 1, Sent, today
	if last != nil {
		if last.Standing == Confirmed {
			return r, fault.New(fault.Conflict, "这个节点已经确认办到了，不用再报。确实没有办到的，请局办公室退回。").In("on")
		}
		r.Revision = last.Revision + 1
	}
	return r, r.Check(today)
}

// Confirm (确认) lets a milestone stand as reached.
func (r Reached) Confirm(today calendar.Day) (Reached, error) {
	if r.Standing != Sent {
		return r, fault.New(fault.Conflict, "只有报了办到、还没有看过的节点，才要确认。请回到页面上看现在的情况。")
	}
	r.Standing, r.Decided, r.Confirmed = Confirmed, today, today
	return r, nil
}

// Return (退回) gives it back to its unit, with the reason.
func (r Reached) Return(reason string, today calendar.Day) (Reached, error) {
	reason = strings.TrimSpace(strings.ReplaceAll(reason, "\r\n", "\n"))
	if err := fault.CheckText("reason", "退回的原因", reason, LongestWords, true); err != nil {
		return r, err
	}
	if r.Standing == Returned {
		return r, fault.New(fault.Conflict, "已经退回了，正等单位重新报。")
	}
	r.Standing, r.Reason, r.Decided = Returned, reason, today
	return r, nil
}

// Kinds of entries about milestones. What is only proposed stays inside.
const (
	KindStoneProposed = "milestone.proposed"
	KindStoneReached  = "milestone.reached"
	KindStoneReturned = "milestone.returned"
	KindStoneRemarked = "milestone.remarked" // why it was returned; stays inside
)

// ProposedEntry is the entry of what a unit says of a milestone.
func (r Reached) ProposedEntry() ledger.Draft {
	d := r.entry(KindStoneProposed, ledger.Internal, ledger.Day("on", string(r.On)), ledger.Num("on_behalf", number(r.OnBehalf)), ledger.Day("day", string(r.Day)))
	d.Words = ledger.Words("proof", r.Proof)
	return d
}

// ConfirmedEntry is the entry of a milestone that stands as reached.
func (r Reached) ConfirmedEntry() ledger.Draft {
	return r.entry(KindStoneReached, ledger.Public, ledger.Day("on", string(r.On)), ledger.Day("day", string(r.Decided)))
}

// ReturnedEntries are the entries of one that was given back. That it was is public only
// where it had been confirmed.
func (r Reached) ReturnedEntries(was Standing) []ledger.Draft {
	class := ledger.Internal
	if was == Confirmed {
		class = ledger.Public
	}
	why := r.entry(KindStoneRemarked, ledger.Internal)
	why.Words = ledger.Words("reason", r.Reason)
	return []ledger.Draft{r.entry(KindStoneReturned, class, ledger.Day("day", string(r.Decided))), why}
}

func (r Reached) entry(kind string, class ledger.Class, fields ...ledger.Field) ledger.Draft {
	return ledger.Draft{Kind: kind, Class: class, Subjects: []ledger.Subject{{Noun: "milestone", ID: r.Milestone.String()}, {Noun: "item", ID: r.Item.String()}, {Noun: "unit", ID: r.Unit.String()}},
		Fields: append([]ledger.Field{ledger.Num("revision", int64(r.Revision))}, fields...)}
}

// NewestReached gives the newest that was said of each milestone.
func NewestReached(all []Reached) map[id.Milestone]Reached {
	out := map[id.Milestone]Reached{}
	for _, r := range all {
		if was, there := out[r.Milestone]; !there || was.Revision < r.Revision {
			out[r.Milestone] = r
		}
	}
	return out
}

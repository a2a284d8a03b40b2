package plan

import (
	"fmt"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Order is where an item comes from that was given after its plan was in force: the words
// of an instruction, of minutes, or of a task given by word of mouth, and who gave it when.
type Order struct {
	Item   id.Item
	Kind   OrderKind
	Year   int    // in which it was written down; each kind counts anew each year
	Serial int    // from 1, without gaps
	Words  string // the sentence, as it was pasted
	Giver  string // the post or the meeting; never a name
	Given  calendar.Day
}

// OrderKind is what an order comes in.
type OrderKind string

const (
	Instruction OrderKind = "instruction" // 批示
	Minutes     OrderKind = "minutes"     // 会议纪要
	Errand      OrderKind = "errand"      // 临时交办
)

// OrderKinds are the choices, in the order in which they are offered.
var OrderKinds = []OrderKind{Instruction, Minutes, Errand}

var orderSigns = map[OrderKind]string{Instruction: "批", Minutes: "纪", Errand: "交"}

// Number is the number of an order in the series of its kind and year: 批〔2012〕3号, with
// the year between the brackets that GB/T 9704 gives to the numbers of documents.
func (o Order) Number() string {
	return fmt.Sprintf("%s〔%d〕%d号", orderSigns[o.Kind], o.Year, o.Serial)
}

const longestOrder = 2000 // runes

// CheckOrder says what keeps an order, with its item and the day on which that is due,
// from being added to a plan.
func CheckOrder(p Plan, o Order, i Item, m Milestone, today calendar.Day) error {
	switch {
	case p.State == Drafted:
		return fault.New(fault.Conflict, "方案还没有启用。先启用，再添批示、纪要和交办的事。")
	case p.State == Closed:
		return ErrClosed
	case orderSigns[o.Kind] == "":
		return fault.New(fault.Invalid, "请选择是批示、会议纪要还是临时交办。").In("kind")
	}
	if err := fault.CheckText("words", "原话", o.Words, longestOrder, true); err != nil {
		return err
	}
	if err := fault.CheckLine("giver", "谁交办的", o.Giver, 100, true); err != nil {
		return err
	}
	switch {
	case o.Given == "":
		return fault.New(fault.Invalid, "请填写哪天交办的，例如 2012-04-10。").In("given")
	case o.Given > today:
		return fault.New(fault.Invalid, "交办的日子不能晚于今天。").In("given")
	}
	if err := CheckItem(i); err != nil {
		return err
	}
	switch {
	case i.Lead == "":
		return fault.New(fault.Invalid, "请填写谁牵头：没有人牵头的事没有人办。").In("lead")
	case m.Due == "":
		return fault.New(fault.Invalid, "请填写什么时候办完，例如 2012-06-30。").In("due")
	case m.Due < o.Given:
		return fault.New(fault.Invalid, "办完的日子早于交办的日子，请看看是不是写错了。").In("due")
	}
	return CheckMilestone(m)
}

// KindOrderGiven is the entry of an order. It stands behind those that record its item
// and the day on which that is due, and is public when the item is.
const KindOrderGiven = "order.given"

// OrderEntries are the entries by which an order is added to a plan in force.
func OrderEntries(p Plan, o Order, i Item, m Milestone) []ledger.Draft {
	i.Document = p.Document
	return []ledger.Draft{
		itemEntry(p.ID, i),
		milestoneEntry(m),
		{Kind: KindOrderGiven, Class: ledger.Public, Subjects: []ledger.Subject{about("item", i.ID), about("plan", p.ID)},
			Fields: []ledger.Field{ledger.Day("given", string(o.Given)), ledger.State("kind", string(o.Kind)), ledger.Num("serial", int64(o.Serial)), ledger.Num("year", int64(o.Year))},
			Words:  ledger.Words("giver", o.Giver, "words", o.Words)},
	}
}

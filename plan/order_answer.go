package plan

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// OrderAnswer (办理回复) is what a unit answered to an order.
type OrderAnswer struct {
	Item     id.Item
	Ordinal  int // from 1
	Unit     id.Unit
	Words    string
	Day      calendar.Day
	Post     id.Post
	Standing AnswerStanding
	Reason   string // why it was asked once more
	Decided  calendar.Day
	Decider  id.Post
}

// AnswerStanding is what was made of an answer.
type AnswerStanding string

const (
	AnswerSent     AnswerStanding = "sent"
	AnswerAccepted AnswerStanding = "accepted" // 认可
	AnswerReturned AnswerStanding = "returned" // 再问一次: for a reason
)

// OrderState is how far an order has come.
type OrderState string

const (
	OrderOpen     OrderState = "open"     // 等回复
	OrderOverdue  OrderState = "overdue"  // 过了日子没有回复
	OrderAnswered OrderState = "answered" // 回复了, and nobody said anything to it yet
	OrderAccepted OrderState = "accepted" // 认可了
)

// OrderStates are all of them, what needs somebody first in front.
var OrderStates = []OrderState{OrderOverdue, OrderAnswered, OrderOpen, OrderAccepted}

// StateOfOrder tells how an order stands on a day, by its answers in their order.
func StateOfOrder(answers []OrderAnswer, due, today calendar.Day) OrderState {
	if n := len(answers); n > 0 {
		switch answers[n-1].Standing {
		case AnswerAccepted:
			return OrderAccepted
		case AnswerSent:
			return OrderAnswered
		}
	}
	if due != "" && due < today {
		return OrderOverdue
	}
	return OrderOpen
}

// longestAnswer is how much an answer may hold, in runes.
const longestAnswer = 1000

// longestAgain is how much the reason may hold for asking once more, in runes.
const longestAgain = 200

// Answer makes the next answer of an order.
func Answer(before []OrderAnswer, a OrderAnswer, today calendar.Day) (OrderAnswer, error) {
	a.Words = strings.TrimSpace(strings.ReplaceAll(a.Words, "\r\n", "\n"))
	if err := fault.CheckText("words", "怎么办的", a.Words, longestAnswer, true); err != nil {
		return a, err
	}
	if n := len(before); n > 0 && before[n-1].Standing == AnswerAccepted {
		return a, fault.New(fault.Conflict, "已经认可了，不用再回复。").In("words")
	}
	a.Ordinal, a.Day, a.Standing, a.Reason, a.Decided, a.Decider = len(before)+1, today, AnswerSent, "", "", 0
	return a, nil
}

// Accept (认可) takes an answer as it is: nothing more is asked.
func (a OrderAnswer) Accept(by id.Post, today calendar.Day) (OrderAnswer, error) {
	if a.Standing != AnswerSent {
		return a, errAnswerDecided
	}
	a.Standing, a.Decider, a.Decided = AnswerAccepted, by, today
	return a, nil
}

// AskAgain (再问一次) says what is missing in an answer.
func (a OrderAnswer) AskAgain(by id.Post, reason string, today calendar.Day) (OrderAnswer, error) {
	reason = strings.TrimSpace(strings.ReplaceAll(reason, "\r\n", "\n"))
	if err := fault.CheckText("reason", "还要问什么", reason, longestAgain, true); err != nil {
		return a, err
	}
	if a.Standing != AnswerSent {
		return a, errAnswerDecided
	}
	a.Standing, a.Reason, a.Decider, a.Decided = AnswerReturned, reason, by, today
	return a, nil
}

var errAnswerDecided = fault.New(fault.Conflict, "这个回复已经有人看过了。请回到页面上看现在的情况。")

// SaidToOrder gives what a lamp knows of an order that nobody reports: its answers.
func SaidToOrder(answers []OrderAnswer, f LampFacts) LampFacts {
	f.Answers, f.Said = true, LampNone
	if len(answers) == 0 {
		return f
	}
	last := answers[len(answers)-1]
	f.SaidOn = last.Day
	switch last.Standing {
	case AnswerAccepted:
		f.Said, f.SaidOn = LampComplete, last.Decided
	case AnswerSent:
		f.Said = LampWaiting
	default:
		f.Return = last.Decided
	}
	return f
}

// TitleOfOrder is what the item of an instruction is called where only its words are known:
// the beginning of its first sentence.
func TitleOfOrder(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	if k := strings.IndexAny(words, "。；！？!?;"); k > 0 {
		words = words[:k]
	}
	runes := []rune(words)
	if k := slices.Index(runes, '，'); len(runes) > longestOrderTitle && k >= 6 && k <= longestOrderTitle {
		runes = runes[:k]
	}
	if len(runes) > longestOrderTitle {
		return string(runes[:longestOrderTitle]) + "…"
	}
	return string(runes)
}

const longestOrderTitle = 36 // runes

// Kinds of entries about what comes of orders. All stay inside.
const (
	KindOrderInstructed = "order.instructed"
	KindOrderAnswered   = "order.answered"
	KindOrderAccepted   = "order.answer_accepted"
	KindOrderAsked      = "order.asked_again"
)

// InstructedEntry says what an instruction was about, and which unit answers it.
func InstructedEntry(item, of id.Item, unit id.Unit) ledger.Draft {
	return ledger.Draft{Kind: KindOrderInstructed, Class: ledger.Internal, Subjects: []ledger.Subject{about("item", item), about("unit", unit)},
		Fields: []ledger.Field{ledger.State("about", strings.ToLower(of.String()))}}
}

// AnsweredEntry is the entry of an answer.
func (a OrderAnswer) AnsweredEntry() ledger.Draft {
	d := a.entry(KindOrderAnswered, a.Day)
	d.Words = ledger.Words("words", a.Words)
	return d
}

// AcceptedEntry is the entry of an answer that was accepted.
func (a OrderAnswer) AcceptedEntry() ledger.Draft { return a.entry(KindOrderAccepted, a.Decided) }

// AskedEntry is the entry of an order that was asked once more.
func (a OrderAnswer) AskedEntry() ledger.Draft {
	d := a.entry(KindOrderAsked, a.Decided)
	d.Words = ledger.Words("reason", a.Reason)
	return d
}

func (a OrderAnswer) entry(kind string, day calendar.Day) ledger.Draft {
	return ledger.Draft{Kind: kind, Class: ledger.Internal, Subjects: []ledger.Subject{about("item", a.Item), about("unit", a.Unit)},
		Fields: []ledger.Field{ledger.Day("day", string(day)), ledger.Num("ordinal", int64(a.Ordinal))}}
}

// Package reminder holds the rules of chasing (催办): what is owed and since when, by
// which ways somebody is reminded of it, when a rule does so by itself, and how many
// messages a person may get. Rules are pure and told the time.
package reminder

import (
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

// Kind is a kind of what is owed.
type Kind string

const (
	Report     Kind = "report"     // 未报的进展
	Answer     Kind = "answer"     // 没有回话的任务
	Milestone  Kind = "milestone"  // 到期没有办结的节点、批示和交办
	Collection Kind = "collection" // 没有交的征集
)

// Kinds are all of them, in the order in which they are chased.
var Kinds = []Kind{Report, Collection, Answer, Milestone}

// Thing names something that a unit owes.
type Thing struct {
	Kind   Kind
	Record int64   // of the item, the milestone or the collection
	Unit   id.Unit // of which it is asked
	Period string  // for which a report is owed, or empty
}

// Owed is something that a unit owes, or will.
type Owed struct {
	Thing
	Item  id.Item // 0 where it is of none
	Title string
	Due   calendar.Day
}

// Late reports that its day has passed.
func (o Owed) Late(today calendar.Day) bool { return o.Due < today }

// Channel is a way to reach somebody.
type Channel string

const (
	Copy            Channel = "copy"             // 文字, pasted somewhere by hand
	Phone           Channel = "phone"            // 电话
	ChaseSlip       Channel = "chase_slip"       // 催办单
	SupervisionSlip Channel = "supervision_slip" // 督办单
	SMS             Channel = "sms"              // 短信
	Mail            Channel = "mail"             // 邮件
	Robot           Channel = "robot"            // 群机器人
)

// ByHand are the ways that need nothing but people, Sent those that need a gateway.
var (
	ByHand = []Channel{Copy, Phone, ChaseSlip, SupervisionSlip}
	Sent   = []Channel{Robot, SMS, Mail}
)

// Personal reports a way that reaches one person.
func (c Channel) Personal() bool { return c == SMS || c == Mail }

// Slip reports a way that has a number of its own and a reply slip.
func (c Channel) Slip() bool { return c == ChaseSlip || c == SupervisionSlip }

// State is how far an attempt has come.
type State string

const (
	Open        State = "open"         // to be done by hand: a call that nobody made yet
	Done        State = "done"         // done by hand, or taken over by the gateway
	Queued      State = "queued"       // waits for the worker
	HandingOver State = "handing_over" // the gateway is being asked; written down before it is
	Failed      State = "failed"       // the gateway did not take it
	Unknown     State = "unknown"      // it may have left; it is not sent again
)

// Failure is why an attempt failed.
type Failure string

const (
	NoPerson  Failure = "no_person"  // nobody of the unit is there to be told
	NoAddress Failure = "no_address" // whoever is there left no number or address
	Capped    Failure = "capped"     // had as many messages on the day as anybody may get
	NoGateway Failure = "no_gateway" // it was taken out of use
	Refused   Failure = "refused"    // by the gateway
	Tried     Failure = "tried"      // the gateway was not reached, time and again
)

// MostTries is how often a message is offered to a gateway that does not take it.
const MostTries = 6

// Began is the state in which an attempt by a channel begins.
func Began(c Channel) State {
	switch {
	case c == Phone:
		return Open
	case slices.Contains(Sent, c):
		return Queued
	}
	return Done
}

// Reminder is one attempt to reach a unit by one channel, about what it owes.
type Reminder struct {
	ID       id.Reminder
	Number   int64       // by which its short link calls it; counts on in the city
	Chase    id.Reminder // the first of those that were made by one act
	Unit     id.Unit
	Post     id.Post // that it is addressed to, or 0
	Channel  Channel
	Occasion Occasion // of the rule that made it; empty where a person did
	Day      calendar.Day
	By       calendar.Day // until when an answer is asked for
	State    State
	Failure  Failure      // why it failed
	Settled  calendar.Day // on which State was reached
	Message  id.Message   // that carries it, or 0
	Year     int          // of a slip
	Serial   int          // of a slip, from 1 in each year, without gaps
	MadeBy   id.Post

	Opened     calendar.Day // on which somebody of the unit followed its link
	OpenedPost id.Post
	Reply      string // 回执
	Replied    calendar.Day
	RepliedBy  id.Post

	Things []Owed
}

var slipSigns = map[Channel]string{ChaseSlip: "催", SupervisionSlip: "督"}

// SlipNumber is the number of a slip in the series of its kind and year: 催〔2012〕3号.
func (r Reminder) SlipNumber() string {
	return fmt.Sprintf("%s〔%d〕%d号", slipSigns[r.Channel], r.Year, r.Serial)
}

// LongestReply is how much a reply may hold, in runes.
const LongestReply = 500

// Answered gives a reminder with the unit's reply. A later reply takes the place of
// an earlier one; the ledger has both.
func (r Reminder) Answered(reply string, by id.Post, today calendar.Day) (Reminder, error) {
	if err := fault.CheckText("reply", "回复", reply, LongestReply, true); err != nil {
		return r, err
	}
	r.Reply, r.Replied, r.RepliedBy = reply, today, by
	if r.Opened == "" {
		r.Opened, r.OpenedPost = today, by
	}
	return r, nil
}

// Called notes that a call was made.
func (r Reminder) Called(today calendar.Day) (Reminder, error) {
	if r.Channel != Phone || r.State != Open {
		return r, fault.New(fault.Conflict, "这个电话已经记过了。")
	}
	r.State, r.Settled = Done, today
	return r, nil
}

// MostThings is how many things one act chases.
const MostThings = 500

// CheckChase says what keeps things from being chased until a day.
func CheckChase(c Channel, things []Thing, by, today calendar.Day) error {
	switch {
	case len(things) == 0:
		return fault.New(fault.Invalid, "还没有勾。请先在清单里勾要催的。").In("owed")
	case len(things) > MostThings:
		return fault.New(fault.TooLarge, "一次最多催 %d 件。", MostThings)
	case !slices.Contains(ByHand, c) && !slices.Contains(Sent, c):
		return fault.New(fault.Invalid, "请选怎么催。").In("channel")
	case by == "":
		return fault.New(fault.Invalid, "请写哪天以前要回话，例如 2012-04-23。").In("by")
	case by < today:
		return fault.New(fault.Invalid, "要回话的日子不能早于今天。").In("by")
	}
	return nil
}

// ReplyDays is the preset of how many working days a unit has for its answer.
const ReplyDays = 3

package progress

import (
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

// State is how an item stands, as its unit says.
type State string

const (
	NotStarted State = "not_started" // 未启动
	UnderWay   State = "under_way"   // 推进中
	Blocked    State = "blocked"     // 受阻
	Complete   State = "complete"    // 完成: a proposal until it is confirmed
)

// States are the choices, in the order in which they are offered.
var States = []State{NotStarted, UnderWay, Blocked, Complete}

// Standing is what the office made of a report.
type Standing string

const (
	Sent      Standing = "sent"
	Confirmed Standing = "confirmed"
	Returned  Standing = "returned" // for a reason; the unit says it anew
)

// LongestWords is how much one field of a report may hold, in runes.
const LongestWords = 200

// Report is what a unit says of an item for a period.
type Report struct {
	Item     id.Item
	Unit     id.Unit // that answers for the item
	Period   Period
	Revision int // from 1; the newest counts
	State    State

	Done       string // what was done; goes out with the item
	Next       string // all below stay inside
	Difficulty string
	Need       string // what is needed to go on
	NeedFrom   string // and from whom
	Proof      string // what shows that it is complete

	OnBehalf bool // 代报: written down by another, because the unit could not
	Standing Standing
	Reason   string       // why it was returned; internal
	Day      calendar.Day // on which it was reported
	Decided  calendar.Day // on which it was confirmed or returned
}

// Pending reports a completion that nobody looked at yet.
func (r Report) Pending() bool { return r.State == Complete && r.Standing == Sent }

// Ends reports that nothing more is asked for: complete, and confirmed or to be confirmed.
func (r Report) Ends() bool { return r.State == Complete && r.Standing != Returned }

// Tidied gives a report without the blanks round its words, and with one kind of line break.
func (r Report) Tidied() Report {
	for _, w := range []*string{&r.Done, &r.Next, &r.Difficulty, &r.Need, &r.NeedFrom, &r.Proof} {
		*w = strings.TrimSpace(strings.ReplaceAll(*w, "\r\n", "\n"))
	}
	return r
}

// Check says what is wrong with the words of a report. The fault names the field.
func (r Report) Check() error {
	switch r.State {
	case NotStarted, UnderWay, Blocked, Complete:
	default:
		return fault.New(fault.Invalid, "请选现在到了哪一步：未启动、推进中、受阻还是完成。").In("state")
	}
	for _, err := range []error{
		fault.CheckText("done", "办了什么", r.Done, LongestWords, r.State == UnderWay || r.State == Complete),
		fault.CheckText("next", "下一步", r.Next, LongestWords, false),
		fault.CheckText("difficulty", "困难", r.Difficulty, LongestWords, r.State == Blocked),
		fault.CheckText("need", "需要什么", r.Need, LongestWords, r.State == Blocked),
		fault.CheckText("need_from", "需要谁", r.NeedFrom, LongestWords, r.State == Blocked),
		fault.CheckText("proof", "凭什么算完成", r.Proof, LongestWords, r.State == Complete),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Follows says what keeps a report from following those that the unit made of the item.
func (r Report) Follows(reports []Report, today calendar.Day) error {
	if r.Period.First() > today {
		return fault.New(fault.Conflict, "这一期还没有到，%s起才能报。", r.Period.First()).In("state")
	}
	for _, b := range Newest(reports) {
		switch {
		case b.State == Complete && b.Standing == Confirmed:
			return fault.New(fault.Conflict, "这条任务已经确认完成，不用再报。确实没有完成的，请局办公室退回。").In("state")
		case b.Period != r.Period && b.Pending() && b.Period.First() < r.Period.First():
			return fault.New(fault.Conflict, "上一期报了完成，正等局办公室确认，这一期不用报。").In("state")
		case b.Period.First() < r.Period.First() && b.Standing != Returned && r.State == NotStarted && b.State != NotStarted:
			return fault.New(fault.Conflict, "前面已经报过开始办了，不能再报未启动。停下来的请选受阻。").In("state")
		}
	}
	return nil
}

// ErrNothingBefore is told where nothing was reported that could stay as it is.
var ErrNothingBefore = fault.New(fault.Conflict, "前面没有报过，不能只说没有变化。请写一句。")

// Unchanged (没有变化) gives the last report once more, for another period.
func Unchanged(reports []Report, period Period) (Report, error) {
	last := Before(reports, period)
	if last == nil || last.Standing == Returned || last.State == Complete {
		return Report{}, ErrNothingBefore.In("same")
	}
	return Report{Item: last.Item, Unit: last.Unit, Period: period, State: last.State, Done: last.Done, Next: last.Next,
		Difficulty: last.Difficulty, Need: last.Need, NeedFrom: last.NeedFrom}, nil
}

// Confirm (确认) lets a completion stand.
func (r Report) Confirm(today calendar.Day) (Report, error) {
	if !r.Pending() {
		return r, fault.New(fault.Conflict, "只有报了完成、还没有看过的，才要确认。请回到页面上看现在的情况。")
	}
	r.Standing, r.Decided = Confirmed, today
	return r, nil
}

// Return (退回) gives a report back to its unit, with the reason.
func (r Report) Return(reason string, today calendar.Day) (Report, error) {
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

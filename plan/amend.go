package plan

import (
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

// Standing says what became of a record of a plan in force. Records never go away:
// whoever asks later must find what was promised.
type Standing string

const (
	Stands    Standing = ""
	Withdrawn Standing = "withdrawn" // 勘误: it never was a promise
	Cancelled Standing = "cancelled" // 调整: it was promised, and is no more
)

// AmendmentKind says why a plan in force says something else than before.
type AmendmentKind string

const (
	Erratum    AmendmentKind = "erratum" // 勘误: our reading was wrong, the promise is what it was
	Replan     AmendmentKind = "replan"  // 调整: the promise itself changed
	LateAnswer AmendmentKind = "answer"  // a question that was put off is answered, which says how it was to be read
	NewText    AmendmentKind = "text"    // the same promise stands elsewhere in a re-issued document
)

// corrects reports a kind that says what was promised from the beginning, and so
// reaches back to the original.
func (k AmendmentKind) corrects() bool { return k == Erratum || k == LateAnswer }

// Reason is what is stated when a plan in force is amended.
type Reason struct {
	Kind       AmendmentKind
	Cause      string       // why; public with what it is about
	ApprovedBy string       // of a re-plan: post or meeting; internal
	Basis      string       // of a re-plan: 依据文号, may be empty
	Day        calendar.Day // of a re-plan: of the approval
	Source     id.Document  // the re-issued document that it follows, or 0
}

// Amendment is one act by which a plan in force was changed. The plan as it was taken
// into force is version 1; each amendment makes the next.
type Amendment struct {
	Version int
	Reason
	At    time.Time // when it was entered
	By    id.Account
	Post  id.Post
	Parts []AmendmentPart
}

// AmendmentPart is what an amendment made of an item and what hangs on it; item 0
// stands for the plan itself, its stages and questions about it as a whole.
type AmendmentPart struct {
	Item  id.Item
	Edits []Edit
}

// On is the civil day on which the amendment was entered: from then on it holds.
func (a Amendment) On() calendar.Day { return calendar.DayOf(a.At) }

// About gives what the amendment made of an item, and whether it touched it.
func (a Amendment) About(i id.Item) ([]Edit, bool) {
	for _, p := range a.Parts {
		if p.Item == i {
			return p.Edits, true
		}
	}
	return nil, false
}

var (
	// ErrUnreasoned is returned where a plan in force is changed without saying why.
	ErrUnreasoned = fault.New(fault.Conflict, "这个方案已经启用，要改请选“勘误”或“调整”，并写明原因。")
	// ErrEnded is returned where a promise is changed that was taken off or cancelled.
	ErrEnded = fault.New(fault.Conflict, "这一条已经去掉或取消了，不能再改。要改请先恢复。")
	// ErrNewPromise is returned where a re-plan adds what no document says.
	ErrNewPromise = fault.New(fault.Invalid, "新增的承诺要有文件作依据：请交重新印发的方案。方案里本来就写着、当时漏读的，请选“勘误”。")
	// ErrSameAsBefore is returned for an amendment that changes nothing.
	ErrSameAsBefore = fault.New(fault.Invalid, "什么都没有改，所以没有存。")
	// ErrOnlyDraft is returned for work on a draft that makes no sense once others rely on the plan.
	ErrOnlyDraft = fault.New(fault.Conflict, "方案已经启用，这一步只能在草稿上做。")
)

// CheckReason says what keeps an amendment from being made for this reason.
func CheckReason(r Reason, today calendar.Day) error {
	switch r.Kind {
	case NewText:
		return nil
	case LateAnswer:
		return fault.CheckText("cause", "说明", r.Cause, longestCause, false)
	case Erratum:
		return fault.CheckText("cause", "说明", r.Cause, longestCause, true)
	case Replan:
	default:
		return fault.New(fault.Invalid, "请先选：是勘误，还是调整。").In("change")
	}
	if err := fault.CheckText("cause", "调整的原因", r.Cause, longestCause, true); err != nil {
		return err
	}
	if err := fault.CheckLine("approved_by", "批准人或会议", r.ApprovedBy, 100, true); err != nil {
		return err
	}
	if err := fault.CheckLine("basis", "依据文号", r.Basis, 60, false); err != nil {
		return err
	}
	switch {
	case r.Day == "":
		return fault.New(fault.Invalid, "请填写批准日期，例如 2011-08-08。").In("approved_day")
	case r.Day > today:
		return fault.New(fault.Invalid, "批准日期不能晚于今天。").In("approved_day")
	}
	return nil
}

const longestCause = 500 // runes

// CheckAmendable says what keeps a plan from being amended.
func CheckAmendable(p Plan) error {
	switch p.State {
	case Drafted:
		return ErrNotAmendable
	case Closed:
		return ErrClosed
	}
	return nil
}

// ErrNotAmendable is returned where a draft is to be amended: it is simply corrected.
var ErrNotAmendable = fault.New(fault.Conflict, "方案还没有启用，直接改草稿就行，不用勘误或调整。")

// CheckEdits says what keeps these edits from being an amendment of a kind.
func (r Reason) CheckEdits(all []Edit) error {
	if len(all) == 0 {
		return ErrSameAsBefore
	}
	for _, e := range all {
		if e.Was == nil && r.Kind == Replan && r.Source == 0 {
			return ErrNewPromise
		}
	}
	return nil
}

// Ending is what becomes of a record that this reason takes off.
func (r Reason) Ending() Standing {
	if r.Kind.corrects() {
		return Withdrawn
	}
	return Cancelled
}

// CheckAdoption says what keeps a re-issued document from becoming the next version of
// a plan's: it must have been approved as a re-plan is.
func CheckAdoption(r Reason, today calendar.Day) error {
	r.Kind = Replan
	return CheckReason(r, today)
}

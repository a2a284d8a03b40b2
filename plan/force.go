package plan

import (
	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
)

var (
	ErrNotDraft      = fault.New(fault.Conflict, "这个方案已经启用，草稿不能再改。")
	ErrNoItems       = fault.New(fault.Conflict, "这个方案里一条任务都没有，不能启用。")
	ErrNotInForce    = fault.New(fault.Conflict, "方案还没有启用，不能公开。")
	ErrSamePerson    = fault.New(fault.Denied, "启用和公开要由两个人来做。这个方案是您启用的，请另一位同事来公开。")
	ErrPublished     = fault.New(fault.Conflict, "这个方案已经公开了。")
	ErrClosed        = fault.New(fault.Conflict, "这个方案已经结束了。")
	ErrNothingChosen = fault.New(fault.Invalid, "请至少选一条任务来公开。")
)

// Force is what is stated when a plan is taken into force.
type Force struct {
	ApprovedBy string       // post or meeting
	Day        calendar.Day // of the approval
	Number     string       // 文号, may be empty
}

// TakeIntoForce (启用) freezes a draft: from now on others may rely on it.
// Questions keep nobody from it: Settle answers what the approval says and puts the others off.
func TakeIntoForce(p Plan, items int, f Force, by id.Account, today calendar.Day) (Plan, error) {
	switch {
	case p.State != Drafted:
		return p, ErrNotDraft
	case items == 0:
		return p, ErrNoItems
	case f.Day == "":
		return p, fault.New(fault.Invalid, "请填写批准日期，例如 2011-08-08。").In("day")
	case f.Day > today:
		return p, fault.New(fault.Invalid, "批准日期不能晚于今天。").In("day")
	}
	if err := fault.CheckLine("approved_by", "批准人或会议", f.ApprovedBy, 100, true); err != nil {
		return p, err
	}
	if err := fault.CheckLine("number", "文号", f.Number, 60, false); err != nil {
		return p, err
	}
	p.State, p.ForceDay, p.ApprovedBy, p.Number, p.TakenBy = InForce, f.Day, f.ApprovedBy, f.Number, by
	return p, nil
}

// Close (结束) ends a plan that is in force.
func Close(p Plan, why string, today calendar.Day) (Plan, error) {
	if err := fault.CheckText("why", "结束的说明", why, 500, true); err != nil {
		return p, err
	}
	switch p.State {
	case Drafted:
		return p, fault.New(fault.Conflict, "方案还没有启用，不用结束。不要的草稿可以删掉。")
	case Closed:
		return p, ErrClosed
	}
	p.State, p.ClosedDay = Closed, today
	return p, nil
}

// Freeze makes what was drafted the first revision of each target and milestone,
// which stays for good, whatever is corrected or planned anew later.
func (d *Draft) Freeze() {
	for i := range d.Targets {
		d.Targets[i].Revision = FirstRevision
	}
	for i := range d.Milestones {
		d.Milestones[i].Revision = FirstRevision
	}
}

// FirstRevision is that of what came into force.
const FirstRevision = 1

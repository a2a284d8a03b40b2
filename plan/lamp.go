package plan

import (
	"slices"

	"luoshi/calendar"
)

// Lamp is a state that is shown as a word, a shape and a colour.
type Lamp string

const (
	LampIdle    Lamp = "idle" // 未到: before its start
	LampNear    Lamp = "near" // 快到期, in blue: where amber is kept for what lies behind
	LampDueSoon Lamp = "slow" // 快到期: inside the warning time
	LampNone    Lamp = "none" // 未报: nothing came in; never read as good or bad

	// What was reported in words.
	LampNotStarted Lamp = "todo" // 未启动
	LampUnderWay   Lamp = "ok"   // 推进中
	LampBlocked    Lamp = "late" // 受阻
	LampWaiting    Lamp = "wait" // 待确认: said to be complete, and not confirmed yet
	LampComplete   Lamp = "done" // 完成
	LampOverdue    Lamp = "over" // 逾期: its day passed, and it was reported but not as complete
)

// Lamps are all lamps in the order in which they are counted: what needs somebody first.
var Lamps = []Lamp{LampOverdue, LampBlocked, LampNone, LampDueSoon, LampNear, LampNotStarted, LampUnderWay, LampWaiting, LampComplete, LampIdle}

// WarningDays is the preset of how many days before a due day a promise is
// shown as due soon. It is a preset, not a rule of law.
const WarningDays = 15

// LampOn gives the lamp of a promise on a day, from its dates alone: as long as
// nothing is reported about it, its state is unknown, also after its due day.
func (r LampRules) LampOn(start, due, today calendar.Day) Lamp {
	switch {
	case start != "" && today < start:
		return LampIdle
	case due != "" && today <= due && r.near(today, due):
		return r.nearLamp()
	}
	return LampNone
}

// Reported gives the lamp of a promise of which is known what was reported of its item:
// reported is LampNone where nothing was.
func (l Lamp) Reported(reported Lamp, due, today calendar.Day) Lamp {
	switch {
	case reported == LampNone, reported == LampUnderWay && l != LampNone:
		return l
	case reported != LampComplete && reported != LampWaiting && due != "" && due < today:
		return LampOverdue
	}
	return reported
}

// fromBest is the order in which one lamp outdoes another.
var fromBest = []Lamp{LampComplete, LampWaiting, LampIdle, LampUnderWay, LampNotStarted, LampNone, LampNear, LampDueSoon, LampBlocked, LampOverdue}

// Worst is the lamp that an item shows for its promises; LampIdle where there are none.
func Worst(lamps ...Lamp) Lamp {
	if len(lamps) == 0 {
		return LampIdle
	}
	return slices.MaxFunc(lamps, func(a, b Lamp) int { return slices.Index(fromBest, a) - slices.Index(fromBest, b) })
}

// Stage says where a day lies in a phase.
type Stage string

const (
	StagePast    Stage = "past"
	StageCurrent Stage = "current"
	StageAhead   Stage = "ahead"
	StageUnknown Stage = "unknown" // its days are open
)

// StageOn gives the stage of a phase on a day.
func (p Phase) StageOn(today calendar.Day) Stage {
	switch {
	case p.First == "" && p.Last == "":
		return StageUnknown
	case p.Last != "" && today > p.Last:
		return StagePast
	case p.First != "" && today < p.First:
		return StageAhead
	}
	return StageCurrent
}

package plan

import "luoshi/calendar"

// Lamp is a state that is shown as a word, a shape and a colour.
type Lamp string

const (
	LampIdle    Lamp = "idle" // 未到: before its start
	LampDueSoon Lamp = "slow" // 快到期: inside the warning time
	LampNone    Lamp = "none" // 未报: nothing came in; never read as good or bad
)

// WarningDays is the preset of how many days before a due day a promise is
// shown as due soon. It is a preset, not a rule of law.
const WarningDays = 15

// LampOn gives the lamp of a promise on a day, from its dates alone: as long as
// nothing is reported about it, its state is unknown, also after its due day.
func LampOn(start, due, today calendar.Day) Lamp {
	switch {
	case start != "" && today < start:
		return LampIdle
	case due != "" && today <= due && today.Until(due) <= WarningDays:
		return LampDueSoon
	}
	return LampNone
}

// Worst is the lamp that an item shows for its promises.
func Worst(lamps ...Lamp) Lamp {
	worst := LampIdle
	for _, l := range lamps {
		if rank(l) > rank(worst) {
			worst = l
		}
	}
	return worst
}

func rank(l Lamp) int {
	switch l {
	case LampIdle:
		return 0
	case LampNone:
		return 1
	}
	return 2
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

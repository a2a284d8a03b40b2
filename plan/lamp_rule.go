package plan

import (
	"luoshi/calendar"
	"luoshi/fault"
)

// LampBehind (偏慢) is a step whose day passed and that is not reported as reached. Only the
// office sees it.
const LampBehind Lamp = "behind"

// OfficeLamps are all lamps of the office in the order in which they are counted: what
// needs somebody first.
var OfficeLamps = []Lamp{LampOverdue, LampBlocked, LampBehind, LampNone, LampDueSoon, LampNear, LampNotStarted, LampUnderWay, LampWaiting, LampComplete, LampIdle}

// Tint is the colour in which a lamp is told beside its word and shape.
type Tint string

const (
	Red   Tint = "red"
	Amber Tint = "amber"
	Blue  Tint = "blue"
	Green Tint = "green"
	Grey  Tint = "grey"
)

// Tint is the colour of a lamp.
func (l Lamp) Tint() Tint {
	switch l {
	case LampOverdue, LampBlocked:
		return Red
	case LampBehind, LampDueSoon:
		return Amber
	case LampNear, LampWaiting, LampNotStarted:
		return Blue
	case LampUnderWay, LampComplete:
		return Green
	}
	return Grey
}

// officeFromBest is the order in which one lamp of the office outdoes another.
var officeFromBest = []Lamp{LampComplete, LampWaiting, LampIdle, LampUnderWay, LampNotStarted, LampNear, LampDueSoon, LampNone, LampBehind, LampBlocked, LampOverdue}

var severity = func() map[Lamp]int {
	out := map[Lamp]int{}
	for n, l := range officeFromBest {
		out[l] = n
	}
	return out
}()

// Severity is a lamp's place in that order, from 0.
func (l Lamp) Severity() int { return severity[l] }

// LampPreset is a set of rules as some place uses them.
type LampPreset string

const (
	PresetFifteen LampPreset = "fifteen" // amber fifteen days before the day
	PresetThree   LampPreset = "three"   // 西安: amber three working days before
	PresetStages  LampPreset = "stages"  // 宿迁: blue when near, amber when behind, red when overdue
	PresetOwn     LampPreset = "own"     // edited
)

// LampPresets are those that can be chosen, in the order in which they are offered.
var LampPresets = []LampPreset{PresetFifteen, PresetThree, PresetStages}

// LampRules are the thresholds of a city's lamps.
type LampRules struct {
	Preset  LampPreset
	Near    int  // so many days before its day something is near; 0: never
	Working bool // those are working days
	Blue    bool // what is near is blue, not amber
	Behind  int  // behind, where so many percentage points more steps were due than are reached; 0: never
}

// Rules gives the thresholds of a preset.
func (p LampPreset) Rules() LampRules {
	switch p {
	case PresetThree:
		return LampRules{Preset: p, Near: 3, Working: true}
	case PresetStages:
		return LampRules{Preset: p, Near: 10, Working: true, Blue: true, Behind: 10}
	}
	return LampRules{Preset: PresetFifteen, Near: WarningDays, Behind: 1}
}

// UsualLampRules stand where a city has chosen none.
var UsualLampRules = PresetFifteen.Rules()

// Tidied names the preset whose thresholds these are, or says that they are the city's own.
func (r LampRules) Tidied() LampRules {
	for _, p := range LampPresets {
		if r.Preset = p; r == p.Rules() {
			return r
		}
	}
	r.Preset = PresetOwn
	return r
}

// mostNear is how early something may be called near, in days.
const mostNear = 90

// Check says what is wrong with thresholds.
func (r LampRules) Check() error {
	switch {
	case r.Near < 0 || r.Near > mostNear:
		return fault.New(fault.Invalid, "提前的天数请写 0 到 %d。", mostNear).In("near")
	case r.Behind < 0 || r.Behind > 100:
		return fault.New(fault.Invalid, "差多少算偏慢，请写 0 到 100。").In("behind")
	case r.Blue && r.Near == 0:
		return fault.New(fault.Invalid, "要亮蓝灯，请写提前几天。").In("near")
	}
	return nil
}

// LampStep is one promised day of an item.
type LampStep struct {
	Title   string
	Due     calendar.Day
	Reached bool // as was reported, and confirmed where that is asked
}

// LampFacts are all that a lamp is judged by.
type LampFacts struct {
	Start  calendar.Day // empty where none is said
	Due    calendar.Day // the last of its days; empty where none is said
	Steps  []LampStep   // all that have a day
	Said   Lamp         // what was reported last; LampNone where nothing was
	SaidOn calendar.Day
	Silent calendar.Day // since when a report is missing; empty where none is
	Return calendar.Day // when what was reported last was given back; empty where it was not
	Counts []LampCount  // what was counted of those of its targets that are counted

	Answers bool // it is an order that is answered, not reported
}

// LampLit is a lamp with what lit it; its sentence is made of these alone.
type LampLit struct {
	Lamp Lamp
	LampFacts
	Today        calendar.Day
	Step         LampStep  // of what is behind: the first that was missed
	StepsDue     int       // how many steps were due before today
	StepsReached int       // how many of all are reached
	Count        LampCount // the worst of what was counted; nothing where nothing is
	Hand         *LampHand
	Ruled        Lamp // what the rules say, where it was set by hand
}

// Light judges what is known of an item, on a day. Nothing but a report makes a lamp
// green, and nothing but time makes none of them better.
func (r LampRules) Light(f LampFacts, today calendar.Day) LampLit {
	l := LampLit{LampFacts: f, Today: today, Count: worstCount(f.Counts)}
	for _, s := range f.Steps {
		if s.Reached {
			l.StepsReached++
		}
		if s.Due != "" && s.Due < today {
			l.StepsDue++
			if !s.Reached && (l.Step.Due == "" || s.Due < l.Step.Due) {
				l.Step = s
			}
		}
	}
	l.Lamp = r.lamp(l)
	if l.Lamp != LampBehind || (l.StepsDue-l.StepsReached)*100 < r.Behind*len(f.Steps) {
		l.Step = LampStep{}
	}
	return l
}

func (r LampRules) lamp(l LampLit) Lamp {
	f, today := l.LampFacts, l.Today
	switch {
	case f.Said == LampComplete, f.Said == LampWaiting:
		return f.Said
	case f.Return != "":
		return LampNone
	case f.Said == LampNone && f.Start != "" && today < f.Start:
		return LampIdle
	case f.Said == LampNone && r.lags(l.Count): // figures came in, though no words did
		return LampBehind
	case f.Said == LampNone:
		return LampNone
	case f.Due != "" && f.Due < today, l.Count.Pace == CountMissed:
		return LampOverdue
	case f.Said == LampBlocked:
		return LampBlocked
	case r.Behind > 0 && l.Step.Due != "" && (l.StepsDue-l.StepsReached)*100 >= r.Behind*len(f.Steps):
		return LampBehind
	case r.Behind > 0 && f.Said == LampNotStarted && f.Start != "" && f.Start < today:
		return LampBehind
	case r.lags(l.Count):
		return LampBehind
	case f.Silent != "":
		return LampNone
	case f.Due != "" && r.near(today, f.Due):
		return r.nearLamp()
	case l.Count.Pace == CountUntold && f.Said.Tint() == Green: // words alone are no figure
		return LampNone
	}
	return f.Said
}

// near reports whether a day that is to come is near.
func (r LampRules) near(today, due calendar.Day) bool {
	return r.Near > 0 && r.left(today, due) <= r.Near
}

func (r LampRules) nearLamp() Lamp {
	if r.Blue {
		return LampNear
	}
	return LampDueSoon
}

// left counts how many days there are still, as the rules count them.
func (r LampRules) left(today, due calendar.Day) int {
	if r.Working {
		return today.Workdays(due)
	}
	return today.Until(due)
}

// WorstLit gives the lamp that stands for several: the worst of them.
func WorstLit(all []LampLit) (worst LampLit) {
	for i, l := range all {
		if i == 0 || l.Lamp.Severity() > worst.Lamp.Severity() {
			worst = l
		}
	}
	return worst
}

package fact

import (
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Aggregation says how facts of several places and days come to one figure.
type Aggregation string

const (
	Sum      Aggregation = "sum"      // 累加
	Distinct Aggregation = "distinct" // 去重: persons or things, each once
	Snapshot Aggregation = "snapshot" // 时点数: what each unit said last, added over units
	Once     Aggregation = "once"     // 每单位一次: units that did it at least once
)

// Aggregations are all of them, in the order in which they are offered.
var Aggregations = []Aggregation{Sum, Distinct, Snapshot, Once}

// Subjects says what a fact of a distinct indicator names.
type Subjects string

const (
	NoSubject Subjects = ""
	Things    Subjects = "thing"  // a boat, a room: its number is public
	Persons   Subjects = "person" // their names are sealed; a pseudonym stands for them
)

// Class is how good the evidence of a fact is.
type Class string

const (
	ByRecipient Class = "A" // a machine or who received it
	Independent Class = "B" // a third party
	OwnWord     Class = "C" // who did it says so
)

// Classes are all of them, the best first.
var Classes = []Class{ByRecipient, Independent, OwnWord}

// Suffices reports whether evidence of this class is as good as what is wanted.
func (c Class) Suffices(wanted Class) bool { return c != "" && c <= wanted }

// Indicator (指标) is what is counted and how.
type Indicator struct {
	ID          id.Indicator
	Name        string
	Measure     string // 场, 册, 艘
	Definition  string // 口径: what is one of it
	Aggregation Aggregation
	Direction   string // up or down: which way is better
	Wanted      Class  // the least evidence with which a fact counts
	Subjects    Subjects
	Numerator   id.Indicator // of a rate, with Divisor; else 0
	Divisor     id.Indicator
	Released    bool
	Opened      calendar.Day
}

// Rate reports whether the indicator is worked out of two others and not reported.
func (i Indicator) Rate() bool { return i.Divisor != 0 }

// Kinds of entries of indicators and goals.
const (
	KindIndicatorOpened    = "indicator.opened"
	KindIndicatorStated    = "indicator.stated" // name and definition put right
	KindIndicatorPublished = "indicator.published"
	KindIndicatorWithdrawn = "indicator.withdrawn"
	KindGoalSet            = "goal.set"
	KindSplitIssued        = "split.issued"
)

// Tidied fills in what follows from the rest.
func (i Indicator) Tidied() Indicator {
	if i.Aggregation != Distinct {
		i.Subjects = NoSubject
	} else if i.Subjects == NoSubject {
		i.Subjects = Things
	}
	if i.Direction == "" {
		i.Direction = "up"
	}
	if i.Wanted == "" {
		i.Wanted = OwnWord
	}
	return i
}

// Check says what is wrong with an indicator, and in which field of its form.
func (i Indicator) Check() error {
	if err := fault.CheckLine("name", "指标名称", i.Name, 60, true); err != nil {
		return err
	}
	if err := fault.CheckLine("measure", "计量单位", i.Measure, 12, true); err != nil {
		return err
	}
	if err := fault.CheckText("definition", "口径", i.Definition, 400, false); err != nil {
		return err
	}
	switch {
	case !slices.Contains(Aggregations, i.Aggregation):
		return fault.New(fault.Invalid, "请选怎么汇总：累加、去重、时点数或者每单位一次。").In("aggregation")
	case !slices.Contains(Classes, i.Wanted):
		return fault.New(fault.Invalid, "请选要哪一类佐证：A、B 或者 C。").In("wanted")
	case i.Direction != "up" && i.Direction != "down":
		return fault.New(fault.Invalid, "请选越多越好还是越少越好。").In("direction")
	case (i.Numerator == 0) != (i.Divisor == 0):
		return fault.New(fault.Invalid, "比率要同时选分子和分母；不是比率就都不选。").In("divisor")
	case i.Divisor != 0 && i.Numerator == i.Divisor:
		return fault.New(fault.Invalid, "分子和分母不能是同一个指标。").In("divisor")
	}
	return nil
}

// OpenedEntry is the entry of an indicator.
func (i Indicator) OpenedEntry() ledger.Draft {
	d := i.StatedEntry()
	d.Kind = KindIndicatorOpened
	d.Fields = []ledger.Field{ledger.State("aggregation", string(i.Aggregation)), ledger.State("direction", i.Direction), ledger.State("class_wanted", i.Wanted.code()),
		ledger.Day("day", string(i.Opened))}
	if i.Subjects != NoSubject {
		d.Fields = append(d.Fields, ledger.State("subjects", string(i.Subjects)))
	}
	if i.Rate() {
		d.Fields = append(d.Fields, ledger.IDField("numerator", i.Numerator.String()), ledger.IDField("divisor", i.Divisor.String()))
	}
	return d
}

// StatedEntry is the entry of its words when they were put right.
func (i Indicator) StatedEntry() ledger.Draft {
	return ledger.Draft{Kind: KindIndicatorStated, Class: ledger.Public, Subjects: i.subject(),
		Words: ledger.Words("name", i.Name, "unit_of_measure", i.Measure, "definition", i.Definition)}
}

// ReleasedEntry is the entry that it was made public, or taken back.
func (i Indicator) ReleasedEntry(day calendar.Day) ledger.Draft {
	d := ledger.Draft{Kind: KindIndicatorPublished, Class: ledger.Public, Subjects: i.subject(), Fields: []ledger.Field{ledger.Day("day", string(day))}}
	if !i.Released {
		d.Kind = KindIndicatorWithdrawn
	}
	return d
}

func (i Indicator) subject() []ledger.Subject {
	return []ledger.Subject{{Noun: "indicator", ID: i.ID.String()}}
}

// code is a class as entries write it: their states are lower-case words.
func (c Class) code() string {
	return map[Class]string{ByRecipient: "a", Independent: "b", OwnWord: "c"}[c]
}

func orEmpty[kind any](i id.ID[kind]) string {
	if i == 0 {
		return ""
	}
	return i.String()
}

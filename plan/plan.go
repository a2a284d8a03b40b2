// Package plan holds the rules of a plan (方案): what it promises, how a draft
// comes to be in force, is made public and is closed. Rules are pure and told
// the time.
package plan

import (
	"maps"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
)

// State is where a plan stands. Whether it is public is told apart from it.
type State string

const (
	Drafted State = "draft"    // being read and corrected; nobody may rely on it
	InForce State = "in_force" // 启用: taken into use inside the office
	Closed  State = "closed"   // 结束
)

// Plan is a 方案 and what has become of it.
type Plan struct {
	ID           id.Plan
	Document     id.Document
	Title        string
	Issuer       string
	Number       string // 文号
	State        State
	Released     bool         // 公开
	ForceDay     calendar.Day // the day on which it was approved, as typed
	PublishedDay calendar.Day
	ClosedDay    calendar.Day
	ApprovedBy   string     // post or meeting that approved it; internal
	TakenBy      id.Account // who took it into force; internal
}

// Item is one duty, one row of the 任务分解表. One without targets, milestones
// and reporting period is a principle (不可度量): nobody is asked to report it.
type Item struct {
	ID          id.Item
	Document    id.Document
	Node        int // ordinal of its node in the document
	Ordinal     int // place in the plan, from 1
	Title       string
	Lead        string // units are text as found in the document until the organisation is known
	Cooperating string
	Responsible string
	Period      Period
	Project     bool
	Tags        []string // themes (专题), in the order given
	Released    bool

	Rank  int64         // its place among the items of a draft; whoever moves one changes nothing else
	Under int           // ordinal of the heading that a person moved it to; 0 where it stands in the document
	Span  document.Span // its own words, where they are not all those of its node

	Standing Standing
}

// RankStep lies between the ranks of two items as they were read.
const RankStep = 1 << 20

// Period is how often an item is reported; empty means never.
type Period string

const (
	NoPeriod    Period = ""
	Weekly      Period = "week"
	Fortnightly Period = "fortnight"
	Monthly     Period = "month"
	Quarterly   Period = "quarter"
	Yearly      Period = "year"
)

// Periods are the choices, in the order in which they are offered.
var Periods = []Period{NoPeriod, Weekly, Fortnightly, Monthly, Quarterly, Yearly}

// Target is a promise in figures, as the words state it. Revision 0 is a
// draft; 1 is frozen when the plan comes into force and stays for good.
type Target struct {
	ID        id.Target
	Item      id.Item
	Revision  int
	Quote     string
	Indicator string
	Bound     string // eq ge gt le lt approx range
	Value     Decimal
	Max       *Decimal // upper end of a range
	From      *Decimal // where it starts from, "由5%降到3%"
	Unit      string
	Scope     string
	Period    string // year, month … for quotas that repeat
	Start     calendar.Day
	Deadline  calendar.Day // the day included
	Hardness  string       // hard soft
	Aggregate string       // sum distinct snapshot once
	Direction string       // up down
	Document  id.Document  // where its words stand; 0 for the document on which the plan was taken into force
	Span      document.Span
	Flags     []string
	Derived   map[string]string

	Standing Standing
}

// Milestone is a promise with a day.
type Milestone struct {
	ID       id.Milestone
	Item     id.Item
	Revision int
	Title    string
	Due      calendar.Day // the day included
	Hardness string       // hard soft
	Proof    string       // what will show it, in words
	Document id.Document  // as of a target
	Span     document.Span
	Flags    []string
	Derived  map[string]string

	Standing Standing
}

// Phase is a stage (阶段) of the plan.
type Phase struct {
	Ordinal  int
	Node     int
	Name     string
	First    calendar.Day // empty where the text leaves it open
	Last     calendar.Day
	Document id.Document // as of a target
	Span     document.Span

	Standing Standing
}

// Bounds, Aggregates and Hardnesses are the choices of a target, in the order offered.
var (
	Bounds     = []string{"eq", "ge", "gt", "le", "lt", "approx", "range"}
	Aggregates = []string{"sum", "distinct", "snapshot", "once"}
	Hardnesses = []string{"hard", "soft"}
)

// Repeats are the spans of time in which a figure may be promised again and again.
var Repeats = []string{"day", "week", "month", "quarter", "half_year", "year", "two_years", "three_years", "term"}

const (
	longestTitle = 300 // runes
	longestParty = 500
)

// DirectionOf tells whether more or less is better: "up" unless the figure is a ceiling.
func DirectionOf(bound string) string {
	if bound == "le" || bound == "lt" {
		return "down"
	}
	return "up"
}

// OnTo gives an item with what a person says in i about it.
func (i Item) OnTo(stands Item) Item {
	stands.Title, stands.Lead, stands.Cooperating, stands.Responsible = i.Title, i.Lead, i.Cooperating, i.Responsible
	stands.Period, stands.Project, stands.Tags = i.Period, i.Project, i.Tags
	return stands
}

// OnTo gives a target with what a person says in t about it.
func (t Target) OnTo(stands Target) Target {
	stands.Indicator, stands.Bound, stands.Value, stands.Max, stands.From, stands.Unit = t.Indicator, t.Bound, t.Value, t.Max, t.From, t.Unit
	stands.Scope, stands.Period, stands.Start, stands.Deadline = t.Scope, t.Period, t.Start, t.Deadline
	stands.Hardness, stands.Aggregate, stands.Direction = t.Hardness, t.Aggregate, DirectionOf(t.Bound)
	return stands
}

// OnTo gives a milestone with what a person says in m about it.
func (m Milestone) OnTo(stands Milestone) Milestone {
	stands.Title, stands.Due, stands.Hardness, stands.Proof = m.Title, m.Due, m.Hardness, m.Proof
	return stands
}

// Corrected gives the target as a person put it right. What was derived or
// doubted about a field that changed is no longer said of it.
func (t Target) Corrected(by Target) Target {
	derived := maps.Clone(t.Derived)
	if t.Value != by.Value {
		delete(derived, "value")
	}
	if t.Deadline != by.Deadline {
		delete(derived, "deadline")
	}
	t = by.OnTo(t)
	t.Derived, t.Flags = derived, nil
	return t
}

// Corrected gives the milestone as a person put it right.
func (m Milestone) Corrected(by Milestone) Milestone {
	derived := maps.Clone(m.Derived)
	if m.Due != by.Due {
		delete(derived, "date")
	}
	m = by.OnTo(m)
	m.Derived, m.Flags = derived, nil
	return m
}

// NewestTargets keeps the last revision of each; they come in order of revision.
func NewestTargets(all []Target) (out []Target) {
	for _, t := range all {
		if n := len(out); n > 0 && out[n-1].ID == t.ID {
			out = out[:n-1]
		}
		out = append(out, t)
	}
	return out
}

// NewestMilestones keeps the last revision of each; they come in order of revision.
func NewestMilestones(all []Milestone) (out []Milestone) {
	for _, m := range all {
		if n := len(out); n > 0 && out[n-1].ID == m.ID {
			out = out[:n-1]
		}
		out = append(out, m)
	}
	return out
}

package progress

import (
	"strings"
	"unicode/utf8"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
)

// Summary is what the units said of the items of a plan for a period, put together. The
// 汇总表 and the 月报 are made of it; issued, it is an edition and stays as it was.
type Summary struct {
	Plan         string // its title
	Issuer       string
	Period       Period
	Chosen       SummaryChoice
	Year, Serial int          // 〔2012〕第3期; 0 until it is issued
	Day          calendar.Day // on which it was put together
	Introduction string       // the office's own words
	Rows         []SummaryRow // in the order of the plan
	Adjustments  []Adjustment // of what earlier editions told
}

// SummaryChoice are the items and units of which a summary tells; an empty field asks
// for nothing.
type SummaryChoice struct {
	Phase     int
	PhaseName string
	Theme     string
	Unit      id.Unit // that takes the lead
	UnitName  string
	State     string // a Situation, or a State that was reported
}

// IsEmpty reports a choice of everything.
func (c SummaryChoice) IsEmpty() bool { return c == SummaryChoice{} }

// SummaryRow is an item with what its units said.
type SummaryRow struct {
	Item     id.Item
	Number   int    // among the items of the plan that are reported, from 1
	Section  string // the heading that it stands under
	Title    string
	Deadline calendar.Day
	Lines    []SummaryLine   // who takes the lead first
	Figures  []SummaryFigure `json:",omitempty"` // what was counted of it
}

// SummaryFigure is what was counted of a promise of an item in the whole city, from its
// first month to the end of the period of a summary.
type SummaryFigure struct {
	Name     string // of the indicator
	Measure  string
	Until    calendar.Day // the last day of the period, or the day of the summary before
	Told     bool         // false: nobody told anything, which is not 0
	Reported document.Decimal
	Counted  document.Decimal // what was checked, and is proved as is asked
	Target   document.Decimal
	Share    int64            // hundredths of the target that are reported, rounded down; of what falls, of the way from Base
	Base     document.Decimal `json:",omitzero"`
	Falls    bool             `json:",omitempty"` // a level that is to come down to the target
	Ceiling  bool             `json:",omitempty"` // it is to stay at the target or below
	Asked    int              // how many units were given a part
	Silent   int              // how many of these told nothing: 未报
}

// SummaryLine is what a unit said of an item.
type SummaryLine struct {
	Unit      id.Unit
	Name      string
	Lead      bool
	Period    Period // of the summary, or of a shorter kind the last that ended in it
	Situation Situation
	By        calendar.Day // when it is due, where nothing was reported yet
	Since     calendar.Day // since when it is missing
	Run       int          // how many periods on end are missing
	Late      bool
	Decided   calendar.Day  // on which the report was confirmed or returned
	Signs     bool          `json:",omitempty"` // 待审签: it waits for the head of its unit
	Said      *SummaryWords // nil where nothing was reported, or what was is returned
	Short     *Shortened    // what the office prints instead, in its edition alone
}

// SummaryWords are the words of a report as they stand in a summary.
type SummaryWords struct {
	Unit       id.Unit // that reported: one that ended, where its duty was passed on since
	Period     Period  // of the report: an earlier one, where that ended the item
	Revision   int
	State      State
	Standing   Standing
	OnBehalf   bool
	Day        calendar.Day
	Done       string
	Next       string
	Difficulty string
	Need       string
	NeedFrom   string
}

// Shortened are the words that the office prints for those of a unit. The unit's own
// stay beside them.
type Shortened struct {
	Revision   int // of the report that was shortened; a newer one stands as it is
	Done       string
	Next       string
	Difficulty string
	Need       string
}

// NewSummaryLine makes the line of how a unit stands for a period.
func NewSummaryLine(unit id.Unit, name string, lead bool, p Period, o Owed) SummaryLine {
	l := SummaryLine{Unit: unit, Name: name, Lead: lead, Period: p, Situation: o.Situation, By: o.By, Since: o.Since, Run: o.Run, Late: o.Late}
	if o.Report != nil {
		l.Decided = o.Report.Decided
	}
	if r := o.Report; r != nil && r.Standing != Returned {
		l.Said = &SummaryWords{r.Unit, r.Period, r.Revision, r.State, r.Standing, r.OnBehalf, r.Day, r.Done, r.Next, r.Difficulty, r.Need, r.NeedFrom}
	}
	return l
}

// Printed are the words of a line as they are printed: the unit's own, or what the office
// made of them.
func (l SummaryLine) Printed() SummaryWords {
	if l.Said == nil {
		return SummaryWords{}
	}
	w := *l.Said
	if s := l.Short; s != nil && s.Revision == w.Revision {
		w.Done, w.Next, w.Difficulty, w.Need = s.Done, s.Next, s.Difficulty, s.Need
	}
	return w
}

// IsShort reports a line that is not printed in the unit's own words.
func (l SummaryLine) IsShort() bool {
	return l.Said != nil && l.Short != nil && l.Short.Revision == l.Said.Revision
}

// Meets reports whether a line is of the state that a choice asks for.
func (c SummaryChoice) Meets(o Owed) bool {
	return c.State == "" || string(o.Situation) == c.State || o.Report != nil && o.Report.Standing != Returned && string(o.Report.State) == c.State
}

// LongestIntroduction is how much the office may write before a summary, in runes.
const LongestIntroduction = 2000

// CheckIntroduction tidies the office's own words before a summary, and says what is wrong with them.
func CheckIntroduction(words string) (string, error) {
	words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n"))
	return words, fault.CheckText("introduction", "开头的话", words, LongestIntroduction, false)
}

var errNotShorter = fault.New(fault.Invalid, "这里只能写短，不能比单位自己的话长。单位说错了的，请退回让它重新报。")

// Shorten says what keeps words from standing for those of a unit: they may be shorter,
// and say nothing where the unit said nothing.
func (w SummaryWords) Shorten(s Shortened) (Shortened, error) {
	s.Revision = w.Revision
	for _, f := range []struct {
		name  string
		own   string
		words *string
	}{{"done", w.Done, &s.Done}, {"next", w.Next, &s.Next}, {"difficulty", w.Difficulty, &s.Difficulty}, {"need", w.Need, &s.Need}} {
		*f.words = strings.TrimSpace(strings.ReplaceAll(*f.words, "\r\n", "\n"))
		if utf8.RuneCountInString(*f.words) > utf8.RuneCountInString(f.own) {
			return s, errNotShorter.In(f.name)
		}
	}
	return s, nil
}

// Same reports words that are those of the unit: nothing is shortened.
func (w SummaryWords) Same(s Shortened) bool {
	return w.Done == s.Done && w.Next == s.Next && w.Difficulty == s.Difficulty && w.Need == s.Need
}

// Within gives the last period of a kind that ends in another, as a week in a month; the
// other itself where it is of that kind, and empty where none ends there.
func Within(every Every, p Period) Period {
	if p.Every() == every {
		return p
	}
	last := Of(every, p.Last())
	if last.Last() > p.Last() {
		last = last.Previous()
	}
	if last.Last() < p.First() {
		return ""
	}
	return last
}

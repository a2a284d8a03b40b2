// Package fact counts what really happened: indicators, goals and their shares, and the
// facts that are reported once, where they happen.
//
// Facts are only ever added. A correction, a return, a withdrawal and a check are rows of
// their own that name the row which they are about; the state of that row follows from them.
package fact

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// Kind says what a row of facts is.
type Kind string

const (
	Claim      Kind = "claim"      // something happened; with Corrects, instead of what was said before
	Return     Kind = "return"     // 退回 by a verifier
	Withdrawal Kind = "withdrawal" // 撤回 by who reported it
	Check      Kind = "check"      // 核实
)

// State is how a row stands; of a claim it follows from the rows that came after it.
type State string

const (
	Reported  State = "reported"  // a claim that stands
	Verified  State = "verified"  // a claim that stands and was checked
	Replaced  State = "replaced"  // a claim that was corrected, returned or withdrawn
	Returned  State = "returned"  // the row of a return
	Withdrawn State = "withdrawn" // the row of a withdrawal
	Checked   State = "checked"   // the row of a check
)

// Source says how a fact came in.
type Source string

const (
	ByForm  Source = "form"
	ByGrid  Source = "grid"
	BySheet Source = "sheet"   // 台账
	Opening Source = "opening" // 期初累计: class C, never verified
)

// Fact is one row.
type Fact struct {
	ID        id.Fact
	Indicator id.Indicator
	Unit      id.Unit // village or direct unit
	Place     id.Unit // where it happened, if not there; else 0
	Day       calendar.Day
	Instant   int64 // microseconds; when the server took it in
	Quantity  document.Decimal
	Subject   string // number of a thing, pseudonym of a person; empty where none is named
	Kind      Kind
	State     State
	Class     Class
	Corrects  id.Fact // what the row is about; 0 for a new claim
	Next      id.Fact // of a claim that was replaced, the row that did it
	Claimed   Class   // of a claim, the class that was claimed; empty of one that an older version took

	Source   Source
	OnBehalf bool   // 代报
	Note     string // what shows it, or why it was returned or corrected; internal
	Evidence []byte // hash of a file; internal
	Post     id.Post
}

// Stands reports whether the row is reported: it adds to the figures.
func (f Fact) Stands() bool { return f.Kind == Claim && (f.State == Reported || f.State == Verified) }

// Counts reports whether the row is counted: checked, and its evidence is good enough.
func (f Fact) Counts(wanted Class) bool {
	return f.Kind == Claim && f.State == Verified && f.Class.Suffices(wanted)
}

// Month is the month of the day.
func (f Fact) Month() string { return Month(f.Day) }

// Month is 2011-09.
func Month(d calendar.Day) string { return string(d)[:7] }

func isDay(d calendar.Day) bool {
	_, err := calendar.ParseDay(string(d))
	return err == nil
}

// LongestNote is how long a note or a reason may be, in runes.
const LongestNote = 200

// MostQuantity is the most that one fact may be: 10^9.
const MostQuantity = 1_000_000_000 * document.DecimalScale

// CheckClaim says what is wrong with a claim, told on a day.
func (f Fact) CheckClaim(i Indicator, today calendar.Day) error {
	switch {
	case i.Rate():
		return fault.New(fault.Invalid, "“%s”是比率，由程序算，不用报。", i.Name)
	case !isDay(f.Day):
		return fault.New(fault.Invalid, "请填哪一天的事，例如 2011-09-23。").In("day")
	case f.Day > today:
		return fault.New(fault.Invalid, "%s 还没有到。请填已经发生的事。", string(f.Day)).In("day")
	case f.Quantity < 0:
		return fault.New(fault.Invalid, "数量不能小于 0。要改小，请更正原来那一条。").In("quantity")
	case f.Quantity > MostQuantity:
		return fault.New(fault.Invalid, "数量太大了，请看看是不是多打了几位。").In("quantity")
	case i.Subjects != NoSubject && f.Subject == "" && f.Source != Opening:
		return fault.New(fault.Invalid, "“%s”要写明是哪一个，不重复计数。", i.Name).In("subject")
	case i.Subjects == NoSubject && f.Subject != "":
		return fault.New(fault.Invalid, "“%s”只报数量，不写名字。", i.Name).In("subject")
	case f.Subject != "" && f.Quantity != document.Whole(1):
		return fault.New(fault.Invalid, "写明了是哪一个，数量就是 1。").In("quantity")
	case strings.ContainsAny(f.Subject, ",\"\n"):
		return fault.New(fault.Invalid, "名称或者编号里请不要用逗号和引号。").In("subject")
	case f.Source == Opening && f.Class != OwnWord:
		return fault.New(fault.Invalid, "期初累计只能是 C 类。").In("class")
	case !slices.Contains(Classes, f.Class):
		return fault.New(fault.Invalid, "请选佐证是哪一类：A、B 或者 C。").In("class")
	}
	if err := fault.CheckLine("subject", "名称或者编号", f.Subject, 60, false); err != nil {
		return err
	}
	return fault.CheckText("note", "佐证", f.Note, LongestNote, false)
}

var errGone = fault.New(fault.Conflict, "这一条已经改过、退回或者撤回了。请看现在的那一条。")

// Corrected puts another claim in the place of one that stands.
func (f Fact) Corrected(by Fact, i Indicator, today calendar.Day) (was, now Fact, err error) {
	if !f.Stands() {
		return f, by, errGone
	}
	if strings.TrimSpace(by.Note) == "" {
		return f, by, fault.New(fault.Invalid, "请写一句为什么改。").In("note")
	}
	by.Indicator, by.Corrects, by.Kind, by.State = f.Indicator, f.ID, Claim, Reported
	if by.Source = f.Source; by.Source == Opening {
		by.Class = OwnWord
	}
	by.Claimed = by.Class
	if err := by.CheckClaim(i, today); err != nil {
		return f, by, err
	}
	f.State, f.Next = Replaced, by.ID
	return f, by, nil
}

// SetAside returns or withdraws a claim that stands.
func (f Fact) SetAside(as Kind, row id.Fact, reason string) (was, now Fact, err error) {
	if !f.Stands() {
		return f, now, errGone
	}
	if strings.TrimSpace(reason) == "" {
		return f, now, fault.New(fault.Invalid, "请写一句原因，报的人看得到。").In("reason")
	}
	if err := fault.CheckText("reason", "原因", reason, LongestNote, true); err != nil {
		return f, now, err
	}
	now = Fact{ID: row, Indicator: f.Indicator, Unit: f.Unit, Day: f.Day, Kind: as, State: Returned, Corrects: f.ID, Source: f.Source, Note: reason}
	if as == Withdrawal {
		now.State = Withdrawn
	}
	f.State, f.Next = Replaced, row
	return f, now, nil
}

// CheckedAs verifies a claim, with the class that the verifier finds.
func (f Fact) CheckedAs(row id.Fact, class Class) (was, now Fact, err error) {
	switch {
	case !f.Stands():
		return f, now, errGone
	case f.State == Verified:
		return f, now, fault.New(fault.Conflict, "这一条已经核实过了。")
	case f.Source == Opening:
		return f, now, fault.New(fault.Invalid, "期初累计不核实，只作参考。")
	case !slices.Contains(Classes, class):
		return f, now, fault.New(fault.Invalid, "请选佐证是哪一类：A、B 或者 C。").In("class")
	}
	now = Fact{ID: row, Indicator: f.Indicator, Unit: f.Unit, Day: f.Day, Kind: Check, State: Checked, Class: class, Corrects: f.ID, Source: f.Source}
	f.State, f.Class = Verified, class
	return f, now, nil
}

// Kinds of entries of facts. One entry holds rows of one indicator.
const (
	KindAdded       = "fact.added"
	KindMonthClosed = "fact.month_closed"
	// KindPersonErased says that nobody knows any more whose name stood behind a pseudonym.
	KindPersonErased = "fact.person_erased"
)

// Line is a row as digests take it, docs/ledger.md: what never changes of it. A claim
// stands with the class that was claimed; what a check found is in the line of the check.
func (f Fact) Line() string {
	class := f.Class
	if f.Kind == Claim {
		class = f.Claimed
	}
	return fmt.Sprintf("%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", f.ID, f.Kind, orEmpty(f.Indicator), orEmpty(f.Unit), orEmpty(f.Place), f.Day, f.Quantity, f.Subject, class, orEmpty(f.Corrects))
}

// Digest is over the lines of rows in their order.
func Digest(rows []Fact) [32]byte {
	h := sha256.New()
	for _, f := range rows {
		h.Write([]byte(f.Line()))
	}
	return [32]byte(h.Sum(nil))
}

// AddedEntries are the entries of rows that were added together, one for each indicator.
// The rows are in order of their numbers.
func AddedEntries(rows []Fact) (out []ledger.Draft) {
	var order []id.Indicator
	of := map[id.Indicator][]Fact{}
	for _, f := range rows {
		if of[f.Indicator] == nil {
			order = append(order, f.Indicator)
		}
		of[f.Indicator] = append(of[f.Indicator], f)
	}
	for _, i := range order {
		some := of[i]
		out = append(out, ledger.Draft{Kind: KindAdded, Class: ledger.Public, Subjects: []ledger.Subject{{Noun: "indicator", ID: i.String()}},
			Fields: []ledger.Field{ledger.IDField("first", some[0].ID.String()), ledger.IDField("last", some[len(some)-1].ID.String()), ledger.Num("rows", int64(len(some))), ledger.Hash("facts", Digest(some))}})
	}
	return out
}

// ClosedEntry is the entry that a unit closed a month (月结).
func ClosedEntry(unit id.Unit, month string, facts int, day calendar.Day) ledger.Draft {
	return ledger.Draft{Kind: KindMonthClosed, Class: ledger.Internal, Subjects: []ledger.Subject{{Noun: "unit", ID: unit.String()}},
		Fields: []ledger.Field{ledger.Day("month", month+"-01"), ledger.Num("facts", int64(facts)), ledger.Day("day", string(day))}}
}

// PersonErasedEntry is the entry that the name behind a pseudonym was erased.
func PersonErasedEntry(pseudonym string) ledger.Draft {
	return ledger.Draft{Kind: KindPersonErased, Class: ledger.Internal, Fields: []ledger.Field{ledger.IDField("person", pseudonym)}}
}

// LargestEvidence is the most bytes that a file of evidence may have.
const LargestEvidence = 10 << 20

// SubjectKey writes the name or number of a person or thing in one way: full-width signs
// made narrow, in capitals, without spaces and dashes.
func SubjectKey(words string) string {
	var b strings.Builder
	for _, r := range words {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if unicode.IsSpace(r) || r == '-' || r == '－' || r == '—' || r == '·' {
			continue
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

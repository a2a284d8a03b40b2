package plan

import (
	"cmp"
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// BurdenSource is where something that is asked of a unit comes from.
type BurdenSource string

const (
	BurdenReport     BurdenSource = "report"     // 报进展
	BurdenDuty       BurdenSource = "duty"       // 回话, and what shows that a milestone was reached
	BurdenCollection BurdenSource = "collection" // 征集
)

// BurdenSources are all of them, in the order in which they are told.
var BurdenSources = []BurdenSource{BurdenReport, BurdenDuty, BurdenCollection}

// FieldsWords is how many fields a report in words asks for: the state, what was done,
// what comes next, what is difficult.
const FieldsWords = 4

// Month is a month of a year, as 2012-04.
type Month string

// MonthOf gives the month of a day.
func MonthOf(d calendar.Day) Month { return Month(d[:7]) }

// First is the first day of a month.
func (m Month) First() calendar.Day { return calendar.Day(m) + "-01" }

// Last is the last day of a month.
func (m Month) Last() calendar.Day {
	t := m.First().Time()
	return calendar.MonthEnd(t.Year(), int(t.Month()))
}

// Previous is the month before.
func (m Month) Previous() Month { return MonthOf(m.First().AddDays(-1)) }

// Next is the month after.
func (m Month) Next() Month { return MonthOf(m.Last().AddDays(1)) }

// ParseMonth reads 2012-04.
func ParseMonth(s string) (Month, error) {
	if _, err := calendar.ParseDay(s + "-01"); err != nil {
		return "", fault.New(fault.Invalid, "没有这个月。请写成 2012-04。")
	}
	return Month(s), nil
}

// Asked is what one request asks of a unit in a month.
type Asked struct {
	Unit    id.Unit
	Month   Month
	Source  BurdenSource
	Fields  int
	Minutes int
}

// Load is how much was asked.
type Load struct{ Requests, Fields, Minutes int }

func (l Load) with(a Asked) Load {
	return Load{l.Requests + 1, l.Fields + a.Fields, l.Minutes + a.Minutes}
}

// MonthBurden is how much is asked of a unit in a month.
type MonthBurden struct {
	Unit  id.Unit
	Month Month
	Load
	By map[BurdenSource]Load
}

// Over reports that more is asked than the cap allows; 0 is no cap.
func (b MonthBurden) Over(most int) bool { return most > 0 && b.Minutes > most }

// MonthBurdens adds up what is asked of each unit in each month, those of whom most is
// asked first.
func MonthBurdens(all []Asked) (out []MonthBurden) {
	type key struct {
		unit  id.Unit
		month Month
	}
	at := map[key]int{}
	for _, a := range all {
		k := key{a.Unit, a.Month}
		n, begun := at[k]
		if !begun {
			n, at[k] = len(out), len(out)
			out = append(out, MonthBurden{Unit: a.Unit, Month: a.Month, By: map[BurdenSource]Load{}})
		}
		b := &out[n]
		b.Load, b.By[a.Source] = b.with(a), b.By[a.Source].with(a)
	}
	slices.SortFunc(out, func(a, b MonthBurden) int {
		return cmp.Or(cmp.Compare(b.Minutes, a.Minutes), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Month, b.Month))
	})
	return out
}

// BurdenCap (报送上限) is how many minutes a month may be asked of any unit, from a day on.
type BurdenCap struct {
	From    calendar.Day
	Minutes int // 0 for none
}

// KindBurdenCapped is the entry of a cap: everybody may hold the bureau to it.
const KindBurdenCapped = "burden.capped"

// mostMinutes is a working month.
const mostMinutes = 10_000

// Check says what keeps a cap from being set.
func (c BurdenCap) Check() error {
	if c.Minutes < 0 || c.Minutes > mostMinutes {
		return fault.New(fault.Invalid, "上限请写 1 到 %d 之间的分钟数；不设上限的写 0。", mostMinutes).In("minutes")
	}
	return nil
}

// Entry is the entry of a cap.
func (c BurdenCap) Entry() ledger.Draft {
	return ledger.Draft{Kind: KindBurdenCapped, Class: ledger.Public, Fields: []ledger.Field{ledger.Num("minutes", int64(c.Minutes)), ledger.Day("from", string(c.From))}}
}

// CapIn gives how many minutes may be asked in a month: the cap that was set last until
// its last day. 0 is no cap.
func CapIn(caps []BurdenCap, m Month) (minutes int) {
	var from calendar.Day
	for _, c := range caps {
		if c.From <= m.Last() && c.From >= from {
			from, minutes = c.From, c.Minutes
		}
	}
	return minutes
}

// Package progress holds the rules of reports in words (进展): what a unit says of an
// item for a period, what may follow what, and who still owes a report. Rules are pure
// and told the time.
package progress

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
)

// Every is how often something is reported; its words are those of plan.Period.
type Every string

const (
	Weekly      Every = "week"
	Fortnightly Every = "fortnight"
	Monthly     Every = "month"
	Quarterly   Every = "quarter"
	Yearly      Every = "year"
)

// Kinds are all of them, the shortest first.
var Kinds = []Every{Weekly, Fortnightly, Monthly, Quarterly, Yearly}

// Period is a span of days for which something is reported, as a key: 2011-W37 (the week
// of ISO 8601), 2011-F18 (a fortnight), 2011-09, 2011-Q3, 2011. Keys of one kind compare
// as texts.
//
// Fortnight n is the weeks 2n-1 and 2n of its year. Where a year has a 53rd week, the
// last fortnight takes it too, so that nobody is asked for a single week.
type Period string

const lastFortnight = 26

// forms are how keys of each kind go on after the year, with how many digits and up to
// what number.
var forms = []struct {
	every  Every
	sign   string
	digits int
	most   func(year int) int
}{
	{Weekly, "-W", 2, weeksOf},
	{Fortnightly, "-F", 2, func(int) int { return lastFortnight }},
	{Quarterly, "-Q", 1, func(int) int { return 4 }},
	{Monthly, "-", 2, func(int) int { return 12 }},
}

var errPeriod = fault.New(fault.Invalid, "没有这样的一期。请写成 2011-09、2011-Q3、2011、2011-W37 或者 2011-F18。")

// Parse reads a key of the years 1901 to 2198 and refuses periods that do not exist.
func Parse(s string) (Period, error) {
	_, year, n := read(s)
	if n == 0 || year < 1901 || year > 2198 {
		return "", errPeriod
	}
	return Period(s), nil
}

// read takes a key apart; n is 0 where it is none. Lists ask for it ten thousand times,
// so it is read sign by sign.
func read(s string) (every Every, year, n int) {
	if len(s) < yearDigits {
		return "", 0, 0
	}
	year, ok := digits(s[:yearDigits])
	if !ok {
		return "", 0, 0
	}
	rest := s[yearDigits:]
	if rest == "" {
		return Yearly, year, 1
	}
	for _, f := range forms {
		after, is := strings.CutPrefix(rest, f.sign)
		if !is || len(after) != f.digits {
			continue
		}
		if n, ok := digits(after); ok && n >= 1 && n <= f.most(year) {
			return f.every, year, n
		}
	}
	return "", 0, 0
}

const yearDigits = 4

// digits reads a number of nothing but digits.
func digits(s string) (n int, ok bool) {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// Of gives the period of a kind in which a day lies.
func Of(every Every, day calendar.Day) Period {
	t := day.Time()
	switch every {
	case Weekly, Fortnightly:
		year, week := t.ISOWeek()
		if every == Weekly {
			return key(every, year, week)
		}
		return key(every, year, min((week+1)/2, lastFortnight))
	case Monthly:
		return key(every, t.Year(), int(t.Month()))
	case Quarterly:
		return key(every, t.Year(), (int(t.Month())+2)/3)
	case Yearly:
		return key(every, t.Year(), 1)
	}
	return ""
}

func key(every Every, year, n int) Period {
	switch every {
	case Weekly:
		return Period(fmt.Sprintf("%04d-W%02d", year, n))
	case Fortnightly:
		return Period(fmt.Sprintf("%04d-F%02d", year, n))
	case Monthly:
		return Period(fmt.Sprintf("%04d-%02d", year, n))
	case Quarterly:
		return Period(fmt.Sprintf("%04d-Q%d", year, n))
	}
	return Period(fmt.Sprintf("%04d", year))
}

// Every is of which kind a period is; empty where it is none.
func (p Period) Every() Every {
	every, _, _ := read(string(p))
	return every
}

// Number is the year of a period and its place in it, from 1.
func (p Period) Number() (year, n int) {
	_, year, n = read(string(p))
	return year, n
}

// First is the first day of a period.
func (p Period) First() calendar.Day {
	switch every, year, n := read(string(p)); every {
	case Weekly:
		return monday(year, n)
	case Fortnightly:
		return monday(year, 2*n-1)
	case Monthly:
		return calendar.Make(year, n, 1)
	case Quarterly:
		return calendar.Make(year, 3*n-2, 1)
	case Yearly:
		return calendar.Make(year, 1, 1)
	}
	return ""
}

// Last is the last day of a period.
func (p Period) Last() calendar.Day {
	switch every, year, n := read(string(p)); every {
	case Weekly:
		return monday(year, n+1).AddDays(-1)
	case Fortnightly:
		if n == lastFortnight {
			return monday(year+1, 1).AddDays(-1)
		}
		return monday(year, 2*n+1).AddDays(-1)
	case Monthly:
		return calendar.MonthEnd(year, n)
	case Quarterly:
		return calendar.MonthEnd(year, 3*n)
	case Yearly:
		return calendar.Make(year, 12, 31)
	}
	return ""
}

// begins compares the first days of two periods. Those of one kind compare as texts.
func (p Period) begins(q Period) int {
	sign := func(p Period) string {
		if len(p) > yearDigits+1 && (p[yearDigits+1] < '0' || p[yearDigits+1] > '9') {
			return string(p[yearDigits+1])
		}
		return ""
	}
	if len(p) == len(q) && sign(p) == sign(q) {
		return cmp.Compare(p, q)
	}
	return cmp.Compare(p.First(), q.First())
}

// compare puts periods in order: by their first days, and those that begin together by
// their keys.
func (p Period) compare(q Period) int { return cmp.Or(p.begins(q), cmp.Compare(p, q)) }

// Next is the period that follows.
func (p Period) Next() Period { return Of(p.Every(), p.Last().AddDays(1)) }

// Previous is the period before.
func (p Period) Previous() Period { return Of(p.Every(), p.First().AddDays(-1)) }

// Code is a period as it stands in a field of an entry, which holds small letters only:
// 2011_09, 2011_w37.
func (p Period) Code() string { return strings.ReplaceAll(strings.ToLower(string(p)), "-", "_") }

// OfCode reads what Code wrote.
func OfCode(code string) Period {
	return Period(strings.ReplaceAll(strings.ToUpper(code), "_", "-"))
}

// GraceDays is the preset of how many days after the end of a period its report is due.
const GraceDays = 5

// Due is the day by which a period is to be reported, so many days after its end.
func (p Period) Due(grace int) calendar.Day { return p.Last().AddDays(grace) }

// Asked gives the period that is asked for on a day: the one before while its report is
// not due yet, else the one in which the day lies. Nothing is asked for before the day
// since which the reporter has the item.
func Asked(every Every, since, today calendar.Day, grace int) Period {
	now := Of(every, today)
	if before := now.Previous(); today <= before.Due(grace) && since <= before.Last() {
		return before
	}
	return now
}

// monday is the first day of a week of ISO 8601; weeks past the last go on.
func monday(year, week int) calendar.Day {
	fourth := calendar.Make(year, 1, 4) // always in the first week
	return fourth.AddDays(7*(week-1) - (int(fourth.Time().Weekday())+6)%7)
}

func weeksOf(year int) int {
	_, n := time.Date(year, 12, 28, 0, 0, 0, 0, calendar.China).ISOWeek() // always in the last week
	return n
}

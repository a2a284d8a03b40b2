package fact

import (
	"math/big"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
)

// Window is a season of each year in which the work can be done, as 06-01 to 09-16, both
// days included; it may run over the end of the year. Work without windows can be done
// on any day.
type Window struct {
	From, To string // MM-DD
}

// Check says what is wrong with a window.
func (w Window) Check() error {
	for _, side := range []struct{ field, day string }{{"from", w.From}, {"to", w.To}} {
		if len(side.day) != len("06-01") || !isDay(calendar.Day("2000-"+side.day)) {
			return fault.New(fault.Invalid, "季节请写成 06-01 这样的月和日。").In(side.field)
		}
	}
	return nil
}

// in gives the days of the window that begins in a year. February 29 is the 28th where
// there is none.
func (w Window) in(year int) (from, to calendar.Day) {
	last := year
	if w.To < w.From {
		last++
	}
	return monthDay(year, w.From), monthDay(last, w.To)
}

func monthDay(year int, day string) calendar.Day {
	month, _ := strconv.Atoi(day[:2])
	n, _ := strconv.Atoi(day[3:])
	if d := calendar.Make(year, month, n); d != "" {
		return d
	}
	return calendar.MonthEnd(year, month)
}

// OpenDays counts the days of a span, both included, on which the work can be done. A
// day in several windows counts once.
func OpenDays(from, to calendar.Day, windows []Window) int64 {
	if !isDay(from) || !isDay(to) || to < from {
		return 0
	}
	if len(windows) == 0 {
		return int64(from.Until(to)) + 1
	}
	first, _ := strconv.Atoi(string(from)[:4])
	last, _ := strconv.Atoi(string(to)[:4])
	type span struct{ from, to calendar.Day }
	var spans []span
	for _, w := range windows {
		if w.Check() != nil {
			continue
		}
		for year := first - 1; year <= last; year++ {
			if a, b := w.in(year); a <= to && b >= from {
				spans = append(spans, span{max(a, from), min(b, to)})
			}
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return b.from.Until(a.from) })
	var days int64
	reached := from.AddDays(-1)
	for _, s := range spans {
		if begin := max(s.from, reached.AddDays(1)); begin <= s.to {
			days += int64(begin.Until(s.to)) + 1
			reached = s.to
		}
	}
	return days
}

// Way is how a goal comes about.
type Way string

const (
	Grows   Way = ""        // comes up to its target from nothing
	Falls   Way = "falls"   // a level, as days that a permit takes, that comes down from a base
	Ceiling Way = "ceiling" // adds up and is to stay at its target or below: complaints of a year
)

// Way says how goals come about that this indicator counts.
func (i Indicator) Way() Way {
	switch {
	case i.Direction != "down":
		return Grows
	case i.Aggregation == Snapshot || i.Rate():
		return Falls
	}
	return Ceiling
}

// Pace is how far a goal is, beside how far it should be.
type Pace struct {
	Target   document.Decimal
	Done     document.Decimal
	Reported bool // false: nobody reported anything, which is not 0
	From, To calendar.Day
	Today    calendar.Day
	Windows  []Window
	Way      Way
	Base     document.Decimal // from which it falls, on its first day
	Bases    []Base           // that Base adds up, where units said first at different times; the earliest first
}

// Base is from what those units fall that said anything first in one month, from its end on.
type Base struct {
	Month string
	Value document.Decimal
}

func (b Base) from() calendar.Day { return calendar.Day(NextMonth(b.Month) + "-01") }

// FallingFrom gives the pace from what units said first: each falls from its own figure,
// so that one that tells later is no slip of the others.
func (p Pace) FallingFrom(bases []Base) Pace {
	if len(bases) == 0 {
		return p
	}
	p.Bases, p.Base, p.From = bases, 0, bases[0].from()
	for _, b := range bases {
		p.Base += b.Value
	}
	return p
}

// AtEndOf gives the pace as it was at the end of a day: nothing was expected then of units
// that said nothing yet.
func (p Pace) AtEndOf(day calendar.Day) Pace {
	p.Today = day.AddDays(1)
	return p.FallingFrom(slices.DeleteFunc(slices.Clone(p.Bases), func(b Base) bool { return b.Month > Month(day) }))
}

// PaceState is how a goal stands.
type PaceState string

const (
	PaceUnreported PaceState = "unreported" // 未报: neither good nor bad
	PaceReached    PaceState = "reached"
	PaceWaiting    PaceState = "waiting" // nothing is expected yet
	PaceAhead      PaceState = "ahead"
	PaceOn         PaceState = "on"
	PaceSlow       PaceState = "slow"
	PaceLate       PaceState = "late"
	PaceMissed     PaceState = "missed" // the last day is over
)

// PaceRule says from how many hundredths of what is expected a goal is ahead, on pace or
// slow; below, it is late.
type PaceRule struct{ Ahead, On, Slow int64 }

// UsualPace is the rule where the office set no other.
var UsualPace = PaceRule{Ahead: 110, On: 100, Slow: 90}

// Check says what is wrong with a rule.
func (r PaceRule) Check() error {
	if r.Slow < 0 || r.On < r.Slow || r.Ahead < r.On || r.Ahead > 1000 {
		return fault.New(fault.Invalid, "进度的界线要从小到大：偏慢、正常、超前，不超过 1000。").In("slow")
	}
	return nil
}

// open gives the open days that are over, and all of them. Today is not over, so it is
// not expected yet. A span without any open day is due at its end.
func (p Pace) open() (over, all int64) {
	over, all = OpenDays(p.From, min(p.To, p.Today.AddDays(-1)), p.Windows), OpenDays(p.From, p.To, p.Windows)
	if all > 0 {
		return over, all
	}
	if p.Today > p.To {
		return 1, 1
	}
	return 0, 1
}

// gone is the part of the open days that is over; where units fall each from its own month
// on, as much of it as what they fall from.
func (p Pace) gone() *big.Rat {
	all, gone := new(big.Rat), new(big.Rat)
	for _, b := range p.Bases {
		own := p
		own.From = b.from()
		weight := big.NewRat(int64(b.Value), 1)
		all.Add(all, weight)
		gone.Add(gone, weight.Mul(weight, big.NewRat(own.open())))
	}
	if all.Sign() > 0 {
		return gone.Quo(gone, all)
	}
	return big.NewRat(p.open())
}

// Expected is what should be done by today, in proportion to the open days that are over,
// rounded down to a ten-thousandth; of what falls, to what it should be down. Of a ceiling
// so much may be used.
func (p Pace) Expected() document.Decimal {
	if p.Way == Falls {
		gone := p.gone()
		q := quotient(times(max(0, p.Base-p.Target), gone.Num()), gone.Denom())
		return max(p.Base, p.Target) - document.Decimal(q)
	}
	if p.Target <= 0 {
		return 0
	}
	over, all := p.open()
	q, _ := mulDiv(int64(p.Target), over, all)
	return document.Decimal(q)
}

// Told is what is expected as people are told it. Nobody expects half a show, and where one
// complaint is not too many in a year it is not too many in January; a level is told to a
// hundredth.
func (p Pace) Told() document.Decimal {
	const hundredth = document.DecimalScale / 100
	d := p.Expected()
	switch p.Way {
	case Falls:
		return d + (hundredth-d%hundredth)%hundredth
	case Ceiling:
		return min(max(0, p.Target), wholeDown(d+document.DecimalScale-1))
	}
	return wholeDown(d)
}

// State says how the goal stands. It compares exactly: what was rounded to be shown
// decides nothing, but of a ceiling what may be used by now is rounded up to a whole.
func (p Pace) State(rule PaceRule) PaceState {
	gone := p.gone()
	ended := p.Today > p.To
	switch {
	case !p.Reported:
		return PaceUnreported
	case p.Way == Grows && p.Done >= p.Target, p.Way == Falls && p.Done <= p.Target, p.Way == Ceiling && p.Done <= p.Target && ended:
		return PaceReached
	case ended:
		return PaceMissed
	case p.Broken(), p.Way == Falls && p.Base <= p.Target: // it rose above where it should stay
		return PaceLate
	case gone.Sign() == 0:
		return PaceWaiting
	}
	// done / (target × over / all) against hundredths of it
	done, due := times(p.Done, gone.Denom()), times(p.Target, gone.Num())
	switch p.Way {
	case Falls:
		done, due = times(p.Base-p.Done, gone.Denom()), times(p.Base-p.Target, gone.Num())
	case Ceiling:
		done, due = big.NewInt(int64(p.Told())), big.NewInt(int64(p.Done))
	}
	reaches := func(hundredths int64) bool {
		return new(big.Int).Mul(done, big.NewInt(100)).Cmp(new(big.Int).Mul(due, big.NewInt(hundredths))) >= 0
	}
	switch {
	case reaches(rule.Ahead):
		return PaceAhead
	case reaches(rule.On):
		return PaceOn
	case reaches(rule.Slow):
		return PaceSlow
	}
	return PaceLate
}

// Broken reports a ceiling that is passed: nothing that is still to come makes it good.
func (p Pace) Broken() bool { return p.Way == Ceiling && p.Reported && p.Done > p.Target }

func times(d document.Decimal, n *big.Int) *big.Int { return new(big.Int).Mul(big.NewInt(int64(d)), n) }

// Slipped reports that a cause must be given.
func (s PaceState) Slipped() bool { return s == PaceLate || s == PaceMissed }

// PaceFigures are the parts of the one line in which a lamp is worked out:
// 1,320 of 1,500, 88 %, expected 81 %; from 20 to 3, down to 12, 47 %, expected 50 %.
type PaceFigures struct {
	Done, Target, Expected string // 1,320
	Share, Due             int64  // hundredths of the way: done, expected
}

// Figures gives the parts of the line. Shares are rounded down, so that what is not
// reached never reads 100 %; the used share of a ceiling is rounded up, so that what is
// passed never does.
func (p Pace) Figures() PaceFigures {
	gone, hundred := p.gone(), big.NewInt(100)
	f := PaceFigures{Done: p.Done.Grouped(), Target: p.Target.Grouped(), Expected: p.Told().Grouped(), Due: quotient(new(big.Int).Mul(gone.Num(), hundred), gone.Denom())}
	switch {
	case p.Way == Falls && p.Base > p.Target:
		f.Share = max(0, quotient(times(p.Base-p.Done, hundred), big.NewInt(int64(p.Base-p.Target))))
	case p.Way == Falls && p.Reported && p.Done <= p.Target:
		f.Share = 100
	case p.Way == Falls || p.Target <= 0:
	case p.Way == Ceiling:
		f.Share = -quotient(times(-p.Done, hundred), big.NewInt(int64(p.Target)))
	default:
		f.Share = quotient(times(p.Done, hundred), big.NewInt(int64(p.Target)))
	}
	return f
}

// wholeDown leaves out what is less than one: nobody expects half a show.
func wholeDown(d document.Decimal) document.Decimal { return d - d%document.DecimalScale }

func quotient(a, b *big.Int) int64 { return new(big.Int).Div(a, b).Int64() }

package fact

import (
	"slices"

	"luoshi/document"
)

// Usual is how a unit's past months ran.
type Usual struct {
	Months int              // in which it told anything, or others did
	Median document.Decimal // half of them were lower
	Spread document.Decimal // the median distance from it
}

// With fewer months of its own nothing is said of a unit; the months of a year are looked at.
const (
	LeastUsualMonths = 3
	UsualMonths      = 12
)

// UsualOf sums up what a unit told in past months, or other units in the same one.
func UsualOf(past []document.Decimal) Usual {
	u := Usual{Months: len(past), Median: medianOf(past)}
	off := make([]document.Decimal, len(past))
	for k, q := range past {
		off[k] = apart(q, u.Median)
	}
	u.Spread = medianOf(off)
	return u
}

// Slack is how far from the median a month may lie: five spreads, of which one is taken
// to be a tenth of the median at least, and one whole at least.
func (u Usual) Slack() document.Decimal {
	return 5 * max(u.Spread, u.Median/10, document.Whole(1))
}

// FarOff reports a figure that lies outside what is usual, above or below.
func (u Usual) FarOff(q document.Decimal) bool {
	return u.Months >= LeastUsualMonths && apart(q, u.Median) > u.Slack()
}

// FarAbove reports a figure far above what others told in the same month: more than ten
// times their median, and outside the slack. It speaks where a unit has no past of its own.
func (u Usual) FarAbove(q document.Decimal) bool {
	return u.Months >= LeastUsualMonths && q > 10*u.Median && q-u.Median > 2*u.Slack()
}

// DigitTooMany reports what one claim tells as far above what others tell, where it would be
// usual without its last digit, or is more still.
func (u Usual) DigitTooMany(q document.Decimal) bool {
	return q >= document.Whole(10) && q/10 >= u.Median/2 && u.FarOff(q) && (!u.FarOff(q/10) || u.FarAbove(q))
}

func apart(a, b document.Decimal) document.Decimal { return max(a-b, b-a) }

func medianOf(all []document.Decimal) document.Decimal {
	if len(all) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(all))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

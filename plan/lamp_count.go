package plan

import "luoshi/id"

// CountPace is how a figure stands beside what its promise expects by a day.
type CountPace string

const (
	CountOpen    CountPace = ""        // nothing is expected of it by a day
	CountUntold  CountPace = "untold"  // 未报: nobody told anything, though something is expected by now
	CountFine    CountPace = "fine"    // as much as is expected, or more
	CountSlow    CountPace = "slow"    // somewhat less
	CountLate    CountPace = "late"    // much less
	CountMissed  CountPace = "missed"  // its last day is over, and it is not reached
	CountReached CountPace = "reached" // what was reported reaches it
)

// countsFromBest is the order in which one figure of an item outdoes another.
var countsFromBest = map[CountPace]int{CountReached: 1, CountOpen: 2, CountFine: 3, CountUntold: 4, CountSlow: 5, CountLate: 6, CountMissed: 7}

// LampCount is what was counted of a target of an item, beside what it promises: of the
// whole item, or of the part that a unit was given.
type LampCount struct {
	Target   id.Target
	Name     string // of what is counted: 送演出
	Unit     string // 场
	Whole    Decimal
	Reported Decimal
	Checked  Decimal // of this what was checked, and is proved as is asked
	Expected Decimal // by today
	Share    int64   // hundredths of the whole that are reported, rounded down
	Due      int64   // hundredths that are expected by today, rounded down
	Told     bool    // false: nobody told anything, which is not 0
	Units    int     // how many units told something
	Silent   int     // how many were given a part and told nothing
	Pace     CountPace
	Falls    bool // a level that is to come down to Whole: shares are of the way
	Ceiling  bool // it is to stay at Whole or below: the share is what is used
}

// Reached reports a promise that is kept by what was checked: what was only said may still
// be given back.
func (c LampCount) Reached() bool {
	return c.Pace == CountReached && (c.Falls || c.Ceiling || c.Checked >= c.Whole)
}

// Over reports a ceiling that is passed.
func (c LampCount) Over() bool { return c.Ceiling && c.Told && c.Reported > c.Whole }

// lacks is by how many hundredths a figure is behind what is expected by today.
func (c LampCount) lacks() int64 {
	if c.Ceiling {
		return c.Share - c.Due
	}
	return c.Due - c.Share
}

// worstCount gives the figure that a lamp tells of; the first of several that stand alike.
func worstCount(all []LampCount) (worst LampCount) {
	for i, c := range all {
		if i == 0 || countsFromBest[c.Pace] > countsFromBest[worst.Pace] {
			worst = c
		}
	}
	return worst
}

// lags reports a figure that is behind as far as a city asks for it: what is late always
// is, what is slow where so many hundredths are lacking as with steps.
func (r LampRules) lags(c LampCount) bool {
	switch c.Pace {
	case CountLate, CountMissed:
		return r.Behind > 0
	case CountSlow:
		return r.Behind > 0 && c.lacks() >= int64(r.Behind)
	}
	return false
}

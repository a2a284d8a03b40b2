package fact

import (
	"slices"
	"strings"

	"luoshi/document"
	"luoshi/id"
)

// tellsOfDay reports whether a claim says what was done on its day: an opening balance does
// not, and neither does who counts how many there are.
func (s Scene) tellsOfDay(f Fact) bool {
	return f.Source != Opening && s.Indicators[f.Indicator].Aggregation != Snapshot
}

// denies reports whether a claim of none says that another cannot be: whoever tells 0 with a
// day knows the month until then, and not who comes later. Who told both has thought again,
// or told of two things.
func (f Fact) denies(o Fact) bool { return o.Day <= f.Day && o.Post != f.Post }

// saysNone finds claims of which somebody else says that there was none, and those who say so.
func (s Scene) saysNone() (out []Flag) {
	type key struct {
		at        id.Unit
		indicator id.Indicator
	}
	none, some := map[key][]Fact{}, map[key][]Fact{}
	for _, f := range s.Facts {
		k := key{f.where(), f.Indicator}
		switch {
		case !s.tellsOfDay(f):
		case f.Quantity == 0:
			none[k] = append(none[k], f)
		default:
			some[k] = append(some[k], f)
		}
	}
	for k, zeros := range none {
		against := func(f Fact, all []Fact, denied func(Fact) bool) {
			if at := slices.IndexFunc(all, denied); at >= 0 {
				o := all[at]
				out = append(out, Flag{Fact: f.ID, Kind: SaysNone, Other: o.ID, Unit: o.where(), Day: o.Day, Told: o.Quantity})
			}
		}
		for _, z := range zeros {
			against(z, some[k], z.denies)
		}
		for _, f := range some[k] {
			against(f, zeros, func(z Fact) bool { return z.denies(f) })
		}
	}
	return out
}

// outOfSeason finds claims of days on which, so say the goals that run then, it cannot be done.
func (s Scene) outOfSeason() (out []Flag) {
	for _, f := range s.Facts {
		if !s.tellsOfDay(f) || f.Quantity == 0 {
			continue
		}
		if season := s.season(f); len(season) > 0 && OpenDays(f.Day, f.Day, season) == 0 {
			out = append(out, Flag{Fact: f.ID, Kind: OutOfSeason, Season: season})
		}
	}
	return out
}

// season gives the windows of all goals for which a claim may count; none where one of
// them can be worked on on any day.
func (s Scene) season(f Fact) (out []Window) {
	for _, g := range s.Goals {
		if g.Indicator != f.Indicator || f.Day < g.From || f.Day > g.To {
			continue
		}
		if len(g.Windows) == 0 {
			return nil
		}
		out = append(out, g.Windows...)
	}
	return out
}

func seasonDays(all []Window) string {
	var out []string
	for _, w := range all {
		if days := w.From + "—" + w.To; !slices.Contains(out, days) {
			out = append(out, days)
		}
	}
	return strings.Join(out, " / ")
}

const (
	// leastSingles is how many other claims must say what one claim usually tells. After
	// twenty of which none is as large, one that is honest comes less than once in twenty.
	leastSingles = 20
	// mostAsLarge is how many in a hundred may be claims of other units that tell half as much
	// and more: where they do now and then, such claims are a way to report and no slip.
	mostAsLarge = 5
)

// manner is what claims have in common that tell alike: a cell of a grid is a village's
// month, a form or a line of a list is one evening.
type manner struct {
	indicator id.Indicator
	cell      bool
}

// singles gives the claims that add up, by what they can be compared with.
func (s Scene) singles(all []Fact) map[manner][]Fact {
	out := map[manner][]Fact{}
	for _, f := range all {
		if f.Source != Opening && f.Quantity > 0 && s.Indicators[f.Indicator].Aggregation == Sum {
			m := manner{f.Indicator, f.Source == ByGrid}
			out[m] = append(out[m], f)
		}
	}
	return out
}

// FewSingles gives the indicators of which this month alone does not say what one claim
// usually tells, though some may have a digit too many.
func (s Scene) FewSingles() (out []id.Indicator) {
	for m, all := range s.singles(s.Facts) {
		if len(all) <= leastSingles && slices.ContainsFunc(all, func(f Fact) bool { return f.Quantity >= document.Whole(10) }) {
			out = append(out, m.indicator)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// digit finds claims that are far above what one claim usually tells, and above what their
// own unit tells in a month.
func (s Scene) digit() (out []Flag) {
	earlier := s.singles(s.Earlier)
	for m, own := range s.singles(s.Facts) {
		all := own
		if len(all) <= leastSingles {
			all = slices.Concat(own, earlier[m])
		}
		told := make([]document.Decimal, len(all))
		for k, f := range all {
			told[k] = f.Quantity
		}
		u := UsualOf(told)
		u.Months-- // the others
		for _, f := range own {
			if u.Months >= leastSingles && u.DigitTooMany(f.Quantity) && !asLargeElsewhere(f, all) && !s.usualOfMonth(f) {
				out = append(out, Flag{Fact: f.ID, Kind: Digit, Usual: u, Told: f.Quantity})
			}
		}
	}
	return out
}

// asLargeElsewhere reports whether other units tell of as much now and then. What one unit
// tells again and again makes it no way to report.
func asLargeElsewhere(f Fact, all []Fact) bool {
	n := 0
	for _, o := range all {
		if o.Unit != f.Unit && 2*o.Quantity >= f.Quantity {
			n++
		}
	}
	return 100*n > mostAsLarge*(len(all)-1)
}

// usualOfMonth reports whether a claim tells no more than its unit usually tells in a month:
// then it may be the whole month in one line.
func (s Scene) usualOfMonth(f Fact) bool {
	u := UsualOf(s.Past[PastKey{f.Unit, f.Indicator}])
	return u.Months >= LeastUsualMonths && f.Quantity <= u.Median+u.Slack()
}

package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// VerifyPage is what a verifier looks at: the claims of a month below a unit that nobody
// checked yet.
type VerifyPage struct {
	Unit       org.Unit
	Month      string
	Below      []org.Unit // that have pages of their own
	Indicators map[id.Indicator]fact.Indicator
	Lines      []VerifyLine
	Verified   []VerifyLine
	Returned   int
	Waiting    map[string]int     // by month, what the reader may check
	Names      map[id.Unit]string // of the units that flags and rows name
}

// VerifyLine is a claim with the reasons to look at it singly; of one that was checked, also
// those that came up since.
type VerifyLine struct {
	FactLine
	Flags []fact.Flag
	Own   bool    // somebody may not verify it: they reported it
	Row   id.Unit // right below the unit that is looked at, under which its unit stood on its day
}

// Clean reports whether a claim may be verified together with others.
func (l VerifyLine) Clean() bool { return len(l.Flags) == 0 && !l.Own }

// MonthFigure is what one unit told of one indicator for a month.
type MonthFigure struct {
	Month string
	Told  document.Decimal
}

// ToVerify gives the claims of a month that wait to be checked, below a unit; without a month
// those of the latest in which any wait.
func (o *Office) ToVerify(ctx context.Context, who Who, unit id.Unit, month string) (p VerifyPage, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.verify", unit); err != nil {
			return err
		}
		waiting, err := o.waitingBelow(v, who, unit)
		if err != nil {
			return err
		}
		if month == "" && len(waiting) > 0 {
			month = slices.Max(slices.Collect(maps.Keys(waiting)))
		}
		p, err = o.toVerify(v, who, unit, month)
		p.Waiting = waiting
		return err
	})
	return p, err
}

// waitingBelow counts by month the claims of a year below a unit that wait to be checked by
// somebody: those that they did not report themselves.
func (o *Office) waitingBelow(v *db.View, who Who, unit id.Unit) (map[string]int, error) {
	u, _, err := o.unitAndBelow(v, who, "fact.verify", unit)
	if err != nil {
		return nil, err
	}
	units, err := unitsReporting(v, o.city, u.ID)
	if err != nil {
		return nil, err
	}
	all, err := claimsWaiting(v, o.city, units, calendar.Day(fact.Month(o.Today().AddDays(-365))+"-01"), o.Today())
	out := map[string]int{}
	for _, w := range all {
		if !who.holds(w.Post) {
			out[w.Month] += w.Claims
		}
	}
	return out, err
}

// mostWaiting is how many claims are counted by where they wait: more are too many to read
// before a list of units is shown.
const mostWaiting = 20_000

// WaitingIn counts, for who verifies in the whole city, the claims of a month that wait to be
// checked in each county and direct unit; without a month those of this one and the one
// before. It knows nothing where there are very many.
func (o *Office) WaitingIn(ctx context.Context, who Who, month string) (out map[id.Unit]int, err error) {
	if !who.MayEverywhere("fact.verify") {
		return nil, MayNot("fact.verify")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		this := cmp.Or(month, fact.Month(o.Today()))
		if _, err := monthDay(this, o.Today()); err != nil {
			return err
		}
		months := []string{month, this}
		if month == "" {
			months[0] = fact.Month(calendar.Day(this + "-01").AddDays(-1))
		}
		indicators, err := listIndicators(v, o.city)
		if err != nil {
			return err
		}
		uncounted := int64(0)
		for _, i := range indicators {
			cells, err := monthCells(v, o.city, i.ID, fact.Upper, months)
			if err != nil {
				return err
			}
			for _, c := range cells {
				uncounted += c.Facts - c.Checked
			}
		}
		if uncounted > mostWaiting {
			return nil
		}
		var all []waitingAt
		var units []id.Unit
		for _, i := range indicators {
			some, err := claimsUncounted(v, o.city, i.ID, months)
			if err != nil {
				return err
			}
			for _, w := range some {
				if !who.holds(w.Post) {
					all, units = append(all, w), append(units, w.Unit)
				}
			}
		}
		slices.Sort(units)
		above, err := loadLineage(v, o.city, slices.Compact(units))
		out = map[id.Unit]int{}
		for _, w := range all {
			out[above.topRow(w.Unit, monthEnd(w.Month))] += w.Claims
		}
		return err
	})
	return out, err
}

func (o *Office) toVerify(v *db.View, who Who, unit id.Unit, month string) (p VerifyPage, err error) {
	p.Month, p.Indicators, p.Names = cmp.Or(month, fact.Month(o.Today())), map[id.Indicator]fact.Indicator{}, map[id.Unit]string{}
	if _, err := monthDay(p.Month, o.Today()); err != nil {
		return p, err
	}
	if p.Unit, p.Below, err = o.unitAndBelow(v, who, "fact.verify", unit); err != nil {
		return p, err
	}
	all, err := listIndicators(v, o.city)
	if err != nil {
		return p, err
	}
	for _, i := range all {
		p.Indicators[i.ID] = i
	}
	units, err := unitsReporting(v, o.city, p.Unit.ID)
	if err != nil {
		return p, err
	}
	rows, err := rowsOfMonth(v, o.city, units, p.Month)
	if err != nil {
		return p, err
	}
	var stand, open, checked []fact.Fact
	for _, f := range rows {
		switch {
		case f.Kind == fact.Return:
			p.Returned++
		case f.Stands() && f.State == fact.Verified:
			stand, checked = append(stand, f), append(checked, f)
		case f.Stands() && f.Source != fact.Opening:
			stand, open = append(stand, f), append(open, f)
		}
	}
	above, err := loadLineage(v, o.city, unitsOfClaims(stand))
	if err != nil {
		return p, err
	}
	flags, err := o.flagsOf(v, stand, units, above, p.Indicators, p.Month)
	if err != nil {
		return p, err
	}
	verified, err := o.factLines(v, checked, all)
	if err != nil {
		return p, err
	}
	for _, l := range verified {
		p.Verified = append(p.Verified, VerifyLine{FactLine: l, Flags: flags[l.ID]})
	}
	lines, err := o.factLines(v, open, all)
	if err != nil {
		return p, err
	}
	var named []id.Unit
	under := p.Unit.ID
	if ofTheCity(p.Unit) {
		under = 0
	}
	for _, l := range lines {
		row := above.rowOf(l.Unit, under, l.Day)
		p.Lines, named = append(p.Lines, VerifyLine{FactLine: l, Flags: flags[l.ID], Own: who.holds(l.Post), Row: row}), append(named, row)
	}
	for _, some := range flags {
		for _, f := range some {
			named = append(named, f.Unit)
		}
	}
	slices.Sort(named)
	called, err := unitsNamed(v, o.city, slices.DeleteFunc(slices.Compact(named), func(u id.Unit) bool { return u == 0 }))
	for u, one := range called {
		p.Names[u] = one.Name
	}
	return p, err
}

// unitAndBelow gives a unit and those below it that have pages of their own. To the body
// that runs the plans belongs the whole city, for who may do the act there.
func (o *Office) unitAndBelow(q db.Querier, who Who, act string, unit id.Unit) (u org.Unit, below []org.Unit, err error) {
	if u, err = loadUnit(q, o.city, unit); err != nil || u.Level == org.Village || u.Level == org.Township {
		return u, nil, err
	}
	if u.Level == org.CityLevel {
		bureau, err := loadBureau(q, o.city)
		if err != nil {
			return u, nil, err
		}
		unit = bureau.ID
	}
	if u.Level == org.Bureau && u.Parent != 0 && who.MayEverywhere(act) {
		if u, err = loadUnit(q, o.city, u.Parent); err != nil {
			return u, nil, err
		}
	}
	parts, err := o.partedAmong(q, unit)
	for _, p := range parts {
		below = append(below, p.Unit)
	}
	return u, below, err
}

// unitsOfClaims gives the units of some claims, each once.
func unitsOfClaims(all []fact.Fact) []id.Unit {
	units := make([]id.Unit, len(all))
	for k, f := range all {
		units[k] = f.Unit
	}
	slices.Sort(units)
	return slices.Compact(units)
}

// flagsOf raises the flags of claims that stand, with what is known beside them, of the
// month and units that a verifier looks at.
func (o *Office) flagsOf(q db.Querier, stand []fact.Fact, below []id.Unit, above lineage, indicators map[id.Indicator]fact.Indicator, month string) (map[id.Fact][]fact.Flag, error) {
	s := fact.Scene{Facts: stand, Indicators: indicators}
	var files [][]byte
	subjects := map[id.Indicator][]string{}
	for _, f := range stand {
		if len(f.Evidence) > 0 {
			files = append(files, f.Evidence)
		}
		if f.Subject != "" {
			subjects[f.Indicator] = append(subjects[f.Indicator], f.Subject)
		}
	}
	var err error
	if s.Past, err = pastTold(q, o.city, unitsOfClaims(stand), month); err != nil {
		return nil, err
	}
	if s.Evidence, err = claimsShowing(q, o.city, files); err != nil {
		return nil, err
	}
	for i, some := range subjects {
		about, err := claimsAbout(q, o.city, i, some)
		if err != nil {
			return nil, err
		}
		s.Subjects = append(s.Subjects, about...)
	}
	if s.Goals, err = listGoals(q, o.city); err != nil {
		return nil, err
	}
	if s.Earlier, err = claimsEarlier(q, o.city, s.FewSingles(), below, month); err != nil {
		return nil, err
	}
	closes, err := closesOfMonth(q, o.city, month)
	if err != nil {
		return nil, err
	}
	s.Closed = func(u id.Unit) int64 { return closedFor(above, closes, u, monthEnd(month)).Instant }
	out := map[id.Fact][]fact.Flag{}
	for _, f := range s.Flags() {
		out[f.Fact] = append(out[f.Fact], f)
	}
	return out, nil
}

// claimsEarlier gives the claims of units that stand and are of the year before a month.
func claimsEarlier(q db.Querier, city int64, indicators []id.Indicator, units []id.Unit, month string) (out []fact.Fact, err error) {
	first := calendar.Day(month + "-01")
	from, to := first.AddDays(-365), first.AddDays(-1)
	for _, i := range indicators {
		telling, err := unitsThatTold(q, city, i, units, from, to)
		if err != nil {
			return nil, err
		}
		claims, err := claimsOf(q, city, i, telling, from, to)
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(claims, func(f fact.Fact) bool { return !f.Stands() })...)
	}
	return out, nil
}

// OneToVerify is a claim with all that a verifier looks at.
type OneToVerify struct {
	VerifyLine
	Page  VerifyPage
	Past  []MonthFigure // what its unit told in the months of a year before
	Story FactStory
}

// ToVerifyOne gives one claim, as it stands among those of a month below a unit.
func (o *Office) ToVerifyOne(ctx context.Context, who Who, unit id.Unit, which id.Fact) (one OneToVerify, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		f, err := loadFact(v, o.city, which)
		if err != nil {
			return err
		}
		unit = cmp.Or(unit, f.Unit)
		for _, u := range []id.Unit{unit, f.Unit} {
			if err := o.mayOver(v, who, "fact.verify", u); err != nil {
				return err
			}
		}
		if one.Page, err = o.toVerify(v, who, unit, f.Month()); err != nil {
			return err
		}
		if at := slices.IndexFunc(one.Page.Lines, func(l VerifyLine) bool { return l.ID == which }); at >= 0 {
			one.VerifyLine = one.Page.Lines[at]
		} else if at := slices.IndexFunc(one.Page.Verified, func(l VerifyLine) bool { return l.ID == which }); at >= 0 {
			one.VerifyLine = one.Page.Verified[at]
		} else {
			return errNotToVerify
		}
		first := calendar.Day(f.Month() + "-01")
		told, err := monthsTold(v, o.city, []id.Unit{f.Unit}, fact.Month(first.AddDays(-365)), fact.Month(first.AddDays(-1)))
		for _, m := range told {
			if m.Indicator == f.Indicator {
				one.Past = append(one.Past, m.MonthFigure)
			}
		}
		return err
	})
	if err == nil {
		one.Story, err = o.FactStory(ctx, who, which)
	}
	return one, err
}

var errNotToVerify = fault.New(fault.Conflict, "这一条已经改过、退回或者撤回了。请看现在的那一条。")

package desk

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// UnitShare is what a unit was handed of a goal, beside what it reported.
type UnitShare struct {
	Goal      fact.Goal
	Indicator fact.Indicator
	ItemTitle string
	Value     document.Decimal
	Given     bool // it was handed a share; else only the goal of the whole city stands
	Until     calendar.Day
	Came      fact.Figure

	// Of a township: its villages that reported nothing, and how many it has.
	Silent   []org.Unit
	Villages int
}

// UnitFacts is what everybody may know of what came to a village, a township or any other
// unit that reports.
type UnitFacts struct {
	Shares  []UnitShare
	Lines   []PublicFact // that stand, the newest day first
	More    bool         // there are older ones
	Station org.Unit     // of whose township it is; the unit itself where it is one
	Body    string       // that does the work there
	Phone   string       // that stands nearest, or empty
	PhoneOf org.Unit     // whose it is
}

// MostLines is how many facts of a unit its page lists.
const MostLines = 60

// UnitFacts tells what came to a unit.
func (p *Public) UnitFacts(ctx context.Context, u PublicUnit) (out UnitFacts, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		released, err := releasedIndicators(v, p.city)
		if err != nil || len(released) == 0 {
			return err
		}
		if out.Station, out.Body, err = p.stationOf(v, u); err != nil {
			return err
		}
		if out.Phone, out.PhoneOf, err = p.phoneFor(v, u); err != nil {
			return err
		}
		if out.Shares, err = p.unitShares(v, u, released); err != nil {
			return err
		}
		lines, err := standingFactsOf(v, p.city, u.Unit.ID, MostLines+1)
		if err != nil {
			return err
		}
		if len(lines) > MostLines {
			lines, out.More = lines[:MostLines], true
		}
		out.Lines, err = p.publicFacts(v, lines, released)
		return err
	})
	return out, err
}

// stationOf tells who looks after a village: its township, with the body that does its work.
func (p *Public) stationOf(q db.Querier, u PublicUnit) (station org.Unit, body string, err error) {
	switch u.Unit.Level {
	case org.Township:
		return u.Unit, u.Body, nil
	case org.Village:
		for _, a := range u.Above {
			if a.Level == org.Township {
				work, err := unitWork(q, p.city, a.ID)
				return a, work.Body, err
			}
		}
	}
	return org.Unit{}, "", nil
}

// phoneFor finds the telephone that stands nearest: the unit's own, else that of the first
// unit above it that has one.
func (p *Public) phoneFor(q db.Querier, u PublicUnit) (phone string, of org.Unit, err error) {
	if u.Phone != "" {
		return u.Phone, u.Unit, nil
	}
	for _, a := range slices.Backward(u.Above) {
		if work, err := unitWork(q, p.city, a.ID); err != nil || work.Phone != "" {
			return work.Phone, a, err
		}
	}
	return "", org.Unit{}, nil
}

// publicFacts puts names to facts; those of indicators that are not released are left out.
func (p *Public) publicFacts(q db.Querier, lines []fact.Fact, released []fact.Indicator) (out []PublicFact, err error) {
	var units []id.Unit
	for _, f := range lines {
		units = append(units, f.Unit, f.Place)
	}
	slices.Sort(units)
	named, err := unitsNamed(q, p.city, slices.Compact(units))
	if err != nil {
		return nil, err
	}
	for _, f := range lines {
		at := slices.IndexFunc(released, func(i fact.Indicator) bool { return i.ID == f.Indicator })
		if at >= 0 {
			out = append(out, PublicFact{f, released[at], named[f.Unit].Name, named[f.Place].Name})
		}
	}
	return out, nil
}

// unitShares puts beside each other what a unit was handed of goals and what came of it;
// a village or township also sees the goals of which nothing was parted so far down.
func (p *Public) unitShares(v *db.View, u PublicUnit, released []fact.Indicator) (out []UnitShare, err error) {
	goals, err := listGoals(v, p.city)
	if err != nil || len(goals) == 0 {
		return nil, err
	}
	s, err := loadSights(v, p.city, p.as, 0)
	if err != nil {
		return nil, err
	}
	given, err := sharesOfUnit(v, p.city, u.Unit.ID)
	if err != nil {
		return nil, err
	}
	units := []id.Unit{u.Unit.ID}
	if u.Unit.Level == org.Township {
		for _, b := range u.Below {
			units = append(units, b.ID)
		}
	}
	small := u.Unit.Level == org.Village || u.Unit.Level == org.Township
	for _, g := range goals {
		at := slices.IndexFunc(released, func(i fact.Indicator) bool { return i.ID == g.Indicator })
		if at < 0 || released[at].Rate() || len(s.of[g.Item]) == 0 {
			continue
		}
		one := UnitShare{Goal: g, Indicator: released[at]}
		for _, x := range given {
			if x.Goal == g.ID {
				one.Value, one.Given = one.Value+x.Value, true
			}
		}
		if !one.Given && !small {
			continue
		}
		promised, err := loadTarget(v, p.city, g.Target)
		if err != nil {
			return nil, err
		}
		one.Until = GoalEnd(g, promised)
		titles, err := loadTitles(v, p.city, []id.Item{g.Item})
		if err != nil {
			return nil, err
		}
		one.ItemTitle = titles[g.Item]
		for _, of := range s.of[g.Item] {
			one.ItemTitle = of.mask.Words(one.ItemTitle)
		}
		if err := p.came(v, &one, u, units); err != nil {
			return nil, err
		}
		if one.Given || one.Came.Facts > 0 || u.Unit.Level == org.Township && one.Villages > len(one.Silent) {
			out = append(out, one)
		}
	}
	return out, nil
}

// came sums up what units reported towards a goal; it is the figure of all of them together.
func (p *Public) came(v *db.View, s *UnitShare, u PublicUnit, units []id.Unit) error {
	months := fact.Months(s.Goal.From, s.Goal.To)
	cells, err := cellsOfUnits(v, p.city, s.Indicator, units, months)
	if err != nil {
		return err
	}
	s.Came, _ = added(s.Indicator, cells, months)
	if u.Unit.Level != org.Township {
		return nil
	}
	told := map[id.Unit]bool{}
	for _, c := range cells {
		told[c.unit] = told[c.unit] || c.Facts > 0
	}
	for _, b := range u.Below {
		if b.Level != org.Village {
			continue
		}
		s.Villages++
		if !told[b.ID] {
			s.Silent = append(s.Silent, b)
		}
	}
	return nil
}

// cellsOfUnits gives what some units reported of some months: of persons and things the
// facts themselves, of all else the summaries.
func cellsOfUnits(q db.Querier, city int64, i fact.Indicator, units []id.Unit, months []string) ([]cellOf, error) {
	if len(months) == 0 {
		return nil, nil
	}
	if i.Aggregation != fact.Distinct {
		if i.Aggregation == fact.Snapshot {
			months = append([]string{""}, months...)
		}
		return monthCellsOf(q, city, i.ID, fact.Leaf, units, months)
	}
	facts, err := claimsOf(q, city, i.ID, units, dayOfMonth(months[0]), monthEnd(months[len(months)-1]))
	if err != nil {
		return nil, err
	}
	var out []cellOf
	for _, f := range facts {
		if !f.Stands() {
			continue
		}
		c := cellOf{unit: f.Unit, subject: f.Subject, month: f.Month(), Figure: fact.Figure{Reported: f.Quantity, Facts: 1}}
		if f.Counts(i.Wanted) {
			c.Counted, c.Checked = f.Quantity, 1
		}
		out = append(out, c)
	}
	return out, nil
}

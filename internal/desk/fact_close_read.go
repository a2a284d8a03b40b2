package desk

import (
	"cmp"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// FactMonth is what a unit and those below it told of a month, to be closed.
type FactMonth struct {
	Unit        org.Unit
	Month       string
	Lines       []FactMonthLine
	Closed      Closed // by the unit or one above it; without an instant it is open
	Below       []ClosedBelow
	Untold      []UntoldFacts // what those right below were given parts of, and who told nothing
	Adjustments []FactLine    // rows of the month that came after it was closed
	Posts       map[id.Post]string
	MayClose    bool
}

// FactMonthLine is one indicator of a month.
type FactMonthLine struct {
	Indicator fact.Indicator
	Figure    fact.Figure
	Verified  int
	Open      int // claims that nobody checked
	Returned  int
	Withdrawn int
}

// ClosedBelow is a unit right below, and whether it closed the month itself.
type ClosedBelow struct {
	org.Unit
	Closed calendar.Day
}

// FactMonth gives a month of a unit.
func (o *Office) FactMonth(ctx context.Context, who Who, unit id.Unit, month string) (m FactMonth, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.read", unit); err != nil {
			return err
		}
		m, err = o.factMonth(v, who, unit, month)
		return err
	})
	return m, err
}

func (o *Office) factMonth(v *db.View, who Who, unit id.Unit, month string) (m FactMonth, err error) {
	m.Month, m.Posts = cmp.Or(month, fact.Month(o.Today())), map[id.Post]string{}
	if _, err := monthDay(m.Month, o.Today()); err != nil {
		return m, err
	}
	var below []org.Unit
	if m.Unit, below, err = o.unitAndBelow(v, who, "fact.read", unit); err != nil {
		return m, err
	}
	units, err := unitsReporting(v, o.city, m.Unit.ID)
	if err != nil {
		return m, err
	}
	rows, err := rowsOfMonth(v, o.city, units, m.Month)
	if err != nil {
		return m, err
	}
	closes, err := closesOfMonth(v, o.city, m.Month)
	if err != nil {
		return m, err
	}
	above, err := loadLineage(v, o.city, []id.Unit{m.Unit.ID})
	if err != nil {
		return m, err
	}
	m.Closed = closedFor(above, closes, m.Unit.ID, monthEnd(m.Month))
	for _, u := range below {
		m.Below = append(m.Below, ClosedBelow{u, closes[u.ID].Day})
	}
	all, err := listIndicators(v, o.city)
	if err != nil {
		return m, err
	}
	m.lines(all, rows)
	if m.Untold, err = o.untold(v, m.Unit, m.Month, all, rows); err != nil {
		return m, err
	}
	if m.Closed.Instant != 0 {
		later := slices.DeleteFunc(slices.Clone(rows), func(f fact.Fact) bool { return f.Instant <= m.Closed.Instant })
		if m.Adjustments, err = o.factLines(v, later, all); err != nil {
			return m, err
		}
		for _, f := range later {
			if _, known := m.Posts[f.Post]; !known && f.Post != 0 {
				p, err := loadPost(v, o.city, f.Post)
				if err != nil {
					return m, err
				}
				m.Posts[f.Post] = p.Title
			}
		}
	}
	_, m.MayClose, err = o.postOver(v, who, "fact.close", m.Unit.ID)
	return m, err
}

// lines sums up the rows of a month by indicator.
func (m *FactMonth) lines(all []fact.Indicator, rows []fact.Fact) {
	for _, i := range all {
		l := FactMonthLine{Indicator: i}
		var claims []fact.Fact
		some := false
		for _, f := range rows {
			if f.Indicator != i.ID {
				continue
			}
			some = true
			switch {
			case f.Kind == fact.Return:
				l.Returned++
			case f.Kind == fact.Withdrawal:
				l.Withdrawn++
			case f.Stands() && f.State == fact.Verified:
				l.Verified++
				claims = append(claims, f)
			case f.Stands():
				l.Open++
				claims = append(claims, f)
			}
		}
		if some {
			l.Figure = monthFigure(i, claims)
			m.Lines = append(m.Lines, l)
		}
	}
}

// monthFigure is what the claims of some units and one month come to.
func monthFigure(i fact.Indicator, claims []fact.Fact) (sum fact.Figure) {
	placed := make([]fact.Placed, len(claims))
	for k, f := range claims {
		placed[k] = fact.Placed{Fact: f, Place: fact.Place{Upper: f.Unit}}
	}
	if i.Aggregation != fact.Distinct {
		for c, f := range i.RollUp(placed) {
			if c.Tier == fact.Leaf {
				sum = sum.Plus(f)
			}
		}
		return sum
	}
	reported, counted := map[string]bool{}, map[string]bool{}
	for _, f := range claims { // 期初累计 names nobody
		sum.Facts++
		if f.Subject == "" {
			sum.Reported += f.Quantity
			continue
		}
		reported[f.Subject] = true
		if f.Counts(i.Wanted) {
			counted[f.Subject] = true
			sum.Checked++
		}
	}
	sum.Reported += document.Whole(int64(len(reported)))
	sum.Counted += document.Whole(int64(len(counted)))
	return sum
}

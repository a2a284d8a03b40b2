package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// UntoldFacts is an indicator of which units were given parts of a goal, and which of them
// told nothing (未报) for a month.
type UntoldFacts struct {
	Indicator fact.Indicator
	Asked     int
	Units     []org.Unit // none where all told
}

// untold finds what the units right below one still have to tell of a month, by the rows
// that came in of it. Who told nothing though its part is full already has nothing to tell,
// and a level that was told once stands until it changes.
func (o *Office) untold(q db.Querier, above org.Unit, month string, all []fact.Indicator, rows []fact.Fact) (out []UntoldFacts, err error) {
	parting := above.ID
	if above.Level == org.CityLevel {
		bureau, err := loadBureau(q, o.city)
		if err != nil {
			return nil, err
		}
		parting = bureau.ID
	}
	goals, err := listGoals(q, o.city)
	if err != nil {
		return nil, err
	}
	told, err := o.toldBelow(q, above, rows)
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		asked, missing := map[id.Unit]bool{}, map[id.Unit]bool{}
		for _, g := range goals {
			from, to := max(g.From, calendar.Day(month+"-01")), min(g.To, monthEnd(month))
			if g.Indicator != i.ID || i.Rate() || fact.OpenDays(from, to, g.Windows) == 0 {
				continue
			}
			shares, err := o.facts.standingShares(q, o.city, g.ID)
			if err != nil {
				return nil, err
			}
			board, err := o.boardBelow(q, i, above, fact.Months(g.From, g.To), TreeOfTheDay)
			if err != nil {
				return nil, err
			}
			for _, s := range shares {
				if s.Above != parting || s.Value <= 0 && i.Way() == fact.Grows {
					continue
				}
				asked[s.Unit] = true
				r, _ := board.Row(s.Unit)
				if !told[fact.GridSpot{Unit: s.Unit, Indicator: i.ID}] && !nothingLeft(i, s, r, month) {
					missing[s.Unit] = true
				}
			}
		}
		if len(asked) == 0 {
			continue
		}
		u, err := o.standingUnits(q, asked, monthEnd(month))
		if err != nil {
			return nil, err
		}
		one := UntoldFacts{Indicator: i, Asked: len(u)}
		one.Units = slices.DeleteFunc(u, func(u org.Unit) bool { return !missing[u.ID] })
		if one.Asked > 0 {
			out = append(out, one)
		}
	}
	return out, nil
}

// nothingLeft reports that a unit need not tell anything for a month.
func nothingLeft(i fact.Indicator, s fact.Share, r FactRow, month string) bool {
	if i.Aggregation == fact.Snapshot {
		for m, f := range r.ByMonth {
			if m <= month && f.Facts > 0 {
				return true
			}
		}
		return false
	}
	return i.Way() == fact.Grows && r.Total.Reported >= s.Value
}

// toldBelow tells of which indicators anything stands in the units right below one, by rows
// of claims; an opening balance is no month's.
func (o *Office) toldBelow(q db.Querier, above org.Unit, rows []fact.Fact) (map[fact.GridSpot]bool, error) {
	standing := slices.DeleteFunc(slices.Clone(rows), func(f fact.Fact) bool { return !f.Stands() || f.Source == fact.Opening })
	tree, err := loadLineage(q, o.city, unitsOfClaims(standing))
	if err != nil {
		return nil, err
	}
	under := above.ID
	if ofTheCity(above) {
		under = 0
	}
	told := map[fact.GridSpot]bool{}
	for _, f := range standing {
		told[fact.GridSpot{Unit: tree.rowOf(f.Unit, under, f.Day), Indicator: f.Indicator}] = true
	}
	return told, nil
}

// standingUnits gives those of some units that are there, and were on a day, in the order
// of grids.
func (o *Office) standingUnits(q db.Querier, which map[id.Unit]bool, day calendar.Day) (out []org.Unit, err error) {
	var units []id.Unit
	for u := range which {
		units = append(units, u)
	}
	slices.Sort(units)
	named, err := unitsNamed(q, o.city, units)
	for _, u := range units {
		if n, is := named[u]; is && n.To == "" && n.From <= day {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, inShareOrder)
	return out, err
}

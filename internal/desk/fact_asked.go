package desk

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// AskedIndicator is what a unit is asked to count, and what it told of it this month.
type AskedIndicator struct {
	fact.Indicator
	Share  document.Decimal // its own, of the goals that run
	Shared bool
	To     calendar.Day // last day of the last of them
	Told   document.Decimal
	Claims int
}

// CountedUnit is what one unit counts in a month.
type CountedUnit struct {
	Unit   org.Unit
	Month  string
	Asked  []AskedIndicator
	Others []fact.Indicator // that nobody asks it for, and that it may tell of
	Closed calendar.Day     // on which the month was closed for it; empty for not

	Returned []ReturnedFact // of this month and the one before, the newest first
}

// ReturnedFact is a claim that a verifier did not believe, with the reason.
type ReturnedFact struct {
	FactLine
	Indicator fact.Indicator
	Reason    string
}

// CountsOf gives what the units of somebody's posts count this month.
func (o *Office) CountsOf(ctx context.Context, who Who) (out []CountedUnit, err error) {
	if !who.May("fact.report") {
		return nil, MayNot("fact.report")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		for _, h := range who.Held {
			if reach("fact.report", h.Roles) == "" || slices.ContainsFunc(out, func(u CountedUnit) bool { return u.Unit.ID == h.Unit }) {
				continue
			}
			u, err := o.unitCounts(v, h.Unit)
			if err != nil {
				return err
			}
			out = append(out, u)
		}
		return nil
	})
	return out, err
}

// CountedBy gives an indicator and one of the reader's own units, which may tell of it.
func (o *Office) CountedBy(ctx context.Context, who Who, unit id.Unit, which id.Indicator) (u org.Unit, i fact.Indicator, err error) {
	if !slices.ContainsFunc(who.Held, func(h Held) bool { return h.Unit == unit && reach("fact.report", h.Roles) != "" }) {
		return u, i, MayNot("fact.report")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if u, err = loadUnit(v, o.city, unit); err == nil {
			i, err = loadIndicator(v, o.city, which)
		}
		return err
	})
	if err == nil && i.Rate() {
		err = ErrMissing
	}
	return u, i, err
}

func (o *Office) unitCounts(q db.Querier, unit id.Unit) (out CountedUnit, err error) {
	today := o.Today()
	out.Month = fact.Month(today)
	if out.Unit, err = loadUnit(q, o.city, unit); err != nil {
		return out, err
	}
	all, err := listIndicators(q, o.city)
	if err != nil {
		return out, err
	}
	asked, err := o.askedOf(q, unit, today)
	if err != nil {
		return out, err
	}
	for _, i := range all {
		a, is := asked[i.ID]
		switch {
		case i.Rate():
		case !is:
			out.Others = append(out.Others, i)
		default:
			a.Indicator = i
			claims, err := claimsOf(q, o.city, i.ID, []id.Unit{unit}, calendar.Day(out.Month+"-01"), monthEnd(out.Month))
			if err != nil {
				return out, err
			}
			claims = slices.DeleteFunc(claims, func(f fact.Fact) bool { return !f.Stands() || f.Source == fact.Opening })
			a.Told, a.Claims = i.Standing(claims), len(claims)
			if i.Aggregation == fact.Distinct {
				a.Told = document.Whole(int64(len(claims)))
			}
			out.Asked = append(out.Asked, a)
		}
	}
	above, err := loadLineage(q, o.city, []id.Unit{unit})
	if err != nil {
		return out, err
	}
	closes, err := closesOfMonth(q, o.city, out.Month)
	if err != nil {
		return out, err
	}
	out.Closed = closedFor(above, closes, unit, today).Day
	out.Returned, err = o.returnedOf(q, unit, out.Month, all)
	return out, err
}

// returnedOf gives what was returned to a unit of a month and of the one before.
func (o *Office) returnedOf(q db.Querier, unit id.Unit, month string, indicators []fact.Indicator) (out []ReturnedFact, err error) {
	var rows []fact.Fact
	for _, m := range []string{fact.Month(calendar.Day(month + "-01").AddDays(-1)), month} {
		some, err := rowsOfMonth(q, o.city, []id.Unit{unit}, m)
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	var claims []fact.Fact
	reasons := map[id.Fact]string{}
	for _, f := range rows {
		if f.Kind == fact.Return {
			reasons[f.Corrects] = f.Note
		}
	}
	for _, f := range rows {
		if _, is := reasons[f.ID]; is {
			claims = append(claims, f)
		}
	}
	slices.Reverse(claims)
	lines, err := o.factLines(q, claims, indicators)
	for _, l := range lines {
		at := slices.IndexFunc(indicators, func(i fact.Indicator) bool { return i.ID == l.Indicator })
		out = append(out, ReturnedFact{l, indicators[at], reasons[l.ID]})
	}
	return out, err
}

// askedOf gives the indicators of which a unit, or one above it, has a share of a goal that
// runs, and those that it told of within a year.
func (o *Office) askedOf(q db.Querier, unit id.Unit, today calendar.Day) (map[id.Indicator]AskedIndicator, error) {
	out := map[id.Indicator]AskedIndicator{}
	goals, err := listGoals(q, o.city)
	if err != nil {
		return nil, err
	}
	chain, err := loadAbove(q, o.city, unit, today)
	if err != nil {
		return nil, err
	}
	units := []id.Unit{unit}
	for _, u := range chain {
		if u.ID != unit {
			units = append(units, u.ID)
		}
	}
	for _, u := range units {
		shares, err := sharesOfUnit(q, o.city, u)
		if err != nil {
			return nil, err
		}
		for _, s := range shares {
			at := slices.IndexFunc(goals, func(g fact.Goal) bool { return g.ID == s.Goal && g.From <= today && today <= g.To })
			if at < 0 {
				continue
			}
			a := out[goals[at].Indicator]
			if u == unit {
				a.Share, a.Shared, a.To = a.Share+s.Value, true, max(a.To, goals[at].To)
			}
			out[goals[at].Indicator] = a
		}
	}
	told, err := monthsTold(q, o.city, []id.Unit{unit}, fact.Month(today.AddDays(-365)), fact.Month(today))
	for _, m := range told {
		if _, known := out[m.Indicator]; !known {
			out[m.Indicator] = AskedIndicator{}
		}
	}
	return out, err
}

// closedFor gives the first time at which a month was closed for a unit: by itself or by
// one above it.
func closedFor(above lineage, closes map[id.Unit]Closed, unit id.Unit, day calendar.Day) (first Closed) {
	for u := unit; u != 0; {
		if c, is := closes[u]; is && (first.Instant == 0 || c.Instant < first.Instant) {
			first = c
		}
		v, there := above.on(u, day)
		if !there {
			break
		}
		u = v.Parent
	}
	return first
}

// NamedPlace is a village or township with the units above it, the nearest first.
type NamedPlace struct {
	org.Unit
	Above []org.Unit
}

// MostPlaces is how many places are offered to who wrote a part of a name.
const MostPlaces = 20

// PlacesLike offers the villages and townships in whose name, with that of the unit right
// above, some words are; more tells that there are others.
func (o *Office) PlacesLike(ctx context.Context, words string, day calendar.Day) (out []NamedPlace, more bool, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		found, err := placesLike(v, o.city, words, day, MostPlaces+1)
		if more = len(found) > MostPlaces; more {
			found = found[:MostPlaces]
		}
		if err == nil {
			out, err = o.namedPlaces(v, found)
		}
		return err
	})
	return out, more, err
}

// PlacesOf gives where a unit told lately that something happened, the last first, so that
// these need not be written out again.
func (o *Office) PlacesOf(ctx context.Context, who Who, unit id.Unit) (out []NamedPlace, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.report", unit); err != nil {
			return err
		}
		found, err := placesOfUnit(v, o.city, unit, o.Today().AddDays(-90), 2*MostPlaces)
		if err == nil {
			out, err = o.namedPlaces(v, found)
		}
		return err
	})
	return out, err
}

func (o *Office) namedPlaces(q db.Querier, which []id.Unit) ([]NamedPlace, error) {
	named, err := unitsNamed(q, o.city, which)
	if err != nil {
		return nil, err
	}
	out := make([]NamedPlace, len(which))
	for k, u := range which {
		out[k].Unit = named[u]
		if out[k].Above, err = loadAbove(q, o.city, u, o.Today()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// PlaceCalled finds the village or township of a name, for who writes where something
// happened; of several of one name, that one whose township is named too.
func (o *Office) PlaceCalled(ctx context.Context, name string, day calendar.Day) (place id.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		found, err := placesCalled(v, o.city, name, day)
		if err != nil {
			return err
		}
		for cut, r := range name { // 青石镇上塘村
			if cut > 0 && len(found) == 0 && r != ' ' {
				below, err := placesCalled(v, o.city, name[cut:], day)
				if err != nil {
					return err
				}
				for _, u := range below {
					unit, err := loadUnit(v, o.city, u)
					if err != nil {
						return err
					}
					if above, err := loadUnit(v, o.city, unit.Parent); err == nil && above.Name == name[:cut] {
						found = append(found, u)
					}
				}
			}
		}
		switch len(found) {
		case 0:
			return fault.New(fault.Invalid, "没有叫“%s”的村、社区或者乡镇。请照单位名单写全名。", name).In("place")
		case 1:
			place = found[0]
			return nil
		}
		return fault.New(fault.Invalid, "叫“%s”的有 %d 个。请把乡镇写在前面，例如：青石镇上塘村。", name, len(found)).In("place")
	})
	return place, err
}

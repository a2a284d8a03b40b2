package desk

import (
	"context"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// PublicUnit is a unit as it was on a day, with where it stood and what it answers for.
type PublicUnit struct {
	Unit    org.Unit
	Day     calendar.Day
	Body    string     // that does its work, or empty
	Phone   string     // its own that everybody may ring, or empty
	Above   []org.Unit // from the top down
	Below   []org.Unit
	Count   map[id.Unit]int      // of the units that stand below those, as they stand now
	History []org.Unit           // all versions, the first one first
	After   []org.Unit           // who goes on with it
	Before  []org.Unit           // whom it goes on with
	Items   []plan.Item          // released ones that it answers for, or that name it; without their places in plans
	Duty    map[id.Item]org.Duty // in each of Items
}

// CityUnit gives the identifier of the city itself, the top of the tree.
func (o *Office) CityUnit(ctx context.Context) (top id.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		units, err := lastUnder(v, o.city, 0)
		if len(units) > 0 {
			top = units[0].ID
		}
		return err
	})
	return top, err
}

// Bureau gives the identifier of the body that runs the plans.
func (o *Office) Bureau(ctx context.Context) (bureau id.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		u, err := loadBureau(v, o.city)
		bureau = u.ID
		return err
	})
	return bureau, err
}

// mostCounted is of how many units it is told how many stand below each: to count those
// of thousands takes longer than a page may.
const mostCounted = 300

// readUnit reads a unit as it was on a day. One that was not there then is shown as it
// was last, or first, without what stood below it.
func readUnit(q db.Querier, city int64, which id.Unit, day calendar.Day) (out PublicUnit, err error) {
	out.Day = day
	if out.History, err = unitHistory(q, city, which); err != nil {
		return out, err
	}
	if len(out.History) == 0 {
		return out, ErrMissing
	}
	out.Unit = out.History[len(out.History)-1]
	for _, v := range out.History {
		if v.On(day) {
			out.Unit = v
		}
	}
	if out.Above, err = loadAbove(q, city, which, out.dayThere()); err != nil {
		return out, err
	}
	slices.Reverse(out.Above)
	if out.Below, err = unitsUnder(q, city, which, day); err != nil {
		return out, err
	}
	if len(out.Below) <= mostCounted {
		if out.Count, err = countUnder(q, city, which); err != nil {
			return out, err
		}
	}
	work, err := unitWork(q, city, which)
	if err != nil {
		return out, err
	}
	out.Body, out.Phone = work.Body, work.Phone
	links, err := successorsOf(q, city, which)
	for _, s := range links {
		other := s.Successor
		if other == which {
			other = s.Unit
		}
		u, err := loadUnit(q, city, other)
		if err != nil {
			return out, err
		}
		if s.Unit == which {
			out.After = append(out.After, u)
		} else {
			out.Before = append(out.Before, u)
		}
	}
	return out, err
}

// dayThere is the day itself, or the nearest one on which the unit was there.
func (u PublicUnit) dayThere() calendar.Day {
	switch {
	case u.Day < u.Unit.From:
		return u.Unit.From
	case u.Unit.To != "" && u.Day > u.Unit.To:
		return u.Unit.To
	}
	return u.Day
}

// Unit gives a unit as it is today.
func (p *Public) Unit(ctx context.Context, which id.Unit) (PublicUnit, error) {
	return p.UnitOn(ctx, which, p.Today())
}

// UnitOn gives a unit as it was on a day.
func (p *Public) UnitOn(ctx context.Context, which id.Unit, day calendar.Day) (out PublicUnit, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		if out, err = readUnit(v, p.city, which, day); err != nil {
			return err
		}
		sights, err := loadSights(v, p.city, p.as, 0)
		if err != nil {
			return err
		}
		out.Items, out.Duty, err = ownItems(sights, out.Unit)
		return err
	})
	return out, err
}

// names reports whether a list of units, parted by 、 as in documents, names one.
func names(list, name string) bool { return slices.Contains(strings.Split(list, "、"), name) }

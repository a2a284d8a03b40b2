package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// inShareOrder puts units in the order of a grid: those that have villages first.
func inShareOrder(a, b org.Unit) int {
	return cmp.Or(cmp.Compare(slices.Index(shareOrder, a.Level), slices.Index(shareOrder, b.Level)), cmp.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID))
}

// SharesRevision is a parting that was handed down, standing or not.
type SharesRevision struct {
	Revision int
	Day      calendar.Day
	Of       map[id.Unit]document.Decimal
	Total    document.Decimal
}

// SharesHistory gives how a unit parted its share of a goal each time, the newest first,
// and the names of all units that it ever gave any.
func (o *Office) SharesHistory(ctx context.Context, who Who, which id.Goal, above id.Unit) (out []SharesRevision, named map[id.Unit]org.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.read", above); err != nil {
			return err
		}
		all, err := sharesOfGoal(v, o.city, which)
		if err != nil {
			return err
		}
		out = nil
		var units []id.Unit
		for _, s := range all {
			if s.Above != above {
				continue
			}
			if len(out) == 0 || out[len(out)-1].Revision != s.Revision {
				out = append(out, SharesRevision{Revision: s.Revision, Day: s.Day, Of: map[id.Unit]document.Decimal{}})
			}
			r := &out[len(out)-1]
			r.Of[s.Unit], r.Total = s.Value, r.Total+s.Value
			units = append(units, s.Unit)
		}
		slices.Reverse(out)
		slices.Sort(units)
		named, err = unitsNamed(v, o.city, slices.Compact(units))
		return err
	})
	return out, named, err
}

// ShareWeights gives by what a share can be parted in proportion: the figures of an
// indicator of the last year, as each unit told them; or, lastYear, what the same indicator
// came to over the months of the goal one year before.
func (o *Office) ShareWeights(ctx context.Context, who Who, which id.Goal, above id.Unit, by id.Indicator, lastYear bool) (out map[id.Unit]document.Decimal, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "fact.read", above); err != nil {
			return err
		}
		g, err := loadGoal(v, o.city, which)
		if err != nil {
			return err
		}
		u, err := loadUnit(v, o.city, above)
		if err != nil {
			return err
		}
		months := fact.Months(yearBefore(o.Today()), o.Today())
		if lastYear {
			by, months = g.Indicator, nil
			for _, m := range fact.Months(g.From, g.To) {
				months = append(months, fact.Month(yearBefore(calendar.Day(m+"-01"))))
			}
		}
		i, err := loadIndicator(v, o.city, by)
		if err != nil {
			return err
		}
		b, err := o.boardBelow(v, i, u, months, TreeOfToday)
		out = map[id.Unit]document.Decimal{}
		for _, r := range b.Rows {
			out[r.Unit.ID] = r.Total.Reported
		}
		return err
	})
	return out, err
}

// yearBefore is the first day of the same month one year before.
func yearBefore(d calendar.Day) calendar.Day {
	year, err := strconv.Atoi(string(d)[:4])
	if err != nil {
		return d
	}
	return calendar.Day(fmt.Sprintf("%04d-%s-01", year-1, string(d)[5:7]))
}

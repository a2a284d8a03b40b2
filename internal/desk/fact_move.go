package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// movingUnits does a change of the tree by which some units stand elsewhere from a day on,
// or no longer stand, and puts the facts of those days under what stands above them then.
// In a city where nothing happened on those days it costs one look.
func movingUnits(tx *db.Tx, city int64, moved []id.Unit, from calendar.Day, change func() error) error {
	before, err := factsMoved(tx, city, moved, from)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	for _, b := range before {
		above, err := loadLineage(tx, city, b.units)
		if err != nil {
			return err
		}
		var now []fact.Placed
		for _, p := range b.stood {
			p.Place, _ = above.place(p.Unit, p.Day)
			now = append(now, p)
		}
		if err := addToMonths(tx, city, b.indicator.ID, b.indicator.Changes(b.stood, now)); err != nil {
			return err
		}
	}
	return nil
}

// movedFacts are the claims of an indicator that a change of the tree may put elsewhere,
// with the others of their groups, where they stood before it.
type movedFacts struct {
	indicator fact.Indicator
	units     []id.Unit
	stood     []fact.Placed
}

func factsMoved(tx *db.Tx, city int64, moved []id.Unit, from calendar.Day) (out []movedFacts, err error) {
	indicators, err := indicatorsSince(tx, city, fact.Month(from))
	if err != nil || len(indicators) == 0 || len(moved) == 0 {
		return nil, err
	}
	// Of whoever tells for itself or for a village, what stands right above decides: those
	// farther below stay where they are.
	below, err := everBelow(tx, city, moved)
	if err != nil {
		return nil, err
	}
	which := slices.Concat(moved, below)
	slices.Sort(which)
	telling, err := unitsTelling(tx, city, slices.Compact(which), fact.Month(from))
	if err != nil {
		return nil, err
	}
	for _, i := range indicators {
		if len(telling[i.ID]) == 0 {
			continue
		}
		some, err := claimsOf(tx, city, i.ID, telling[i.ID], from, lastOfDays)
		if err != nil {
			return nil, err
		}
		beside, err := besideFacts(tx, city, i, some)
		if err != nil {
			return nil, err
		}
		m := movedFacts{indicator: i}
		all := beside(some)
		for _, f := range all {
			m.units = append(m.units, f.Unit)
		}
		slices.Sort(m.units)
		m.units = slices.Compact(m.units)
		above, err := loadLineage(tx, city, m.units)
		if err != nil {
			return nil, err
		}
		m.stood = above.placed(all)
		out = append(out, m)
	}
	return out, nil
}

const lastOfDays calendar.Day = "9999-12-31"

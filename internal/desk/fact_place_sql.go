package desk

import (
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

var versionsOf = statements("SELECT "+unitPastColumns+" FROM unit_past WHERE city_id = $1 AND unit_id IN ($2) UNION ALL SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND id IN ($2) ORDER BY 1, 6", 2)

// lineage are the versions of some units and of all that ever stood above them.
type lineage map[id.Unit][]org.Unit

// loadLineage reads level by level: a statement for each, however many units there are.
func loadLineage(q db.Querier, city int64, units []id.Unit) (lineage, error) {
	all := lineage{}
	for next := units; len(next) > 0; {
		found := map[id.Unit]bool{}
		for some := range slices.Chunk(next, factsAtOnce) {
			n, args := these([]any{city}, some)
			versions, err := db.Rows(q, scanUnit, versionsOf[n], args...)
			if err != nil {
				return nil, err
			}
			for _, u := range versions {
				all[u.ID] = append(all[u.ID], u)
				if u.Parent != 0 {
					found[u.Parent] = true
				}
			}
		}
		for u := range all {
			delete(found, u)
		}
		next = slices.Sorted(maps.Keys(found))
	}
	return all, nil
}

// unitsWithPast gives the units that were not always as they are.
func unitsWithPast(q db.Querier, city int64) ([]id.Unit, error) {
	return db.Rows(q, db.Value[id.Unit], "SELECT DISTINCT unit_id FROM unit_past WHERE city_id = $1 ORDER BY unit_id", city)
}

// on gives a unit as it was on a day. Before the first day that is known of it, it was as it
// was then: what happened before a city began to keep its tree stands somewhere too.
func (a lineage) on(u id.Unit, day calendar.Day) (org.Unit, bool) {
	for k, v := range a[u] {
		if v.On(day) || k == 0 && day < v.From {
			return v, true
		}
	}
	return org.Unit{}, false
}

// place gives where in the tree of that day a unit stood.
func (a lineage) place(u id.Unit, day calendar.Day) (p fact.Place, there bool) {
	own, there := a.on(u, day)
	if !there {
		return fact.Place{Upper: u, Row: a.topRow(u, day)}, false
	}
	upper := own
	if own.Level == org.Village {
		if above, ok := a.on(own.Parent, day); ok {
			upper = above
		}
	}
	return fact.Place{Upper: upper.ID, UpperAbove: upper.Parent, Row: a.topRow(u, day)}, true
}

// below reports whether a unit stood below another on a day, or is that unit.
func (a lineage) below(u, top id.Unit, day calendar.Day) bool {
	for u != 0 {
		if u == top {
			return true
		}
		v, there := a.on(u, day)
		if !there {
			return false
		}
		u = v.Parent
	}
	return false
}

// placed puts facts where they stood.
func (a lineage) placed(all []fact.Fact) []fact.Placed {
	out := make([]fact.Placed, len(all))
	for k, f := range all {
		out[k].Fact = f
		out[k].Place, _ = a.place(f.Unit, f.Day)
	}
	return out
}

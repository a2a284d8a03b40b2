package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// FactFairness tells how evenly an indicator came to the villages that stand today.
// What came to villages that were merged or renamed since is with those that go on with them.
type FactFairness struct {
	fact.Fairness
	LeastNamed []org.Unit                 // some of those where least came
	ByCounty   map[id.Unit]CountyVillages // by the county or other unit right below the city
	People     fact.Indicator             // by which villages are compared per head; 0 where nobody counts them
	QuietFrom  calendar.Day               // the first of the days in which a quiet village told nothing
}

// CountyVillages counts the villages of a county.
type CountyVillages struct{ Villages, Silent int }

// mostLeast is how many of the villages where least came are named.
const mostLeast = 5

// Fairness tells how evenly an indicator came to villages over some months.
func (o *Office) Fairness(ctx context.Context, who Who, which id.Indicator, months []string) (out FactFairness, err error) {
	if !who.May("fact.read") {
		return out, MayNot("fact.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := listIndicators(v, o.city)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(i fact.Indicator) bool { return i.ID == which })
		if at < 0 {
			return ErrMissing
		}
		out, err = readFairness(v, o.city, o.leaves, all[at], months, all, o.Today())
		return err
	})
	return out, err
}

// peopleOf finds the indicator of people by which another is divided in some rate.
func peopleOf(i id.Indicator, all []fact.Indicator) fact.Indicator {
	for _, rate := range all {
		if rate.Numerator != i {
			continue
		}
		for _, d := range all {
			if d.ID == rate.Divisor && d.Aggregation == fact.Snapshot {
				return d
			}
		}
	}
	return fact.Indicator{}
}

// readFairness reads it, and keeps it and what it is made of where kept is not nil.
func readFairness(q db.Querier, city int64, kept *keptLeaves, i fact.Indicator, months []string, all []fact.Indicator, today calendar.Day) (out FactFairness, err error) {
	if i.Rate() || len(months) == 0 {
		return out, nil
	}
	var from fairFrom
	if from.leaves, err = kept.totals(q, city, i, months); err != nil || len(from.leaves) == 0 {
		return out, err
	}
	if from.villages, err = kept.villagesNow(q, city); err != nil {
		return out, err
	}
	people := peopleOf(i.ID, all)
	if people.ID != 0 {
		if from.heads, err = kept.totals(q, city, people, []string{"", fact.Month(today)}); err != nil {
			return out, err
		}
	}
	key := fairKey{leavesKeyOf(i, months), people.ID, today}
	if out, known := kept.fairness(key, from); known {
		return out, nil
	}
	if from.lately, err = kept.toldSince(q, city, i.ID, key.of, from.leaves, fact.QuietSince(today)); err != nil {
		return out, err
	}
	if out, err = fairnessOf(q, city, i, people, from, today); err != nil {
		return out, err
	}
	kept.keepFairness(key, from, out)
	return out, nil
}

// fairFrom is what fairness is made of, beside the facts of the days that are looked at
// singly: where any is told, what its unit told is another list.
type fairFrom struct {
	leaves   []leafTotal
	villages []villageNow
	heads    []leafTotal
	lately   map[id.Unit]bool
}

func fairnessOf(q db.Querier, city int64, i, people fact.Indicator, from fairFrom, today calendar.Day) (out FactFairness, err error) {
	out.People, out.QuietFrom = people, fact.QuietSince(today)
	portions := make([]fact.Portion, len(from.villages))
	at := make(map[id.Unit]int, len(from.villages))
	for k, u := range from.villages {
		portions[k] = fact.Portion{Unit: u.ID, Settlement: fact.SettlementOf(u.Name)}
		at[u.ID] = k
	}
	present, err := presentVillages(q, city, from.leaves, at, today)
	if err != nil {
		return out, err
	}
	for _, l := range from.leaves {
		u, gone := present[l.unit]
		if !gone {
			u = l.unit
		}
		k, is := at[u]
		if !is {
			continue // a direct unit, or a village with which nobody goes on
		}
		p := &portions[k]
		p.Told, p.Lately = true, p.Lately || l.month > fact.Month(out.QuietFrom) || from.lately[l.unit]
		if i.Aggregation == fact.Once {
			p.Quantity = max(p.Quantity, l.quantity)
		} else {
			p.Quantity += l.quantity
		}
	}
	for _, l := range from.heads {
		if k, is := at[l.unit]; is {
			portions[k].Heads = people.Heads(l.quantity)
		}
	}
	if out.Fairness = fact.FairnessOf(portions); out.Told() == 0 {
		return FactFairness{}, nil // it is nothing that villages report
	}
	out.ByCounty = map[id.Unit]CountyVillages{}
	for k, u := range from.villages {
		c := out.ByCounty[u.county]
		c.Villages++
		if !portions[k].Told {
			c.Silent++
		}
		out.ByCounty[u.county] = c
	}
	named, err := unitsNamed(q, city, out.LeastIn[:min(mostLeast, len(out.LeastIn))])
	for _, u := range out.LeastIn[:min(mostLeast, len(out.LeastIn))] {
		out.LeastNamed = append(out.LeastNamed, named[u])
	}
	return out, err
}

// leafTotal is what one unit reported over some months.
type leafTotal struct {
	unit     id.Unit
	quantity document.Decimal
	month    string // the last of which it reported anything
}

// leafTotals gives the units that reported anything of some months.
func leafTotals(q db.Querier, city int64, i fact.Indicator, months []string) ([]leafTotal, error) {
	switch i.Aggregation {
	case fact.Sum:
		return leafSums(q, city, i.ID, months)
	case fact.Once:
		return leafOnce(q, city, i.ID, months)
	case fact.Distinct:
		return leafSubjects(q, city, i.ID, months)
	}
	cells, err := monthCells(q, city, i.ID, fact.Leaf, append([]string{""}, months...))
	return leavesOfCells(i, cells), err
}

// leafTotalsOf gives those of some units, in order of their numbers.
func leafTotalsOf(q db.Querier, city int64, i fact.Indicator, units []id.Unit, months []string) (out []leafTotal, err error) {
	if i.Aggregation == fact.Distinct {
		out, err = leafSubjectsOf(q, city, i.ID, units, months)
	} else {
		if i.Aggregation == fact.Snapshot {
			months = append([]string{""}, months...)
		}
		var cells []cellOf
		cells, err = monthCellsOf(q, city, i.ID, fact.Leaf, units, months)
		out = leavesOfCells(i, cells)
	}
	slices.SortFunc(out, func(a, b leafTotal) int { return cmp.Compare(a.unit, b.unit) })
	return out, err
}

// leavesOfCells adds up the months of each unit, which come in order.
func leavesOfCells(i fact.Indicator, cells []cellOf) (out []leafTotal) {
	at := map[id.Unit]int{}
	for _, c := range cells {
		if c.Facts == 0 {
			continue
		}
		k, known := at[c.unit]
		if !known {
			k = len(out)
			at[c.unit] = k
			out = append(out, leafTotal{unit: c.unit})
		}
		l := &out[k]
		switch l.month = c.month; i.Aggregation {
		case fact.Sum:
			l.quantity += c.Reported
		case fact.Once:
			l.quantity = max(l.quantity, c.Reported)
		default:
			l.quantity = c.Reported
		}
	}
	return out
}

// toldSince tells which of the units whose last month is that of a day reported anything
// that was on the day or later: of these the facts themselves are asked for, where that was
// not done yet.
func (k *keptLeaves) toldSince(q db.Querier, city int64, i id.Indicator, key leavesKey, leaves []leafTotal, day calendar.Day) (map[id.Unit]bool, error) {
	looked := k.looked(key, leaves, day)
	var unsure []id.Unit
	for _, l := range leaves {
		if _, known := looked[l.unit]; !known && l.month == fact.Month(day) {
			unsure = append(unsure, l.unit)
		}
	}
	if len(unsure) == 0 {
		return looked, nil
	}
	told, err := unitsThatEverTold(q, city, i, unsure, day, monthEnd(fact.Month(day)))
	if err != nil {
		return nil, err
	}
	out := make(map[id.Unit]bool, len(looked)+len(unsure))
	maps.Copy(out, looked)
	for _, u := range unsure {
		_, out[u] = slices.BinarySearch(told, u)
	}
	k.keepLooked(key, leaves, day, out)
	return out, nil
}

// presentVillages tells which village of today goes on with each unit that reported and is
// none itself.
func presentVillages(q db.Querier, city int64, leaves []leafTotal, at map[id.Unit]int, today calendar.Day) (map[id.Unit]id.Unit, error) {
	out := map[id.Unit]id.Unit{}
	var gone []id.Unit
	for _, l := range leaves {
		if _, stands := at[l.unit]; !stands {
			gone = append(gone, l.unit)
		}
	}
	if len(gone) == 0 {
		return out, nil
	}
	above, err := loadLineage(q, city, gone)
	if err != nil {
		return nil, err
	}
	tree, err := treeNow(q, city, above)
	if err != nil {
		return nil, err
	}
	for _, u := range gone {
		out[u] = tree.Present(u, today)
	}
	return out, nil
}

package desk

import (
	"cmp"
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// movedUnits gives the units whose row in the boards below a unit, or of the whole city,
// was not always the same, or is not that of whoever goes on with them; and all that ever
// stood below those. Only their figures differ by the two trees.
func movedUnits(q db.Querier, city int64, under id.Unit) ([]id.Unit, error) {
	units, err := unitsWithPast(q, city)
	if err != nil {
		return nil, err
	}
	successors, err := allSuccessors(q, city)
	if err != nil {
		return nil, err
	}
	for _, s := range successors {
		units = append(units, s.Unit, s.Successor)
	}
	slices.Sort(units)
	units = slices.Compact(units)
	above, err := loadLineage(q, city, units)
	if err != nil {
		return nil, err
	}
	rows, moved := map[id.Unit]id.Unit{}, map[id.Unit]bool{}
	for _, u := range units {
		for k, day := range above.changes(u) {
			row := above.rowOf(u, under, day)
			moved[u] = moved[u] || k > 0 && rows[u] != row
			rows[u] = row
		}
	}
	for _, s := range successors {
		if rows[s.Unit] != rows[s.Successor] {
			moved[s.Unit], moved[s.Successor] = true, true
		}
	}
	all := map[id.Unit]bool{}
	for _, u := range units {
		if moved[u] && !all[u] {
			below, err := unitsReporting(q, city, u)
			if err != nil {
				return nil, err
			}
			for _, b := range below {
				all[b] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all)), nil
}

// rowOf gives the row of a unit in the boards below another, 0 for none; of the whole city
// where that is none.
func (a lineage) rowOf(u, under id.Unit, day calendar.Day) id.Unit {
	if under == 0 {
		return a.topRow(u, day)
	}
	row, _ := a.rowBelow(u, under, day)
	return row
}

// changes are the days on which a unit, or any that it ever stood below, began or changed.
func (a lineage) changes(u id.Unit) (days []calendar.Day) {
	for _, v := range a[u] {
		days = append(days, v.From)
		if v.Parent != 0 {
			days = append(days, a.changes(v.Parent)...)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// movedPart is what units that moved told, where it stood and where they stand now.
type movedPart struct {
	seq      int64
	cells    []cellOf
	was, is  FactBoard
	subjects map[string]bool // persons and things of which they told
}

// movedPart gives it as it stands. When one of the units told anything it is read anew; of
// persons and things, those alone of whom it was told.
func (k *keptFactBoards) movedPart(q db.Querier, city int64, i fact.Indicator, months []string, moved []id.Unit, key boardKey, seq int64) (movedPart, error) {
	k.Lock()
	part, known := k.parts[key]
	k.Unlock()
	entries, known, err := entriesSince(q, city, part.seq, seq, known)
	if err != nil {
		return part, err
	}
	var told []toldOf
	if known {
		if told, err = toldInEntries(q, city, i.ID, entries); err != nil {
			return part, err
		}
		told = slices.DeleteFunc(told, func(t toldOf) bool {
			_, of := slices.BinarySearch(moved, t.unit)
			return !of && !part.subjects[t.subject]
		})
	}
	named := i.Aggregation == fact.Distinct && !slices.ContainsFunc(told, func(t toldOf) bool { return t.subject == "" })
	switch {
	case known && len(told) == 0:
	case known && named:
		part, err = part.after(q, city, i, months, told, key.day)
	default:
		var cells []cellOf
		if cells, err = cellsToldBy(q, city, i, moved, months); err == nil {
			part, err = newMovedPart(q, city, i, months, cells, key.day)
		}
	}
	if err != nil {
		return part, err
	}
	part.seq = seq
	k.Lock()
	defer k.Unlock()
	if k.seq == seq {
		if len(k.parts) >= mostFactBoards {
			clear(k.parts)
		}
		k.parts[key] = part
	}
	return part, nil
}

// after reads anew the persons and things of whom something was told. Of whom none of the
// units tells any more stands in the same rows by either tree, and makes no difference.
func (p movedPart) after(q db.Querier, city int64, i fact.Indicator, months []string, told []toldOf, today calendar.Day) (movedPart, error) {
	anew := map[string]bool{}
	for _, t := range told {
		anew[t.subject] = true
	}
	about, err := claimsAbout(q, city, i.ID, slices.Sorted(maps.Keys(anew)))
	if err != nil {
		return p, err
	}
	from, to := calendar.Day(months[0]+"-01"), monthEnd(months[len(months)-1])
	cells := make([]cellOf, 0, len(p.cells)+len(about))
	for _, c := range p.cells {
		if !anew[c.subject] {
			cells = append(cells, c)
		}
	}
	for _, f := range about {
		if f.Day >= from && f.Day <= to {
			cells = append(cells, cellOfFact(i, f))
		}
	}
	orderBySubject(cells)
	return newMovedPart(q, city, i, months, cells, today)
}

func newMovedPart(q db.Querier, city int64, i fact.Indicator, months []string, cells []cellOf, today calendar.Day) (part movedPart, err error) {
	part.cells, part.subjects = cells, map[string]bool{}
	for _, c := range cells {
		if c.subject != "" {
			part.subjects[c.subject] = true
		}
	}
	for tree, b := range map[FactTree]*FactBoard{TreeOfTheDay: &part.was, TreeOfToday: &part.is} {
		some := slices.Clone(cells)
		above, err := rowsOfCells(q, city, some, tree, today)
		if err != nil {
			return part, err
		}
		var carry func(map[id.Unit][]cellOf)
		if i.Aggregation == fact.Snapshot && tree == TreeOfTheDay {
			carry = func(rows map[id.Unit][]cellOf) { above.carry(some, months, rows) }
		}
		if *b, err = boardOfCells(q, city, i, some, months, carry); err != nil {
			return part, err
		}
	}
	return part, nil
}

// movedBoard makes of a board of the whole city by the tree of the day that of today: what
// units that moved told is taken from where it stood, and put where they stand.
func movedBoard(b FactBoard, part movedPart) FactBoard {
	rows := map[id.Unit]FactRow{}
	for _, r := range b.Rows {
		rows[r.Unit.ID] = FactRow{r.Unit, r.Total, maps.Clone(r.ByMonth), r.Bases}
	}
	shift := func(part FactBoard, add func(a, b fact.Figure) fact.Figure, sign document.Decimal) {
		for _, r := range part.Rows {
			to, there := rows[r.Unit.ID]
			if !there {
				to = FactRow{Unit: r.Unit, ByMonth: map[string]fact.Figure{}}
			}
			to.Total = add(to.Total, r.Total)
			for m, f := range r.ByMonth {
				to.ByMonth[m] = add(to.ByMonth[m], f)
			}
			to.Bases = shiftBases(to.Bases, r.Bases, sign)
			rows[r.Unit.ID] = to
		}
	}
	shift(part.was, fact.Figure.Minus, -1)
	shift(part.is, fact.Figure.Plus, 1)
	b.Rows = nil
	for _, u := range slices.Sorted(maps.Keys(rows)) {
		r := rows[u]
		maps.DeleteFunc(r.ByMonth, func(_ string, f fact.Figure) bool { return f == fact.Figure{} })
		if len(r.ByMonth) > 0 || r.Total != (fact.Figure{}) {
			b.Rows = append(b.Rows, r)
		}
	}
	orderRows(b.Rows)
	return b
}

// cellsToldBy are the cells of a board as far as some units told them: each fact on its
// day where facts add up, all of a person or thing of which one of the units told.
func cellsToldBy(q db.Querier, city int64, i fact.Indicator, units []id.Unit, months []string) (cells []cellOf, err error) {
	if i.Aggregation == fact.Snapshot || i.Aggregation == fact.Once {
		if i.Aggregation == fact.Snapshot {
			months = append([]string{""}, months...)
		}
		return monthCellsOf(q, city, i.ID, fact.Leaf, units, months)
	}
	if i.Aggregation == fact.Sum {
		return sumsToldBy(q, city, i, units, months)
	}
	from, to := calendar.Day(months[0]+"-01"), monthEnd(months[len(months)-1])
	claims, err := claimsOf(q, city, i.ID, units, from, to)
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	for _, f := range claims {
		switch {
		case !f.Stands():
		case f.Subject != "":
			named[f.Subject] = true
		default: // an opening balance, of one of the units
			cells = append(cells, cellOfFact(i, f))
		}
	}
	about, err := claimsAbout(q, city, i.ID, slices.Sorted(maps.Keys(named)))
	for _, f := range about {
		if f.Day >= from && f.Day <= to {
			cells = append(cells, cellOfFact(i, f))
		}
	}
	orderBySubject(cells)
	return cells, err
}

func orderBySubject(cells []cellOf) {
	slices.SortStableFunc(cells, func(a, b cellOf) int { return cmp.Compare(a.subject, b.subject) })
}

// sumsToldBy are the months of some units, and fact by fact those within which a unit, or
// what it stood below, changed.
func sumsToldBy(q db.Querier, city int64, i fact.Indicator, units []id.Unit, months []string) (cells []cellOf, err error) {
	above, err := loadLineage(q, city, units)
	if err != nil {
		return nil, err
	}
	parted := map[string][]id.Unit{}
	for _, u := range units {
		for _, day := range above.changes(u) {
			if m := fact.Month(day); !slices.Contains(parted[m], u) && slices.Contains(months, m) {
				parted[m] = append(parted[m], u)
			}
		}
	}
	whole, err := monthCellsOf(q, city, i.ID, fact.Leaf, units, months)
	if err != nil {
		return nil, err
	}
	for _, c := range whole {
		if !slices.Contains(parted[c.month], c.unit) {
			cells = append(cells, c)
		}
	}
	for m, some := range parted {
		claims, err := claimsOf(q, city, i.ID, some, calendar.Day(m+"-01"), monthEnd(m))
		if err != nil {
			return nil, err
		}
		for _, f := range claims {
			if f.Stands() {
				cells = append(cells, cellOfFact(i, f))
			}
		}
	}
	return cells, nil
}

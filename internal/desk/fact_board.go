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
	"luoshi/org"
)

// FactTree says by which tree figures are put under units.
type FactTree string

const (
	TreeOfTheDay FactTree = "day"   // where each fact stood on its day
	TreeOfToday  FactTree = "today" // where the unit, or who goes on with it, stands now
)

// FactBoard is what an indicator came to over a span of months, of the whole city and of
// the units right below it and below the bureau. Every total is the same by either tree.
type FactBoard struct {
	Indicator fact.Indicator
	Months    []string
	Total     fact.Figure
	ByMonth   map[string]fact.Figure      // what came in each month; of persons and things who was new, of a snapshot how it stood at its end
	Upto      []fact.Figure               // to what it had come at the end of each of the months
	Bases     map[string]document.Decimal // of a snapshot: what units said first, by the month at whose end they had
	Rows      []FactRow
}

// FactRow is a county or a direct unit of a board.
type FactRow struct {
	Unit    org.Unit
	Total   fact.Figure
	ByMonth map[string]fact.Figure
	Bases   map[string]document.Decimal // of the units that stand here at the end of the board
}

// City is the whole of a board as one row.
func (b FactBoard) City() FactRow {
	return FactRow{Total: b.Total, ByMonth: b.ByMonth, Bases: b.Bases}
}

// Row finds the row of a unit.
func (b FactBoard) Row(u id.Unit) (FactRow, bool) {
	at := slices.IndexFunc(b.Rows, func(r FactRow) bool { return r.Unit.ID == u })
	if at < 0 {
		return FactRow{ByMonth: map[string]fact.Figure{}}, false
	}
	return b.Rows[at], true
}

// cellOf is what one unit told for a month, or one person or thing of it.
type cellOf struct {
	row     id.Unit // under which it is shown
	unit    id.Unit
	subject string
	month   string
	day     calendar.Day // of one claim; empty for what stands for a whole month
	moved   bool         // nothing was told: what a unit said last is from then on under another row
	left    bool         // it moved away from this row
	fact.Figure
}

// readBoard reads a board of the whole city by the tree of the day.
func readBoard(q db.Querier, city int64, i fact.Indicator, months []string) (b FactBoard, err error) {
	if i.Aggregation == fact.Distinct {
		b = FactBoard{Indicator: i, Months: months}
		if known, err := firstBoard(q, city, &b); known || err != nil {
			return b, err
		}
	}
	cells, err := cellsOf(q, city, i, months, TreeOfTheDay)
	if err != nil {
		return b, err
	}
	above, err := rowsOfCells(q, city, cells, TreeOfTheDay, "")
	if err != nil {
		return b, err
	}
	var carry func(map[id.Unit][]cellOf)
	if i.Aggregation == fact.Snapshot {
		carry = func(rows map[id.Unit][]cellOf) { above.carry(cells, months, rows) }
	}
	return boardOfCells(q, city, i, cells, months, carry)
}

// cellsOf reads the summaries that a board is added up from.
func cellsOf(q db.Querier, city int64, i fact.Indicator, months []string, tree FactTree) ([]cellOf, error) {
	switch {
	case i.Aggregation == fact.Distinct:
		return subjectCells(q, city, i.ID, months)
	case i.Aggregation == fact.Sum && tree == TreeOfTheDay:
		return monthCells(q, city, i.ID, fact.Upper, months)
	case i.Aggregation == fact.Snapshot:
		return monthCells(q, city, i.ID, fact.Leaf, append([]string{""}, months...))
	}
	return monthCells(q, city, i.ID, fact.Leaf, months)
}

// boardOfCells adds up cells that stand in their rows; carry takes along what moved from
// one row to another.
func boardOfCells(q db.Querier, city int64, i fact.Indicator, cells []cellOf, months []string, carry func(map[id.Unit][]cellOf)) (b FactBoard, err error) {
	b = FactBoard{Indicator: i, Months: months}
	rows := map[id.Unit][]cellOf{}
	for _, c := range cells {
		rows[c.row] = append(rows[c.row], c)
	}
	if carry != nil {
		carry(rows)
	}
	b.Total, b.ByMonth = added(i, cells, months)
	b.Upto = comeTo(i, cells, months, b.ByMonth)
	var first map[id.Unit]fact.Base
	if i.Aggregation == fact.Snapshot {
		first = saidFirst(cells, months)
		b.Bases = basesOf(first, cells)
	}
	for _, u := range slices.Sorted(maps.Keys(rows)) {
		r := FactRow{Unit: org.Unit{ID: u}}
		r.Total, r.ByMonth = added(i, rows[u], months)
		if i.Aggregation == fact.Snapshot {
			r.Bases = basesOf(first, rows[u])
		}
		b.Rows = append(b.Rows, r)
	}
	return b, b.nameRows(q, city)
}

// firstBoard makes a board of persons and things of the months in which each was told of
// first. It knows nothing where any was told of before the first month of the board.
func firstBoard(q db.Querier, city int64, b *FactBoard) (known bool, err error) {
	cells, err := monthCells(q, city, b.Indicator.ID, fact.First, append([]string{""}, b.Months...))
	if err != nil || slices.ContainsFunc(cells, func(c cellOf) bool { return c.month < b.Months[0] && c.Figure != fact.Figure{} }) {
		return false, err
	}
	opening, err := openingCells(q, city, b.Indicator.ID, b.Months)
	if err != nil {
		return false, err
	}
	if _, err := rowsOfCells(q, city, opening, TreeOfTheDay, ""); err != nil {
		return false, err
	}
	rows := map[id.Unit]FactRow{}
	for _, c := range cells {
		rows[c.unit] = rows[c.unit].plus(c)
	}
	for _, c := range opening {
		rows[0], rows[c.row] = rows[0].plus(c), rows[c.row].plus(c)
	}
	b.Total, b.ByMonth = rows[0].Total, rows[0].ByMonth
	if b.ByMonth == nil {
		b.ByMonth = map[string]fact.Figure{}
	}
	b.Upto = comeTo(b.Indicator, nil, b.Months, b.ByMonth)
	delete(rows, 0)
	for _, u := range slices.Sorted(maps.Keys(rows)) {
		r := rows[u]
		r.Unit.ID = u
		b.Rows = append(b.Rows, r)
	}
	return true, b.nameRows(q, city)
}

func (r FactRow) plus(c cellOf) FactRow {
	if r.ByMonth == nil {
		r.ByMonth = map[string]fact.Figure{}
	}
	r.Total = r.Total.Plus(c.Figure)
	r.ByMonth[c.month] = r.ByMonth[c.month].Plus(c.Figure)
	return r
}

// nameRows reads the units of the rows and puts these in order.
func (b *FactBoard) nameRows(q db.Querier, city int64) error {
	units := make([]id.Unit, len(b.Rows))
	for k, r := range b.Rows {
		units[k] = r.Unit.ID
	}
	named, err := unitsNamed(q, city, units)
	if err != nil {
		return err
	}
	for k := range b.Rows {
		b.Rows[k].Unit = named[b.Rows[k].Unit.ID]
	}
	orderRows(b.Rows)
	return nil
}

func orderRows(rows []FactRow) {
	slices.SortStableFunc(rows, func(x, y FactRow) int {
		return cmp.Or(cmp.Compare(slices.Index(shareOrder, x.Unit.Level), slices.Index(shareOrder, y.Unit.Level)), cmp.Compare(x.Unit.Code, y.Unit.Code), cmp.Compare(x.Unit.ID, y.Unit.ID))
	})
}

// added brings the cells of one row to one figure, and one for each month.
func added(i fact.Indicator, cells []cellOf, months []string) (total fact.Figure, byMonth map[string]fact.Figure) {
	byMonth = map[string]fact.Figure{}
	one := document.Whole(1)
	switch i.Aggregation {
	case fact.Sum:
		for _, c := range cells {
			total = total.Plus(c.Figure)
			byMonth[c.month] = byMonth[c.month].Plus(c.Figure)
		}
	case fact.Distinct: // each once in all, and in the month in which it was told of first
		for k := 0; k < len(cells); {
			end := k + 1 // what names nobody stands for itself
			for cells[k].subject != "" && end < len(cells) && cells[end].subject == cells[k].subject {
				end++
			}
			var f fact.Figure
			reported, counted := "", ""
			for _, c := range cells[k:end] {
				if reported == "" || c.month < reported {
					reported = c.month
				}
				if c.Checked > 0 && (counted == "" || c.month < counted) {
					counted = c.month
				}
			}
			f = fact.Figure{Reported: cells[k].Reported, Facts: 1}
			byMonth[reported] = byMonth[reported].Plus(f)
			total = total.Plus(f)
			if counted != "" {
				f = fact.Figure{Counted: cells[k].Reported, Checked: 1}
				byMonth[counted] = byMonth[counted].Plus(f)
				total = total.Plus(f)
			}
			k = end
		}
	case fact.Once: // each unit once in all, and once in each month
		type key struct {
			unit  id.Unit
			month string
		}
		seen := map[key]fact.Figure{}
		for _, c := range cells {
			for _, m := range []string{"", c.month} {
				k := key{c.unit, m}
				was := seen[k]
				is := fact.Figure{Reported: max(was.Reported, min(one, c.Reported)), Counted: max(was.Counted, min(one, c.Counted)), Facts: was.Facts + c.Facts, Checked: was.Checked + c.Checked}
				seen[k] = is
				if m == "" {
					total = total.Plus(is.Minus(was))
				} else {
					byMonth[m] = byMonth[m].Plus(is.Minus(was))
				}
			}
		}
	case fact.Snapshot: // what each unit said last up to the end of a month
		last := map[id.Unit]fact.Figure{}
		at := 0
		slices.SortStableFunc(cells, func(a, b cellOf) int { return cmp.Compare(a.month, b.month) })
		for _, m := range months {
			var told fact.Figure
			for ; at < len(cells) && cells[at].month <= m; at++ {
				c := cells[at]
				if c.moved {
					last[c.unit] = c.Figure
					continue
				}
				is := last[c.unit]
				is.Reported = c.Reported
				if c.Checked > 0 {
					is.Counted = c.Counted
				}
				last[c.unit] = is
				if c.month == m {
					told.Facts, told.Checked = told.Facts+c.Facts, told.Checked+c.Checked
				}
			}
			var sum fact.Figure
			for _, f := range last {
				sum = sum.Plus(f)
			}
			sum.Facts, sum.Checked = told.Facts, told.Checked
			byMonth[m] = sum
			total = fact.Figure{Reported: sum.Reported, Counted: sum.Counted, Facts: total.Facts + told.Facts, Checked: total.Checked + told.Checked}
		}
	}
	return total, byMonth
}

// factTotal gives what an indicator came to over some months in the whole city, from as few
// rows as can be.
func factTotal(q db.Querier, city int64, i fact.Indicator, months []string, kept *keptFactBoards, today calendar.Day) (fact.Figure, error) {
	switch i.Aggregation {
	case fact.Sum:
		return sumOfMonths(q, city, i.ID, fact.Upper, months[0], months[len(months)-1])
	case fact.Distinct:
		// What is new of each month adds up, where nothing was told of before.
		b := FactBoard{Indicator: i, Months: months}
		if known, err := firstBoard(q, city, &b); known || err != nil {
			return b.Total, err
		}
	}
	b, err := kept.board(q, city, i, months, TreeOfTheDay, today)
	return b.Total, err
}

// lineageOfCells reads where the units of cells stood, and the tree as it is where it is asked.
func lineageOfCells(q db.Querier, city int64, cells []cellOf, tree FactTree) (above lineage, now *org.Tree, err error) {
	units := map[id.Unit]bool{}
	for _, c := range cells {
		units[c.unit] = true
	}
	if above, err = loadLineage(q, city, slices.Sorted(maps.Keys(units))); err != nil {
		return nil, nil, err
	}
	if tree == TreeOfToday {
		now, err = treeNow(q, city, above)
	}
	return above, now, err
}

// rowsOfCells puts cells under counties and direct units.
func rowsOfCells(q db.Querier, city int64, cells []cellOf, tree FactTree, today calendar.Day) (lineage, error) {
	above, now, err := lineageOfCells(q, city, cells, tree)
	if err != nil {
		return nil, err
	}
	for k := range cells {
		c := &cells[k]
		switch {
		case tree == TreeOfToday:
			u := now.Present(c.unit, today)
			if u == 0 { // nobody went on with it: it stays where it stood last
				u = c.unit
			}
			c.row = above.topRow(u, today)
		case c.row != 0 && above.level(c.unit) == org.Township: // its summary says itself what stood above it on the day
			c.row = above.topRow(c.row, monthEnd(c.month))
		case c.day != "":
			c.row = above.topRow(c.unit, c.day)
		default:
			c.row = above.topRow(c.unit, monthEnd(c.month))
		}
	}
	return above, nil
}

// topRow gives the county, direct unit or division of a unit; the last that it stood under
// where it was there no longer.
func (a lineage) topRow(u id.Unit, day calendar.Day) id.Unit {
	for u != 0 {
		v, there := a.onOrBefore(u, day)
		if !there {
			return u
		}
		if v.Level != org.Village && v.Level != org.Township || v.Parent == 0 {
			return u
		}
		u = v.Parent
	}
	return u
}

// treeNow is the tree in which whoever goes on with a unit can be found. What it needs is
// added to above.
func treeNow(q db.Querier, city int64, above lineage) (*org.Tree, error) {
	successors, err := allSuccessors(q, city)
	if err != nil {
		return nil, err
	}
	var more []id.Unit
	for _, s := range successors {
		if above[s.Successor] == nil {
			more = append(more, s.Successor)
		}
	}
	slices.Sort(more)
	found, err := loadLineage(q, city, slices.Compact(more))
	if err != nil {
		return nil, err
	}
	maps.Copy(above, found)
	var versions []org.Unit
	for _, u := range slices.Sorted(maps.Keys(above)) {
		versions = append(versions, above[u]...)
	}
	return org.NewTree(versions, successors), nil
}

func monthEnd(m string) calendar.Day { return calendar.Day(fact.NextMonth(m) + "-01").AddDays(-1) }

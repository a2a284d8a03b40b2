package desk

import (
	"cmp"
	"maps"
	"slices"
	"sync"

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
	ByMonth   map[string]fact.Figure // what came in each month; of a snapshot how it stood at its end
	Upto      []fact.Figure          // to what it had come at the end of each of the months
	Rows      []FactRow
}

// FactRow is a county or a direct unit of a board.
type FactRow struct {
	Unit    org.Unit
	Total   fact.Figure
	ByMonth map[string]fact.Figure
}

// Row finds the row of a unit.
func (b FactBoard) Row(u id.Unit) (FactRow, bool) {
	at := slices.IndexFunc(b.Rows, func(r FactRow) bool { return r.Unit.ID == u })
	if at < 0 {
		return FactRow{ByMonth: map[string]fact.Figure{}}, false
	}
	return b.Rows[at], true
}

// boardKey is what a board that is kept is of.
type boardKey struct {
	indicator id.Indicator
	under     id.Unit // of the units right below this one; 0 for the whole city
	from, to  string
	tree      FactTree
	day       calendar.Day
}

// keptFactBoards are boards as they stood after one entry of the ledger. Nobody may change
// what is in them.
type keptFactBoards struct {
	sync.Mutex
	entries int64
	of      map[boardKey]FactBoard
}

func newKeptFactBoards() *keptFactBoards { return &keptFactBoards{of: map[boardKey]FactBoard{}} }

// board gives a board, worked out anew where anything was entered since it was last.
func (k *keptFactBoards) board(q db.Querier, city int64, i fact.Indicator, months []string, tree FactTree, today calendar.Day) (FactBoard, error) {
	return k.boardUnder(q, city, i, org.Unit{}, months, tree, today)
}

// boardUnder gives the board of a unit and of those right below it; of the whole city where
// the unit is none.
func (k *keptFactBoards) boardUnder(q db.Querier, city int64, i fact.Indicator, under org.Unit, months []string, tree FactTree, today calendar.Day) (FactBoard, error) {
	if len(months) == 0 {
		return FactBoard{Indicator: i, ByMonth: map[string]fact.Figure{}}, nil
	}
	if i.Rate() {
		return k.rateBoard(q, city, i, under, months, tree, today)
	}
	entries, err := db.Size(q, city)
	if err != nil {
		return FactBoard{}, err
	}
	key := boardKey{i.ID, under.ID, months[0], months[len(months)-1], tree, today}
	k.Lock()
	if k.entries != entries {
		k.entries, k.of = entries, map[boardKey]FactBoard{}
	}
	b, known := k.of[key]
	k.Unlock()
	if known {
		return b, nil
	}
	if under.ID == 0 {
		b, err = readBoard(q, city, i, months, tree, today)
	} else {
		b, err = readBelow(q, city, i, under, months, tree, today)
	}
	if err != nil {
		return b, err
	}
	k.Lock()
	defer k.Unlock()
	if k.entries == entries {
		k.of[key] = b
	}
	return b, nil
}

// cellOf is what one unit told for a month, or one person or thing of it.
type cellOf struct {
	row     id.Unit // under which it is shown
	unit    id.Unit
	subject string
	month   string
	fact.Figure
}

func readBoard(q db.Querier, city int64, i fact.Indicator, months []string, tree FactTree, today calendar.Day) (b FactBoard, err error) {
	cells, err := cellsOf(q, city, i, months, tree)
	if err != nil {
		return b, err
	}
	if err := rowsOfCells(q, city, cells, tree, today); err != nil {
		return b, err
	}
	return boardOfCells(q, city, i, cells, months)
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

// boardOfCells adds up cells that stand in their rows.
func boardOfCells(q db.Querier, city int64, i fact.Indicator, cells []cellOf, months []string) (b FactBoard, err error) {
	b = FactBoard{Indicator: i, Months: months}
	rows := map[id.Unit][]cellOf{}
	for _, c := range cells {
		rows[c.row] = append(rows[c.row], c)
	}
	b.Total, b.ByMonth = added(i, cells, months)
	b.Upto = comeTo(i, cells, months, b.ByMonth)
	units := slices.Sorted(maps.Keys(rows))
	named, err := unitsNamed(q, city, units)
	if err != nil {
		return b, err
	}
	for _, u := range units {
		r := FactRow{Unit: named[u]}
		r.Total, r.ByMonth = added(i, rows[u], months)
		b.Rows = append(b.Rows, r)
	}
	slices.SortStableFunc(b.Rows, func(x, y FactRow) int {
		return cmp.Or(cmp.Compare(slices.Index(shareOrder, x.Unit.Level), slices.Index(shareOrder, y.Unit.Level)), cmp.Compare(x.Unit.Code, y.Unit.Code), cmp.Compare(x.Unit.ID, y.Unit.ID))
	})
	return b, nil
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
	case fact.Distinct, fact.Once: // each once in all, and once in each month
		type key struct {
			unit    id.Unit
			subject string
			month   string
		}
		seen := map[key]fact.Figure{}
		for _, c := range cells {
			k := key{subject: c.subject}
			if c.subject == "" {
				k.unit = c.unit
			}
			if i.Aggregation == fact.Distinct && c.subject == "" { // 期初累计 names nobody
				total = total.Plus(c.Figure)
				byMonth[c.month] = byMonth[c.month].Plus(c.Figure)
				continue
			}
			for _, m := range []string{"", c.month} {
				k.month = m
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
func rowsOfCells(q db.Querier, city int64, cells []cellOf, tree FactTree, today calendar.Day) error {
	above, now, err := lineageOfCells(q, city, cells, tree)
	if err != nil {
		return err
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
		case c.row == 0: // a summary of a township says itself what stood above it on the day
			c.row = above.topRow(c.unit, monthEnd(c.month))
		default:
			c.row = above.topRow(c.row, monthEnd(c.month))
		}
	}
	return nil
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

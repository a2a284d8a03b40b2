package plan

import (
	"sort"

	"luoshi/document"
)

// cellNote says what a cell of a task table holds and for which items: several
// where it was merged over their rows.
type cellNote struct {
	from, to int // in the view
	column   Column
	items    []int // indexes in reader.items
}

// noteCells notes the cells of a task that was made the item with that ordinal.
func (r *reader) noteCells(t tableTask, columns Columns, ordinal int) {
	if t.group {
		return
	}
	for _, row := range t.rows {
		for c, cell := range row {
			if c >= len(columns) || columns[c] == NoColumn || columns[c] == NumberColumn || columns[c] == GroupColumn || cell.Empty() {
				continue
			}
			from, to := r.view.Find(cell.Place)
			r.noteCell(cellNote{from, to, columns[c], []int{ordinal - 1}})
		}
	}
}

func (r *reader) noteCell(n cellNote) {
	k := sort.Search(len(r.cells), func(k int) bool { return r.cells[k].from >= n.from })
	if k < len(r.cells) && r.cells[k].from == n.from {
		if last := r.cells[k].items[len(r.cells[k].items)-1]; last != n.items[0] {
			r.cells[k].items = append(r.cells[k].items, n.items[0])
		}
		return
	}
	r.cells = append(r.cells, cellNote{})
	copy(r.cells[k+1:], r.cells[k:])
	r.cells[k] = n
}

// cellAt is the noted cell that holds i, or nil.
func (r *reader) cellAt(i int) *cellNote {
	k := sort.Search(len(r.cells), func(k int) bool { return r.cells[k].to > i })
	if k < len(r.cells) && r.cells[k].from <= i {
		return &r.cells[k]
	}
	return nil
}

// dueInCell tells whether a date in a table is a due time: each one under 时限,
// elsewhere where words of time say so.
func (r *reader) dueInCell(k int) bool {
	d := r.dates[k]
	cell := r.cellAt(d.From)
	switch {
	case cell == nil || d.Open:
		return false
	case cell.column == DueColumn:
		return d.Edge != document.Since && !d.Relative || d.Relative && d.Shift >= 0
	case cell.column == TaskColumn || cell.column == MeasureColumn || cell.column == TargetColumn:
		return !r.past(d) && (d.Edge == document.Before || d.Edge == document.Until || d.Edge == document.Within || d.End || r.ends(d.From, "到", "至", "于"))
	}
	return false
}

// countsInCell tells whether a quantity in a table may be a target, and whether
// the column says that it is one.
func (r *reader) countsInCell(i int) (may, must bool) {
	cell := r.cellAt(i)
	if cell == nil {
		return false, false
	}
	return cell.column == TaskColumn || cell.column == MeasureColumn || cell.column == TargetColumn, cell.column == TargetColumn
}

// cellParties reads the columns of units and persons.
func (r *reader) cellParties() {
	for _, c := range r.cells {
		role := document.Responsible
		switch c.column {
		case LeadColumn:
			role = document.Lead
		case CooperatingColumn:
			role = document.Cooperating
		case ResponsibleColumn, PersonColumn:
		default:
			continue
		}
		for _, g := range r.view.Parties(c.from, c.to, role) {
			for _, item := range c.items {
				p := ReadParties{Role: string(g.Role), Span: r.view.Span(c.from, c.to), Units: g.Units}
				p.Item, p.Node = r.item(item)
				p.Doubts.settle()
				r.out.Responsible = append(r.out.Responsible, p)
			}
		}
	}
}

// listCells gives what the columns of task tables say of their items.
func (r *reader) listCells() {
	for _, c := range r.cells {
		for _, item := range c.items {
			r.out.Cells = append(r.out.Cells, ReadCell{r.items[item].Ordinal, c.column, r.view.Span(c.from, c.to)})
		}
	}
}

// nameCells gives each value that stands in a table the name of its cell.
func (r *reader) nameCells(tables []document.Table) {
	type placed struct {
		cell document.Cell
		name *CellName
	}
	var all []placed
	for _, t := range tables {
		for _, c := range t.Cells() {
			all = append(all, placed{c, &CellName{t.Sheet, c.Row, c.Column}})
		}
	}
	name := func(s document.Span) *CellName {
		k := sort.Search(len(all), func(k int) bool { return all[k].cell.Place.End > s.Start() })
		if k < len(all) && all[k].cell.Place.Start <= s.Start() {
			return all[k].name
		}
		return nil
	}
	for i := range r.out.Targets {
		r.out.Targets[i].Cell = name(r.out.Targets[i].Span)
	}
	for i := range r.out.Deadlines {
		r.out.Deadlines[i].Cell = name(r.out.Deadlines[i].Span)
	}
	for i := range r.out.Recurring {
		r.out.Recurring[i].Cell = name(r.out.Recurring[i].Span)
	}
	for i := range r.out.Responsible {
		r.out.Responsible[i].Cell = name(r.out.Responsible[i].Span)
	}
}

// findRowDues finds for each item of a table the due times under 时限, in the order
// of the text.
func (r *reader) findRowDues() {
	r.rowDues = map[int][]*due{}
	for k := range r.dues {
		if cell := r.cellAt(r.dues[k].from); cell != nil && cell.column == DueColumn {
			for _, item := range cell.items {
				r.rowDues[item] = append(r.rowDues[item], &r.dues[k])
			}
		}
	}
}

// rowDue is the due time of what stands at i in a table: that of its row, which is
// the next of its item, or else the item's last.
func (r *reader) rowDue(i int) *due {
	cell := r.cellAt(i)
	if cell == nil {
		return nil
	}
	var u *due
	for _, u = range r.rowDues[cell.items[0]] {
		if u.from >= i {
			return u
		}
	}
	return u
}

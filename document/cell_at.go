package document

import "sort"

// Cells finds the cell that a place in the text stands in.
type Cells struct {
	cells  []Cell
	tables []int // the index of the table of each
}

// NewCells looks through the tables of a file once.
func NewCells(tables []Table) Cells {
	var out Cells
	for i, t := range tables {
		for _, c := range t.Cells() {
			out.cells, out.tables = append(out.cells, c), append(out.tables, i)
		}
	}
	return out
}

// At gives the cell that holds a rune of the text, and the index of its table.
func (c Cells) At(rune int) (table int, cell Cell, ok bool) {
	k := sort.Search(len(c.cells), func(k int) bool { return c.cells[k].Place.End > rune })
	if k == len(c.cells) || c.cells[k].Place.Start > rune {
		return 0, Cell{}, false
	}
	return c.tables[k], c.cells[k], true
}

// Letters name a column as spreadsheets do: A, B … Z, AA.
func (c Cell) Letters() string {
	var out string
	for n := c.Column; n > 0; n = (n - 1) / 26 {
		out = string(rune('A'+(n-1)%26)) + out
	}
	return out
}

package document

import (
	"slices"
	"strings"
)

// textTables finds the tables in a text, which stays as it is: rows that were
// pasted from a spreadsheet, with a tab between cells, and tables of Markdown.
func textTables(text string) ([]Table, error) {
	if !strings.ContainsAny(text, "\t|") {
		return nil, nil
	}
	r := []rune(text)
	var tables []Table
	cells := 0
	for i := 0; i < len(r); {
		t, next := pipeTable(r, i)
		if t.Rows == nil && next == i {
			t, next = pastedTable(r, i)
		}
		if i = next; t.Rows == nil {
			continue
		}
		if cells += t.size(); cells > mostCells {
			return nil, ErrTableTooLarge
		}
		tables = append(tables, t.full())
	}
	return tables, nil
}

// separatedTable reads a CSV or TSV file as one table (RFC 4180).
func separatedTable(text string) ([]Table, error) {
	r := []rune(text)
	mark := separatorOf(r)
	var t Table
	cells := 0
	for i := 0; i < len(r); {
		row, next := separatedRow(r, i, mark, len(t.Rows)+1)
		if cells += len(row); cells > mostCells {
			return nil, ErrTableTooLarge
		}
		t.Rows = append(t.Rows, row)
		i = next
	}
	for len(t.Rows) > 0 && !slices.ContainsFunc(t.Rows[len(t.Rows)-1], Cell.worded) {
		t.Rows = t.Rows[:len(t.Rows)-1]
	}
	width := 0
	for _, row := range t.Rows {
		for i, c := range row {
			if c.worded() {
				width = max(width, i+1)
			}
		}
	}
	if width < 2 {
		return nil, nil
	}
	if width*len(t.Rows) > mostCells {
		return nil, ErrTableTooLarge
	}
	for i, row := range t.Rows {
		t.Rows[i] = row[:min(len(row), width)]
	}
	t.Place.End = lineEnd(r, lastPlace(t.Rows[len(t.Rows)-1]))
	return []Table{t.full()}, nil
}

func (c Cell) worded() bool { return !c.Empty() }

// separatorOf is the sign that parts the cells of the first line.
func separatorOf(r []rune) rune {
	best, most := ',', 0
	for _, mark := range []rune{',', '\t', ';'} {
		if row, _ := separatedRow(r, 0, mark, 1); len(row) > most {
			best, most = mark, len(row)
		}
	}
	return best
}

// longestQuoted is how many runes a quoted cell may have, and widestRow how many
// cells a row; the last of them takes what is left.
const (
	longestQuoted = 10_000
	widestRow     = 1000
)

// separatedRow reads the row that begins at i: its cells, and where the next begins.
// A cell in quotation marks may hold the separator and line breaks; two marks in it
// are one. A mark that none closes before a separator or a line end is a word.
func separatedRow(r []rune, i int, mark rune, number int) (row []Cell, next int) {
	for {
		if len(row)+1 == widestRow {
			mark = '\n'
		}
		from, to, inner := i, i, Range{}
		if at(r, from) == '"' {
			to = quotedEnd(r, from, mark)
			inner = Range{from + 1, to - 1}
		}
		if to == from {
			for to < len(r) && r[to] != mark && r[to] != '\n' {
				to++
			}
			inner = Range{from, to}
		}
		row = append(row, Cell{inner.trimmed(r), number, len(row) + 1})
		if to == len(r) || r[to] == '\n' {
			return row, min(to+1, len(r))
		}
		i = to + 1
	}
}

// quotedEnd is the place after the mark that closes the one at i, or i.
func quotedEnd(r []rune, i int, mark rune) int {
	for k := i + 1; k < len(r) && k-i < longestQuoted; k++ {
		if r[k] != '"' {
			continue
		}
		if at(r, k+1) == '"' {
			k++
			continue
		}
		if k+1 == len(r) || r[k+1] == mark || r[k+1] == '\n' {
			return k + 1
		}
		return i
	}
	return i
}

// trimmed is the range without the blanks and line breaks at its ends.
func (p Range) trimmed(r []rune) Range {
	for p.Start < p.End && (isBlank(r[p.Start]) || r[p.Start] == '\n') {
		p.Start++
	}
	for p.End > p.Start && (isBlank(r[p.End-1]) || r[p.End-1] == '\n') {
		p.End--
	}
	return p
}

func lineEnd(r []rune, i int) int {
	for i < len(r) && r[i] != '\n' {
		i++
	}
	return i
}

func lastPlace(row []Cell) int { return row[len(row)-1].Place.End }

// fewestPasted is how many cells, and fewestRows how many rows, tell a table from
// words that a tab happens to part.
const (
	fewestPasted = 3
	fewestRows   = 2
)

// pastedTable reads rows with the same number of tabs from the line at i on. Without
// a table it gives the place to look on from.
func pastedTable(r []rune, i int) (Table, int) {
	t := Table{Place: Range{i, i}}
	worded, next := 0, i
	for next < len(r) {
		row, after := separatedRow(r, next, '\t', len(t.Rows)+1)
		if len(row) < fewestPasted || len(t.Rows) > 0 && len(row) != len(t.Rows[0]) {
			if len(t.Rows) == 0 {
				next = after
			}
			break
		}
		t.Rows = append(t.Rows, row)
		t.Place.End = after
		if n := countWorded(row); n > 1 {
			worded++
		}
		next = after
		if len(t.Rows)*len(row) > mostCells {
			break
		}
	}
	if t.Place.End > i && r[t.Place.End-1] == '\n' {
		t.Place.End--
	}
	if len(t.Rows) < fewestRows || worded*2 < len(t.Rows) { // or tabs that only indent
		return Table{}, next
	}
	return t, next
}

func countWorded(row []Cell) int {
	n := 0
	for _, c := range row {
		if c.worded() {
			n++
		}
	}
	return n
}

// size is how many places a table has once its rows are of one length.
func (t Table) size() int { return len(t.Rows) * t.width() }

func (t Table) width() int {
	width := 0
	for _, row := range t.Rows {
		width = max(width, len(row))
	}
	return width
}

// full makes rows of one length: empty cells at the end of the shorter ones.
func (t Table) full() Table {
	width := t.width()
	for i, row := range t.Rows {
		end := lastPlace(row)
		for len(row) < width {
			row = append(row, Cell{Range{end, end}, row[0].Row, len(row) + 1})
		}
		t.Rows[i] = row
	}
	return t
}

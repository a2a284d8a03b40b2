package document

// pipeTable reads the table of Markdown that begins with the line at i: a line of
// cells, a line of dashes with as many, and the lines with a | that follow (GitHub
// Flavored Markdown 0.29, 4.10). Without a table it gives i.
func pipeTable(r []rune, i int) (Table, int) {
	end := lineEnd(r, i)
	if end == len(r) || !hasPipe(r[i:end]) {
		return Table{}, i
	}
	dashes := lineEnd(r, end+1)
	header := pipeRow(r, i, end, 1)
	if columns := dashColumns(r[end+1 : dashes]); columns == 0 || columns != len(header) {
		return Table{}, i
	}
	t := Table{Place: Range{i, dashes}, Rows: [][]Cell{header}}
	next := min(dashes+1, len(r))
	for cells := 0; next < len(r) && cells <= mostCells; {
		end := lineEnd(r, next)
		if !hasPipe(r[next:end]) {
			break
		}
		row := pipeRow(r, next, end, len(t.Rows)+1)
		cells += len(row)
		t.Rows = append(t.Rows, row)
		t.Place.End = end
		next = min(end+1, len(r))
	}
	return t, next
}

// hasPipe reports a line with a | that parts cells.
func hasPipe(line []rune) bool {
	for i, c := range line {
		if c == '|' && (i == 0 || line[i-1] != '\\') {
			return true
		}
	}
	return false
}

// dashColumns counts the columns of a line such as |:---|---:|, or gives 0.
func dashColumns(line []rune) int {
	columns, dashes, pipe := 0, 0, false
	for _, c := range line {
		switch {
		case c == '-':
			dashes++
		case c == '|':
			pipe = true
			if dashes > 0 {
				columns++
			}
			dashes = 0
		case c != ':' && !isBlank(c):
			return 0
		}
	}
	if dashes > 0 {
		columns++
	}
	if !pipe {
		return 0
	}
	return columns
}

// pipeRow reads the cells of the line [from, to); the pipes at its ends part nothing.
// The last cell of a very wide row takes what is left.
func pipeRow(r []rune, from, to, number int) []Cell {
	line := Range{from, to}.trimmed(r)
	if at(r, line.Start) == '|' && line.Start < line.End {
		line.Start++
	}
	if line.End > line.Start && r[line.End-1] == '|' && at(r, line.End-2) != '\\' {
		line.End--
	}
	var row []Cell
	start := line.Start
	for i := line.Start; i <= line.End; i++ {
		if i == line.End || r[i] == '|' && r[i-1] != '\\' && len(row)+1 < widestRow {
			row = append(row, Cell{Range{start, i}.trimmed(r), number, len(row) + 1})
			start = i + 1
		}
	}
	return row
}

package paper

// fittedRows is how many rows are looked at to choose the widths of columns; the
// rest of a longer table is like them.
const fittedRows = 300

// fitted widens the columns that have much to say by what others can do without,
// as long as the table becomes shorter. The sum of widths stays.
func fitted(columns []taskColumn, lines []taskLine) []taskColumn {
	var rows [][]string
	for _, l := range lines {
		if l.cells != nil && len(rows) < fittedRows {
			rows = append(rows, l.cells)
		}
	}
	out := append([]taskColumn{}, columns...)
	for _, step := range []int{6, 4, 2} { // millimetres; a narrow step alone may not save a line anywhere
		for moved := true; moved; {
			moved = moveWidth(out, rows, step)
		}
	}
	return out
}

// moveWidth moves one step of width to where it saves the most lines, if anywhere.
func moveWidth(columns []taskColumn, rows [][]string, step int) bool {
	now, wider, narrower := linesAt(columns, rows, 0), linesAt(columns, rows, step), linesAt(columns, rows, -step)
	best, from, to := tallness(now, nil, 0, nil, 0), -1, -1
	for i, c := range columns {
		if c.width-step < c.least {
			continue
		}
		for k := range columns {
			if k == i {
				continue
			}
			if n := tallness(now, narrower, i, wider, k); n < best {
				best, from, to = n, i, k
			}
		}
	}
	if from < 0 {
		return false
	}
	columns[from].width -= step
	columns[to].width += step
	return true
}

// linesAt counts the lines of each cell, by column and row, were the columns so
// much wider.
func linesAt(columns []taskColumn, rows [][]string, more int) [][]int {
	out := make([][]int, len(columns))
	for i, c := range columns {
		out[i] = make([]int, len(rows))
		for r, row := range rows {
			out[i][r] = linesOf(row[i], signsIn(max(c.width+more, c.least), bodySize))
		}
	}
	return out
}

// tallness is the sum of the lines of all rows, one column taken from narrower and
// one from wider where they are given.
func tallness(now, narrower [][]int, from int, wider [][]int, to int) int {
	sum := 0
	for r := range now[0] {
		most := 0
		for i := range now {
			n := now[i][r]
			if narrower != nil && i == from {
				n = narrower[i][r]
			}
			if wider != nil && i == to {
				n = wider[i][r]
			}
			most = max(most, n)
		}
		sum += most
	}
	return sum
}

package document

import "sort"

// NewSourceView reads the layout of a file: its text like NewView, and in its
// tables each cell for itself, so that no words run from one cell into another.
func NewSourceView(s Source) *View {
	v := &View{Text: []rune(s.Text)}
	lines := splitLines(v.Text)
	for _, t := range s.Tables {
		lines = withCells(lines, t, v.Text)
	}
	v.lay(lines, s.byParagraphs())
	for _, t := range s.Tables {
		from, to := v.Find(t.Place)
		v.tables = append(v.tables, Range{from, to})
	}
	v.pair()
	return v
}

// withCells puts the lines of a table's cells in the place of the lines that they
// stand in.
func withCells(lines []line, t Table, text []rune) []line {
	from := sort.Search(len(lines), func(k int) bool { return lines[k].to > t.Place.Start || lines[k].from >= t.Place.End })
	to := from
	for to < len(lines) && lines[to].from < t.Place.End {
		to++
	}
	out := append([]line{}, lines[:from]...)
	for _, c := range t.Cells() {
		start := c.Place.Start
		for i := c.Place.Start; i <= c.Place.End; i++ {
			if i < c.Place.End && text[i] != '\n' && text[i] != LineBreak {
				continue
			}
			if l := trimLine(text, start, i); !l.empty() {
				l.cell = true
				out = append(out, l)
			}
			start = i + 1
		}
	}
	return append(out, lines[to:]...)
}

// Cells are the cells of a table that hold words, each once, in the order of the text.
func (t Table) Cells() []Cell {
	var out []Cell
	seen := map[[2]int]bool{}
	for _, row := range t.Rows {
		for _, c := range row {
			at := [2]int{c.Row, c.Column}
			if !c.Empty() && !seen[at] {
				seen[at] = true
				out = append(out, c)
			}
		}
	}
	sort.Slice(out, func(a, b int) bool { return out[a].Place.Start < out[b].Place.Start })
	return out
}

// Find gives the words of a place in the stored text as a run in Runes.
func (v *View) Find(place Range) (from, to int) {
	from = sort.SearchInts(v.At, place.Start)
	to = sort.SearchInts(v.At, place.End)
	for to > from && v.Runes[to-1] == '\n' {
		to--
	}
	return from, to
}

// InTable reports that i stands in a table.
func (v *View) InTable(i int) bool {
	k := sort.Search(len(v.tables), func(k int) bool { return v.tables[k].End > i })
	return k < len(v.tables) && v.tables[k].Start <= i
}

// Parties reads the units named in [from, to), those without a word for their
// role in the role given.
func (v *View) Parties(from, to int, role Role) []Group {
	var out []Group
	for from < to { // each line of a cell for itself
		end := from
		for end < to && v.Runes[end] != '\n' {
			end++
		}
		groups := v.groups(from, end)
		for i := range groups {
			if groups[i].Role == Responsible {
				groups[i].Role = role
			}
		}
		out = append(out, groups...)
		from = end + 1
	}
	return out
}

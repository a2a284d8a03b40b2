package document

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// mostCells is how many places the tables of one file may have.
const mostCells = 500_000

// notes are the sentences of Source.Notes, each said once.
type notes []string

func (n *notes) say(sentence string) {
	if !slices.Contains(*n, sentence) {
		*n = append(*n, sentence)
	}
}

// writing puts the text and the tables of a Source together, and counts the runes.
type writing struct {
	text   strings.Builder
	runes  int
	gap    bool // the last line is empty, or there is none
	tables []Table
	cells  int
}

// put adds words to the line and gives their place.
func (w *writing) put(words string) Range {
	start := w.runes
	w.text.WriteString(words)
	w.runes += utf8.RuneCountInString(words)
	return Range{start, w.runes}
}

// line adds a line. Of several empty ones only the first is kept.
func (w *writing) line(words string) {
	if words == "" && (w.gap || w.runes == 0) {
		return
	}
	w.gap = words == ""
	w.put(words)
	w.put("\n")
}

// gridCell is a place of a table whose text is not yet written.
type gridCell struct {
	words string // without tabs and line ends
	owner int    // the place, in its grid, of the cell that was merged over this one, or of this one
}

// grid is a table before it is written: rows of width places, one after another.
type grid struct {
	sheet       string
	row, column int // where the file has the first place, from 1
	width       int
	places      []gridCell
}

// newGrid makes a table of empty places, if so many are taken.
func newGrid(rows, width int) (grid, error) {
	if rows > mostCells || width > mostCells || rows*width > mostCells {
		return grid{}, ErrTableTooLarge
	}
	g := grid{row: 1, column: 1, width: width, places: make([]gridCell, rows*width)}
	for i := range g.places {
		g.places[i].owner = i
	}
	return g, nil
}

// merge lays the cell at one place over the rows and columns from it on. What is
// already merged stays as it was, and so do places that hold words of their own.
func (g *grid) merge(row, column, rows, columns int) {
	first := row*g.width + column
	if g.places[first].owner != first {
		return
	}
	for r := row; r < row+rows; r++ {
		for c := column; c < column+columns; c++ {
			i := r*g.width + c
			if i != first && (g.places[i].owner != i || g.places[i].words != "") {
				return
			}
			g.places[i].owner = first
		}
	}
}

// table adds a table, a line for each row.
func (w *writing) table(g grid) error {
	if w.cells += len(g.places); w.cells > mostCells {
		return ErrTableTooLarge
	}
	t := Table{Sheet: g.sheet, Place: Range{w.runes, w.runes}}
	cells := make([]Cell, len(g.places))
	for i, p := range g.places {
		if i%g.width > 0 {
			w.put("\t")
		}
		if p.owner != i {
			cells[i] = cells[p.owner]
		} else {
			cells[i] = Cell{w.put(p.words), g.row + i/g.width, g.column + i%g.width}
		}
		if i%g.width == g.width-1 {
			t.Rows = append(t.Rows, cells[i+1-g.width:i+1:i+1])
			t.Place.End = w.runes
			if w.put("\n"); w.text.Len() > MaxBytes {
				return ErrTooLarge
			}
		}
	}
	w.gap = false
	w.tables = append(w.tables, t)
	return nil
}

// source is what was written.
func (w *writing) source(format string, n notes) (Source, error) {
	switch text := w.text.String(); {
	case len(text) > MaxBytes:
		return Source{}, ErrTooLarge
	case strings.TrimSpace(text) == "":
		return Source{}, ErrEmpty
	default:
		return Source{Text: text, Format: format, Tables: w.tables, Notes: n}, nil
	}
}

// plainWords replaces the signs that end lines and cells in a text by blanks.
func plainWords(s string) string {
	if !strings.ContainsFunc(s, isControl) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return ' '
		}
		return r
	}, s)
}

func isControl(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r == LineBreak || r == '\u2029'
}

// cellWords joins the lines of a cell; blanks around them and empty lines are left out.
func cellWords(lines []string) string {
	var kept []string
	for _, l := range lines {
		if l = strings.TrimFunc(plainWords(l), isBlank); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, string(LineBreak))
}

package document

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
)

// Limits of a sheet: Excel's own, and how many rows without words end it, as offices
// format whole columns down to the last row.
const (
	lastRow    = 1_048_576
	lastColumn = 16_384
	mostBlank  = 10_000
	mostMerges = 100_000
)

// errBlankRows ends the reading of a sheet; it is not shown.
var errBlankRows = errors.New("many rows without words")

// sheetCell is a cell with words, where the file has it.
type sheetCell struct {
	row, column int
	words       string
}

// sheetRows are the rows of a sheet as they are read.
type sheetRows struct {
	cells  []sheetCell
	row    int // the last, from 1
	worded int // the last with words
	merges []string
	hidden bool // some of them, or some columns
}

// sheet reads a sheet into a table, without the rows and columns around its words.
func (r *xlsxReader) sheet(s xlsxSheet) (grid, error) {
	raw, err := r.file.part(s.part)
	if err != nil || raw == nil {
		return grid{}, err
	}
	x := newXMLReader(raw, &r.file.left)
	if _, err := x.root(); err != nil {
		return grid{}, err
	}
	rows := &sheetRows{}
	visit := func(t xmlToken) error {
		switch {
		case t.kind != elementStarts:
		case t.name == "col" && isTrue(t.value("hidden")):
			rows.hidden = true
		case t.name == "row":
			return r.row(x, t, rows)
		case t.name == "mergeCell":
			rows.merges = append(rows.merges, t.value("ref"))
			if len(rows.merges) > mostMerges {
				return ErrTableTooLarge
			}
		}
		return nil
	}
	if err = x.within(visit); err == errBlankRows {
		r.notes.say("有的工作表连着空了一万行，再往后的没有读入。")
		err = nil
		if x = mergesAfter(raw[x.at:], &r.file.left); x != nil {
			if _, err = x.root(); err == nil {
				err = x.within(visit)
			}
		}
	}
	if err != nil {
		return grid{}, err
	}
	if rows.hidden {
		r.notes.say("隐藏的行和列也读入了。")
	}
	return rows.grid(s.name)
}

// mergesAfter finds the merged ranges, which stand behind the rows (mergeCells,
// 18.3.1.55), without reading the rows.
func mergesAfter(raw []byte, left *int) *xmlReader {
	i := bytes.Index(raw, []byte("mergeCells"))
	if i = bytes.LastIndexByte(raw[:max(i, 0)], '<'); i < 0 {
		return nil
	}
	return newXMLReader(raw[i:], left)
}

func isTrue(value string) bool { return value == "1" || value == "true" }

// row reads a row that has just started (18.3.1.73). Numbers of rows and cells may
// be left out, and then go on from the one before.
func (r *xlsxReader) row(x *xmlReader, start xmlToken, rows *sheetRows) error {
	rows.row = start.number("r", rows.row+1)
	if rows.row < 1 || rows.row > lastRow {
		return ErrDamaged
	}
	if rows.row-rows.worded > mostBlank {
		return errBlankRows
	}
	rows.hidden = rows.hidden || isTrue(start.value("hidden"))
	column := 0
	return x.within(func(t xmlToken) error {
		if t.kind != elementStarts || t.name != "c" {
			return nil
		}
		if column = columnOf(t.value("r"), column+1); column > lastColumn {
			return ErrDamaged
		}
		words, err := r.cell(x, t)
		if err != nil || words == "" {
			return err
		}
		rows.worded = rows.row
		rows.cells = append(rows.cells, sheetCell{rows.row, column, words})
		if r.bytes += len(words); r.bytes > MaxBytes {
			return ErrTooLarge
		}
		return nil
	})
}

// columnOf reads the letters of a place such as AB12 as a column from 1, or gives
// what is usual.
func columnOf(place string, usual int) int {
	column := 0
	for i := range len(place) {
		c := place[i] &^ 0x20
		if c < 'A' || c > 'Z' || i > 2 {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	if column == 0 {
		return usual
	}
	return column
}

// cell reads a c that has just started, as it is shown (18.3.1.4).
func (r *xlsxReader) cell(x *xmlReader, start xmlToken) (string, error) {
	var value string
	err := x.within(func(t xmlToken) error {
		if t.kind != elementStarts {
			return nil
		}
		var err error
		switch t.name {
		case "v":
			value, err = x.text()
		case "is":
			value, err = richText(x)
		default: // the formula; its value is kept beside it
			err = x.skip()
		}
		return err
	})
	if value == "" || err != nil {
		return "", err
	}
	switch start.value("t") {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(r.strings) {
			return "", nil
		}
		return r.strings[i], nil
	case "str", "inlineStr", "e":
		return shownWords(unescaped(value)), nil
	case "b":
		if strings.TrimSpace(value) == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	}
	var f cellFormat
	if i := start.number("s", 0); i < len(r.formats) {
		f = r.formats[i]
	}
	return shownWords(f.shown(strings.TrimSpace(value), r.from)), nil
}

// grid lays the cells out.
func (s *sheetRows) grid(name string) (grid, error) {
	if len(s.cells) == 0 {
		return grid{}, nil
	}
	first, last := s.cells[0], s.cells[0]
	for _, c := range s.cells {
		first.row, first.column = min(first.row, c.row), min(first.column, c.column)
		last.row, last.column = max(last.row, c.row), max(last.column, c.column)
	}
	rows, columns := last.row-first.row+1, last.column-first.column+1
	g, err := newGrid(rows, columns)
	if err != nil {
		return g, err
	}
	g.sheet, g.row, g.column = name, first.row, first.column
	for _, c := range s.cells {
		g.places[(c.row-first.row)*columns+c.column-first.column].words = c.words
	}
	for _, ref := range s.merges {
		from, to, _ := strings.Cut(ref, ":")
		top, left := rowOf(from)-first.row, columnOf(from, 0)-first.column
		bottom, right := min(rowOf(to)-first.row, rows-1), min(columnOf(to, 0)-first.column, columns-1)
		if top >= 0 && left >= 0 && bottom >= top && right >= left {
			g.merge(top, left, bottom-top+1, right-left+1)
		}
	}
	return g, nil
}

// rowOf reads the digits of a place such as AB12, or gives 0.
func rowOf(place string) int {
	row, err := strconv.Atoi(strings.TrimLeft(place, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
	if err != nil || row > lastRow {
		return 0
	}
	return row
}

package document

import (
	"strings"
)

const (
	deepestTable = 8  // tables within one another
	widestSpan   = 63 // columns of a table in Word
)

// docxTable is a table as the file has it (ECMA-376 Part 1, 17.4).
type docxTable struct {
	rows [][]docxCell
}

// docxCell is a cell of a row.
type docxCell struct {
	column, span int  // its first column, from 0, and how many it takes
	goesOn       bool // the cell above it goes on here (vMerge, 17.4.84)
	joins        bool // the cell to its left goes on here (hMerge, 17.4.22)
	deleted      bool
	blocks       []docxBlock
}

// table reads a tbl that has just started.
func (d *docxReader) table() (*docxTable, error) {
	d.tables++
	defer func() { d.tables-- }()
	t := &docxTable{}
	return t, d.x.within(func(token xmlToken) error {
		if token.kind != elementStarts || token.space != wordSpace {
			return nil
		}
		switch token.name {
		case "tr":
			row, err := d.row()
			if len(row) > 0 {
				t.rows = append(t.rows, row)
			}
			return err
		case "tblPr", "tblGrid", "del", "moveFrom":
			return d.x.skip()
		}
		_, err := d.control(token)
		return err
	})
}

// row reads a tr that has just started; one that is deleted or hidden has no cells.
func (d *docxReader) row() ([]docxCell, error) {
	var row []docxCell
	column, gone := 0, false
	err := d.x.within(func(t xmlToken) error {
		if t.kind != elementStarts || t.space != wordSpace {
			return nil
		}
		switch t.name {
		case "trPr":
			return d.x.within(func(t xmlToken) error {
				switch {
				case t.starts(wordSpace, "gridBefore"):
					column = min(t.number("val", 0), widestSpan)
				case t.starts(wordSpace, "del"), t.starts(wordSpace, "ins"):
					d.notes.say("文档里有修订，已按全部接受读入。")
					gone = gone || t.name == "del"
				case t.starts(wordSpace, "hidden") && t.on():
					d.notes.say("隐藏的文字没有读入。")
					gone = true
				case t.starts(wordSpace, "trPrChange"):
					return d.x.skip()
				}
				return nil
			})
		case "tc":
			if gone {
				return d.x.skip()
			}
			cell, err := d.cell()
			if cell.deleted || err != nil {
				return err
			}
			if d.cells += cell.span; d.cells > mostCells {
				return ErrTableTooLarge
			}
			cell.column = column
			column += cell.span
			if n := len(row); cell.joins && n > 0 {
				row[n-1].span += cell.span
			} else {
				row = append(row, cell)
			}
			return nil
		case "tblPrEx", "del", "moveFrom":
			return d.x.skip()
		}
		_, err := d.control(t)
		return err
	})
	return row, err
}

// cell reads a tc that has just started.
func (d *docxReader) cell() (docxCell, error) {
	c := docxCell{span: 1}
	blocks, err := d.blocks(&c)
	c.blocks = blocks
	return c, err
}

func (d *docxReader) cellProperties(c *docxCell) error {
	return d.x.within(func(t xmlToken) error {
		switch {
		case t.starts(wordSpace, "gridSpan"):
			c.span = max(1, min(t.number("val", 1), widestSpan))
		case t.starts(wordSpace, "vMerge"):
			c.goesOn = t.value("val") != "restart"
		case t.starts(wordSpace, "hMerge"):
			c.joins = t.value("val") != "restart"
		case t.starts(wordSpace, "cellDel"):
			d.notes.say("文档里有修订，已按全部接受读入。")
			c.deleted = true
		case t.starts(wordSpace, "tcPrChange"):
			return d.x.skip()
		}
		return nil
	})
}

// laysOut reports a table that holds a page and no facts: one cell in each row, or a
// cell of many paragraphs that is more than half of the whole document.
func (t *docxTable) laysOut(all int) bool {
	single := true
	for _, row := range t.rows {
		single = single && len(row) == 1
		for _, c := range row {
			if len(c.blocks) >= manyParagraphs && sizeOf(c.blocks)*2 > all {
				return true
			}
		}
	}
	return single
}

// manyParagraphs is more than a cell of a real table has.
const manyParagraphs = 10

// grid lays the cells out.
func (t *docxTable) grid() (grid, error) {
	width := 0
	for _, row := range t.rows {
		last := row[len(row)-1]
		width = max(width, last.column+last.span)
	}
	g, err := newGrid(len(t.rows), width)
	if err != nil {
		return g, err
	}
	for r, row := range t.rows {
		for _, c := range row {
			at := r*width + c.column
			if c.goesOn && r > 0 {
				for k := range c.span {
					g.places[at+k].owner = g.places[at+k-width].owner
				}
				continue
			}
			g.places[at].words = cellWords(linesOf(c.blocks))
			g.merge(r, c.column, 1, c.span)
		}
	}
	return g, nil
}

// linesOf gives the lines of a cell. A row of a table within it is one line.
func linesOf(blocks []docxBlock) []string {
	var lines []string
	for _, b := range blocks {
		if b.table == nil {
			lines = append(lines, strings.Split(b.words, "\n")...)
			continue
		}
		for _, row := range b.table.rows {
			var cells []string
			for _, c := range row {
				if words := strings.Join(linesOf(c.blocks), " "); words != "" && !c.goesOn {
					cells = append(cells, words)
				}
			}
			lines = append(lines, strings.Join(cells, " "))
		}
	}
	return lines
}

package paper

import (
	"bytes"
	"fmt"

	"luoshi/internal/text"

	"github.com/xuri/excelize/v2"
)

// Collected is what units gave, as a table: each cell is text.
type Collected struct {
	Title string
	Heads []string
	Rows  [][]string
	Notes []string // below the table
}

// Widths of the columns of such a table, in millimetres, where they all fit on a page.
const (
	firstWidth = 42
	leastWidth = 11
	pageWidth  = 257
)

// CollectedXLSX is a table as a workbook of Excel that prints on A4 lying, as wide as
// one page. Every cell is text: one that begins with = + - or @ is no formula.
func CollectedXLSX(lang text.Lang, c Collected) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() // it holds temporary files, which its end removes
	name := text.Say(lang, "汇总")
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	if err := layOut(f, name, c.Title, text.Say(lang, "第 &P 页，共 &N 页")); err != nil {
		return nil, fmt.Errorf("lay out the sheet: %w", err)
	}
	styles, err := sheetStyles(f)
	if err != nil {
		return nil, fmt.Errorf("make the styles: %w", err)
	}
	stream, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	columns := make([]taskColumn, len(c.Heads))
	for i, head := range c.Heads {
		columns[i] = taskColumn{head: head, width: max(leastWidth, (pageWidth-firstWidth)/max(1, len(c.Heads)-1))}
	}
	if len(columns) > 0 {
		columns[0].width = firstWidth
	}
	lines := make([]taskLine, len(c.Rows))
	for i, row := range c.Rows {
		lines[i] = taskLine{cells: row}
	}
	s := sheet{stream: stream, columns: columns, styles: styles}
	if err := s.write(c.Title, lines, c.Notes); err != nil {
		return nil, fmt.Errorf("write the rows: %w", err)
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), err
}

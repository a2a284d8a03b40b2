package paper

import (
	"bytes"
	"fmt"
	"slices"

	"luoshi/internal/text"
	"luoshi/plan"

	"github.com/xuri/excelize/v2"
)

// Sizes of the sheet in points, and what excelize wants.
const (
	bodySize   = 10.5 // 5号
	titleSize  = 20.0
	lineHeight = 15 // of words of bodySize
	rowPadding = 6
	paperA4    = 9  // ECMA-376, 18.3.1.63
	asText     = 49 // the number format @: what a person types there stays text
	// A unit of width is a digit of the preset font, Calibri 11: 7 of 96 pixels.
	millimetresPerUnit = 25.4 / 96 * 7
	sheetPadding       = 25.4 / 96 * 5 // 5 pixels of a column are no part of its width
)

// styleTop is of cells that reach over several rows, perhaps over pages.
const styleTop style = "TableTop"

// sheet is a worksheet that is being written row by row.
type sheet struct {
	stream  *excelize.StreamWriter
	columns []taskColumn
	row     int // the last row written, from 1
	styles  map[style]int
	keyed   bool // behind the columns stands a hidden one with the keys of the rows
	keyHead string
	common  []int    // columns in which parts of a row are merged
	parts   [][2]int // the rows of the sheet that have such parts, first and last
	parted  bool     // the row that is written is one of them
}

// TaskTableXLSX is the 任务分解表 as a workbook of Excel with one sheet that prints
// on A4 lying. Every cell is text: one that begins with = + - or @ is no formula.
func TaskTableXLSX(lang text.Lang, t plan.TaskTable) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() // it holds temporary files, which its end removes
	name := text.Say(lang, "任务分解表")
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	title := taskTitle(lang, t)
	if err := layOut(f, name, title, text.Say(lang, "第 &P 页，共 &N 页")); err != nil {
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
	lines := taskLines(t)
	keyed := t.Keyed() && !slices.Contains(t.Shown(), plan.KeyColumn)
	s := sheet{stream: stream, keyed: keyed, keyHead: ColumnHead(lang, plan.KeyColumn), columns: fitted(taskColumns(lang, t.Shown()), lines), styles: styles}
	if err := s.write(title, lines, taskNotes(lang, t)); err != nil {
		return nil, fmt.Errorf("write the rows: %w", err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// headRow is the row with the heads of the columns, below that of the title.
const headRow = 2

// layOut sets how the sheet prints: as wide as one page and as long as it needs,
// with the heads of its columns on every page.
func layOut(f *excelize.File, name, title, footer string) error {
	fit := true
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	size, lying, one, any := paperA4, "landscape", 1, 0
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &lying, FitToWidth: &one, FitToHeight: &any}); err != nil {
		return err
	}
	inches := func(twips int) *float64 { n := float64(twips) / twipsPerInch; return &n }
	middle := true
	p := tablePage
	if err := f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Top: inches(p.Top), Right: inches(p.Right), Bottom: inches(p.Bottom),
		Left: inches(p.Left), Header: inches(p.Footer), Footer: inches(p.Footer), Horizontally: &middle}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: `&C&"宋体"&10` + footer}); err != nil {
		return err
	}
	if err := f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", name, headRow, headRow), Scope: name}); err != nil {
		return err
	}
	return f.SetDocProps(&excelize.DocProperties{Title: title, Creator: "luoshi"})
}

// sheetStyles are the faces of the sheet, by the names of those of the document.
func sheetStyles(f *excelize.File) (map[style]int, error) {
	var ruled []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		ruled = append(ruled, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	out := map[style]int{}
	for _, s := range []struct {
		name       style
		font       string
		size       float64
		horizontal string
		border     []excelize.Border
	}{
		{styleTitle, "方正小标宋简体", titleSize, "center", nil},
		{styleHead, "黑体", bodySize, "center", ruled},
		{styleGroup, "黑体", bodySize, "left", ruled},
		{styleSubgroup, "楷体", bodySize, "left", ruled},
		{styleCell, "仿宋", bodySize, "left", ruled},
		{styleMiddle, "仿宋", bodySize, "center", ruled},
		{styleTop, "仿宋", bodySize, "center", ruled},
		{styleNote, "仿宋", bodySize, "left", nil},
	} {
		vertical := "center"
		if s.name == styleTop {
			vertical = "top"
		}
		id, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: s.font, Size: s.size}, Border: s.border, NumFmt: asText,
			Alignment: &excelize.Alignment{Horizontal: s.horizontal, Vertical: vertical, WrapText: true}})
		if err != nil {
			return nil, err
		}
		out[s.name] = id
	}
	return out, nil
}

func (s *sheet) write(title string, lines []taskLine, notes []string) error {
	for i, c := range s.columns {
		if err := s.stream.SetColWidth(i+1, i+1, (float64(c.width)-sheetPadding)/millimetresPerUnit); err != nil {
			return err
		}
	}
	if s.keyed {
		if err := s.stream.SetColVisible(len(s.columns)+1, len(s.columns)+1, false); err != nil {
			return err
		}
	}
	if err := s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: fmt.Sprintf("A%d", headRow+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := s.across(styleTitle, title, titleSize); err != nil {
		return err
	}
	head := make([]string, len(s.columns))
	for i, c := range s.columns {
		head[i] = c.head
	}
	if err := s.cells(head, s.keyHead, func(int) style { return styleHead }); err != nil {
		return err
	}
	for k, line := range lines {
		s.parted = line.within || k+1 < len(lines) && lines[k+1].within
		first := s.row + 1
		if err := s.line(line); err != nil {
			return err
		}
		switch {
		case line.within:
			s.parts[len(s.parts)-1][1] = s.row
		case s.parted:
			s.parts = append(s.parts, [2]int{first, s.row})
		}
	}
	if err := s.mergeParts(); err != nil {
		return err
	}
	for _, note := range notes {
		if err := s.across(styleNote, note, bodySize); err != nil {
			return err
		}
	}
	return s.stream.Flush()
}

// mergeParts merges over all parts of a row what they have in common.
func (s *sheet) mergeParts() error {
	for _, rows := range s.parts {
		for _, column := range s.common {
			top, err := excelize.CoordinatesToCellName(column+1, rows[0])
			if err != nil {
				return err
			}
			bottom, err := excelize.CoordinatesToCellName(column+1, rows[1])
			if err != nil {
				return err
			}
			if err := s.stream.MergeCell(top, bottom); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *sheet) line(line taskLine) error {
	switch {
	case line.cells == nil && line.level == 0:
		return s.across(styleGroup, line.heading, bodySize)
	case line.cells == nil:
		return s.across(styleSubgroup, line.heading, bodySize)
	}
	return s.cells(line.cells, line.key, func(column int) style {
		if s.parted && slices.Contains(s.common, column) {
			return styleTop
		}
		if s.columns[column].middle {
			return styleMiddle
		}
		return styleCell
	})
}

// across writes words over all columns.
func (s *sheet) across(as style, words string, size float64) error {
	cells := make([]any, len(s.columns))
	all := 0
	for i, c := range s.columns {
		cells[i] = excelize.Cell{StyleID: s.styles[as]}
		all += c.width
	}
	cells[0] = excelize.Cell{StyleID: s.styles[as], Value: words}
	lines := linesOf(words, signsIn(all, size))
	s.row++
	if err := s.stream.SetRow(s.at(0), cells, excelize.RowOpts{Height: rowHeight(lines, size)}); err != nil {
		return err
	}
	return s.stream.MergeCell(s.at(0), s.at(len(s.columns)-1))
}

// cells writes a row of the table. One that is higher than Excel allows takes
// several rows of the sheet, merged column by column.
func (s *sheet) cells(words []string, key string, as func(column int) style) error {
	lines := 1
	for i, w := range words {
		words[i] = cellSized(w)
		lines = max(lines, linesOf(w, signsIn(s.columns[i].width, bodySize)))
	}
	rows := (lines + mostLines - 1) / mostLines
	first := s.row + 1
	for r := range rows {
		cells := make([]any, len(words))
		for i, w := range words {
			c := excelize.Cell{StyleID: s.styles[as(i)]}
			if r == 0 {
				c.Value = w
			}
			cells[i] = c
		}
		if s.keyed && r == 0 {
			cells = append(cells, excelize.Cell{StyleID: s.styles[styleMiddle], Value: key})
		}
		s.row++
		if err := s.stream.SetRow(s.at(0), cells, excelize.RowOpts{Height: rowHeight((lines+rows-1)/rows, bodySize)}); err != nil {
			return err
		}
	}
	for i := 0; i < len(words) && rows > 1; i++ {
		if s.parted && slices.Contains(s.common, i) {
			continue // merged with the other parts
		}
		top, err := excelize.CoordinatesToCellName(i+1, first)
		if err != nil {
			return err
		}
		if err := s.stream.MergeCell(top, s.at(i)); err != nil {
			return err
		}
	}
	return nil
}

// cellSized cuts words that are longer than Excel lets a cell be, and says so.
func cellSized(words string) string {
	runes := []rune(words)
	if len(runes) <= excelize.TotalCellChars {
		return words
	}
	const rest = "……（太长，余下的见方案原文）"
	return string(runes[:excelize.TotalCellChars-len([]rune(rest))]) + rest
}

// mostLines is how many lines a row of 409 points holds, the highest in Excel.
const mostLines = (excelize.MaxRowHeight - rowPadding) / lineHeight

// at names the cell of a column, counted from 0, in the last row.
func (s *sheet) at(column int) string {
	name, _ := excelize.CoordinatesToCellName(column+1, s.row) // both are at least 1
	return name
}

func rowHeight(lines int, size float64) float64 {
	return min(excelize.MaxRowHeight, float64(lines)*lineHeight*size/bodySize+rowPadding)
}

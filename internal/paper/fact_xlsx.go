package paper

import (
	"bytes"
	"fmt"

	"luoshi/fact"
	"luoshi/internal/text"

	"github.com/xuri/excelize/v2"
)

// FactRow is a fact as a workbook has it: all of it is text.
type FactRow struct{ Unit, Day, Indicator, Quantity, Subject, Fact string }

// FactsXLSX are facts as a workbook that comes back: the heads are those by which a sheet
// of facts is known again, whatever language its reader has, and stand in its first row.
func FactsXLSX(lang text.Lang, rows []FactRow) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() // it holds temporary files, which its end removes
	name := text.Say(lang, "事实")
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	plain, err := f.NewStyle(&excelize.Style{NumFmt: 49}) // text: what is typed stays as it is
	if err != nil {
		return nil, err
	}
	head, err := f.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}}})
	if err != nil {
		return nil, err
	}
	stream, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	for k, width := range []float64{34, 13, 22, 12, 24, 17} {
		if err := stream.SetColWidth(k+1, k+1, width); err != nil {
			return nil, err
		}
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	for r := range len(rows) + 1 {
		words, style := fact.SheetExportHeads, head
		if r > 0 {
			one := rows[r-1]
			words, style = []string{one.Unit, one.Day, one.Indicator, one.Quantity, one.Subject, one.Fact}, plain
		}
		cells := make([]any, len(words))
		for k, w := range words {
			cells[k] = excelize.Cell{StyleID: style, Value: w}
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", r+1), cells); err != nil {
			return nil, err
		}
	}
	if err := stream.Flush(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), err
}

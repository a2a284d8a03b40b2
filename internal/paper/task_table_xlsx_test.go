package paper

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/text"
	"luoshi/plan"

	"github.com/xuri/excelize/v2"
)

func workbook(t *testing.T, table plan.TaskTable) ([]byte, *excelize.File) {
	t.Helper()
	file, err := TaskTableXLSX(text.Chinese, table)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return file, f
}

func TestSheetCells(t *testing.T) {
	table := tableOf(readingPlan)
	_, f := workbook(t, table)
	rows, err := f.GetRows("任务分解表")
	if err != nil {
		t.Fatal(err)
	}
	if rows[0][0] != "阅读年实施方案任务分解表" || !slices.Equal(rows[1], []string{"序号", "任务", "措施", "目标", "牵头单位", "配合单位", "责任单位、责任人", "时限", "疑问"}) {
		t.Fatalf("%q", rows[:2])
	}
	at := 2
	for _, line := range taskLines(table) {
		want := line.cells
		if want == nil {
			want = []string{line.heading}
		}
		got := append([]string{}, rows[at]...)
		for len(got) < len(want) { // GetRows leaves out empty cells at the end
			got = append(got, "")
		}
		if !slices.Equal(got, want) {
			t.Errorf("row %d: %q, want %q", at+1, got, want)
		}
		at++
	}
	if !strings.HasPrefix(rows[at][0], "说明：") || !strings.HasPrefix(rows[at+1][0], "关于整个方案的疑问：\n") {
		t.Errorf("notes %q", rows[at:])
	}
	merged, err := f.GetMergeCells("任务分解表")
	if err != nil || len(merged) == 0 || merged[0].GetStartAxis() != "A1" || merged[0].GetEndAxis() != "I1" {
		t.Errorf("the title is merged as %v, %v", merged, err)
	}
}

// worksheet is what the tests look at of a sheet.
type worksheet struct {
	Fit struct {
		ToPage bool `xml:"fitToPage,attr"`
	} `xml:"sheetPr>pageSetUpPr"`
	Pane struct {
		Rows  int    `xml:"ySplit,attr"`
		State string `xml:"state,attr"`
	} `xml:"sheetViews>sheetView>pane"`
	Columns []struct {
		Width float64 `xml:"width,attr"`
	} `xml:"cols>col"`
	Rows []struct {
		Height float64 `xml:"ht,attr"`
		Cells  []struct {
			Type    string  `xml:"t,attr"`
			Formula *string `xml:"f"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
	Page struct {
		Paper   int    `xml:"paperSize,attr"`
		Orient  string `xml:"orientation,attr"`
		Width   string `xml:"fitToWidth,attr"`
		FitHigh string `xml:"fitToHeight,attr"`
	} `xml:"pageSetup"`
	Footer string `xml:"headerFooter>oddFooter"`
}

func sheetOf(t *testing.T, file []byte) (worksheet, map[string]string) {
	t.Helper()
	p := parts(t, file)
	var w worksheet
	if err := xml.Unmarshal([]byte(p["xl/worksheets/sheet1.xml"]), &w); err != nil {
		t.Fatal(err)
	}
	return w, p
}

func TestSheetPage(t *testing.T) {
	file, f := workbook(t, tableOf(readingPlan))
	w, p := sheetOf(t, file)
	if w.Page.Paper != paperA4 || w.Page.Orient != "landscape" || w.Page.FitHigh != "0" || !w.Fit.ToPage {
		t.Errorf("page %+v, fit %+v", w.Page, w.Fit)
	}
	if w.Pane.Rows != headRow || w.Pane.State != "frozen" {
		t.Errorf("pane %+v", w.Pane)
	}
	if !strings.Contains(w.Footer, "&P") || !strings.Contains(w.Footer, "&N") {
		t.Errorf("footer %q", w.Footer)
	}
	titles := f.GetDefinedName()
	if len(titles) != 1 || titles[0].Name != "_xlnm.Print_Titles" || titles[0].RefersTo != "'任务分解表'!$2:$2" {
		t.Errorf("print titles %+v", titles)
	}
	sum := 0.0
	for _, c := range w.Columns {
		sum += c.Width*millimetresPerUnit + sheetPadding
	}
	if wide := float64(tablePage.TextWidth()) / twipsPerInch * 25.4; len(w.Columns) != 9 || sum < wide-1 || sum > wide+1 {
		t.Errorf("%d columns, %.1f mm wide; the page has %.1f", len(w.Columns), sum, wide)
	}
	for _, font := range []string{"方正小标宋简体", "黑体", "楷体", "仿宋"} {
		if !strings.Contains(p["xl/styles.xml"], `<name val="`+font+`"`) {
			t.Errorf("no font %s", font)
		}
	}
	for _, style := range []string{`wrapText="true"`, `<left style="thin"`} {
		if !strings.Contains(p["xl/styles.xml"], style) {
			t.Errorf("no %s", style)
		}
	}
}

// A row that is higher than Excel allows takes several rows, merged.
func TestSheetRowsAreHighEnough(t *testing.T) {
	table := wordy()
	file, _ := workbook(t, table)
	w, _ := sheetOf(t, file)
	if lines := len(taskLines(table)); len(w.Rows) <= lines+4 {
		t.Errorf("%d rows for %d lines: none was parted", len(w.Rows), lines)
	}
	for i, r := range w.Rows {
		if r.Height <= 0 || r.Height > excelize.MaxRowHeight {
			t.Errorf("row %d is %v points high", i+1, r.Height)
		}
	}
}

// A cell that begins like a formula is text all the same.
func TestSheetHoldsNoFormula(t *testing.T) {
	file, f := workbook(t, hostile())
	w, p := sheetOf(t, file)
	for i, r := range w.Rows {
		for _, c := range r.Cells {
			if c.Formula != nil || c.Type != "inlineStr" && c.Type != "" {
				t.Errorf("row %d: a cell of type %q, formula %v", i+1, c.Type, c.Formula)
			}
		}
	}
	if !strings.Contains(p["xl/styles.xml"], `numFmtId="49"`) {
		t.Error("what is typed into a cell is not kept as text")
	}
	for cell, want := range map[string]string{"B4": "=1+1", "C4": "+1[31m", "D4": "-2\n</w:t>", "E4": "@x", "H4": "=cmd|'/c calc'!A0", "I4": "1.一？\n2.二？"} {
		if got, err := f.GetCellValue("任务分解表", cell); err != nil || got != want {
			t.Errorf("%s: %q, want %q, %v", cell, got, want, err)
		}
	}
}

package paper

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/text"

	"github.com/xuri/excelize/v2"
)

// units22 are nine counties, three direct units and ten divisions.
var units22 = strings.Fields("望潮区 清渡区 南屿区 松岭市 金汀市 岱屿县 鹿鸣县 云溪县 澄湖县 市群众艺术馆 市图书馆 市博物馆 局办公室 公共文化处 艺术处 文化产业处 市场管理处 政策法规处 人事处 财务处 广播电视处 机关党委")

// officeTemplate is a template as an office makes one: a title over all columns, heads of
// two merged rows, colours and widths, sums, and a line below.
func officeTemplate(t *testing.T, units []string) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const sheet = "上半年活动情况"
	must(f.SetSheetName("Sheet1", sheet))
	border := []excelize.Border{{Type: "left", Color: "333333", Style: 1}, {Type: "right", Color: "333333", Style: 1}, {Type: "top", Color: "333333", Style: 1}, {Type: "bottom", Color: "333333", Style: 1}}
	style := func(s excelize.Style) int {
		k, err := f.NewStyle(&s)
		must(err)
		return k
	}
	title := style(excelize.Style{Font: &excelize.Font{Bold: true, Size: 18, Family: "SimHei"}, Alignment: &excelize.Alignment{Horizontal: "center"}})
	head := style(excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}}, Border: border,
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	cell := style(excelize.Style{Border: border, NumFmt: 3})
	words := style(excelize.Style{Border: border, NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true}})
	at := func(c, r int) string { return fmt.Sprintf("%c%d", 'A'+c-1, r) }
	must(f.SetCellStr(sheet, "A1", "2012年上半年群众文化活动情况表"))
	must(f.MergeCell(sheet, "A1", "G1"))
	must(f.SetCellStyle(sheet, "A1", "G1", title))
	for r, line := range []string{"序号|单位|活动场次||参加人次||备注", "||农村|城区|农村|城区|"} {
		for c, w := range strings.Split(line, "|") {
			must(f.SetCellStr(sheet, at(c+1, r+2), w))
		}
	}
	for _, m := range []string{"A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"} {
		from, to, _ := strings.Cut(m, ":")
		must(f.MergeCell(sheet, from, to))
	}
	must(f.SetCellStyle(sheet, "A2", "G3", head))
	for k, u := range units {
		r := k + 4
		must(f.SetCellInt(sheet, at(1, r), int64(k+1)))
		must(f.SetCellStr(sheet, at(2, r), u))
		must(f.SetCellStyle(sheet, at(1, r), at(6, r), cell))
		must(f.SetCellStyle(sheet, at(7, r), at(7, r), words))
	}
	last := len(units) + 4
	must(f.SetCellStr(sheet, at(1, last), "合计"))
	must(f.MergeCell(sheet, at(1, last), at(2, last)))
	for c := 3; c <= 6; c++ {
		must(f.SetCellFormula(sheet, at(c, last), fmt.Sprintf("SUM(%s:%s)", at(c, 4), at(c, last-1))))
	}
	must(f.SetCellStyle(sheet, at(1, last), at(7, last), head))
	must(f.SetCellStr(sheet, at(1, last+1), "填表人：        联系电话："))
	must(f.MergeCell(sheet, at(1, last+1), at(7, last+1)))
	for c, w := range []float64{6, 18, 11, 11, 13, 13, 24} {
		must(f.SetColWidth(sheet, string(rune('A'+c)), string(rune('A'+c)), w))
	}
	must(f.SetRowHeight(sheet, 1, 36))
	must(f.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 3, TopLeftCell: "C4", ActivePane: "bottomRight"}))
	must(f.AddDataValidation(sheet, &excelize.DataValidation{Type: "whole", Operator: "greaterThanOrEqual", Formula1: "0", Sqref: "C4:F25", AllowBlank: true}))
	var b bytes.Buffer
	must(f.Write(&b))
	must(f.Close())
	return b.Bytes()
}

func readTemplate(t *testing.T, raw []byte, units []string) (*collection.Template, []FilledUnit) {
	t.Helper()
	sheet, err := ReadTemplate(t.Context(), "模板.xlsx", raw, "")
	if err != nil {
		t.Fatal(err)
	}
	find := func(words string) id.Unit { return id.Unit(slices.Index(units, words) + 1) }
	tm := &collection.Template{Sheet: sheet, Reading: sheet.Guess(find)}
	if err := tm.Check(); err != nil {
		t.Fatal(err)
	}
	rows := tm.UnitRows(find)
	var all []FilledUnit
	for k, u := range units {
		all = append(all, FilledUnit{Name: u, Rows: rows[id.Unit(k+1)]})
	}
	return tm, all
}

// layout is all of a workbook but what its cells say: of each cell its style, and the
// merges, widths, heights, panes and rules.
func layout(t *testing.T, raw []byte, sheet string, rows int) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]string{}
	for r := 1; r <= rows; r++ {
		for c := 1; c <= 7; c++ {
			at, _ := excelize.CoordinatesToCellName(c, r)
			k, err := f.GetCellStyle(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			s, err := f.GetStyle(k)
			if err != nil {
				t.Fatal(err)
			}
			out["style "+at] = styleWords(s)
		}
		h, _ := f.GetRowHeight(sheet, r)
		out[fmt.Sprintf("height %d", r)] = fmt.Sprintf("%.0f", h)
	}
	merges, err := f.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range merges {
		out["merge "+m.GetStartAxis()+":"+m.GetEndAxis()] = m.GetCellValue()
	}
	for c := 'A'; c <= 'G'; c++ {
		w, _ := f.GetColWidth(sheet, string(c))
		out["width "+string(c)] = fmt.Sprintf("%.0f", w)
	}
	return out
}

// styleWords says of a style what is seen of it, whatever program wrote it.
func styleWords(s *excelize.Style) string {
	font, fill, alignment := "false 11", "", "" // where none is said
	if s.Font != nil {
		font = fmt.Sprint(s.Font.Bold, s.Font.Size)
	}
	if s.Fill.Pattern == 1 {
		fill = fmt.Sprint(s.Fill.Color)
	}
	if s.Alignment != nil {
		alignment = fmt.Sprint(s.Alignment.Horizontal == "center", s.Alignment.WrapText)
	}
	return fmt.Sprint(font, fill, alignment, len(s.Border), s.NumFmt)
}

func cellsOf(t *testing.T, raw []byte, sheet string) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]string{}
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		for c, w := range row {
			at, _ := excelize.CoordinatesToCellName(c+1, r+1)
			if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
				w = "=" + formula
			}
			if w != "" {
				out[at] = w
			}
		}
	}
	return out
}

func TestCollectedTemplateKeepsItsLayout(t *testing.T) {
	raw := officeTemplate(t, units22)
	tm, all := readTemplate(t, raw, units22)
	if tm.Reading != (collection.Reading{Head: 2, First: 4, Last: 25, UnitCol: 2, Free: 1}) {
		t.Fatalf("read as %+v", tm.Reading)
	}
	for k := range all { // all but 澄湖县 and 机关党委
		if u := &all[k]; u.Name != "澄湖县" && u.Name != "机关党委" {
			u.Came = true
			u.Values = collection.Values{"r1c3": fmt.Sprint(k + 1), "r1c4": "1200", "r1c5": "", "r1c6": "007", "r1c7": "=HYPERLINK(\"http://x\")"}
		}
	}
	out, err := FillTemplate(text.Chinese, raw, tm, all)
	if err != nil {
		t.Fatal(err)
	}
	before, after := layout(t, raw, tm.Sheet.Name, 27), layout(t, out, tm.Sheet.Name, 27)
	if !maps.Equal(before, after) {
		for k, v := range before {
			if after[k] != v {
				t.Errorf("%s was %q, is %q", k, v, after[k])
			}
		}
	}
	cells := cellsOf(t, out, tm.Sheet.Name)
	for at, want := range map[string]string{"B4": "望潮区", "C4": "1", "D4": "1,200", "F4": "007", "G4": "=HYPERLINK(\"http://x\")", "C12": "", "C26": "=SUM(C4:C25)",
		"A29": "未报 2 家：", "A30": "澄湖县", "A31": "机关党委"} {
		if cells[at] != want {
			t.Errorf("%s is %q, want %q", at, cells[at], want)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if formula, _ := f.GetCellFormula(tm.Sheet.Name, "G4"); formula != "" {
		t.Errorf("what a unit typed became a formula: %s", formula)
	}
	if kind, _ := f.GetCellType(tm.Sheet.Name, "C4"); kind == excelize.CellTypeSharedString {
		t.Error("a number became text")
	}
}

// A template without names: rows of units go into its blank rows, and into more like the
// last where they are too few; what stands below moves down.
func TestCollectedTemplateWithoutNames(t *testing.T) {
	raw := officeTemplate(t, []string{"", ""})
	units := []string{"市图书馆", "市博物馆", "市群众艺术馆"}
	tm, all := readTemplate(t, raw, units)
	if tm.Reading.First != 4 || tm.Reading.Last != 5 || tm.Reading.UnitCol != 2 {
		t.Fatalf("read as %+v", tm.Reading)
	}
	all[0].Came, all[0].Values = true, collection.Values{"r1c3": "3", "r2c3": "4"}
	all[2].Came, all[2].Values = true, collection.Values{"r1c3": "5"}
	out, err := FillTemplate(text.Chinese, raw, tm, all)
	if err != nil {
		t.Fatal(err)
	}
	cells := cellsOf(t, out, tm.Sheet.Name)
	for at, want := range map[string]string{"B4": "市图书馆", "C4": "3", "B5": "市图书馆", "C5": "4", "B6": "市群众艺术馆", "C6": "5", "A7": "合计", "A10": "未报 1 家：", "A11": "市博物馆"} {
		if cells[at] != want {
			t.Errorf("%s is %q, want %q", at, cells[at], want)
		}
	}
}

// What a unit downloads has its own rows alone; filled in, it reads back.
func TestOwnTemplate(t *testing.T) {
	raw := officeTemplate(t, units22)
	tm, all := readTemplate(t, raw, units22)
	for _, u := range []FilledUnit{all[7], {Name: "市少年宫"}} {
		u.Values = collection.Values{"r1c3": "12", "r1c7": "夏令营"}
		own, err := OwnTemplate(t.Context(), raw, tm, u)
		if err != nil {
			t.Fatal(err)
		}
		cells := cellsOf(t, own, tm.Sheet.Name)
		words := fmt.Sprint(slices.Collect(maps.Values(cells)))
		if strings.Contains(words, "望潮区") || strings.Contains(words, "机关党委") || !strings.Contains(words, u.Name) {
			t.Errorf("%s sees %s", u.Name, words)
		}
		back, err := ReadTemplate(t.Context(), "表.xlsx", own, tm.Sheet.Name)
		if err != nil {
			t.Fatal(err)
		}
		values, err := tm.ReadBack(back, u.Rows, func(w string) bool { return w == u.Name })
		if err != nil || !maps.Equal(values, u.Values) {
			t.Errorf("%s reads back %v %v", u.Name, values, err)
		}
	}
}

func TestReadTemplateRefuses(t *testing.T) {
	for name, raw := range map[string][]byte{"nothing": nil, "text": []byte("单位,人数"), "broken": []byte("PK\x03\x04 and no more")} {
		if _, err := ReadTemplate(t.Context(), name, raw, ""); fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadTemplateRefusesWhatTheLibraryWouldBlowUp(t *testing.T) {
	for name, sheet := range map[string]string{
		"blank cells at the far end of each row": "<sheetData>" + strings.Repeat(`<row><c r="XFD1"/></row>`, 60) + "</sheetData>",
		"written with entities":                  "<sheetData>" + strings.Repeat(`<row><c r='&#88;FD1'/></row>`, 60) + "</sheetData>",
		"thousands of merged ranges":             "<sheetData/><mergeCells>" + strings.Repeat(`<mergeCell ref="A1:B1"/>`, collection.MostMerges+1) + "</mergeCells>",
	} {
		raw := withSheet(t, "", sheet)
		if _, err := ReadTemplate(t.Context(), "x.xlsx", raw, ""); !fault.Is(err, fault.TooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// In no other writing may it come past.
	raw := withSheet(t, `<?xml version="1.0" encoding="gbk"?>`, "<sheetData>"+strings.Repeat(`<row><c r="XFD1"/></row>`, 60)+"</sheetData>")
	if _, err := ReadTemplate(t.Context(), "x.xlsx", raw, ""); fault.Of(err) == nil {
		t.Errorf("in GBK: %v", err)
	}
	// A heading that is merged to the end of the sheet is common, and as wide as may be read.
	raw = withSheet(t, "", `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>`)
	if s, err := ReadTemplate(t.Context(), "x.xlsx", raw, ""); err != nil || s.Width() != collection.MostColumns {
		t.Errorf("%d columns, %v", s.Width(), err)
	}
}

// withSheet is a workbook with a sheet as somebody wrote it.
func withSheet(t *testing.T, before, content string) []byte {
	t.Helper()
	var plain, out bytes.Buffer
	if err := excelize.NewFile().Write(&plain); err != nil {
		t.Fatal(err)
	}
	from, err := zip.NewReader(bytes.NewReader(plain.Bytes()), int64(plain.Len()))
	if err != nil {
		t.Fatal(err)
	}
	to := zip.NewWriter(&out)
	for _, part := range from.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			if err := to.Copy(part); err != nil {
				t.Fatal(err)
			}
			continue
		}
		w, err := to.Create(part.Name)
		if err == nil {
			_, err = w.Write([]byte(before + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + content + "</worksheet>"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

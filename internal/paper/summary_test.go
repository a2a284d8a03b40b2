package paper

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"luoshi/internal/text"

	"github.com/xuri/excelize/v2"
)

// merged is a summary whose words would be formulas if a cell let them.
func merged() SummaryTable {
	t := SummaryTable{Title: "文化服务方案进展汇总表\n（2012年3月）", Name: "汇总表", Heads: [10]string{"序号", "任务", "单位", "哪一期", "进展", "办了什么", "下一步", "困难和需要", "未报", "时限"},
		Notes: []string{"说明：汇总。"}}
	part := SummaryTablePart{Heading: "重点项目"}
	for _, words := range []string{"=1+1", "+8", "-8", "@SUM(A1)", "送了 900 册", strings.Repeat("很长的一句话。", 400)} {
		part.Rows = append(part.Rows, SummaryTableRow{Cells: [10]string{"1", "送书下乡", "公共文化处", "2012年3月", "推进中", words, words, "", "", "2012年12月31日"}})
	}
	t.Parts = []SummaryTablePart{part}
	return t
}

func TestSummaryXLSX(t *testing.T) {
	content, err := SummaryXLSX(text.Chinese, merged())
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, cell := range []string{"F4", "F5", "F6", "F7", "G4"} {
		if formula, err := f.GetCellFormula("汇总表", cell); err != nil || formula != "" {
			t.Errorf("%s is a formula: %q %v", cell, formula, err)
		}
	}
	if got, _ := f.GetCellValue("汇总表", "F4"); got != "=1+1" {
		t.Errorf("%q", got)
	}
	layout, err := f.GetPageLayout("汇总表")
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != paperA4 {
		t.Errorf("%+v %v", layout, err)
	}
	titles := ""
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" {
			titles = n.RefersTo
		}
	}
	if titles != "'汇总表'!$2:$2" {
		t.Errorf("the heads are not repeated: %q", titles)
	}
	again, err := SummaryXLSX(text.Chinese, merged())
	if err != nil || len(again) != len(content) {
		t.Errorf("another file: %d and %d bytes, %v", len(content), len(again), err)
	}
}

func TestSummaryDocx(t *testing.T) {
	r := SummaryReport{Title: "《文化服务方案》\n落实情况月报", Number: "〔2012〕第3期（2012年3月）", Intro: []string{"本月开了头。"},
		Parts: []SummaryReportPart{{"一、重点项目", []SummaryReportItem{{"（一）送书下乡", []string{"公共文化处（推进中）：送了 900 册。<&>"}}}}},
		Annex: "附件：进展汇总表", Signed: []string{"某局", "2012年4月19日"}, Table: merged(), Beside: [2]string{"附件", "进展汇总表"}}
	content, err := SummaryDocx(text.Chinese, r)
	if err != nil {
		t.Fatal(err)
	}
	again, err := SummaryDocx(text.Chinese, r)
	if err != nil || !bytes.Equal(content, again) {
		t.Errorf("not the same bytes: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	xml := string(raw)
	at := -1
	for _, w := range []string{`w:val="Title"`, "<w:br/>", `w:val="LetterMiddle"`, "〔2012〕第3期", `w:val="LetterText"`, "本月开了头。", `w:val="LetterHead"`, "一、重点项目", `w:val="LetterSubhead"`, "（一）送书下乡",
		`w:val="LetterLast"`, "&lt;&amp;&gt;", "附件：进展汇总表", `w:val="LetterSign"`, "某局", `<w:pgSz w:w="11906" w:h="16838"/>`, `w:val="LetterAnnex"`, "<w:tblHeader/>", `w:orient="landscape"`} {
		next := strings.Index(xml[at+1:], w)
		if next < 0 {
			t.Fatalf("%q does not follow", w)
		}
		at += 1 + next
	}
	// The text of GB/T 9704-2012: 156 by 225 millimetres, within half a millimetre.
	if w, h := officialPage.TextWidth(), officialPage.Height-officialPage.Top-officialPage.Bottom; w < twips(156)-28 || w > twips(156)+28 || h < twips(225)-28 || h > twips(225)+28 {
		t.Errorf("%d by %d twips", w, h)
	}
}

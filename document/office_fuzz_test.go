package document

import (
	"strings"
	"testing"

	"luoshi/fault"
)

// fuzzed reads a file that may be anything: it is refused with words for a person,
// or what was read keeps its types' promises.
func fuzzed(t *testing.T, name string, raw []byte) {
	s, err := readTwice(t, name, raw)
	if err == nil {
		if strings.ContainsAny(s.Text, "\r\x00") && s.Format != "UTF-8" && s.Format != "GB18030" {
			t.Fatalf("not a clean text: %q", s.Text)
		}
		return
	}
	if fault.Of(err) == nil {
		t.Fatalf("no words for a person: %v", err)
	}
}

func FuzzReadDocx(f *testing.F) {
	numbering := "<w:numbering" + wordNames + ">" + abstract(1, lvl(0, "chineseCounting", "%1、"), lvl(1, "decimal", "%1.%2", "<w:isLgl/>")) + num(1, 1, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>`) + "</w:numbering>"
	styles := "<w:styles" + wordNames + `><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:basedOn w:val="b"/><w:pPr>` + in(1, 1) + `</w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`
	for _, body := range []string{
		p(in(1, 0), "甲") + p(in(1, 1), "乙") + p(`<w:pStyle w:val="b"/>`, "丙"),
		p("", field("TOC", "甲"), `<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>`, `<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>`+p("", "框")+`</w:txbxContent></mc:Choice><mc:Fallback><w:t>丙</w:t></mc:Fallback></mc:AlternateContent></w:r>`),
		tbl(row(`<w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>`+p("", "甲"), "乙"), row(`<w:tcPr><w:vMerge/><w:hMerge/></w:tcPr>`+p("", "丙"), tbl(row("丁", "戊")))),
		p(`<w:rPr><w:del/><w:vanish/></w:rPr>`, "甲") + `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + p("", "乙") + `</w:sdtContent></w:sdt><w:altChunk/>`,
	} {
		f.Add("<w:document"+wordNames+"><w:body>"+body+"</w:body></w:document>", numbering, styles)
	}
	f.Fuzz(func(t *testing.T, document, numbering, styles string) {
		fuzzed(t, "", zipped("word/document.xml", document, "word/numbering.xml", numbering, "word/styles.xml", styles))
	})
}

func FuzzReadXLSX(f *testing.F) {
	f.Add(`<cols><col hidden="1"/></cols>`+cells(row("甲", "乙"), row("", "丙"))+`<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`, "<si><t>甲_x000D_</t><rPh><t>乙</t></rPh></si>", `[$¥-804]#,##0.0#%;"x"`)
	f.Add(`<sheetData><row r="3" hidden="1"><c r="AB3" t="s"><v>0</v></c><c s="1"><f>1</f><v>45473.5</v></c><c t="b"><v>1</v></c><c t="d"><v>2024-06-30</v></c></row><row r="20000"/></sheetData>`, "<si><r><t>甲</t></r></si>", `yyyy"年"m\月d日 [h]:mm AM/PM`)
	f.Fuzz(func(t *testing.T, sheet, shared, code string) {
		code = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(code)
		fuzzed(t, "", xlsx(shared, `<numFmts><numFmt numFmtId="200" formatCode="`+code+`"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs>`, "任务", sheet, "!二", sheet))
	})
}

func FuzzReadFile(f *testing.F) {
	f.Add("", docx(p("", "甲")))
	f.Add("", xlsx("", "", "任务", cells(row("甲"))))
	f.Add("a.csv", []byte("甲,\"乙\n\"\"\"\n,,"))
	f.Add("a.md", []byte("|甲|乙|\n|-|-|\n|丙\\||"))
	f.Add("", []byte("甲\t乙\t\"丙\n\"\n1\t2\t3\n"))
	f.Add("", []byte(compound("Root Entry", "WordDocument")))
	f.Fuzz(func(t *testing.T, name string, raw []byte) { fuzzed(t, name, raw) })
}

// BenchmarkReadDocx reads a document of about a hundred pages: 1,500 numbered
// paragraphs of 50 runes in three runs each, and 20 tables.
func BenchmarkReadDocx(b *testing.B) {
	look := `<w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/><w:sz w:val="32"/><w:szCs w:val="32"/>`
	sentence := run(look, "<w:t>全市每年组织送戏下乡三百场以上，</w:t>")
	var body strings.Builder
	for i := range 1500 {
		body.WriteString(p(`<w:pStyle w:val="a3"/>`+in(1, i%3)+`<w:ind w:firstLine="640"/><w:rPr>`+look+`</w:rPr>`, sentence, sentence, sentence))
		if i%75 == 0 {
			for range 20 {
				body.WriteString(tbl(row("送戏下乡", "市文化局", "市财政局", "2024年12月底前")))
			}
		}
	}
	raw := docx(body.String(), "word/numbering.xml", "<w:numbering>"+abstract(1, lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）"), lvl(2, "decimal", "%3."))+num(1, 1)+"</w:numbering>")
	b.ReportAllocs()
	for b.Loop() {
		s, err := ReadFile("", raw)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(s.Text)), "bytes")
	}
}

package document

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestHostileFiles reads files made to be expensive: each is refused, or what can be
// read is read. Time and memory are printed, and held to very loosely, as the
// machine may be busy.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED, NOT CHECKED: files made to be expensive take seconds")
	}
	many := strings.Repeat
	words := p("", "甲")
	sheet := func(data string) []byte { return xlsx("", "", "任务", data) }
	for _, c := range []struct {
		name    string
		raw     func() []byte
		refused error // nil where it is read
	}{
		{"a part of 100 MB", func() []byte { return docx(many(" ", 100<<20)) }, ErrUnpacked},
		{"a part of 60 MB of XML", func() []byte { return docx(many(words, 1_000_000)) }, ErrUnpacked},
		{"20 MB of XML", func() []byte { return docx(many(words, 380_000)) }, nil},
		{"an element of 20 MB", func() []byte { return docx("<w:p " + many(`a="" `, 4_000_000) + "/>") }, ErrUnpacked},
		{"an element of 3.9 MB", func() []byte { return docx("<w:p " + many(`a="" `, 780_000) + "/>" + words) }, nil},
		{"5,000,000 elements within one another", func() []byte { return docx(many("<w:x>", 5_000_000)) }, ErrDamaged},
		{"1,000 tables within one another", func() []byte {
			return docx(many("<w:tbl><w:tr><w:tc>"+words, 1000) + many("</w:tc></w:tr></w:tbl>", 1000))
		}, nil},
		{"1,000 tables of two columns within one another", func() []byte {
			return docx(many("<w:tbl><w:tr><w:tc>"+words+"</w:tc><w:tc>"+words, 1000) + many("</w:tc></w:tr></w:tbl>", 1000))
		}, nil},
		{"1,000 text boxes within one another, and 300,000 paragraphs in the last", func() []byte {
			return docx(many("<w:p><w:r><w:txbxContent>", 1000) + many("<w:p><w:r><w:t>a</w:t></w:r></w:p>", 300_000) + many("</w:txbxContent></w:r></w:p>", 1000))
		}, nil},
		{"3,000,000 empty paragraphs", func() []byte { return docx(many("<w:p/>", 3_000_000) + words) }, nil},
		{"250,000 deleted marks", func() []byte { return docx(many(p("<w:rPr><w:del/></w:rPr>", "a"), 250_000)) }, nil},
		{"600,000 open fields", func() []byte {
			return docx("<w:p>" + many(`<w:fldChar w:fldCharType="begin"/>`, 600_000) + "</w:p>" + words)
		}, nil},
		{"a wide cell", func() []byte {
			return docx(tbl(row(`<w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr>`+words, "乙")))
		}, nil},
		{"1,000,000 cells", func() []byte { return docx("<w:tbl>" + many("<w:tr><w:tc/><w:tc/></w:tr>", 500_000) + "</w:tbl>") }, ErrTableTooLarge},
		{"a row of 4,000 cells over 4,000 rows", func() []byte {
			return docx("<w:tbl><w:tr>" + many("<w:tc/>", 4000) + "</w:tr>" + many("<w:tr><w:tc/></w:tr>", 4000) + "</w:tbl>")
		}, ErrTableTooLarge},
		{"500,000 styles", func() []byte {
			return docx(words, "word/styles.xml", "<w:styles>"+many(`<w:style w:styleId="a"/>`, 10)+distinct(`<w:style w:styleId="%d"/>`, 500_000)+"</w:styles>")
		}, ErrUnpacked},
		{"500,000 lists", func() []byte {
			return docx(words, "word/numbering.xml", "<w:numbering>"+distinct(`<w:num w:numId="%d"/>`, 500_000)+"</w:numbering>")
		}, ErrUnpacked},
		{"numbers longer than words", func() []byte {
			return docx(many(p(in(1, 0), ""), 200_000), "word/numbering.xml", "<w:numbering>"+abstract(1, lvl(0, "chineseLegalSimplified", many("%1", 127)))+num(1, 1)+"</w:numbering>")
		}, ErrTooLarge},
		{"a DOCTYPE", func() []byte {
			return zipped("word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document`+wordNames+`><w:body>`+p("", "&b;")+`</w:body></w:document>`)
		}, ErrDamaged},
		{"an entity of another file", func() []byte {
			return zipped("word/document.xml", `<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:document`+wordNames+`/>`)
		}, ErrDamaged},
		{"two parts of one name", func() []byte { return zipped("word/document.xml", "<a/>", "Word/Document.xml", "<b/>") }, ErrDamaged},
		{"a link out of the package", func() []byte {
			return docx(words, "_rels/.rels", `<Relationships><Relationship Type="x/officeDocument" Target="../../../etc/passwd"/></Relationships>`)
		}, ErrDamaged},
		{"20,000 entries", func() []byte {
			parts := make([]string, 40_000)
			for i := range 20_000 {
				parts[2*i] = fmt.Sprint("word/", i)
			}
			return zipped(parts...)
		}, ErrDamaged},
		{"another encoding", func() []byte {
			return zipped("word/document.xml", `<?xml version="1.0" encoding="utf-16"?><a/>`)
		}, ErrDamaged},
		{"5,000,000 empty rows", func() []byte { return sheet("<sheetData>" + many("<row/>", 5_000_000) + "</sheetData>") }, ErrEmpty},
		{"a table and 1,000,000 rows of styled cells", func() []byte {
			return sheet(`<sheetData><row r="1"><c t="str"><v>甲</v></c><c t="str"><v>乙</v></c></row>` + many(`<row s="1" spans="1:3"><c s="1"/><c s="2"/></row>`, 1_000_000) + `</sheetData><mergeCells><mergeCell ref="A1:A3"/></mergeCells>`)
		}, nil},
		{"a row of 4,000,000 cells", func() []byte { return sheet("<sheetData><row>" + many("<c/>", 4_000_000) + "</row></sheetData>") }, ErrDamaged},
		{"a cell at the far end", func() []byte {
			return sheet(`<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="str"><v>甲</v></c></row><row r="9999"><c r="XFD9999" t="str"><v>乙</v></c></row></sheetData>`)
		}, ErrTableTooLarge},
		{"a cell in the last row", func() []byte {
			return sheet(`<sheetData><row r="1"><c r="A1" t="str"><v>甲</v></c></row><row r="1048576"><c r="XFD1048576" t="str"><v>乙</v></c></row></sheetData>`)
		}, nil},
		{"90,000 merges of everything", func() []byte {
			return sheet(cells(row("甲", "乙"), row("丙", "丁")) + "<mergeCells>" + many(`<mergeCell ref="A1:XFD1048576"/>`, 90_000) + "</mergeCells>")
		}, nil},
		{"a long string in 100,000 cells", func() []byte {
			return xlsx("<si><t>"+many("甲", 1_000_000)+"</t></si>", "", "任务", "<sheetData>"+many(`<row><c t="s"><v>0</v></c></row>`, 100_000)+"</sheetData>")
		}, ErrTooLarge},
		{"5,000,000 shared strings", func() []byte { return xlsx(many("<si/>", 5_000_000), "", "任务", "<sheetData/>") }, ErrTableTooLarge},
		{"1,000,000 formats", func() []byte {
			return xlsx("", "<cellXfs>"+many(`<xf numFmtId="14"/>`, 1_000_000)+"</cellXfs>", "任务", "<sheetData/>")
		}, ErrUnpacked},
		{"one sheet 500 times", func() []byte {
			return xlsxWith("<sheets>"+many(`<sheet name="x" r:id="r0"/>`, 500)+"</sheets>", "", "", "任务", "<sheetData>"+many(`<row><c t="str"><v>甲</v></c></row>`, 100_000)+"</sheetData>")
		}, nil},
		{"tabs", func() []byte { return []byte(many("a\tb\tc\n", 600_000)) }, ErrTableTooLarge},
		{"pipes", func() []byte { return []byte("|a|\n|-|\n" + many("|", 4_000_000)) }, nil},
		{"a line of tabs", func() []byte { return []byte(many("\t", 4_000_000)) }, ErrEmpty},
		{"a long line of tabs", func() []byte { return []byte("a" + many("\tb", 1_999_999)) }, nil},
		{"quotation marks", func() []byte { return []byte(many("\"\"\"a\t\"\n", 500_000)) }, nil},
		{"more quotation marks", func() []byte { return []byte(many("\"", 4_000_000)) }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw := c.raw()
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			stop := make(chan struct{})
			peak := make(chan uint64)
			go highest(stop, peak)
			start := time.Now()
			s, err := ReadFile("", raw)
			took := time.Since(start)
			close(stop)
			top := <-peak
			runtime.ReadMemStats(&after)
			t.Logf("%d KB: %v, %d MB at most, %d MB in all: %v", len(raw)>>10, took.Round(time.Millisecond), (max(top, before.HeapAlloc)-before.HeapAlloc)>>20, (after.TotalAlloc-before.TotalAlloc)>>20, err)
			if !errors.Is(err, c.refused) || (err == nil) != (c.refused == nil) {
				t.Errorf("refused with %v, want %v", err, c.refused)
			}
			if took > time.Minute { // this only catches squares
				t.Errorf("it took %v", took)
			}
			checkSource(t, s)
		})
	}
}

// distinct repeats a pattern with the numbers up to n.
func distinct(pattern string, n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, pattern, i)
	}
	return out.String()
}

// highest watches how much of the heap is used.
func highest(stop chan struct{}, peak chan uint64) {
	var m runtime.MemStats
	var most uint64
	for {
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
		select {
		case <-stop:
			peak <- most
			return
		case <-time.After(5 * time.Millisecond):
		}
	}
}

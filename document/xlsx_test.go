package document

import (
	"fmt"
	"strings"
	"testing"
)

const sheetNames = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// xlsx makes a workbook of sheets: names (with a ! before those that are hidden)
// and what stands in their worksheet, in turn.
func xlsx(strings, styles string, sheets ...string) []byte {
	return xlsxWith("", strings, styles, sheets...)
}

func xlsxWith(properties, shared, styles string, sheets ...string) []byte {
	list, links := "", ""
	parts := []string{}
	for i := 0; i < len(sheets); i += 2 {
		name, hidden := strings.CutPrefix(sheets[i], "!")
		state := ""
		if hidden {
			state = ` state="hidden"`
		}
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d"%s r:id="r%d"/>`, name, i, state, i)
		links += fmt.Sprintf(`<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i, i)
		parts = append(parts, fmt.Sprintf("xl/worksheets/sheet%d.xml", i), "<worksheet"+sheetNames+">"+sheets[i+1]+"</worksheet>")
	}
	parts = append(parts, "xl/workbook.xml", "<workbook"+sheetNames+">"+properties+"<sheets>"+list+"</sheets></workbook>",
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+links+"</Relationships>",
		"xl/sharedStrings.xml", "<sst"+sheetNames+">"+shared+"</sst>", "xl/styles.xml", "<styleSheet"+sheetNames+">"+styles+"</styleSheet>")
	return zipped(parts...)
}

// cells makes rows of inline strings, from A1 on; an empty one is left out.
func cells(rows ...[]string) string {
	out := "<sheetData>"
	for r, row := range rows {
		out += fmt.Sprintf(`<row r="%d">`, r+1)
		for c, words := range row {
			if words != "" {
				out += fmt.Sprintf(`<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+c, r+1, words)
			}
		}
		out += "</row>"
	}
	return out + "</sheetData>"
}

func TestReadXLSX(t *testing.T) {
	tasks := cells(row("任务", "单位"), row("送戏", "文化局"))
	for _, c := range []struct {
		name string
		raw  []byte
		text string
		note string
	}{
		{"one sheet", xlsx("", "", "任务", tasks), "任务\t单位\n送戏\t文化局\n", ""},
		{"two sheets", xlsx("", "", "任务", tasks, "空", "<sheetData/>", "附表", cells(row("甲"))), "任务\n任务\t单位\n送戏\t文化局\n附表\n甲\n", ""},
		{"a hidden sheet", xlsx("", "", "!草稿", cells(row("密")), "任务", tasks), "任务\t单位\n送戏\t文化局\n", "隐藏的工作表没有读入。"},
		{"shared strings", xlsx(`<si><t>任务</t></si><si><r><t>送</t></r><r><rPr/><t>戏_x000D_</t></r><rPh sb="0" eb="1"><t>song</t></rPh></si><si><t>第一行`+"\n"+`第二行</t></si>`, "", "任务",
			`<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c t="s"><v>99</v></c></row></sheetData>`), "任务\t送戏\n第一行" + br + "第二行\t\n", ""},
		{"kinds of values", xlsx("", "", "任务", `<sheetData><row r="3"><c r="B3" t="str"><f>A1</f><v>算出</v></c><c r="C3" t="b"><v>1</v></c><c r="D3"><f>1+1</f><v>2</v></c><c r="E3" t="e"><v>#N/A</v></c></row></sheetData>`), "算出\tTRUE\t2\t#N/A\n", ""},
		{"merged", xlsx("", "", "任务", cells(row("标题", "", "", ""), row("一", "送戏", "1"), row("", "送书", "2"))+`<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="X1:XFD1048576"/></mergeCells>`), "标题\t\t\n一\t送戏\t1\n\t送书\t2\n", ""},
		{"hidden rows", xlsx("", "", "任务", `<cols><col min="1" max="1" hidden="1"/></cols>`+tasks), "任务\t单位\n送戏\t文化局\n", "隐藏的行和列也读入了。"},
		{"an empty row within", xlsx("", "", "任务", cells(row("甲", "乙"), row(), row("丙", "丁"), row(" "))), "甲\t乙\n\t\n丙\t丁\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := readXLSX(c.raw)
			if err != nil {
				t.Fatal(err)
			}
			if s.Text != c.text {
				t.Errorf("got  %q\nwant %q", s.Text, c.text)
			}
			if got := strings.Join(s.Notes, ""); got != c.note {
				t.Errorf("notes %q, want %q", got, c.note)
			}
			checkSource(t, s)
		})
	}
}

func TestReadXLSXPlaces(t *testing.T) {
	s, err := readXLSX(xlsx("", "", "任务", `<sheetData><row r="3"><c r="C3" t="str"><v>甲</v></c><c r="E3" t="str"><v>乙</v></c></row><row r="5"><c r="D5"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="C3:D4"/></mergeCells>`))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.table(0); got != "甲|甲|乙\n甲|甲|\n|3|" {
		t.Errorf("%q", got)
	}
	rows := s.Tables[0].Rows
	if c := rows[1][1]; c.Row != 3 || c.Column != 3 || c != rows[0][0] {
		t.Errorf("a merged cell is %+v", c)
	}
	if c := rows[2][1]; c.Row != 5 || c.Column != 4 || s.Tables[0].Sheet != "任务" {
		t.Errorf("a cell is %+v of %q", c, s.Tables[0].Sheet)
	}
	if !rows[2][0].Empty() || rows[2][0].Row != 5 || rows[2][0].Column != 3 {
		t.Errorf("an empty cell is %+v", rows[2][0])
	}
}

func TestCellFormats(t *testing.T) {
	for _, c := range []struct{ code, value, want string }{
		{"", "1500", "1500"}, {"", "0.30000000000000004", "0.3"}, {"", "1.0E-2", "0.01"}, {"", "-0", "0"}, {"", "123456789012345", "123456789012345"}, {"", "1E+25", "1E+25"}, {"", "abc", "abc"}, {"General", "0.8", "0.8"},
		{"0%", "0.8", "80%"}, {"0.00%", "0.12345", "12.35%"}, {"0", "2.5", "3"}, {"0.00", "1.005", "1.01"}, {"0.0#", "1.5", "1.5"}, {"000", "7", "007"}, {"#,##0", "1234567", "1,234,567"}, {"#,##0.00", "-1234.5", "-1,234.50"},
		{"0\"万元\"", "12", "12万元"}, {"\"第\"0\"期\"", "3", "第3期"}, {"[$¥-804]#,##0.00", "5", "¥5.00"}, {"_ * #,##0.00_ ;_ * -#,##0.00_ ", "5", "5.00"}, {"[Red]0;[Green]-0", "5", "5"}, {"0,", "12345", "12"}, {"0", "-0.3", "0"},
		{"[>=10000]0!.0,\"万\";0", "12345", "12345"}, {"# ?/?", "0.5", "0.5"}, {"0.00E+00", "12345", "12345"}, {"@", "00012", "12"}, {"General\"人\"", "5", "5人"}, {"0\"个\"", "1e999", "1e999"},
		{usualFormats[14], "45473", "2024年6月30日"}, {usualFormats[57], "45473", "2024年6月"}, {usualFormats[58], "45473", "6月30日"}, {usualFormats[22], "45473.5", "2024年6月30日 12:00"}, {usualFormats[20], "0.354166666666667", "8:30"}, {usualFormats[46], "1.5", "36:00:00"}, {usualFormats[45], "0.5", "12:00:00"},
		{"yyyy\"年\"m\"月\"d\"日\";@", "45473", "2024年6月30日"}, {"[$-804]yyyy年m月", "45473", "2024年6月"}, {"yyyy-mm-dd hh:mm:ss", "45473.000011574", "2024年6月30日 0:00:01"}, {"[$-804]aaaa", "45473", "星期日"}, {"yyyy", "45473", "2024年"}, {"yyyy/m/d AM/PM h:mm", "45473.75", "2024年6月30日 18:00"},
		{"yyyy-m-d", "1", "1900年1月1日"}, {"yyyy-m-d", "59", "1900年2月28日"}, {"yyyy-m-d", "61", "1900年3月1日"}, {"yyyy-m-d", "2958465", "9999年12月31日"}, {"yyyy-m-d", "2958466", "2958466"}, {"yyyy-m-d", "-1", "-1"}, {"yyyy-m-d", "待定", "待定"},
		{"m/d", "2024-06-30T08:05:00", "6月30日"}, {"", "2024-06-30", "2024年6月30日"},
	} {
		if got := readFormat(c.code).shown(c.value, 1900); got != c.want {
			t.Errorf("%q as %q: %q, want %q", c.value, c.code, got, c.want)
		}
	}
	if got := readFormat("yyyy-m-d").shown("0", 1904); got != "1904年1月1日" {
		t.Errorf("counted from 1904: %s", got)
	}
}

func TestReadXLSXFormats(t *testing.T) {
	styles := `<numFmts><numFmt numFmtId="176" formatCode="0.0&quot;万&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="31"/><xf numFmtId="176"/></cellXfs>`
	data := `<sheetData><row><c><v>5</v></c><c s="1"><v>0.8</v></c><c s="2"><v>45473</v></c><c s="3"><v>3.67</v></c><c s="77"><v>6</v></c></row></sheetData>`
	s, err := readXLSX(xlsx("", styles, "任务", data))
	if err != nil || s.Text != "5\t80%\t2024年6月30日\t3.7万\t6\n" {
		t.Errorf("%q, %v", s.Text, err)
	}
	s, err = readXLSX(xlsxWith(`<workbookPr date1904="1"/>`, "", styles, "任务", data))
	if err != nil || !strings.Contains(s.Text, "2028年7月1日") {
		t.Errorf("%q, %v", s.Text, err)
	}
}

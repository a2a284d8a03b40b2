package document

import (
	"strings"
	"testing"
)

// br is a line break within a cell.
const br = string(LineBreak)

func TestReadDocxParagraphs(t *testing.T) {
	box := `<w:txbxContent>` + p("", "框中字") + `</w:txbxContent>`
	for _, c := range []struct{ name, body, want, note string }{
		{"paragraphs in order", p("", "安澜市文化惠民方案") + p("", "一、目标") + p("", "送戏", "三百场。"), "安澜市文化惠民方案\n一、目标\n送戏三百场。\n", ""},
		{"empty ones are one empty line", p("") + p("", "甲") + p("") + p("") + p("", "乙"), "甲\n\n乙\n", ""},
		{"indents are layout", p(`<w:ind w:firstLine="640"/>`, "　　甲 "), "甲\n", ""},
		{"tabs and breaks", p("", "甲", "<w:r><w:tab/></w:r>", "乙", "<w:r><w:br/></w:r>", "丙", `<w:r><w:br w:type="page"/></w:r>`), "甲 乙\n丙\n", ""},
		{"signs", p("", "甲", `<w:r><w:noBreakHyphen/></w:r>`, `<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>`, `<w:r><w:sym w:font="X" w:char="F0FE"/></w:r>`, `<w:r><w:softHyphen/></w:r>`, "乙"), "甲-☑〓乙\n", ""},
		{"blanks of the file", p("", "<w:r><w:t>\n 甲 \n</w:t></w:r>", "<w:r><w:t> 乙</w:t></w:r>"), "甲乙\n", ""},
		{"a tab in the words", p("", "甲\t乙\n丙\u2028丁"), "甲 乙 丙 丁\n", ""},
		{"entities", p("", "A&amp;B&#x4E00;&lt;"), "A&B一<\n", ""},
		{"links and controls", p("", `<w:hyperlink r:id="x"><w:r><w:t>链</w:t></w:r></w:hyperlink>`, `<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>`, `<w:smartTag><w:r><w:t>签</w:t></w:r></w:smartTag>`), "链控签\n", ""},
		{"a control of paragraphs", `<w:sdt><w:sdtPr/><w:sdtContent>` + p("", "甲") + p("", "乙") + `</w:sdtContent></w:sdt>`, "甲\n乙\n", ""},
		{"a prompt", p("", "甲", `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>点击输入</w:t></w:r></w:sdtContent></w:sdt>`), "甲\n", ""},
		{"fields show their result", p("", "第", field("PAGE", "3"), "页", `<w:fldSimple w:instr="DATE"><w:r><w:t>五日</w:t></w:r></w:fldSimple>`), "第3页五日\n", ""},
		{"a field in a field", p("", `<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF </w:instrText></w:r>`, field("DATE", "无"), `<w:r><w:fldChar w:fldCharType="separate"/><w:t>有</w:t><w:fldChar w:fldCharType="end"/></w:r>`), "有\n", ""},
		{"a field that does not end", p("", "甲", `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`) + p("", "乙"), "甲\n乙\n", ""},
		{"a table of contents", p("", `<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC \o "1-3"</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>`, "一、目标 1") + p("", "二、任务 2") + p("", `<w:r><w:fldChar w:fldCharType="end"/></w:r>`) + p("", "一、目标"), "一、目标\n", "自动目录没有读入，标题都在正文里。"},
		{"a table of contents that does not end", p("", `<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>`, "甲") + p("", "乙"), "甲\n乙\n", ""},
		{"a table of contents as a part", `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("", "目录") + `</w:sdtContent></w:sdt>` + p("", "甲"), "甲\n", "自动目录没有读入，标题都在正文里。"},
		{"changes are accepted", p("", "送戏", `<w:del><w:r><w:delText>二百</w:delText></w:r></w:del>`, `<w:ins><w:r><w:t>三百</w:t></w:r></w:ins>`, `<w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom>`, `<w:moveTo><w:r><w:t>场</w:t></w:r></w:moveTo>`), "送戏三百场\n", "文档里有修订，已按全部接受读入。"},
		{"a deleted mark joins", p(`<w:rPr><w:del/></w:rPr>`, "送戏") + p("", "三百场"), "送戏三百场\n", "文档里有修订，已按全部接受读入。"},
		{"a deleted mark at the end", p(`<w:rPr><w:del/></w:rPr>`, "送戏"), "送戏\n", "文档里有修订，已按全部接受读入。"},
		{"what stood before a change", p(`<w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange>`, run(`<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>`, "<w:t>甲</w:t>")), "甲\n", ""},
		{"hidden words", p("", "甲", run("<w:vanish/>", "<w:t>密</w:t>"), run(`<w:vanish w:val="0"/>`, "<w:t>乙</w:t>"), "丙"), "甲乙丙\n", "隐藏的文字没有读入。"},
		{"a hidden mark", p("<w:rPr><w:vanish/></w:rPr>") + p("", "甲"), "甲\n", ""},
		{"footnotes", p("", "甲", `<w:r><w:footnoteReference w:id="2"/></w:r>`), "甲\n", "脚注和尾注没有读入。"},
		{"comments", p("", `<w:commentRangeStart w:id="1"/>`, "甲", `<w:commentRangeEnd w:id="1"/>`, `<w:r><w:commentReference w:id="1"/></w:r>`), "甲\n", ""},
		{"another file", p("", "甲") + `<w:altChunk r:id="x"/>`, "甲\n", "文档里嵌入的别的文件没有读入。"},
		{"a text box once", p("", "甲", `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>`+box+`</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>`+box+`</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`, "乙"), "甲乙\n框中字\n", ""},
		{"an old text box", p("", `<w:r><w:pict><v:textbox>`+box+`</v:textbox></w:pict></w:r>`), "\n框中字\n", ""},
		{"a fallback", p("", `<w:r><mc:AlternateContent><mc:Choice Requires="x"><v:x/></mc:Choice><mc:Fallback><w:t>笑</w:t></mc:Fallback></mc:AlternateContent></w:r>`), "笑\n", ""},
		{"annotated signs", p("", `<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>lán</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>澜</w:t></w:r></w:rubyBase></w:ruby></w:r>`), "澜\n", ""},
		{"a picture", p("", "甲", `<w:r><w:drawing><v:blip/></w:drawing></w:r>`), "甲\n", "图片没有读入，里面的文字读不出来。"},
		{"a formula", p("", `<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>`), "a+b\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := readDocx(docx(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.TrimLeft(c.want, "\n"); s.Text != want {
				t.Errorf("got  %q\nwant %q", s.Text, want)
			}
			if got := strings.Join(s.Notes, ""); got != c.note {
				t.Errorf("notes %q, want %q", got, c.note)
			}
		})
	}
}

func TestReadDocxNumbers(t *testing.T) {
	plan := abstract(1, lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）", `<w:suff w:val="nothing"/>`), lvl(2, "decimal", "%3."), lvl(3, "decimal", "（%4）"))
	dotted := abstract(2, lvl(0, "decimal", "%1", `<w:suff w:val="space"/>`), lvl(1, "decimal", "%1.%2"), lvl(2, "decimal", "%1.%2.%3"))
	for _, c := range []struct{ name, numbering, styles, body, want string }{
		{"levels of a plan", plan + num(1, 1), "",
			p(in(1, 0), "甲") + p(in(1, 1), "子") + p(in(1, 1), "丑") + p(in(1, 2), "寅") + p(in(1, 0), "乙") + p(in(1, 1), "卯") + p(in(1, 2), "辰"),
			"一、甲\n（一）子\n（二）丑\n1. 寅\n二、乙\n（一）卯\n1. 辰\n"},
		{"numbers of numbers", dotted + num(1, 2), "", p(in(1, 0), "甲") + p(in(1, 1), "子") + p(in(1, 2), "丑") + p(in(1, 2), "寅") + p(in(1, 0), "乙") + p(in(1, 1), "卯"), "1 甲\n1.1 子\n1.1.1 丑\n1.1.2 寅\n2 乙\n2.1 卯\n"},
		{"a level is left out", dotted + num(1, 2), "", p(in(1, 1), "甲") + p(in(1, 0), "乙"), "1.1 甲\n1 乙\n"},
		{"two uses count on", plan + num(1, 1) + num(2, 1), "", p(in(1, 0), "甲") + p(in(2, 0), "乙") + p(in(1, 0), "丙"), "一、甲\n二、乙\n三、丙\n"},
		{"a use with its own start", plan + num(1, 1) + num(2, 1, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>`), "", p(in(1, 0), "甲") + p(in(2, 0), "乙") + p(in(2, 0), "丙") + p(in(1, 0), "丁"), "一、甲\n五、乙\n六、丙\n七、丁\n"},
		{"a use with its own look", plan + num(1, 1, `<w:lvlOverride w:ilvl="0">`+lvl(0, "upperLetter", "%1)")+`</w:lvlOverride>`), "", p(in(1, 0), "甲"), "A) 甲\n"},
		{"digits only", abstract(1, lvl(0, "chineseCounting", "第%1章"), lvl(1, "decimal", "%1.%2", "<w:isLgl/>")) + num(1, 1), "", p(in(1, 0), "甲") + p(in(1, 1), "乙"), "第一章 甲\n1.1 乙\n"},
		{"never starts again", abstract(1, lvl(0, "decimal", "%1、"), lvl(1, "decimal", "%2．", `<w:lvlRestart w:val="0"/>`)) + num(1, 1), "", p(in(1, 0), "甲") + p(in(1, 1), "子") + p(in(1, 0), "乙") + p(in(1, 1), "丑"), "1、甲\n1．子\n2、乙\n2．丑\n"},
		{"starts again after the first level only", abstract(1, lvl(0, "decimal", "%1、"), lvl(1, "decimal", "%2、"), lvl(2, "decimal", "%3、", `<w:lvlRestart w:val="1"/>`)) + num(1, 1), "",
			p(in(1, 0), "甲") + p(in(1, 1), "子") + p(in(1, 2), "一") + p(in(1, 1), "丑") + p(in(1, 2), "二") + p(in(1, 0), "乙") + p(in(1, 2), "三"), "1、甲\n1、子\n1、一\n2、丑\n2、二\n2、乙\n1、三\n"},
		{"bullets", abstract(1, lvl(0, "bullet", "\uf06c")) + num(1, 1), "", p(in(1, 0), "甲"), "• 甲\n"},
		{"no number but words", abstract(1, lvl(0, "none", "附件")) + num(1, 1), "", p(in(1, 0), "甲"), "附件 甲\n"},
		{"three digits", abstract(1, `<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>`) + num(1, 1), "", p(in(1, 0), "甲"), "007 甲\n"},
		{"a numbering style", abstract(1, lvl(0, "decimal", "%1、"), `<w:styleLink w:val="L"/>`) + abstract(2, `<w:numStyleLink w:val="L"/>`) + num(1, 1) + num(2, 2), `<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, p(in(2, 0), "甲") + p(in(1, 0), "乙"), "1、甲\n2、乙\n"},
		{"a numbering style that is a circle", abstract(2, `<w:numStyleLink w:val="L"/>`) + num(2, 2), `<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`, p(in(2, 0), "甲"), "甲\n"},
		{"numbers of styles", abstract(1, lvl(0, "chineseCounting", "%1、", `<w:pStyle w:val="1"/>`), lvl(1, "chineseCounting", "（%2）", `<w:pStyle w:val="2"/>`)) + num(1, 1),
			`<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="3"><w:basedOn w:val="2"/></w:style>`,
			p(`<w:pStyle w:val="1"/>`, "甲") + p(`<w:pStyle w:val="2"/>`, "子") + p(`<w:pStyle w:val="3"/>`, "丑") + p(`<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "无") + p(`<w:pStyle w:val="1"/>`, "乙"), "一、甲\n（一）子\n（二）丑\n无\n二、乙\n"},
		{"a style switches it off", abstract(1, lvl(0, "decimal", "%1、")) + num(1, 1), `<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>`, p(`<w:pStyle w:val="2"/>`, "甲"), "甲\n"},
		{"styles in a circle", abstract(1, lvl(0, "decimal", "%1、")) + num(1, 1), `<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="2"/></w:style><w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>`, p(`<w:pStyle w:val="2"/>`, "甲"), "甲\n"},
		{"the usual style", abstract(1, lvl(0, "decimal", "%1、")) + num(1, 1), `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, p("", "甲"), "1、甲\n"},
		{"joined paragraphs count once", plan + num(1, 1), "", p(in(1, 0)+`<w:rPr><w:del/></w:rPr>`, "甲") + p(in(1, 0), "乙") + p(in(1, 0), "丙"), "一、甲乙\n二、丙\n"},
		{"a number without words", plan + num(1, 1), "", p(in(1, 0), "") + p(in(1, 0), "乙"), "一、\n二、乙\n"},
		{"in a table", plan + num(1, 1), "", p(in(1, 0), "甲") + tbl(row(p(in(1, 0), "乙"), "1"), row(p(in(1, 0), "丙"), "2")) + p(in(1, 0), "丁"), "一、甲\n二、乙\t1\n三、丙\t2\n四、丁\n"},
		{"a list that is not there", "", "", p(in(7, 0), "甲"), "甲\n"},
		{"hidden words of a style", "", `<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="g"><w:rPr><w:vanish/></w:rPr></w:style>`, p("", "甲", run(`<w:rStyle w:val="h"/>`, "<w:t>密</w:t>")) + p(`<w:pStyle w:val="g"/>`, "密"), "甲\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := readDocx(docx(c.body, "word/numbering.xml", "<w:numbering>"+c.numbering+"</w:numbering>", "word/styles.xml", "<w:styles>"+c.styles+"</w:styles>"))
			if err != nil {
				t.Fatal(err)
			}
			if s.Text != c.want {
				t.Errorf("got  %q\nwant %q", s.Text, c.want)
			}
		})
	}
}

func TestListNumeral(t *testing.T) {
	for format, want := range map[string]string{
		"decimal": "1 10 11 20 21 99 100 101 110", "chineseCounting": "一 十 十一 二十 二十一 九十九 一○○ 一○一 一一○",
		"chineseCountingThousand": "一 十 十一 二十 二十一 九十九 一百 一百〇一 一百一十", "taiwaneseCounting": "一 十 十一 二十 二十一 九十九 一○○ 一○一 一一○",
		"japaneseCounting": "一 十 十一 二十 二十一 九十九 百 百一 百十", "chineseLegalSimplified": "壹 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖 壹佰 壹佰零壹 壹佰壹拾",
		"ideographTraditional": "甲 癸 11 20 21 99 100 101 110", "ideographZodiacTraditional": "甲子 癸酉 甲戌 癸未 甲申 99 100 101 110",
		"decimalEnclosedCircleChinese": "① ⑩ ⑪ ⑳ 21 99 100 101 110", "decimalFullWidth": "１ １０ １１ ２０ ２１ ９９ １００ １０１ １１０",
		"decimalZero": "01 10 11 20 21 99 100 101 110", "upperLetter": "A J K T U UUUU VVVV WWWW FFFFF", "lowerRoman": "i x xi xx xxi xcix c ci cx",
		"ideographEnclosedCircle": "㊀ ㊉ 11 20 21 99 100 101 110", "ideographDigital": "一 一〇 一一 二〇 二一 九九 一〇〇 一〇一 一一〇", "hebrew1": "1 10 11 20 21 99 100 101 110",
	} {
		var got []string
		for _, n := range []int{1, 10, 11, 20, 21, 99, 100, 101, 110} {
			got = append(got, listNumeral(n, format))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", format, got, want)
		}
	}
}

func TestReadDocxTables(t *testing.T) {
	down := func(v, words string) string {
		return `<w:tcPr><w:vMerge w:val="` + v + `"/></w:tcPr>` + p("", words)
	}
	wide := func(n, words string) string {
		return `<w:tcPr><w:gridSpan w:val="` + n + `"/></w:tcPr>` + p("", words)
	}
	for _, c := range []struct{ name, body, text, table string }{
		{"cells and lines", p("", "表") + tbl(row("任务", "单位"), row("送戏"+"</w:t></w:r><w:r><w:br/><w:t>下乡", "文化局")) + p("", "完"), "表\n任务\t单位\n送戏" + br + "下乡\t文化局\n完\n", "任务|单位\n送戏" + br + "下乡|文化局"},
		{"two paragraphs of a cell", tbl(row(p("", " 甲 ")+p("")+p("", "乙"), "丙")), "甲" + br + "乙\t丙\n", "甲" + br + "乙|丙"},
		{"merged down", tbl(row(down("restart", "甲"), "1"), row(down("continue", ""), "2"), row("乙", "3")), "甲\t1\n\t2\n乙\t3\n", "甲|1\n甲|2\n乙|3"},
		{"merged across", tbl(row(wide("2", "甲"), "乙"), row("1", "2", "3")), "甲\t\t乙\n1\t2\t3\n", "甲|甲|乙\n1|2|3"},
		{"merged both ways", tbl(row(`<w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>`+p("", "甲"), "1"), row(`<w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr>`+p(""), "2")), "甲\t\t1\n\t\t2\n", "甲|甲|1\n甲|甲|2"},
		{"rows of other lengths", tbl(row("1", "2", "3"), row("4")), "1\t2\t3\n4\t\t\n", "1|2|3\n4||"},
		{"a row that starts later", `<w:tbl><w:tr><w:tc>` + p("", "1") + `</w:tc><w:tc>` + p("", "2") + `</w:tc></w:tr><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>` + p("", "3") + `</w:tc></w:tr></w:tbl>`, "1\t2\n\t3\n", "1|2\n|3"},
		{"empty rows stay", tbl(row("1", "2"), row("", ""), row("3", "4")), "1\t2\n\t\n3\t4\n", "1|2\n|\n3|4"},
		{"a deleted row", `<w:tbl><w:tr><w:tc>` + p("", "1") + `</w:tc><w:tc>` + p("", "2") + `</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>` + p("", "3") + `</w:tc></w:tr></w:tbl>`, "1\t2\n", "1|2"},
		{"a table in a cell", tbl(row("甲", tbl(row("1", "2"), row("3", "4"))+p("", "后"))), "甲\t1 2" + br + "3 4" + br + "后\n", "甲|1 2" + br + "3 4" + br + "后"},
		{"one column is no table", tbl(row("一、目标"), row("二、任务")), "一、目标\n二、任务\n", ""},
		{"a page in a cell", tbl(row("密级", strings.Repeat(p("", "一段很长的正文。"), 10)+tbl(row("1", "2")))), "密级\n" + strings.Repeat("一段很长的正文。\n", 10) + "1\t2\n", "1|2"},
		{"a control of rows", `<w:tbl><w:sdt><w:sdtPr/><w:sdtContent><w:tr><w:tc>` + p("", "1") + `</w:tc><w:sdt><w:sdtContent><w:tc>` + p("", "2") + `</w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>`, "1\t2\n", "1|2"},
		{"a paragraph that cannot run on", p(`<w:rPr><w:del/></w:rPr>`, "甲") + tbl(row("1", "2")), "甲\n1\t2\n", "1|2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := readDocx(docx(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if s.Text != c.text {
				t.Errorf("got  %q\nwant %q", s.Text, c.text)
			}
			table := ""
			if len(s.Tables) > 0 {
				table = s.table(0)
			}
			if table != c.table {
				t.Errorf("table %q\nwant  %q", table, c.table)
			}
			checkSource(t, s)
		})
	}
}

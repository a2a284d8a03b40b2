package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/text"
)

// parts unpacks a file of Office and checks that every part is whole XML.
func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
		for d := xml.NewDecoder(bytes.NewReader(content)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return out
}

func docxParts(t *testing.T) map[string]string {
	t.Helper()
	file, err := TaskTableDocx(text.Chinese, tableOf(readingPlan))
	if err != nil {
		t.Fatal(err)
	}
	return parts(t, file)
}

// wordDocument is what the tests look at of word/document.xml.
type wordDocument struct {
	Size struct {
		Width  int    `xml:"w,attr"`
		Height int    `xml:"h,attr"`
		Orient string `xml:"orient,attr"`
	} `xml:"body>sectPr>pgSz"`
	Margins struct {
		Left  int `xml:"left,attr"`
		Right int `xml:"right,attr"`
	} `xml:"body>sectPr>pgMar"`
	Footers []struct {
		Type string `xml:"type,attr"`
	} `xml:"body>sectPr>footerReference"`
	Table struct {
		Width struct {
			W    int    `xml:"w,attr"`
			Type string `xml:"type,attr"`
		} `xml:"tblPr>tblW"`
		Layout struct {
			Type string `xml:"type,attr"`
		} `xml:"tblPr>tblLayout"`
		Grid []struct {
			W int `xml:"w,attr"`
		} `xml:"tblGrid>gridCol"`
		Rows []struct {
			Head  *struct{} `xml:"trPr>tblHeader"`
			Whole *struct{} `xml:"trPr>cantSplit"`
			Cells []struct {
				Width struct {
					W int `xml:"w,attr"`
				} `xml:"tcPr>tcW"`
				Span struct {
					Val int `xml:"val,attr"`
				} `xml:"tcPr>gridSpan"`
				Words []string `xml:"p>r>t"`
			} `xml:"tc"`
		} `xml:"tr"`
	} `xml:"body>tbl"`
}

func TestDocxPage(t *testing.T) {
	var d wordDocument
	if err := xml.Unmarshal([]byte(docxParts(t)["word/document.xml"]), &d); err != nil {
		t.Fatal(err)
	}
	if d.Size.Width != 16838 || d.Size.Height != 11906 || d.Size.Orient != "landscape" {
		t.Errorf("page %+v", d.Size)
	}
	if len(d.Footers) != 2 || d.Footers[0].Type != "default" || d.Footers[1].Type != "even" {
		t.Errorf("footers %+v", d.Footers)
	}
	sum := 0
	for _, c := range d.Table.Grid {
		sum += c.W
	}
	if between := d.Size.Width - d.Margins.Left - d.Margins.Right; sum != between || d.Table.Width.W != sum || d.Table.Width.Type != "dxa" || d.Table.Layout.Type != "fixed" {
		t.Errorf("columns sum to %d, the table says %+v %s, between the margins are %d", sum, d.Table.Width, d.Table.Layout.Type, between)
	}
	for i, r := range d.Table.Rows {
		columns, width := 0, 0
		for _, c := range r.Cells {
			columns += max(1, c.Span.Val)
			width += c.Width.W
		}
		if columns != 9 || width != sum || (r.Head != nil) != (i == 0) || r.Whole == nil {
			t.Errorf("row %d: %d columns of %d, %d wide of %d, head %v, whole %v", i, columns, 9, width, sum, r.Head != nil, r.Whole != nil)
		}
	}
}

func TestDocxWords(t *testing.T) {
	p := docxParts(t)
	var d wordDocument
	if err := xml.Unmarshal([]byte(p["word/document.xml"]), &d); err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, r := range d.Table.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, strings.Join(c.Words, "/"))
		}
		rows = append(rows, strings.ReplaceAll(strings.Join(cells, "|"), "\u00a0", " "))
	}
	for _, want := range []string{
		"序号|任务|措施|目标|牵头单位|配合单位|责任单位、责任人|时限|疑问",
		"（一）送书到村（市文化局牵头，市财政局配合）",
		"3|送书下乡|2023年完成送图书3000册到农村，培训骨干200名以上。|完成送图书到农村 3,000 册/培训骨干 ≥ 200 名|市文化局|市财政局||2023年12月31日前|“培训骨干200名以上”里的“名”怎样算一个？",
		"5|办好书屋|2024年6月底前开出书屋20多家。|开出书屋 > 20 家||||2024年6月30日前|“20多家”按多少算？",
	} {
		if !slices.Contains(rows, want) {
			t.Errorf("no row %s in\n%s", want, strings.Join(rows, "\n"))
		}
	}
	if !strings.Contains(p["word/document.xml"], "关于整个方案的疑问：") {
		t.Error("the questions about the plan are missing")
	}
	for part, fonts := range map[string][]string{
		"word/styles.xml":      {`w:eastAsia="方正小标宋简体"`, `w:eastAsia="仿宋_GB2312"`, `w:eastAsia="黑体"`, `w:eastAsia="楷体_GB2312"`},
		"word/settings.xml":    {"<w:evenAndOddHeaders/>"},
		"word/footer_odd.xml":  {" PAGE ", `<w:jc w:val="right"/>`},
		"word/footer_even.xml": {" PAGE ", `<w:jc w:val="left"/>`},
		"docProps/core.xml":    {"阅读年实施方案任务分解表"},
	} {
		for _, want := range fonts {
			if !strings.Contains(p[part], want) {
				t.Errorf("%s lacks %s", part, want)
			}
		}
	}
}

// Every style and part that is named is there.
func TestDocxNamesWhatIsThere(t *testing.T) {
	p := docxParts(t)
	for _, s := range []style{styleTitle, styleHead, styleCell, styleMiddle, styleGroup, styleSubgroup, styleNote} {
		if !strings.Contains(p["word/styles.xml"], `w:styleId="`+string(s)+`"`) {
			t.Errorf("no style %s", s)
		}
	}
	for name := range p {
		if strings.HasSuffix(name, ".xml") && name != "[Content_Types].xml" && !strings.Contains(p["[Content_Types].xml"], `PartName="/`+name+`"`) {
			t.Errorf("%s has no type", name)
		}
	}
}

func TestDocxHoldsWhatIsHostile(t *testing.T) {
	file, err := TaskTableDocx(text.Chinese, hostile())
	if err != nil {
		t.Fatal(err)
	}
	again, err := TaskTableDocx(text.Chinese, hostile())
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("the same table gives other bytes: %v", err)
	}
	if words := parts(t, file)["word/document.xml"]; !strings.Contains(words, "&lt;/w:t&gt;") || strings.Contains(words, "\ufffd") {
		t.Error(words)
	}
}

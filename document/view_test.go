package document

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// words are pieces of which the property tests build texts: what plans are made
// of, and what breaks readers.
var words = []string{
	"一、", "（一）", "1.", "1、", "（1）", "①", "第一章", "1.1", "2 ", "安澜市", "办讲座", "责任单位：", "市文化局", "（", "）", "《", "》", "“", "”",
	"2011年", "2012年底前", "9月23日之前", "8月至9月", "年前", "每季度", "1500场", "3.67万", "60%以上", "2-3个", "一批", "不少于", "、", "，", "；", "。", "：",
	"\n", "\n\n", "　　", " ", "\t", "\n— 1 —\n", "\f", "附件：", "。\n", "10", "百分之", "多", "至", "--", "\u2028", "abc", "\u200b", "第", "阶段",
}

// anyText draws a text of such pieces.
func anyText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.StringN(0, 3, 12)), 0, 60).Draw(t, "text"), "")
}

func TestViewKeepsEveryPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := NewView(anyText(t))
		if len(v.Runes) != len(v.At) {
			t.Fatal("a rune without a place")
		}
		for i := range v.At {
			if i > 0 && v.At[i] <= v.At[i-1] && v.Runes[i] != '\n' && v.Runes[i-1] != '\n' {
				t.Fatalf("places go back at %d", i)
			}
		}
		end := -1
		for _, p := range v.Paragraphs {
			if p.Start != end+1 || p.End <= p.Start || v.Runes[p.End] != '\n' {
				t.Fatalf("paragraphs do not follow each other: %+v", v.Paragraphs)
			}
			if s := v.Span(p.Start, p.End); !s.Fits(len(v.Text)) {
				t.Fatalf("span %v of a text of %d runes", s, len(v.Text))
			}
			end = p.End
		}
	})
}

func TestOutlineIsATree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := NewView(anyText(t))
		items := v.Outline()
		for i, h := range items {
			if h.Ordinal != i+1 || h.Level < 1 || h.Parent >= h.Ordinal || !h.Span.Fits(len(v.Text)) {
				t.Fatalf("item %+v", h)
			}
			switch {
			case h.Parent == 0 && h.Level != 1:
				t.Fatalf("no parent, but level %d", h.Level)
			case h.Parent > 0 && items[h.Parent-1].Level != h.Level-1:
				t.Fatalf("level %d under %d", h.Level, items[h.Parent-1].Level)
			}
			if i > 0 && items[i-1].Span.End() > h.Span.Start() {
				t.Fatal("items overlap")
			}
		}
	})
}

func TestLayout(t *testing.T) {
	const whole = "安澜市读书节工作方案\n一、总体目标\n到2012年底前，全市建成读书室1500家，送图书3.67万册进村，办讲座不少于300场，每年培训读书会骨干2000名以上，居民综合阅读率达到90%。\n" +
		"二、工作要求\n（一）加强领导。各县（区）政府要成立工作班子，明确分管领导和联络人员，定期研究解决问题，办理结果在9月23日之前报市读书办。\n" +
		"（二）加强宣传。通过报刊、电视和网络，宣传读书节活动的做法和成效，营造全社会爱读书的氛围，并请群众评议，评议结果向社会公布，接受监督。\n"
	want := outline(whole)
	for _, c := range []struct {
		name   string
		indent string
		blank  string
		footer bool
	}{
		{"indented lines", "　　", "", false},
		{"no indent", "", "", false},
		{"blanks around digits", "　　", " ", false},
		{"page numbers", "　　", "", true},
		{"page numbers, no indent", "", " ", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := wrap(whole, 20, c.indent, c.blank, c.footer)
			if got := outline(text); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			v, w := NewView(text), NewView(whole)
			d, e := v.Dates(), w.Dates()
			if len(d) != len(e) {
				t.Errorf("%d dates, want %d", len(d), len(e))
			}
			if q, r := v.Quantities(d), w.Quantities(e); len(q) != len(r) {
				t.Errorf("%d quantities, want %d", len(q), len(r))
			}
		})
	}
}

// A line that begins with the second half of a broken word is no heading.
func TestBrokenWordIsNoCounter(t *testing.T) {
	for _, indent := range []string{"", "　　"} {
		text := "一、目标\n推进读书。全市书房的名称、颜色和标识要做到整齐划一、位置适当，各区县按季度检查落实，结果通报。\n二、任务\n" +
			strings.Repeat("各区县要按照方案要求，抓好书房建设和开放工作，让群众愿意来、坐得住、读得好。\n", 3)
		broken := wrap(text, 24+len([]rune(indent)), indent, "", false)
		if !strings.Contains(broken, "\n一、位置") {
			t.Fatalf("the test breaks no word:\n%s", broken)
		}
		if got, want := outline(broken), "1 一 目标\n1 二 任务"; got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// wrap breaks paragraphs into lines of so many runes, as the text layer of a PDF has them.
func wrap(text string, width int, indent, blank string, footer bool) string {
	var b strings.Builder
	lines := 0
	for _, p := range strings.Split(strings.TrimSpace(text), "\n") {
		r := []rune(indent + p)
		for len(r) > 0 {
			n := min(width, len(r))
			line := string(r[:n])
			if blank != "" {
				line = strings.NewReplacer("年", blank+"年", "月", blank+"月", "家", blank+"家").Replace(line)
			}
			b.WriteString(line + "\n")
			r = r[n:]
			if lines++; footer && lines%4 == 0 {
				b.WriteString("\n— 1 —\n\n")
			}
		}
	}
	return b.String()
}

func TestQuote(t *testing.T) {
	text := []rune("在9月\n　　23 日前报\n— 1 —\n送")
	s := Span{{1, 11}, {19, 20}}
	if got, want := Quote(text, s), "9月23 日前送"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPageNumbers(t *testing.T) {
	for _, c := range []struct {
		line  string
		alone bool
		want  bool
	}{
		{"— 1 —", false, true}, {"-12-", false, true}, {"－ 3 －", false, true}, {"第 1 页 共 5 页", false, true}, {"·2·", false, true},
		{"7", true, true}, {"7", false, false}, {"2011", true, false}, {"1、", true, false}, {"-3", true, false}, {"3场", true, false},
	} {
		if got := isPageNumber([]rune(c.line), c.alone); got != c.want {
			t.Errorf("%q alone %v: %v", c.line, c.alone, got)
		}
	}
}

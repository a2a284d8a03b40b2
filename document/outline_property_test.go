package document

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// numberings are the ways in which the n-th item of a level may be counted.
var numberings = []func(n int) string{
	func(n int) string { return han(n) + "、" },
	func(n int) string { return "（" + han(n) + "）" },
	func(n int) string { return fmt.Sprintf("%d.", n) },
	func(n int) string { return fmt.Sprintf("（%d）", n) },
	func(n int) string { return fmt.Sprintf("%d）", n) },
	func(n int) string { return string(rune('①' + n - 1)) },
	func(n int) string { return "第" + han(n) + "章 " },
	func(n int) string { return "第" + han(n) + "节 " },
	func(n int) string { return "第" + han(n) + "条 " },
	func(n int) string { return "第" + han(n) + "部分 " },
	func(n int) string { return string(rune('Ⅰ'+n-1)) + "、" },
	func(n int) string { return string(rune('A'+n-1)) + "." },
	func(n int) string { return "（" + string(rune('a'+n-1)) + "）" },
}

func han(n int) string {
	if n == 10 {
		return "十"
	}
	return string([]rune("一二三四五六七八九")[n-1])
}

// sprout is an item as it was drawn.
type sprout struct {
	level  int
	number string
	title  string
}

// tree draws an outline: a numbering for each level, and items in order.
func tree(t *rapid.T) []sprout {
	styles := rapid.Permutation(numberings).Draw(t, "numberings")[:4]
	words := rapid.StringOfN(rapid.SampledFrom([]rune("建设书香文化服务农村群众基层阵地提升水平推进创新")), 2, 30, -1)
	var out []sprout
	var grow func(level int)
	grow = func(level int) {
		for n, many := 1, rapid.IntRange(1, 4).Draw(t, "items"); n <= many; n++ {
			out = append(out, sprout{level, styles[level-1](n), words.Draw(t, "title")})
			if level < 4 && rapid.Bool().Draw(t, "deeper") {
				grow(level + 1)
			}
		}
	}
	grow(1)
	return out
}

var halfWidth = strings.NewReplacer("（", "(", "）", ")", "．", ".", "，", ",")
var fullWidth = strings.NewReplacer("(", "（", ")", "）", ".", "．", "1", "１", "2", "２", "3", "３", "4", "４", "A", "Ａ", "B", "Ｂ", "C", "Ｃ", "D", "Ｄ", "a", "ａ", "b", "ｂ", "c", "ｃ", "d", "ｄ")

// hardBreaks wraps each paragraph as a page does: two blanks before it, a line
// break where the line is full.
func hardBreaks(paragraph string, width int) string {
	var b strings.Builder
	column := 4
	b.WriteString("　　")
	for _, r := range paragraph {
		if column+columns(r) > width && !strings.ContainsRune("。、）．", r) {
			b.WriteByte('\n')
			column = 0
		}
		b.WriteRune(r)
		column += columns(r)
	}
	return b.String()
}

// An outline in any numbering, in any width, on one line or broken by a page,
// is read back as it was.
func TestOutlineReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := tree(t)
		shape := rapid.SampledFrom([]string{"paragraphs", "one line", "hard breaks", "full width", "half width", "blank lines"}).Draw(t, "shape")
		body := rapid.Bool().Draw(t, "body")
		var paragraphs, want []string
		for _, s := range items {
			p := s.number + s.title + "。"
			if body {
				p += "各地要结合实际抓好落实，确保取得实效。"
			}
			paragraphs = append(paragraphs, p)
			want = append(want, fmt.Sprintf("%d %s", s.level, s.title))
		}
		text := strings.Join(paragraphs, "\n")
		switch shape {
		case "one line":
			text = strings.Join(paragraphs, "")
		case "blank lines":
			text = strings.Join(paragraphs, "\n\n")
		case "full width":
			text = fullWidth.Replace(text)
		case "half width":
			text = halfWidth.Replace(text)
		case "hard breaks":
			for i, p := range paragraphs {
				paragraphs[i] = hardBreaks(p, 56)
			}
			text = strings.Join(paragraphs, "\n")
		}
		var got []string
		for _, h := range NewView(text).Outline() {
			got = append(got, fmt.Sprintf("%d %s", h.Level, h.Title))
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Fatalf("%s\n%s\ngot\n%s\nwant\n%s", shape, text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

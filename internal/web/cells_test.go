package web

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/internal/desk"

	"github.com/a-h/templ"
	"pgregory.net/rapid"
)

var markup = regexp.MustCompile(`<[^>]*>`)

// A row cut into cells is its line rune for rune, on the page too, and the pieces of
// each mark are the words of its span, wherever it begins and ends.
func TestCellsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(rapid.StringMatching(`[送书\t\x{2028} ]{2,30}\n`).Draw(t, "text"))
		from := rapid.IntRange(0, len(text)-1).Draw(t, "from")
		a := rapid.IntRange(0, len(text)-1).Draw(t, "a")
		mark := Mark{Key: "m", Class: "v", Span: document.At(a, rapid.IntRange(a+1, len(text)).Draw(t, "b"))}
		tables := []desk.DocumentTable{{Table: document.Table{Place: document.Range{End: len(text) - 1}}, Heads: []string{"任务", "措施", "目标"}}}
		p := Paragraphs(text, from, len(text), []Mark{mark})[0]
		cells := CellsOf(text, p, tables)
		shown := Running(p, func(string) templ.Component { return nil })
		if cells != nil {
			shown = Row(cells, func(string) templ.Component { return nil })
		}
		var page strings.Builder
		if err := shown.Render(t.Context(), &page); err != nil {
			t.Fatal(err)
		}
		if got := html.UnescapeString(markup.ReplaceAllString(page.String(), "")); got != string(text[from:]) {
			t.Fatalf("%q on the page, %q in the text", got, string(text[from:]))
		}
		pieces, ends := "", 0
		for _, c := range cells {
			for _, s := range c.Segments {
				if len(s.Marks) > 0 {
					pieces += s.Text
				}
				ends += len(s.Ending)
			}
		}
		if want := string(text[max(a, from):max(mark.Span.End(), from)]); cells != nil && (pieces != want || (want == "") != (ends == 0)) {
			t.Fatalf("mark %q, want %q; ends %d times", pieces, want, ends)
		}
	})
}

func TestCellsSayWhatStandsAbove(t *testing.T) {
	text := []rune("重点任务\t\t\n序号\t工作任务\t牵头单位\n1\t送书下乡\t市图书馆\n文化惠民\t\t\n不在表里\t的话\n")
	tables := []desk.DocumentTable{{Table: document.Table{Place: document.Range{End: len(text) - 8}}, Heads: []string{"序号", "工作任务", "牵头单位"}}}
	var got []string
	for _, p := range Paragraphs(text, 0, len(text), nil) {
		var cells []string
		for _, c := range CellsOf(text, p, tables) {
			cells = append(cells, c.Head)
		}
		got = append(got, strings.Join(cells, "|"))
	}
	if want := []string{"", "||", "序号|工作任务|牵头单位", "", ""}; strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q", got)
	}
	// From the middle of a row on, the heads are still those of its columns.
	from := strings.Index(string(text), "送书")
	from = len([]rune(string(text)[:from]))
	cells := CellsOf(text, Paragraphs(text, from, len(text), nil)[0], tables)
	if len(cells) != 2 || cells[0].Head != "工作任务" || cells[1].Head != "牵头单位" {
		t.Errorf("%+v", cells)
	}
}

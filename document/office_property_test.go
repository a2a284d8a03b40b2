package document

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// readTwice reads a file, holds what was read to its types' promises, and wants the
// same a second time.
func readTwice(t rapid.TB, name string, raw []byte) (Source, error) {
	t.Helper()
	s, err := ReadFile(name, raw)
	again, second := ReadFile(name, raw)
	if !reflect.DeepEqual(s, again) || fmt.Sprint(err) != fmt.Sprint(second) {
		t.Fatalf("read twice, it is not the same: %v, %v", err, second)
	}
	checkSource(t, s)
	return s, err
}

// TestAnyDocx reads documents of any paragraphs and tables: each word stands in the
// text once, in order, and each cell where its spans put it.
func TestAnyDocx(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var body, words []string
		var grids []string
		word := func() string {
			words = append(words, fmt.Sprintf("词%d。", len(words)))
			return words[len(words)-1]
		}
		for range rapid.IntRange(1, 8).Draw(t, "blocks") {
			if rapid.Bool().Draw(t, "paragraph") {
				body = append(body, p("", word(), word()))
				continue
			}
			rows, width := rapid.IntRange(1, 4).Draw(t, "rows"), rapid.IntRange(2, 5).Draw(t, "width")
			var table [][]string
			var want []string
			for range rows {
				var cells, line []string
				for column := 0; column < width; {
					span := rapid.IntRange(1, width-column).Draw(t, "span")
					if column == 0 {
						span = min(span, width-1) // a row of one cell may be a page
					}
					w := ""
					if rapid.Bool().Draw(t, "words") {
						w = word()
					}
					cells = append(cells, fmt.Sprintf(`<w:tcPr><w:gridSpan w:val="%d"/></w:tcPr>`, span)+p("", w))
					for range span {
						line = append(line, w)
					}
					column += span
				}
				table = append(table, cells)
				want = append(want, strings.Join(line, "|"))
			}
			body = append(body, tbl(table...))
			grids = append(grids, strings.Join(want, "\n"))
		}
		s, err := readTwice(t, "", docx(strings.Join(body, "")))
		if len(words) == 0 {
			if err != ErrEmpty {
				t.Fatalf("no words: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.NewReplacer("\t", "", "\n", "").Replace(s.Text); got != strings.Join(words, "") {
			t.Fatalf("words %q in %q", words, got)
		}
		if len(s.Tables) != len(grids) {
			t.Fatalf("%d tables of %d", len(s.Tables), len(grids))
		}
		for i, want := range grids {
			if got := s.table(i); got != want {
				t.Fatalf("table %d is\n%s\nwant\n%s", i, got, want)
			}
		}
	})
}

// TestAnyXLSX reads sheets of any cells and merges: each word is found at the row
// and column that the file gives it.
func TestAnyXLSX(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		where := map[[2]int]string{}
		data := "<sheetData>"
		for r := 1; r <= 12; r += rapid.IntRange(1, 4).Draw(t, "rows") {
			data += fmt.Sprintf(`<row r="%d">`, r)
			for c := rapid.IntRange(1, 6).Draw(t, "first"); c <= 8; c += rapid.IntRange(1, 5).Draw(t, "columns") {
				where[[2]int{r, c}] = fmt.Sprintf("词%d-%d", r, c)
				data += fmt.Sprintf(`<c r="%c%d" t="str"><v>%s</v></c>`, 'A'+c-1, r, where[[2]int{r, c}])
			}
			data += "</row>"
		}
		data += "</sheetData><mergeCells>"
		for range rapid.IntRange(0, 4).Draw(t, "merges") {
			r, c := rapid.IntRange(1, 12).Draw(t, "top"), rapid.IntRange(1, 8).Draw(t, "left")
			data += fmt.Sprintf(`<mergeCell ref="%c%d:%c%d"/>`, 'A'+c-1, r, 'A'+c+rapid.IntRange(-1, 4).Draw(t, "right"), r+rapid.IntRange(-1, 4).Draw(t, "bottom"))
		}
		s, err := readTwice(t, "", xlsx("", "", "任务", data+"</mergeCells>"))
		if err != nil {
			t.Fatal(err)
		}
		runes := []rune(s.Text)
		found := map[[2]int]string{}
		for _, row := range s.Tables[0].Rows {
			for _, c := range row {
				if !c.Empty() {
					found[[2]int{c.Row, c.Column}] = string(runes[c.Place.Start:c.Place.End])
				}
			}
		}
		if !reflect.DeepEqual(found, where) {
			t.Fatalf("found %v, want %v", found, where)
		}
	})
}

// TestAnyText reads any lines with tabs, pipes and quotation marks.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙a \t\t\t\"\"||-:\n\n,;\\")), 0, 60, -1).Draw(t, "text")
		name := rapid.SampledFrom([]string{"", "a.csv", "a.tsv", "a.md"}).Draw(t, "name")
		s, err := readTwice(t, name, []byte(text))
		if err == nil && s.Text != text {
			t.Fatalf("%q became %q", text, s.Text)
		}
	})
}

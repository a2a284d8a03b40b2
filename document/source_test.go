package document

import (
	"strings"

	"pgregory.net/rapid"
)

// checkSource holds a Source to what its types promise: every place lies in the
// text and in its table's lines; cells follow one another, or are an earlier one
// that was merged over this place; words of a cell hold no tab and no line end
// where the file has cells of its own.
func checkSource(t rapid.TB, s Source) {
	t.Helper()
	runes := []rune(s.Text)
	last := 0
	for i, table := range s.Tables {
		if table.Place.Start < last || table.Place.End < table.Place.Start || table.Place.End > len(runes) {
			t.Fatalf("table %d at %v, after %d of %d runes", i, table.Place, last, len(runes))
		}
		if last = table.Place.End; last < len(runes) && runes[last] != '\n' {
			t.Fatalf("table %d ends within a line", i)
		}
		at := table.Place.Start
		seen := map[[2]int]Cell{}
		for _, row := range table.Rows {
			if len(row) != len(table.Rows[0]) {
				t.Fatalf("table %d is no full grid", i)
			}
			for _, c := range row {
				if before, merged := seen[[2]int{c.Row, c.Column}]; merged && before != c || !merged && c.Place.Start < at {
					t.Fatalf("a cell of table %d at %v is neither a new one after %d nor %v", i, c, at, before)
				}
				seen[[2]int{c.Row, c.Column}] = c
				at = max(at, c.Place.End)
				if c.Place.End < c.Place.Start || c.Place.End > table.Place.End || c.Row < 1 || c.Column < 1 {
					t.Fatalf("a cell of table %d is %v, in %v", i, c, table.Place)
				}
				if words := string(runes[c.Place.Start:c.Place.End]); s.Format != "UTF-8" && s.Format != "GB18030" && strings.ContainsAny(words, "\t\n") {
					t.Fatalf("a cell holds %q", words)
				}
			}
		}
	}
}

package document

import (
	"testing"
)

func TestCellAt(t *testing.T) {
	s, err := ReadFile("a.docx", docx(p("", "标题")+tbl(row("序号", "任务"), row("1", "送书"))+tbl(row("甲", "乙"))))
	if err != nil {
		t.Fatal(err)
	}
	cells := NewCells(s.Tables)
	runes := []rune(s.Text)
	found := map[string]string{}
	for i, c := range runes {
		table, cell, ok := cells.At(i)
		if inTable := i >= s.Tables[0].Place.Start && c != '\t' && c != '\n'; ok != inTable {
			t.Errorf("rune %d %q: in a cell %v", i, c, ok)
		}
		if ok {
			found[string(runes[cell.Place.Start:cell.Place.End])] = cell.Letters() + string(rune('0'+cell.Row)) + " of " + string(rune('1'+table))
		}
	}
	for words, want := range map[string]string{"序号": "A1 of 1", "送书": "B2 of 1", "乙": "B1 of 2"} {
		if found[words] != want {
			t.Errorf("%s stands in %q, want %q", words, found[words], want)
		}
	}
}

func TestLetters(t *testing.T) {
	for column, want := range map[int]string{1: "A", 4: "D", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 0: ""} {
		if got := (Cell{Column: column}).Letters(); got != want {
			t.Errorf("column %d is %q, want %q", column, got, want)
		}
	}
}

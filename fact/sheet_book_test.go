package fact

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/calendar"

	"github.com/xuri/excelize/v2"
)

// A workbook as Excel keeps it: days and numbers with formats, merged cells, a title.
func TestSheetOfWorkbook(t *testing.T) {
	f := excelize.NewFile()
	put := func(place string, v any) {
		if err := f.SetCellValue("Sheet1", place, v); err != nil {
			t.Fatal(err)
		}
	}
	put("B2", "石桥镇2011年9月台账")
	for k, words := range []string{"村", "日期", "农村电影", "送书（册）"} {
		place, _ := excelize.CoordinatesToCellName(k+2, 3)
		put(place, words)
	}
	for r, row := range [][]any{{"一村", 40787, 1, 1320}, {"", 40788, 2, 0}, {"东社区", "9月3日", "两三", nil}} {
		for k, v := range row {
			place, _ := excelize.CoordinatesToCellName(k+2, r+4)
			put(place, v)
		}
	}
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	thousands, _ := f.NewStyle(&excelize.Style{NumFmt: 3})
	f.SetCellStyle("Sheet1", "C4", "C5", day)
	f.SetCellStyle("Sheet1", "E4", "E5", thousands)
	f.MergeCell("Sheet1", "B2", "E2")
	f.MergeCell("Sheet1", "B4", "B5")
	s := sheetOfBook(t, f)
	form := GuessSheet(s)
	r := ReadSheet(s, form, sheetContext())
	want := "3 2011-09-01 1 农村电影; 3 2011-09-01 1320 送书; 3 2011-09-02 2 农村电影; 3 2011-09-02 0 送书"
	if got := shownRows(r); got != want || r.Wrong != 1 || r.Doubts[0].SheetSpot != (SheetSpot{6, 4}) {
		t.Errorf("%s\n%s\n%+v", got, shownDoubts(r), form)
	}
	s.Put(r.Doubts[0].SheetSpot, "2")
	if r := ReadSheet(s, form, sheetContext()); !r.Valid() || r.Rows[4].SheetSpot != (SheetSpot{6, 4}) || r.Empty != 1 {
		t.Errorf("%s\n%s", shownRows(r), shownDoubts(r))
	}
}

// However a large sheet is made, it is read within a second or two.
func TestLargeSheets(t *testing.T) {
	var long, wide, unknown strings.Builder
	long.WriteString("村|日期|场次|小计\n")
	unknown.WriteString("村|日期|场次\n")
	for k := range 10_000 {
		fmt.Fprintf(&long, "一村|%s|%d|\n", calendar.Day("2011-08-01").AddDays(k%200), k)
		fmt.Fprintf(&unknown, "第%d村|2011-8-1|x\n合计||1\n", k)
	}
	for range 1000 {
		wide.WriteString(strings.Repeat("单位|", 290) + "\n")
	}
	for name, text := range map[string]string{"long": long.String(), "wide": wide.String(), "unknown": unknown.String()} {
		s := sheetOfText(t, text)
		r := ReadSheet(s, GuessSheet(s), sheetContext())
		if (name == "long") != r.Valid() || len(r.Doubts) > MostSheetDoubts || name == "long" && len(r.Rows) != 10_000 || name == "unknown" && r.Wrong < 10_000 {
			t.Errorf("%s: %d rows, %d doubts", name, len(r.Rows), r.Wrong)
		}
	}
}

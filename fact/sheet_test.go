package fact

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
	"luoshi/org"

	"github.com/xuri/excelize/v2"
)

// sheetUnits are the units of the tests, by path.
var sheetUnits = map[string]id.Unit{"云溪县/石桥镇/新村": 1, "云溪县/石桥镇/东社区": 2, "云溪县/石桥镇/一村": 3, "云溪县/江口镇/新村": 4, "云溪县/江口镇/二村": 5, "云溪县/石桥镇": 6, "云溪县/江口镇": 7, "市图书馆": 8}

// findSheetUnit finds units by the ends of their paths, as a resolver would.
func findSheetUnit(words string) (id.Unit, []SheetUnit) {
	var all []SheetUnit
	for path, unit := range sheetUnits {
		if path == words || strings.HasSuffix(path, "/"+words) {
			all = append(all, SheetUnit{unit, path})
		}
	}
	if len(all) == 1 {
		return all[0].ID, nil
	}
	if words == "新邨" {
		all = []SheetUnit{{1, "云溪县/石桥镇/新村"}}
	}
	slices.SortFunc(all, func(a, b SheetUnit) int { return int(a.ID - b.ID) })
	return 0, all
}

func sheetContext() SheetContext {
	return SheetContext{Time: SheetTime{From: "2011-08-01", To: "2012-06-30", Today: "2012-04-19"}, Unit: findSheetUnit}
}

// sheetOfText makes a sheet of lines of cells with | between them; with merged ranges as
// a workbook has it.
func sheetOfText(t testing.TB, text string, merged ...string) *Sheet {
	t.Helper()
	if len(merged) == 0 {
		return SheetOf(org.ReadCells(strings.ReplaceAll(text, "|", "\t")))
	}
	f := excelize.NewFile()
	for r, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		for k, words := range strings.Split(line, "|") {
			place, _ := excelize.CoordinatesToCellName(k+1, r+1)
			f.SetCellStr("Sheet1", place, words)
		}
	}
	for _, m := range merged {
		from, to, _ := strings.Cut(m, ":")
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	return sheetOfBook(t, f)
}

func sheetOfBook(t testing.TB, f *excelize.File) *Sheet {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	source, err := document.ReadFile("台账.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return SheetsOf(source)[0]
}

func shownRows(r *SheetReading) string {
	var out []string
	for _, row := range r.Rows {
		words := fmt.Sprintf("%d %s %s %s", row.Unit, row.Day, row.Quantity, row.Indicator)
		if row.Subject != "" {
			words += " " + row.Subject
		}
		out = append(out, words)
	}
	return strings.Join(out, "; ")
}

func shownDoubts(r *SheetReading) string {
	var out []string
	for _, d := range r.Doubts {
		may := ""
		if d.May {
			may = "?"
		}
		out = append(out, fmt.Sprintf("%d,%d%s %s", d.Row, d.Column, may, d.Says))
	}
	return strings.Join(out, "\n")
}

// Sheets in the shapes in which offices have them.
func TestSheetShapes(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		merged []string
		set    func(*SheetForm)
		rows   string
		counts [4]int // skipped, empty, zeros, dashes
	}{
		"long, a row a fact":           {text: "序号|村名|日期|场次(场)|备注\n1|石桥镇/新村|2011-8-15|1|\n2|东社区|2011/8/16|2|雨\n", rows: "1 2011-08-15 1 场次; 2 2011-08-16 2 场次"},
		"under a title and who filled": {text: "石桥镇2011年8月送戏下乡台账\n填报单位：石桥镇||填报日期：2011年9月2日\n村|演出日期|场数\n一村|8月15日|1场\n东社区|8.16|2场\n", rows: "3 2011-08-15 1 场数; 2 2011-08-16 2 场数"},
		"columns of levels": {text: "县（市、区）|乡镇（街道）|村（社区）|放映时间|数量|指标\n云溪县|石桥镇|新村|2011年8月15日|1|放映\n||东社区|2011年8月16日|1|放映\n|江口镇|新村|2011年8月17日|1|放映\n",
			rows: "1 2011-08-15 1 放映; 2 2011-08-16 1 放映; 4 2011-08-17 1 放映"},
		"wide, indicators over two rows merged": {text: "村|农村电影放映||送书（册）\n|场次|人次|\n一村|1|120|500\n东社区|2|80|0\n合计|3|200|500\n", merged: []string{"A1:A2", "B1:C1", "D1:D2"}, set: augustSheet,
			rows: "3 2011-08-31 1 农村电影放映/场次; 3 2011-08-31 120 农村电影放映/人次; 3 2011-08-31 500 送书; 2 2011-08-31 2 农村电影放映/场次; 2 2011-08-31 80 农村电影放映/人次; 2 2011-08-31 0 送书", counts: [4]int{1, 0, 1, 0}},
		"the same pasted, without merges": {text: "村|农村电影放映||送书（册）\n|场次|人次|\n一村|1|120|500\n东社区|2|80|\n", set: augustSheet,
			rows: "3 2011-08-31 1 农村电影放映/场次; 3 2011-08-31 120 农村电影放映/人次; 3 2011-08-31 500 送书; 2 2011-08-31 2 农村电影放映/场次; 2 2011-08-31 80 农村电影放映/人次", counts: [4]int{0, 1, 0, 0}},
		"months as columns": {text: "2011年送戏下乡情况\n单位|8月|9月|10月|合计\n一村|1|2|0|3\n东社区||4|—|4\n合计|1|6|0|7\n", set: func(f *SheetForm) {
			f.Map.Heads[1].Indicator, f.Map.Heads[2].Indicator, f.Map.Heads[3].Indicator, f.Map.Dash = "送戏", "送戏", "送戏", SheetIsZero
		}, rows: "3 2011-08-31 1 送戏; 3 2011-09-30 2 送戏; 3 2011-10-31 0 送戏; 2 2011-09-30 4 送戏; 2 2011-10-31 0 送戏", counts: [4]int{1, 1, 1, 1}},
		"months over two years": {text: "单位|指标|2011年12月|2012年1月\n一村|放映|3|4\n", rows: "3 2011-12-31 3 放映; 3 2012-01-31 4 放映"},
		"months by indicator, merged down": {text: "单位|指标|8月|9月\n一村|放映|1|2\n|送书|100|\n东社区|放映|3|4\n|送书|0|200\n", merged: []string{"A2:A3", "A4:A5"},
			rows: "3 2011-08-31 1 放映; 3 2011-09-30 2 放映; 3 2011-08-31 100 送书; 2 2011-08-31 3 放映; 2 2011-09-30 4 放映; 2 2011-08-31 0 送书; 2 2011-09-30 200 送书", counts: [4]int{0, 1, 1, 0}},
		"one name for several rows, pasted": {text: "村|日期|场次\n一村|8月1日|1\n|8月2日|1\n|8月3日|1\n东社区|8月4日|1\n|8月5日|2\n",
			set:  func(f *SheetForm) { f.Title = "2011年" },
			rows: "3 2011-08-01 1 场次; 3 2011-08-02 1 场次; 3 2011-08-03 1 场次; 2 2011-08-04 1 场次; 2 2011-08-05 2 场次"},
		"the same as above in signs":        {text: "村|日期|场次\n一村|2011-8-1|1\n同上|〃|2\n", rows: "3 2011-08-01 1 场次; 3 2011-08-01 2 场次"},
		"sections over the rows":            {text: "村|日期|场次\n一、石桥镇||\n新村|2011-8-1|1\n小计||1\n二、江口镇||\n新村|2011-8-2|2\n小计||2\n总 计||3\n", merged: []string{"A2:C2", "A5:C5"}, rows: "1 2011-08-01 1 场次; 4 2011-08-02 2 场次", counts: [4]int{5, 0, 0, 0}},
		"each row counts once":              {text: "船名|安装日期|所属村\n云渔0001|2011年8月20日|一村\n云渔0002|二〇一一年八月二十一日|东社区\n", set: func(f *SheetForm) { f.Map.Heads[0].Indicator = "" }, rows: "3 2011-08-20 1 安装 云渔0001; 2 2011-08-21 1 安装 云渔0002"},
		"month and day in columns":          {text: "2011年放映登记\n月|日|村名|场次\n8|15|一村|1\n9|2|东社区|1\n", rows: "3 2011-08-15 1 场次; 2 2011-09-02 1 场次"},
		"year, month and day in columns":    {text: "年|月|日|村名|场次\n2011|12|31|一村|1\n2012|1|2|东社区|1\n", rows: "3 2011-12-31 1 场次; 2 2012-01-02 1 场次"},
		"days alone under a title":          {text: "2011年8月放映登记\n日|村名|场次\n15日|一村|1\n16|东社区|1\n", rows: "3 2011-08-15 1 场次; 2 2011-08-16 1 场次"},
		"heads once more on the next page":  {text: "村|日期|场次\n一村|2011-8-1|1\n村|日期|场次\n东社区|2011-8-2|1\n注：以上为八月数据\n", rows: "3 2011-08-01 1 场次; 2 2011-08-02 1 场次", counts: [4]int{2, 0, 0, 0}},
		"in ten thousands by the head":      {text: "单位|日期|借阅（万册次）\n市图书馆|2011-8-31|3.67\n", rows: "8 2011-08-31 36700 借阅"},
		"in ten thousands by the title":     {text: "借阅情况（单位：万册）\n单位|日期|借阅\n市图书馆|2011-8-31|0.5\n", rows: "8 2011-08-31 5000 借阅"},
		"written in every way":              {text: "村|日期|数量|指标\n一村|2011-8-1|1,320|放映\n一村|2011-8-2|1320场|放映\n一村|2011-8-3|3.67万|放映\n一村|2011-8-4|十二|放映\n一村|2011-8-5|１２３|放映\n一村|2011-8-6|一千三百二十场次|放映\n", rows: "3 2011-08-01 1320 放映; 3 2011-08-02 1320 放映; 3 2011-08-03 36700 放映; 3 2011-08-04 12 放映; 3 2011-08-05 123 放映; 3 2011-08-06 1320 放映"},
		"empty, nought and dash":            {text: "村|日期|场次\n一村|2011-8-1|\n一村|2011-8-2|0\n一村|2011-8-3|—\n一村|2011-8-4|无\n一村|2011-8-5|2\n", set: func(f *SheetForm) { f.Map.Dash = SheetIsEmpty }, rows: "3 2011-08-02 0 场次; 3 2011-08-05 2 场次", counts: [4]int{0, 1, 1, 2}},
		"a day of a spreadsheet":            {text: "村|日期|场次\n一村|40770|1\n东社区|40771.5|1\n", rows: "3 2011-08-15 1 场次; 2 2011-08-16 1 场次"},
		"target and rate are not read":      {text: "单位|任务数|8月|完成率|累计\n一村|12|1|8%|9\n", set: func(f *SheetForm) { f.Map.Heads[2].Indicator = "送戏" }, rows: "3 2011-08-31 1 送戏"},
		"a name that was put right once":    {text: "村|日期|场次\n桥头老村|2011-8-1|1\n", set: func(f *SheetForm) { f.Map.Units = map[string]string{"桥头老村": "石桥镇/新村"} }, rows: "1 2011-08-01 1 场次"},
		"villages before anything happened": {text: "村|日期|船名\n一村|2011-8-1|云渔 ０１\n东社区||\n全镇||\n", rows: "3 2011-08-01 1 安装 云渔01", counts: [4]int{1, 1, 0, 0}},
		"two lines of one fact":             {text: "村|日期|片名|场次\n一村|2011-8-1|甲|1\n||乙|\n", merged: []string{"A2:A3", "B2:B3", "D2:D3"}, rows: "3 2011-08-01 1 场次"},
		"blank lines with numbers":          {text: "序号|村|日期|场次\n1|一村|2011-8-1|1\n2|||\n3|||\n", rows: "3 2011-08-01 1 场次", counts: [4]int{2, 0, 0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			s := sheetOfText(t, c.text, c.merged...)
			form, context := GuessSheet(s), sheetContext()
			if c.set != nil {
				c.set(&form)
			}
			if form.Map.EachRow {
				context.Indicator = "安装"
			}
			r := ReadSheet(s, form, context)
			if got := shownRows(r); !r.Valid() || got != c.rows {
				t.Errorf("rows   %s\nwanted %s\n%s\n%+v", got, c.rows, shownDoubts(r), form)
			}
			if got := [4]int{len(r.Skipped), r.Empty, r.Zeros, r.Dashes}; got != c.counts {
				t.Errorf("skipped, empty, zeros, dashes %v, want %v", got, c.counts)
			}
		})
	}
}

// augustSheet says what a sheet without days leaves open.
func augustSheet(f *SheetForm) { f.Title, f.Map.MonthEnd = "2011年8月", true }

// A candidate put into the cell makes the sheet valid.
func TestSheetPutRight(t *testing.T) {
	s := sheetOfText(t, "村|日期|场次\n新村|2011-8-1|1\n新村|2011-8-2|1\n", "A2:A3")
	r := ReadSheet(s, GuessSheet(s), sheetContext())
	if r.Wrong != 2 || len(r.Doubts[0].Choices) != 2 {
		t.Fatal(shownDoubts(r))
	}
	s.Put(r.Doubts[0].SheetSpot, r.Doubts[0].Choices[1])
	if r = ReadSheet(s, GuessSheet(s), sheetContext()); !r.Valid() || shownRows(r) != "4 2011-08-01 1 场次; 4 2011-08-02 1 场次" {
		t.Errorf("%s\n%s", shownRows(r), shownDoubts(r))
	}
}

// What was put right for one month is found again for the next, by the heads alone.
func TestSheetMapIsKept(t *testing.T) {
	first := sheetOfText(t, "2011年8月\n序号|村|年份|8月|册\n1|一村|x|1|5\n")
	form := GuessSheet(first)
	form.Map.Heads[3].Indicator, form.Map.Heads[4] = "放映", SheetHead{Words: "册", Says: SheetQuantity, Indicator: "送书", Month: 0}
	form.Map.Heads[2].Says = SheetNotRead
	kept := []SheetMap{{Heads: []SheetHead{{Words: "别的", Says: SheetQuantity}}}, form.Kept()}

	next := sheetOfText(t, "石桥镇九月\n填报|石桥镇\n册|序号|9月|村|场(场)\n7|1|2|东社区|3\n")
	f, which, ok := MatchSheet(next, kept)
	if !ok || which != 1 || f.Head != 3 || !slices.Equal(f.New, []int{4}) || f.Map.Heads[2].Month != 9 || f.Map.Heads[2].Indicator != "放映" || f.Map.Heads[0].Indicator != "送书" || f.Map.Heads[3].Says != SheetUnitWords {
		t.Fatalf("%v %d %+v", ok, which, f)
	}
	f.Title = "2011年9月"
	if r := ReadSheet(next, f, sheetContext()); !r.Valid() || shownRows(r) != "2 2011-09-30 7 送书; 2 2011-09-30 2 放映" {
		t.Errorf("%s\n%s", shownRows(r), shownDoubts(r))
	}
	if _, _, ok := MatchSheet(sheetOfText(t, "册|序号|村\n7|1|东社区\n"), kept); ok {
		t.Error("a sheet without the month is taken for it")
	}
}

// A sheet that Luoshi exported gives nothing new when nothing was changed, a correction
// where a value was, and a fact where a row was added.
func TestSheetThatCameBack(t *testing.T) {
	stands := map[id.Fact]SheetStanding{
		101: {Indicator: "放映", Unit: 1, Day: "2011-08-15", Quantity: document.Whole(1)},
		102: {Indicator: "放映", Unit: 2, Day: "2011-08-16", Quantity: document.Whole(2)},
		103: {Indicator: "安装", Unit: 3, Day: "2011-08-17", Quantity: document.Whole(1), Subject: "云渔0001"},
		104: {Indicator: "放映", Unit: 3, Day: "2011-08-17", Quantity: document.Whole(1), Replaced: true},
	}
	context := sheetContext()
	context.Standing = func(f id.Fact) (SheetStanding, bool) { s, ok := stands[f]; return s, ok }
	head := strings.Join(SheetExportHeads, "|") + "\n"
	line := func(f id.Fact, unit string, day calendar.Day, indicator, quantity, subject string) string {
		return strings.Join([]string{unit, string(day), indicator, quantity, subject, f.String()}, "|") + "\n"
	}
	one := line(101, "云溪县/石桥镇/新村", "2011-08-15", "放映", "1", "")
	two := line(102, "东社区", "2011-08-16", "放映", "2", "")
	three := line(103, "一村", "2011-08-17", "安装", "1", "云渔0001")
	for name, c := range map[string]struct {
		text string
		same int
		rows string
		says string
	}{
		"unchanged":           {text: one + two + three, same: 3},
		"a quantity":          {text: one + line(102, "东社区", "2011-08-16", "放映", "12", "") + three, same: 2, rows: "102 [quantity]"},
		"unit and day":        {text: line(101, "江口镇/新村", "2011-08-14", "放映", "1", ""), rows: "101 [unit day]"},
		"a subject":           {text: line(103, "一村", "2011-08-17", "安装", "1", "云渔0002"), rows: "103 [subject]"},
		"a row more":          {text: one + "一村|2011-08-18|放映|1||\n", same: 1, rows: "0 []"},
		"no such fact":        {text: line(999, "一村", "2011-08-17", "放映", "1", ""), says: "没有编号是"},
		"a copied row":        {text: one + line(101, "一村", "2011-08-19", "放映", "1", ""), same: 1, says: "写了两遍，另一遍在第 2 行"},
		"corrected since":     {text: line(104, "一村", "2011-08-17", "放映", "1", ""), says: "请重新导出再改"},
		"another indicator":   {text: line(101, "云溪县/石桥镇/新村", "2011-08-15", "安装", "1", ""), says: "指标不能改"},
		"a number taken away": {text: line(101, "云溪县/石桥镇/新村", "2011-08-15", "放映", "", ""), says: "请在系统里撤回"},
	} {
		t.Run(name, func(t *testing.T) {
			s := sheetOfText(t, head+c.text)
			r := ReadSheet(s, GuessSheet(s), context)
			var rows []string
			for _, row := range r.Rows {
				rows = append(rows, fmt.Sprint(int64(row.Fact), " ", row.Changed))
			}
			if c.says != "" && (r.Wrong != 1 || !strings.Contains(shownDoubts(r), c.says)) || c.says == "" && !r.Valid() || r.Same != c.same || strings.Join(rows, "; ") != c.rows {
				t.Errorf("%d same, %v\n%s", r.Same, rows, shownDoubts(r))
			}
		})
	}
}

package fact

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/id"
	"luoshi/org"
)

// Each mistake is told with its row, its column and what to do.
func TestSheetDoubts(t *testing.T) {
	day := "村|日期|场次\n"
	for name, c := range map[string]struct {
		text   string
		merged []string
		says   string
	}{
		"a unit that is not there":      {text: day + "桥头村|2011-8-1|1\n", says: "2,1 没有找到单位“桥头村”。请改成系统里的名称。"},
		"a unit mistyped":               {text: day + "新邨|2011-8-1|1\n", says: "2,1 没有找到单位“新邨”。是不是“云溪县/石桥镇/新村”？请改对。"},
		"two units of a name":           {text: day + "新村|2011-8-1|1\n", says: "2,1 “新村”可能是 2 个单位：云溪县/石桥镇/新村、云溪县/江口镇/新村。请写清楚是哪一个。"},
		"no unit":                       {text: day + "一村|2011-8-1|1\n|2011-8-2|1\n东社区|2011-8-3|1\n东社区|2011-8-4|1\n东社区|2011-8-5|1\n", says: "3,1 第 3 行没有写是哪个单位。请填上；和上一行相同的，请在表头上选“空着的同上一行”。"},
		"only the township":             {text: "乡镇|村|日期|场次\n石桥镇|一村|2011-8-1|1\n石桥镇||2011-8-2|1\n石桥镇|一村|2011-8-3|1\n石桥镇|一村|2011-8-4|1\n石桥镇|一村|2011-8-5|1\n", says: "3,2? 第 3 行只写到“石桥镇”，下面的单位空着。请填上；就是“石桥镇”自己的，请勾上“没有写错”。"},
		"a day that is not":             {text: day + "一村|2012-2-30|1\n", says: "2,2 “2012-2-30”不是日期，或者没有这一天。请写成 2011-08-15 这样。"},
		"a day to come":                 {text: day + "一村|2012-4-20|1\n", says: "2,2 “2012-4-20”还没有到。请填已经发生的事。"},
		"a day before the plan":         {text: day + "一村|2010-8-15|1\n", says: "2,2? “2010-8-15”不在 2011-08-01 到 2012-06-30 里。请看看年月对不对；没有写错，请勾上“没有写错”。"},
		"no year, out of the plan":      {text: day + "一村|7月15日|1\n", says: "2,2 “7月15日”没有写年份，放在哪一年都不在 2011-08-01 到 2012-06-30 里。请写成 2011-08-15 这样。"},
		"a nought that was dropped":     {text: day + "一村|2011年8月20日|1\n一村|11.1|1\n", says: "3,2? “11.1”末尾的 0 可能被表格去掉了：是 2011-11-01，还是 2011-11-10？请写清楚；就是前一天，请勾上“没有写错”。"},
		"a year of two digits":          {text: day + "一村|11.8.15|1\n", says: "2,2? “11.8.15”的年份只有两位，像是 2011-08-15。请写四位；没有写错，请勾上“没有写错”。"},
		"a month without a day":         {text: day + "一村|8月|1\n", says: "2,2? “8月”只有月份。请写哪一天；算在月底 2011-08-31 的，请勾上“只写月份的算在月底”。"},
		"several days":                  {text: day + "一村|8月15-17日|1\n", says: "2,2 “8月15-17日”写了不止一天。请一天一行，分开写。"},
		"no day":                        {text: day + "一村||1\n", says: "2,2 第 2 行没有写日期。请填上；和上一行相同的，请在表头上选“空着的同上一行”。"},
		"less than nothing":             {text: day + "一村|2011-8-1|-2\n", says: "2,3 “-2”小于 0。要改小，请更正原来那一条，不要填负数。"},
		"half a show":                   {text: day + "一村|2011-8-1|1.5\n", says: "2,3? “1.5”不是整数。请看看对不对；没有错，请勾上“没有写错”。"},
		"about so many":                 {text: day + "一村|2011-8-1|500余场\n", says: "2,3 “500余场”不是准数。请填准确的数。"},
		"two numbers":                   {text: day + "一村|2011-8-1|2+3\n", says: "2,3 “2+3”里不止一个数，或者认不出来。请只填一个数。"},
		"a comma in the wrong place":    {text: day + "一村|2011-8-1|13,20\n", says: "2,3 “13,20”的逗号不在千位上，不知道是多少。请去掉逗号，重新填。"},
		"a letter for a nought":         {text: day + "一村|2011-8-1|1O\n", says: "2,3 “1O”里混了字母，像是把数字打成了字母。请改对。"},
		"words for a number":            {text: day + "一村|2011-8-1|已放\n一村|2011-8-2|1\n一村|2011-8-3|1\n", says: "2,3 “已放”不是数。请填数；没有就填 0，不知道就留空。"},
		"a percentage":                  {text: day + "一村|2011-8-1|88%\n", says: "2,3 “88%”是百分比。比率由程序算，请填数量。"},
		"a formula that went wrong":     {text: day + "一村|2011-8-1|#REF!\n", says: "2,3 “#REF!”是表格公式出了错。请改对公式，或者直接填数。"},
		"spoilt by a spreadsheet":       {text: day + "一村|2011-8-1|1.2E+05\n", says: "2,3 “1.2E+05”被表格改成了科学计数，后面的数字可能丢了。请把这一格设成文本或数值，重新填。"},
		"far too many":                  {text: day + "一村|2011-8-1|99999999999\n", says: "2,3 “99999999999”太大了，像是多打了几位。请改对。"},
		"ten thousands twice":           {text: "村|日期|借阅（万册次）\n一村|2011-8-1|3万\n", says: "2,3 表头已经写了“万”或“千”，“3万”又写了一遍，不知道是多少。请只留一处。"},
		"a dash":                        {text: day + "一村|2011-8-1|—\n", says: "2,3 “—”是一个也没有，还是没有报？没有就填 0，没有报就留空；整张表一样的，请在上面一次选好。"},
		"one number for two villages":   {text: day + "一村|2011-8-1|3\n东社区|2011-8-1|\n", merged: []string{"C2:C3"}, says: "2,3 “3”合并在几格上，不知道各是多少。请取消合并，分开填。"},
		"a row twice":                   {text: day + "一村|2011-8-1|1\n一村|2011年8月1日|1场\n", says: "3,0? 第 3 行和第 2 行是同一个单位、同一天的同一件事，像是重复填了。请删去一行；真有两次，请勾上“没有写错”。"},
		"a unit twice in a month":       {text: "2011年\n村|指标|8月\n一村|放映|1\n一村|放映|2\n", says: "4,0? 第 4 行和第 3 行是同一个单位、同一天的同一件事，像是重复填了。请删去一行；真有两次，请勾上“没有写错”。"},
		"a sum that does not add up":    {text: day + "一村|2011-8-1|1\n东社区|2011-8-2|2\n合计||13\n", says: "4,3? 合计写的是 13，各行加起来是 3。请看看哪一个数错了；行里没有错，请勾上“没有写错”。"},
		"a sum of a part that does not": {text: day + "一村|2011-8-1|1\n小计||5\n东社区|2011-8-2|2\n小计||2\n合计||3\n", says: "3,3? 合计写的是 5，各行加起来是 1。请看看哪一个数错了；行里没有错，请勾上“没有写错”。"},
		"a month that has not ended":    {text: "村|指标|4月\n一村|放映|1\n", says: "1,3 “4月”还没有到。请填已经发生的事。"},
		"no heads":                      {text: "一村|2011-8-1|1\n东社区|2011-8-2|1\n", says: "0,0 没有认出表头，或者表头下面没有内容。请选表头在第几行。"},
		"no column of units":            {text: "日期|场次(场)\n2011-8-1|1\n", says: "0,0 还不知道哪一列是单位。请在表头上选。"},
		"what is counted":               {text: "村|日期|数量\n一村|2011-8-1|1\n", says: "0,0 还不知道“数量”这一列数的是什么。请选一个指标。"},
		"no day anywhere":               {text: "村|场次(场)\n一村|1\n", says: "0,0 表里没有日期，也不知道是哪个月的。请选一列日期，或者选月份。"},
		"nothing filled in":             {text: day + "一村|2011-8-1|\n", says: "0,0 表里没有一个填了的数。请看看表头和每一列选得对不对。"},
		"an indicator left out":         {text: "村|日期|指标|数量\n一村|2011-8-1||1\n", says: "2,3 第 2 行没有写是哪个指标。请填上。"},
	} {
		t.Run(name, func(t *testing.T) {
			s := sheetOfText(t, c.text, c.merged...)
			context := sheetContext()
			r := ReadSheet(s, GuessSheet(s), context)
			if got := shownDoubts(r); got != c.says || r.Wrong != 1 || r.Valid() {
				t.Errorf("says   %s\nwanted %s\n%s %+v", got, c.says, shownRows(r), GuessSheet(s))
			}
			if len(r.Doubts) == 1 && r.Doubts[0].May { // a person says that it is right
				context.Right = map[SheetSpot]bool{r.Doubts[0].SheetSpot: true}
				if r := ReadSheet(s, GuessSheet(s), context); !r.Valid() {
					t.Errorf("said to be right: %s", shownDoubts(r))
				}
			}
		})
	}
}

// A township's month, 30 villages by 4 indicators, with ten mistakes planted: each is told
// at its place, and put right the sheet is taken whole.
func TestTownshipMonthMistakes(t *testing.T) {
	rows := [][]string{{"石桥镇2011年8月惠民工程台账"}, {"序号", "村（社区）", "送戏（场）", "放映（场）", "送书（册）", "培训（人次）"}}
	units := map[string]id.Unit{}
	for k := range 30 {
		village := fmt.Sprintf("%s村", string([]rune("东西南北上下前后大小新老高平长")[k/2])+string([]rune("河山")[k%2]))
		units[village] = id.Unit(k + 1)
		rows = append(rows, []string{fmt.Sprint(k + 1), village, fmt.Sprint(k % 3), fmt.Sprint(1 + k%2), fmt.Sprint(10 * k), fmt.Sprint(k % 7)})
	}
	sum := []string{"", "合计"}
	for k := 2; k < 6; k++ {
		n := 0
		for _, r := range rows[2:] {
			var v int
			fmt.Sscan(r[k], &v)
			n += v
		}
		sum = append(sum, fmt.Sprint(n))
	}
	rows = append(rows, sum)
	planted := []struct {
		mistake     string
		row, column int // in the file
		words       string
	}{
		{"a village mistyped", 4, 2, "东三村"}, {"no village", 7, 2, ""}, {"a village twice", 10, 2, "西山村"}, {"a letter for 0", 12, 3, "1O"}, {"about so many", 13, 5, "100多"},
		{"less than nothing", 15, 6, "-6"}, {"half a show", 18, 4, "1.5"}, {"two numbers in a cell", 20, 5, "170+10"}, {"a comma out of place", 22, 5, "1,90"}, {"a digit too many in the sum", 33, 6, "1870"},
	}
	paste := func() *Sheet {
		var lines []string
		for _, r := range rows {
			lines = append(lines, strings.Join(r, "|"))
		}
		return sheetOfText(t, strings.Join(lines, "\n"))
	}
	context := sheetContext()
	context.Time.MonthEnd = true
	context.Unit = func(words string) (id.Unit, []SheetUnit) { return units[words], nil }
	if r := ReadSheet(paste(), GuessSheet(paste()), context); !r.Valid() || len(r.Rows) != 120 {
		t.Fatalf("%d rows\n%s", len(r.Rows), shownDoubts(r))
	}
	right := map[SheetSpot]string{}
	for _, p := range planted {
		cell := &rows[p.row-1][p.column-1]
		right[SheetSpot{p.row, p.column}], *cell = *cell, p.words
	}
	s := paste()
	form := GuessSheet(s)
	found := map[SheetSpot]bool{}
	for _, d := range ReadSheet(s, form, context).Doubts {
		found[d.SheetSpot] = true
		if d.Column == 0 {
			found[SheetSpot{d.Row, 2}] = true // the whole row: its village stands twice
		}
	}
	for _, p := range planted {
		at := SheetSpot{p.row, p.column}
		if p.mistake == "a digit too many in the sum" {
			continue // looked for when the column's own numbers are right
		}
		t.Logf("%-24s row %d column %s: found %v", p.mistake, p.row, org.ColumnLetter(p.column-1), found[at])
		if !found[at] {
			t.Errorf("%s is not found", p.mistake)
		}
		s.Put(at, right[at])
	}
	last := ReadSheet(s, form, context)
	if last.Wrong != 1 || last.Doubts[0].SheetSpot != (SheetSpot{33, 6}) {
		t.Fatalf("the sum: %s", shownDoubts(last))
	}
	s.Put(SheetSpot{33, 6}, right[SheetSpot{33, 6}])
	if r := ReadSheet(s, form, context); !r.Valid() || len(r.Rows) != 120 {
		t.Errorf("put right: %s", shownDoubts(r))
	}
}

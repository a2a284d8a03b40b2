package fact

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/org"

	"pgregory.net/rapid"
)

func TestSheetNumbers(t *testing.T) {
	for words, want := range map[string]string{
		"": "", "  ": "", "　": "", "未报": "", "—": "dash", "——": "dash", "－": "dash", "/": "dash", "无": "dash", "没有": "dash", "N/A": "dash",
		"0": "0", "０": "0", "0场": "0 场", "零": "0", "1320": "1320", "1,320": "1320", "1，320": "1320", "12,345,678": "12345678", " 1 320 ": "1320", "1320.00": "1320", "1320场次": "1320 场次",
		"500（册）": "500 册", "3.67万": "36700", "3.67万场": "36700 场", "1.2亿": "120000000", "5千": "5000", "0.3万人次": "3000 人次", "12.5万": "125000", "007": "7",
		"十二": "12", "二十": "20", "一百二十": "120", "一千三百二十": "1320", "一千〇三": "1003", "两千": "2000", "三万": "30000", "一万二千": "12000", "三万〇五": "30005", "一二三〇": "1230", "十二场": "12 场",
		"1.5": "1.5?", "0.0001": "0.0001?", "1.23456": "!", "-5": "!", "-0": "0", "13,20": "!", "1,32": "!", "一百二": "!", "一千三": "!", "三万五": "!", "二三": "!", "约500": "!", "500多": "!", "500左右": "!", "十余": "!",
		"5%": "!", "2+3": "!", "2、3": "!", "12场15人": "!", "1O": "!", "l2": "!", "abc": "!", "#N/A": "!", "1E5": "!", "99999999999999999999": "!", "10亿": "1000000000", "11亿": "!", "=SUM(A1)": "!", "1.2.3": "!", "〇〇": "!", "百": "!", "万": "!", "一亿二千万": "120000000",
	} {
		f := readSheetNumber(words)
		got := f.value.String()
		switch {
		case f.said != SheetNumber:
			got = string(f.said)
		case f.wrong != nil && f.may:
			got += "?"
		case f.wrong != nil:
			got = "!"
		}
		if f.measure != "" {
			got += " " + f.measure
		}
		if got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
}

func TestSheetDays(t *testing.T) {
	c := SheetTime{From: "2011-08-01", To: "2012-12-31", Today: "2012-09-19"}
	for words, want := range map[string]string{
		"2011年8月15日": "2011-08-15", "2011.8.15": "2011-08-15", "2011-8-15": "2011-08-15", "2011/8/15": "2011-08-15", "2011-08-15": "2011-08-15", "20110815": "2011-08-15", "２０１１年８月１５日": "2011-08-15",
		"二〇一一年八月十五日": "2011-08-15", "二零一一年十月二十一日": "2011-10-21", "二○一二年一月三十日": "2012-01-30", "40770": "2011-08-15", "40770.5": "2011-08-15", "2011年 8月 15日": "2011-08-15",
		"2011-8-15 8:05": "2011-08-15", "2011年8月15日19:30:00": "2011-08-15", "2011年8月15日晚": "2011-08-15", "2011年8月15日（星期一）": "2011-08-15", "2011.8.15日": "2011-08-15", "10月15日": "2011-10-15", "10.15": "2011-10-15", "十月十五日": "2011-10-15", "12/31": "2011-12-31", "2月29日": "2012-02-29", "10月15号晚上": "2011-10-15",
		"8月15日": "! 2011-08-15 2012-08-15", "8.15": "! 2011-08-15 2012-08-15", "10月": "2011-10-31? 2011-10-31", "2012年2月": "2012-02-29? 2012-02-29", "2012.2": "2012-02-29? 2012-02-29", "2011.1": "2011-01-31? 2011-01-31 2011-10-31",
		"10.1": "2011-10-01? 2011-10-01 2011-10-10", "10.4": "2011-10-04", "10.10": "2011-10-10", "11.8.15": "2011-08-15? 2011-08-15", "2013-1-1": "!", "2012-09-20": "!", "2012-02-30": "!", "13月1日": "!", "2011-7-31": "2011-07-31? 2011-07-31",
		"8月15日、16日": "!", "8月15日至17日": "!", "15日": "!", "15": "!", "昨天": "!", "": "!", "99999": "!", "2011": "!", "0000-00-00": "!", "8月0日": "!",
	} {
		d := readSheetDay(words, "", c)
		got := string(d.day)
		switch {
		case d.wrong != nil && d.may:
			got += "?"
		case d.wrong != nil:
			got = "!"
		}
		for _, choice := range d.choices {
			got += " " + string(choice)
		}
		if got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
	if d := readSheetDay("15", "2011-08", c); d.day != "2011-08-15" || d.wrong != nil {
		t.Errorf("%+v", d)
	}
	if d := readSheetDay("8月15日", "2012-08", c); d.day != "2012-08-15" || d.wrong != nil {
		t.Errorf("the month of the title tells the year: %+v", d)
	}
	if d := readSheetDay("8月15日", "", SheetTime{}); d.wrong == nil || d.day != "" {
		t.Errorf("%+v", d)
	}
}

func TestSheetTitles(t *testing.T) {
	for title, want := range map[string]string{
		"石桥镇2011年8月送戏下乡台账": "2011 2011-08", "二〇一一年八月放映登记": "2011 2011-08", "2011年度送书": "2011 ", "截至2011年12月底进展": "2011 ", "2011-2012年送戏": "0 ", "8月台账": "0 ", "2011年8月台账 填报日期：2011年9月2日": "2011 2011-08", "": "0 ",
	} {
		year, month := sheetTitleTime(title)
		if got := fmt.Sprint(year, " ", month); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}

// Whatever a number is written like, it is read exactly; a day too.
func TestSheetValuesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1_000_000_000).Draw(t, "n")
		d := document.Whole(n)
		for _, words := range []string{d.String(), d.Grouped(), d.Grouped() + "场", strings.ReplaceAll(d.Grouped(), ",", "，"), d.String() + ".0", (d / 10_000).String() + "万"} {
			if strings.HasSuffix(words, "万") && n%10_000 == 0 && n > 0 {
				words = document.Whole(n/10_000).String() + "万"
			} else if strings.HasSuffix(words, "万") {
				words = fmt.Sprintf("%d.%04d万", n/10_000, n%10_000)
			}
			if f := readSheetNumber(words); f.value != d || f.wrong != nil {
				t.Fatalf("%s: %+v", words, f)
			}
		}
		day := calendar.Day("2011-08-01").AddDays(rapid.IntRange(0, 700).Draw(t, "day"))
		y, m, dd := string(day)[:4], strings.TrimLeft(string(day)[5:7], "0"), strings.TrimLeft(string(day)[8:], "0")
		c := SheetTime{From: "2011-08-01", To: "2013-08-01", Today: "2013-08-01"}
		for _, form := range []string{"%s年%s月%s日", "%s-%s-%s", "%s.%s.%s", "%s/%s/%s"} {
			if got := readSheetDay(fmt.Sprintf(form, y, m, dd), "", c); got.day != day || got.wrong != nil {
				t.Fatalf("%s %+v", day, got)
			}
		}
	})
}

// Foreign cells are read without harm: no panic, and either doubts or rows that can be
// taken.
func FuzzSheet(f *testing.F) {
	for _, seed := range []string{
		"村|日期|场次\n一村|2011-8-1|1\n", "石桥镇2011年8月\n村|农村电影||送书\n|场次|人次|\n一村|1|2|3\n合计|1|2|3\n", "单位|8月|9月|合计\n一村|1|—|1\n",
		"单位|日期|指标|数量|事实编号\n一村|8.1|放映|1|0000000000001\n", "月|日|村\n8|15|一村\n", "一、石桥镇||\n村|日|数\n同上|〃|十二\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := SheetOf(org.ReadCells(strings.ReplaceAll(text, "|", "\t")))
		form := GuessSheet(s)
		context := sheetContext()
		context.Home, context.Indicator = 8, "放映"
		for _, all := range []bool{false, true} {
			if all { // whatever a person chooses
				form.Head = min(1, s.Rows())
				for k := range form.Map.Heads {
					form.Map.Heads[k].Says = SheetColumns[(k+len(text))%len(SheetColumns)]
					form.Map.Heads[k].FillDown = k%2 == 0
				}
			}
			r := ReadSheet(s, form, context)
			if r.Wrong < len(r.Doubts) || len(r.Doubts) > MostSheetDoubts {
				t.Fatalf("%d doubts, %d told", r.Wrong, len(r.Doubts))
			}
			if r.Valid() {
				for _, row := range r.Rows {
					if row.Unit == 0 || row.Day == "" || row.Quantity < 0 || row.Quantity > MostQuantity || row.Indicator == "" || row.Day > context.Time.Today {
						t.Fatalf("taken: %+v", row)
					}
				}
			}
			MatchSheet(s, []SheetMap{form.Kept()})
		}
	})
}

package document

import "testing"

func TestDates(t *testing.T) {
	for _, c := range []struct {
		name, text  string
		first, last string // in a document of 2011
		edge        Edge
	}{
		{"year", "2012年，", "2012-01-01", "2012-12-31", On},
		{"end of a year", "在2012年底前开放", "2012-12-31", "2012-12-31", Before},
		{"month", "2011年8月", "2011-08-01", "2011-08-31", On},
		{"month of this year", "今年8月起", "2011-08-01", "2011-08-31", Since},
		{"day", "9月23日之前", "2011-09-23", "2011-09-23", Before},
		{"day with a clock", "9月23日(星期五)17:30前", "2011-09-23", "2011-09-23", Before},
		{"month without its end", "2012年7月前", "2012-07-01", "2012-07-31", Before},
		{"ten days", "5月中旬", "2011-05-11", "2011-05-20", On},
		{"last days", "2月下旬", "2011-02-21", "2011-02-28", On},
		{"before the new year", "力争年前办完", "2011-01-01", "2011-12-31", Before},
		{"bare end of the year", "时限：年底前", "2011-12-31", "2011-12-31", Before},
		{"half a year", "上半年", "2011-01-01", "2011-06-30", On},
		{"quarter", "2012年第三季度末", "2012-09-30", "2012-09-30", On},
		{"next year", "明年3月底", "2012-03-31", "2012-03-31", On},
		{"Han", "二〇一二年五月三日", "2012-05-03", "2012-05-03", On},
		{"numbers", "2012-05-31", "2012-05-31", "2012-05-31", On},
		{"dots", "2012.5.31", "2012-05-31", "2012-05-31", On},
		{"five years", "“十二五”末", "2015-12-31", "2015-12-31", On},
		{"months as a range", "2012年4-9月", "2012-04-01", "2012-09-30", On},
		{"days as a range", "5月1-10日", "2011-05-01", "2011-05-10", On},
		{"behind a counter", "3.2012年5月", "2012-05-01", "2012-05-31", On},
		{"a festival", "2012年春节前", "2012-01-22", "2012-01-22", Before},
		{"a quoted festival", "“五一”前", "2011-04-30", "2011-04-30", Before},
		{"the first month", "元月12日前", "2011-01-12", "2011-01-12", Before},
		{"a term", "2012年秋季学期开学前", "2012-08-31", "2012-08-31", Before},
		{"blanks", "2011 年 9 月 23 日前", "2011-09-23", "2011-09-23", Before},
		{"full-width", "２０１１年９月２３日前", "2011-09-23", "2011-09-23", Before},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewView(c.text).Dates()
			if len(d) != 1 {
				t.Fatalf("%d dates", len(d))
			}
			if f, l := string(d[0].First(2011)), string(d[0].Last(2011)); f != c.first || l != c.last || d[0].Edge != c.edge {
				t.Errorf("got %s to %s edge %d", f, l, d[0].Edge)
			}
		})
	}
}

func TestNoDates(t *testing.T) {
	for _, text := range []string{"三年内", "青年前来", "每年底", "一个月", "12345热线", "3.67万场", "5年", "半年内", "近年内", "13月"} {
		if d := NewView(text).Dates(); len(d) > 0 {
			t.Errorf("%s is read as %+v", text, d)
		}
	}
}

func TestDateRanges(t *testing.T) {
	for _, c := range []struct{ name, text, first, last string }{
		{"months", "2011年8月至9月", "2011-08-01", "2011-09-30"},
		{"two years", "2011年10月--2012年6月", "2011-10-01", "2012-06-30"},
		{"into the next year", "2011年11月至2月", "2011-11-01", "2012-02-29"},
		{"next year said", "2011年11月至次年3月", "2011-11-01", "2012-03-31"},
		{"days", "2月19日至22日", "2011-02-19", "2011-02-22"},
		{"since", "从今年8月起,到2012年12月结束", "2011-08-01", "2012-12-31"},
		{"years", "（2023-2025年）", "2023-01-01", "2025-12-31"},
		{"years with a long dash", "2023—2025年", "2023-01-01", "2025-12-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewView(c.text).Dates()
			if len(d) != 1 || d[0].Until == nil {
				t.Fatalf("no range: %+v", d)
			}
			if f, l := string(d[0].First(2011)), string(d[0].Until.Last(2011)); f != c.first || l != c.last {
				t.Errorf("got %s to %s", f, l)
			}
		})
	}
}

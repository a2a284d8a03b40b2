package document

import "luoshi/calendar"

// Edge tells on which side of a date the words after it lie.
type Edge int

const (
	On     Edge = iota // nothing follows
	Before             // 前, 之前, 以前
	Within             // 内, 期间
	Since              // 起, 以来, 后
	Until              // 止
	Eve                // 前夕
)

// Date is a date as written, in whole or in part: 2011年, 9月23日之前, 年底前,
// 4-9月, 二〇二三年五月上旬. What the text leaves out is 0.
type Date struct {
	From, To int // the words, with those that tell the edge
	Core     int // the end of the date proper
	Year     int
	Relative bool // 今年, 明年, 去年: the year is Shift away from the plan's
	Shift    int
	Months   [2]int            // first and last
	Days     [2]int            // first and last
	End      bool              // 底 or 末
	Run      bool              // 4-9月: a run of months in one word
	Clock    bool              // a time of day follows
	Festival calendar.Festival // 春节前: the date is a festival, the words after it say before
	Edge     Edge
	Until    *Date // where this begins a range, its end
	Open     bool  // a range without an end: 至长期
}

// First is the first day of the date in a year that is used where it names none.
func (d Date) First(year int) calendar.Day {
	if d.End || d.Festival != calendar.NoFestival {
		return d.Last(year)
	}
	return calendar.Make(d.YearIn(year), max(d.Months[0], 1), max(d.Days[0], 1))
}

// Last is the last day of the date, or no day where there is no such day.
func (d Date) Last(year int) calendar.Day {
	year = d.YearIn(year)
	if d.Festival != calendar.NoFestival {
		if day := d.Festival.In(year); day != "" {
			return day.AddDays(-1)
		}
		return ""
	}
	month := d.Months[1]
	if month == 0 {
		month = 12
	}
	end := calendar.MonthEnd(year, month)
	if d.Days[1] == 0 || d.Days[0] == 21 && d.Days[1] == 31 { // 下旬 ends with its month
		return end
	}
	return calendar.Make(year, month, d.Days[1])
}

// YearIn is the year of the date where the year around it is the one given.
func (d Date) YearIn(year int) int {
	if d.Year > 0 {
		return d.Year
	}
	return year + d.Shift
}

// Said reports that the words name a year themselves.
func (d Date) Said() bool { return d.Year > 0 }

// YearOnly reports a date that is a year and no more.
func (d Date) YearOnly() bool {
	return d.Months[0] == 0 && !d.End && d.Festival == calendar.NoFestival
}

// Dates reads all dates of the text, in order.
func (v *View) Dates() []Date {
	var out []Date
	r := v.Runes
	for i := 0; i < len(r); {
		if !beginsDate(r[i]) {
			i++
			continue
		}
		d, ok := readRange(r, i)
		if !ok {
			i++
			continue
		}
		out = append(out, d)
		i = d.To
	}
	return out
}

// beginsDate reports a sign that a date may begin with, so that most of a text is
// passed by quickly.
func beginsDate(r rune) bool {
	switch r {
	case '“', '〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '两', '今', '本', '当', '明', '后', '次', '翌', '去', '上', '下', '全', '第', '年', '底', '末',
		'元', '春', '农', '清', '端', '重', '国', '中', '教', '建', '青', '儿', '妇', '劳':
		return true
	}
	return isDigit(r)
}

// readRange reads a date or, where 至 or a dash follows it, a range of dates.
func readRange(r []rune, i int) (Date, bool) {
	d, ok := readYears(r, i)
	if ok {
		return d, true
	}
	if d, ok = readDate(r, i); !ok || d.Edge != On && d.Edge != Since || d.Core == d.From {
		return d, ok
	}
	to := d.To
	if d.Edge == Since && at(r, to) == ',' {
		to++
	}
	sep := separator(r, to)
	if sep == 0 {
		return d, true
	}
	if n := firstOf(r, to+sep, "长期", "今", "永久"); n > 0 {
		d.Open, d.To = true, to+sep+n
		return d, true
	}
	end, ok := readDate(r, to+sep)
	if !ok && d.Days[0] > 0 {
		end, ok = readDay(r, to+sep)
		end.Months = [2]int{d.Months[1], d.Months[1]}
	}
	if !ok {
		return d, true
	}
	if end.Year == 0 && !end.Relative {
		end.Year, end.Relative, end.Shift = d.Year, d.Relative, d.Shift
		if end.Months[1] > 0 && end.Months[1] < d.Months[0] { // 11月至2月 runs into the next year
			end.Shift++
			if end.Year > 0 {
				end.Year++
				end.Shift--
			}
		}
	}
	if d.Year == 0 && !d.Relative && end.Year > 0 {
		d.Year = end.Year
		if d.Months[0] > end.Months[1] {
			d.Year--
		}
	}
	if end.Relative && end.Shift == 1 && d.Year > 0 { // 2022年11月至次年3月
		end.Year, end.Relative, end.Shift = d.Year+1, false, 0
	}
	d.Until, d.To = &end, end.To
	return d, true
}

// readYears reads 2023-2025年, where the first year goes without its own 年.
func readYears(r []rune, i int) (Date, bool) {
	first, to := year4(r, i)
	if first == 0 {
		return Date{}, false
	}
	sep := separator(r, to)
	second, end := year4(r, to+sep)
	if sep == 0 || second < first || at(r, end) != '年' {
		return Date{}, false
	}
	d, ok := readDate(r, to+sep)
	return Date{From: i, To: d.To, Core: d.Core, Year: first, Until: &d}, ok
}

// separator gives the length of the sign between the ends of a range, or 0.
func separator(r []rune, i int) int {
	switch at(r, i) {
	case '至', '到', '~':
		return 1
	case '-':
		n := 1
		for n < 4 && at(r, i+n) == '-' {
			n++
		}
		return n
	}
	return 0
}

// year4 reads a year of four Arabic digits.
func year4(r []rune, i int) (year, to int) {
	for to = i; to < i+4; to++ {
		if !isDigit(at(r, to)) {
			return 0, i
		}
		year = year*10 + int(r[to]-'0')
	}
	if year < 1900 || year > 2199 || isDigit(at(r, to)) || isDigit(at(r, i-1)) || at(r, i-1) == '.' && !behindCounter(r, i) {
		return 0, i
	}
	return year, to
}

// hanYear reads 二〇一一.
func hanYear(r []rune, i int) (year, to int) {
	for to = i; to < i+4; to++ {
		d := hanDigit(at(r, to))
		if d < 0 || at(r, to) == '两' {
			return 0, i
		}
		year = year*10 + d
	}
	if year < 1900 || year > 2199 {
		return 0, i
	}
	return year, to
}

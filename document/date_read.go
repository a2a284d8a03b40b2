package document

// readDate reads the single date that stands at i, with the words that tell its edge.
func readDate(r []rune, i int) (Date, bool) {
	d := Date{From: i, Core: i}
	if isDigit(at(r, i-1)) || isLatin(at(r, i-1)) || isDigit(at(r, i)) && at(r, i-1) == '.' && !behindCounter(r, i) {
		if !isDigit(at(r, i)) && d.readFestival(r) { // behind a counter: 3.1元宵节前
			d.readEdge(r)
			return d, true
		}
		return d, false
	}
	switch {
	case d.readNumeric(r):
	case d.readFiveYears(r):
	case d.readYear(r):
		if !d.readMonth(r) && !d.readFestival(r) {
			d.readPart(r)
		}
	case d.readFestival(r):
	case d.readMonth(r):
	case d.readBarePart(r):
	default:
		return d, false
	}
	d.readEdge(r)
	return d, true
}

// behindCounter reports that nothing but a counter like 3. stands before i in its paragraph.
func behindCounter(r []rune, i int) bool {
	k := i - 2
	for isDigit(at(r, k)) && i-k < 5 {
		k--
	}
	return k < i-2 && at(r, k) == '\n'
}

// readDay reads a day alone, as at the end of 19日至22日.
func readDay(r []rune, i int) (Date, bool) {
	d := Date{From: i, Core: i}
	if !d.readDayOfMonth(r) {
		return d, false
	}
	d.readEdge(r)
	return d, true
}

// readNumeric reads 2023-05-31, 2023.5.31 and 2023/5.
func (d *Date) readNumeric(r []rune) bool {
	year, i := year4(r, d.From)
	sign := at(r, i)
	if year == 0 || sign != '-' && sign != '.' && sign != '/' {
		return false
	}
	month, to := smallArabic(r, i+1)
	if month < 1 || month > 12 {
		return false
	}
	day := 0
	if at(r, to) == sign && isDigit(at(r, to+1)) {
		day, to = smallArabic(r, to+1)
		if day < 1 || day > 31 {
			return false
		}
	} else if sign == '-' || at(r, to) == '年' || isMyriad(at(r, to)) || unitAt(r, to) > 0 {
		return false
	}
	d.Year, d.Months, d.Days, d.Core = year, [2]int{month, month}, [2]int{day, day}, to
	return true
}

// readFiveYears reads “十四五”末: the fourteenth five years end with 2025.
func (d *Date) readFiveYears(r []rune) bool {
	i := d.From
	quoted := at(r, i) == '“'
	if quoted {
		i++
	}
	n := hanDigit(at(r, i+1))
	if at(r, i) != '十' || n < 1 || at(r, i+2) != '五' {
		return false
	}
	i += 3
	if quoted && at(r, i) == '”' {
		i++
	}
	k := firstOf(r, i, "时期末", "规划期末", "期末", "末")
	if k == 0 {
		return false
	}
	d.Year, d.End, d.Core = 1955+5*(10+n), true, i+k
	d.Months = [2]int{12, 12}
	return true
}

// readYear reads 2011年, 二〇一一年, 今年, 本年度.
func (d *Date) readYear(r []rune) bool {
	year, to := year4(r, d.From)
	if year == 0 {
		year, to = hanYear(r, d.From)
	}
	if year > 0 && at(r, to) == '年' {
		d.Year, d.Core = year, to+1
		if at(r, d.Core) == '度' {
			d.Core++
		}
		return true
	}
	for _, w := range []struct {
		word  string
		shift int
	}{{"今明两年", 1}, {"今年度", 0}, {"今年", 0}, {"本年度", 0}, {"本年", 0}, {"当年", 0}, {"明年", 1}, {"后年", 2}, {"次年", 1}, {"翌年", 1}, {"去年", -1}, {"上年", -1}} {
		if hasPrefix(r, d.From, w.word) {
			d.Relative, d.Shift, d.Core = true, w.shift, d.From+len([]rune(w.word))
			return true
		}
	}
	return false
}

// readMonth reads 9月, 9月底, 9月上旬, 9月23日, 4-9月 after what has been read.
func (d *Date) readMonth(r []rune) bool {
	month, i := monthNumber(r, d.Core)
	last := month
	if month > 0 {
		if n := separator(r, i); n > 0 && at(r, i) != '到' {
			if m, to := monthNumber(r, i+n); m > 0 && at(r, to) == '月' {
				last, i, d.Run = m, to, true
			}
		}
	}
	if month == 0 || at(r, i) != '月' {
		return false
	}
	d.Months, d.Core = [2]int{month, last}, i+1
	if d.readDayOfMonth(r) {
		return true
	}
	for _, w := range []struct {
		word string
		days [2]int
		end  bool
	}{{"上旬", [2]int{1, 10}, false}, {"中旬", [2]int{11, 20}, false}, {"下旬", [2]int{21, 31}, false},
		{"初", [2]int{1, 10}, false}, {"月底", [2]int{}, true}, {"底", [2]int{}, true}, {"末", [2]int{}, true}, {"份", [2]int{}, false}} {
		if hasPrefix(r, d.Core, w.word) {
			d.Days, d.End = w.days, w.end
			d.Core += len([]rune(w.word))
			break
		}
	}
	return true
}

func monthNumber(r []rune, i int) (month, to int) {
	if at(r, i) == '元' && at(r, i+1) == '月' { // the first month
		return 1, i + 1
	}
	month, to = smallArabic(r, i)
	if month == 0 {
		month, to = smallHan(r, i)
	}
	if month > 12 {
		return 0, i
	}
	return month, to
}

// readDayOfMonth reads 23日, 23号 and 1-10日.
func (d *Date) readDayOfMonth(r []rune) bool {
	day, i := dayNumber(r, d.Core)
	last := day
	if day > 0 {
		if n := separator(r, i); n > 0 {
			if m, to := dayNumber(r, i+n); m > day && at(r, to) == '日' {
				last, i = m, to
			}
		}
	}
	if day == 0 || at(r, i) != '日' && at(r, i) != '号' {
		return false
	}
	d.Days, d.Core = [2]int{day, last}, i+1
	return true
}

func dayNumber(r []rune, i int) (day, to int) {
	day, to = smallArabic(r, i)
	if day == 0 {
		day, to = smallHan(r, i)
	}
	if day > 31 {
		return 0, i
	}
	return day, to
}

// readPart reads what parts a year: 底, 末, 上半年, 第三季度.
func (d *Date) readPart(r []rune) bool {
	for _, w := range []struct {
		word   string
		months [2]int
		end    bool
	}{{"年底", [2]int{12, 12}, true}, {"年末", [2]int{12, 12}, true}, {"底", [2]int{12, 12}, true}, {"末", [2]int{12, 12}, true},
		{"秋季学期开学", [2]int{8, 8}, true}, {"秋季开学", [2]int{8, 8}, true}, {"春季学期开学", [2]int{2, 2}, true}, {"春季开学", [2]int{2, 2}, true},
		{"上半年", [2]int{1, 6}, false}, {"下半年", [2]int{7, 12}, false}, {"全年", [2]int{}, false}} {
		if hasPrefix(r, d.Core, w.word) {
			d.Months, d.End = w.months, w.end
			d.Core += len([]rune(w.word))
			return true
		}
	}
	i := d.Core
	if at(r, i) == '第' {
		i++
	}
	q, to := monthNumber(r, i)
	if q < 1 || q > 4 || !hasPrefix(r, to, "季度") {
		return false
	}
	d.Months, d.Core = [2]int{3*q - 2, 3 * q}, to+2
	if c := at(r, d.Core); c == '末' || c == '底' {
		d.End = true
		d.Core++
	}
	return true
}

// notYearEnd are the signs before 年 that make it part of another word: 三年内,
// 青年前, 每年底.
const notYearEnd = "〇一二三四五六七八九十两几多半每全近数学青少老成中常童壮周同往历逐经整满"

// readBarePart reads a part of the year that goes without it: 年底前, 年内, 上半年.
func (d *Date) readBarePart(r []rune) bool {
	for _, c := range notYearEnd {
		if at(r, d.From-1) == c {
			return false
		}
	}
	if at(r, d.From) == '年' {
		if n := firstOf(r, d.From+1, "前", "内"); n > 0 {
			d.Core++
			return firstOf(r, d.From+1, "前期", "前后") == 0
		}
		return firstOf(r, d.From, "年底", "年末") > 0 && d.readPart(r)
	}
	return at(r, d.From) != '底' && at(r, d.From) != '末' && d.readPart(r)
}

// readEdge reads what follows the date: a time of day, 前, 起, 止.
func (d *Date) readEdge(r []rune) {
	d.To = skipClock(r, d.Core)
	d.Clock = d.To > d.Core && at(r, d.To-1) != ')'
	for _, w := range []struct {
		words []string
		edge  Edge
	}{
		{[]string{"前夕"}, Eve},
		{[]string{"前后", "前期", "前提", "前沿", "前景", "前述"}, On},
		{[]string{"之前", "以前", "前"}, Before},
		{[]string{"以来", "之后", "以后", "起", "开始", "后"}, Since},
		{[]string{"以内", "之内", "内", "期间"}, Within},
		{[]string{"为止", "截止", "止"}, Until},
	} {
		if n := firstOf(r, d.To, w.words...); n > 0 {
			if w.edge != On {
				d.Edge = w.edge
				d.To += n
			}
			return
		}
	}
}

// skipClock passes a weekday in brackets and a time of day: (星期五)下午17:30.
func skipClock(r []rune, i int) int {
	if at(r, i) == '(' && (at(r, i+1) == '周' || hasPrefix(r, i+1, "星期")) {
		for k := i + 1; k < i+6; k++ {
			if at(r, k) == ')' {
				i = k + 1
				break
			}
		}
	}
	i += firstOf(r, i, "上午", "下午", "中午", "晚上", "下班")
	hour, to := smallArabic(r, i)
	if to == i || hour > 24 {
		return i
	}
	switch {
	case at(r, to) == ':' && isDigit(at(r, to+1)):
		_, to = smallArabic(r, to+1)
		return to
	case at(r, to) == '时' || at(r, to) == '点':
		if minute, end := smallArabic(r, to+1); minute > 0 && at(r, end) == '分' {
			return end + 1
		}
		return to + 1 + firstOf(r, to+1, "整")
	}
	return i
}

package fact

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
)

// SheetTime is what a sheet's days are read by.
type SheetTime struct {
	From, To calendar.Day // the days that the sheet is about; a year left out is theirs
	Today    calendar.Day // nothing later has happened
	// MonthEnd takes a month without a day, as 8月, for its last day; else it is asked.
	MonthEnd bool
}

// sheetDate is a day as it was read. Where wrong is set, choices are what it may be,
// and with may the first of them is taken if a person says that it is right.
type sheetDate struct {
	day     calendar.Day
	wrong   *fault.Fault
	may     bool
	choices []calendar.Day
}

// sheetParts are the numbers of a date as written, 0 where left out.
type sheetParts struct {
	year, month, day int
	short            bool // the year has two digits
	point            bool // written as 8.1, of which a spreadsheet may have dropped a 0
}

// noSuchDay is what day 0 is taken for; 0 itself is a day that was left out.
const noSuchDay = 99

const sheetClock = `(?: ?(?:上午|下午|早上|晚上|中午|夜间|晚|T?[0-9]{1,2}(?::[0-9]{2}){1,2}|\(?(?:星期|周)[一二三四五六日天]\)?))*`

var (
	sheetFullDay  = regexp.MustCompile(`^([0-9]{4}) ?[年.\-/] ?([0-9]{1,2}) ?[月.\-/] ?([0-9]{1,2}) ?[日号]?` + sheetClock + `$`)
	sheetShortDay = regexp.MustCompile(`^'?([0-9]{2}) ?[年.\-/] ?([0-9]{1,2}) ?[月.\-/] ?([0-9]{1,2}) ?[日号]?` + sheetClock + `$`)
	sheetMonthDay = regexp.MustCompile(`^([0-9]{1,2}) ?(月|\.|-|/) ?([0-9]{1,2}) ?[日号]?` + sheetClock + `$`)
	sheetYearMon  = regexp.MustCompile(`^([0-9]{4}) ?([年.\-/]) ?([0-9]{1,2}) ?(?:月份?)?$`)
	sheetMonth    = regexp.MustCompile(`^([0-9]{1,2}) ?月份?$`)
	sheetDayOnly  = regexp.MustCompile(`^([0-9]{1,2}) ?[日号]?` + sheetClock + `$`)
	sheetTogether = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	sheetSerial   = regexp.MustCompile(`^([0-9]{5})(\.[0-9]+)?$`)
	sheetSeveral  = regexp.MustCompile(`[0-9]+[月日号]? ?(-|~|至|到|、|,|和) ?[0-9]+`)
)

// Days that a spreadsheet counts from 1899-12-30: 1982-02-18 to 2064-04-08, the span in
// which a bare number of five digits in a column of days is one.
const sheetSerialFrom, sheetSerialTo = 30_000, 60_000

// readSheetDay reads the words of a cell for a day. month is 2011-08 where the sheet
// says it elsewhere, as in its title or a column of its own; else empty.
func readSheetDay(words, month string, c SheetTime) sheetDate {
	w := sheetHanToDigits(sheetPlain(words))
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	dayOf := func(s string) int { return cmp.Or(number(s), noSuchDay) }
	var p sheetParts
	if m := sheetSerial.FindStringSubmatch(w); m != nil {
		n := number(m[1])
		if n < sheetSerialFrom || n > sheetSerialTo {
			return sheetNoDay(words)
		}
		return c.placed(words, calendar.Day("1899-12-30").AddDays(n))
	}
	if m := sheetTogether.FindStringSubmatch(w); m != nil {
		p = sheetParts{year: number(m[1]), month: number(m[2]), day: dayOf(m[3])}
	} else if m := sheetFullDay.FindStringSubmatch(w); m != nil {
		p = sheetParts{year: number(m[1]), month: number(m[2]), day: dayOf(m[3])}
	} else if m := sheetShortDay.FindStringSubmatch(w); m != nil {
		p = sheetParts{year: 2000 + number(m[1]), month: number(m[2]), day: dayOf(m[3]), short: true}
	} else if m := sheetYearMon.FindStringSubmatch(w); m != nil {
		p = sheetParts{year: number(m[1]), month: number(m[3]), point: m[2] == "." && m[3] == "1" && !strings.HasSuffix(w, "月")}
	} else if m := sheetMonth.FindStringSubmatch(w); m != nil {
		p = sheetParts{month: number(m[1])}
	} else if m := sheetMonthDay.FindStringSubmatch(w); m != nil {
		p = sheetParts{month: number(m[1]), day: dayOf(m[3]), point: m[2] == "." && len(m[3]) == 1 && m[3] <= "3" && strings.HasSuffix(w, m[3])}
	} else if m := sheetDayOnly.FindStringSubmatch(w); m != nil && len(month) == len("2011-08") {
		p = sheetParts{year: number(month[:4]), month: number(month[5:]), day: dayOf(m[1])}
	} else if sheetSeveral.MatchString(w) {
		return sheetDate{wrong: fault.New(fault.Invalid, "“%s”写了不止一天。请一天一行，分开写。", words)}
	} else {
		return sheetNoDay(words)
	}
	if p.year == 0 && len(month) == len("2011-08") && number(month[5:]) == p.month {
		p.year = number(month[:4])
	}
	return c.read(words, p)
}

func sheetNoDay(words string) sheetDate {
	return sheetDate{wrong: fault.New(fault.Invalid, "“%s”不是日期，或者没有这一天。请写成 2011-08-15 这样。", words)}
}

// read finds the day that parts of a date mean.
func (c SheetTime) read(words string, p sheetParts) sheetDate {
	switch {
	case p.month < 1 || p.month > 12 || p.day > 31 || p.year != 0 && (p.year < 1950 || p.year > 2199):
		return sheetNoDay(words)
	case p.point:
		return c.pointed(words, p)
	case p.short:
		day := calendar.Make(p.year, p.month, p.day)
		if day == "" {
			return sheetNoDay(words)
		}
		return sheetDate{day: day, may: true, choices: []calendar.Day{day},
			wrong: fault.New(fault.Invalid, "“%s”的年份只有两位，像是 %s。请写四位；没有写错，请勾上“没有写错”。", words, string(day))}
	case p.year == 0:
		return c.inYear(words, p)
	}
	day := p.last(p.year)
	if day == "" {
		return sheetNoDay(words)
	}
	if p.day == 0 {
		return c.monthOnly(words, day)
	}
	return c.placed(words, day)
}

// last is the day of the parts in a year, or the last one of their month.
func (p sheetParts) last(year int) calendar.Day {
	if p.day == 0 {
		return calendar.MonthEnd(year, p.month)
	}
	return calendar.Make(year, p.month, p.day)
}

// pointed asks about 8.1, which is what a spreadsheet makes of 8.10 too, and about
// 2011.1, which may have been 2011.10.
func (c SheetTime) pointed(words string, p sheetParts) sheetDate {
	other := p
	if p.day > 0 {
		other.day *= 10
	} else {
		other.month = 10
	}
	var choices []calendar.Day
	for _, p := range []sheetParts{p, other} {
		p.point = false
		if d := c.read(words, p); d.day != "" && d.day <= c.Today {
			choices = append(choices, d.day)
		}
	}
	if len(choices) == 1 && choices[0] >= c.From && choices[0] <= c.To {
		return sheetDate{day: choices[0]}
	}
	if len(choices) == 0 {
		p.point = false
		return c.read(words, p)
	}
	return sheetDate{day: choices[0], may: true, choices: choices,
		wrong: fault.New(fault.Invalid, "“%s”末尾的 0 可能被表格去掉了：是 %s，还是 %s？请写清楚；就是前一天，请勾上“没有写错”。", words, string(choices[0]), string(choices[len(choices)-1]))}
}

// inYear finds the year of a date that names none: the one in which it lies within the
// days that the sheet is about.
func (c SheetTime) inYear(words string, p sheetParts) sheetDate {
	first, last := sheetYear(c.From), sheetYear(c.To)
	if first == 0 || last < first || last-first > 50 {
		return sheetDate{wrong: fault.New(fault.Invalid, "“%s”没有写年份，也不知道是哪一年的表。请写成 2011-08-15 这样。", words)}
	}
	var within, all []calendar.Day
	for year := first; year <= last; year++ {
		d := p.last(year)
		if d == "" {
			continue
		}
		all = append(all, d)
		start := d
		if p.day == 0 {
			start = calendar.Make(year, p.month, 1)
		}
		if start <= c.To && d >= c.From && (c.Today == "" || start <= c.Today) {
			within = append(within, d)
		}
	}
	switch {
	case len(all) == 0:
		return sheetNoDay(words)
	case len(within) == 1 && p.day == 0:
		return c.monthOnly(words, within[0])
	case len(within) == 1:
		return c.placed(words, within[0])
	case len(within) == 0:
		return sheetDate{choices: all, wrong: fault.New(fault.Invalid, "“%s”没有写年份，放在哪一年都不在 %s 到 %s 里。请写成 2011-08-15 这样。", words, string(c.From), string(c.To))}
	}
	return sheetDate{choices: within, wrong: fault.New(fault.Invalid, "“%s”没有写年份，是 %s，还是 %s？请写上年份。", words, string(within[0]), string(within[len(within)-1]))}
}

// monthOnly takes a month for its last day, or asks.
func (c SheetTime) monthOnly(words string, end calendar.Day) sheetDate {
	if c.MonthEnd {
		return c.placed(words, end)
	}
	return sheetDate{day: end, may: true, choices: []calendar.Day{end},
		wrong: fault.New(fault.Invalid, "“%s”只有月份。请写哪一天；算在月底 %s 的，请勾上“只写月份的算在月底”。", words, string(end))}
}

// placed looks whether a day can be: it has come, and the sheet is about it.
func (c SheetTime) placed(words string, day calendar.Day) sheetDate {
	switch {
	case day == "":
		return sheetNoDay(words)
	case c.Today != "" && day > c.Today:
		return sheetDate{wrong: fault.New(fault.Invalid, "“%s”还没有到。请填已经发生的事。", words)}
	case c.From != "" && day < c.From || c.To != "" && day > c.To:
		return sheetDate{day: day, may: true, choices: []calendar.Day{day},
			wrong: fault.New(fault.Invalid, "“%s”不在 %s 到 %s 里。请看看年月对不对；没有写错，请勾上“没有写错”。", words, string(c.From), string(c.To))}
	}
	return sheetDate{day: day}
}

// sheetYear is the year of a day, or 0.
func sheetYear(d calendar.Day) int {
	if !isDay(d) {
		return 0
	}
	n, _ := strconv.Atoi(string(d)[:4])
	return n
}

var sheetTitleMonth = regexp.MustCompile(`(截至|截止|至|到|(?:日期|时间):?)? ?([0-9]{4}) ?[年.\-/] ?(?:([0-9]{1,2}) ?月)?`)

// sheetTitleTime finds the year and the month that the title of a sheet names; of
// several none counts.
func sheetTitleTime(title string) (year int, month string) {
	years, months := map[int]bool{}, []string{}
	for _, m := range sheetTitleMonth.FindAllStringSubmatch(sheetHanToDigits(sheetPlain(title)), 20) {
		y, _ := strconv.Atoi(m[2])
		if y < 1950 || y > 2199 || strings.Contains(m[1], "期") || strings.Contains(m[1], "间") {
			continue // 填报日期: when it was written
		}
		years[y], year = true, y
		if n, _ := strconv.Atoi(m[3]); n >= 1 && n <= 12 && m[1] == "" { // 截至2011年12月 is about more than that month
			months = append(months, Month(calendar.Make(y, n, 1)))
		}
	}
	if len(years) != 1 {
		return 0, ""
	}
	slices.Sort(months)
	if months = slices.Compact(months); len(months) == 1 {
		return year, months[0]
	}
	return year, ""
}

// narrowed is the time of a sheet whose title names a year, or a month.
func (c SheetTime) narrowed(year int, month string) SheetTime {
	from, to := calendar.Make(year, 1, 1), calendar.Make(year, 12, 31)
	if month != "" {
		from = calendar.Day(month + "-01")
		to = calendar.MonthEnd(sheetYear(from), int(from[5]-'0')*10+int(from[6]-'0'))
	}
	if year == 0 || c.From != "" && to < c.From || c.To != "" && from > c.To {
		return c
	}
	if c.From = max(c.From, from); c.To == "" || to < c.To {
		c.To = to
	}
	return c
}

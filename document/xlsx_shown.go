package document

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// shown gives the value of a cell as its format shows it. What is no number stays
// as it is. Days are counted from 1900 or from 1904.
func (f cellFormat) shown(value string, from int) string {
	if day, err := time.Parse("2006-01-02", value[:min(len(value), 10)]); err == nil { // t="d", 18.18.11
		return f.shownDay(day, value)
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return value
	}
	switch f.kind {
	case numberFormat:
		return f.shownNumber(v)
	case dateFormat:
		if words, ok := f.shownDate(v, from); ok {
			return words
		}
	}
	return f.before + shownGeneral(v) + f.after
}

// shownGeneral gives a number as the shortest decimal of 15 digits, all that Excel
// keeps: 0.1+0.2 is 0.3.
func shownGeneral(v float64) string {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if a := math.Abs(v); a != 0 && (a >= 1e21 || a < 1e-9) {
		return strconv.FormatFloat(v, 'E', -1, 64)
	}
	return strconv.FormatFloat(v+0, 'f', -1, 64)
}

// shownNumber rounds half away from zero, in decimals, as people do.
func (f cellFormat) shownNumber(v float64) string {
	exact, ok := new(big.Rat).SetString(strconv.FormatFloat(v, 'g', 15, 64))
	if !ok {
		return shownGeneral(v)
	}
	for range f.hundreds {
		exact.Mul(exact, big.NewRat(100, 1))
	}
	for range f.smaller {
		exact.Quo(exact, big.NewRat(1000, 1))
	}
	digits := exact.FloatString(min(f.most, 30))
	sign := ""
	if strings.HasPrefix(digits, "-") {
		if digits = digits[1:]; strings.Trim(digits, "0.") != "" {
			sign = "-"
		}
	}
	whole, rest, _ := strings.Cut(digits, ".")
	for len(rest) > f.fewest && strings.HasSuffix(rest, "0") {
		rest = rest[:len(rest)-1]
	}
	whole = strings.Repeat("0", max(0, f.whole-len(whole))) + whole
	if f.thousands {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if rest != "" {
		whole += "." + rest
	}
	return sign + f.before + whole + f.after
}

// lastDay is 9999-12-31, counted from 1900.
const lastDay = 2_958_465

// shownDate shows a number of days and their parts. Excel counts 1900-02-29, which
// there was not, as day 60.
func (f cellFormat) shownDate(v float64, from int) (string, bool) {
	if v < 0 || v > lastDay {
		return "", false
	}
	seconds := int64(math.Round(v * 86400))
	days := int(seconds / 86400)
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from == 1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 60:
		base = base.AddDate(0, 0, 1)
	}
	if f.passed {
		return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60), true
	}
	at := base.AddDate(0, 0, days).Add(time.Duration(seconds%86400) * time.Second)
	return f.dateWords(at), true
}

// shownDay shows a day that the file writes as 2024-06-30T08:30:00.
func (f cellFormat) shownDay(day time.Time, value string) string {
	if at, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(value, "Z")); err == nil {
		day = at
	}
	if f.kind != dateFormat {
		f = cellFormat{year: true, month: true, day: true}
	}
	return f.dateWords(day)
}

// dateWords writes what a format shows of an instant in one way, whatever way the
// format has: 2024年6月30日 8:05. It is to be read, not to be looked at.
func (f cellFormat) dateWords(at time.Time) string {
	var date, clock string
	if f.year {
		date = strconv.Itoa(at.Year()) + "年"
	}
	if f.month {
		date += strconv.Itoa(int(at.Month())) + "月"
	}
	if f.day {
		date += strconv.Itoa(at.Day()) + "日"
	}
	if f.weekday && date == "" {
		date = "星期" + string([]rune("日一二三四五六")[at.Weekday()])
	}
	switch {
	case f.second:
		clock = at.Format("15:04:05")
	case f.hour || f.minute:
		clock = at.Format("15:04")
	}
	return strings.TrimSpace(date + " " + strings.TrimPrefix(clock, "0"))
}

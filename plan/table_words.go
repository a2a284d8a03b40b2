package plan

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"luoshi/calendar"
	"luoshi/document"
)

// CellLines are the lines of a cell as they are compared: without the blanks round
// them, empty lines and signs that steer, which programs add and leave out.
func CellLines(cell string) (lines []string) {
	cell = strings.NewReplacer("\r\n", "\n", "\r", "\n", string(document.LineBreak), "\n").Replace(cell)
	for line := range strings.SplitSeq(cell, "\n") {
		words := strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) })
		kept := strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || r == '\ufffe' || r == '\uffff' {
				return -1
			}
			return r
		}, strings.Join(words, " "))
		if kept != "" {
			lines = append(lines, kept)
		}
	}
	return lines
}

// CellWords are the lines of a cell as one text.
func CellWords(cell string) string { return strings.Join(CellLines(cell), "\n") }

// halfWidth writes figures and their signs in half-width forms.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' || strings.ContainsRune("％．－＞＜＝／", r) {
			return r - 0xfee0
		}
		return r
	}, s)
}

const (
	numberForm = `([0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?)([万亿]?)`
	dayWords   = `(?:前|之前|以前)?(?:完成)?(?:[（(]含当日[）)])?`
)

// figureForm is a line under 目标: 每年送演出 从 100 场到 ≥ 1,500 场（力争）.
var figureForm = regexp.MustCompile(`^(每天|每周|每月|每季度|每半年|每年|每两年|每三年|每学期)?(.*?)\s*(?:[从由]\s*` + numberForm + `\s*([^\s0-9，。；、,;（）()]{0,20}?)\s*(?:提高|提升|增加|下降|降低|降|增)?[到至]\s*)?` +
	`(≥|>=|不少于|不低于|至少|>|超过|多于|≤|<=|不超过|不多于|不高于|至多|<|少于|低于|≈|约|=)?\s*` + numberForm +
	`(?:\s*[–—~～至到-]\s*` + numberForm + `)?\s*([^\s0-9，。；、,;（）()]{0,20}?)\s*(以上|及以上|以内|以下|左右)?(（力争）|\(力争\))?$`)

var boundOfWord = map[string]string{"≥": "ge", ">=": "ge", "不少于": "ge", "不低于": "ge", "至少": "ge", "以上": "ge", "及以上": "ge", ">": "gt", "超过": "gt", "多于": "gt",
	"≤": "le", "<=": "le", "不超过": "le", "不多于": "le", "不高于": "le", "至多": "le", "以内": "le", "以下": "le", "<": "lt", "少于": "lt", "低于": "lt", "≈": "approx", "约": "approx", "左右": "approx", "=": "eq"}

var repeatOfWord = func() map[string]string {
	out := map[string]string{}
	for period, word := range each {
		out[word] = period
	}
	return out
}()

// figureOf reads a line under 目标. It gives the target with what the line says.
func figureOf(line string, t Target) (Target, bool) {
	m := figureForm.FindStringSubmatch(halfWidth(line))
	if m == nil || !names(strings.TrimSpace(m[2]), t.Indicator) {
		return t, false
	}
	var ok bool
	if t.Value, ok = scaled(m[7], m[8]); !ok {
		return t, false
	}
	t.Indicator, t.Period, t.Unit, t.Bound, t.Hardness = strings.TrimSpace(m[2]), repeatOfWord[m[1]], m[11], "eq", "hard"
	t.From, t.Max = nil, nil
	if m[3] != "" {
		from, ok := scaled(m[3], m[4])
		if !ok {
			return t, false
		}
		t.From = &from
	}
	if word := m[6] + m[12]; word != "" {
		if t.Bound, ok = boundOfWord[word]; !ok {
			return t, false
		}
	}
	if m[9] != "" {
		most, ok := scaled(m[9], m[10])
		if !ok {
			return t, false
		}
		t.Max, t.Bound = &most, "range"
	}
	if m[13] != "" {
		t.Hardness = "soft"
	}
	t.Direction = DirectionOf(t.Bound)
	return t, true
}

// names reports words that may name what is counted: no half of a number, no second
// figure, and no more clauses than the name has that stood there.
func names(words, stood string) bool {
	const clauses = "，,；;。"
	return words != "" && !strings.ContainsAny(words, "≥≤≈<>=") && !strings.HasSuffix(words, ".") &&
		(!strings.ContainsAny(words, clauses) || strings.ContainsAny(stood, clauses))
}

func scaled(digits, scale string) (Decimal, bool) {
	d, err := ParseDecimal(strings.ReplaceAll(digits, "，", ","))
	if err != nil {
		return 0, false
	}
	times := map[string]Decimal{"": 1, "万": 1e4, "亿": 1e8}[scale]
	if d > 1e18/times {
		return 0, false
	}
	return d * times, true
}

var numberIn = regexp.MustCompile(numberForm)

// refigured reads a line in which nothing but one number is another than it was, and
// that number is one of the target's own.
func refigured(was, is string, t Target) (Target, bool) {
	was, is = halfWidth(was), halfWidth(is)
	a, b := numberIn.FindAllStringSubmatchIndex(was, -1), numberIn.FindAllStringSubmatchIndex(is, -1)
	if len(a) != len(b) || numberIn.ReplaceAllString(was, "#") != numberIn.ReplaceAllString(is, "#") {
		return t, false
	}
	read := func(s string, at []int) (Decimal, bool) { return scaled(s[at[2]:at[3]], s[at[4]:at[5]]) }
	for k := range a {
		old, known := read(was, a[k])
		value, ok := read(is, b[k])
		if !known || !ok {
			return t, false
		}
		if old == value {
			continue
		}
		own := 0
		for _, field := range []*Decimal{&t.Value, t.Max, t.From} {
			if field != nil && *field == old {
				own++
			}
		}
		switch {
		case own != 1:
			return t, false
		case t.Value == old:
			t.Value = value
		case t.Max != nil && *t.Max == old:
			t.Max = &value
		default:
			t.From = &value
		}
	}
	return t, true
}

// dayForm is a day as people write it: 2011-12-31, 2011年12月31日前, 2011年12月底前.
var (
	dayForm = regexp.MustCompile(`^(力争|争取)?[到在于]?(?:([0-9]{4})\s*[年./-]\s*)?([0-9]{1,2})\s*(?:[月./-]\s*([0-9]{1,2})[日号]?|月?(底|末))\s*(?:0?0:00(?::00)?)?` + dayWords + `$`)
	yearEnd = regexp.MustCompile(`^(力争|争取)?[到在于]?([0-9]{4})\s*年(?:底|末)` + dayWords + `$`)
)

// dayOf reads a day, the day included; a line without a year is of the year of usual.
func dayOf(line string, usual calendar.Day) (day calendar.Day, soft, ok bool) {
	line = halfWidth(strings.TrimSpace(line))
	if m := yearEnd.FindStringSubmatch(line); m != nil {
		year, _ := strconv.Atoi(m[2])
		day = calendar.Make(year, 12, 31)
		return day, m[1] != "", day != ""
	}
	m := dayForm.FindStringSubmatch(line)
	if m == nil || m[2] == "" && usual == "" {
		return "", false, false
	}
	if m[2] == "" {
		m[2] = string(usual)[:4]
	}
	year, _ := strconv.Atoi(m[2])
	month, _ := strconv.Atoi(m[3])
	date, _ := strconv.Atoi(m[4])
	if m[5] != "" {
		date = 1
	}
	if day = calendar.Make(year, month, date); day != "" && m[5] != "" {
		day = calendar.MonthEnd(year, month)
	}
	return day, m[1] != "", day != ""
}

package document

import "strings"

// cellFormat is a number format code, read once (ECMA-376 Part 1, 18.8.31). Of its
// sections only the first is used; a negative number gets a minus sign.
type cellFormat struct {
	kind          formatKind
	before, after string // words around the number
	whole         int    // digits before the point at least
	fewest, most  int    // digits behind it
	thousands     bool   // parted by commas
	hundreds      int    // percent signs
	smaller       int    // commas that each divide by a thousand

	year, month, day, weekday    bool
	hour, minute, second, passed bool // passed: hours may be more than a day has
}

type formatKind int

const (
	generalFormat formatKind = iota
	numberFormat
	dateFormat
)

// usualFormats are the codes of the numbers that files do not define (18.8.30), in
// a Chinese Excel. 14 to 22 follow the machine's settings.
var usualFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月",
	37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "¥#,##0", 43: "#,##0.00", 44: "¥#,##0.00",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
	50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}

// formatSign is a sign of a format code: one with a meaning, or words to be shown.
type formatSign struct {
	sign    rune // a sign with a meaning in lower case, or 0
	literal string
}

// readFormat reads a format code. What it cannot show is shown as General.
func readFormat(code string) cellFormat {
	signs, ok := formatSigns(code)
	if !ok {
		return cellFormat{}
	}
	if f, ok := readDateFormat(signs); ok {
		return f
	}
	return readNumberFormat(signs)
}

// formatSigns takes the first section of a code apart. Sections with conditions
// are beyond us.
func formatSigns(code string) (signs []formatSign, ok bool) {
	if len(code) > 255 { // Excel takes no more
		return nil, false
	}
	for _, general := range []string{"General", "GENERAL", "general", "G/通用格式"} {
		code = strings.ReplaceAll(code, general, "@")
	}
	r := []rune(code)
	for i := 0; i < len(r); i++ {
		switch c := r[i]; c {
		case ';':
			return signs, true
		case '"':
			words := ""
			for i++; i < len(r) && r[i] != '"'; i++ {
				words += string(r[i])
			}
			signs = append(signs, formatSign{literal: words})
		case '\\', '!': // the next sign as it is
			if i++; i < len(r) {
				signs = append(signs, formatSign{literal: string(r[i])})
			}
		case '_', '*': // room as wide as the next sign, or filled with it
			i++
		case '[':
			inner := ""
			for i++; i < len(r) && r[i] != ']'; i++ {
				inner += string(r[i])
			}
			switch low := strings.ToLower(inner); {
			case low != "" && strings.Trim(low, string(low[0])) == "" && strings.Contains("hms", low[:1]): // time that passed: [h]
				signs = append(signs, formatSign{sign: 'p'}, formatSign{sign: rune(low[0])})
			case strings.HasPrefix(inner, "$"): // a currency: [$¥-804]
				words, _, _ := strings.Cut(inner[1:], "-")
				signs = append(signs, formatSign{literal: words})
			case strings.ContainsAny(inner, "<>="):
				return nil, false
			}
		case '0', '#', '?', '.', ',', '%', '/', '@':
			signs = append(signs, formatSign{sign: c})
		default:
			low := rune(strings.ToLower(string(c))[0])
			switch {
			case c >= 0x80 || !strings.ContainsRune("ymdhseagb", low):
				signs = append(signs, formatSign{literal: string(c)})
			case strings.HasPrefix(strings.ToLower(string(r[i:min(len(r), i+5)])), "am/pm"):
				i += 4
			case strings.HasPrefix(strings.ToLower(string(r[i:min(len(r), i+3)])), "a/p"):
				i += 2
			default:
				signs = append(signs, formatSign{sign: low})
			}
		}
	}
	return signs, true
}

// readDateFormat finds which parts of a day and an hour a format shows. An m beside
// hours or seconds is a minute.
func readDateFormat(signs []formatSign) (cellFormat, bool) {
	var runs []rune // the letters, those that stand together as one
	var lengths []int
	together := false
	f := cellFormat{kind: dateFormat}
	for _, s := range signs {
		switch {
		case s.sign == 'p':
			f.passed = true
			together = false
		case s.sign == 0 || !strings.ContainsRune("ymdhsea", s.sign):
			together = false
		case together && runs[len(runs)-1] == s.sign:
			lengths[len(lengths)-1]++
		default:
			runs, lengths, together = append(runs, s.sign), append(lengths, 1), true
		}
	}
	for i, letter := range runs {
		switch letter {
		case 'y':
			f.year = true
		case 'e': // the year in East Asian formats, but the exponent of 0.00E+00
			f.year = f.year || len(runs) > 1
		case 'd':
			f.day = f.day || lengths[i] < 3
			f.weekday = f.weekday || lengths[i] >= 3
		case 'a':
			f.weekday = f.weekday || lengths[i] >= 3
		case 'h':
			f.hour = true
		case 's':
			f.second = true
		case 'm':
			if i > 0 && runs[i-1] == 'h' || i+1 < len(runs) && runs[i+1] == 's' || f.passed && i == 0 {
				f.minute = true
			} else {
				f.month = true
			}
		}
	}
	return f, f.year || f.month || f.day || f.weekday || f.hour || f.minute || f.second
}

// readNumberFormat reads a format of numbers. Exponents, fractions and words between
// digits are beyond us.
func readNumberFormat(signs []formatSign) cellFormat {
	f := cellFormat{kind: numberFormat}
	first, last := -1, -1
	for i, s := range signs {
		if s.sign == '0' || s.sign == '#' || s.sign == '?' {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	point := false
	for i, s := range signs {
		switch {
		case s.sign == '%':
			f.hundreds++
			if i < first {
				f.before += "%"
			} else {
				f.after += "%"
			}
		case s.sign == '/' || s.sign == 'e' || s.literal != "" && i > first && i < last && first >= 0:
			return cellFormat{}
		case s.sign == '@':
			if first >= 0 {
				return cellFormat{}
			}
			f.kind = generalFormat
		case s.sign == ',' && i > last && last >= 0 && f.after == "":
			f.smaller++
		case s.sign == ',':
			f.thousands = f.thousands || i > first && i < last
		case s.sign == '.':
			point = true
		case s.sign == '0' && point:
			f.fewest++
			f.most++
		case point && (s.sign == '#' || s.sign == '?'):
			f.most++
		case s.sign == '0':
			f.whole++
		case s.literal == "":
		case first >= 0 && i < first || first < 0 && f.kind == numberFormat:
			f.before += s.literal
		default:
			f.after += s.literal
		}
	}
	if first < 0 && f.kind == numberFormat {
		return cellFormat{}
	}
	return f
}

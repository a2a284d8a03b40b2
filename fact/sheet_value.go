package fact

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"luoshi/document"
	"luoshi/fault"
)

// sheetPlain gives words in the signs by which they are matched, blanks made single.
func sheetPlain(words string) string {
	return strings.Join(strings.FieldsFunc(document.Fold(words), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}), " ")
}

// sheetTight is sheetPlain without any blanks: 合 计 is 合计.
func sheetTight(words string) string { return strings.ReplaceAll(sheetPlain(words), " ", "") }

// sheetName gives words as a name is kept: its own signs, but digits and letters of one
// width, so that ０１ and 01 are one boat, and no blanks that only spread signs out.
func sheetName(words string) string {
	var out strings.Builder
	var before rune
	for _, part := range strings.FieldsFunc(words, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}) {
		for i, r := range part {
			if r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ' {
				r -= '０' - '0'
			}
			if i == 0 && before != 0 && before < unicode.MaxLatin1 && r < unicode.MaxLatin1 {
				out.WriteByte(' ')
			}
			out.WriteRune(r)
			before = r
		}
	}
	return out.String()
}

// SheetSaid is what a cell for a number says.
type SheetSaid string

const (
	SheetEmpty  SheetSaid = ""       // nothing: not reported
	SheetDash   SheetSaid = "dash"   // — or 无: somebody said that there is none
	SheetNumber SheetSaid = "number" // a number, which may be 0
)

// sheetFound is a number as it was read. wrong says what is the matter with it; where
// may is set a person may take it as it is.
type sheetFound struct {
	said    SheetSaid
	value   document.Decimal
	measure string // 场, where the cell says it
	wrong   *fault.Fault
	may     bool
}

var (
	sheetDashes   = regexp.MustCompile(`^(-+|/+|\\|无|没有|暂无|未开展|nil|n/a)$`)
	sheetNothing  = regexp.MustCompile(`^(未报|空|空白)$`)
	sheetFigure   = regexp.MustCompile(`^(-?)([0-9][0-9,]*)(\.[0-9]+)?([百千万亿]{0,2})([^0-9]*)$`)
	sheetGrouped  = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+$`)
	sheetPower    = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+$`)
	sheetVague    = regexp.MustCompile(`(^|[^0-9])(大约|约|近|超过?|不足|至少|上百|几|数十|数百|数千)|[多余几]|左右|以上|以内|上下|\+$`)
	sheetHan      = regexp.MustCompile(`^([〇一二两三四五六七八九十百千万亿]+)([^0-9]*)$`)
	sheetMeasures = regexp.MustCompile(`^\(?[\p{Han}A-Za-z²³]{0,6}(\([\p{Han}]{1,4}\))?\)?$`)
	sheetLetters  = regexp.MustCompile(`^[OoQlI]`)
)

// readSheetNumber reads the words of a cell for a number. Nothing is guessed: what is
// not exactly a number is said with what to write instead.
func readSheetNumber(words string) sheetFound {
	w := sheetTight(words)
	lower := strings.ToLower(w)
	switch {
	case w == "" || sheetNothing.MatchString(w):
		return sheetFound{}
	case sheetDashes.MatchString(lower):
		return sheetFound{said: SheetDash}
	case strings.HasPrefix(w, "#"):
		return sheetWrong(fault.New(fault.Invalid, "“%s”是表格公式出了错。请改对公式，或者直接填数。", words))
	case sheetPower.MatchString(w):
		return sheetWrong(fault.New(fault.Invalid, "“%s”被表格改成了科学计数，后面的数字可能丢了。请把这一格设成文本或数值，重新填。", words))
	}
	if m := sheetFigure.FindStringSubmatch(w); m != nil {
		return readSheetFigure(words, m)
	}
	if m := sheetHan.FindStringSubmatch(w); m != nil && sheetMeasures.MatchString(m[2]) {
		if n, ok := sheetHanNumber([]rune(m[1])); ok && !sheetVague.MatchString(m[2]) {
			return sheetNumberOf(words, document.Whole(n), m[2])
		}
	}
	switch {
	case sheetVague.MatchString(w):
		return sheetWrong(fault.New(fault.Invalid, "“%s”不是准数。请填准确的数。", words))
	case strings.IndexFunc(w, unicode.IsDigit) < 0:
		return sheetWrong(fault.New(fault.Invalid, "“%s”不是数。请填数；没有就填 0，不知道就留空。", words))
	}
	return sheetWrong(fault.New(fault.Invalid, "“%s”里不止一个数，或者认不出来。请只填一个数。", words))
}

func sheetWrong(says *fault.Fault) sheetFound { return sheetFound{said: SheetNumber, wrong: says} }

// readSheetFigure reads a number in Arabic digits: sign, digits, decimals, 万, the rest.
func readSheetFigure(words string, m []string) sheetFound {
	sign, digits, decimals, scale, rest := m[1], m[2], m[3], m[4], m[5]
	switch {
	case strings.HasPrefix(rest, "%"):
		return sheetWrong(fault.New(fault.Invalid, "“%s”是百分比。比率由程序算，请填数量。", words))
	case sheetVague.MatchString(rest):
		return sheetWrong(fault.New(fault.Invalid, "“%s”不是准数。请填准确的数。", words))
	case sheetLetters.MatchString(rest):
		return sheetWrong(fault.New(fault.Invalid, "“%s”里混了字母，像是把数字打成了字母。请改对。", words))
	case !sheetMeasures.MatchString(rest):
		return sheetWrong(fault.New(fault.Invalid, "“%s”里不止一个数，或者认不出来。请只填一个数。", words))
	case strings.Contains(digits, ",") && !sheetGrouped.MatchString(digits):
		return sheetWrong(fault.New(fault.Invalid, "“%s”的逗号不在千位上，不知道是多少。请去掉逗号，重新填。", words))
	}
	zeros := 0
	for _, r := range scale {
		zeros += map[rune]int{'百': 2, '千': 3, '万': 4, '亿': 8}[r]
	}
	digits, part := strings.ReplaceAll(digits, ",", ""), strings.TrimPrefix(decimals, ".")
	moved := min(zeros, len(part))
	digits, part = digits+part[:moved]+strings.Repeat("0", zeros-moved), strings.TrimRight(part[moved:], "0")
	if digits = strings.TrimLeft(digits, "0"); digits == "" {
		digits = "0"
	}
	if len(digits) > 14 {
		return sheetWrong(fault.New(fault.Invalid, "“%s”太大了，像是多打了几位。请改对。", words))
	}
	if len(part) > 4 {
		return sheetWrong(fault.New(fault.Invalid, "“%s”的小数太长，最多四位。请改短。", words))
	}
	if part != "" {
		digits += "." + part
	}
	value, err := document.ParseDecimal(digits)
	if err != nil {
		return sheetWrong(fault.New(fault.Invalid, "“%s”里不止一个数，或者认不出来。请只填一个数。", words))
	}
	if sign != "" && value != 0 {
		return sheetWrong(fault.New(fault.Invalid, "“%s”小于 0。要改小，请更正原来那一条，不要填负数。", words))
	}
	return sheetNumberOf(words, value, rest)
}

// sheetNumberOf says what is odd about a number that was read.
func sheetNumberOf(words string, value document.Decimal, measure string) sheetFound {
	f := sheetFound{said: SheetNumber, value: value, measure: strings.Trim(measure, "()")}
	switch {
	case value > MostQuantity:
		return sheetWrong(fault.New(fault.Invalid, "“%s”太大了，像是多打了几位。请改对。", words))
	case value%document.DecimalScale != 0:
		f.wrong, f.may = fault.New(fault.Invalid, "“%s”不是整数。请看看对不对；没有错，请勾上“没有写错”。", words), true
	}
	return f
}

// scaledBy works in what a head says of all numbers below it, as in 图书（万册）.
func (f sheetFound) scaledBy(scale int64, words string) sheetFound {
	if scale <= 1 || f.said != SheetNumber || f.wrong != nil && !f.may {
		return f
	}
	if strings.ContainsAny(words, "千万亿仟萬億") {
		return sheetWrong(fault.New(fault.Invalid, "表头已经写了“万”或“千”，“%s”又写了一遍，不知道是多少。请只留一处。", words))
	}
	if int64(f.value) > MostQuantity/scale {
		return sheetWrong(fault.New(fault.Invalid, "“%s”太大了，像是多打了几位。请改对。", words))
	}
	return sheetNumberOf(words, f.value*document.Decimal(scale), f.measure)
}

// sheetHanNumber reads 十二, 一千三百二十, 三万, 二〇一一. What people read in two ways,
// as 一千三 or 二三, is no number.
func sheetHanNumber(r []rune) (int64, bool) {
	if len(r) > 20 {
		return 0, false
	}
	if n, ok := sheetHanDigits(r); ok {
		return n, true
	}
	var total int64
	for _, big := range []struct {
		sign  rune
		value int64
	}{{'亿', 100_000_000}, {'万', 10_000}} {
		for i := range r {
			if r[i] == big.sign {
				n, ok := sheetHanSection(r[:i])
				if !ok || n == 0 {
					return 0, false
				}
				total += n * big.value
				if r = r[i+1:]; len(r) == 0 {
					return total, true
				}
				if r[0] != '〇' && strings.ContainsRune("十百", sheetFirstUnit(r)) || sheetFirstUnit(r) == 0 && r[0] != '〇' {
					return 0, false // 三万五 is 35,000 in speech
				}
				break
			}
		}
	}
	n, ok := sheetHanSection(r)
	return total + n, ok && (total > 0 || n > 0 || string(r) == "〇")
}

// sheetFirstUnit is the first 十, 百 or 千 of a numeral, or 0.
func sheetFirstUnit(r []rune) rune {
	for _, c := range r {
		if c == '十' || c == '百' || c == '千' {
			return c
		}
	}
	return 0
}

// sheetHanDigits reads digits in a row, at least three of them or with a 〇, or one.
func sheetHanDigits(r []rune) (n int64, ok bool) {
	zero := false
	for _, c := range r {
		d := strings.IndexRune("〇一二三四五六七八九", c)
		if d < 0 {
			return 0, false
		}
		zero = zero || d == 0
		n = n*10 + int64(d/len("〇"))
	}
	return n, len(r) == 1 || len(r) >= 3 && len(r) <= 9 || len(r) == 2 && zero && r[0] != '〇'
}

// sheetHanSection reads what is below ten thousand.
func sheetHanSection(r []rune) (value int64, ok bool) {
	last, digit, zero := int64(10_000), int64(-1), false
	for _, c := range r {
		switch k := strings.IndexRune("〇一二三四五六七八九", c); {
		case c == '〇':
			if digit >= 0 || zero {
				return 0, false
			}
			zero = true
		case c == '两', k > 0:
			if digit >= 0 {
				return 0, false
			}
			if digit = 2; k > 0 {
				digit = int64(k / len("〇"))
			}
		default:
			unit := map[rune]int64{'十': 10, '百': 100, '千': 1000}[c]
			if unit == 0 || unit >= last || digit < 0 && unit > 10 || digit < 0 && zero {
				return 0, false
			}
			value += max(digit, 1) * unit
			last, digit, zero = unit, -1, false
		}
	}
	if digit >= 0 {
		if last > 10 && last < 10_000 && !zero { // 一百二 is 120 in speech
			return 0, false
		}
		value += digit
	}
	return value, len(r) > 0 && (value > 0 || len(r) == 1)
}

// sheetHanToDigits writes the Han numerals of a date in digits: 二〇一一年八月十五日.
func sheetHanToDigits(words string) string {
	const han = "〇一二三四五六七八九十"
	if !strings.ContainsAny(words, han) {
		return words
	}
	var out strings.Builder
	runes := []rune(words)
	for i := 0; i < len(runes); {
		k := i
		for k < len(runes) && strings.ContainsRune(han, runes[k]) {
			k++
		}
		if k == i {
			out.WriteRune(runes[i])
			i++
			continue
		}
		n, ok := sheetHanNumber(runes[i:k])
		if next := string(runes[k:min(k+1, len(runes))]); !ok || !strings.Contains("年月日号-./", next) || next == "" {
			out.WriteString(string(runes[i:k]))
		} else {
			out.WriteString(strconv.FormatInt(n, 10))
		}
		i = k
	}
	return out.String()
}

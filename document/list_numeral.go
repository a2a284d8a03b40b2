package document

import (
	"strconv"
	"strings"
)

// listNumeral writes the number of a list in one of Word's formats (ST_NumberFormat,
// ECMA-376 Part 1, 17.18.59). Formats of other scripts are written in digits, and so
// is a number that its format cannot write.
func listNumeral(n int, format string) string {
	digits := strconv.Itoa(n)
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + digits
		}
	case "numberInDash":
		return "- " + digits + " -"
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, digits)
	case "chineseCounting", "taiwaneseCounting":
		if n < 100 {
			return grouped(n, plainHan, "")
		}
		return positional(digits, "○")
	case "ideographDigital", "japaneseDigitalTenThousand":
		return positional(digits, "〇")
	case "taiwaneseDigital":
		return positional(digits, "○")
	case "chineseCountingThousand", "taiwaneseCountingThousand":
		return grouped(n, plainHan, "〇")
	case "japaneseCounting":
		return grouped(n, japaneseHan, "")
	case "chineseLegalSimplified":
		return grouped(n, legalSimplified, "零")
	case "ideographLegalTraditional":
		return grouped(n, legalTraditional, "零")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return nth(n, '①', 20)
	case "decimalEnclosedParen":
		return nth(n, '⑴', 20)
	case "decimalEnclosedFullstop":
		return nth(n, '⒈', 20)
	case "ideographEnclosedCircle":
		return nth(n, '㊀', 10)
	case "ideographTraditional":
		return ofSigns(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return ofSigns(n, "子丑寅卯辰巳午未申酉戌亥")
	case "ideographZodiacTraditional":
		if n >= 1 && n <= 60 {
			return ofSigns((n-1)%10+1, "甲乙丙丁戊己庚辛壬癸") + ofSigns((n-1)%12+1, "子丑寅卯辰巳午未申酉戌亥")
		}
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "upperRoman":
		return romanNumeral(n)
	case "lowerRoman":
		return strings.ToLower(romanNumeral(n))
	}
	return digits
}

// hanNumerals are the signs of a way of counting, and whether 一 is written before
// ten and before the higher units.
type hanNumerals struct {
	digits, units    string // one to nine; ten, hundred, thousand
	oneTen, oneOther bool
}

var (
	plainHan         = hanNumerals{"一二三四五六七八九", "十百千", false, true}
	japaneseHan      = hanNumerals{"一二三四五六七八九", "十百千", false, false}
	legalSimplified  = hanNumerals{"壹贰叁肆伍陆柒捌玖", "拾佰仟", true, true}
	legalTraditional = hanNumerals{"壹貳參肆伍陸柒捌玖", "拾佰仟", true, true}
)

// grouped writes 1 to 9999 with units: 十二, 一百〇五. zero stands for units left
// out within.
func grouped(n int, h hanNumerals, zero string) string {
	if n < 1 || n > 9999 {
		return strconv.Itoa(n)
	}
	signs, units := []rune(h.digits), []rune(h.units)
	var out strings.Builder
	gap := false
	for place, unit := 3, 1000; place >= 0; place, unit = place-1, unit/10 {
		digit := n / unit % 10
		if digit == 0 {
			gap = out.Len() > 0
			continue
		}
		if gap {
			out.WriteString(zero)
			gap = false
		}
		if digit > 1 || place == 0 || place > 1 && h.oneOther || place == 1 && (h.oneTen || n >= 20 && h.oneOther) {
			out.WriteRune(signs[digit-1])
		}
		if place > 0 {
			out.WriteRune(units[place-1])
		}
	}
	return out.String()
}

// positional writes digit by digit: 一〇五.
func positional(digits, zero string) string {
	var out strings.Builder
	for _, d := range digits {
		if d == '0' {
			out.WriteString(zero)
		} else {
			out.WriteString(ofSigns(int(d-'0'), plainHan.digits))
		}
	}
	return out.String()
}

// nth is one of a row of signs that follow one another in Unicode.
func nth(n int, first rune, last int) string {
	if n < 1 || n > last {
		return strconv.Itoa(n)
	}
	return string(first + rune(n-1))
}

func ofSigns(n int, signs string) string {
	r := []rune(signs)
	if n < 1 || n > len(r) {
		return strconv.Itoa(n)
	}
	return string(r[n-1])
}

// letters writes A to Z, AA, BB to ZZ, AAA and so on, as far as Word goes.
func letters(n int, first rune) string {
	if n < 1 || n > 780 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func romanNumeral(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var out strings.Builder
	for _, k := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= k.value; n -= k.value {
			out.WriteString(k.sign)
		}
	}
	return out.String()
}

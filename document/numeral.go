package document

// Scale is how many parts a Numeral's value has in one: ten thousand, so that
// 3.67万 and 12.5% are exact.
const Scale = 10000

// maxNumeral keeps sums and products of values within 64 bits.
const maxNumeral = 1_000_000_000_000_000_000

// Numeral is a number as written: 1500, 1,500, 3.67万, 三十六, 4000多.
type Numeral struct {
	From, To int
	Value    int64 // in parts of Scale
	Vague    bool  // 多 or 余 follows: more than this
	Han      bool  // written in Han numerals
	Scaled   bool  // 万 or 亿 was worked in
}

func isMyriad(r rune) bool { return r == '万' || r == '亿' }

// hanDigit gives the value of 〇 to 九 and 两, or -1.
func hanDigit(r rune) int {
	switch r {
	case '〇':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}

// hanBelow reads a Han numeral under the limit, at most 9999: 三, 十五, 一百二十.
// Digits in a row, as in 二〇一一, are no such numeral.
func hanBelow(r []rune, i, limit int) (value, to int, ok bool) {
	to = i
	digit := -1
	for last := 10000; ; to++ {
		if d := hanDigit(at(r, to)); d >= 0 {
			if digit > 0 || d == 0 && to == i {
				return 0, i, false
			}
			digit = d
			continue
		}
		unit := 0
		switch at(r, to) {
		case '十':
			unit = 10
		case '百':
			unit = 100
		case '千':
			unit = 1000
		}
		if unit == 0 || unit >= last || unit > 10 && digit < 1 {
			break
		}
		value += max(digit, 1) * unit
		last, digit = unit, -1
	}
	value += max(digit, 0)
	return value, to, to > i && value > 0 && value < limit
}

// readNumeral reads the number that stands at i.
func readNumeral(r []rune, i int) (Numeral, bool) {
	n := Numeral{From: i, To: i}
	if isDigit(at(r, i)) {
		if !n.readDigits(r) {
			return n, false
		}
	} else if scale := roundScale(at(r, i)); scale > 0 && (at(r, i+1) == '多' || at(r, i+1) == '余') { // 千余
		n.Value, n.To, n.Han = scale*Scale, i+1, true
	} else {
		value, to, ok := hanBelow(r, i, 10000)
		if !ok {
			return n, false
		}
		n.Value, n.To, n.Han = int64(value)*Scale, to, true
	}
	n.readVague(r)
	return n, n.readScale(r)
}

// roundScale is what 百, 千 and 万 are alone, or 0.
func roundScale(r rune) int64 {
	switch r {
	case '百':
		return 100
	case '千':
		return 1000
	case '万':
		return 10_000
	}
	return 0
}

// readDigits reads 1500, 1,500 and 3.67; more digits than a plan can mean are refused.
func (n *Numeral) readDigits(r []rune) bool {
	start := n.To
	for isDigit(at(r, n.To)) {
		if n.To-start >= 13 {
			return false
		}
		n.Value = n.Value*10 + int64(r[n.To]-'0')
		n.To++
	}
	for n.To-start <= 11 && at(r, n.To) == ',' && n.thousands(r, start) {
		for k := 1; k <= 3; k++ {
			n.Value = n.Value*10 + int64(r[n.To+k]-'0')
		}
		n.To += 4
	}
	n.Value *= Scale
	if at(r, n.To) == '.' && isDigit(at(r, n.To+1)) {
		part := int64(Scale / 10)
		for n.To++; isDigit(at(r, n.To)); n.To++ {
			if part == 0 {
				return false
			}
			n.Value += int64(r[n.To]-'0') * part
			part /= 10
		}
	}
	return true
}

// thousands reports a comma at n.To that parts three digits from one to three
// digits, or from a group before: 1,500 but not 2023,100.
func (n *Numeral) thousands(r []rune, start int) bool {
	lead := n.To - start
	return (lead <= 3 || at(r, n.To-4) == ',') && r[start] != '0' &&
		isDigit(at(r, n.To+1)) && isDigit(at(r, n.To+2)) && isDigit(at(r, n.To+3)) && !isDigit(at(r, n.To+4))
}

func (n *Numeral) readVague(r []rune) {
	if c := at(r, n.To); c == '多' || c == '余' {
		n.Vague = true
		n.To++
	}
}

// readScale works 百, 千, 万 and 亿 in, as in 5千, 3.67万, 10多万, 1.2万亿.
func (n *Numeral) readScale(r []rune) bool {
	for {
		factor := int64(0)
		switch c := at(r, n.To); {
		case c == '万':
			factor = 10_000
		case c == '亿':
			factor = 100_000_000
		case c == '千' && !n.Han && unitAt(r, n.To) == 0:
			factor = 1000
		case c == '百' && !n.Han:
			factor = 100
		}
		if factor == 0 {
			return true
		}
		if n.Value > maxNumeral/factor {
			return false
		}
		n.Value *= factor
		n.Scaled = true
		n.To++
		if !n.Vague {
			n.readVague(r)
		}
	}
}

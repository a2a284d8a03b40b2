package document

// style is a way of writing counters. Which styles lie within which is found
// from the text, so the order here means nothing.
type style int

const (
	hanStyle        style = iota + 1 // 一、
	hanBracketed                     // （一）
	arabic                           // 1. 1、 ⒈
	arabicBracketed                  // （1） ⑴
	arabicHalf                       // 1）
	circled                          // ①
	roman                            // Ⅰ、
	part                             // 第一部分
	chapter                          // 第一章
	section                          // 第一节
	article                          // 第一条
	upper                            // A. A、
	upperBracketed                   // （A）
	lower                            // a. a)
	lowerBracketed                   // （a）
	spaced                           // 1 with a blank behind it
	decimal                          // 1.1; 1.1.1 is decimal+1, and so on
)

// maxDots bounds the depth of counters like 1.2.3.
const maxDots = 5

// counter is the mark before a numbered paragraph.
type counter struct {
	style    style
	value    int // the last number of it
	head     int // for 1.2.3, a key of what stands before the last number
	from, to int // the whole mark
	num      Range
}

// readCounter reads the counter that stands at i.
func readCounter(r []rune, i int) (counter, bool) {
	c := counter{from: i}
	switch first := at(r, i); {
	case first == '(':
		return readBracketed(r, c)
	case first == '第':
		return readOrdinal(r, c)
	case first >= '①' && first <= '⑳':
		return single(r, c, circled, int(first-'①')+1), true
	case first >= '⑴' && first <= '⒇':
		return single(r, c, arabicBracketed, int(first-'⑴')+1), true
	case first >= '⒈' && first <= '⒛':
		return single(r, c, arabic, int(first-'⒈')+1), true
	case first >= '㈠' && first <= '㈩':
		return single(r, c, hanBracketed, int(first-'㈠')+1), true
	case first >= 'Ⅰ' && first <= 'Ⅻ':
		if next := at(r, i+1); next == '、' || next == '.' {
			return single(r, c, roman, int(first-'Ⅰ')+1), true
		}
		return c, false
	case isDigit(first):
		return readArabic(r, c)
	case isLatin(first):
		return readLetter(r, c)
	}
	return readHan(r, c)
}

// single completes a counter of one sign, with the stop that may follow it.
func single(r []rune, c counter, s style, value int) counter {
	c.style, c.value = s, value
	c.num = Range{c.from, c.from + 1}
	c.to = skipStop(r, c.from+1)
	return c
}

func skipStop(r []rune, i int) int {
	if n := at(r, i); n == '、' || n == '.' || n == ',' {
		return i + 1
	}
	return i
}

// smallHan reads 一 to 九十九.
func smallHan(r []rune, i int) (value, to int) {
	value, to, ok := hanBelow(r, i, 100)
	if !ok {
		return 0, i
	}
	return value, to
}

func smallArabic(r []rune, i int) (value, to int) {
	to = i
	for to < len(r) && to-i < 3 && isDigit(r[to]) {
		value = value*10 + int(r[to]-'0')
		to++
	}
	if isDigit(at(r, to)) {
		return 0, i
	}
	return value, to
}

// readLetter reads A. and a), which stand before words, not before digits: A3.
func readLetter(r []rune, c counter) (counter, bool) {
	c.style, c.value = letter(r[c.from])
	c.num, c.to = Range{c.from, c.from + 1}, c.from+2
	switch at(r, c.from+1) {
	case '.', '、', ')':
		return c, isHan(at(r, c.to)) || at(r, c.to) == '“' || at(r, c.to) == '《' || isBlank(at(r, c.to))
	}
	return c, false
}

// letter gives the style and the place in the alphabet of a Latin letter.
func letter(r rune) (style, int) {
	if r >= 'a' {
		return lower, int(r-'a') + 1
	}
	return upper, int(r-'A') + 1
}

func readBracketed(r []rune, c counter) (counter, bool) {
	if isLatin(at(r, c.from+1)) && at(r, c.from+2) == ')' {
		c.style, c.value = letter(r[c.from+1])
		c.style++
		c.num, c.to = Range{c.from + 1, c.from + 2}, skipStop(r, c.from+3)
		return c, true
	}
	c.style = hanBracketed
	value, to := smallHan(r, c.from+1)
	if value == 0 {
		c.style = arabicBracketed
		value, to = smallArabic(r, c.from+1)
	}
	if stop := at(r, to); value == 0 || value > 99 || stop != ')' && !(c.style == hanBracketed && (stop == '、' || stop == '.')) { // （三、 is left open
		return c, false
	}
	c.value, c.num = value, Range{c.from + 1, to}
	c.to = skipStop(r, to+1)
	return c, true
}

func readOrdinal(r []rune, c counter) (counter, bool) {
	value, to := smallHan(r, c.from+1)
	if value == 0 {
		value, to = smallArabic(r, c.from+1)
	}
	if value == 0 {
		return c, false
	}
	for _, k := range []struct {
		word  string
		style style
	}{{"部分", part}, {"章", chapter}, {"节", section}, {"条", article}} {
		if hasPrefix(r, to, k.word) {
			c.style, c.value, c.num = k.style, value, Range{c.from + 1, to}
			c.to = skipStop(r, to+len([]rune(k.word)))
			return c, true
		}
	}
	return c, false
}

func readHan(r []rune, c counter) (counter, bool) {
	value, to := smallHan(r, c.from)
	if value > 0 && at(r, to) == ')' && isHan(at(r, to+1)) { // 一）, its bracket lost
		c.style, c.value, c.num, c.to = hanBracketed, value, Range{c.from, to}, to+1
		return c, true
	}
	if stop := at(r, to); value == 0 || stop != '、' && stop != '.' && stop != ',' {
		return c, false
	}
	if next, end := smallHan(r, to+1); next > value && end > to+1 && !isHan(at(r, end)) {
		return c, false // 一、二、三产业 is a list
	}
	c.style, c.value, c.num, c.to = hanStyle, value, Range{c.from, to}, to+1
	return c, true
}

// beforeNumber reports a full stop at i that ends a counter although a number
// follows: 2.2018年4月20日前, 3.6月底前, 11.121人才项目. No fraction of a plan looks so.
func beforeNumber(r []rune, i int) bool {
	if at(r, i) != '.' {
		return false
	}
	end := i + 1
	for isDigit(at(r, end)) {
		end++
	}
	switch next := at(r, end); end - i - 1 {
	case 1, 2:
		return next == '月' && !isDigit(at(r, end+1)) || next == '月' && hasPrefix(r, skipNumber(r, end+1), "日")
	case 3:
		return isHan(next)
	case 4:
		return next == '年' || next == '-' && isDigit(at(r, end+1))
	}
	return false
}

func readArabic(r []rune, c counter) (counter, bool) {
	value, to := smallArabic(r, c.from)
	if value == 0 {
		return c, false
	}
	c.style, c.value = arabic, value
	dots := 0
	if beforeNumber(r, to) {
		c.num, c.to = Range{c.from, to}, to+1
		return c, true
	}
	for at(r, to) == '.' && isDigit(at(r, to+1)) && dots < maxDots {
		next, end := smallArabic(r, to+1)
		if next == 0 {
			return c, false
		}
		c.head = (c.head*1000 + c.value) % 1_000_000_007
		c.value, to = next, end
		dots++
	}
	c.num = Range{c.from, to}
	stop := at(r, to)
	switch {
	case dots > 0:
		c.style = decimal + style(dots-1)
		for c.to = skipStop(r, to); isBlank(at(r, c.to)); {
			c.to++
		}
		if dots == 1 && countsOrDates(r, c.to) { // 3.67 万场; no number has two dots
			return c, false
		}
		first := at(r, c.to)
		return c, isHan(first) || first == '“' || first == '《' || first >= 'Ⅰ' && first <= 'Ⅻ' || c.to > to && (isDigit(first) || isLatin(first))
	case stop == ')':
		c.style, c.to = arabicHalf, to+1
	case stop == '、' || stop == '.' || stop == ',':
		c.to = to + 1
	case isBlank(stop) && value < 100:
		for c.to = to; isBlank(at(r, c.to)); {
			c.to++
		}
		c.style = spaced
		return c, isHan(at(r, c.to)) && !countsOrDates(r, c.to)
	default:
		return c, false
	}
	return c, !isDigit(at(r, c.to))
}

// CounterValue is the place in its list that a counter alone gives: 3 for 三, 3, ③,
// 第三章 or 1.3; 0 for a dash and for what is no counter.
func CounterValue(number string) int {
	c, ok := readCounter([]rune(Fold(number+"、项")), 0) // a counter needs its stop and a word behind it
	if !ok {
		return 0
	}
	return c.value
}

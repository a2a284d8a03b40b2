package document

import "slices"

// layout is how a text uses its lines, measured once for the whole of it.
type layout struct {
	folded   []rune
	width    int  // columns of a full line
	edge     int  // columns from which on a line counts as full
	flush    bool // full lines are all of one length
	wrapped  bool // lines end where the paper ends, not where a paragraph does
	indented bool // and the first line of a paragraph is told by its indent
	unbroken bool // one line holds nearly all: counters within it begin paragraphs
}

// minIndent is the indent, in columns, that begins a paragraph.
const minIndent = 3

// measure finds whether the lines of a text were broken by a page layout: then
// many lines end within a sentence, most of them nearly as long as the longest.
func measure(folded []rune, lines []line) layout {
	lay := layout{folded: folded}
	lay.unbroken = isUnbroken(folded, lines)
	var widths []int
	indents, counters, indentedCounters := 0, 0, 0
	for _, l := range lines {
		if l.empty() || l.page || l.cell {
			continue
		}
		widths = append(widths, lay.columns(l))
		if l.indent >= minIndent {
			indents++
		}
		if _, ok := readCounter(folded, l.from); ok {
			counters++
			if l.indent >= minIndent {
				indentedCounters++
			}
		}
	}
	n := len(widths)
	if n < 2 {
		return lay
	}
	slices.Sort(widths)
	lay.width = widths[n*9/10]
	lay.edge = lay.width * 85 / 100
	if counters >= 1 && indentedCounters == counters && widths[n-1] >= 30 {
		hanging := lay
		hanging.width, hanging.edge, hanging.wrapped, hanging.indented = widths[n-1], widths[n-1]-6, true, true
		if hanging.hangs(lines) {
			return hanging
		}
	}
	if n < 4 {
		return lay
	}
	broken, long, flush := 0, 0, 0
	for i, l := range lines {
		if l.empty() || l.page || l.cell || lay.closed(l) || !lay.full(l) && !lay.suspended(l) {
			continue
		}
		if lay.full(l) {
			long++
			if lay.columns(l) >= lay.width-4 {
				flush++
			}
		}
		if next := i + 1; next < len(lines) && !lines[next].empty() {
			if _, ok := readCounter(folded, lines[next].from); !ok {
				broken++
			}
		}
	}
	if lay.flush = flush*10 >= long*9; lay.flush {
		lay.edge = lay.width - 4
	}
	lay.wrapped = lay.width >= 30 && lay.width <= 120 && broken*5 >= n
	lay.indented = indents >= 2 && indents*10 <= n*6 && indentedCounters*2 >= counters
	return lay
}

// hangs reports that behind the first counter every line without an indent goes on
// with a line that is full and ends within a sentence, and that there is such a line.
func (lay layout) hangs(lines []line) bool {
	found, begun := false, false
	for i, l := range lines {
		if l.empty() || l.page || l.cell {
			continue
		}
		if _, ok := readCounter(lay.folded, l.from); ok {
			begun = true
		}
		if !begun || l.indent >= minIndent || i == 0 {
			continue
		}
		before := lines[i-1]
		if before.empty() || !lay.full(before) && !lay.suspended(before) {
			return false
		}
		found = found || !lay.closed(before)
	}
	return found
}

func (lay layout) columns(l line) int {
	n := l.indent
	for _, r := range lay.folded[l.from:l.to] {
		n += columns(r)
	}
	return n
}

// full reports a line that reaches the right edge.
func (lay layout) full(l line) bool { return lay.columns(l) >= lay.edge }

// fills reports that the number or Latin word at the head of the line b would not
// have fitted into the line before: such words are not broken.
func (lay layout) fills(before, b line) bool {
	n := 0
	for r := at(lay.folded, b.from+n); n < 12 && (isDigit(r) || isLatin(r) || r == '.' || r == '%' || r == '‰'); r = at(lay.folded, b.from+n) {
		n++
	}
	return n > 0 && lay.columns(before)+n >= lay.edge
}

// restLength is the length of words that do not make a paragraph by themselves.
const restLength = 4

// shortRest reports a line that closes a sentence with its first few words behind
// a line that ends with a bracket or quotation mark, where fonts change and text
// layers break: 深入推进“一照多址” / 改革。
func (lay layout) shortRest(before, b line) bool {
	if last := at(lay.folded, before.to-1); last != '”' && last != '》' && last != ')' {
		return false
	}
	for i := b.from; i < min(b.to, b.from+restLength+1); i++ {
		if endsSentence(lay.folded[i]) {
			return i > b.from
		}
	}
	return false
}

// bracketGoesOn reports a bracket that stands within words of which a font parts
// it: 嘎查村 / （社区）便民服务站, and （以下简称项目） / 建设管理.
func (lay layout) bracketGoesOn(before, b line) bool {
	if at(lay.folded, b.from) == '(' {
		for i, depth := b.from, 0; i < min(b.to-1, b.from+longestGloss); i++ {
			if depth += bracket(lay.folded[i]); depth == 0 {
				next := lay.folded[i+1]
				return (isHan(next) || next == '、' || next == ',') && !lay.closed(before)
			}
		}
	}
	if at(lay.folded, before.to-1) == ')' {
		for i := before.to - 1; i >= max(before.from, before.to-longestGloss); i-- {
			if lay.folded[i] == '(' {
				return firstOf(lay.folded, i+1, "以下", "简称", "下称", "下同") > 0
			}
		}
	}
	return false
}

// longestGloss is the longest bracket that only explains a word, in runes.
const longestGloss = 24

// closed reports a line that ends a sentence or leads over to a list.
func (lay layout) closed(l line) bool {
	last := at(lay.folded, l.to-1)
	return endsSentence(last) || last == ':' || last == ';'
}

// suspended reports a line that ends where no paragraph does.
func (lay layout) suspended(l line) bool {
	last := at(lay.folded, l.to-1)
	return last == ',' || last == '、'
}

// paragraph is what is known of the paragraph being laid.
type paragraph struct {
	first   line
	last    line
	lines   int
	counter bool // it begins with a counter
	depth   int  // brackets open at its end
	opened  int  // its lines when the first of them was opened
	stopped bool // it holds the end of a sentence
	row     int  // columns of the row of paper that it ends in: text layers break rows at fonts
}

// patience is how many lines a bracket may stay open; one that is never closed
// must not swallow the text.
const patience = 12

// inBracket reports that the paragraph breaks off within a bracket.
func (p paragraph) inBracket() bool { return p.depth > 0 && p.lines-p.opened < patience }

// continues reports whether the line b goes on with the paragraph, where gap
// tells of empty lines between them and page of a page number.
func (lay layout) continues(p paragraph, b line, gap, page, body bool, last map[style]int) bool {
	if !lay.wrapped && !page || gap && !page {
		return false
	}
	if c, ok := readCounter(lay.folded, b.from); ok {
		return lay.breaksWord(p, b, c, last)
	}
	if p.inBracket() {
		return true
	}
	if startsAnew(lay.folded, b) {
		return false
	}
	if p.lines == 1 && lay.counterAlone(p.first) {
		return true
	}
	end := lay.folded[p.last.to-1]
	if lay.indented {
		// what stands above the first indent is a title; its lines are joined by Title.
		return b.indent < minIndent && (p.first.indent >= minIndent || p.last.indent < minIndent && body && !lay.closed(p.last))
	}
	switch {
	case endsSentence(end) || end == ':':
		return false
	case lay.suspended(p.last), end == '(', end == '《', end == '“', end == ';':
		return true
	case p.row >= lay.edge, lay.fills(p.last, b), lay.shortRest(p.last, b), lay.bracketGoesOn(p.last, b):
		return true
	case !p.stopped && p.lines > 1 && (at(lay.folded, b.from) == '《' || at(lay.folded, b.from) == '“'):
		return true // 根据 / 《……》, parted by a font
	case !p.stopped && (p.heading() || p.counter && lay.flush):
		return false // a heading that is short of the edge
	case !body:
		return false // lines of a title page
	}
	return true
}

// breaksWord reports a counter that is the end of a word which the line before
// broke: 统 / 一、位置适当. Such a line goes on with a full line of prose, and its
// number does not go on with the numbers before it.
func (lay layout) breaksWord(p paragraph, b line, c counter, last map[style]int) bool {
	if !p.stopped || !lay.full(p.last) || lay.closed(p.last) || p.depth == 0 && at(lay.folded, p.last.to-1) == ')' {
		return false
	}
	return lay.indented && b.indent < minIndent || c.value != last[c.style]+1
}

// counterAlone reports a line that holds a counter and no more.
func (lay layout) counterAlone(l line) bool {
	c, ok := readCounter(lay.folded, l.from)
	return ok && c.to >= l.to
}

// heading reports a paragraph that is a counter and one line, whether they stand
// on one line or two.
func (p paragraph) heading() bool {
	counterAlone := p.first.to-p.first.from <= 5
	return p.counter && (p.lines == 1 && !counterAlone || p.lines == 2 && counterAlone)
}

// startsAnew reports a line without a counter that begins a paragraph by its first
// words alone: a list of annexes, a label, a date of issue.
func startsAnew(r []rune, l line) bool {
	if hasPrefix(r, l.from, "附件") {
		return true
	}
	if _, _, ok := readLabel(r, l.from); ok {
		return true
	}
	d, ok := readDate(r, l.from)
	return ok && d.To == l.to && d.Year > 0 && d.Days[0] > 0
}

// lay joins the lines of the text into paragraphs; whole says that each line is one.
func (v *View) lay(lines []line, whole bool) {
	folded := make([]rune, len(v.Text))
	for i, r := range v.Text {
		folded[i] = fold(r)
	}
	lay := measure(folded, lines)
	if whole {
		lay.wrapped, lay.unbroken = false, false
	}
	var p paragraph
	gap, page, body := false, false, false
	last := map[style]int{} // of each style, the last number
	for _, l := range lines {
		switch {
		case l.page:
			page = true
			continue
		case l.empty():
			gap = true
			continue
		}
		if l.cell || p.last.cell || p.lines == 0 || !lay.continues(p, l, gap, page, body, last) {
			v.endParagraph()
			p = paragraph{first: l}
			c, ok := readCounter(folded, l.from)
			if ok {
				last[c.style] = c.value
			}
			p.counter, body = ok, body || ok
		}
		if page && len(v.Runes) > 0 {
			v.cuts = append(v.cuts, len(v.Runes))
		}
		depth := v.addLine(lay, l, p.depth)
		if p.depth == 0 {
			p.opened = p.lines
		}
		if p.row >= lay.edge {
			p.row = 0
		}
		p.row += lay.columns(l)
		p.depth, p.last, p.lines = depth, l, p.lines+1
		p.stopped = p.stopped || slices.ContainsFunc(folded[l.from:l.to], endsSentence)
		gap, page = false, false
	}
	v.endParagraph()
}

// laid is where the paragraph being laid begins.
func (v *View) laid() int {
	if n := len(v.Paragraphs); n > 0 {
		return v.Paragraphs[n-1].End + 1
	}
	return 0
}

// endParagraph closes the paragraph being laid, if it holds anything.
func (v *View) endParagraph() {
	from := v.laid()
	if from == len(v.Runes) {
		return
	}
	v.Paragraphs = append(v.Paragraphs, Range{from, len(v.Runes)})
	v.Runes = append(v.Runes, '\n')
	v.At = append(v.At, v.At[len(v.At)-1]+1)
}

// addLine appends the words of a line to the paragraph being laid, and gives
// the brackets open at its end. Blanks within words are layout; wide ones, and in
// a text that has lost its line breaks all of them, part paragraphs.
func (v *View) addLine(lay layout, l line, depth int) int {
	flat, tight := lay.flat(l)
	wide := 4
	if lay.wrapped {
		wide = 8
	}
	run := newRunIn(lay, l, flat)
	for i := l.from; i < l.to; i++ {
		r := lay.folded[i]
		if run.begins(i) {
			v.endParagraph()
			depth = 0
		}
		if !isBlank(r) {
			v.Runes = append(v.Runes, r)
			v.At = append(v.At, i)
			depth = min(max(depth+bracket(r), 0), 2)
			continue
		}
		room, start := 0, i
		for isBlank(lay.folded[i]) {
			room += columns(lay.folded[i])
			i++
		}
		i--
		before, after := at(lay.folded, start-1), lay.folded[i+1]
		digits := isDigit(before) || isDigit(after)
		switch {
		case (room >= wide || flat && !(tight && digits)) && !v.afterCounter():
			v.endParagraph()
			depth = 0
		case start > l.from && v.onlyDigits() && isHan(after) && !countsOrDates(lay.folded, i+1), isLatin(before) && isLatin(after) || isDigit(before) && isDigit(after):
			v.Runes = append(v.Runes, ' ')
			v.At = append(v.At, start)
		}
	}
	return depth
}

// countsOrDates reports that what stands at i goes with the number before it, as a
// blank between digits and words does not tell: 2023 年, 10 个. Measure words that
// more often begin a heading, like 项 in 项目, are taken for a heading.
func countsOrDates(r []rune, i int) bool {
	if firstOf(r, i, "年度", "元宵", "元旦", "家庭", "名优", "名师", "个性", "个体", "场馆", "场所", "天气", "号召", "日常", "日间", "户外", "户籍", "所有", "月度") > 0 {
		return false
	}
	switch at(r, i) {
	case '年', '月', '日', '号', '万', '亿', '个', '名', '家', '场', '册', '户', '所', '座', '元', '天', '次', '艘', '%':
		return true
	}
	return unitAt(r, i) > 1
}

// onlyDigits reports that the paragraph being laid holds a short number and no
// more: with a blank behind it, that may be a counter.
func (v *View) onlyDigits() bool {
	from := v.laid()
	for _, r := range v.Runes[from:] {
		if !isDigit(r) {
			return false
		}
	}
	return len(v.Runes) > from && len(v.Runes)-from < 3
}

func bracket(r rune) int {
	switch r {
	case '(':
		return 1
	case ')':
		return -1
	}
	return 0
}

// afterCounter reports whether the paragraph being laid holds a counter and no more.
func (v *View) afterCounter() bool {
	from := v.laid()
	c, ok := readCounter(v.Runes, from)
	return ok && c.to == len(v.Runes)
}

// flat reports a line that holds several headings parted by blanks alone, and
// whether its blanks also stand between digits and what they count.
func (lay layout) flat(l line) (flat, tight bool) {
	if l.to-l.from < 200 {
		return false, false
	}
	headings := 0
	for i := l.from + 1; i < l.to; i++ {
		if !isBlank(lay.folded[i-1]) || isBlank(lay.folded[i]) {
			continue
		}
		if _, ok := readCounter(lay.folded, i); ok {
			headings++
		}
		if r := lay.folded[i]; i > l.from+1 && isDigit(lay.folded[i-2]) && (r == '年' || r == '月' || r == '日') {
			tight = true
		}
	}
	return headings >= 3, tight
}

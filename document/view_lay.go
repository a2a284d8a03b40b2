package document

import "slices"

// lay joins the lines of the text into paragraphs; whole says that each line is one.
func (v *View) lay(lines []line, whole bool) {
	folded := make([]rune, len(v.Text))
	for i, r := range v.Text {
		folded[i] = fold(r)
	}
	lay := measure(folded, lines)
	lay.markdown = isMarkdown(folded, lines)
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
		if lay.markdown && r == '*' && (lay.folded[i-min(i, 1)] == '*' || at(lay.folded, i+1) == '*') { // bold in Markdown
			continue
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
		case start > l.from && v.onlyDigits() && isHan(after) && !countsOrDates(lay.folded, i+1), isLatin(before) && isLatin(after) || isDigit(before) && (isDigit(after) || isLatin(after)):
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
	n := unitAt(r, i)
	return n > 1 || n > 0 && firstOf(r, i+n, "以上", "以下", "以内", "左右") > 0
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

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
	markdown bool // headings and bold words are written as Markdown does
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

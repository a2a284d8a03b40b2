package document

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
	if !gap && p.inBracket() && lay.suspended(p.last) {
		return true // a list of units goes on in the next line, however short the lines
	}
	if !lay.wrapped && !page || gap && !page {
		return false
	}
	if c, ok := readCounter(lay.folded, b.from); ok {
		return lay.breaksWord(p, b, c, last)
	}
	if p.inBracket() {
		return true
	}
	if startsAnew(lay.folded, b) || !body && (ofPage(lay.folded, p.last.from, p.last.to) || ofPage(lay.folded, b.from, b.to)) {
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
	case !p.stopped && p.heading() && at(lay.folded, b.from) == '“' && p.last.to-p.last.from <= shortHeading, !p.stopped && lay.quotedWhole(p.last):
		return true // 推进 / “信易贷” / 扩大信用贷款
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
// broke: 统 / 一、位置适当. Such a line goes on with a full line of prose, or without
// an indent with one that has it, and its number does not go on with the numbers
// before it.
func (lay layout) breaksWord(p paragraph, b line, c counter, last map[style]int) bool {
	hangs := lay.indented && p.first.indent >= minIndent && b.indent < minIndent
	if !p.stopped && !hangs || !lay.full(p.last) || lay.closed(p.last) || p.depth == 0 && at(lay.folded, p.last.to-1) == ')' {
		return false
	}
	return lay.indented && b.indent < minIndent || c.value != last[c.style]+1
}

// shortHeading is the length of a line, with its counter, that hardly is a heading.
const shortHeading = 7

// quotedWhole reports a line that is nothing but a quoted name.
func (lay layout) quotedWhole(l line) bool {
	return lay.folded[l.from] == '“' && lay.folded[l.to-1] == '”'
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

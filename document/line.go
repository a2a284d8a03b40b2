package document

// line is a line of the stored text without the blanks around it.
type line struct {
	from, to int  // in the stored text
	indent   int  // columns of blanks before it; a full-width blank is two
	page     bool // it is only a page number
	cell     bool // it is a line of a cell of a table
}

func (l line) empty() bool { return l.from == l.to }

// splitLines cuts a text at its line breaks and finds the page numbers.
func splitLines(text []rune) []line {
	var lines []line
	for start := 0; start <= len(text); {
		end := start
		for end < len(text) && text[end] != '\n' && text[end] != '\f' {
			end++
		}
		lines = append(lines, withoutMarks(text, trimLine(text, start, end)))
		start = end + 1
	}
	for i := range lines {
		alone := (i == 0 || lines[i-1].empty()) && (i == len(lines)-1 || lines[i+1].empty())
		lines[i].page = isPageNumber(text[lines[i].from:lines[i].to], alone)
	}
	return lines
}

// trimLine is the line [from, to) without the blanks around it.
func trimLine(text []rune, from, to int) line {
	l := line{from: from, to: to}
	for l.from < l.to && isBlank(text[l.from]) {
		l.indent += columns(text[l.from])
		l.from++
	}
	for l.to > l.from && isBlank(text[l.to-1]) {
		l.to--
	}
	return l
}

// withoutMarks leaves out the marks by which Markdown begins a heading and bold words.
func withoutMarks(text []rune, l line) line {
	for l.from < l.to && (text[l.from] == '#' || isBlank(text[l.from])) {
		l.from++
	}
	for l.from+2 < l.to && text[l.from] == '*' && text[l.from+1] == '*' && text[l.from+2] != '*' { // and bold words
		l.from += 2
	}
	return l
}

// isMarkdown reports a text that has headings or bold words as Markdown writes them.
func isMarkdown(text []rune, lines []line) bool {
	for _, l := range lines {
		start := l.from
		for start > 0 && text[start-1] != '\n' {
			start--
		}
		if l.from > start && (text[start] == '#' || text[l.from-1] == '*') {
			return true
		}
	}
	return false
}

// columns is the room that a rune takes, a Latin letter taking one.
func columns(r rune) int {
	switch {
	case r == '\t':
		return 4
	case r == '\u3000' || r >= 0x2e80 || r == '“' || r == '”' || r == '—' || r == '…':
		return 2
	}
	return 1
}

// isPageNumber knows — 1 —, -1-, 第1页, 第 1 页 共 5 页, and a bare number that
// stands alone between empty lines.
func isPageNumber(r []rune, alone bool) bool {
	if len(r) == 0 || len(r) > 16 {
		return false
	}
	dashes, digits, words := 0, 0, 0
	for i, c := range r {
		c = fold(c)
		switch {
		case isDigit(c):
			digits++
		case c == '-' || c == '·' || c == '•':
			if i > 0 && i < len(r)-1 && digits == 0 && fold(r[i-1]) != c && !isBlank(r[i-1]) {
				return false
			}
			dashes++
		case c == '第' || c == '页' || c == '共' || c == '/':
			words++
		case !isBlank(c):
			return false
		}
	}
	last := fold(r[len(r)-1])
	switch {
	case digits == 0 || digits > 6:
		return false
	case words > 0:
		return r[0] == '第' && last == '页'
	case dashes >= 2:
		return !isDigit(fold(r[0])) && !isDigit(last)
	}
	return alone && dashes == 0 && digits <= 3
}

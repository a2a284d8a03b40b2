package document

// unbrokenLength is the length in runes from which a line may be a text that has
// lost its line breaks.
const unbrokenLength = 80

// isUnbroken reports a text of which one line holds nearly all, so that most of
// its counters do not begin a line.
func isUnbroken(folded []rune, lines []line) bool {
	longest, all, counters, filled := 0, 0, 0, 0
	for _, l := range lines {
		if l.cell {
			return false
		}
		n := l.to - l.from
		if all += n; n > 0 {
			filled++
		}
		longest = max(longest, n)
		if _, ok := readCounter(folded, l.from); ok {
			counters++
		}
	}
	return filled == 1 || longest >= unbrokenLength && longest*10 >= all*6 && counters <= 2
}

// runIn finds the counters that begin paragraphs within one line: behind the end
// of a sentence, and where they begin a series or go on with it.
type runIn struct {
	folded []rune
	from   int
	on     bool
	last   map[style]counter
}

func newRunIn(lay layout, l line, flat bool) *runIn {
	run := &runIn{folded: lay.folded, from: l.from, on: lay.unbroken && !flat, last: map[style]counter{}}
	if c, ok := readCounter(lay.folded, l.from); ok && run.on {
		run.last[c.style] = c
	}
	return run
}

// begins reports that a paragraph begins at i, which lies within the line.
func (run *runIn) begins(i int) bool {
	if !run.on || i == run.from || isBlank(run.folded[i]) {
		return false
	}
	before := i - 1
	for before > run.from && isBlank(run.folded[before]) {
		before--
	}
	end := run.folded[before]
	closed := endsSentence(end) || end == ';' || end == ':' || end == ')' || end == '”'
	c, ok := readCounter(run.folded, i)
	if !ok || !closed && c.style != hanStyle && c.style != hanBracketed {
		return false
	}
	switch old, seen := run.last[c.style]; {
	case c.value == 1 && (closed || !seen || c.style == hanBracketed):
	case seen && old.value+1 == c.value && old.head == c.head:
	default:
		return false
	}
	run.last[c.style] = c
	return true
}

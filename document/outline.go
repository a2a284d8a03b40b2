package document

// Heading is a node of the outline with its place in the view.
type Heading struct {
	Node
	From, To int   // its own words, in View.Runes
	TitleAt  Range // its title
}

// open is a counter style that is in use at some depth.
type open struct {
	style style
	index int // in the outline
}

// Outline reads the numbered paragraphs. A counter of a style that is in use
// goes on with it and closes what lies within; a new style opens a level below.
// So 1. is level 2 under 一、 and level 3 under （一）, as the text has it.
func (v *View) Outline() []Heading {
	var out []Heading
	var stack []open
	last := map[style]counter{}
	annex, cover := false, 0
	for k, p := range v.Paragraphs {
		if v.InTable(p.Start) {
			continue
		}
		if len(out) > 0 && v.beginsPlan(k) { // numbering starts afresh
			stack, last, annex = nil, map[style]counter{}, false
			if cover == 0 {
				cover = len(out)
			}
		}
		if v.isSalutation(p) { // what a notice says begins, whatever list stood before it
			stack, last = nil, map[style]counter{}
		}
		c, ok := readCounter(v.Runes, p.Start)
		if v.isAnnexMark(p) && len(out) > 0 { // what follows belongs to no item
			if n := len(out) - 1; out[n].To > p.Start {
				out[n].To = p.Start
			}
			stack, last, annex = nil, map[style]counter{}, false
			continue
		}
		if hasPrefix(v.Runes, p.Start, "附件") || hasPrefix(v.Runes, p.Start, "附:") {
			annex = true
			continue
		}
		if !ok || c.to >= p.End || !follows(c, last) || v.inContents(p) {
			annex = annex && ok
			continue
		}
		if annex && c.style == arabic { // the list of annexes
			continue
		}
		annex = false
		stack = place(stack, c, last)
		last[c.style] = c
		to := v.headingEnd(c.to, p.End)
		h := Heading{From: p.Start, To: len(v.Runes), TitleAt: Range{c.to, to}}
		h.Ordinal, h.Level = len(out)+1, len(stack)+1
		h.Number = v.Words(c.num.Start, c.num.End)
		h.Path, h.Title = h.Number, v.Words(c.to, to)
		if n := len(stack); n > 0 {
			above := out[stack[n-1].index]
			h.Parent, h.Path = above.Ordinal, above.Path+"/"+h.Number
		}
		if n := len(out); n > 0 {
			out[n-1].To = min(out[n-1].To, p.Start)
		}
		stack = append(stack, open{c.style, len(out)})
		out = append(out, h)
	}
	if cover > 0 && len(out) > 2*cover {
		out = withoutCover(out, cover)
	}
	for i := range out {
		out[i].Span = v.Span(out[i].From, out[i].To)
	}
	return out
}

// isSalutation reports a line that names whom a notice goes to: 各县（市、区）教育局：
func (v *View) isSalutation(p Range) bool {
	n := p.End - p.Start
	return n >= 4 && n <= 90 && v.Runes[p.End-1] == ':' && firstOf(v.Runes, p.Start, "各", "本市", "全市", "市级", "市直", "区直", "县直", "有关") > 0 &&
		isUnitEnd(v.Runes, p.Start, p.End-1)
}

// longestAnnexMark is the longest line that only says that an annex begins.
const longestAnnexMark = 6

// isAnnexMark reports a line like 附件2 above an annex.
func (v *View) isAnnexMark(p Range) bool {
	if p.End-p.Start > longestAnnexMark || !hasPrefix(v.Runes, p.Start, "附件") {
		return false
	}
	for i := p.Start + 2; i < p.End; i++ {
		if c := v.Runes[i]; !isDigit(c) && hanDigit(c) < 0 && c != '十' && c != ':' && c != ' ' && c != '-' {
			return false
		}
	}
	return true
}

// HeadingAt makes a heading of the words [from, to): the number that they begin
// with, if they do, and the title behind it.
func (v *View) HeadingAt(from, to int) Heading {
	end := from
	for end < to && v.Runes[end] != '\n' {
		end++
	}
	h := Heading{From: from, To: to}
	start := from
	if c, ok := readCounter(v.Runes, from); ok && c.to < end {
		h.Number, start = v.Words(c.num.Start, c.num.End), c.to
	}
	h.TitleAt = Range{start, v.headingEnd(start, end)}
	h.Title = v.Words(h.TitleAt.Start, h.TitleAt.End)
	return h
}

// beginsPlan reports a paragraph that is the title of a plan under a notice: it
// stands behind the notice's date or under the word 附件.
func (v *View) beginsPlan(k int) bool {
	p := v.Paragraphs[k]
	if k == 0 || v.closed(p.Start, p.End) || p.End-p.Start > 60 {
		return false
	}
	before := v.Paragraphs[k-1]
	annexed := hasPrefix(v.Runes, before.Start, "附件") && before.End-before.Start < 6
	return (annexed || v.isDay(before.Start, before.End)) && v.namesPlan(p.Start, p.End)
}

// withoutCover drops the items of a covering notice, which are fewer than those
// of the plan that it brings.
func withoutCover(items []Heading, cover int) []Heading {
	items = items[cover:]
	for i := range items {
		items[i].Ordinal -= cover
		if items[i].Parent > 0 {
			items[i].Parent -= cover
		}
	}
	return items
}

// place closes the levels that a counter ends and gives those that stay open.
func place(stack []open, c counter, last map[style]counter) []open {
	for k := len(stack) - 1; k >= 0; k-- {
		if stack[k].style == c.style {
			return stack[:k]
		}
	}
	if _, seen := last[c.style]; !seen && c.value > 1 && len(stack) > 0 && c.style <= hanBracketed && c.style < stack[0].style {
		return nil // the text begins within 一、 and goes on with 二、
	}
	return stack
}

// follows reports that a counter may stand where it does. 1.2, B and a bare 2 must
// begin a list or go on with one, or they are numbers; the others are taken as
// they come.
func follows(c counter, last map[style]counter) bool {
	if c.style < upper || c.value == 1 {
		return true
	}
	before, seen := last[c.style]
	if c.style >= decimal { // a number left out does not end a list
		return seen && before.head == c.head && before.value < c.value && c.value-before.value <= 3
	}
	return seen && before.head == c.head && before.value+1 == c.value
}

// inContents reports a line of a table of contents: dots lead to a page number.
func (v *View) inContents(p Range) bool {
	i := p.End
	for i > p.Start && isDigit(v.Runes[i-1]) {
		i--
	}
	dots := 0
	for i > p.Start && (v.Runes[i-1] == '.' || v.Runes[i-1] == '…' || v.Runes[i-1] == '·') {
		i--
		dots++
	}
	return i < p.End && dots >= 2
}

// Owners tells which heading holds a rune; calls that go along the text are
// answered in one pass.
type Owners struct {
	items []Heading
	k     int
}

// NewOwners walks along the headings.
func NewOwners(items []Heading) *Owners { return &Owners{items: items, k: -1} }

// At is the index of the heading whose words hold i, or -1 before the first and
// in an annex without numbers.
func (o *Owners) At(i int) int {
	for o.k >= 0 && o.items[o.k].From > i {
		o.k--
	}
	for o.k+1 < len(o.items) && o.items[o.k+1].From <= i {
		o.k++
	}
	if o.k >= 0 && o.items[o.k].To <= i {
		return -1
	}
	return o.k
}

package document

import "sort"

// View is a stored text as a person reads it: lines that a page layout broke
// are joined, page numbers and the blanks around digits are gone, and signs are
// folded. Every rune keeps the place that it has in the stored text.
type View struct {
	Text       []rune  // the stored text
	Runes      []rune  // the words; a line break after each paragraph
	At         []int   // the place in Text of each of Runes
	Paragraphs []Range // in Runes, without the line break

	tables []Range // in Runes, the words of each table
	cuts   []int   // places in Runes before which a page ends
	closes []int   // for an opening bracket, the place of its closing one, else 0
	lit    []bool  // within 《》 or quotation marks: a name, not a statement
}

// NewView reads the layout of a text. Time and memory are linear in its length.
func NewView(text string) *View { return NewSourceView(Source{Text: text}) }

// Span gives the source of the words [from, to): one range, or several where pages end.
func (v *View) Span(from, to int) Span {
	for to > from && v.Runes[to-1] == '\n' {
		to--
	}
	if from >= to {
		return nil
	}
	var s Span
	for k := sort.SearchInts(v.cuts, from+1); k < len(v.cuts) && v.cuts[k] < to; k++ {
		s = append(s, v.Span(from, v.cuts[k])...)
		from = v.cuts[k]
	}
	return append(s, Range{v.At[from], v.At[to-1] + 1})
}

// Quote gives the words of a span as one line: line breaks and the blanks that
// indent a wrapped line are left out, everything else stays as it is stored.
func Quote(text []rune, s Span) string {
	words := []rune(s.In(text))
	out := words[:0]
	for i := 0; i < len(words); i++ {
		j, broken := i, false
		for j < len(words) && (isBlank(words[j]) || words[j] == '\n') {
			broken = broken || words[j] == '\n'
			j++
		}
		if broken {
			i = j - 1
			continue
		}
		out = append(out, words[i])
	}
	return string(out)
}

// Words are the runes [from, to) as they are written in the source, without
// layout: the form in which a title or a name is given.
func (v *View) Words(from, to int) string {
	out := make([]rune, 0, to-from)
	for i := from; i < to; i++ {
		if v.Runes[i] == ' ' {
			out = append(out, ' ')
			continue
		}
		out = append(out, v.Text[v.At[i]])
	}
	return string(out)
}

// Lit reports whether the rune stands in a name: within 《》 or quotation marks.
func (v *View) Lit(i int) bool { return v.lit[i] }

// Closing is the place of the bracket that closes the one at i, or 0.
func (v *View) Closing(i int) int { return v.closes[i] }

// Clauses and sentences are followed only so far from a mark inside them, so that
// one unbroken line of a million runes stays linear.
const (
	farClause   = 160
	farSentence = 500
)

// Clause is the run of words around i between two signs that end a clause.
func (v *View) Clause(i int) (from, to int) { return v.around(i, farClause, endsClause) }

// Sentence is the run of words around i between two signs that end a sentence.
func (v *View) Sentence(i int) (from, to int) { return v.around(i, farSentence, endsSentence) }

func (v *View) around(i, far int, ends func(rune) bool) (from, to int) {
	from, to = i, i
	for from > 0 && i-from < far && (!ends(v.Runes[from-1]) || v.inNumber(from-1)) {
		from--
	}
	for to < len(v.Runes) && to-i < far && (!ends(v.Runes[to]) || v.inNumber(to)) {
		to++
	}
	return from, to
}

// inNumber reports a comma between digits, which parts thousands and no clauses.
func (v *View) inNumber(i int) bool {
	return v.Runes[i] == ',' && isDigit(at(v.Runes, i-1)) && isDigit(at(v.Runes, i+1))
}

// longestSlogan is the longest run of words in quotation marks that is a name
// although a comma parts it; longer ones are statements, quoted.
const longestSlogan = 24

// isName reports that what stands between the marks at i and to is a name.
func (v *View) isName(i, to int) bool {
	if v.Runes[i] == '《' || to-i <= longestSlogan {
		return true
	}
	for k := i; k < to; k++ {
		if endsClause(v.Runes[k]) {
			return false
		}
	}
	return true
}

// pair finds the partner of every bracket, and what is quoted, in one pass.
// What is open at the end of a paragraph is no bracket.
func (v *View) pair() {
	v.closes = make([]int, len(v.Runes))
	v.lit = make([]bool, len(v.Runes))
	for _, p := range v.Paragraphs {
		var open, quotes []int
		for i := p.Start; i < p.End; i++ {
			switch v.Runes[i] {
			case '(':
				open = append(open, i)
			case ')':
				if n := len(open); n > 0 {
					v.closes[open[n-1]] = i
					open = open[:n-1]
				}
			case '“', '《':
				quotes = append(quotes, i)
			case '"': // straight marks do not say which way they point
				if n := len(quotes); n > 0 && v.Runes[quotes[n-1]] == '"' {
					v.closes[quotes[n-1]] = i
					quotes = quotes[:n-1]
				} else {
					quotes = append(quotes, i)
				}
			case '”', '》':
				if n := len(quotes); n > 0 {
					v.closes[quotes[n-1]] = i
					quotes = quotes[:n-1]
				}
			}
		}
		for i := p.Start; i < p.End; i++ {
			if to := v.closes[i]; to > 0 && v.Runes[i] != '(' && v.isName(i, to) {
				for ; i <= to; i++ {
					v.lit[i] = true
				}
				i--
			}
		}
	}
}

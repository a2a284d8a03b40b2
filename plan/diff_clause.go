package plan

import (
	"slices"
	"strings"
	"unicode"

	"luoshi/document"
)

// piece is a sentence or a heading: the least that is matched as a whole.
type piece struct {
	document.Range        // in the view, without the counter
	node           int    // index of its node + 1; 0 before the first
	key            string // its content: see contentKey
	size           int    // runes of the key
	naming         bool   // it only names who is responsible
	pairs          []int  // the pieces of the other edition that it is the same as, in order
	alike          bool   // the one pair is not the same, only alike
}

func newEdition(source document.Source, s Structure) *edition {
	e := &edition{sheet: *newSheet(source, s), structure: s}
	naming := s.Responsible
	for n := 0; n <= len(s.Outline); n++ {
		from, to := 0, len(e.view.Runes)
		if n > 0 {
			from, to = e.items[n-1].TitleAt.Start, e.items[n-1].To
		} else if len(e.items) > 0 {
			to = e.items[0].From
		}
		e.first = append(e.first, len(e.pieces))
		for from < to {
			end := from
			for end < to && !endsPiece(e.view.Runes[end]) {
				end++
			}
			for len(naming) > 0 && e.within(naming[0].Span).End <= from {
				naming = naming[1:]
			}
			e.addPiece(n, document.Range{Start: from, End: min(end, to)}, naming)
			from = end + 1
		}
	}
	e.first = append(e.first, len(e.pieces))
	e.node = slices.Repeat([]int{-1}, len(s.Outline)+1)
	e.node[0] = 0 // what stands before the first item stays there
	e.told, e.partOf = map[int]bool{}, map[int]int{}
	e.findValues()
	return e
}

func endsPiece(c rune) bool {
	return c == '。' || c == '!' || c == '?' || c == ';' || c == '\n'
}

// addPiece adds the words if they hold any; naming are the attributions that do not
// end before them.
func (e *edition) addPiece(n int, at document.Range, naming []ReadParties) {
	p := piece{Range: at, node: n, key: contentKey(e.view.Runes, at.Start, at.End)}
	if p.size = len([]rune(p.key)); p.size == 0 {
		return
	}
	if len(naming) > 0 {
		in := e.within(naming[0].Span)
		p.naming = in.Start <= at.Start && in.End >= at.End
	}
	e.pieces = append(e.pieces, p)
}

// contentKey is what remains of the words [from, to) when signs between words are
// left out: letters and digits, and the signs that make a number what it is.
func contentKey(r []rune, from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if isContent(r, i) {
			b.WriteRune(r[i])
		}
	}
	return b.String()
}

// isContent reports that the rune at i is read out: a letter, a digit, or a sign
// between digits or of measure. The comma of thousands is not.
func isContent(r []rune, i int) bool {
	c := r[i]
	if unicode.IsLetter(c) || unicode.IsNumber(c) || c == '%' || c == '‰' || c == '℃' {
		return true
	}
	if c == '\n' || c == ' ' {
		return false
	}
	between := i > 0 && i+1 < len(r) && unicode.IsDigit(r[i-1]) && unicode.IsDigit(r[i+1])
	return between && !(c == ',' && isThousands(r, i+1))
}

// isThousands reports that exactly three digits stand at i.
func isThousands(r []rune, i int) bool {
	n := 0
	for i+n < len(r) && unicode.IsDigit(r[i+n]) {
		n++
	}
	return n == 3
}

// digest is the content of the whole document, to tell which of two comes first.
func (e *edition) digest() string {
	var b strings.Builder
	for _, p := range e.pieces {
		b.WriteString(p.key)
		b.WriteByte('\n')
	}
	return b.String()
}

// of gives the pieces of a node; 0 is the words before the first.
func (e *edition) of(n int) []piece { return e.pieces[e.first[n]:e.first[n+1]] }

// clause describes all the words of a piece.
func (e *edition) clause(k int) *Clause {
	p := e.pieces[k]
	return &Clause{Place: e.placeIn(p.node, p.Start, p.End)}
}

// longestMention is how many runes of a piece are quoted where it is told of more
// than once.
const longestMention = 300

// mention describes a piece by its words, a very long one by its first.
func (e *edition) mention(k int) *Clause {
	p := e.pieces[k]
	return &Clause{Place: e.placeIn(p.node, p.Start, min(p.End, p.Start+longestMention))}
}

// whole describes a node with all its words.
func (e *edition) whole(n int) *Clause {
	pieces := e.of(n)
	if len(pieces) == 0 {
		return &Clause{Place: e.placeIn(n, e.items[n-1].From, e.items[n-1].From+1)}
	}
	return &Clause{Place: e.placeIn(n, pieces[0].Start, pieces[len(pieces)-1].End)}
}

// heading describes a node by its first words.
func (e *edition) heading(n int) *Clause {
	pieces := e.of(n)
	if len(pieces) == 0 {
		return e.whole(n)
	}
	return e.mention(e.first[n])
}

func (e *edition) placeIn(n, from, to int) Place {
	p := e.place(from, to)
	p.Item, p.Node = "", 0
	if n > 0 {
		p.Item, p.Node = e.nodes[n-1].Path, e.nodes[n-1].Ordinal
	}
	return p
}

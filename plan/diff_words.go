package plan

import (
	"slices"
	"unicode"

	"luoshi/document"
)

// word is the least that is marked as differing: a number, a Latin word, or one sign.
type word struct {
	text    string
	at      document.Range
	differs bool
}

// wordsOf parts a piece into words; signs between words are left out.
func (e *edition) wordsOf(k int) []word {
	p, r := e.pieces[k], e.view.Runes
	var out []word
	for i := p.Start; i < p.End; i++ {
		if !isContent(r, i) {
			continue
		}
		end := i + 1
		for end < p.End && isContent(r, end) && isOneWord(r[end-1], r[end]) {
			end++
		}
		out = append(out, word{contentKey(r, i, end), document.Range{Start: i, End: end}, true})
		i = end - 1
	}
	return out
}

// isOneWord reports that two neighbouring signs are parts of one number or Latin word.
func isOneWord(a, b rune) bool {
	digit := func(c rune) bool { return c >= '0' && c <= '9' || c == '.' }
	latin := func(c rune) bool { return c < unicode.MaxLatin1 && unicode.IsLetter(c) }
	return digit(a) && digit(b) || latin(a) && latin(b)
}

// differing marks in what words a pair of pieces differ, and reports that what was
// accounted for already is all of it.
func differing(old *edition, i int, new *edition, j int, a accounted) (was, is []Run, same bool) {
	left, right := old.wordsOf(i), new.wordsOf(j)
	markCommon(left, right)
	same = a.changes > 0 && covered(left, a.old) && covered(right, a.new)
	smooth(left)
	smooth(right)
	return old.runs(i, left), new.runs(j, right), same
}

// covered reports that every differing word lies in one of the ranges.
func covered(words []word, ranges []document.Range) bool {
	slices.SortFunc(ranges, func(a, b document.Range) int { return a.Start - b.Start })
	end := 0 // the farthest of those that begin before the word
	for _, w := range words {
		for len(ranges) > 0 && ranges[0].Start <= w.at.Start {
			end = max(end, ranges[0].End)
			ranges = ranges[1:]
		}
		if w.differs && w.at.End > end {
			return false
		}
	}
	return true
}

// largestTable is how large a table of common subsequences may be; between longer
// pieces only what is the same at both ends is taken for common.
const largestTable = 250_000

// markCommon finds a longest common subsequence and marks it as not differing.
func markCommon(left, right []word) {
	for len(left) > 0 && len(right) > 0 && left[0].text == right[0].text {
		left[0].differs, right[0].differs = false, false
		left, right = left[1:], right[1:]
	}
	for len(left) > 0 && len(right) > 0 && left[len(left)-1].text == right[len(right)-1].text {
		left[len(left)-1].differs, right[len(right)-1].differs = false, false
		left, right = left[:len(left)-1], right[:len(right)-1]
	}
	n, m := len(left), len(right)
	if n == 0 || m == 0 || n*m > largestTable {
		return
	}
	longest := make([]int32, (n+1)*(m+1)) // of the words from x and y on
	at := func(x, y int) *int32 { return &longest[x*(m+1)+y] }
	for x := n - 1; x >= 0; x-- {
		for y := m - 1; y >= 0; y-- {
			if left[x].text == right[y].text {
				*at(x, y) = *at(x+1, y+1) + 1
			} else {
				*at(x, y) = max(*at(x+1, y), *at(x, y+1))
			}
		}
	}
	for x, y := 0, 0; x < n && y < m; {
		switch {
		case left[x].text == right[y].text:
			left[x].differs, right[y].differs = false, false
			x, y = x+1, y+1
		case *at(x+1, y) >= *at(x, y+1):
			x++
		default:
			y++
		}
	}
}

// smooth marks a single common sign between differing ones too: a reader sees one
// change there and not three.
func smooth(words []word) {
	for i := 1; i+1 < len(words); i++ {
		if words[i-1].differs && words[i+1].differs {
			words[i].differs = true
		}
	}
}

// runs writes a piece as stored, parted where it begins or ends to differ.
func (e *edition) runs(k int, words []word) []Run {
	p := e.pieces[k]
	var out []Run
	from := p.Start
	for i, w := range words {
		if i > 0 && w.differs != words[i-1].differs {
			out = append(out, Run{e.view.Words(from, w.at.Start), words[i-1].differs})
			from = w.at.Start
		}
	}
	if len(words) > 0 {
		out = append(out, Run{e.view.Words(from, p.End), words[len(words)-1].differs})
	}
	return out
}

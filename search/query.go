package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"luoshi/fault"
)

// Query is what somebody searches for: words that a title has to contain, all of them.
type Query struct {
	Text  string // as it was typed, without blanks around it
	words [][]rune
}

// MostAsked is how many characters a query may have.
const MostAsked = 40

// mostSpans is how many spans of a query are compared for the rarest.
const mostSpans = 8

// ErrLong is returned for a query that is too long.
var ErrLong = fault.New(fault.Invalid, "要找的话太长了，最多 %d 个字。写两三个字就找得到。", MostAsked).In("q")

// Parse reads a query. One without a letter or figure asks for nothing.
func Parse(text string) (Query, error) {
	text = strings.ToValidUTF8(strings.TrimSpace(text), "")
	q := Query{Text: text}
	if utf8.RuneCountInString(text) > MostAsked {
		return q, ErrLong
	}
	for word := range strings.FieldsFuncSeq(text, unicode.IsSpace) {
		if f := Fold(word); len(f.Runes) > 0 {
			q.words = append(q.words, f.Runes)
		}
	}
	return q, nil
}

// Nothing reports a query that asks for nothing.
func (q Query) Nothing() bool { return len(q.words) == 0 }

// Finds reports whether a title contains every word.
func (q Query) Finds(title string) bool {
	f := Fold(title)
	for _, w := range q.words {
		if index(f.Runes, w) < 0 {
			return false
		}
	}
	return !q.Nothing()
}

// Spans says where titles can be looked for: each title that is found has a gram in
// every one of them. Where a word has two characters, those of one alone are left out.
func (q Query) Spans() []Span {
	var exact, wide []Span
	for _, w := range q.words {
		for _, s := range spanOf(w) {
			if s.Exact() {
				exact = append(exact, s)
			} else {
				wide = append(wide, s)
			}
		}
	}
	all := exact
	if len(all) == 0 {
		all = wide
	}
	return all[:min(len(all), mostSpans)]
}

// Marks gives where the words stand in a title, as runs of its characters.
func (q Query) Marks(title string) [][2]int {
	f := Fold(title)
	var runs [][2]int
	for _, w := range q.words {
		for from := 0; ; {
			i := index(f.Runes[from:], w)
			if i < 0 {
				break
			}
			first, last := from+i, from+i+len(w)-1
			runs = append(runs, [2]int{f.at[first], f.at[last] + 1})
			from = last + 1
		}
	}
	slices.SortFunc(runs, func(a, b [2]int) int { return a[0] - b[0] })
	var out [][2]int
	for _, r := range runs {
		if n := len(out); n > 0 && r[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], r[1])
		} else {
			out = append(out, r)
		}
	}
	return out
}

// index gives where a word begins in a text, or -1.
func index(text, word []rune) int {
	for i := 0; i+len(word) <= len(text); i++ {
		if slices.Equal(text[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}

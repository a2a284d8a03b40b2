package search

import (
	"slices"
	"unicode/utf8"
)

// Gram is two characters that stand side by side in a folded title, as a number: so
// every engine sorts them alike, and those that begin with one character lie together.
// The last character of a title is a gram too, with nothing behind it.
type Gram int64

const runeBits = 21 // utf8.MaxRune needs no more

func gramOf(first, second rune) Gram { return Gram(first)<<runeBits | Gram(second) }

// GramsOf gives the grams of a title, each once, in their order.
func GramsOf(title string) []Gram {
	f := Fold(title)
	all := make([]Gram, len(f.Runes))
	for i, r := range f.Runes {
		if i+1 < len(f.Runes) {
			all[i] = gramOf(r, f.Runes[i+1])
		} else {
			all[i] = gramOf(r, 0)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Span is the grams from one to another, both included: where to look for titles.
type Span struct{ From, To Gram }

// Exact reports a span of one gram.
func (s Span) Exact() bool { return s.From == s.To }

func spanOf(word []rune) []Span {
	if len(word) == 1 {
		return []Span{{gramOf(word[0], 0), gramOf(word[0], utf8.MaxRune)}}
	}
	var all []Span
	for i := range len(word) - 1 {
		g := gramOf(word[i], word[i+1])
		all = append(all, Span{g, g})
	}
	return all
}

// First gives the first gram of a title within a span; false where it has none.
func (s Span) First(title string) (Gram, bool) {
	for _, g := range GramsOf(title) {
		if g >= s.From && g <= s.To {
			return g, true
		}
	}
	return 0, false
}

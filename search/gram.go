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

// gram gives the gram that begins at a place of a folded title.
func (f Folded) gram(i int) Gram {
	if i+1 < len(f.Runes) {
		return gramOf(f.Runes[i], f.Runes[i+1])
	}
	return gramOf(f.Runes[i], 0)
}

// GramsOf gives the grams of a title, each once, in their order.
func GramsOf(title string) []Gram {
	f := Fold(title)
	all := make([]Gram, len(f.Runes))
	for i := range f.Runes {
		all[i] = f.gram(i)
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
func (s Span) First(title string) (first Gram, found bool) {
	f := Fold(title)
	for i := range f.Runes {
		if g := f.gram(i); g >= s.From && g <= s.To && (!found || g < first) {
			first, found = g, true
		}
	}
	return first, found
}

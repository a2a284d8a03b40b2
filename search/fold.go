// Package search says when a title is found: by any run of its characters, in
// traditional or simplified writing, full or half width, capital or small. Signs and
// blanks do not count. It keeps no index and reads none; it says what stands in one.
package search

import (
	"sync"
	"unicode"

	"github.com/longbridgeapp/opencc"
	"golang.org/x/text/unicode/norm"
)

// Folded is a text as it is compared, with the place of each of its characters in the
// text as it is written.
type Folded struct {
	Runes []rune
	at    []int
}

// Fold gives a text as it is compared.
func Fold(text string) Folded {
	var f Folded
	for i, r := range []rune(text) {
		for _, r := range plain(r) {
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
				continue
			}
			f.Runes = append(f.Runes, simplified(lower(r)))
			f.at = append(f.at, i)
		}
	}
	return f
}

// plain gives a character without its width or form. Most are what they are, and
// asking the tables of Unicode for each would be slow.
func plain(r rune) []rune {
	if r < 0x80 || r >= 0x4e00 && r <= 0x9fff {
		return []rune{r}
	}
	return []rune(norm.NFKC.String(string(r)))
}

func simplified(r rune) rune {
	if r < firstHan {
		return r
	}
	if s, ok := simple()[r]; ok {
		return s
	}
	return r
}

const firstHan = 0x3400

// han are the blocks of characters for which there may be a simplified one.
var han = [][2]rune{{firstHan, 0x9fff}, {0x20000, 0x323af}}

// also are pairs that depend on the word in writing, and need not in searching: who
// writes the one may well mean the other.
const also = "著着瞭了藉借祇只衹只鬪斗"

// simple gives the simplified character of each traditional one. It is made when it is
// first needed, so that commands which search for nothing do not wait for it.
var simple = sync.OnceValue(func() map[rune]rune {
	table := map[rune]rune{}
	converter, err := opencc.New("t2s")
	if err != nil {
		panic(err) // its tables are part of the program
	}
	for _, block := range han {
		for r := block[0]; r <= block[1]; r++ {
			written, err := converter.Convert(string(r))
			if one := []rune(written); err == nil && len(one) == 1 && one[0] != r {
				table[r] = one[0]
			}
		}
	}
	pairs := []rune(also)
	for i := 0; i < len(pairs); i += 2 {
		table[pairs[i]] = pairs[i+1]
	}
	for from, to := range table {
		for further, ok := table[to]; ok; further, ok = table[to] {
			to = further
		}
		table[from] = to
	}
	return table
})

// lower gives the small letter of all forms of a letter: some have more than two, such
// as the long s beside s and S.
func lower(r rune) rune {
	least := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		least = min(least, other)
	}
	return unicode.ToLower(least)
}

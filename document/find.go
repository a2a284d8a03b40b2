package document

import "unicode"

// Find gives every place of a text where a quote stands, white space apart: who copies
// from a page gets its line breaks and blanks otherwise. An empty quote stands nowhere.
func Find(text []rune, quote string) []Span {
	var wanted []rune
	for _, r := range quote {
		if !unicode.IsSpace(r) {
			wanted = append(wanted, r)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	var inked []int // places of the runes that are no white space
	for i, r := range text {
		if !unicode.IsSpace(r) {
			inked = append(inked, i)
		}
	}
	var out []Span
	for k := 0; k+len(wanted) <= len(inked); k++ {
		n := 0
		for n < len(wanted) && text[inked[k+n]] == wanted[n] {
			n++
		}
		if n == len(wanted) {
			out = append(out, At(inked[k], inked[k+n-1]+1))
			k += n - 1
		}
	}
	return out
}

package document

import (
	"strings"
	"unicode/utf8"
)

// fold gives the sign by which a rune is matched: full-width forms become
// ASCII, and brackets, quotation marks and dashes of one kind become one. What
// is stored and shown stays as it was written.
func fold(r rune) rune {
	switch {
	case r == '[':
		return '('
	case r == ']':
		return ')'
	case r < 0x80:
		return r
	case r == '零':
		return '〇'
	case r >= '！' && r <= '～':
		switch r {
		case '－':
			return '-'
		case '［':
			return '('
		case '］':
			return ')'
		}
		return r - '！' + '!'
	}
	switch r {
	case '〔', '【', '〈', '﹝':
		return '('
	case '〕', '】', '〉', '﹞':
		return ')'
	case '「', '『', '〝':
		return '“'
	case '」', '』', '〞':
		return '”'
	case '—', '–', '―', '─', '‐', '‑', '−', '﹣':
		return '-'
	case '∼', '〜', '˜':
		return '~'
	case '○', '◯':
		return '〇'
	case '｡':
		return '。'
	case '﹪':
		return '%'
	case '∶', '︰':
		return ':'
	}
	return foldHan(r)
}

// Fold gives words in the signs by which they are matched, blanks and all.
func Fold(words string) string { return strings.Map(fold, words) }

// isBlank tells layout from words.
func isBlank(r rune) bool {
	switch r {
	case ' ', '\t', '\r', '\v', '\f', '\u00a0', '\u3000', '\u1680', '\u202f', '\u205f', '\u2028', '\u2029', '\u0085':
		return true
	}
	return r >= '\u2000' && r <= '\u200a'
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isHan(r rune) bool { return r >= 0x3400 && r <= 0x9fff || r == '〇' }

// endsSentence reports a sign that closes a sentence.
func endsSentence(r rune) bool {
	return r == '。' || r == '!' || r == '?' || r == '\n'
}

// endsClause reports a sign that closes a clause.
func endsClause(r rune) bool {
	return endsSentence(r) || r == ',' || r == ';' || r == ':' || r == '…'
}

// Stands reports whether one of the words stands at i, in the signs of matching.
func (v *View) Stands(i int, words ...string) bool { return firstOf(v.Runes, i, words...) > 0 }

// Ends reports whether one of the words ends right before i.
func (v *View) Ends(i int, words ...string) bool {
	for _, w := range words {
		if hasSuffix(v.Runes, i, w) {
			return true
		}
	}
	return false
}

// hasPrefix reports whether the words stand at i.
func hasPrefix(r []rune, i int, words string) bool {
	for _, w := range words {
		if i < 0 || i >= len(r) || r[i] != w {
			return false
		}
		i++
	}
	return true
}

// hasSuffix reports whether the words end right before i.
func hasSuffix(r []rune, i int, words string) bool {
	return hasPrefix(r, i-utf8.RuneCountInString(words), words)
}

// firstOf gives the length of the first of the words that stands at i, or 0.
func firstOf(r []rune, i int, words ...string) int {
	for _, w := range words {
		if hasPrefix(r, i, w) {
			return utf8.RuneCountInString(w)
		}
	}
	return 0
}

// at is the rune at i, or a line break where there is none.
func at(r []rune, i int) rune {
	if i < 0 || i >= len(r) {
		return '\n'
	}
	return r[i]
}

package web

import (
	"strings"
	"testing"
	"unicode"

	"luoshi/internal/text"
	"luoshi/plan"
)

// Every choice that a record can hold is said in both languages, and no code of
// the program stands on a page instead.
func TestEveryChoiceHasItsWords(t *testing.T) {
	chinese := With(t.Context(), Page{Lang: text.Chinese})
	english := With(t.Context(), Page{Lang: text.English})
	han := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	for _, p := range plan.Repeats {
		if zh, en := Repeat(chinese, p), Repeat(english, p); !han(zh) || en == "" || han(en) {
			t.Errorf("%s: %q, %q", p, zh, en)
		}
	}
	for _, list := range [][]string{plan.Bounds, plan.Aggregates, plan.Hardnesses} {
		for _, w := range list {
			if zh, en := Word(chinese, w), Word(english, w); !han(zh) || en == "" || han(en) {
				t.Errorf("%s: %q, %q", w, zh, en)
			}
		}
	}
}

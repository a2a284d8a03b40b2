package web

import (
	"strings"
	"testing"

	"luoshi/document"

	"pgregory.net/rapid"
)

// Put together again, the paragraphs are the text, and the pieces of each mark
// are the words of its span, however marks overlap and wherever lines break.
func TestParagraphsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(rapid.StringOf(rapid.RuneFrom([]rune("送演出1500场，\n　 年底前。"))).Draw(t, "text"))
		var marks []Mark
		for i := range rapid.IntRange(0, 5).Draw(t, "marks") {
			if len(text) < 2 {
				break
			}
			a := rapid.IntRange(0, len(text)-1).Draw(t, "a")
			b := rapid.IntRange(a+1, len(text)).Draw(t, "b")
			m := Mark{Key: string(rune('a' + i)), Span: document.At(a, b)}
			if b-a > 2 {
				m.Span = document.Span{{Start: a, End: a + 1}, {Start: b - 1, End: b}}
			}
			marks = append(marks, m)
		}
		var whole strings.Builder
		pieces, ends := map[string]string{}, map[string]int{}
		for _, p := range Paragraphs(text, 0, len(text), marks) {
			for _, s := range p.Segments {
				whole.WriteString(s.Text)
				for _, m := range s.Marks {
					pieces[m.Key] += s.Text
				}
				for _, k := range s.Ending {
					ends[k]++
				}
			}
		}
		if whole.String() != string(text) {
			t.Fatalf("put together %q, stored %q", whole.String(), string(text))
		}
		for _, m := range marks {
			if pieces[m.Key] != m.Span.In(text) || ends[m.Key] != 1 {
				t.Fatalf("mark %s: %q, want %q; ends %d times", m.Key, pieces[m.Key], m.Span.In(text), ends[m.Key])
			}
		}
	})
}

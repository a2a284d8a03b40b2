package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Range is a half-open run of runes [Start, End) of a stored text.
type Range struct{ Start, End int }

// Span says where something stands: one range, or several where a page footer
// breaks it. As JSON it is [a,b], or [[a,b],[c,d]] where there are several.
type Span []Range

// At makes a span of one range.
func At(start, end int) Span { return Span{{start, end}} }

// Start is the first rune, or -1 for an empty span.
func (s Span) Start() int {
	if len(s) == 0 {
		return -1
	}
	return s[0].Start
}

// End is the rune after the last, or -1 for an empty span.
func (s Span) End() int {
	if len(s) == 0 {
		return -1
	}
	return s[len(s)-1].End
}

// In gives the words of the span, its pieces joined.
func (s Span) In(text []rune) string {
	var out []rune
	for _, r := range s {
		out = append(out, text[r.Start:r.End]...)
	}
	return string(out)
}

// Fits reports whether the span is in order and lies within n runes.
func (s Span) Fits(n int) bool {
	at := 0
	for _, r := range s {
		if r.Start < at || r.End <= r.Start || r.End > n {
			return false
		}
		at = r.End
	}
	return len(s) > 0
}

func (s Span) MarshalJSON() ([]byte, error) {
	pairs := make([][2]int, len(s))
	for i, r := range s {
		pairs[i] = [2]int{r.Start, r.End}
	}
	if len(pairs) == 1 {
		return json.Marshal(pairs[0])
	}
	return json.Marshal(pairs)
}

func (s *Span) UnmarshalJSON(b []byte) error {
	if from, to, plain := pairIn(b); plain {
		*s = At(from, to)
		return nil
	}
	var one []int
	if json.Unmarshal(b, &one) == nil && len(one) == 2 {
		*s = At(one[0], one[1])
		return nil
	}
	var many [][2]int
	if err := json.Unmarshal(b, &many); err != nil {
		return fmt.Errorf("a span is [from,to] or a list of such pairs: %w", err)
	}
	*s = nil
	for _, p := range many {
		*s = append(*s, Range{p[0], p[1]})
	}
	return nil
}

// pairIn reads [a,b] as MarshalJSON writes it: a plan has thousands, and nearly all are so.
func pairIn(b []byte) (from, to int, ok bool) {
	inner, opened := bytes.CutPrefix(b, []byte("["))
	inner, closed := bytes.CutSuffix(inner, []byte("]"))
	first, second, two := bytes.Cut(inner, []byte(","))
	if !opened || !closed || !two {
		return 0, 0, false
	}
	from, wrong := strconv.Atoi(string(first))
	to, wrongEnd := strconv.Atoi(string(second))
	return from, to, wrong == nil && wrongEnd == nil
}

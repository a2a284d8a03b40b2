package web

import (
	"sort"
	"strings"

	"luoshi/document"
)

// Mark is a run of the document's words that something was read from.
type Mark struct {
	Key   string // tells marks apart on a page: t-0AK…, m-0AK…, q-0AK…
	Class string // lamp, or v and qs in the review
	Span  document.Span
	Link  string // where its words lead to; they are then a place to be led to themselves, s- and the key

	Instead string // the sentence that stands once in the place of its words, which are not shown
}

// Segment is a run of runes under the same marks. Ending are the keys of the
// marks whose last piece ends with it: their chips stand behind it.
type Segment struct {
	Text   string
	Marks  []Mark
	Ending []string
	Begins []string // keys of the marks with a link that begin with it

	Hidden  bool   // not shown
	Instead string // the sentence in its place, where the hidden words begin
}

// Class is the class that the run is shown with: that of its first mark.
func (s Segment) Class() string {
	if len(s.Marks) == 0 {
		return ""
	}
	return s.Marks[0].Class
}

// Keys names the marks of the run, for finding all pieces of one.
func (s Segment) Keys() string {
	keys := make([]string, len(s.Marks))
	for i, m := range s.Marks {
		keys[i] = m.Key
	}
	return strings.Join(keys, " ")
}

// Paragraph is a line of the stored text with its line break: the paragraphs of
// a document, put together, are its text rune for rune.
type Paragraph struct {
	Start    int // rune offset
	Segments []Segment
	Indented bool // begins with blanks of its own
	Blank    bool
}

// Paragraphs cuts the runes [from,to) of a text into lines and runs under marks.
func Paragraphs(text []rune, from, to int, marks []Mark) []Paragraph {
	marks = touching(marks, from, to)
	cuts := cutsOf(marks, from, to)
	var out []Paragraph
	for at := from; at < to; {
		end := at
		for end < to && text[end] != '\n' {
			end++
		}
		if end < to {
			end++ // the line break belongs to its line
		}
		line := strings.TrimSpace(string(text[at:end]))
		p := Paragraph{Start: at, Blank: line == "", Indented: line != "" && (text[at] == ' ' || text[at] == '　' || text[at] == '\t')}
		for at < end {
			next := end
			if i := sort.SearchInts(cuts, at+1); i < len(cuts) && cuts[i] < end {
				next = cuts[i]
			}
			p.Segments = append(p.Segments, segment(text, at, next, marks))
			at = next
		}
		out = append(out, p)
	}
	return out
}

// DealMarks gives each part of a text, from where it begins to where the next does, the
// marks of which a piece lies in it, in the order in which they came.
func DealMarks(marks []Mark, starts []int) [][]Mark {
	parts := make([][]Mark, len(starts))
	for _, m := range marks {
		first := max(0, sort.SearchInts(starts, m.Span.Start()+1)-1)
		for k := first; k < len(starts) && starts[k] < m.Span.End(); k++ {
			parts[k] = append(parts[k], m)
		}
	}
	return parts
}

// touching keeps the marks of which a piece lies in [from,to).
func touching(marks []Mark, from, to int) []Mark {
	var out []Mark
	for _, m := range marks {
		if m.Span.Start() < to && from < m.Span.End() {
			out = append(out, m)
		}
	}
	return out
}

func cutsOf(marks []Mark, from, to int) []int {
	var cuts []int
	for _, m := range marks {
		for _, r := range m.Span {
			for _, c := range []int{r.Start, r.End} {
				if from < c && c < to {
					cuts = append(cuts, c)
				}
			}
		}
	}
	sort.Ints(cuts)
	return cuts
}

func segment(text []rune, from, to int, marks []Mark) Segment {
	s := Segment{Text: string(text[from:to])}
	for _, m := range marks {
		for _, r := range m.Span {
			if r.Start <= from && to <= r.End {
				if m.Instead != "" {
					if s.Hidden = true; from == m.Span.Start() {
						s.Instead = m.Instead
					}
					continue
				}
				s.Marks = append(s.Marks, m)
				if from == m.Span.Start() && m.Link != "" {
					s.Begins = append(s.Begins, m.Key)
				}
				if to == m.Span.End() {
					s.Ending = append(s.Ending, m.Key)
				}
			}
		}
	}
	return s
}

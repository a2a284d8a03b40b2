package plan

import (
	"sort"
	"strings"

	"luoshi/document"
)

// Place is a spot of a document that a hint or a change is about.
type Place struct {
	Item  string        `json:"item"` // path of the node, for display; "" before the first
	Node  int           `json:"node"` // its ordinal, or 0
	Line  int           `json:"line"` // of the stored text, from 1
	Span  document.Span `json:"span"`
	Words string        `json:"words"` // as stored, without line breaks
}

// sheet is a document laid out for looking at it again once its structure is known.
// It stands on the structure's outline and not on the view's own reading, so that
// numbering which is not in the words (a list of a word processor) holds too.
type sheet struct {
	view  *document.View
	nodes []document.Node
	items []document.Heading // one for each of nodes
	lines []int              // where lines of the stored text begin
}

func newSheet(source document.Source, s Structure) *sheet {
	v := document.NewSourceView(source)
	sh := &sheet{view: v, nodes: s.Outline, lines: []int{0}}
	for i, c := range v.Text {
		if c == '\n' {
			sh.lines = append(sh.lines, i+1)
		}
	}
	sh.items = make([]document.Heading, len(s.Outline))
	for i, n := range s.Outline {
		h := document.Heading{Node: n, From: sh.at(n.Span.Start()), To: len(v.Runes)}
		if i > 0 {
			sh.items[i-1].To = max(h.From, sh.items[i-1].From)
		}
		sh.items[i] = h
	}
	for i := range sh.items {
		sh.items[i].TitleAt = sh.titleAt(sh.items[i])
	}
	return sh
}

// at is the place in the view of a rune of the stored text, or of the next one
// that is no layout.
func (sh *sheet) at(stored int) int { return sort.SearchInts(sh.view.At, stored) }

// farTitle is how far behind the beginning of its node a title may begin.
const farTitle = 24

// titleAt finds the title of a node in the view, behind its counter; a node without
// one has an empty title there.
func (sh *sheet) titleAt(h document.Heading) document.Range {
	title := []rune(strings.TrimRight(fold(h.Title), "\n"))
	for i := h.From; i <= h.From+farTitle && i+len(title) <= h.To && len(title) > 0; i++ {
		if string(sh.view.Runes[i:i+len(title)]) == string(title) {
			return document.Range{Start: i, End: i + len(title)}
		}
	}
	start := h.From
	number := []rune(document.Fold(h.Number))
	for i := h.From; i <= h.From+1 && i+len(number) <= h.To; i++ {
		if len(number) > 0 && string(sh.view.Runes[i:i+len(number)]) == string(number) {
			start = i + len(number)
		}
	}
	for start > h.From && start < h.To && strings.ContainsRune("),、. ", sh.view.Runes[start]) {
		start++
	}
	return document.Range{Start: start, End: start}
}

// line is the number, from 1, of the line of the stored text that holds a rune.
func (sh *sheet) line(stored int) int {
	return sort.Search(len(sh.lines), func(k int) bool { return sh.lines[k] > stored })
}

// holds gives the index of the node whose own words hold the place in the view, or -1.
func (sh *sheet) holds(i int) int {
	return sort.Search(len(sh.items), func(k int) bool { return sh.items[k].From > i }) - 1
}

// place describes the words [from, to) of the view.
func (sh *sheet) place(from, to int) Place {
	p := Place{Span: sh.view.Span(from, to)}
	p.Words = document.Quote(sh.view.Text, p.Span)
	if len(p.Span) > 0 {
		p.Line = sh.line(p.Span.Start())
	}
	if k := sh.holds(from); k >= 0 {
		p.Item, p.Node = sh.nodes[k].Path, sh.nodes[k].Ordinal
	}
	return p
}

// within gives the place in the view of a span of the stored text.
func (sh *sheet) within(s document.Span) document.Range {
	if len(s) == 0 {
		return document.Range{}
	}
	return document.Range{Start: sh.at(s.Start()), End: sh.at(s.End())}
}

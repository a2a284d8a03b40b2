package plan

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/document"
)

// Hint tells the author of a draft what to change before it is issued. The same
// advice about many places is one hint.
type Hint struct {
	Kind   string `json:"kind"`
	Weight Weight `json:"weight"`
	Text   string `json:"text"` // Pattern filled with Args, in Chinese
	// Pattern is a constant sentence with a %s for each of Args, so that it can be
	// said in any language.
	Pattern string   `json:"-"`
	Args    []string `json:"args"`
	Places  []Place  `json:"places"` // in the order of the text; at least one
}

// Weight ranks hints: what contradicts itself comes before what leaves a reader
// in doubt, and that before what is only said badly.
type Weight int

const (
	Wording       Weight = 1 + iota // 写法
	Unclear                         // 说不清
	Contradiction                   // 对不上
)

// longestHint is the longest quote of a hint in runes: enough to find it by.
const longestHint = 40

// linter gathers the hints about one document. Each subject has its file.
type linter struct {
	reader // looks things up in the words; out is the structure as it was given
	sheet  *sheet
	hints  []Hint
	spirit []bool         // nodes that say why and in what spirit
	given  map[string]int // index of the hint that gave this advice
}

// Lint looks through a draft for what nobody could carry out or check, and says
// where and what to change. It invents nothing: no number, no indicator, no date.
// The heaviest come first. The structure must have been read from the same file.
func Lint(source document.Source, s Structure) []Hint {
	sh := newSheet(source, s)
	l := &linter{sheet: sh, reader: reader{view: sh.view, items: sh.items, dates: sh.view.Dates(), out: s}, given: map[string]int{}}
	l.year, l.dated = l.readYear()
	l.findExempt()
	l.lintForm()
	l.lintNumbering()
	l.lintAnnexes()
	l.lintPhases()
	l.lintDeadlines()
	l.lintRepeats()
	l.lintDuties()
	l.lintQuestions()
	l.lintCounts()
	l.lintWords()
	slices.SortStableFunc(l.hints, func(a, b Hint) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Places[0].Span.Start(), b.Places[0].Span.Start()))
	})
	return l.hints
}

// hint adds advice about the words of a range. What was already said in the same
// words gains a place.
func (l *linter) hint(kind string, weight Weight, at document.Range, pattern string, args ...string) {
	key := kind + pattern + strings.Join(args, "\x00")
	k, said := l.given[key]
	if !said {
		k = len(l.hints)
		l.given[key] = k
		l.hints = append(l.hints, Hint{Kind: kind, Weight: weight, Text: fill(pattern, args), Pattern: pattern, Args: append([]string{}, args...)})
	}
	l.hints[k].Places = append(l.hints[k].Places, l.spot(at))
}

// spot describes the words [from, to), cut to the length of a hint's quote.
func (l *linter) spot(at document.Range) Place {
	p := l.sheet.place(at.Start, min(at.End, at.Start+longestHint))
	if words := []rune(p.Words); len(words) > longestHint { // blanks between the runes of the view
		p.Words = string(words[:longestHint])
	}
	return p
}

// exempt are headings whose items say why and in what spirit, not what is to be
// done: they need no number, no day and no owner.
var exempt = []string{"指导思想", "总体要求", "总体思路", "基本原则", "工作原则", "重要意义", "重大意义", "充分认识", "提高认识", "思想认识",
	"组织领导", "组织保障", "保障措施", "保障机制", "工作要求", "有关要求", "活动要求"}

// findExempt tells which nodes have such a heading or stand below one.
func (l *linter) findExempt() {
	l.spirit = make([]bool, len(l.out.Outline))
	for k, n := range l.out.Outline {
		l.spirit[k] = containsAny(fold(n.Title), exempt...) || n.Parent > 0 && l.spirit[n.Parent-1]
	}
}

// isExempt reports that the k-th node is such; -1 is the text before the first.
func (l *linter) isExempt(k int) bool { return k >= 0 && l.spirit[k] }

// body is where the numbered text begins: a covering letter and a preamble bind nobody.
func (l *linter) body() int {
	if len(l.items) == 0 {
		return len(l.view.Runes)
	}
	return l.items[0].From
}

package plan

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"luoshi/document"
)

// place gives where a span of the stored text stands in the view.
func (b *tabling) place(s document.Span) (from, to int) {
	return b.index(s.Start()), b.index(s.End())
}

func (b *tabling) index(text int) int { return sort.SearchInts(b.view.At, text) }

// titlePlace is where the title of a node begins, in its words [from, to).
func (b *tabling) titlePlace(n document.Node, from, to int) int {
	words := b.plain(from, to, nil)
	if before, _, found := strings.Cut(words, n.Title); found {
		return from + len([]rune(before))
	}
	return from
}

// plain are the words [from, to) as they are written, without the layout and
// without the runes that are left out; between paragraphs stands a line break.
func (b *tabling) plain(from, to int, without []document.Range) string {
	var out strings.Builder
	for _, r := range append(without, document.Range{Start: to, End: to}) {
		for at := from; at < r.Start; {
			end := at
			for end < r.Start && b.view.Runes[end] != '\n' {
				end++
			}
			out.WriteString(b.view.Words(at, end))
			if end < r.Start {
				out.WriteByte('\n')
			}
			at = end + 1
		}
		from = max(from, r.End)
	}
	return out.String()
}

const (
	wholeTitle      = 36  // runes of a title that is taken as it is
	longestTask     = 48  // runes of the title of a row
	longestMeasures = 200 // runes of the words beside it
)

// words are the title of a row and what stands beside it. A title that is a whole
// sentence gives its first clause, and the sentence stands among the measures.
// Names of units have columns of their own and are left out.
func (b *tabling) words(title string, at, to int, parties []ReadParties) (name, measures string) {
	var without []document.Range
	for _, p := range parties {
		if from, end := b.place(p.Span); from >= at && (len(without) == 0 || from >= without[len(without)-1].End) {
			without = append(without, document.Range{Start: from, End: end})
		}
	}
	if name = strings.TrimRight(taskName(title), "，,；;：:"); name == title {
		at += len([]rune(title))
	}
	measures = strings.TrimLeft(unsigned(b.plain(at, to, without)), "。．.，,；;：:、 \n")
	measures = strings.ReplaceAll(measures, "。。", "。") // around a bracket that was left out
	return name, cutAtSentence(strings.TrimSpace(measures), longestMeasures)
}

// cellMeasures are the measures of an item of a table: its cells under 措施, what a
// task says beyond its name, and what stands under 目标 without a figure. The second
// result tells an item of a table.
func (b *tabling) cellMeasures(node int) (string, bool) {
	if len(b.cells[node]) == 0 {
		return "", false
	}
	var parts []string
	for _, words := range b.cellWords(node, TaskColumn) {
		if node <= len(b.read.Outline) && words != b.read.Outline[node-1].Title {
			parts = append(parts, words)
		}
	}
	parts = append(parts, b.cellWords(node, MeasureColumn)...)
	for _, c := range b.cells[node] {
		if c.Column == TargetColumn && !b.figured(node, c.Span) {
			parts = append(parts, b.cellText(c))
		}
	}
	return cutAtSentence(strings.Join(parts, "\n"), longestMeasures), true
}

// cellWords are the words of a column in the rows of an item, each once.
func (b *tabling) cellWords(node int, column Column) []string {
	var out []string
	for _, c := range b.cells[node] {
		if words := b.cellText(c); c.Column == column && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	return out
}

func (b *tabling) cellText(c ReadCell) string {
	from, to := b.place(c.Span)
	return strings.TrimSpace(b.plain(from, to, nil))
}

// figured reports a cell that a target of the item stands in.
func (b *tabling) figured(node int, cell document.Span) bool {
	return slices.ContainsFunc(b.figures[node], func(at document.Span) bool { return overlap(at, cell) })
}

// signature is the end of a document, which stands behind its last item: the list
// of annexes, or who issued it and when.
var signature = regexp.MustCompile(`\n(?:附件[\s\S]*|(?:[^\n。；]{0,40}\n)?\d{4}年\d{1,2}月\d{1,2}日[\s\S]*)$`)

// unsigned are the words of an item without the end of the document.
func unsigned(words string) string { return signature.ReplaceAllString(words, "") }

// preludes begin a clause that says why, how or where, before the one that says
// what is to be done.
var preludes = []string{"按照", "根据", "依据", "依托", "围绕", "结合", "针对", "聚焦", "为", "对", "在", "以", "与", "到"}

// taskName is the clause of a title that names the task: the whole of a short one.
// A prelude stays before it where there is room for both.
func taskName(title string) string {
	if len([]rune(title)) <= wholeTitle {
		return title
	}
	clauses := splitClauses(title)
	for len(clauses) > 1 && startsWithAny(clauses[0], preludes...) {
		if both := clauses[0] + clauses[1]; len([]rune(both)) <= longestTask {
			return both
		}
		clauses = clauses[1:]
	}
	return shorten(clauses[0], longestTask)
}

// splitClauses parts a sentence behind its commas, but not within brackets or
// quotes, and leaves no clause of less than four runes.
func splitClauses(s string) []string {
	var out []string
	depth, start := 0, 0
	runes := []rune(s)
	for i, r := range runes {
		switch r {
		case '（', '(', '“', '《', '〔', '「':
			depth++
		case '）', ')', '”', '》', '〕', '」':
			depth--
		case '，', ',', '；', ';', '：', ':':
			if depth <= 0 && i-start >= 4 {
				out = append(out, string(runes[start:i+1]))
				start = i + 1
			}
		}
	}
	if len(runes)-start >= 4 || len(out) == 0 {
		out = append(out, string(runes[start:]))
	}
	return out
}

// cutAtSentence cuts words behind the last sentence that fits, if that leaves at
// least half of them.
func cutAtSentence(s string, runes int) string {
	r := []rune(s)
	if len(r) <= runes {
		return s
	}
	for end := runes - 1; end > runes/2; end-- {
		if strings.ContainsRune("。！？；;\n", r[end-1]) {
			return strings.TrimSpace(string(r[:end])) + "…"
		}
	}
	return shorten(s, runes)
}

// sentence is the sentence that holds the first rune of a span, in the view.
func (b *tabling) sentence(s document.Span) document.Range {
	if len(b.view.Runes) == 0 {
		return document.Range{}
	}
	from, to := b.view.Sentence(min(b.index(s.Start()), len(b.view.Runes)-1))
	return document.Range{Start: from, End: to}
}

// addLoose makes rows of the sentences before the first number.
func (b *tabling) addLoose() {
	parts := map[document.Range]*said{}
	at := func(s document.Span) *said {
		r := b.sentence(s)
		if parts[r] == nil {
			parts[r] = &said{}
		}
		return parts[r]
	}
	for _, t := range b.targets[0] {
		s := at(t.Span)
		s.targets = append(s.targets, t)
	}
	for _, d := range b.deadlines[0] {
		s := at(d.Span)
		s.deadlines = append(s.deadlines, d)
	}
	for _, r := range b.recurring[0] {
		s := at(r.Span)
		s.recurring = append(s.recurring, r)
	}
	for _, p := range b.phases[0] {
		s := at(p.Span)
		s.phases = append(s.phases, p)
	}
	order := make([]document.Range, 0, len(parts))
	for r := range parts {
		order = append(order, r)
	}
	sort.Slice(order, func(i, k int) bool { return order[i].Start < order[k].Start })
	for _, r := range order {
		var t Task
		t.Title, t.Measures = b.words(strings.TrimSpace(b.plain(r.Start, r.End, nil)), r.Start, r.End, nil)
		b.promise(&t, *parts[r])
		b.sentences[r] = b.add(t)
	}
}

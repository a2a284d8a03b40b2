package plan

import "luoshi/document"

// shortestRepeat is how long a clause must be, in runes without signs, for its
// second occurrence to be no accident of wording.
const shortestRepeat = 12

// lintRepeats looks for clauses that stand in the text twice: they would be counted,
// assigned and asked about twice.
func (l *linter) lintRepeats() {
	clauses := l.longClauses()
	first := map[string]int{}
	shown := map[int]bool{}
	follows := -1 // the clause that would go on with the last repeat
	for k, at := range clauses {
		key := contentKey(l.view.Runes, at.Start, at.End)
		j, seen := first[key]
		if !seen {
			first[key], follows = k, -1
			continue
		}
		places := []document.Range{clauses[j], at}
		if shown[j] {
			places = places[1:]
		}
		if j != follows { // else it is only the next clause of a repeated sentence
			shown[j] = true
			for _, p := range places {
				l.hint("repeat", Contradiction, p, "“%s”写了不止一次：留一处，别处写明见哪一条，免得一件事派两次、报两次。", l.spot(clauses[j]).Words)
			}
		}
		follows = j + 1
	}
}

// longClauses are the clauses of the numbered text that are long enough, without
// titles, without names and without who is responsible.
func (l *linter) longClauses() []document.Range {
	owners := document.NewOwners(l.items)
	parties := l.out.Responsible
	var out []document.Range
	for i := l.body(); i < len(l.view.Runes); {
		from, to := i, i
		for to < len(l.view.Runes) && !isClauseEnd(l.view.Runes[to]) {
			to++
		}
		i = to + 1
		for len(parties) > 0 && l.sheet.within(parties[0].Span).End <= from {
			parties = parties[1:]
		}
		if len(parties) > 0 && l.sheet.within(parties[0].Span).Start < to {
			continue
		}
		if k := owners.At(from); k >= 0 && from < l.items[k].TitleAt.Start {
			from = min(l.items[k].TitleAt.Start, to)
		}
		if len([]rune(contentKey(l.view.Runes, from, to))) >= shortestRepeat {
			out = append(out, document.Range{Start: from, End: to})
		}
	}
	return out
}

func isClauseEnd(c rune) bool {
	switch c {
	case '\n', '。', '!', '?', ',', ';', ':':
		return true
	}
	return false
}

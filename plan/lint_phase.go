package plan

import (
	"luoshi/calendar"
	"luoshi/document"
)

// run is a phase with its first and last day, the empty day where it is open.
type run struct {
	name        string
	first, last calendar.Day
	at          document.Range
}

// runs gives the phases in groups that follow one another: those below one heading,
// or the paragraphs of one item.
func (l *linter) runs() [][]run {
	inNode := map[int]int{}
	for _, p := range l.out.Phases {
		inNode[p.Node]++
	}
	var groups [][]run
	index := map[[2]int]int{}
	for _, p := range l.out.Phases {
		key := [2]int{0, p.Node}
		if inNode[p.Node] == 1 && p.Node > 0 {
			key = [2]int{1, l.out.Outline[p.Node-1].Parent}
		}
		k, seen := index[key]
		if !seen {
			k = len(groups)
			index[key] = k
			groups = append(groups, nil)
		}
		groups[k] = append(groups[k], run{p.Name, edgeDay(p.Start, false), edgeDay(p.End, true), l.sheet.within(p.Span)})
	}
	return groups
}

// edgeDay is the first or last day of YYYY-MM or YYYY-MM-DD.
func edgeDay(s *string, last bool) calendar.Day {
	if s == nil {
		return ""
	}
	if day, err := calendar.ParseDay(*s); err == nil {
		return day
	}
	first, err := calendar.ParseDay(*s + "-01")
	if err != nil || !last {
		return first
	}
	t := first.Time()
	return calendar.MonthEnd(t.Year(), int(t.Month()))
}

// lintPhases looks for stages that end before they begin, and for days between
// stages that belong to none or to two.
func (l *linter) lintPhases() {
	for _, group := range l.runs() {
		for k, p := range group {
			if p.first != "" && p.last != "" && p.last < p.first {
				l.hint("phase_reversed", Contradiction, p.at, "“%s”%s开始、%s结束，结束早于开始。", p.name, spoken(p.first), spoken(p.last))
				continue
			}
			if k == 0 || group[k-1].last == "" || p.first == "" || group[k-1].last < group[k-1].first {
				continue
			}
			before := group[k-1]
			switch next := before.last.AddDays(1); {
			case p.first > next:
				l.hint("phase_gap", Contradiction, p.at, "“%s”%s结束，“%s”%s才开始，中间有空当：写明这一段做什么。", before.name, spoken(before.last), p.name, spoken(p.first))
			case p.first < next:
				l.hint("phase_overlap", Contradiction, p.at, "“%s”%s才结束，“%s”%s已经开始，两个阶段重叠：把日期错开，或者写明同时进行。", before.name, spoken(before.last), p.name, spoken(p.first))
			}
		}
	}
}

// lintDeadlines looks for due times that lie outside all stages, or before the
// document itself.
func (l *linter) lintDeadlines() {
	first, last := l.span()
	issued := l.issued
	for _, d := range l.out.Deadlines {
		day, at := calendar.Day(d.Date), l.sheet.within(d.Span)
		switch {
		case issued != "" && day < issued:
			l.hint("deadline_before_document", Contradiction, at, "期限%s早于文件的日期%s。", spoken(day), spoken(issued))
		case last != "" && day > last:
			l.hint("deadline_outside_phases", Contradiction, at, "期限%s在各阶段之后，最后一个阶段%s结束。", spoken(day), spoken(last))
		case first != "" && day < first:
			l.hint("deadline_outside_phases", Contradiction, at, "期限%s在各阶段之前，第一个阶段%s开始。", spoken(day), spoken(first))
		}
	}
}

// span is from the first day of the first stage to the last day of the last, where
// the plan has at least two stages and none of that side is open.
func (l *linter) span() (first, last calendar.Day) {
	runs, openFirst, openLast := 0, false, false
	for _, group := range l.runs() {
		for _, p := range group {
			if p.first == "" && p.last == "" {
				continue
			}
			runs++
			openFirst, openLast = openFirst || p.first == "" && first == "", openLast || p.last == ""
			if p.first != "" && (first == "" || p.first < first) {
				first = p.first
			}
			last = max(last, p.last)
		}
	}
	if runs < 2 || openFirst {
		first = ""
	}
	if runs < 2 || openLast {
		last = ""
	}
	return first, last
}

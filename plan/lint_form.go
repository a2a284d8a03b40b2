package plan

import (
	"strconv"
	"strings"

	"luoshi/document"
)

// lengthLimits are how long a document should be, in characters without blanks:
// data with their source, the longest first.
var lengthLimits = []struct {
	runes   int
	special bool // for documents about one special task
	source  string
}{
	{5000, false, "中办国办 2024-08-06 《若干规定》"},
	{4000, true, "中办国办 2024-08-06 《若干规定》"},
}

// lintForm looks at the document as a whole: its length, its number and its date.
func (l *linter) lintForm() {
	if len(l.view.Runes) == 0 {
		return
	}
	first := l.view.Paragraphs[0]
	length := 0
	for _, c := range l.view.Runes {
		if c != '\n' && c != ' ' {
			length++
		}
	}
	for _, limit := range lengthLimits {
		if length <= limit.runes {
			continue
		}
		said, allowed := strconv.Itoa(length), strconv.Itoa(limit.runes)
		if limit.special {
			l.hint("too_long", Wording, first, "全文 %s 字：如果是部署专项工作的，不超过 %s 字（%s），请压缩。", said, allowed, limit.source)
		} else {
			l.hint("too_long", Wording, first, "全文 %s 字，超过 %s 字（%s），请压缩，把表格和名单放进附件。", said, allowed, limit.source)
		}
		break
	}
	if len(l.items) == 0 {
		return
	}
	for _, q := range l.out.Questions {
		if q.Kind == "missing_document_number" {
			l.hint("no_document_number", Wording, l.sheet.within(q.Span), "没有文号：印发前补上。")
		}
	}
	if l.issued == "" {
		l.hint("no_document_date", Wording, first, "没有成文日期：印发前补上，“今年”“年底前”都要靠它。")
	}
}

// lintNumbering looks for counters that jump or come twice among the items below one.
func (l *linter) lintNumbering() {
	last := map[int]int{} // of each parent, the index of its last item
	for k, n := range l.out.Outline {
		before, seen := last[n.Parent]
		last[n.Parent] = k
		if !seen {
			continue
		}
		was, is := document.CounterValue(l.out.Outline[before].Number), document.CounterValue(n.Number)
		at := document.Range{Start: l.items[k].From, End: max(l.heading(k).End, l.items[k].From+1)}
		switch {
		case was == 0 || is == 0 || is == was+1 || is == 1 && was > 1: // in order, or a new list
		case is > was:
			l.hint("numbering", Contradiction, at, "编号跳了：“%s”后面是“%s”。", l.out.Outline[before].Number, n.Number)
		case is == was:
			l.hint("numbering", Contradiction, at, "编号“%s”用了两次。", n.Number)
		default:
			l.hint("numbering", Contradiction, at, "编号倒了：“%s”后面是“%s”。", l.out.Outline[before].Number, n.Number)
		}
	}
}

// annexMentions point to an annex.
var annexMentions = []string{"见附件", "附件", "见附表", "附后"}

// lintAnnexes looks for annexes that the text sends its reader to and that are
// neither there nor listed.
func (l *linter) lintAnnexes() {
	present, listed := map[string]bool{}, false
	for k, p := range l.view.Paragraphs {
		n := 0
		for _, w := range []string{"附件", "附表", "附:", "附录"} {
			if l.starts(p.Start, w) {
				n = len([]rune(w))
			}
		}
		if n == 0 {
			continue
		}
		number := l.digits(p.Start + n)
		present[number] = true
		if number == "" { // 附件: 1. … 2. … lists them
			listed = true
			for j := k; j < min(k+longestList, len(l.view.Paragraphs)); j++ {
				present[l.digits(l.view.Paragraphs[j].Start)] = true
			}
			present[l.digits(p.Start+n+1)] = true
		}
	}
	for i := 0; i < len(l.view.Runes); i++ {
		if c := l.rune(i); c != '见' && c != '附' || l.rune(i-1) == '\n' || l.view.Lit(i) || l.isTitleOfAnnex(i) {
			continue
		}
		for _, w := range annexMentions {
			if !l.starts(i, w) {
				continue
			}
			end := i + len([]rune(w))
			number := l.digits(end)
			pointed := l.rune(i) == '见' || number != "" || l.rune(end) == ')' || l.ends(end, "附后")
			if pointed && !present[number] && !(number == "" && (listed || len(present) > 0)) {
				l.hint("annex_absent", Contradiction, document.Range{Start: i, End: end + len(number)}, "文中说到附件，后面没有：补上附件，或者删去这句话。")
			}
			i = end
			break
		}
	}
}

// isTitleOfAnnex reports 附件 that begins its paragraph behind a blank or a bracket.
func (l *linter) isTitleOfAnnex(i int) bool {
	return strings.ContainsRune("(“", l.rune(i-1)) && l.rune(i-2) == '\n'
}

// digits are the Arabic digits that stand at i.
func (l *linter) digits(i int) string {
	to := i
	for to-i < 3 && l.rune(to) >= '0' && l.rune(to) <= '9' {
		to++
	}
	return l.words(i, to)
}

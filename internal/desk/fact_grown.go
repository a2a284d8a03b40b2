package desk

import (
	"cmp"
	"slices"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
)

// grown gives what an indicator had come to by the end of each month: the last of it is
// the total of the span.
func grown(i fact.Indicator, cells []cellOf, months []string) map[string]fact.Figure {
	out := map[string]fact.Figure{}
	if i.Aggregation == fact.Snapshot {
		_, byMonth := added(i, cells, months)
		return byMonth
	}
	cells = slices.Clone(cells)
	slices.SortStableFunc(cells, func(a, b cellOf) int { return cmp.Compare(a.month, b.month) })
	type key struct {
		unit    id.Unit
		subject string
	}
	one := document.Whole(1)
	seen := map[key]fact.Figure{}
	var total fact.Figure
	at := 0
	for _, m := range months {
		for ; at < len(cells) && cells[at].month <= m; at++ {
			c := cells[at]
			if i.Aggregation == fact.Sum || i.Aggregation == fact.Distinct && c.subject == "" {
				total = total.Plus(c.Figure)
				continue
			}
			k := key{subject: c.subject}
			if c.subject == "" {
				k.unit = c.unit
			}
			was := seen[k]
			is := fact.Figure{Reported: max(was.Reported, min(one, c.Reported)), Counted: max(was.Counted, min(one, c.Counted)), Facts: was.Facts + c.Facts, Checked: was.Checked + c.Checked}
			seen[k], total = is, total.Plus(is.Minus(was))
		}
		out[m] = total
	}
	return out
}

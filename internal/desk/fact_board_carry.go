package desk

import (
	"cmp"
	"slices"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/org"
)

// carry takes what units said last along where they moved to another row: at the end of
// each month it stands where the unit stood then, and nowhere else.
func (a lineage) carry(cells []cellOf, months []string, rows map[id.Unit][]cellOf) {
	of := map[id.Unit][]cellOf{}
	for _, c := range cells {
		if a.everMoved(c.unit) {
			of[c.unit] = append(of[c.unit], c)
		}
	}
	for u, told := range of {
		slices.SortFunc(told, func(x, y cellOf) int { return cmp.Compare(x.month, y.month) })
		var last fact.Figure
		row := told[0].row
		for _, m := range steps(told, months) {
			if is := a.topRow(u, monthEnd(m)); is != row {
				rows[row] = append([]cellOf{{row: row, unit: u, month: m, moved: true, left: true}}, rows[row]...)
				rows[is] = append([]cellOf{{row: is, unit: u, month: m, moved: true, Figure: last}}, rows[is]...)
				row = is
			}
			for _, c := range told {
				if c.month != m {
					continue
				}
				last.Reported = c.Reported
				if c.Checked > 0 {
					last.Counted = c.Counted
				}
			}
		}
	}
}

// steps are the months of what a unit told and those of a board, from the first that it told of.
func steps(told []cellOf, months []string) (out []string) {
	for _, c := range told {
		out = append(out, c.month)
	}
	for _, m := range months {
		if m > told[0].month {
			out = append(out, m)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// everMoved reports whether a unit, or what it stood below, ever changed.
func (a lineage) everMoved(u id.Unit) bool {
	for u != 0 {
		versions := a[u]
		if len(versions) != 1 || versions[0].To != "" {
			return true
		}
		u = versions[0].Parent
	}
	return false
}

// level is that of a unit; it never changes.
func (a lineage) level(u id.Unit) org.Level {
	if len(a[u]) == 0 {
		return ""
	}
	return a[u][0].Level
}

package audit

import (
	"cmp"
	"slices"

	"luoshi/document"
	"luoshi/fault"
)

// summed is what one unit, or one township, came to in a month.
type summed struct{ indicator, unit, month string }

// worth is a figure of the recount, reported and counted.
type worth struct{ reported, counted document.Decimal }

// unitVersion is a row of units.csv.
type unitVersion struct{ parent, from, to, level string }

// counting is an indicator as it is recounted.
type counting struct{ aggregation, wanted string }

// told is a claim that stands, and whether it counts.
type told struct {
	line
	quantity document.Decimal
	counts   bool
}

// recount makes rollup.csv from the claims that stand, docs/export.md section 5: it knows
// indicators and units, and no summary.
func recount(r *Report, facts []line, indicators, units []row) map[summed]worth {
	what := map[string]counting{}
	for _, w := range indicators {
		what[w.cells[0]] = counting{w.cells[3], w.cells[5]}
	}
	tree := map[string][]unitVersion{}
	for _, w := range units {
		tree[w.cells[0]] = append(tree[w.cells[0]], unitVersion{w.cells[1], w.cells[2], w.cells[3], w.cells[4]})
	}
	in := map[summed][]told{}
	for _, l := range facts {
		c := l.cells
		i, known := what[c[factIndicator]]
		quantity, err := document.ParseDecimal(c[factQuantity])
		switch {
		case !known || tree[c[factUnit]] == nil || len(c[factDay]) != len("2011-09-23"):
			r.wrong(l.at(factTable), fault.New(fault.Invalid, "指标、单位或者日期不对，没有重数这一行。"))
			continue
		case err != nil || quantity.String() != c[factQuantity]:
			r.wrong(l.at(factTable), fault.New(fault.Invalid, "数量“%s”不是规定的写法。", c[factQuantity]))
			continue
		}
		if c[factState] != "reported" && c[factState] != "verified" {
			continue
		}
		t := told{l, quantity, c[factState] == "verified" && c[factClass] <= i.wanted}
		for _, u := range countedUnder(tree, c[factUnit], c[factDay]) {
			k := summed{c[factIndicator], u, c[factDay][:7]}
			in[k] = append(in[k], t)
		}
	}
	out := map[summed]worth{}
	for k, all := range in {
		out[k] = what[k.indicator].bring(all)
	}
	return out
}

// countedUnder gives the unit that told, and the township in which it stood on the day.
func countedUnder(tree map[string][]unitVersion, unit, day string) []string {
	on := func(u string) (unitVersion, bool) {
		var first unitVersion
		for _, v := range tree[u] {
			if v.from <= day && (v.to == "" || day <= v.to) {
				return v, true
			}
			if first.from == "" || v.from < first.from {
				first = v
			}
		}
		return first, day < first.from
	}
	own, there := on(unit)
	if !there || own.level != "village" {
		return []string{unit}
	}
	if above, there := on(own.parent); there && above.level == "township" {
		return []string{unit, own.parent}
	}
	return []string{unit}
}

// bring sums up what was told, as the indicator says.
func (i counting) bring(all []told) (w worth) {
	one := document.Whole(1)
	groups := map[string][]told{}
	for _, t := range all {
		switch {
		case i.aggregation == "sum", i.aggregation == "distinct" && t.cells[factSubject] == "":
			w.reported += t.quantity
			if t.counts {
				w.counted += t.quantity
			}
		case i.aggregation == "distinct":
			groups[t.cells[factSubject]] = append(groups[t.cells[factSubject]], t)
		default:
			groups[t.cells[factUnit]] = append(groups[t.cells[factUnit]], t)
		}
	}
	for _, of := range groups {
		slices.SortFunc(of, func(a, b told) int {
			return cmp.Or(cmp.Compare(a.cells[factDay], b.cells[factDay]), cmp.Compare(a.cells[factID], b.cells[factID]))
		})
		last := func(of []told) document.Decimal {
			switch {
			case len(of) == 0, i.aggregation == "once" && of[len(of)-1].quantity <= 0:
				return 0
			case i.aggregation == "snapshot":
				return of[len(of)-1].quantity
			}
			return one
		}
		w.reported += last(of)
		w.counted += last(slices.DeleteFunc(of, func(t told) bool { return !t.counts }))
	}
	return w
}

// checkRollUp holds the summaries of the folder to the recount.
func checkRollUp(r *Report, rows []line, want map[summed]worth) {
	for _, l := range rows {
		k := summed{l.cells[0], l.cells[1], l.cells[2]}
		w, there := want[k]
		switch {
		case !there:
			r.wrong(l.at(rollUpTable), fault.New(fault.Invalid, "多出一行：明细里没有 %s 在 %s 的数。", k.unit, k.month))
		case l.cells[3] != w.reported.String() || l.cells[4] != w.counted.String():
			r.wrong(l.at(rollUpTable), fault.New(fault.Invalid, "汇总与明细不符：表里是“%s”和“%s”，重数是“%s”和“%s”。", l.cells[3], l.cells[4], w.reported.String(), w.counted.String()))
		}
		delete(want, k)
	}
	var missing []summed
	for k := range want {
		missing = append(missing, k)
	}
	slices.SortFunc(missing, func(a, b summed) int {
		return cmp.Or(cmp.Compare(a.indicator, b.indicator), cmp.Compare(a.unit, b.unit), cmp.Compare(a.month, b.month))
	})
	for _, k := range missing {
		r.wrong(inFile(rollUpTable.path()), fault.New(fault.Invalid, "缺一行：%s", k.indicator+" "+k.unit+" "+k.month))
	}
}

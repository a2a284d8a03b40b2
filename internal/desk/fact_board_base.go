package desk

import (
	"maps"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
)

// saidFirst gives what each unit said first, of a snapshot: how it stood at the end of the
// first month by which it had said anything. The cells are in the order of months.
func saidFirst(cells []cellOf, months []string) map[id.Unit]fact.Base {
	out := map[id.Unit]fact.Base{}
	for _, c := range cells {
		is := fact.Base{Month: max(c.month, months[0]), Value: c.Reported}
		if was, said := out[c.unit]; !said || was.Month == is.Month {
			out[c.unit] = is
		}
	}
	return out
}

// basesOf adds up by months what the units of a row said first. That of a unit which moved
// goes with it.
func basesOf(first map[id.Unit]fact.Base, row []cellOf) map[string]document.Decimal {
	stands := map[id.Unit]bool{}
	for _, c := range row { // in the order of months
		stands[c.unit] = !c.left
	}
	out := map[string]document.Decimal{}
	for u, here := range stands {
		if b, said := first[u]; said && here {
			out[b.Month] += b.Value
		}
	}
	return out
}

// shiftBases adds bases to others, or takes them away where the sign is -1.
func shiftBases(to, by map[string]document.Decimal, sign document.Decimal) map[string]document.Decimal {
	if len(by) == 0 {
		return to
	}
	out := maps.Clone(to)
	if out == nil {
		out = map[string]document.Decimal{}
	}
	for m, d := range by {
		if out[m] += sign * d; out[m] == 0 {
			delete(out, m)
		}
	}
	return out
}

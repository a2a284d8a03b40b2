package facts

import (
	"slices"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/org"
)

// names reads a cell of names; what stands there is not told again. any is false where
// nothing is told.
func (c *gridChecked) names(i fact.Indicator, u org.Unit, at fact.GridSpot, words string, stands desk.GridStanding) (any bool) {
	if c.named[i.ID] == nil {
		c.named[i.ID] = map[string]org.Unit{}
	}
	here := map[string]bool{}
	for _, name := range stands.Names {
		here[fact.SubjectKey(name)] = true
		c.named[i.ID][fact.SubjectKey(name)] = u
	}
	names, doubts := fact.ReadGridNames(i, words)
	told := func(says *fault.Fault) {
		doubts = append(doubts, fact.GridDoubt{Kind: "named", Says: says, Told: true})
	}
	cell := desk.GridTold{GridSpot: at}
	for _, name := range names {
		key := fact.SubjectKey(name)
		before, known := c.named[i.ID][key]
		switch {
		case here[key]:
			told(fault.New(fault.Invalid, "“%s”这个月已经报过了，不会再报。", name))
			continue
		case known:
			told(fault.New(fault.Invalid, "“%s”在“%s”也写了，合计里只算一次。", name, before.Name))
		default:
			c.named[i.ID][key] = u
		}
		cell.Names = append(cell.Names, name)
	}
	for _, d := range doubts {
		d.Spot = at
		c.doubts = append(c.doubts, d)
	}
	if len(cell.Names) > 0 {
		c.cells = append(c.cells, cell)
	}
	return len(names)+len(doubts)+len(stands.Claims) > 0
}

// named reports a column in whose cells names stand: what stands there is shown beside the
// field, and what is typed is told beside it.
func (v factGridView) named(i id.Indicator) bool {
	return slices.ContainsFunc(v.Columns, func(c fact.Indicator) bool { return c.ID == i && c.Named() })
}

// anyNamed reports a grid with such a column.
func (v factGridView) anyNamed() bool { return slices.ContainsFunc(v.Columns, fact.Indicator.Named) }

package desk

import (
	"context"
	"slices"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// MostFactRows is how many facts one workbook holds.
const MostFactRows = 50_000

// ExportedFact is a fact in words that mean it when the sheet comes back.
type ExportedFact struct {
	FactLine
	Path      string // of the unit, below the one whose sheet it is
	Indicator string
}

// FactSheet gives the facts of a unit and those below that stand, for a workbook that can
// be given in again: each unit is named so that it is found there.
func (o *Office) FactSheet(ctx context.Context, who Who, c FactChoice) ([]ExportedFact, error) {
	c.State, c.After, c.Most = "", 0, MostFactRows
	list, err := o.Facts(ctx, who, c)
	if err != nil {
		return nil, err
	}
	if list.More {
		return nil, fault.New(fault.TooLarge, "一次最多导出 %d 条。请选一个月或者一个指标。", MostFactRows)
	}
	stands, err := o.standing(ctx, c.Unit)
	if err != nil {
		return nil, err
	}
	units := fact.NewSheetUnits(stands)
	names := map[string]string{}
	for _, i := range list.Indicators {
		names[i.ID.String()] = i.Name
	}
	slices.Reverse(list.Lines) // the oldest first, as such sheets are kept
	out := make([]ExportedFact, len(list.Lines))
	for k, l := range list.Lines {
		path := l.UnitName
		if units.Has(l.Unit) {
			path = units.Path(l.Unit)
		}
		out[k] = ExportedFact{l, path, names[l.Indicator.String()]}
	}
	return out, nil
}

// FactHome is the unit whose facts somebody sees first: their own, or the city.
func (o *Office) FactHome(ctx context.Context, who Who) (id.Unit, error) {
	for _, h := range who.Held {
		switch reach("fact.read", h.Roles) {
		case WholeCity:
			return o.CityUnit(ctx)
		case OwnUnit, Downward:
			return h.Unit, nil
		}
	}
	return 0, MayNot("fact.read")
}

// formerUnits lets the facts of units that have ended come back: they stood below the one
// whose sheet it is, and are called as they were.
func (o *Office) formerUnits(v *db.View, c *FactCheck, lines map[id.Fact]FactLine) error {
	var units []id.Unit
	for _, l := range lines {
		if !c.Units.Has(l.Unit) && !slices.Contains(units, l.Unit) {
			units = append(units, l.Unit)
		}
	}
	slices.Sort(units)
	above, err := loadLineage(v, o.city, units)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if !c.Units.Has(l.Unit) && above.below(l.Unit, c.Import.Unit, l.Day) {
			c.Units.Former(l.UnitName, l.Unit)
		}
	}
	return nil
}

package desk

import (
	"context"
	"slices"
	"strings"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// PublicUnit is a unit with where it stands and what it answers for.
type PublicUnit struct {
	Unit  org.Unit
	Above []org.Unit // from the top down
	Below []org.Unit
	Items []plan.Item // released ones that name it as lead or cooperating; without their places in plans
}

// CityUnit gives the identifier of the city itself, the top of the tree.
func (o *Office) CityUnit(ctx context.Context) (top id.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		units, err := unitsUnder(v, o.city, 0)
		if len(units) > 0 {
			top = units[0].ID
		}
		return err
	})
	return top, err
}

// Bureau gives the identifier of the body that runs the plans.
func (o *Office) Bureau(ctx context.Context) (bureau id.Unit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		u, err := loadBureau(v, o.city)
		bureau = u.ID
		return err
	})
	return bureau, err
}

// Unit gives a unit.
func (p *Public) Unit(ctx context.Context, which id.Unit) (out PublicUnit, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		if out.Unit, err = loadUnit(v, p.city, which); err != nil {
			return err
		}
		for above := out.Unit.Parent; above != 0; {
			u, err := loadUnit(v, p.city, above)
			if err != nil {
				return err
			}
			out.Above, above = append(out.Above, u), u.Parent
		}
		slices.Reverse(out.Above)
		if out.Below, err = unitsUnder(v, p.city, which); err != nil {
			return err
		}
		sights, err := loadSights(v, p.city, p.as, 0)
		if err != nil {
			return err
		}
		naming, err := itemsNaming(v, p.city, out.Unit.Name)
		for _, n := range naming {
			for _, of := range sights.of[n.ID] {
				n.Title, n.Lead, n.Cooperating = of.mask.Words(n.Title), of.mask.Words(n.Lead), of.mask.Words(n.Cooperating)
			}
			if len(sights.of[n.ID]) == 0 {
				continue
			}
			if names(n.Lead, out.Unit.Name) || names(n.Cooperating, out.Unit.Name) {
				out.Items = append(out.Items, plan.Item{ID: n.ID, Title: n.Title, Lead: n.Lead, Cooperating: n.Cooperating, Released: true})
			}
		}
		return err
	})
	return out, err
}

// names reports whether a list of units, parted by 、 as in documents, names one.
func names(list, name string) bool { return slices.Contains(strings.Split(list, "、"), name) }

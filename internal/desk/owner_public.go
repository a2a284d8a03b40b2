package desk

import (
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// PublicOwner is a unit that answers for a released item.
type PublicOwner struct {
	Unit org.Unit
	Duty org.Duty
	Post string // title of the responsible post, or empty
}

// ownersShown gives who answers for an item that is released.
func ownersShown(q db.Querier, city int64, item id.Item) (out []PublicOwner, err error) {
	owners, err := publicOwners(q, city, item)
	if err != nil {
		return nil, err
	}
	var units []id.Unit
	for _, o := range owners {
		units = append(units, o.Unit)
	}
	names, err := unitsNamed(q, city, units)
	if err != nil {
		return nil, err
	}
	for _, o := range owners {
		shown := PublicOwner{Unit: names[o.Unit], Duty: o.Duty}
		if o.Post != 0 {
			if shown.Post, err = postTitle(q, city, o.Post); err != nil {
				return nil, err
			}
		}
		out = append(out, shown)
	}
	return out, nil
}

// ownItems gives the released items that a unit answers for, and its duty in each: those
// that were assigned to it, or to one whose work it goes on with; and of those that
// nobody was assigned yet, the ones that name it.
func ownItems(s *sights, unit org.Unit) (items []plan.Item, duties map[id.Item]org.Duty, err error) {
	duties = map[id.Item]org.Duty{}
	all, err := allSuccessors(s.q, s.city)
	if err != nil {
		return nil, nil, err
	}
	places := []id.Unit{unit.ID}
	for i := 0; i < len(places); i++ {
		for _, x := range all {
			if x.Successor != places[i] {
				continue
			}
			ended, err := loadUnit(s.q, s.city, x.Unit)
			if err != nil {
				return nil, nil, err
			}
			if goesOn(ended, all) == places[i] {
				places = append(places, x.Unit)
			}
		}
	}
	for _, place := range places {
		owned, err := itemsOwned(s.q, s.city, place)
		if err != nil {
			return nil, nil, err
		}
		for _, o := range owned {
			if _, twice := duties[o.ID]; twice || len(s.of[o.ID]) == 0 {
				continue
			}
			items, duties[o.ID] = append(items, s.coverItem(o.Item)), o.Duty
		}
	}
	assigned, err := areOwned(s.q, s.city)
	if err != nil {
		return nil, nil, err
	}
	naming, err := itemsNaming(s.q, s.city, unit.Name)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range naming {
		if len(s.of[n.ID]) == 0 || assigned[n.ID] {
			continue
		}
		i := s.coverItem(plan.Item{ID: n.ID, Title: n.Title, Lead: n.Lead, Cooperating: n.Cooperating})
		switch {
		case names(i.Lead, unit.Name):
			duties[i.ID] = org.LeadDuty
		case names(i.Cooperating, unit.Name):
			duties[i.ID] = org.CooperatingDuty
		default:
			continue
		}
		items = append(items, i)
	}
	return items, duties, nil
}

// coverItem covers what is kept back of an item that is released.
func (s *sights) coverItem(i plan.Item) plan.Item {
	for _, of := range s.of[i.ID] {
		i.Title, i.Lead, i.Cooperating = of.mask.Words(i.Title), of.mask.Words(i.Lead), of.mask.Words(i.Cooperating)
	}
	i.Released = true
	return i
}

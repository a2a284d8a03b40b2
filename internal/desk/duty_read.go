package desk

import (
	"cmp"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// UnitDuties is what a unit answers for in plans in force.
type UnitDuties struct {
	Unit   org.Unit
	Own    bool // of a post that the reader holds; otherwise below it
	Duties []Duty
}

// Duty is an item of a plan in force with what its unit has to do with it. It tells
// nothing of other items.
type Duty struct {
	Owner      org.Owner
	Unit       org.Unit // that it was assigned to
	Of         org.Unit // that sees it: Unit itself, or whoever goes on with it
	Plan       plan.Plan
	Item       plan.Item
	Targets    []plan.Target
	Milestones []plan.Milestone
	Quotes     map[id.Milestone]string
	Clause     string
	Others     []OtherOwner
	Answers    bool // whether the reader may answer for the unit

	Since   calendar.Day                      // from when on it is reported as often as it is
	Reached map[id.Milestone]progress.Reached // what was said last of the milestones of the plan
	Rules   plan.LampRules                    // when a day is near
}

// OtherOwner is another unit that answers for the same item.
type OtherOwner struct {
	Unit org.Unit
	Duty org.Duty
}

// Objectable reports whether the unit may still say that a duty is not its own.
func (d Duty) Objectable() bool { return d.Owner.State != org.DutyUpheld }

// Duties gives what the units of somebody's posts answer for, and the units below them
// as far as their rights reach; those that have nothing are left out, but for their own.
func (o *Office) Duties(ctx context.Context, who Who) (out []UnitDuties, err error) {
	if !who.May("duty.read") {
		return nil, MayNot("duty.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		t, err := o.dutyTree(v)
		if err != nil {
			return err
		}
		for _, h := range who.Held {
			far := reach("duty.read", h.Roles)
			if far == "" {
				continue
			}
			own, there := t.units[h.Unit]
			if !there { // a village: the tree ends above it
				own = org.Unit{ID: h.Unit, Level: h.Level, Name: h.UnitName}
			}
			out = add(out, UnitDuties{Unit: own, Own: true})
			if far == OwnUnit {
				continue
			}
			for _, u := range t.below(h.Unit) {
				out = add(out, UnitDuties{Unit: u})
			}
		}
		if err := o.fill(v, who, t, out); err != nil {
			return err
		}
		out = slices.DeleteFunc(out, func(u UnitDuties) bool { return !u.Own && len(u.Duties) == 0 })
		return nil
	})
	return out, err
}

// add adds a unit once; as the reader's own where it is in any way.
func add(all []UnitDuties, u UnitDuties) []UnitDuties {
	for i := range all {
		if all[i].Unit.ID == u.Unit.ID {
			all[i].Own = all[i].Own || u.Own
			return all
		}
	}
	return append(all, u)
}

// UnitDuties gives what one unit answers for.
func (o *Office) UnitDuties(ctx context.Context, who Who, unit id.Unit) (out UnitDuties, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "duty.read", unit); err != nil {
			return err
		}
		t, err := o.dutyTree(v)
		if err != nil {
			return err
		}
		u, there := t.units[unit]
		if !there {
			return ErrMissing
		}
		one := []UnitDuties{{Unit: u, Own: slices.ContainsFunc(who.Held, func(h Held) bool { return h.Unit == unit })}}
		err = o.fill(v, who, t, one)
		out = one[0]
		return err
	})
	return out, err
}

// Duty gives one duty of a unit that somebody may see; unit 0 is the first of those
// that they see.
func (o *Office) Duty(ctx context.Context, who Who, item id.Item, unit id.Unit) (Duty, error) {
	var all []UnitDuties
	var err error
	if unit == 0 {
		all, err = o.Duties(ctx, who)
	} else {
		var one UnitDuties
		one, err = o.UnitDuties(ctx, who, unit)
		all = append(all, one)
	}
	if err != nil {
		return Duty{}, err
	}
	for _, u := range all {
		for _, d := range u.Duties {
			if d.Item.ID == item {
				return d, nil
			}
		}
	}
	return Duty{}, ErrMissing
}

// dutyTree is all units, and who goes on with those that ended.
type dutyTree struct {
	units      map[id.Unit]org.Unit
	ids        []id.Unit
	successors []org.Successor
}

func (o *Office) dutyTree(q db.Querier) (t dutyTree, err error) {
	all, err := unitsAbove(q, o.city)
	if err != nil {
		return t, err
	}
	parents, err := parentsOn(q, o.city, o.Today())
	if err != nil {
		return t, err
	}
	t.units = map[id.Unit]org.Unit{}
	for _, u := range all {
		if p, moves := parents[u.ID]; moves {
			u.Parent = p
		}
		t.units[u.ID] = u
		t.ids = append(t.ids, u.ID)
	}
	t.successors, err = allSuccessors(q, o.city)
	return t, err
}

// below gives the units anywhere below one that have not ended, in the order of levels.
func (t dutyTree) below(unit id.Unit) (out []org.Unit) {
	for _, one := range t.ids {
		for u := t.units[one]; u.Parent != 0; u = t.units[u.Parent] {
			if u.Parent == unit && t.units[one].To == "" {
				out = append(out, t.units[one])
				break
			}
		}
	}
	slices.SortStableFunc(out, func(a, b org.Unit) int {
		return cmp.Compare(slices.Index(org.Levels, a.Level), slices.Index(org.Levels, b.Level))
	})
	return out
}

// placesOf gives the unit itself with all that ended and that it goes on with.
func (t dutyTree) placesOf(unit id.Unit) []id.Unit {
	out := []id.Unit{unit}
	for i := 0; i < len(out); i++ {
		for _, s := range t.successors {
			if s.Successor == out[i] && !slices.Contains(out, s.Unit) && goesOn(t.units[s.Unit], t.successors) == out[i] {
				out = append(out, s.Unit)
			}
		}
	}
	return out
}

// fill loads the duties of units.
func (o *Office) fill(q db.Querier, who Who, t dutyTree, all []UnitDuties) error {
	of := map[id.Unit]int{} // which of all sees the duties of a unit
	var units []id.Unit
	for k, u := range all {
		for _, place := range t.placesOf(u.Unit.ID) {
			if _, taken := of[place]; !taken {
				of[place] = k
				units = append(units, place)
			}
		}
	}
	keys, err := dutiesOf(q, o.city, units)
	if err != nil {
		return err
	}
	slices.SortFunc(keys, func(a, b dutyKey) int { return cmp.Compare(a.plan, b.plan) })
	for len(keys) > 0 {
		n := slices.IndexFunc(keys, func(k dutyKey) bool { return k.plan != keys[0].plan })
		if n < 0 {
			n = len(keys)
		}
		if err := o.fillPlan(q, who, t, all, of, keys[:n]); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

// fillPlan adds the duties in one plan, in its order.
func (o *Office) fillPlan(q db.Querier, who Who, t dutyTree, all []UnitDuties, of map[id.Unit]int, keys []dutyKey) error {
	d, err := loadDraft(q, o.city, keys[0].plan)
	if err != nil {
		return err
	}
	doc, err := loadDocument(q, o.city, d.Plan.Document)
	if err != nil {
		return err
	}
	owners, err := ownersOfPlan(q, o.city, d.Plan.ID)
	if err != nil {
		return err
	}
	reached, err := reachedInPlan(q, o.city, d.Plan.ID)
	if err != nil {
		return err
	}
	since, err := reportingSince(q, o.city, d.Plan.ID)
	if err != nil {
		return err
	}
	rules, _, err := lampRules(q, o.city)
	if err != nil {
		return err
	}
	wanted := map[id.Item]bool{}
	for _, k := range keys {
		wanted[k.item] = true
	}
	words := newWordsOf(d.InDocument(), doc.Text)
	for _, i := range words.Items {
		if !wanted[i.ID] {
			continue
		}
		for _, w := range owners[i.ID] {
			k, seen := of[w.Unit]
			if !seen {
				continue
			}
			duty := Duty{Owner: w, Unit: t.units[w.Unit], Of: all[k].Unit, Plan: d.Plan, Item: i, Targets: words.targets[i.ID], Milestones: words.milestones[i.ID],
				Quotes: map[id.Milestone]string{}, Reached: reached, Rules: rules, Since: max(w.SetDay, since[i.ID]), Clause: words.clause(i)}
			for _, m := range duty.Milestones {
				duty.Quotes[m.ID] = words.quote(m)
			}
			for _, x := range owners[i.ID] {
				if x.Unit != w.Unit {
					duty.Others = append(duty.Others, OtherOwner{t.units[x.Unit], x.Duty})
				}
			}
			if _, duty.Answers, err = o.postOver(q, who, "duty.answer", all[k].Unit.ID); err != nil {
				return err
			}
			all[k].Duties = append(all[k].Duties, duty)
		}
	}
	return nil
}

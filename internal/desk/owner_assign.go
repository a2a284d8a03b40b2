package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// Assignment says which units answer for an item from now on; none at all takes it away
// from whoever did.
type Assignment struct {
	Item   id.Item
	Owners []org.Owner // of which Unit, Duty and Post count
}

// mostAssigned is how many items one act assigns.
const mostAssigned = 500

// AssignItems (分给单位) says who answers for items of a plan in force, in the place of
// whoever did. What a unit said to a duty that stays with it stays said.
func (o *Office) AssignItems(ctx context.Context, cmd db.Cmd, p id.Plan, all []Assignment) error {
	if err := checkAssignments(all); err != nil {
		return err
	}
	return o.write(ctx, cmd.Of("item.assign", []any{p, all}), "item.assign", func(tx *db.Tx) error {
		return o.assign(tx, p, func(map[id.Item][]org.Owner) ([]Assignment, error) { return all, nil })
	})
}

func checkAssignments(all []Assignment) error {
	if len(all) == 0 {
		return fault.New(fault.Invalid, "还没有勾任务。请先勾上要分的。")
	}
	if len(all) > mostAssigned {
		return fault.New(fault.TooLarge, "一次最多分 %d 条任务。", mostAssigned)
	}
	for _, a := range all {
		if err := org.CheckOwners(a.Owners); err != nil {
			return err
		}
	}
	return nil
}

// AssignProposed assigns all items of a plan that nobody answers for yet, and in whose
// words a lead is found for certain; at most mostAssigned at a time.
func (o *Office) AssignProposed(ctx context.Context, cmd db.Cmd, who Who, p id.Plan) error {
	v, err := o.PlanOwners(ctx, who, p)
	if err != nil {
		return err
	}
	all := v.proposals()
	return o.write(ctx, cmd.Of("item.assign_proposed", p), "item.assign", func(tx *db.Tx) error {
		return o.assign(tx, p, func(owners map[id.Item][]org.Owner) ([]Assignment, error) {
			still := slices.DeleteFunc(slices.Clone(all), func(a Assignment) bool { return len(owners[a.Item]) > 0 })
			if len(still) == 0 {
				return nil, fault.New(fault.Conflict, "没有可以照建议定下的任务：都分好了，或者文件里的话认不准是哪个单位。")
			}
			return still, nil
		})
	})
}

// PassOn puts the unit that goes on with one that ended in its place, for all items of a plan.
func (o *Office) PassOn(ctx context.Context, cmd db.Cmd, p id.Plan, ended id.Unit) error {
	return o.write(ctx, cmd.Of("item.pass_on", []any{p, ended}), "item.assign", func(tx *db.Tx) error {
		all, err := allSuccessors(tx, o.city)
		if err != nil {
			return err
		}
		u, err := loadUnit(tx, o.city, ended)
		if err != nil {
			return err
		}
		next := goesOn(u, all)
		if u.To == "" || next == 0 {
			return fault.New(fault.Conflict, "%s 没有撤销，或者没有写明谁接着办。请逐条改。", u.Name)
		}
		return o.assign(tx, p, func(owners map[id.Item][]org.Owner) (out []Assignment, err error) {
			for item, of := range owners {
				if slices.ContainsFunc(of, func(w org.Owner) bool { return w.Unit == ended }) {
					out = append(out, Assignment{item, passedOn(of, ended, next)})
				}
			}
			slices.SortFunc(out, func(a, b Assignment) int { return cmp.Compare(a.Item, b.Item) })
			if len(out) > mostAssigned {
				out = out[:mostAssigned]
			}
			return out, nil
		})
	})
}

// passedOn puts a unit into the place of another; where it had a duty itself, the
// stronger of the two is its own.
func passedOn(owners []org.Owner, ended, next id.Unit) (out []org.Owner) {
	lead := slices.ContainsFunc(owners, func(w org.Owner) bool { return w.Duty == org.LeadDuty && (w.Unit == ended || w.Unit == next) })
	there := false
	for _, w := range owners {
		if w.Unit == ended {
			w = org.Owner{Item: w.Item, Unit: next, Duty: w.Duty}
		}
		if w.Unit == next {
			if there {
				continue
			}
			there = true
			if lead {
				w.Duty = org.LeadDuty
			}
		}
		out = append(out, w)
	}
	return out
}

// assign saves assignments, which are made when the owners of now are known.
func (o *Office) assign(tx *db.Tx, p id.Plan, of func(owners map[id.Item][]org.Owner) ([]Assignment, error)) error {
	stands, err := loadPlan(tx, o.city, p)
	if err != nil {
		return err
	}
	if err := checkAssignable(stands); err != nil {
		return err
	}
	items, err := loadItems(tx, o.city, p)
	if err != nil {
		return err
	}
	before, err := ownersOfPlan(tx, o.city, p)
	if err != nil {
		return err
	}
	all, err := of(before)
	if err != nil {
		return err
	}
	if err := o.checkChosen(tx, before, all); err != nil {
		return err
	}
	byID := map[id.Item]plan.Item{}
	for _, i := range items {
		byID[i.ID] = i
	}
	var which []id.Item
	var rows []org.Owner
	for _, a := range all {
		item, ok := byID[a.Item]
		if !ok {
			return fault.New(fault.Conflict, "要分的任务里，有的已经不在这个方案里了。请回到页面上重新选。")
		}
		owners := make([]org.Owner, len(a.Owners))
		for i, w := range a.Owners {
			owners[i] = org.Owner{Item: a.Item, Unit: w.Unit, Duty: w.Duty, Post: w.Post}
		}
		which = append(which, a.Item)
		rows = append(rows, org.Assigned(before[a.Item], owners, saidBy(item), tx.Today())...)
		tx.Append(org.AssignedEntry(p, a.Item, owners))
	}
	if err := deleteOwners(tx, o.city, which); err != nil {
		return err
	}
	if err := saveOwners(tx, o.city, rows); err != nil {
		return err
	}
	return tx.Later(JobCheckpoint, int64(p))
}

func checkAssignable(p plan.Plan) error {
	switch p.State {
	case plan.Drafted:
		return fault.New(fault.Conflict, "方案还没有启用。先启用，再把任务分给单位。")
	case plan.Closed:
		return plan.ErrClosed
	}
	return nil
}

// checkChosen says what keeps units and posts from becoming owners. Those that are so
// already were looked at then.
func (o *Office) checkChosen(q db.Querier, before map[id.Item][]org.Owner, all []Assignment) error {
	var units []id.Unit
	posts := map[id.Post]id.Unit{}
	for _, a := range all {
		for _, w := range a.Owners {
			k := slices.IndexFunc(before[a.Item], func(b org.Owner) bool { return b.Unit == w.Unit })
			if k < 0 && !slices.Contains(units, w.Unit) {
				units = append(units, w.Unit)
			}
			if w.Post != 0 && (k < 0 || before[a.Item][k].Post != w.Post) {
				posts[w.Post] = w.Unit
			}
		}
	}
	known, err := unitsNamed(q, o.city, units)
	if err != nil {
		return err
	}
	for _, u := range units {
		if known[u].ID == 0 {
			return ErrMissing
		}
		if known[u].To != "" {
			return fault.New(fault.Conflict, "%s 已经撤销，不能再分给它。请选接着办的单位。", known[u].Name).In("lead")
		}
	}
	for post, unit := range posts {
		p, err := loadPost(q, o.city, post)
		if err != nil {
			return err
		}
		if p.Unit != unit || p.To != "" {
			return fault.New(fault.Conflict, "“%s”不是所选单位里现有的岗位。请重新选责任岗位。", p.Title).In("post")
		}
	}
	return nil
}

// saidBy are the words of the document that say who answers for an item.
func saidBy(i plan.Item) string {
	return strings.Join([]string{i.Lead, i.Cooperating, i.Responsible}, "\n")
}

// goesOn is the unit that goes on with one that ended, from the day after its last; 0
// where nobody does, or several do.
func goesOn(ended org.Unit, all []org.Successor) (next id.Unit) {
	if ended.To == "" {
		return 0
	}
	for _, s := range all {
		if s.Unit == ended.ID && s.From == ended.To.AddDays(1) {
			if next != 0 {
				return 0
			}
			next = s.Successor
		}
	}
	return next
}

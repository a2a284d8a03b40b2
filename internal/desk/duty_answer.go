package desk

import (
	"context"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// AnswerDuty (接受、退回) says for a unit that it takes on what it was assigned, or why
// not. For a unit that ended, whoever goes on with it answers.
func (o *Office) AnswerDuty(ctx context.Context, cmd db.Cmd, item id.Item, unit id.Unit, accept bool, reason string) error {
	answering := func(tx *db.Tx) (id.Unit, error) { return o.presentUnit(tx, unit) }
	return o.writeOver(ctx, cmd.Of("duty.answer", []any{item, unit, accept, reason}), "duty.answer", answering, func(tx *db.Tx, _ Who) error {
		return o.changeDuty(tx, item, unit, func(w org.Owner) (org.Owner, error) {
			now, err := w.Answered(accept, reason, tx.Cmd().Actor, tx.Today())
			if err == nil {
				tx.Append(now.AnsweredEntry())
			}
			return now, err
		})
	})
}

// UpholdDuty (仍由你单位办) leaves a duty with a unit that objected to it.
func (o *Office) UpholdDuty(ctx context.Context, cmd db.Cmd, item id.Item, unit id.Unit, reply string) error {
	return o.write(ctx, cmd.Of("duty.uphold", []any{item, unit, reply}), "item.assign", func(tx *db.Tx) error {
		return o.changeDuty(tx, item, unit, func(w org.Owner) (org.Owner, error) {
			now, err := w.Upheld(reply)
			if err == nil {
				tx.Append(now.UpheldEntry())
			}
			return now, err
		})
	})
}

func (o *Office) changeDuty(tx *db.Tx, item id.Item, unit id.Unit, change func(org.Owner) (org.Owner, error)) error {
	before, err := loadOwner(tx, o.city, item, unit)
	if err != nil {
		return err
	}
	p, err := planOfItem(tx, o.city, item)
	if err != nil {
		return err
	}
	stands, err := loadPlan(tx, o.city, p)
	if err != nil {
		return err
	}
	if err := checkAssignable(stands); err != nil {
		return err
	}
	i, err := loadItem(tx, o.city, p, item)
	if err != nil {
		return err
	}
	if i.Standing != plan.Stands {
		return ErrMissing
	}
	now, err := change(before)
	if err != nil {
		return err
	}
	return saveOwners(tx, o.city, []org.Owner{now})
}

// presentUnit is the unit itself while it is there, else whoever goes on with it.
func (o *Office) presentUnit(q db.Querier, unit id.Unit) (id.Unit, error) {
	u, err := loadUnit(q, o.city, unit)
	if err != nil || u.To == "" || u.To >= o.Today() {
		return unit, err
	}
	all, err := allSuccessors(q, o.city)
	if err != nil {
		return unit, err
	}
	for range all { // each step goes to a later unit
		next := goesOn(u, all)
		if next == 0 {
			break
		}
		if u, err = loadUnit(q, o.city, next); err != nil {
			return unit, err
		}
	}
	return u.ID, nil
}

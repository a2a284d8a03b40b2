package desk

import (
	"context"
	"errors"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// TakeIntoForce (启用) freezes a draft inside the office.
func (o *Office) TakeIntoForce(ctx context.Context, cmd db.Cmd, p id.Plan, f plan.Force) error {
	return o.write(ctx, cmd.Of("plan.force", struct {
		Plan id.Plan
		plan.Force
	}{p, f}), "plan.force", func(tx *db.Tx) error {
		d, err := loadDraft(tx, o.city, p)
		if err != nil {
			return err
		}
		if d.Plan, err = plan.TakeIntoForce(d.Plan, len(d.Items), f, cmd.Account, tx.Today()); err != nil {
			return err
		}
		doc, err := loadDocument(tx, o.city, d.Plan.Document)
		if err != nil {
			return err
		}
		d.Freeze()
		off := plan.PutOff(d.Questions)
		if err := errors.Join(savePlan(tx, o.city, d.Plan), saveQuestions(tx, o.city, p, cmd.Account, off)); err != nil {
			return err
		}
		if err := freezeRevisions(tx, o.city, p); err != nil {
			return err
		}
		tx.Append(plan.ForceEntries(d, doc.Hash, doc.Original, doc.Runes)...)
		return tx.Later(JobCheckpoint, int64(p))
	})
}

// JobCheckpoint signs the ledger at once, so that an act that counts is
// anchored within a second and not at the next full minute. Signing the same
// log twice changes nothing.
const JobCheckpoint = "ledger.checkpoint"

// Publish (公开) makes a plan in force public, with the chosen items.
func (o *Office) Publish(ctx context.Context, cmd db.Cmd, p id.Plan, chosen []id.Item) error {
	return o.write(ctx, cmd.Of("plan.publish", []any{p, chosen}), "plan.publish", func(tx *db.Tx) error {
		stands, items, err := loadChosen(tx, o.city, p, chosen)
		if err != nil {
			return err
		}
		if stands, err = plan.Publish(stands, len(items), cmd.Account, tx.Today()); err != nil {
			return err
		}
		return o.release(tx, stands, items, true)
	})
}

// PublishItems makes further items of a public plan public.
func (o *Office) PublishItems(ctx context.Context, cmd db.Cmd, p id.Plan, chosen []id.Item) error {
	return o.write(ctx, cmd.Of("plan.publish_items", []any{p, chosen}), "plan.publish", func(tx *db.Tx) error {
		stands, items, err := loadChosen(tx, o.city, p, chosen)
		if err != nil {
			return err
		}
		if err := plan.PublishMore(stands, len(items), cmd.Account); err != nil {
			return err
		}
		return o.release(tx, stands, items, false)
	})
}

func (o *Office) release(tx *db.Tx, p plan.Plan, items []plan.Item, whole bool) error {
	ids := make([]id.Item, len(items))
	for i := range items {
		items[i].Released = true
		ids[i] = items[i].ID
	}
	if err := saveItems(tx, o.city, items); err != nil {
		return err
	}
	if err := savePlan(tx, o.city, p); err != nil {
		return err
	}
	tx.Append(plan.PublishEntries(p, ids, whole)...)
	return tx.Later(JobCheckpoint, int64(p.ID))
}

var errNotItsItem = fault.New(fault.Invalid, "勾上的任务里，有的不是这个方案的。请刷新页面再勾。").In("items")

// loadChosen gives a plan and those of the chosen items that are its own and not yet public.
func loadChosen(q db.Querier, city int64, p id.Plan, chosen []id.Item) (plan.Plan, []plan.Item, error) {
	stands, err := loadPlan(q, city, p)
	if err != nil {
		return stands, nil, err
	}
	all, err := loadItems(q, city, p)
	if err != nil {
		return stands, nil, err
	}
	wanted := map[id.Item]bool{}
	for _, c := range chosen {
		wanted[c] = true
	}
	var items []plan.Item
	for _, i := range all {
		if wanted[i.ID] && !i.Released {
			items = append(items, i)
		}
		delete(wanted, i.ID)
	}
	if len(wanted) > 0 {
		return stands, nil, errNotItsItem
	}
	return stands, items, nil
}

// ClosePlan (结束) ends a plan.
func (o *Office) ClosePlan(ctx context.Context, cmd db.Cmd, p id.Plan, why string) error {
	return o.write(ctx, cmd.Of("plan.close", []any{p, why}), "plan.close", func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		if stands, err = plan.Close(stands, why, tx.Today()); err != nil {
			return err
		}
		tx.Append(plan.CloseEntry(stands, why))
		if err := savePlan(tx, o.city, stands); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(p))
	})
}

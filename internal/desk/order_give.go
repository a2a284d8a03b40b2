package desk

import (
	"context"
	"errors"

	"luoshi/document"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// NewOrder is an order as it is written down: its words, who gave it when, and the duty
// that comes of it. Its number is given to it.
type NewOrder struct {
	Order plan.Order
	Item  plan.Item
	Due   plan.Milestone // the day on which it is to be done, and what will show it
}

// GiveOrder (添批示、纪要、交办) makes an item of a running plan of an order. It takes the
// next number of its kind in the year of today. The item is internal until it is released.
func (o *Office) GiveOrder(ctx context.Context, cmd db.Cmd, p id.Plan, n NewOrder) (id.Item, error) {
	var made id.Item
	err := o.write(ctx, cmd.Of("order.give", []any{p, n}, &made), "order.give", func(tx *db.Tx) (err error) {
		made, err = o.giveOrder(tx, p, n)
		return err
	})
	return made, err
}

func (o *Office) giveOrder(tx *db.Tx, p id.Plan, n NewOrder) (made id.Item, err error) {
	stands, err := loadPlan(tx, o.city, p)
	if err != nil {
		return 0, err
	}
	due := n.Due.OnTo(plan.Milestone{Revision: plan.FirstRevision, Span: document.Span{}})
	due.Title, due.Hardness = n.Item.Title, "hard"
	if err := plan.CheckOrder(stands, n.Order, n.Item, due, tx.Today()); err != nil {
		return 0, err
	}
	last, err := lastPlace(tx, o.city, p)
	if err != nil {
		return 0, err
	}
	made = db.NewID[id.Item](tx)
	due.ID, due.Item = db.NewID[id.Milestone](tx), made
	item := n.Item.OnTo(plan.Item{ID: made, Document: stands.Document, Ordinal: last.Ordinal + 1, Rank: last.Rank + plan.RankStep})
	order := n.Order
	order.Item, order.Year = made, tx.Today().Time().Year()
	if order.Serial, err = lastSerial(tx, o.city, order.Kind, order.Year); err != nil {
		return 0, err
	}
	order.Serial++
	if err := errors.Join(saveItems(tx, o.city, []plan.Item{item}), savePlaces(tx, o.city, p, []plan.Item{item}),
		saveMilestones(tx, o.city, []plan.Milestone{due}), saveOrder(tx, o.city, order)); err != nil {
		return 0, err
	}
	tx.Append(plan.OrderEntries(stands, order, item, due)...)
	return made, tx.Later(JobCheckpoint, int64(p))
}

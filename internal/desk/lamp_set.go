package desk

import (
	"context"
	"errors"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

var (
	errNoBoardYet   = fault.New(fault.Conflict, "方案还没有启用，没有灯。先启用，再把任务分给单位。")
	errNotOnBoard   = fault.New(fault.Conflict, "这条任务不报进展，没有灯。")
	errNotSetByHand = fault.New(fault.Conflict, "这盏灯不是手工定的，或者已经收回了。")
)

// LampRules gives the thresholds of the city, and the day on which they were set; empty
// where those are the usual ones.
func (o *Office) LampRules(ctx context.Context, who Who) (r plan.LampRules, day calendar.Day, err error) {
	if !who.May("plan.read") {
		return r, "", MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		r, day, err = lampRules(v, o.city)
		return err
	})
	return r, day, err
}

// SetLampRules (定灯的规则) sets the thresholds by which all lamps of the city are lit.
func (o *Office) SetLampRules(ctx context.Context, cmd db.Cmd, r plan.LampRules) error {
	if err := r.Check(); err != nil {
		return err
	}
	r = r.Tidied()
	return o.write(ctx, cmd.Of("lamp.set_rules", r), "lamp.set", func(tx *db.Tx) error {
		if err := saveLampRules(tx, o.city, r); err != nil {
			return err
		}
		tx.Append(r.Entry())
		return tx.Later(JobCheckpoint, 0)
	})
}

// SetLamp (手工定灯) puts a lamp in the place of what the rules say, for a reason; of the
// whole item where the unit is 0.
func (o *Office) SetLamp(ctx context.Context, cmd db.Cmd, p id.Plan, h plan.LampHand) error {
	h = h.Tidied()
	return o.write(ctx, cmd.Of("lamp.set", []any{p, h.Item, h.Unit, h.Lamp, h.Reason, h.Until}), "lamp.set", func(tx *db.Tx) error {
		lit, err := o.ruled(tx, p, h.Item, h.Unit)
		if err != nil {
			return err
		}
		if err := h.Check(lit, tx.Today()); err != nil {
			return err
		}
		h.Was, h.Day, h.Ended = lit.Lamp, tx.Today(), ""
		if err := saveHand(tx, o.city, h); err != nil {
			return err
		}
		tx.Append(h.SetEntry())
		return tx.Later(JobCheckpoint, int64(p))
	})
}

// TakeLampBack (收回) lets the rules speak again.
func (o *Office) TakeLampBack(ctx context.Context, cmd db.Cmd, p id.Plan, item id.Item, unit id.Unit) error {
	return o.write(ctx, cmd.Of("lamp.take_back", []any{p, item, unit}), "lamp.set", func(tx *db.Tx) error {
		h, err := loadHand(tx, o.city, item, unit)
		if err != nil && !errors.Is(err, ErrMissing) {
			return err
		}
		if !h.Stands(tx.Today()) {
			return errNotSetByHand
		}
		h.Ended = tx.Today()
		if err := saveHand(tx, o.city, h); err != nil {
			return err
		}
		tx.Append(h.BackEntry())
		return tx.Later(JobCheckpoint, int64(p))
	})
}

// ruled gives what the rules say of an item, or of a unit's part in it.
func (o *Office) ruled(q db.Querier, p id.Plan, item id.Item, unit id.Unit) (lit plan.LampLit, err error) {
	b, err := o.lampBoard(q, p, item, nil)
	switch {
	case err != nil:
		return lit, err
	case b.ReadOnly:
		return lit, plan.ErrClosed
	case len(b.Rows) == 0:
		return lit, errNotOnBoard
	}
	c := b.Rows[0].Whole
	if unit != 0 {
		c = b.Rows[0].Units[unit]
		if !c.Lit() {
			return lit, errNotOnBoard
		}
	}
	lit = c.LampLit
	if lit.Hand != nil {
		lit.Lamp, lit.Hand = lit.Ruled, nil
	}
	return lit, nil
}

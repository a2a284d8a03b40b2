package desk

import (
	"context"
	"errors"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

var (
	errNoItemsChosen  = fault.New(fault.Invalid, "还没有选任务。请至少选一条。").In("items")
	errNoSuchInterval = fault.New(fault.Invalid, "请选多久报一次。").In("every")
	errPeriodStands   = fault.New(fault.Conflict, "选的任务本来就是这样报的，没有改。").In("every")
)

// SetReporting (定多久报一次) says how often items of a plan in force are reported. What
// was promised stays as it is: this is the office's own arrangement, and needs no cause.
func (o *Office) SetReporting(ctx context.Context, cmd db.Cmd, p id.Plan, items []id.Item, every plan.Period) error {
	switch {
	case len(items) == 0:
		return errNoItemsChosen
	case !slices.Contains(plan.Periods, every):
		return errNoSuchInterval
	}
	return o.write(ctx, cmd.Of("progress.set_period", []any{p, items, every}), "progress.period", func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		if err := plan.CheckAmendable(stands); err != nil {
			return err
		}
		all, err := loadItems(tx, o.city, p)
		if err != nil {
			return err
		}
		var changed []plan.Item
		for _, i := range items {
			at := slices.IndexFunc(all, func(x plan.Item) bool { return x.ID == i })
			if at < 0 {
				return ErrMissing
			}
			if all[at].Period != every {
				all[at].Period = every
				changed = append(changed, all[at])
				tx.Append(all[at].RecordedEntry(p))
			}
		}
		if len(changed) == 0 {
			return errPeriodStands
		}
		if err := errors.Join(saveItems(tx, o.city, changed), saveReporting(tx, o.city, changed)); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(p))
	})
}

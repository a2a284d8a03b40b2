package desk

import (
	"context"
	"slices"

	"luoshi/fault"
	"luoshi/internal/db"
	"luoshi/plan"
)

var errFewColumns = fault.New(fault.Invalid, "请至少选两列。")

// TableColumns are the columns of the task table that somebody chose, in their order;
// plan.UsualColumns where nothing was chosen.
func (o *Office) TableColumns(ctx context.Context, who Who) (columns []plan.Column, err error) {
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		columns, err = loadTableColumns(v, o.city, who.Account)
		return err
	})
	// Another version may have had columns that this one has not.
	columns = slices.DeleteFunc(columns, func(c plan.Column) bool { return !slices.Contains(plan.TableColumns, c) })
	if len(columns) == 0 {
		columns = plan.UsualColumns
	}
	return columns, err
}

// ChooseTableColumns keeps the columns of the task table that this person wants, in
// their order.
func (o *Office) ChooseTableColumns(ctx context.Context, cmd db.Cmd, columns []plan.Column) error {
	if len(columns) < 2 {
		return errFewColumns
	}
	for k, c := range columns {
		if !slices.Contains(plan.TableColumns, c) || slices.Contains(columns[:k], c) {
			return ErrMissing
		}
	}
	return o.write(ctx, cmd.Of("table.choose_columns", columns), "plan.read", func(tx *db.Tx) error {
		return saveTableColumns(tx, o.city, cmd.Account, columns)
	})
}

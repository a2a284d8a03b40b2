package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// Closed is a month that a unit closed.
type Closed struct {
	Unit    id.Unit
	Month   string // 2011-09
	Facts   int    // claims of the unit and those below that stood then
	Day     calendar.Day
	Instant int64 // microseconds; what was added later is an adjustment
}

// CloseMonth (月结) closes a month of a unit and of those below it. What is reported or
// corrected later is taken, and shown as an adjustment.
func (o *Office) CloseMonth(ctx context.Context, cmd db.Cmd, unit id.Unit, month string) error {
	return o.writeOver(ctx, cmd.Of("fact.close", []any{unit, month}), "fact.close", over(unit), func(tx *db.Tx, _ Who) error {
		first, err := calendar.ParseDay(month + "-01")
		if err != nil {
			return fault.New(fault.Invalid, "请选一个月份，例如 2011-09。").In("month")
		}
		if fact.Month(tx.Today()) <= month {
			return fault.New(fault.Conflict, "%s 还没有过完，过完了再月结。", month).In("month")
		}
		closed, err := closesOf(tx, o.city, unit)
		if err != nil {
			return err
		}
		for _, c := range closed {
			if c.Month == month {
				return fault.New(fault.Conflict, "%s 已经月结过了。以后的更正列在调整里。", month)
			}
		}
		n, err := claimsBelow(tx, o.city, unit, first)
		if err != nil {
			return err
		}
		tx.Append(fact.ClosedEntry(unit, month, n, tx.Today()))
		return saveClose(tx, o.city, Closed{unit, month, n, tx.Today(), tx.Now().UnixMicro()})
	})
}

package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
	"luoshi/progress"
)

// ReportKey names one revision of a report: what the office has looked at.
type ReportKey struct {
	Item     id.Item
	Unit     id.Unit
	Period   progress.Period
	Revision int
}

// ConfirmReport (确认完成) lets a completion stand: nothing more is asked for.
func (o *Office) ConfirmReport(ctx context.Context, cmd db.Cmd, k ReportKey) error {
	return o.decideReport(ctx, cmd.Of("progress.confirm", k), k, func(r progress.Report, today calendar.Day) (progress.Report, []ledger.Draft, error) {
		r, err := r.Confirm(today)
		return r, []ledger.Draft{r.ConfirmedEntry()}, err
	})
}

// ReturnReport (退回) gives a report back to its unit with the reason.
func (o *Office) ReturnReport(ctx context.Context, cmd db.Cmd, k ReportKey, reason string) error {
	return o.decideReport(ctx, cmd.Of("progress.return", []any{k, reason}), k, func(r progress.Report, today calendar.Day) (progress.Report, []ledger.Draft, error) {
		r, err := r.Return(reason, today)
		return r, r.ReturnedEntries(), err
	})
}

func (o *Office) decideReport(ctx context.Context, cmd db.Cmd, k ReportKey, decide func(progress.Report, calendar.Day) (progress.Report, []ledger.Draft, error)) error {
	return o.write(ctx, cmd, "progress.confirm", func(tx *db.Tx) error {
		p, err := planOfItem(tx, o.city, k.Item)
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
		all, err := reportsOf(tx, o.city, k.Item, k.Unit)
		if err != nil {
			return err
		}
		last := progress.For(all, k.Period)
		switch {
		case last == nil:
			return ErrMissing
		case last.Revision != k.Revision:
			return fault.New(fault.Conflict, "单位又报了一次，请看了新的再定。")
		}
		r, entries, err := decide(*last, tx.Today())
		if err != nil {
			return err
		}
		tx.Append(entries...)
		if err := saveReports(tx, o.city, []progress.Report{r}); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(p))
	})
}

package desk

import (
	"context"
	"errors"

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
		off, err := plan.Settle(d.Questions, f)
		if err != nil {
			return err
		}
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

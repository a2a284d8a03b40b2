package desk

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// ApplyFacts decides that a sheet is taken over, as it was shown: digest stands for what
// was. Where it fits into one act it is done at once; else a job does it, part by part.
func (o *Office) ApplyFacts(ctx context.Context, cmd db.Cmd, which id.FactImport, digest string) error {
	who, err := o.Who(ctx, cmd.Account)
	if err != nil {
		return err
	}
	c, err := o.CheckFacts(ctx, who, which)
	switch {
	case err != nil:
		return err
	case !c.Import.open(): // sent again: the write says how it ended
	case c.Wrong > 0:
		return errSheetWrong
	case c.Digest != digest:
		return errFactsChanged
	case len(c.Told) == 0:
		return errSheetNothing
	}
	large := len(c.Told) > mostFacts
	rows := c.Import.Rows
	if large && c.Import.open() {
		told, err := json.Marshal(c.Told)
		if err != nil {
			return fmt.Errorf("keep the rows of a sheet: %w", err)
		}
		if rows, err = o.blobs.Put(told); err != nil {
			return db.OfDisk(err)
		}
	}
	return o.writeOver(ctx, cmd.Of("fact.import", []any{which, digest}), "fact.onbehalf", o.unitOfSheet(which), func(tx *db.Tx, _ Who) error {
		f, err := loadFactImport(tx, o.city, which)
		switch {
		case err != nil:
			return err
		case !f.open():
			return errSheetDecided
		case text(f.Reading) != text(c.Import.Reading):
			return errFactsChanged
		}
		f.State, f.Digest, f.Counts, f.Done, f.Rows = ImportApplying, digest, c.Counts, 0, rows
		f.Account, f.Post, f.Decided = cmd.Account, tx.Cmd().Actor, tx.Today()
		if err := saveSheetMap(tx, o.city, f); err != nil {
			return err
		}
		if large {
			if err := saveFactImport(tx, o.city, f); err != nil {
				return err
			}
			return tx.Later(JobFacts, int64(which))
		}
		if err := o.takeSheet(tx, f.Unit, c.Told); err != nil {
			return err
		}
		f.State, f.Done = ImportApplied, f.Counts.All()
		return saveFactImport(tx, o.city, f)
	})
}

// takeSheet takes rows of a sheet: those of the unit itself, and those told on behalf of
// others (代报).
func (o *Office) takeSheet(tx *db.Tx, unit id.Unit, told []FactTold) error {
	var own, others []FactTold
	for _, t := range told {
		if t.Unit == unit {
			own = append(own, t)
		} else {
			others = append(others, t)
		}
	}
	for behalf, some := range [][]FactTold{own, others} {
		if len(some) == 0 {
			continue
		}
		if _, err := o.takeFacts(tx, unit, some, fact.BySheet, behalf == 1); err != nil {
			return err
		}
	}
	return nil
}

// TakeFactsOver does what was decided with a large sheet. Done again it goes on behind
// the rows that were taken: how many these are is kept with them, in one transaction.
func (o *Office) TakeFactsOver(ctx context.Context, which id.FactImport) error {
	var f FactImport
	if err := o.db.Read(ctx, func(v *db.View) (err error) {
		f, err = loadFactImport(v, o.city, which)
		return err
	}); err != nil {
		return err
	}
	if f.State != ImportApplying {
		return nil
	}
	raw, err := o.blobs.Get(f.Rows)
	if err != nil {
		return err
	}
	var told []FactTold
	if err := json.Unmarshal(raw, &told); err != nil {
		return fmt.Errorf("rows of a sheet: %w", err)
	}
	for part := range slices.Chunk(told[min(f.Done, int64(len(told))):], mostFacts) {
		err := o.writeFor(ctx, f, func(tx *db.Tx) error {
			if err := o.takeSheet(tx, f.Unit, part); err != nil {
				return err
			}
			return factsTakenOver(tx, o.city, f.ID, f.Done, f.Done+int64(len(part)))
		})
		switch wrong := fault.Of(err); {
		case err == nil:
			f.Done += int64(len(part))
		case wrong != nil && wrong.Kind != fault.Busy: // it would be so each time
			return o.endSheet(ctx, f, ImportStopped)
		default:
			return err
		}
	}
	return o.endSheet(ctx, f, ImportApplied)
}

// writeFor writes for who decided on a sheet.
func (o *Office) writeFor(ctx context.Context, f FactImport, do func(tx *db.Tx) error) error {
	command, err := db.NewCommandID(time.Now(), rand.Reader)
	if err != nil {
		return err
	}
	cmd := db.Cmd{City: o.city, Actor: f.Post, Account: f.Account, ID: command}.Of("fact.import_part", []any{f.ID, f.Done})
	return o.db.Write(ctx, cmd, do)
}

func (o *Office) endSheet(ctx context.Context, which FactImport, state ImportState) error {
	return o.writeFor(ctx, which, func(tx *db.Tx) error {
		f, err := loadFactImport(tx, o.city, which.ID)
		if err != nil || f.State != ImportApplying {
			return err
		}
		f.State = state
		return saveFactImport(tx, o.city, f)
	})
}

package desk

import (
	"context"
	"crypto/rand"
	"errors"
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
	f, err := o.FactImport(ctx, who, which)
	if err != nil {
		return err
	}
	var c FactCheck
	var parts []string
	if f.Open() { // sent again, the write says how it ended
		if c, err = o.checkSheet(ctx, f); err != nil {
			return err
		}
		switch {
		case c.Wrong > 0:
			return errSheetWrong
		case c.Digest != digest:
			return errFactsChanged
		case len(c.Told) == 0:
			return errSheetNothing
		}
		if len(c.Told) > mostFacts {
			for part := range slices.Chunk(c.Told, mostFacts) {
				parts = append(parts, text(part))
			}
		}
	}
	return o.writeOver(ctx, cmd.Of("fact.import", []any{which, digest}), "fact.onbehalf", o.unitOfSheet(which), func(tx *db.Tx, _ Who) error {
		f, err := loadFactImport(tx, o.city, which)
		switch {
		case err != nil:
			return err
		case !f.Open():
			return errSheetDecided
		case text(f.Reading) != text(c.Import.Reading):
			return errFactsChanged
		}
		f.State, f.Counts, f.Done = ImportApplying, c.Counts, 0
		f.Account, f.Post, f.Decided = cmd.Account, tx.Cmd().Actor, tx.Today()
		if err := saveSheetMap(tx, o.city, f); err != nil {
			return err
		}
		if parts != nil {
			if err := endFactImport(tx, o.city, f); err != nil { // the rows take the place of the sheet
				return err
			}
			if err := factSheets.saveParts(tx, o.city, int64(which), parts...); err != nil {
				return err
			}
			return tx.Later(JobFacts, int64(which))
		}
		if err := o.takeSheet(tx, f.Unit, c.Told); err != nil {
			return err
		}
		f.State, f.Done = ImportApplied, f.Counts.All()
		return endFactImport(tx, o.city, f)
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

// TakeFactsOver does what was decided with a large sheet, part by part. A part is deleted
// in the transaction that takes it, so that done again it goes on with the next.
func (o *Office) TakeFactsOver(ctx context.Context, which id.FactImport) error {
	for {
		more, err := o.takePart(ctx, which)
		if err != nil || !more {
			return err
		}
	}
}

// takePart takes the next part of a large sheet over, and reports whether there was one.
func (o *Office) takePart(ctx context.Context, which id.FactImport) (more bool, err error) {
	var f FactImport
	var part int64
	var rows string
	if err := o.db.Read(ctx, func(v *db.View) (err error) {
		if f, err = loadFactImport(v, o.city, which); err != nil || f.State != ImportApplying {
			return err
		}
		part, rows, err = factSheets.firstPart(v, o.city, int64(which))
		return err
	}); errors.Is(err, db.ErrNoRow) && f.ID != 0 {
		return false, o.endSheet(ctx, f, ImportApplied)
	} else if err != nil || f.State != ImportApplying {
		return false, err
	}
	var told []FactTold
	if err := untext(rows, &told); err != nil {
		return false, err
	}
	err = o.writeFor(ctx, f, func(tx *db.Tx) error {
		if err := o.takeSheet(tx, f.Unit, told); err != nil {
			return err
		}
		if err := factSheets.deletePart(tx, o.city, int64(which), part); err != nil {
			return err
		}
		return factsTakenOver(tx, o.city, f.ID, f.Done, f.Done+int64(len(told)))
	})
	if wrong := fault.Of(err); wrong != nil && wrong.Kind != fault.Busy { // it would be so each time
		return false, o.endSheet(ctx, f, ImportStopped)
	}
	return err == nil, err
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
		return endFactImport(tx, o.city, f)
	})
}

package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// SheetDays is for how many days a sheet of facts or a list of units may lie before it is
// given up by itself.
const SheetDays = 30

// sheetPart opens the first part of a sheet that is needed still: all of one that is looked at.
func (o *Office) sheetPart(ctx context.Context, k sheetKind, which int64) (content []byte, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		_, words, err := k.firstPart(v, o.city, which)
		content = []byte(words)
		return err
	})
	return content, err
}

// DropSheets gives up the sheets of facts and the lists of units that were left lying.
func (j *Jobs) DropSheets(ctx context.Context) error {
	return errors.Join(
		j.dropLeft(ctx, factSheets, "fact.drop_left", func(tx *db.Tx, which int64) error { return dropSheet(tx, j.city, id.FactImport(which)) }),
		j.dropLeft(ctx, unitLists, "unit.drop_left", func(tx *db.Tx, which int64) error { return dropList(tx, j.city, id.UnitImport(which)) }))
}

func (j *Jobs) dropLeft(ctx context.Context, k sheetKind, act string, drop func(tx *db.Tx, which int64) error) error {
	var left []int64
	if err := j.db.Read(ctx, func(v *db.View) (err error) {
		left, err = k.leftLying(v, j.city, calendar.DayOf(j.db.Now()).AddDays(-SheetDays))
		return err
	}); err != nil {
		return err
	}
	var errs []error
	for _, which := range left {
		command, err := db.NewCommandID(time.Now(), rand.Reader)
		if err != nil {
			return err
		}
		err = j.db.Write(ctx, db.Cmd{City: j.city, ID: command}.Of(act, which), func(tx *db.Tx) error { return drop(tx, which) })
		if !fault.Is(err, fault.Conflict) { // somebody was quicker
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

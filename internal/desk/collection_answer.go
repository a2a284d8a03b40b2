package desk

import (
	"context"

	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// MostAnswerFile is how large a file may be that a unit hands in.
const MostAnswerFile = 20 << 20

// GivenAnswer is what somebody filled in for a unit. Raw is the file, if one was chosen.
type GivenAnswer struct {
	Values   collection.Values
	FileName string
	Raw      []byte
}

// KeepAnswer (存草稿) keeps what a unit filled in, without sending it.
func (o *Office) KeepAnswer(ctx context.Context, cmd db.Cmd, which id.Collection, unit id.Unit, in GivenAnswer) error {
	return o.answer(ctx, cmd, "collection.keep", which, unit, in, collection.Drafted, false)
}

// SendAnswer (报送) sends what a unit filled in to who asked for it.
func (o *Office) SendAnswer(ctx context.Context, cmd db.Cmd, which id.Collection, unit id.Unit, in GivenAnswer) error {
	return o.answer(ctx, cmd, "collection.answer", which, unit, in, collection.Sent, false)
}

// AnswerOnBehalf (代报) fills in for a unit that cannot, and marks it so.
func (o *Office) AnswerOnBehalf(ctx context.Context, cmd db.Cmd, which id.Collection, unit id.Unit, in GivenAnswer) error {
	return o.answer(ctx, cmd, "collection.answer_on_behalf", which, unit, in, collection.Sent, true)
}

func (o *Office) answer(ctx context.Context, cmd db.Cmd, act string, which id.Collection, unit id.Unit, in GivenAnswer, as collection.Standing, onBehalf bool) error {
	right, over := "collection.answer", func(q db.Querier) (id.Unit, error) { return o.actsFor(q, unit) }
	if onBehalf {
		right, over = "collection.ask", func(q db.Querier) (id.Unit, error) {
			c, err := loadCollection(q, o.city, which)
			if err != nil {
				return 0, err
			}
			return o.actsFor(q, c.By)
		}
	}
	if len(in.Raw) > 0 {
		if err := o.mayFirst(ctx, cmd, right, over, func(q db.Querier) error {
			_, err := owedBy(q, o.city, which, unit)
			return err
		}); err != nil {
			return err
		}
	}
	file, err := o.takeFile(ctx, in)
	if err != nil {
		return err
	}
	cmd = cmd.Of(act, []any{which, unit, in.Values, file})
	return o.writeOver(ctx, cmd, right, func(tx *db.Tx) (id.Unit, error) { return over(tx) }, func(tx *db.Tx, _ Who) error {
		c, err := loadCollection(tx, o.city, which)
		if err != nil {
			return err
		}
		return o.takeAnswer(tx, c, unit, collection.Answer{Values: in.Values, File: file, Standing: as, OnBehalf: onBehalf})
	})
}

// takeFile keeps a file that was handed in by its hash. Nobody looks into it.
func (o *Office) takeFile(ctx context.Context, in GivenAnswer) (*collection.Attached, error) {
	switch {
	case len(in.Raw) == 0:
		return nil, nil
	case len(in.Raw) > MostAnswerFile:
		return nil, fault.New(fault.TooLarge, "文件太大了，最多 20 MB。扫描件请用黑白、300 DPI 以下。").In("file")
	}
	if err := fault.CheckLine("file", "文件名", in.FileName, 200, false); err != nil {
		return nil, err
	}
	db.Leave(ctx) // a large file takes long to keep
	hash, err := o.blobs.Put(in.Raw)
	return &collection.Attached{Hash: hash, Name: in.FileName, Size: int64(len(in.Raw))}, db.OfDisk(err)
}

// actsFor gives the unit whose people act for one today, where it asks and where it is
// asked: itself, or whoever goes on with it since it ended.
func (o *Office) actsFor(q db.Querier, unit id.Unit) (id.Unit, error) {
	var all []org.Successor
	for {
		u, err := loadUnit(q, o.city, unit)
		if err != nil || u.To == "" || u.To >= o.Today() {
			return unit, err
		}
		if all == nil {
			if all, err = allSuccessors(q, o.city); err != nil {
				return unit, err
			}
		}
		next := goesOn(u, all)
		if next == 0 {
			return unit, nil
		}
		unit = next // it began on the day after, so this ends
	}
}

// takeAnswer keeps an answer as the next revision, or in the place of the draft. One on
// behalf of a unit leaves the draft of the unit to it.
func (o *Office) takeAnswer(tx *db.Tx, c collection.Collection, unit id.Unit, a collection.Answer) error {
	owed, err := owedBy(tx, o.city, c.ID, unit)
	if err != nil {
		return err
	}
	if err := c.Follows(owed); err != nil {
		return err
	}
	before, err := answersOf(tx, o.city, c.ID, unit)
	if err != nil {
		return err
	}
	if n := len(before); a.OnBehalf && n > 0 && before[n-1].Standing == collection.Drafted {
		if err := putOffDraft(tx, o.city, before[n-1]); err != nil {
			return err
		}
		before = before[:n-1]
	}
	a.Collection, a.Unit, a.Revision, a.Values = c.ID, unit, owed.Revision+1, c.Kept(owed, a.Values)
	if n := len(before); n > 0 && a.File == nil && (before[n-1].Standing == collection.Drafted || c.Kind == collection.Plan) {
		a.File = before[n-1].File
	}
	if a.Standing == collection.Drafted {
		if err := c.CheckDraft(owed, a); err != nil {
			return err
		}
		return saveAnswer(tx, o.city, a)
	}
	if err := c.CheckSent(owed, a); err != nil {
		return err
	}
	a.Day = tx.Today()
	tx.Append(a.AnsweredEntry())
	if err := saveAnswer(tx, o.city, a); err != nil {
		return err
	}
	return saveOwed(tx, o.city, owed.Sent(a))
}

// UploadAnswer reads the sheet that a unit filled in, and keeps it as its draft.
func (o *Office) UploadAnswer(ctx context.Context, cmd db.Cmd, which id.Collection, unit id.Unit, name string, raw []byte) error {
	if len(raw) == 0 {
		return fault.New(fault.Invalid, "还没有选文件。").In("file")
	}
	var c collection.Collection
	var owed collection.Owed
	var u org.Unit
	err := o.db.Read(ctx, func(v *db.View) (err error) {
		who, err := loadWho(v, o.city, cmd.Account, o.Today())
		if err != nil {
			return err
		}
		over, err := o.actsFor(v, unit)
		if err != nil {
			return err
		}
		if err := o.mayOver(v, who, "collection.answer", over); err != nil {
			return err
		}
		if c, err = loadCollection(v, o.city, which); err != nil {
			return err
		}
		if owed, err = owedBy(v, o.city, which, unit); err != nil {
			return err
		}
		u, err = loadUnit(v, o.city, unit)
		return err
	})
	if err != nil {
		return err
	}
	if c.Template == nil {
		return ErrMissing
	}
	db.Leave(ctx) // reading the file may take long
	sheet, err := o.ReadSheet(ctx, name, raw, c.Template.Sheet.Name)
	if err != nil {
		return inFileField(err)
	}
	find := findAmong([]org.Unit{u})
	values, err := c.Template.ReadBack(sheet, owed.Rows, func(words string) bool { return find(words) == unit })
	if err != nil {
		return err
	}
	return o.KeepAnswer(ctx, cmd, which, unit, GivenAnswer{Values: values})
}

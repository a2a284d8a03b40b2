package desk

import (
	"context"

	"luoshi/calendar"
	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// AnswerKey names one revision of an answer: what was looked at.
type AnswerKey struct {
	Collection id.Collection
	Unit       id.Unit
	Revision   int
}

// AcceptAnswer (收下) takes what a unit gave.
func (o *Office) AcceptAnswer(ctx context.Context, cmd db.Cmd, k AnswerKey) error {
	return o.decideAnswer(ctx, cmd.Of("collection.accept", k), k, func(_ collection.Collection, _ collection.Owed, a collection.Answer, today calendar.Day) (collection.Answer, error) {
		return a.Accept(today)
	})
}

// ReturnAnswer (退回) gives it back with reasons, by cell or clause or as a whole.
func (o *Office) ReturnAnswer(ctx context.Context, cmd db.Cmd, k AnswerKey, reasons collection.Values) error {
	return o.decideAnswer(ctx, cmd.Of("collection.return", []any{k, reasons}), k, func(c collection.Collection, w collection.Owed, a collection.Answer, today calendar.Day) (collection.Answer, error) {
		return a.Return(c.Fields(w), reasons, today)
	})
}

func (o *Office) decideAnswer(ctx context.Context, cmd db.Cmd, k AnswerKey, decide func(collection.Collection, collection.Owed, collection.Answer, calendar.Day) (collection.Answer, error)) error {
	return o.overCollection(ctx, cmd, k.Collection, func(tx *db.Tx, c collection.Collection) error {
		if err := c.Running(); err != nil {
			return err
		}
		owed, err := owedBy(tx, o.city, k.Collection, k.Unit)
		if err != nil {
			return err
		}
		if owed.Revision != k.Revision {
			return fault.New(fault.Conflict, "单位又报了一次，请看了新的再定。")
		}
		all, err := answersOf(tx, o.city, k.Collection, k.Unit)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.Revision != k.Revision || a.Standing == collection.Drafted {
				continue
			}
			if a, err = decide(c, owed, a, tx.Today()); err != nil {
				return err
			}
			tx.Append(a.DecidedEntry())
			if err := saveAnswer(tx, o.city, a); err != nil {
				return err
			}
			return saveOwed(tx, o.city, owed.DecidedBy(a))
		}
		return ErrMissing
	})
}

// AcceptAll takes all that arrived and was looked at, one entry each.
func (o *Office) AcceptAll(ctx context.Context, cmd db.Cmd, which id.Collection, keys []AnswerKey) error {
	if len(keys) == 0 {
		return fault.New(fault.Invalid, "没有要收的。")
	}
	return o.overCollection(ctx, cmd.Of("collection.accept_all", []any{which, keys}), which, func(tx *db.Tx, c collection.Collection) error {
		if err := c.Running(); err != nil {
			return err
		}
		last, err := lastAnswers(tx, o.city, which)
		if err != nil {
			return err
		}
		owed, err := owedOf(tx, o.city, which)
		if err != nil {
			return err
		}
		looked := map[id.Unit]int{}
		for _, k := range keys {
			looked[k.Unit] = k.Revision
		}
		for _, w := range owed {
			a := last[w.Unit]
			if w.Revision == 0 || w.Revision != looked[w.Unit] || a.Standing != collection.Sent {
				continue // it came anew meanwhile, and nobody looked at that
			}
			if a, err = a.Accept(tx.Today()); err != nil {
				return err
			}
			tx.Append(a.DecidedEntry())
			if err := saveAnswer(tx, o.city, a); err != nil {
				return err
			}
			if err := saveOwed(tx, o.city, w.DecidedBy(a)); err != nil {
				return err
			}
		}
		return nil
	})
}

// ExtendCollection (延期) puts the day off, for a reason that the units see.
func (o *Office) ExtendCollection(ctx context.Context, cmd db.Cmd, which id.Collection, to calendar.Day, reason string) error {
	return o.overCollection(ctx, cmd.Of("collection.extend", []any{which, to, reason}), which, func(tx *db.Tx, c collection.Collection) error {
		c, err := c.Extend(to, reason, tx.Today())
		if err != nil {
			return err
		}
		tx.Append(c.ExtendedEntry())
		return saveCollection(tx, o.city, c)
	})
}

// CloseCollection (结束) ends a collection: nothing more is taken in. One that was never
// sent out ends without an entry: nobody knew of it.
func (o *Office) CloseCollection(ctx context.Context, cmd db.Cmd, which id.Collection) error {
	return o.overCollection(ctx, cmd.Of("collection.close", which), which, func(tx *db.Tx, c collection.Collection) error {
		if c.State == collection.Draft {
			c.State = collection.Closed
			return saveCollection(tx, o.city, c)
		}
		c, err := c.Close(tx.Today())
		if err != nil {
			return err
		}
		tx.Append(c.ClosedEntry())
		return saveCollection(tx, o.city, c)
	})
}

package desk

import (
	"context"

	"luoshi/internal/db"
)

// CheckPersonalKey finds out whether anything of a city is sealed, and whether
// the key opens it. One value that was damaged does not make a key the wrong one.
func (o *Office) CheckPersonalKey(ctx context.Context) (sealed bool, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := sealedNames(v, o.city)
		if err != nil {
			return err
		}
		for _, s := range all {
			sealed = true
			if _, err = db.Unseal(v, nameCell(o.city, s.account), s.name); err == nil {
				return nil
			}
		}
		return err
	})
	return sealed, err
}

// sealAtOnce is how many accounts are sealed in one commit.
const sealAtOnce = 50

// SealPlain seals what an older version kept in clear, and counts the accounts.
func (o *Office) SealPlain(ctx context.Context) (n int, err error) {
	for {
		var some []plainName
		if err := o.db.Local(ctx, func(tx *db.Tx) error {
			if some, err = plainNames(tx, o.city, sealAtOnce); err != nil {
				return err
			}
			for _, p := range some {
				if err := sealName(tx, o.city, p); err != nil {
					return err
				}
				if err := tx.SealWordsAbout(o.city, "account", int64(p.account)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return n, err
		}
		if n += len(some); len(some) < sealAtOnce {
			return n, nil
		}
	}
}

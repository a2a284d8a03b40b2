package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// JobErased carries an erasing to where the act does not reach: the list beside
// the keys, by which it is done again after an older backup was restored, and
// what the account signed in with. Its subject is the account.
const JobErased = "account.erased"

var errOwnErasing = fault.New(fault.Conflict, "不能抹去自己，请另一位管理员来做。")

// EraseAccount removes for ever who held a closed account: name and telephone,
// also from the words of the ledger. Post, unit and all that was done stay.
func (o *Office) EraseAccount(ctx context.Context, cmd db.Cmd, account id.Account) error {
	if account == cmd.Account {
		return errOwnErasing
	}
	return o.write(ctx, cmd.Of("account.erase", account), "account.erase", func(tx *db.Tx) error {
		a, err := loadAccount(tx, o.city, account)
		if err != nil || a.State == org.AccountErased {
			return err
		}
		if err := a.CheckErase(); err != nil {
			return err
		}
		return eraseAccount(tx, o.city, a)
	})
}

func eraseAccount(tx *db.Tx, city int64, a org.Account) error {
	if err := errors.Join(blankAccount(tx, city, a.ID), forgetMail(tx, city, a.ID)); err != nil {
		return err
	}
	if err := tx.EraseWordsAbout(city, "account", int64(a.ID)); err != nil {
		return err
	}
	tx.Append(a.ErasedEntry())
	return tx.Later(JobErased, int64(a.ID))
}

// EraseAgain does erasings again in a city that was put back to an earlier day,
// whatever state its accounts are in, and gives those that had come back. An
// account that the city does not have, or no longer knows, is left alone.
func (o *Office) EraseAgain(ctx context.Context, accounts ...id.Account) (again []id.Account, err error) {
	var known []id.Account
	if err := o.db.Read(ctx, func(v *db.View) (err error) {
		known, err = knownAccounts(v, o.city)
		return err
	}); err != nil {
		return nil, err
	}
	for _, account := range accounts {
		if !slices.Contains(known, account) || slices.Contains(again, account) {
			continue
		}
		command, err := db.NewCommandID(time.Now(), rand.Reader)
		if err != nil {
			return again, err
		}
		cmd := db.Cmd{City: o.city, ID: command}.Of("account.erase_again", account)
		if err := o.db.Write(ctx, cmd, func(tx *db.Tx) error {
			a, err := loadAccount(tx, o.city, account)
			if err != nil || a.State == org.AccountErased {
				return err
			}
			return eraseAccount(tx, o.city, a)
		}); err != nil {
			return again, fmt.Errorf("erase account %s again: %w", account, err)
		}
		again = append(again, account)
	}
	return again, nil
}

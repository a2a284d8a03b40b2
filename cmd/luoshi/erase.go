package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"luoshi/id"
	"luoshi/internal/keys"
	"luoshi/internal/login"
)

// erased does what follows the erasing of an account outside the ledger: it goes
// onto the list beside the keys, with what it signed in with, and nothing of it is
// left in the log of writes. Each step done twice does no more than once.
func (f *folder) erased(l *login.Login) func(ctx context.Context, account int64) error {
	return func(ctx context.Context, account int64) error {
		one := keys.Erasing{Account: id.Account(account), At: time.Now()}
		if err := keys.NoteErased(filepath.Join(f.path, keyFolder), one); err != nil {
			return err
		}
		if err := l.Erase(ctx, one.Account); err != nil {
			return fmt.Errorf("erase what was signed in with: %w", err)
		}
		return f.db.Fold(ctx)
	}
}

// eraseAgain does again what the list beside the keys says was erased: a city
// that was put back to an earlier day knows those people again. It counts them.
func (f *folder) eraseAgain(ctx context.Context) (n int, err error) {
	list, err := keys.ReadErased(filepath.Join(f.path, keyFolder))
	if err != nil || len(list) == 0 {
		return 0, err
	}
	var accounts []id.Account
	for _, e := range list {
		accounts = append(accounts, e.Account)
	}
	again, err := f.office.EraseAgain(ctx, accounts...)
	if err != nil || len(again) == 0 {
		return len(again), err
	}
	l, err := login.New(f.db, f.city, false)
	if err != nil {
		return len(again), err
	}
	for _, account := range again {
		err = errors.Join(err, l.Erase(ctx, account)) // if not now, then by its job
	}
	return len(again), errors.Join(err, f.db.Fold(ctx))
}

package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
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

// unnamed does what follows the erasing of a name that facts held outside the ledger.
func (f *folder) unnamed(ctx context.Context, pseudonym int64) error {
	if err := keys.NoteErased(filepath.Join(f.path, keyFolder), keys.Erasing{Person: pseudonym, At: time.Now()}); err != nil {
		return err
	}
	return f.db.Fold(ctx)
}

// eraseAgain does again what the list beside the keys says was erased: a city
// that was put back to an earlier day knows those people again. It counts them.
func (f *folder) eraseAgain(ctx context.Context) (n int, err error) {
	list, err := keys.ReadErased(filepath.Join(f.path, keyFolder))
	if err != nil || len(list) == 0 {
		return 0, err
	}
	var accounts []id.Account
	var persons []desk.ErasedPerson
	for _, e := range list {
		if e.Person != 0 {
			persons = append(persons, desk.ErasedPerson{Number: e.Person, On: calendar.DayOf(e.At)})
		} else {
			accounts = append(accounts, e.Account)
		}
	}
	named, err := f.office.ErasePersonsAgain(ctx, persons...)
	if err != nil {
		return named, err
	}
	again, err := f.office.EraseAgain(ctx, accounts...)
	n = named + len(again)
	if err != nil || n == 0 {
		return n, err
	}
	l, err := login.New(f.db, f.city, false)
	if err != nil {
		return n, err
	}
	for _, account := range again {
		err = errors.Join(err, l.Erase(ctx, account)) // if not now, then by its job
	}
	return n, errors.Join(err, f.db.Fold(ctx))
}

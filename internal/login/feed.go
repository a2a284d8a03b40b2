package login

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// ErrFeed is returned for an address of a calendar that never was, or was ended.
var ErrFeed = fault.New(fault.Missing, "这个日历地址停用了，或者从来没有过。请登录以后，在“我的日历”里要一个新的。")

// NewFeed makes the token of a calendar's secret address for an account. It is told here
// and never again; the earlier one of the account gives nothing any more.
func (l *Login) NewFeed(ctx context.Context, account id.Account) (string, error) {
	var b [24]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	token := base64.RawURLEncoding.EncodeToString(b[:])
	return token, l.db.Local(ctx, func(tx *db.Tx) error {
		if err := endFeeds(tx, l.city, account, l.Now()); err != nil {
			return err
		}
		return saveFeed(tx, l.city, hashed(token), account, l.Now())
	})
}

// EndFeed ends the calendar's address of an account.
func (l *Login) EndFeed(ctx context.Context, account id.Account) error {
	return l.db.Local(ctx, func(tx *db.Tx) error { return endFeeds(tx, l.city, account, l.Now()) })
}

// FeedMade tells when the calendar's address of an account was made; false where there is none.
func (l *Login) FeedMade(ctx context.Context, account id.Account) (made time.Time, there bool, err error) {
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		made, there, err = feedOf(v, l.city, account)
		return err
	})
	return made, there, err
}

// feedsKey is under what wrong addresses of calendars are counted, whoever asks for them.
const feedsKey = -2

// Feed tells whose calendar a token gives. A token is too long to be guessed, so that a
// right one is never kept waiting by those who try; wrong ones are counted as wrong codes
// of slips are.
func (l *Login) Feed(ctx context.Context, token string) (account id.Account, err error) {
	known := true
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		account, known, err = findFeed(v, l.city, hashed(token))
		return err
	})
	if err != nil || account != 0 {
		return account, err
	}
	if known {
		return 0, ErrFeed
	}
	t := l.try(ctx, 0, feedsKey, Wrong)
	err = l.db.Read(ctx, func(v *db.View) error { return l.codesWait(v, t) })
	if wait := (*Wait)(nil); errors.As(err, &wait) {
		l.note(ctx, t)
		return 0, err
	}
	if err == nil {
		err = l.log(ctx, func(tx *db.Tx, next int64) error { return saveTries(tx, l.city, next, t) })
	}
	if err == nil {
		err = ErrFeed
	}
	return 0, err
}

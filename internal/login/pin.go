package login

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

const pinLength = 6

// ErrNoPIN is returned where an account has no PIN on the phone that asks, or has
// lost it by too many wrong ones.
var (
	ErrNoPIN   = fault.New(fault.Invalid, "这个岗位在这部手机上没有 PIN。请用账号名和密码登录，或者给发条子的办公室（上级单位）打电话，补一张条子。")
	errPINGone = fault.New(fault.Invalid, "PIN 输错的次数太多，这个岗位已经从这部手机上去掉了。请给发条子的办公室（上级单位）打电话，补一张条子，再设一次。")
)

func pinWrong(left int) *fault.Fault {
	return fault.New(fault.Invalid, "PIN 不对，还能试 %d 次。试完了就要补一张条子。", left).In("pin")
}

// common are PINs that are easy to type or known to everybody, and that no rule of
// checkPIN finds.
var common = []string{"147258", "147852", "159357", "159753", "258369", "456852", "520131", "521131", "789456"}

// checkPIN says what keeps a PIN from being set.
func checkPIN(pin, again string) error {
	switch {
	case len(pin) != pinLength || strings.Trim(pin, "0123456789") != "":
		return fault.New(fault.Invalid, "PIN 是 6 个数字。").In("pin")
	case obvious(pin):
		return fault.New(fault.Invalid, "这个 PIN 太好猜了，请换一个：不要连着的、重复的数字。").In("pin")
	case pin != again:
		return fault.New(fault.Invalid, "两次输入的 PIN 不一样，请再输一次。").In("pin_again")
	}
	return nil
}

// obvious reports whether a PIN is among the first that anybody tries: few different
// digits, steps of one size (123456, 975310), a part that comes again (123123, 112233)
// or runs back (123321).
func obvious(pin string) bool {
	different, back := map[byte]bool{}, []byte(pin)
	stepped := true
	for i := range len(pin) {
		different[pin[i]] = true
		if i > 1 && (pin[i]-pin[i-1]+10)%10 != (pin[1]-pin[0]+10)%10 {
			stepped = false
		}
	}
	slices.Reverse(back)
	half := len(pin) / 2
	doubled := pin[0] == pin[1] && pin[2] == pin[3] && pin[4] == pin[5]
	return len(different) < 3 || stepped || doubled || pin[:half] == pin[half:] || string(back) == pin || slices.Contains(common, pin)
}

// digits reads a PIN as it was typed, in the wide digits of an input method too.
func digits(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '\u3000':
			return -1
		}
		return r
	}, typed)
}

// SetPIN uses a one-time link or slip up: on the phone that asks the account from
// now on signs in with this PIN. The phone keeps a cookie by which it is known.
func (l *Login) SetPIN(ctx context.Context, w http.ResponseWriter, token, pin, again string) (id.Account, error) {
	if err := checkPIN(digits(pin), digits(again)); err != nil {
		return 0, err
	}
	link, err := l.link(ctx, token)
	if err != nil {
		return 0, err
	}
	hash, err := l.hash(ctx, digits(pin))
	if err != nil {
		return 0, err
	}
	phone := phoneOf(ctx)
	err = l.log(ctx, func(tx *db.Tx, next int64) error {
		known, err := accountsOfPhone(tx, l.city, hashed(phone), l.Limits.PINs)
		if err != nil {
			return err
		}
		if len(known) == 0 { // new, forgotten, or planted by somebody who knows it too
			phone = rand.Text()
		}
		if err := useLink(tx, l.city, link, l.Now()); err != nil {
			return err
		}
		if err := savePIN(tx, l.city, hashed(phone), link.account, hash, visitorOf(ctx).Browser, l.Now()); err != nil {
			return err
		}
		return saveTries(tx, l.city, next, l.try(ctx, link.account, 0, PINSet))
	})
	if err == nil {
		l.keepPhone(ctx, w, phone)
	}
	return link.account, err
}

// CheckPIN checks the PIN of an account on the phone that asks. So many wrong ones
// one after the other take the account off the phone.
func (l *Login) CheckPIN(ctx context.Context, w http.ResponseWriter, account id.Account, pin string) error {
	phone := hashed(phoneOf(ctx))
	stored, number, err := l.admitPIN(ctx, phone, account)
	if err != nil {
		return err
	}
	var right bool
	err = l.slowly(ctx, func() (err error) {
		right, err = l.compare(digits(pin), stored.hash)
		return err
	})
	// A visitor who hangs up meanwhile must not leave the outcome unwritten.
	ctx = context.WithoutCancel(ctx)
	switch {
	case errors.Is(err, db.ErrBusy): // it was not looked at, so it does not count
		return errors.Join(err, l.db.Local(ctx, func(tx *db.Tx) error {
			return errors.Join(countPIN(tx, l.city, phone, account, -1), settleTry(tx, l.city, number, Busy))
		}))
	case err != nil:
		return err
	case !right && stored.wrong+1 >= l.Limits.PINs:
		err := l.db.Local(ctx, func(tx *db.Tx) error {
			_, err := dropPhone(tx, l.city, phone, account)
			return err
		})
		return errors.Join(errPINGone, err)
	case !right:
		return pinWrong(l.Limits.PINs - stored.wrong - 1)
	}
	stands := false
	err = l.db.Local(ctx, func(tx *db.Tx) (err error) {
		if stands, err = notePIN(tx, l.city, phone, account, stored.hash, l.Now()); err != nil || !stands {
			return err
		}
		return settleTry(tx, l.city, number, ByPIN)
	})
	if err == nil && !stands {
		err = errPINGone
	}
	if err == nil {
		l.keepPhone(ctx, w, phoneOf(ctx)) // for as long again
	}
	return err
}

// admitPIN lets a try through to the PIN as admit does to a password: it is written
// down as a failure before it is checked.
func (l *Login) admitPIN(ctx context.Context, phone []byte, account id.Account) (stored storedPIN, number int64, err error) {
	t := l.try(ctx, account, 0, Wrong)
	look := func(q db.Querier) error {
		if stored, err = pinOf(q, l.city, phone, account); err != nil {
			return err
		}
		switch {
		case stored.hash == "":
			return ErrNoPIN
		case stored.wrong >= l.Limits.PINs:
			return errPINGone
		}
		return inField(l.waits(q, t, l.Limits.Account, pinWaits), "pin")
	}
	err = l.db.Read(ctx, func(v *db.View) error { return look(v) }) // refusing has to stay cheap
	if err == nil {
		err = l.log(ctx, func(tx *db.Tx, next int64) error {
			number = next
			if err := look(tx); err != nil {
				return err
			}
			if err := countPIN(tx, l.city, phone, account, 1); err != nil {
				return err
			}
			return saveTries(tx, l.city, next, t)
		})
	}
	if wait := (*Wait)(nil); errors.As(err, &wait) {
		l.note(ctx, t)
	}
	return stored, number, err
}

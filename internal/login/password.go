package login

import (
	"context"
	"time"
	"unicode/utf8"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"

	"github.com/alexedwards/argon2id"
)

// LoginName gives the name under which an account signs in, or empty.
func (l *Login) LoginName(ctx context.Context, account id.Account) (name string, err error) {
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		name, err = nameOf(v, l.city, account)
		return err
	})
	return name, err
}

// SetPassword uses a one-time link or slip up: the account from now on signs in
// with this name and password. Its other sessions and its PINs end, and it need not
// wait any more for failures that came before.
func (l *Login) SetPassword(ctx context.Context, token, name, password, again string) (id.Account, error) {
	if err := checkChoice(name, password, again); err != nil {
		return 0, err
	}
	link, err := l.link(ctx, token)
	if err != nil {
		return 0, err
	}
	hash, err := l.hash(ctx, password)
	if err != nil {
		return 0, err
	}
	account := link.account
	return account, l.log(ctx, func(tx *db.Tx, next int64) error {
		if err := useLink(tx, l.city, link, l.Now()); err != nil {
			return err
		}
		if other, err := credentialOf(tx, l.city, name); err != nil || other.account != 0 && other.account != account {
			if err == nil {
				err = fault.New(fault.Invalid, "这个账号名已经有人用了，请换一个。").In("login_name")
			}
			return err
		}
		if err := saveCredential(tx, l.city, account, name, hash); err != nil {
			return err
		}
		return saveTries(tx, l.city, next, l.try(ctx, account, 0, ByLink))
	})
}

// ChangePassword lets somebody who is signed in choose a new password. All
// sessions and PINs of the account end, this session too: Begin starts a new one. The old
// password is asked for under the same limits as at signing in, since a stolen
// session must not be a way to guess it.
func (l *Login) ChangePassword(ctx context.Context, account id.Account, old, password, again string) error {
	name, err := l.LoginName(ctx, account)
	if err != nil {
		return err
	}
	if err := checkChoice(name, password, again); err != nil {
		return err
	}
	if password == old {
		return fault.New(fault.Invalid, "新密码和现在的一样，请换一个。").In("password")
	}
	checked, err := l.check(ctx, name, old)
	if err != nil {
		if err == ErrWrong {
			err = errOld
		}
		return inField(err, "old")
	}
	hash, err := l.hash(ctx, password)
	if err != nil {
		return err
	}
	return l.log(ctx, func(tx *db.Tx, next int64) error {
		if stands, err := credentialOf(tx, l.city, name); err != nil || stands != checked || checked.account != account {
			if err == nil {
				err = errOld // changed by somebody else while this was checked
			}
			return err
		}
		if err := dropLinks(tx, l.city, account); err != nil {
			return err
		}
		if err := saveCredential(tx, l.city, account, name, hash); err != nil {
			return err
		}
		return saveTries(tx, l.city, next, l.try(ctx, account, 0, Changed))
	})
}

var errOld = fault.New(fault.Invalid, "现在的密码不对，请再试一次。").In("old")

// inField moves a fault to another field of the form.
func inField(err error, field string) error {
	switch e := err.(type) {
	case *Wait:
		return &Wait{e.Until, e.fault.In(field)}
	case *fault.Fault:
		return e.In(field)
	}
	return err
}

const shortest = 10

func checkChoice(name, password, again string) error {
	switch n := utf8.RuneCountInString(password); {
	case name == "" || utf8.RuneCountInString(name) > 40:
		return fault.New(fault.Invalid, "请填写账号名，最多 40 个字。").In("login_name")
	case n < shortest:
		return fault.New(fault.Invalid, "密码至少 %d 位，现在有 %d 位。一句自己记得住的话就很好。", shortest, n).In("password")
	case len(password) > 1000:
		return fault.New(fault.Invalid, "密码太长了。").In("password")
	case password == name:
		return fault.New(fault.Invalid, "密码不能和账号名一样。").In("password")
	case password != again:
		return fault.New(fault.Invalid, "两次输入的密码不一样，请再输一次。").In("again")
	}
	return nil
}

func (l *Login) hash(ctx context.Context, password string) (hash string, err error) {
	err = l.slowly(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, cost)
		return err
	})
	return hash, err
}

// slowly does password work, never more than atOnce at a time, so that many
// guesses cannot take the memory of the machine.
func (l *Login) slowly(ctx context.Context, f func() error) error {
	db.Leave(ctx) // a view holds one of few connections
	wait, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	select {
	case l.hashing <- struct{}{}:
	case <-wait.Done():
		return db.ErrBusy
	}
	defer func() { <-l.hashing }()
	return f()
}

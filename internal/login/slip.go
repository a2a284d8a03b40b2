package login

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

const (
	linkLife = 72 * time.Hour
	slipLife = 30 * 24 * time.Hour
)

// ErrLink is returned for a one-time link that was used, is too old, or never was.
var ErrLink = fault.New(fault.Missing, "这个链接已经用过或者过期了。请管理员再发一个。")

// What is wrong with a code that was typed. Whoever holds a slip knows an office
// that gave it, and no administrator.
var (
	ErrCodeShape = fault.New(fault.Invalid, "条子上的码是 12 个字母和数字，中间有两道横线。请对照条子再输一遍。").In("code")
	ErrCode      = fault.New(fault.Missing, "没有这个码。请对照条子再输一遍，大小写都行。还是不行，条子可能换过了：请给发条子的办公室（上级单位）打电话，补一张。").In("code")
	errCodeOld   = fault.New(fault.Missing, "这张条子过期了。请给发条子的办公室（上级单位）打电话，补一张。").In("code")
	errCodeUsed  = fault.New(fault.Missing, "这张条子已经用过了，一张只能用一次。设好了的，直接登录；忘了的，请给发条子的办公室（上级单位）打电话，补一张。").In("code")
)

// NewLink makes a one-time link's token for an account. Earlier links and slips of
// the account no longer open anything.
func (l *Login) NewLink(ctx context.Context, account id.Account) (string, error) {
	var b [24]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	token := base64.RawURLEncoding.EncodeToString(b[:])
	return token, l.db.Local(ctx, func(tx *db.Tx) error {
		return replaceLinks(tx, l.city, []storedLink{{hashed(token), account, l.Now().Add(linkLife)}})
	})
}

// Slip is a one-time link that can be typed: its code, printed on paper, is the
// token of the link.
type Slip struct {
	Account id.Account
	Code    string // 7K3M-0QWE-9TRX
	Until   time.Time
}

// NewSlips makes a slip for each account. Earlier links and slips of the accounts
// no longer open anything. A code is told here and never again.
func (l *Login) NewSlips(ctx context.Context, accounts []id.Account) ([]Slip, error) {
	var slips []Slip
	var stored []storedLink
	until, made := l.Now().Add(slipLife), map[id.Account]bool{}
	for _, account := range accounts {
		if made[account] {
			continue
		}
		made[account] = true
		code, err := newCode()
		if err != nil {
			return nil, err
		}
		key, err := hashedCode(code)
		if err != nil {
			return nil, err
		}
		slips = append(slips, Slip{account, printed(code), until})
		stored = append(stored, storedLink{key, account, until})
	}
	err := l.db.Local(ctx, func(tx *db.Tx) error { return replaceLinks(tx, l.city, stored) })
	return slips, err
}

// DropSlips ends the one-time links and slips of accounts.
func (l *Login) DropSlips(ctx context.Context, accounts []id.Account) error {
	return l.db.Local(ctx, func(tx *db.Tx) error {
		for _, a := range accounts {
			if err := dropLinks(tx, l.city, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func hashed(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Link tells for which account a token still opens the door: that of a link, or the
// code of a slip as somebody typed it.
func (l *Login) Link(ctx context.Context, token string) (id.Account, error) {
	found, err := l.link(ctx, token)
	return found.account, err
}

func (l *Login) link(ctx context.Context, token string) (found storedLink, err error) {
	if code, typed := ReadCode(token); typed {
		return l.linkOfCode(ctx, code)
	}
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		found, err = findLink(v, l.city, hashed(token), l.Now())
		return err
	})
	if errors.Is(err, ErrCode) || errors.Is(err, errCodeOld) || errors.Is(err, errCodeUsed) {
		err = ErrLink
	}
	return found, err
}

// codesKey is under what wrong codes are counted, whoever types them: below all
// that keyOf gives.
const codesKey = -1

// linkOfCode looks a code up as Check does a password: within the limits, and a
// wrong one is counted. It is looked up where it is counted, one after the other,
// so that no guesses at the same moment make one that is not.
func (l *Login) linkOfCode(ctx context.Context, code string) (found storedLink, err error) {
	key, err := hashedCode(code)
	if err != nil {
		return storedLink{}, err
	}
	t := l.try(ctx, 0, codesKey, Wrong)
	err = l.db.Read(ctx, func(v *db.View) error { return l.codesWait(v, t) }) // refusing has to stay cheap
	var told error
	if err == nil {
		err = l.log(ctx, func(tx *db.Tx, next int64) error {
			if err := l.codesWait(tx, t); err != nil {
				return err
			}
			found, told = findLink(tx, l.city, key, t.At)
			if errors.Is(told, ErrCode) {
				return saveTries(tx, l.city, next, t)
			}
			return nil
		})
	}
	if wait := (*Wait)(nil); errors.As(err, &wait) {
		l.note(ctx, t)
	}
	if err == nil {
		err = told
	}
	return found, err
}

// codesWait says whether the next code has to wait: that of this network, or of anybody.
func (l *Login) codesWait(q db.Querier, t Try) error {
	return inField(l.waits(q, t, l.Limits.Codes, allCodesWait), "code")
}

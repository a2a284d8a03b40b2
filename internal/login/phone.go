package login

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

// Phone is a browser on which an account has a PIN.
type Phone struct {
	Key     string // names it; of no use as a cookie
	Browser string // as it called itself when the PIN was set
	Made    time.Time
	Used    time.Time // when the PIN last let somebody in
	Current bool      // the one that asks
}

// phoneLife is how long a phone is known after its last sign-in; browsers keep no
// cookie for longer.
const phoneLife = 400 * 24 * time.Hour

type phoneKey struct{}

// withPhone puts the token of the phone that asks into a context.
func withPhone(ctx context.Context, token string) context.Context {
	return context.WithValue(ctx, phoneKey{}, token)
}

func phoneOf(ctx context.Context) string {
	token, _ := ctx.Value(phoneKey{}).(string)
	return token
}

// cookieNames are those of the session and of the phone. By HTTPS they keep
// neighbouring sites of the same domain from planting one.
func cookieNames(secure bool) (session, phone string) {
	if secure {
		return "__Host-luoshi", "__Host-luoshi-phone"
	}
	return "luoshi", "luoshi-phone"
}

// keepPhone lets the browser remember which phone it is. That alone opens nothing.
func (l *Login) keepPhone(ctx context.Context, w http.ResponseWriter, token string) {
	secure := l.secure || visitorOf(ctx).HTTPS
	_, name := cookieNames(secure)
	http.SetCookie(w, &http.Cookie{Name: name, Value: token, Path: "/", MaxAge: int(phoneLife / time.Second), HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode})
}

// PINs lists the accounts that have a PIN on the phone that asks.
func (l *Login) PINs(ctx context.Context) (all []id.Account, err error) {
	token := phoneOf(ctx)
	if token == "" {
		return nil, nil
	}
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		all, err = accountsOfPhone(v, l.city, hashed(token), l.Limits.PINs)
		return err
	})
	return all, err
}

// Phones lists the phones on which an account has a PIN, the one last used first.
func (l *Login) Phones(ctx context.Context, account id.Account) (all []Phone, err error) {
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		all, err = phonesOf(v, l.city, account, l.Limits.PINs)
		return err
	})
	here := hex.EncodeToString(hashed(phoneOf(ctx)))
	for i := range all {
		all[i].Current = all[i].Key == here
	}
	return all, err
}

// DropPhone takes an account off a phone: its PIN there, and the sessions that any
// PIN of it opened, since one does not tell from which phone it came.
func (l *Login) DropPhone(ctx context.Context, account id.Account, key string) error {
	raw, err := hex.DecodeString(key)
	if err != nil {
		return nil // no phone is called so
	}
	return l.db.Local(ctx, func(tx *db.Tx) error {
		if dropped, err := dropPhone(tx, l.city, raw, account); err != nil || dropped == 0 {
			return err
		}
		return dropSessionsByPIN(tx, l.city, account)
	})
}

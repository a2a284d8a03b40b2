// Package login knows who is at the other end: passwords, one-time links and
// sessions. It knows accounts by their identifier only. Its times are the
// machine's own, whatever day a sample city lives in.
package login

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"time"
	"unicode/utf8"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the share of the database that signing in needs.
func Schema() db.Schema {
	own, err := fs.Sub(files, "schema")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return db.Schema{Room: "login", Files: own, Tables: []db.Table{
		{Name: "credential", Sharing: db.Distributed, Columns: db.Columns(db.Personal, "account_id", "login_name", "hash")},
		{Name: "sign_in_link", Sharing: db.Local, Columns: db.Columns(db.Internal, "token_hash", "city_id", "account_id", "expires_at")},
		{Name: "session", Sharing: db.Local, Columns: db.Columns(db.Internal, "token", "city_id", "account_id", "data", "expires_at")},
	}}
}

// Login signs the people of one city in and out.
type Login struct {
	db       *db.DB
	city     int64
	sessions *scs.SessionManager
	hashing  chan struct{} // bounds how many passwords are checked at once: each takes 19 MiB
	unknown  string        // checked where there is no such name, so that both take as long
}

const (
	sessionLife = 12 * time.Hour
	linkLife    = 72 * time.Hour
	atOnce      = 2
)

// New gives the sign-in of a city. Secure says that pages come by HTTPS only.
func New(d *db.DB, city int64, secure bool) (*Login, error) {
	unknown, err := argon2id.CreateHash(rand.Text(), argon2id.DefaultParams)
	if err != nil {
		return nil, fmt.Errorf("prepare sign-in: %w", err)
	}
	s := scs.New()
	s.Store = &store{d, city}
	s.Lifetime = sessionLife
	s.Cookie.Name = "luoshi"
	s.Cookie.Path = "/"
	s.Cookie.HttpOnly = true
	s.Cookie.Secure = secure
	s.Cookie.SameSite = http.SameSiteLaxMode
	return &Login{db: d, city: city, sessions: s, hashing: make(chan struct{}, atOnce), unknown: unknown}, nil
}

// Wrap gives a handler its sessions.
func (l *Login) Wrap(h http.Handler) http.Handler { return l.sessions.LoadAndSave(h) }

const accountKey = "account"

// Account tells whose session a request belongs to, or 0.
func (l *Login) Account(ctx context.Context) id.Account {
	return id.Account(l.sessions.GetInt64(ctx, accountKey))
}

// Begin starts a session of an account under a fresh token.
func (l *Login) Begin(ctx context.Context, account id.Account) error {
	if err := l.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("begin session: %w", err)
	}
	l.sessions.Put(ctx, accountKey, int64(account))
	return nil
}

// End ends the session.
func (l *Login) End(ctx context.Context) error { return l.sessions.Destroy(ctx) }

// ErrLink is returned for a one-time link that was used, is too old, or never was.
var ErrLink = fault.New(fault.Missing, "这个链接已经用过或者过期了。请管理员再发一个。")

// ErrWrong is returned where name and password do not belong together.
var ErrWrong = fault.New(fault.Invalid, "账号名或密码不对，请再试一次。忘了密码，请管理员发一个新链接。").In("password")

// NewLink makes a one-time link's token for an account. Earlier links of the
// account no longer open anything.
func (l *Login) NewLink(ctx context.Context, account id.Account) (string, error) {
	var b [24]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	token := base64.RawURLEncoding.EncodeToString(b[:])
	return token, l.db.Local(ctx, func(tx *db.Tx) error {
		return replaceLink(tx, l.city, account, hashed(token), time.Now().Add(linkLife))
	})
}

func hashed(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Link tells for which account a token still opens the door.
func (l *Login) Link(ctx context.Context, token string) (account id.Account, err error) {
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		account, err = findLink(v, l.city, hashed(token), time.Now())
		return err
	})
	return account, err
}

// LoginName gives the name under which an account signs in, or empty.
func (l *Login) LoginName(ctx context.Context, account id.Account) (name string, err error) {
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		name, err = nameOf(v, l.city, account)
		return err
	})
	return name, err
}

// SetPassword uses a one-time link up: the account from now on signs in with
// this name and password. Its other sessions end.
func (l *Login) SetPassword(ctx context.Context, token, name, password, again string) (id.Account, error) {
	if err := checkChoice(name, password, again); err != nil {
		return 0, err
	}
	account, err := l.Link(ctx, token)
	if err != nil {
		return 0, err
	}
	var hash string
	if err = l.slowly(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, argon2id.DefaultParams)
		return err
	}); err != nil {
		return 0, err
	}
	return account, l.db.Local(ctx, func(tx *db.Tx) error {
		if _, err := findLink(tx, l.city, hashed(token), time.Now()); err != nil {
			return err
		}
		if other, err := accountNamed(tx, l.city, name); err != nil || other != 0 && other != account {
			if err == nil {
				err = fault.New(fault.Invalid, "这个账号名已经有人用了，请换一个。").In("login_name")
			}
			return err
		}
		return saveCredential(tx, l.city, account, name, hash)
	})
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

// Check tells which account a name and password belong to.
func (l *Login) Check(ctx context.Context, name, password string) (id.Account, error) {
	var found credential
	err := l.db.Read(ctx, func(v *db.View) (err error) {
		found, err = credentialOf(v, l.city, name)
		return err
	})
	if err != nil {
		return 0, err
	}
	hash := found.hash
	if hash == "" {
		hash = l.unknown
	}
	var right bool
	if err := l.slowly(ctx, func() (err error) {
		right, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	}); err != nil {
		return 0, err
	}
	if !right || found.hash == "" {
		return 0, ErrWrong
	}
	return found.account, nil
}

// slowly does password work, never more than atOnce at a time, so that many
// guesses cannot take the memory of the machine.
func (l *Login) slowly(ctx context.Context, f func() error) error {
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

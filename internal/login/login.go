// Package login knows who is at the other end: passwords, one-time links and slips,
// PINs of phones, sessions, and every try to sign in. It knows accounts by their identifier
// only. Its times are the machine's own, whatever day a sample city lives in.
package login

import (
	"context"
	"crypto/rand"
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"net/netip"
	"time"

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
		{Name: "sign_in_link", Sharing: db.Local, Columns: db.Columns(db.Internal, "token_hash", "account_id", "expires_at", "used_at")},
		{Name: "device", Sharing: db.Local, Columns: db.Join(db.Columns(db.Internal, "key_hash", "account_id", "wrong", "made_at", "used_at"),
			db.Columns(db.Personal, "pin_hash", "browser"))},
		{Name: "feed", Sharing: db.Local, Columns: db.Columns(db.Internal, "token_hash", "account_id", "made_at", "ended_at")},
		{Name: "account_seen", Sharing: db.Local, Columns: db.Columns(db.Internal, "account_id", "seen_at")},
		{Name: "session", Sharing: db.Local, Columns: db.Join(db.Columns(db.Internal, "token", "account_id", "data", "expires_at", "began_at", "seen_at", "by_pin"),
			db.Columns(db.Personal, "address", "browser"))},
		{Name: "sign_in", Sharing: db.Local, Columns: db.Join(db.Columns(db.Internal, "id", "account_id", "name_key", "at", "outcome", "tries"),
			db.Columns(db.Personal, "network", "address", "browser"))},
	}}
}

// Login signs the people of one city in and out.
type Login struct {
	Limits Limits           // Preset, unless set before the first request
	Now    func() time.Time // the machine's clock; another only in tests

	db       *db.DB
	city     int64
	secure   bool
	sessions *scs.SessionManager
	hashing  chan struct{} // bounds how many passwords are checked at once: each takes 19 MiB
	unknown  string        // checked where there is no such name, so that both take as long
	nameKey  []byte        // under which unknown names are counted, see keyOf
	compare  func(password, hash string) (bool, error)
	refused  notebook
	purged   purge
}

const atOnce = 2

// cost is what OWASP gives for Argon2id with little memory. It is the same on
// every machine: a stored hash that cost more or less than the one checked for
// unknown names would tell them apart.
var cost = &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// New gives the sign-in of a city. Secure says that pages come by HTTPS only.
func New(d *db.DB, city int64, secure bool) (*Login, error) {
	unknown, err := argon2id.CreateHash(rand.Text(), cost)
	if err != nil {
		return nil, fmt.Errorf("prepare sign-in: %w", err)
	}
	l := &Login{Limits: Preset, Now: time.Now, db: d, city: city, secure: secure, sessions: scs.New(), hashing: make(chan struct{}, atOnce),
		unknown: unknown, nameKey: []byte(rand.Text()), compare: argon2id.ComparePasswordAndHash}
	l.sessions.Store = &store{l}
	l.sessions.Codec = codec{}
	l.sessions.Cookie.Name, _ = cookieNames(false)
	l.sessions.Cookie.Path = "/"
	l.sessions.Cookie.HttpOnly = true
	l.sessions.Cookie.SameSite = http.SameSiteLaxMode
	return l, nil
}

// Visitor is who asks, as far as the connection tells.
type Visitor struct {
	Address netip.Addr
	Browser string // as it calls itself
	HTTPS   bool
}

type visitorKey struct{}

// With puts the visitor into a context, for the log of sign-ins and the sessions.
func With(ctx context.Context, v Visitor) context.Context {
	if len(v.Browser) > longestBrowser {
		v.Browser = v.Browser[:longestBrowser]
	}
	return context.WithValue(ctx, visitorKey{}, v)
}

const longestBrowser = 200

func visitorOf(ctx context.Context) Visitor {
	v, _ := ctx.Value(visitorKey{}).(Visitor)
	return v
}

// address is the visitor's address as it is written down.
func (v Visitor) address() string {
	if !v.Address.IsValid() {
		return ""
	}
	return v.Address.Unmap().String()
}

// Wrap gives a handler its sessions. who tells who asks; failed answers where the
// session cannot be read or stored.
func (l *Login) Wrap(h http.Handler, who func(*http.Request) Visitor, failed func(http.ResponseWriter, *http.Request, error)) http.Handler {
	l.sessions.Lifetime, l.sessions.ErrorFunc = l.Limits.Session, failed
	secured := *l.sessions // it shares everything but the cookie
	secured.Cookie.Secure = true
	secured.Cookie.Name, _ = cookieNames(true)
	plain, secure := l.sessions.LoadAndSave(h), secured.LoadAndSave(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := who(r)
		ctx := With(r.Context(), v)
		_, phone := cookieNames(l.secure || v.HTTPS)
		if c, err := r.Cookie(phone); err == nil {
			ctx = withPhone(ctx, c.Value)
		}
		r = r.WithContext(ctx)
		if l.secure || v.HTTPS {
			secure.ServeHTTP(w, r)
		} else {
			plain.ServeHTTP(w, r)
		}
	})
}

const (
	accountKey = "account"
	pinKey     = "pin" // set where a PIN opened the session
)

// Account tells whose session a request belongs to, or 0.
func (l *Login) Account(ctx context.Context) id.Account {
	return id.Account(l.sessions.GetInt64(ctx, accountKey))
}

// ByPIN reports whether a PIN opened the session a request belongs to.
func (l *Login) ByPIN(ctx context.Context) bool { return l.sessions.GetBool(ctx, pinKey) }

// Begin starts a session of an account under a fresh token. Every way to prove who
// one is ends here: a later one (a certificate, single sign-on) finds out the account,
// sees that desk.Office.Who knows it, writes the try down and calls Begin.
func (l *Login) Begin(ctx context.Context, account id.Account) error {
	if err := l.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("begin session: %w", err)
	}
	l.sessions.Remove(ctx, pinKey) // of whoever was here before
	l.sessions.Put(ctx, accountKey, int64(account))
	return nil
}

// BeginByPIN starts a session that ends sooner: the phone may be anybody's next.
func (l *Login) BeginByPIN(ctx context.Context, account id.Account) error {
	err := l.Begin(ctx, account)
	if err == nil {
		l.sessions.Put(ctx, pinKey, true)
	}
	return err
}

// End ends the session.
func (l *Login) End(ctx context.Context) error { return l.sessions.Destroy(ctx) }

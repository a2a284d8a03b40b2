package login

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"log/slog"
	"sync"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// Outcome is what became of a try to sign in.
type Outcome string

const (
	Right   Outcome = "right"
	Wrong   Outcome = "wrong"
	Locked  Outcome = "locked"  // not checked: the account or the network has to wait
	Busy    Outcome = "busy"    // not checked: too many at once
	ByLink  Outcome = "link"    // came in by a one-time link
	Changed Outcome = "changed" // chose a new password
	ByPIN   Outcome = "pin"     // the PIN of a phone was right
	PINSet  Outcome = "pin_set" // chose a PIN, by a slip or a link
)

// Try is one try to sign in, or several that were refused one after the other.
type Try struct {
	At      time.Time
	Outcome Outcome
	Tries   int64
	Address string
	Browser string

	account id.Account // 0 where there is no such name
	nameKey int64      // counts tries of a name that is not known; 0 where it is
	network string
}

func (l *Login) try(ctx context.Context, account id.Account, nameKey int64, o Outcome) Try {
	v := visitorOf(ctx)
	return Try{l.Now(), o, 1, v.address(), v.Browser, account, nameKey, network(v.Address)}
}

// ErrWrong is returned where name and password do not belong together.
var ErrWrong = fault.New(fault.Invalid, "账号名或密码不对，请再试一次。忘了密码，请管理员发一个新链接。").In("password")

// Check tells which account a name and password belong to. A name that is not
// known is counted, refused and takes as long as one that is.
func (l *Login) Check(ctx context.Context, name, password string) (id.Account, error) {
	c, err := l.check(ctx, name, password)
	return c.account, err
}

func (l *Login) check(ctx context.Context, name, password string) (credential, error) {
	c, number, err := l.admit(ctx, name)
	if err != nil {
		return credential{}, err
	}
	hash := c.hash
	if hash == "" {
		hash = l.unknown
	}
	var right bool
	err = l.slowly(ctx, func() (err error) {
		right, err = l.compare(password, hash)
		return err
	})
	// A visitor who hangs up meanwhile must not leave the outcome unwritten.
	ctx = context.WithoutCancel(ctx)
	switch {
	case errors.Is(err, db.ErrBusy):
		return credential{}, errors.Join(err, l.settle(ctx, number, Busy))
	case err != nil:
		return credential{}, err
	case !right || c.hash == "":
		return credential{}, ErrWrong
	}
	return c, l.settle(ctx, number, Right)
}

// admit lets a try through to the password, or says when it may come again. It
// is written down as a failure before it is checked, so that no guesses at the
// same moment, no hang-up and no crash make one that is not counted.
func (l *Login) admit(ctx context.Context, name string) (c credential, number int64, err error) {
	var t Try
	look := func(q db.Querier) error {
		if c, err = credentialOf(q, l.city, name); err != nil {
			return err
		}
		key := int64(0)
		if c.account == 0 {
			key = l.keyOf(name)
		}
		t = l.try(ctx, c.account, key, Wrong)
		return l.waits(q, t, l.Limits.Account, accountWaits)
	}
	// Looked at first without writing: refusing has to stay cheap.
	err = l.db.Read(ctx, func(v *db.View) error { return look(v) })
	if err == nil {
		err = l.log(ctx, func(tx *db.Tx, next int64) error {
			number = next
			if err := look(tx); err != nil {
				return err
			}
			return saveTries(tx, l.city, next, t)
		})
	}
	if wait := (*Wait)(nil); errors.As(err, &wait) {
		l.note(ctx, t)
		return credential{}, 0, wait
	}
	return c, number, err
}

// waits says whether the network of a try has to wait, or by a rule and in its words
// whatever is tried.
func (l *Login) waits(q db.Querier, t Try, rule Rule, told func(until time.Time) error) error {
	failures, err := failuresOfNetwork(q, l.city, t.network, l.Limits.Network.Failures)
	if err != nil {
		return err
	}
	if until := l.Limits.Network.opens(failures, t.At); !until.IsZero() {
		return networkWaits(until)
	}
	if failures, err = failuresOfAccount(q, l.city, t.account, t.nameKey, rule.Failures); err != nil {
		return err
	}
	if until := rule.opens(failures, t.At); !until.IsZero() {
		return told(until)
	}
	return nil
}

func (l *Login) settle(ctx context.Context, number int64, o Outcome) error {
	return l.db.Local(ctx, func(tx *db.Tx) error { return settleTry(tx, l.city, number, o) })
}

// keyOf is under what an unknown name is counted. What was typed is not kept:
// people type their password into the wrong field. The key of the hash lives as
// long as the program, so that nobody can try a list of words on what is stored.
func (l *Login) keyOf(name string) int64 {
	m := hmac.New(sha256.New, l.nameKey)
	m.Write([]byte(name))
	return int64(binary.BigEndian.Uint64(m.Sum(nil))>>1 | 1)
}

// notebook holds refused tries until they are written down together, so that a
// flood of them does not keep the database from its work.
type notebook struct {
	mu    sync.Mutex
	lines map[refusal]Try
	since time.Time // when the oldest line was noted
}

type refusal struct {
	account id.Account
	network string
}

const (
	mostNotes = 1000
	notedFor  = 10 * time.Second
)

// add notes refused tries, and reports whether it is time to write them down.
func (n *notebook) add(now time.Time, tries ...Try) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.lines == nil {
		n.lines, n.since = map[refusal]Try{}, now
	}
	for _, t := range tries {
		key := refusal{t.account, t.network}
		t.Tries += n.lines[key].Tries
		n.lines[key] = t
	}
	return len(n.lines) >= mostNotes || now.Sub(n.since) >= notedFor
}

func (n *notebook) take() []Try {
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []Try
	for _, t := range n.lines {
		out = append(out, t)
	}
	n.lines = nil
	return out
}

func (l *Login) note(ctx context.Context, t Try) {
	t.Outcome, t.nameKey = Locked, 0
	if l.refused.add(t.At, t) {
		if err := l.WriteDown(ctx); err != nil {
			slog.Error("write refused sign-ins down", "error", err) // they stay noted
		}
	}
}

// WriteDown writes the refused tries down that were only noted so far.
func (l *Login) WriteDown(ctx context.Context) error {
	return l.log(ctx, func(*db.Tx, int64) error { return nil })
}

// log runs f in a write of the log of sign-ins; next is the number of the next
// row. What was noted goes before it.
func (l *Login) log(ctx context.Context, f func(tx *db.Tx, next int64) error) error {
	notes := l.refused.take()
	err := l.db.Local(ctx, func(tx *db.Tx) error {
		next, err := nextTry(tx, l.city)
		if err != nil {
			return err
		}
		if l.purged.due(l.Now()) {
			if err := purgeTries(tx, l.city, l.Now().Add(-l.Limits.Kept), next-l.Limits.Rows); err != nil {
				return err
			}
		}
		if err := saveTries(tx, l.city, next, notes...); err != nil {
			return err
		}
		return f(tx, next+int64(len(notes)))
	})
	if err != nil && len(notes) > 0 {
		l.refused.add(l.Now(), notes...)
	}
	return err
}

// purge remembers when old rows were last deleted.
type purge struct {
	mu   sync.Mutex
	last time.Time
}

const purgeEvery = time.Hour

func (p *purge) due(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d := now.Sub(p.last); d >= 0 && d < purgeEvery {
		return false
	}
	p.last = now
	return true
}

// Tries gives the last tries to sign in to an account, newest first.
func (l *Login) Tries(ctx context.Context, account id.Account) (all []Try, err error) {
	if err := l.WriteDown(ctx); err != nil {
		slog.Warn("write refused sign-ins down", "error", err) // they stay noted; reading goes on while writing cannot
	}
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		all, err = lastTries(v, l.city, account, 20)
		return err
	})
	return all, err
}

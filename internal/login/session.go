package login

import (
	"context"
	"encoding/hex"
	"log/slog"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

// Session is one browser in which somebody is signed in.
type Session struct {
	Key     string // names it; of no use as a cookie
	Began   time.Time
	Seen    time.Time
	Address string
	Browser string
	ByPIN   bool // a PIN opened it
	Current bool // the one that asks
}

// Sessions lists the open sessions of an account, the one last used first.
func (l *Login) Sessions(ctx context.Context, account id.Account) (all []Session, err error) {
	err = l.db.Read(ctx, func(v *db.View) (err error) {
		all, err = openSessions(v, l.city, account, l.lasting())
		return err
	})
	for i := range all {
		all[i].Current = all[i].Key == l.current(ctx)
	}
	return all, err
}

func (l *Login) current(ctx context.Context) string { return keyOfToken(l.sessions.Token(ctx)) }

// lasting tells until when a session must have been used not to be over.
func (l *Login) lasting() lasting {
	now := l.Now()
	return lasting{now, now.Add(-l.Limits.Idle), now.Add(-l.Limits.PINIdle)}
}

// EndSession ends one session of an account.
func (l *Login) EndSession(ctx context.Context, account id.Account, key string) error {
	return l.db.Local(ctx, func(tx *db.Tx) error { return dropSession(tx, l.city, account, key) })
}

// EndOthers ends all sessions of an account but the one that asks.
func (l *Login) EndOthers(ctx context.Context, account id.Account) error {
	return l.db.Local(ctx, func(tx *db.Tx) error { return dropSessions(tx, l.city, account, l.current(ctx)) })
}

// EndAll ends all sessions of an account, its one-time link or slip, and its PINs.
func (l *Login) EndAll(ctx context.Context, account id.Account) error {
	return l.db.Local(ctx, func(tx *db.Tx) error {
		if err := dropLinks(tx, l.city, account); err != nil {
			return err
		}
		if err := dropPhones(tx, l.city, account); err != nil {
			return err
		}
		return dropSessions(tx, l.city, account, "")
	})
}

// holderIn tells whose session some data is and whether a PIN opened it, so that
// all sessions of an account can be found and end when they should.
func holderIn(data []byte) (account id.Account, byPIN bool) {
	_, values, err := codec{}.Decode(data)
	if err != nil {
		return 0, false
	}
	number, _ := values[accountKey].(int64)
	return id.Account(number), values[pinKey] == true
}

// keyOfToken is what is kept of a token: who reads the database cannot walk in
// with what stands there.
func keyOfToken(token string) string { return hex.EncodeToString(hashed(token)) }

// store keeps sessions for scs.
type store struct{ *Login }

// seenEvery is how often it is written down that a session is in use.
const seenEvery = time.Minute

func (s *store) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	now, key := s.Now(), keyOfToken(token)
	var found []storedSession
	err := s.db.Read(ctx, func(v *db.View) (err error) {
		found, err = findSession(v, s.city, key, s.lasting())
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, false, err
	}
	address := visitorOf(ctx).address()
	if now.Sub(found[0].seen) >= seenEvery || found[0].address != address {
		// It changes a row that is there: a session that was ended meanwhile stays ended.
		err := s.db.Local(ctx, func(tx *db.Tx) error { return noteSeen(tx, s.city, key, now, address) })
		if err != nil {
			slog.Warn("note that a session is in use", "error", err) // reading goes on while writing cannot
		}
	}
	return found[0].data, true, nil
}

// CommitCtx stores a session that begins. Only Begin changes what a session
// holds, and under a fresh token; so a request that was under way while its
// session was ended cannot bring it back.
func (s *store) CommitCtx(ctx context.Context, token string, data []byte, _ time.Time) error {
	now, v := s.Now(), visitorOf(ctx)
	return s.db.Local(ctx, func(tx *db.Tx) error {
		if err := dropExpired(tx, s.city, now); err != nil {
			return err
		}
		account, byPIN := holderIn(data)
		if account != 0 {
			if err := noteAccountSeen(tx, s.city, account, now); err != nil {
				return err
			}
		}
		return saveSession(tx, s.city, account, storedSession{keyOfToken(token), data, now, v.address(), byPIN}, v.Browser, now.Add(s.Limits.Session))
	})
}

func (s *store) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Local(ctx, func(tx *db.Tx) error { return dropToken(tx, s.city, keyOfToken(token)) })
}

func (s *store) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s *store) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

func (s *store) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

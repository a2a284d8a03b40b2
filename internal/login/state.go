package login

import (
	"context"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

// State is how far an account is with signing in, for who looks after it.
type State struct {
	Password bool      // it has a name and a password
	Phones   int       // on which it has a PIN
	Slip     time.Time // until when its slip or link is open; zero: it has none
	Sessions int       // that are open now
	Seen     time.Time // when it was last there; zero: never
}

// SignedUp reports whether the account's holder can sign in by now.
func (s State) SignedUp() bool { return s.Password || s.Phones > 0 }

// AccountStates tells the states of many accounts at once.
func (l *Login) AccountStates(ctx context.Context, accounts []id.Account) (map[id.Account]State, error) {
	states := make(map[id.Account]State, len(accounts))
	for _, a := range accounts {
		states[a] = State{}
	}
	var traces []trace
	err := l.db.Read(ctx, func(v *db.View) (err error) {
		traces, err = tracesOf(v, l.city, l.Limits.PINs, l.lasting())
		return err
	})
	for _, t := range traces {
		s, asked := states[t.account]
		if !asked {
			continue
		}
		switch t.of {
		case aPassword:
			s.Password = true
		case aPhone:
			s.Phones++
		case aLink:
			s.Slip = t.at
		case aSession:
			s.Sessions++
		}
		if (t.of == aSession || t.of == aSignIn) && t.at.After(s.Seen) {
			s.Seen = t.at
		}
		states[t.account] = s
	}
	return states, err
}

package login

import (
	"context"

	"luoshi/id"
	"luoshi/internal/db"
)

// Erase removes what an account signed in with, and from where: its name and
// password, PINs, sessions, one-time link, its
// calendar's address, and the addresses and browsers of its
// sign-ins. That it signed in, and when, stays. Done twice it does nothing more.
func (l *Login) Erase(ctx context.Context, account id.Account) error {
	// What was only noted so far is written down first, and so erased too.
	return l.log(ctx, func(tx *db.Tx, _ int64) error {
		if err := dropLinks(tx, l.city, account); err != nil {
			return err
		}
		if err := dropFeeds(tx, l.city, account); err != nil {
			return err
		}
		if err := dropPhones(tx, l.city, account); err != nil {
			return err
		}
		if err := dropSessions(tx, l.city, account, ""); err != nil {
			return err
		}
		if err := dropAccountSeen(tx, l.city, account); err != nil {
			return err
		}
		if err := dropCredential(tx, l.city, account); err != nil {
			return err
		}
		return blankTries(tx, l.city, account)
	})
}

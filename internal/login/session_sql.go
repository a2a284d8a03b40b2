package login

import (
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

type storedSession struct {
	key     string
	data    []byte
	seen    time.Time
	address string
	byPIN   bool
}

// lasting is now, and when a session must have been used last not to be over: one
// that a password opened, and one that a PIN did.
type lasting struct{ now, used, usedByPIN time.Time }

func findSession(q db.Querier, city int64, key string, l lasting) ([]storedSession, error) {
	return db.Rows(q, func(s db.Scanner) (o storedSession, err error) {
		var seen int64
		err = s.Scan(&o.key, &o.data, &seen, &o.address)
		o.seen = time.UnixMicro(seen)
		return o, err
	}, "SELECT token, data, seen_at, address FROM session WHERE city_id = $1 AND token = $2 AND expires_at > $3 AND (COALESCE(by_pin, 0) = 0 AND seen_at > $4 OR by_pin = 1 AND seen_at > $5)",
		city, key, l.now.UnixMicro(), l.used.UnixMicro(), l.usedByPIN.UnixMicro())
}

func openSessions(q db.Querier, city int64, account id.Account, l lasting) ([]Session, error) {
	return db.Rows(q, func(s db.Scanner) (o Session, err error) {
		var began, seen, byPIN int64
		err = s.Scan(&o.Key, &began, &seen, &o.Address, &o.Browser, &byPIN)
		o.Began, o.Seen, o.ByPIN = time.UnixMicro(began), time.UnixMicro(seen), byPIN == 1
		return o, err
	}, `SELECT token, began_at, seen_at, address, browser, COALESCE(by_pin, 0) FROM session
		WHERE city_id = $1 AND account_id = $2 AND expires_at > $3 AND (COALESCE(by_pin, 0) = 0 AND seen_at > $4 OR by_pin = 1 AND seen_at > $5) ORDER BY seen_at DESC, token`,
		city, account, l.now.UnixMicro(), l.used.UnixMicro(), l.usedByPIN.UnixMicro())
}

func saveSession(tx *db.Tx, city int64, account id.Account, s storedSession, browser string, expires time.Time) error {
	byPIN := 0
	if s.byPIN {
		byPIN = 1
	}
	return tx.Insert("session", "token, city_id, account_id, data, expires_at, began_at, seen_at, address, browser, by_pin",
		[][]any{{s.key, city, account, s.data, expires.UnixMicro(), s.seen.UnixMicro(), s.seen.UnixMicro(), s.address, browser, byPIN}})
}

func noteSeen(tx *db.Tx, city int64, key string, now time.Time, address string) error {
	_, err := tx.Exec("UPDATE session SET seen_at = $1, address = $2 WHERE city_id = $3 AND token = $4", now.UnixMicro(), address, city, key)
	return err
}

func dropExpired(tx *db.Tx, city int64, now time.Time) error {
	_, err := tx.Exec("DELETE FROM session WHERE city_id = $1 AND expires_at <= $2", city, now.UnixMicro())
	return err
}

func dropToken(tx *db.Tx, city int64, key string) error {
	_, err := tx.Exec("DELETE FROM session WHERE city_id = $1 AND token = $2", city, key)
	return err
}

func dropSession(tx *db.Tx, city int64, account id.Account, key string) error {
	_, err := tx.Exec("DELETE FROM session WHERE city_id = $1 AND account_id = $2 AND token = $3", city, account, key)
	return err
}

func dropSessions(tx *db.Tx, city int64, account id.Account, but string) error {
	_, err := tx.Exec("DELETE FROM session WHERE city_id = $1 AND account_id = $2 AND token <> $3", city, account, but)
	return err
}

func dropSessionsByPIN(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("DELETE FROM session WHERE city_id = $1 AND account_id = $2 AND by_pin = 1", city, account)
	return err
}

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
}

func findSession(q db.Querier, city int64, key string, now, used time.Time) ([]storedSession, error) {
	return db.Rows(q, func(s db.Scanner) (o storedSession, err error) {
		var seen int64
		err = s.Scan(&o.key, &o.data, &seen, &o.address)
		o.seen = time.UnixMicro(seen)
		return o, err
	}, "SELECT token, data, seen_at, address FROM session WHERE city_id = $1 AND token = $2 AND expires_at > $3 AND seen_at > $4",
		city, key, now.UnixMicro(), used.UnixMicro())
}

func openSessions(q db.Querier, city int64, account id.Account, now, used time.Time) ([]Session, error) {
	return db.Rows(q, func(s db.Scanner) (o Session, err error) {
		var began, seen int64
		err = s.Scan(&o.Key, &began, &seen, &o.Address, &o.Browser)
		o.Began, o.Seen = time.UnixMicro(began), time.UnixMicro(seen)
		return o, err
	}, `SELECT token, began_at, seen_at, address, browser FROM session
		WHERE city_id = $1 AND account_id = $2 AND expires_at > $3 AND seen_at > $4 ORDER BY seen_at DESC, token`,
		city, account, now.UnixMicro(), used.UnixMicro())
}

func saveSession(tx *db.Tx, city int64, account id.Account, s storedSession, browser string, expires time.Time) error {
	return tx.Insert("session", "token, city_id, account_id, data, expires_at, began_at, seen_at, address, browser",
		[][]any{{s.key, city, account, s.data, expires.UnixMicro(), s.seen.UnixMicro(), s.seen.UnixMicro(), s.address, browser}})
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

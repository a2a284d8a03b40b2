package login

import (
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

func nextTry(q db.Querier, city int64) (int64, error) {
	return db.Row(q, db.Value[int64], "SELECT COALESCE(MAX(id), 0) + 1 FROM sign_in WHERE city_id = $1", city)
}

func saveTries(tx *db.Tx, city, next int64, tries ...Try) error {
	var rows [][]any
	for i, t := range tries {
		rows = append(rows, []any{next + int64(i), city, t.account, t.nameKey, t.network, t.At.UnixMicro(), string(t.Outcome), t.Tries, t.Address, t.Browser})
	}
	return tx.Insert("sign_in", "id, city_id, account_id, name_key, network, at, outcome, tries, address, browser", rows)
}

func settleTry(tx *db.Tx, city, number int64, o Outcome) error {
	_, err := tx.Exec("UPDATE sign_in SET outcome = $1 WHERE city_id = $2 AND id = $3", string(o), city, number)
	return err
}

// failuresOfAccount gives the last failures since the account's holder was last
// known to be there, newest first.
func failuresOfAccount(q db.Querier, city int64, account id.Account, nameKey int64, n int) ([]time.Time, error) {
	return db.Rows(q, instant, `SELECT at FROM sign_in WHERE city_id = $1 AND account_id = $2 AND name_key = $3 AND outcome = 'wrong'
		AND id > (SELECT COALESCE(MAX(r.id), 0) FROM sign_in r WHERE r.city_id = $4 AND r.account_id = $5 AND r.name_key = $6 AND r.outcome IN ('right', 'link', 'changed', 'pin', 'pin_set'))
		ORDER BY id DESC LIMIT $7`, city, account, nameKey, city, account, nameKey, n)
}

// failuresOfNetwork gives the last failures from a network, newest first. A
// success does not wipe them out: it may be the guesser's own account.
func failuresOfNetwork(q db.Querier, city int64, network string, n int) ([]time.Time, error) {
	return db.Rows(q, instant, "SELECT at FROM sign_in WHERE city_id = $1 AND network = $2 AND outcome = 'wrong' ORDER BY id DESC LIMIT $3", city, network, n)
}

func instant(s db.Scanner) (time.Time, error) {
	at, err := db.Value[int64](s)
	return time.UnixMicro(at), err
}

func lastTries(q db.Querier, city int64, account id.Account, n int) ([]Try, error) {
	return db.Rows(q, func(s db.Scanner) (t Try, err error) {
		var at int64
		err = s.Scan(&at, &t.Outcome, &t.Tries, &t.Address, &t.Browser)
		t.At = time.UnixMicro(at)
		return t, err
	}, "SELECT at, outcome, tries, address, browser FROM sign_in WHERE city_id = $1 AND account_id = $2 ORDER BY id DESC LIMIT $3", city, account, n)
}

// purgeTries deletes what is older than it is kept, and of tries without success
// all but the newest: a flood of guesses must not fill the disk, nor wash away
// who was let in.
func purgeTries(tx *db.Tx, city int64, before time.Time, upTo int64) error {
	_, err := tx.Exec("DELETE FROM sign_in WHERE city_id = $1 AND (at < $2 OR (id < $3 AND outcome IN ('wrong', 'locked', 'busy')))", city, before.UnixMicro(), upTo)
	return err
}

// blankTries forgets from where an account signed in.
func blankTries(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("UPDATE sign_in SET network = $1, address = $2, browser = $3 WHERE city_id = $4 AND account_id = $5", "", "", "", city, account)
	return err
}

package login

import (
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

// trace is one thing that signing in left of an account.
type trace struct {
	account id.Account
	of      int
	at      time.Time
}

// What a trace is of, as the statement below says it.
const (
	aPassword = 1
	aPhone    = 2
	aLink     = 3
	aSession  = 4
	aSignIn   = 5
)

// tracesOf gives the traces of all accounts of a city: a list of thousands of them
// would take longer to ask for than the few others are to read.
func tracesOf(q db.Querier, city int64, mostPINs int, l lasting) ([]trace, error) {
	return db.Rows(q, func(s db.Scanner) (t trace, err error) {
		var at int64
		err = s.Scan(&t.account, &t.of, &at)
		t.at = time.UnixMicro(at)
		return t, err
	}, `SELECT account_id, 1, 0 FROM credential WHERE city_id = $1
		UNION ALL SELECT account_id, 2, used_at FROM device WHERE city_id = $2 AND wrong < $3
		UNION ALL SELECT account_id, 3, expires_at FROM sign_in_link WHERE city_id = $4 AND COALESCE(used_at, 0) = 0 AND expires_at > $5
		UNION ALL SELECT account_id, 4, seen_at FROM session WHERE city_id = $6 AND expires_at > $7 AND (COALESCE(by_pin, 0) = 0 AND seen_at > $8 OR by_pin = 1 AND seen_at > $9)
		UNION ALL SELECT account_id, 5, seen_at FROM account_seen WHERE city_id = $10`,
		city, city, mostPINs, city, l.now.UnixMicro(), city, l.now.UnixMicro(), l.used.UnixMicro(), l.usedByPIN.UnixMicro(), city)
}

func noteAccountSeen(tx *db.Tx, city int64, account id.Account, now time.Time) error {
	return tx.Upsert("account_seen", "city_id, account_id", "city_id, account_id, seen_at", [][]any{{city, account, now.UnixMicro()}})
}

func dropAccountSeen(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("DELETE FROM account_seen WHERE city_id = $1 AND account_id = $2", city, account)
	return err
}

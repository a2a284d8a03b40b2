package login

import (
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

func saveFeed(tx *db.Tx, city int64, key []byte, account id.Account, now time.Time) error {
	return tx.Insert("feed", "city_id, token_hash, account_id, made_at, ended_at", [][]any{{city, key, account, now.UnixMicro(), 0}})
}

func endFeeds(tx *db.Tx, city int64, account id.Account, now time.Time) error {
	_, err := tx.Exec("UPDATE feed SET ended_at = $1 WHERE city_id = $2 AND account_id = $3 AND ended_at = 0", now.UnixMicro(), city, account)
	return err
}

func dropFeeds(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("DELETE FROM feed WHERE city_id = $1 AND account_id = $2", city, account)
	return err
}

// feedOf gives when the address of an account that has not ended was made.
func feedOf(q db.Querier, city int64, account id.Account) (made time.Time, there bool, err error) {
	all, err := db.Rows(q, db.Value[int64], "SELECT made_at FROM feed WHERE city_id = $1 AND account_id = $2 AND ended_at = 0 ORDER BY made_at DESC LIMIT 1", city, account)
	if err != nil || len(all) == 0 {
		return made, false, err
	}
	return time.UnixMicro(all[0]), true, nil
}

// findFeed gives the account of an address; 0 where it was ended. known is false for one
// that never was.
func findFeed(q db.Querier, city int64, key []byte) (account id.Account, known bool, err error) {
	all, err := db.Rows(q, db.Value[id.Account], "SELECT CASE WHEN ended_at = 0 THEN account_id ELSE 0 END FROM feed WHERE city_id = $1 AND token_hash = $2", city, key)
	if err != nil || len(all) == 0 {
		return 0, false, err
	}
	return all[0], true, nil
}

package login

import (
	"encoding/hex"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

// storedPIN is what is kept of an account's PIN on a phone.
type storedPIN struct {
	hash  string
	wrong int
}

func accountsOfPhone(q db.Querier, city int64, phone []byte, most int) ([]id.Account, error) {
	return db.Rows(q, db.Value[id.Account], "SELECT account_id FROM device WHERE city_id = $1 AND key_hash = $2 AND wrong < $3 ORDER BY made_at, account_id", city, phone, most)
}

func phonesOf(q db.Querier, city int64, account id.Account, most int) ([]Phone, error) {
	return db.Rows(q, func(s db.Scanner) (p Phone, err error) {
		var key []byte
		var made, used int64
		err = s.Scan(&key, &p.Browser, &made, &used)
		p.Key, p.Made, p.Used = hex.EncodeToString(key), time.UnixMicro(made), time.UnixMicro(used)
		return p, err
	}, "SELECT key_hash, browser, made_at, used_at FROM device WHERE city_id = $1 AND account_id = $2 AND wrong < $3 ORDER BY used_at DESC, key_hash", city, account, most)
}

func savePIN(tx *db.Tx, city int64, phone []byte, account id.Account, hash, browser string, now time.Time) error {
	return tx.Upsert("device", "city_id, key_hash, account_id", "city_id, key_hash, account_id, pin_hash, wrong, browser, made_at, used_at",
		[][]any{{city, phone, account, hash, 0, browser, now.UnixMicro(), now.UnixMicro()}})
}

// pinOf gives an account's PIN on a phone; one without a hash is none.
func pinOf(q db.Querier, city int64, phone []byte, account id.Account) (storedPIN, error) {
	found, err := db.Rows(q, func(s db.Scanner) (p storedPIN, err error) {
		err = s.Scan(&p.hash, &p.wrong)
		return p, err
	}, "SELECT pin_hash, wrong FROM device WHERE city_id = $1 AND key_hash = $2 AND account_id = $3", city, phone, account)
	if err != nil || len(found) == 0 {
		return storedPIN{}, err
	}
	return found[0], nil
}

// countPIN counts tries of a PIN, or takes them back.
func countPIN(tx *db.Tx, city int64, phone []byte, account id.Account, tries int) error {
	_, err := tx.Exec("UPDATE device SET wrong = wrong + $1 WHERE city_id = $2 AND key_hash = $3 AND account_id = $4", tries, city, phone, account)
	return err
}

// notePIN notes that a PIN was right, and tells whether it still stands.
func notePIN(tx *db.Tx, city int64, phone []byte, account id.Account, hash string, now time.Time) (bool, error) {
	n, err := tx.Exec("UPDATE device SET wrong = 0, used_at = $1 WHERE city_id = $2 AND key_hash = $3 AND account_id = $4 AND pin_hash = $5",
		now.UnixMicro(), city, phone, account, hash)
	return n > 0, err
}

func dropPhone(tx *db.Tx, city int64, phone []byte, account id.Account) (int64, error) {
	return tx.Exec("DELETE FROM device WHERE city_id = $1 AND key_hash = $2 AND account_id = $3", city, phone, account)
}

func dropPhones(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("DELETE FROM device WHERE city_id = $1 AND account_id = $2", city, account)
	return err
}

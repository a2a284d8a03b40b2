package login

import (
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

func replaceLink(tx *db.Tx, city int64, account id.Account, tokenHash []byte, expires time.Time) error {
	if err := dropLinks(tx, city, account); err != nil {
		return err
	}
	return tx.Insert("sign_in_link", "token_hash, city_id, account_id, expires_at", [][]any{{tokenHash, city, account, expires.UnixMicro()}})
}

func dropLinks(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("DELETE FROM sign_in_link WHERE city_id = $1 AND account_id = $2", city, account)
	return err
}

func findLink(q db.Querier, city int64, tokenHash []byte, now time.Time) (id.Account, error) {
	found, err := db.Rows(q, db.Value[id.Account],
		"SELECT account_id FROM sign_in_link WHERE token_hash = $1 AND city_id = $2 AND expires_at > $3", tokenHash, city, now.UnixMicro())
	if err == nil && len(found) == 0 {
		err = ErrLink
	}
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// credential is what an account signs in with; no account where the name is not known.
type credential struct {
	account id.Account
	hash    string
}

func credentialOf(q db.Querier, city int64, name string) (credential, error) {
	found, err := db.Rows(q, func(s db.Scanner) (c credential, err error) {
		err = s.Scan(&c.account, &c.hash)
		return c, err
	}, "SELECT account_id, hash FROM credential WHERE city_id = $1 AND login_name = $2", city, name)
	if err != nil || len(found) == 0 {
		return credential{}, err
	}
	return found[0], nil
}

func nameOf(q db.Querier, city int64, account id.Account) (string, error) {
	found, err := db.Rows(q, db.Value[string], "SELECT login_name FROM credential WHERE city_id = $1 AND account_id = $2", city, account)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// saveCredential lets nobody stay in who came in with what held before.
func saveCredential(tx *db.Tx, city int64, account id.Account, name, hash string) error {
	if err := dropLinks(tx, city, account); err != nil {
		return err
	}
	if err := dropSessions(tx, city, account, ""); err != nil {
		return err
	}
	return tx.Upsert("credential", "city_id, account_id", "city_id, account_id, login_name, hash", [][]any{{city, account, name, hash}})
}

func dropCredential(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("DELETE FROM credential WHERE city_id = $1 AND account_id = $2", city, account)
	return err
}

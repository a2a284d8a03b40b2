package login

import (
	"luoshi/id"
	"luoshi/internal/db"
)

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
	if err := dropPhones(tx, city, account); err != nil {
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

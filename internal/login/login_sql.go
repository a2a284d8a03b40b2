package login

import (
	"context"
	"encoding/hex"
	"time"

	"luoshi/id"
	"luoshi/internal/db"

	"github.com/alexedwards/scs/v2"
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

func accountNamed(q db.Querier, city int64, name string) (id.Account, error) {
	c, err := credentialOf(q, city, name)
	return c.account, err
}

func nameOf(q db.Querier, city int64, account id.Account) (string, error) {
	found, err := db.Rows(q, db.Value[string], "SELECT login_name FROM credential WHERE city_id = $1 AND account_id = $2", city, account)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

func saveCredential(tx *db.Tx, city int64, account id.Account, name, hash string) error {
	if err := dropLinks(tx, city, account); err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM session WHERE city_id = $1 AND account_id = $2", city, account); err != nil {
		return err
	}
	return tx.Upsert("credential", "city_id, account_id", "city_id, account_id, login_name, hash", [][]any{{city, account, name, hash}})
}

// accountIn tells whose session some data is, so that all sessions of an account can be found.
func accountIn(data []byte) id.Account {
	_, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return 0
	}
	account, _ := values[accountKey].(int64)
	return id.Account(account)
}

// store keeps sessions for scs. Tokens are kept hashed: who reads the database
// cannot walk in with what stands there.
type store struct {
	db   *db.DB
	city int64
}

func (s *store) key(token string) string { return hex.EncodeToString(hashed(token)) }

func (s *store) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var found [][]byte
	err := s.db.Read(ctx, func(v *db.View) (err error) {
		found, err = db.Rows(v, db.Value[[]byte], "SELECT data FROM session WHERE token = $1 AND expires_at > $2", s.key(token), time.Now().UnixMicro())
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, false, err
	}
	return found[0], true, nil
}

func (s *store) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	return s.db.Local(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec("DELETE FROM session WHERE expires_at <= $1", time.Now().UnixMicro()); err != nil {
			return err
		}
		return tx.Upsert("session", "token", "token, city_id, account_id, data, expires_at",
			[][]any{{s.key(token), s.city, int64(accountIn(data)), data, expires.UnixMicro()}})
	})
}

func (s *store) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Local(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec("DELETE FROM session WHERE token = $1", s.key(token))
		return err
	})
}

func (s *store) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s *store) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

func (s *store) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

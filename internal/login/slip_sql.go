package login

import (
	"fmt"
	"strings"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
)

// storedLink is a one-time link or slip as it is kept.
type storedLink struct {
	key     []byte
	account id.Account
	until   time.Time
}

// linksAtOnce is how many accounts one statement names. Each list has this length,
// so that its text is prepared once.
const linksAtOnce = 100

// replaceLinks puts links in the place of all that their accounts have.
func replaceLinks(tx *db.Tx, city int64, links []storedLink) error {
	var rows [][]any
	for from := 0; from < len(links); from += linksAtOnce {
		named := []any{city}
		for i := range linksAtOnce {
			named = append(named, links[min(from+i, len(links)-1)].account)
		}
		if _, err := tx.Exec("DELETE FROM sign_in_link WHERE city_id = $1 AND account_id IN ("+placeholders(2, linksAtOnce)+")", named...); err != nil {
			return err
		}
	}
	for _, n := range links {
		rows = append(rows, []any{n.key, city, n.account, n.until.UnixMicro()})
	}
	return tx.Insert("sign_in_link", "token_hash, city_id, account_id, expires_at", rows)
}

// placeholders are n of them from a number on: $2, $3, $4.
func placeholders(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}

func dropLinks(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("DELETE FROM sign_in_link WHERE city_id = $1 AND account_id = $2", city, account)
	return err
}

// findLink gives the link that is kept under a key, or says why it opens nothing.
func findLink(q db.Querier, city int64, key []byte, now time.Time) (storedLink, error) {
	var used int64
	found, err := db.Rows(q, func(s db.Scanner) (n storedLink, err error) {
		var until int64
		err = s.Scan(&n.account, &until, &used)
		n.key, n.until = key, time.UnixMicro(until)
		return n, err
	}, "SELECT account_id, expires_at, COALESCE(used_at, 0) FROM sign_in_link WHERE token_hash = $1 AND city_id = $2", key, city)
	switch {
	case err != nil:
		return storedLink{}, err
	case len(found) == 0:
		return storedLink{}, ErrCode
	case used > 0:
		return storedLink{}, errCodeUsed
	case !found[0].until.After(now):
		return storedLink{}, errCodeOld
	}
	return found[0], nil
}

// useLink uses a link up, unless that was done, or it was replaced, meanwhile. One
// that is used is over for older versions too, which know its end only.
func useLink(tx *db.Tx, city int64, link storedLink, now time.Time) error {
	n, err := tx.Exec("UPDATE sign_in_link SET used_at = $1, expires_at = $2 WHERE city_id = $3 AND token_hash = $4 AND COALESCE(used_at, 0) = 0 AND expires_at > $5",
		now.UnixMicro(), now.UnixMicro(), city, link.key, now.UnixMicro())
	if err == nil && n == 0 {
		err = ErrLink
	}
	return err
}

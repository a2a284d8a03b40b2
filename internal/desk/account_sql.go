package desk

import (
	"log/slog"
	"strings"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

func savePost(tx *db.Tx, city int64, p org.Post) error {
	if err := indexPost(tx, city, p); err != nil {
		return err
	}
	return tx.Insert("post", "city_id, id, unit_id, title, roles", [][]any{{city, p.ID, p.Unit, p.Title, joinRoles(p.Roles)}})
}

func joinRoles(roles []org.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, string(r))
	}
	return strings.Join(names, " ")
}

func splitRoles(s string) []org.Role {
	var roles []org.Role
	for _, name := range strings.Fields(s) {
		roles = append(roles, org.Role(name))
	}
	return roles
}

func nameCell(city int64, a id.Account) db.Cell {
	return db.Cell{Table: "account", Column: "sealed_name", City: city, Record: int64(a)}
}

func phoneCell(city int64, a id.Account) db.Cell {
	return db.Cell{Table: "account", Column: "sealed_phone", City: city, Record: int64(a)}
}

func saveAccount(tx *db.Tx, city int64, a org.Account) error {
	name, err := tx.Seal(nameCell(city, a.ID), a.Name)
	if err != nil {
		return err
	}
	phone, err := tx.Seal(phoneCell(city, a.ID), a.Phone)
	if err != nil {
		return err
	}
	return tx.Insert("account", "city_id, id, post_id, name, state, sealed_name, sealed_phone",
		[][]any{{city, a.ID, a.Post, "", string(a.State), name, phone}})
}

func closeAccount(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("UPDATE account SET state = $1 WHERE city_id = $2 AND id = $3", string(org.AccountClosed), city, account)
	return err
}

// blankAccount leaves of an account what is not about its holder.
func blankAccount(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("UPDATE account SET state = $1, name = $2, sealed_name = $3, sealed_phone = $4 WHERE city_id = $5 AND id = $6",
		string(org.AccountErased), "", nil, nil, city, account)
	return err
}

// knownAccounts are those of whose holder something may be kept.
func knownAccounts(q db.Querier, city int64) ([]id.Account, error) {
	return db.Rows(q, db.Value[id.Account], "SELECT id FROM account WHERE city_id = $1 AND state <> $2 ORDER BY id", city, string(org.AccountErased))
}

type sealedName struct {
	account id.Account
	name    []byte
}

func sealedNames(q db.Querier, city int64) ([]sealedName, error) {
	return db.Rows(q, func(s db.Scanner) (n sealedName, err error) {
		err = s.Scan(&n.account, &n.name)
		return n, err
	}, "SELECT id, sealed_name FROM account WHERE city_id = $1 AND sealed_name IS NOT NULL ORDER BY id", city)
}

// plainName is a name in clear, as versions before the sealing wrote it.
type plainName struct {
	account id.Account
	name    string
}

func plainNames(q db.Querier, city int64, most int) ([]plainName, error) {
	return db.Rows(q, func(s db.Scanner) (n plainName, err error) {
		err = s.Scan(&n.account, &n.name)
		return n, err
	}, "SELECT id, name FROM account WHERE city_id = $1 AND name <> '' ORDER BY id LIMIT $2", city, most)
}

// sealName takes the place of a name in clear, unless somebody changed it meanwhile.
func sealName(tx *db.Tx, city int64, p plainName) error {
	sealed, err := tx.Seal(nameCell(city, p.account), p.name)
	if err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE account SET sealed_name = $1, name = $2 WHERE city_id = $3 AND id = $4 AND name = $5", sealed, "", city, p.account, p.name)
	return err
}

const selectAccount = `SELECT a.id, a.post_id, a.name, a.sealed_name, a.sealed_phone, a.state, u.name, p.title, p.roles FROM account a
	JOIN post p ON p.city_id = a.city_id AND p.id = a.post_id
	JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id WHERE a.city_id = $1`

// scanAccount reads an account and opens what is sealed of it. What does not
// open stays empty: the pages have to work for whoever puts it right. A name in
// clear was written by an older version, after all that is sealed.
func scanAccount(q db.Querier, city int64) func(db.Scanner) (Account, error) {
	return func(s db.Scanner) (a Account, err error) {
		var roles, plain string
		var name, phone []byte
		if err = s.Scan(&a.ID, &a.Post, &plain, &name, &phone, &a.State, &a.Unit, &a.Title, &roles); err != nil {
			return a, err
		}
		a.Roles = splitRoles(roles)
		if a.Name = plain; plain == "" {
			a.Name = opened(q, nameCell(city, a.ID), name)
		}
		a.Phone = opened(q, phoneCell(city, a.ID), phone)
		return a, nil
	}
}

func opened(q db.Querier, c db.Cell, sealed []byte) string {
	text, err := db.Unseal(q, c, sealed)
	if err != nil {
		slog.Error("open what is sealed", "error", err)
	}
	return text
}

func listAccounts(q db.Querier, city int64) ([]Account, error) {
	return db.Rows(q, scanAccount(q, city), selectAccount+" ORDER BY a.id", city)
}

func loadAccount(q db.Querier, city int64, account id.Account) (org.Account, error) {
	a, err := db.Row(q, scanAccount(q, city), selectAccount+" AND a.id = $2", city, account)
	return a.Account, err
}

func loadWho(q db.Querier, city int64, account id.Account) (Who, error) {
	all, err := db.Rows(q, scanAccount(q, city), selectAccount+" AND a.id = $2", city, account)
	if err != nil {
		return Who{}, err
	}
	if len(all) == 0 || all[0].State != org.AccountOpen {
		return Who{}, errSignedOut
	}
	a := all[0]
	return Who{Account: a.ID, Post: a.Post, Name: a.Name, Unit: a.Unit, Title: a.Title, Roles: a.Roles}, nil
}

// postNames gives "unit · post" of each post, for the plain words of the ledger.
func postNames(q db.Querier, city int64) (map[string]string, error) {
	type named struct {
		post        id.Post
		unit, title string
	}
	all, err := db.Rows(q, func(s db.Scanner) (n named, err error) {
		err = s.Scan(&n.post, &n.unit, &n.title)
		return n, err
	}, `SELECT p.id, u.name, p.title FROM post p JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id WHERE p.city_id = $1`, city)
	names := map[string]string{}
	for _, n := range all {
		names[n.post.String()] = n.unit + " · " + n.title
	}
	return names, err
}

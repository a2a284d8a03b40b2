package desk

import (
	"strings"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

func savePost(tx *db.Tx, city int64, p org.Post) error {
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

func saveAccount(tx *db.Tx, city int64, a org.Account) error {
	return tx.Upsert("account", "city_id, id", "city_id, id, post_id, name, state", [][]any{{city, a.ID, a.Post, a.Name, string(a.State)}})
}

const selectAccount = `SELECT a.id, a.post_id, a.name, a.state, u.name, p.title, p.roles FROM account a
	JOIN post p ON p.city_id = a.city_id AND p.id = a.post_id
	JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id WHERE a.city_id = $1`

func scanAccount(s db.Scanner) (a Account, err error) {
	var roles string
	err = s.Scan(&a.ID, &a.Post, &a.Name, &a.State, &a.Unit, &a.Title, &roles)
	a.Roles = splitRoles(roles)
	return a, err
}

func listAccounts(q db.Querier, city int64) ([]Account, error) {
	return db.Rows(q, scanAccount, selectAccount+" ORDER BY a.id", city)
}

func loadAccount(q db.Querier, city int64, account id.Account) (org.Account, error) {
	a, err := db.Row(q, scanAccount, selectAccount+" AND a.id = $2", city, account)
	return a.Account, err
}

func loadWho(q db.Querier, city int64, account id.Account) (Who, error) {
	all, err := db.Rows(q, scanAccount, selectAccount+" AND a.id = $2", city, account)
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

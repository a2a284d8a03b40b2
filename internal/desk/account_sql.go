package desk

import (
	"log/slog"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

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

func saveAccounts(tx *db.Tx, city int64, accounts ...org.Account) error {
	rows := make([][]any, len(accounts))
	for i, a := range accounts {
		name, err := tx.Seal(nameCell(city, a.ID), a.Name)
		if err != nil {
			return err
		}
		phone, err := tx.Seal(phoneCell(city, a.ID), a.Phone)
		if err != nil {
			return err
		}
		rows[i] = []any{city, a.ID, a.Post, "", string(a.State), name, phone}
	}
	return tx.Insert("account", "city_id, id, post_id, name, state, sealed_name, sealed_phone", rows)
}

// saveHolder says anew who holds an account.
func saveHolder(tx *db.Tx, city int64, a org.Account) error {
	name, err := tx.Seal(nameCell(city, a.ID), a.Name)
	if err != nil {
		return err
	}
	phone, err := tx.Seal(phoneCell(city, a.ID), a.Phone)
	if err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE account SET name = $1, sealed_name = $2, sealed_phone = $3 WHERE city_id = $4 AND id = $5", "", name, phone, city, a.ID)
	return err
}

func closeAccount(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("UPDATE account SET state = $1 WHERE city_id = $2 AND id = $3", string(org.AccountClosed), city, account)
	return err
}

// endTermsOf ends all terms of an account with a last day.
func endTermsOf(tx *db.Tx, city int64, account id.Account, last calendar.Day) error {
	_, err := tx.Exec("UPDATE term SET to_day = $1 WHERE city_id = $2 AND account_id = $3 AND (to_day = '' OR to_day > $4)", string(last), city, account, string(last))
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

// An account is listed with its main post: the one it was opened in, or a later one.
const selectAccount = `SELECT a.id, a.post_id, a.name, a.sealed_name, a.sealed_phone, a.state, p.unit_id, u.name, p.title, p.roles FROM account a
	JOIN post p ON p.city_id = a.city_id AND p.id = a.post_id
	JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id WHERE a.city_id = $1`

// scanAccount reads an account and opens what is sealed of it. What does not
// open stays empty: the pages have to work for whoever puts it right. A name in
// clear was written by an older version, after all that is sealed.
func scanAccount(q db.Querier, city int64) func(db.Scanner) (Account, error) {
	return func(s db.Scanner) (a Account, err error) {
		var roles, plain string
		var name, phone []byte
		if err = s.Scan(&a.ID, &a.Post, &plain, &name, &phone, &a.State, &a.UnitID, &a.Unit, &a.Title, &roles); err != nil {
			return a, err
		}
		a.Roles = splitRoles(roles)
		if a.Name = plain; plain == "" {
			a.Name, a.Sealed = openedName(q, city, a.ID, name)
		}
		a.Phone = opened(q, phoneCell(city, a.ID), phone)
		return a, nil
	}
}

// openedName opens a name, and reports whether there is one that does not open. An
// account opened without a name holds an empty one, sealed as all are.
func openedName(q db.Querier, city int64, account id.Account, sealed []byte) (string, bool) {
	name, err := db.Unseal(q, nameCell(city, account), sealed)
	if err != nil {
		slog.Error("open what is sealed", "error", err)
	}
	return name, err != nil
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
	a, err := accountLine(q, city, account)
	return a.Account, err
}

// accountLine gives an account with its main post.
func accountLine(q db.Querier, city int64, account id.Account) (Account, error) {
	return db.Row(q, scanAccount(q, city), selectAccount+" AND a.id = $2", city, account)
}

func listClosedIn(q db.Querier, city int64, unit id.Unit) ([]Account, error) {
	return db.Rows(q, scanAccount(q, city), selectAccount+" AND (u.id = $2 OR u.parent_id = $3) AND a.state <> $4 ORDER BY a.id", city, unit, unit, string(org.AccountOpen))
}

// loadPerson gives whose account it is, whatever its state; nobody where there is none.
func loadPerson(q db.Querier, city int64, account id.Account) (Who, error) {
	all, err := db.Rows(q, scanAccount(q, city), selectAccount+" AND a.id = $2", city, account)
	if err != nil || len(all) == 0 {
		return Who{}, err
	}
	a := all[0]
	return Who{Account: a.ID, Post: a.Post, Name: a.Name, Unit: a.Unit, Title: a.Title, Roles: a.Roles}, nil
}

// loadWho gives who may act by an account on a day: with all posts that it fills then.
func loadWho(q db.Querier, city int64, account id.Account, today calendar.Day) (Who, error) {
	all, err := db.Rows(q, scanAccount(q, city), selectAccount+" AND a.id = $2", city, account)
	if err != nil {
		return Who{}, err
	}
	if len(all) == 0 || all[0].State != org.AccountOpen {
		return Who{}, errSignedOut
	}
	held, err := heldPosts(q, city, account, today)
	if err != nil {
		return Who{}, err
	}
	if len(held) == 0 {
		return Who{}, errNoPost
	}
	for i, h := range held { // the main post first
		if h.Post == all[0].Post {
			held[0], held[i] = held[i], held[0]
		}
	}
	who := Who{Account: account, Post: held[0].Post, Name: all[0].Name, Unit: held[0].UnitName, Title: held[0].Title, Held: held}
	for _, h := range held {
		for _, r := range h.Roles {
			if !slices.Contains(who.Roles, r) {
				who.Roles = append(who.Roles, r)
			}
		}
	}
	return who, nil
}

const selectPostNames = "SELECT p.id, u.name, p.title FROM post p JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id WHERE p.city_id = $1"

var selectNamesOfPosts = selectPostNames + " AND p.id IN (" + placeholders(2, ownersAtOnce) + ")"

// postNames gives "unit · post" of each post, for the plain words of the ledger.
func postNames(q db.Querier, city int64) (map[string]string, error) {
	names := map[string]string{}
	_, err := db.Rows(q, scanPostName(names), selectPostNames, city)
	return names, err
}

// namesOfPosts gives those of some posts.
func namesOfPosts(q db.Querier, city int64, which []id.Post) (map[string]string, error) {
	slices.Sort(which)
	names := map[string]string{}
	for some := range slices.Chunk(slices.Compact(which), ownersAtOnce) {
		if _, err := db.Rows(q, scanPostName(names), selectNamesOfPosts, padded(city, some)...); err != nil {
			return nil, err
		}
	}
	return names, nil
}

func scanPostName(names map[string]string) func(db.Scanner) (struct{}, error) {
	return func(s db.Scanner) (none struct{}, err error) {
		var post id.Post
		var unit, title string
		err = s.Scan(&post, &unit, &title)
		names[post.String()] = unit + " · " + title
		return none, err
	}
}

// accountsOfUnit gives the accounts that ever had a term in a post of a unit.
func accountsOfUnit(q db.Querier, city int64, unit id.Unit) (map[id.Account]Account, error) {
	all, err := db.Rows(q, scanAccount(q, city), selectAccount+` AND a.id IN (SELECT t.account_id FROM term t
		JOIN post tp ON tp.city_id = t.city_id AND tp.id = t.post_id WHERE t.city_id = $2 AND tp.unit_id = $3)`, city, city, unit)
	out := map[id.Account]Account{}
	for _, a := range all {
		out[a.ID] = a
	}
	return out, err
}

// scanAccountLine reads an account in one of its posts.
func scanAccountLine(q db.Querier, city int64) func(db.Scanner) (AccountLine, error) {
	return func(s db.Scanner) (l AccountLine, err error) {
		var roles, plain string
		var name, phone []byte
		if err = s.Scan(&l.ID, &plain, &name, &phone, &l.State, &l.UnitID, &l.Unit, &l.Level, &l.Post, &l.Title, &roles,
			&l.Term.ID, &l.Term.Kind, &l.Term.From, &l.Term.To); err != nil {
			return l, err
		}
		l.Roles = splitRoles(roles)
		if l.Name = plain; plain == "" {
			l.Name, l.Sealed = openedName(q, city, l.ID, name)
		}
		l.Phone = opened(q, phoneCell(city, l.ID), phone)
		return l, nil
	}
}

const selectAccountLine = `SELECT a.id, a.name, a.sealed_name, a.sealed_phone, a.state, u.id, u.name, u.level, p.id, p.title, p.roles, t.id, t.kind, t.from_day, t.to_day FROM unit u
		JOIN post p ON p.city_id = u.city_id AND p.unit_id = u.id
		JOIN term t ON t.city_id = p.city_id AND t.post_id = p.id
		JOIN account a ON a.city_id = t.city_id AND a.id = t.account_id WHERE u.city_id = $1`

// listAccountsIn lists the open accounts in posts of some units, as of a day.
func listAccountsIn(q db.Querier, city int64, units []id.Unit, day calendar.Day) (all []AccountLine, err error) {
	for some := range slices.Chunk(units, 500) {
		args := []any{city, string(org.AccountOpen), string(day)}
		part, err := db.Rows(q, scanAccountLine(q, city), selectAccountLine+` AND a.state = $2 AND (t.to_day = '' OR t.to_day >= $3) AND u.id IN `+among(&args, some)+` ORDER BY u.id, p.id, t.id`, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	return all, nil
}

// listAccountsByTitle lists the open accounts in posts of a title in units of a level.
func listAccountsByTitle(q db.Querier, city int64, level org.Level, title string, day calendar.Day) ([]AccountLine, error) {
	return db.Rows(q, scanAccountLine(q, city), selectAccountLine+` AND u.level = $2 AND p.title = $3 AND u.to_day = '' AND a.state = $4 AND (t.to_day = '' OR t.to_day >= $5) ORDER BY u.parent_id, u.id, p.id, t.id`,
		city, string(level), title, string(org.AccountOpen), string(day))
}

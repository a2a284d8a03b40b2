package desk

import (
	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// savePosts saves posts that are new; the title of a post never changes.
func savePosts(tx *db.Tx, city int64, posts []org.Post) error {
	titles := make([]titled, len(posts))
	for i, p := range posts {
		titles[i] = titled{rankPost, int64(p.ID), p.Title}
	}
	if err := indexTitles(tx, city, nil, titles); err != nil {
		return err
	}
	rows := make([][]any, len(posts))
	for i, p := range posts {
		rows[i] = []any{city, p.ID, p.Unit, p.Title, joinRoles(p.Roles), string(p.To)}
	}
	return tx.Insert("post", "city_id, id, unit_id, title, roles, to_day", rows)
}

const postColumns = "id, unit_id, title, roles, to_day"

func scanPost(s db.Scanner) (p org.Post, err error) {
	var roles string
	err = s.Scan(&p.ID, &p.Unit, &p.Title, &roles, &p.To)
	p.Roles = splitRoles(roles)
	return p, err
}

func loadPost(q db.Querier, city int64, post id.Post) (org.Post, error) {
	return db.Row(q, scanPost, "SELECT "+postColumns+" FROM post WHERE city_id = $1 AND id = $2", city, post)
}

// postsOfUnit gives the posts of a unit that have not ended.
func postsOfUnit(q db.Querier, city int64, unit id.Unit) ([]org.Post, error) {
	return db.Rows(q, scanPost, "SELECT "+postColumns+" FROM post WHERE city_id = $1 AND unit_id = $2 AND to_day = '' ORDER BY id", city, unit)
}

func endPost(tx *db.Tx, city int64, post id.Post, last calendar.Day) error {
	_, err := tx.Exec("UPDATE post SET to_day = $1 WHERE city_id = $2 AND id = $3", string(last), city, post)
	return err
}

func givePostRoles(tx *db.Tx, city int64, post id.Post, roles []org.Role) error {
	_, err := tx.Exec("UPDATE post SET roles = $1 WHERE city_id = $2 AND id = $3", joinRoles(roles), city, post)
	return err
}

const termColumns = "id, account_id, post_id, kind, from_day, to_day"

func scanTerm(s db.Scanner) (t org.Term, err error) {
	err = s.Scan(&t.ID, &t.Account, &t.Post, &t.Kind, &t.From, &t.To)
	return t, err
}

func saveTerms(tx *db.Tx, city int64, terms ...org.Term) error {
	rows := make([][]any, len(terms))
	for i, t := range terms {
		rows[i] = []any{city, t.ID, t.Account, t.Post, string(t.Kind), string(t.From), string(t.To)}
	}
	return tx.Insert("term", "city_id, "+termColumns, rows)
}

// endTerm writes the last day of a term.
func endTerm(tx *db.Tx, city int64, term id.Term, last calendar.Day) error {
	_, err := tx.Exec("UPDATE term SET to_day = $1 WHERE city_id = $2 AND id = $3", string(last), city, term)
	return err
}

// termsOfPost gives the terms in a post. An account that an older version closed has one
// without a last day: it counts for nothing.
func termsOfPost(q db.Querier, city int64, post id.Post) ([]org.Term, error) {
	return db.Rows(q, scanTerm, "SELECT "+termColumns+" FROM term WHERE city_id = $1 AND post_id = $2 AND (to_day <> '' OR account_id IN (SELECT id FROM account WHERE city_id = $3 AND state = $4)) ORDER BY from_day, id",
		city, post, city, string(org.AccountOpen))
}

func termsOfAccount(q db.Querier, city int64, account id.Account) ([]org.Term, error) {
	return db.Rows(q, scanTerm, "SELECT "+termColumns+" FROM term WHERE city_id = $1 AND account_id = $2 ORDER BY from_day, id", city, account)
}

// heldPosts gives the posts that an account fills on a day, in units that are there then.
func heldPosts(q db.Querier, city int64, account id.Account, day calendar.Day) ([]Held, error) {
	return postsFilled(q, city, account, day, day)
}

// postsAhead gives the posts that an account fills on a day or is to fill later.
func postsAhead(q db.Querier, city int64, account id.Account, day calendar.Day) ([]Held, error) {
	return postsFilled(q, city, account, "9999-12-31", day)
}

// postsFilled gives the posts in which an account has a term that begins on a day at the
// latest and does not end before another.
func postsFilled(q db.Querier, city int64, account id.Account, begun, day calendar.Day) ([]Held, error) {
	return db.Rows(q, func(s db.Scanner) (h Held, err error) {
		var roles string
		var kind org.TermKind
		err = s.Scan(&h.Post, &h.Unit, &h.Level, &h.UnitName, &h.Title, &roles, &kind, &h.To)
		h.Roles, h.Acting = splitRoles(roles), kind == org.Acting
		return h, err
	}, `SELECT p.id, p.unit_id, u.level, u.name, p.title, p.roles, t.kind, t.to_day FROM term t
		JOIN post p ON p.city_id = t.city_id AND p.id = t.post_id
		JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id
		WHERE t.city_id = $1 AND t.account_id = $2 AND t.from_day <= $3 AND (t.to_day = '' OR t.to_day >= $4)
		AND (p.to_day = '' OR p.to_day >= $5) AND (u.to_day = '' OR u.to_day >= $6) ORDER BY t.id`,
		city, account, string(begun), string(day), string(day), string(day))
}

// setMainPost lists an account under another post.
func setMainPost(tx *db.Tx, city int64, account id.Account, post id.Post) error {
	_, err := tx.Exec("UPDATE account SET post_id = $1 WHERE city_id = $2 AND id = $3", post, city, account)
	return err
}

// termsOfUnit gives the terms of open accounts in all posts of a unit.
func termsOfUnit(q db.Querier, city int64, unit id.Unit) ([]org.Term, error) {
	return db.Rows(q, scanTerm, `SELECT t.id, t.account_id, t.post_id, t.kind, t.from_day, t.to_day FROM term t JOIN post p ON p.city_id = t.city_id AND p.id = t.post_id
		JOIN account a ON a.city_id = t.city_id AND a.id = t.account_id WHERE t.city_id = $1 AND p.unit_id = $2 AND a.state = $3 ORDER BY t.from_day, t.id`,
		city, unit, string(org.AccountOpen))
}

// endPostsOf ends all posts of a unit, and the terms in them, with a last day.
func endPostsOf(tx *db.Tx, city int64, unit id.Unit, last calendar.Day) error {
	if _, err := tx.Exec("UPDATE term SET to_day = $1 WHERE city_id = $2 AND (to_day = '' OR to_day > $3) AND post_id IN (SELECT id FROM post WHERE city_id = $4 AND unit_id = $5)",
		string(last), city, string(last), city, unit); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE post SET to_day = $1 WHERE city_id = $2 AND unit_id = $3 AND to_day = ''", string(last), city, unit)
	return err
}

// unitsWithPost gives the units that have a post of a title.
func unitsWithPost(q db.Querier, city int64, title string) (map[id.Unit]bool, error) {
	all, err := db.Rows(q, db.Value[id.Unit], "SELECT unit_id FROM post WHERE city_id = $1 AND title = $2 AND to_day = '' ORDER BY id", city, title)
	out := map[id.Unit]bool{}
	for _, u := range all {
		out[u] = true
	}
	return out, err
}

package desk

import (
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

const groupColumns = "id, name, office_id, from_day, to_day"

func scanGroup(s db.Scanner) (g org.Group, err error) {
	err = s.Scan(&g.ID, &g.Name, &g.Office, &g.From, &g.To)
	return g, err
}

func loadGroup(q db.Querier, city int64, group id.Group) (org.Group, error) {
	return db.Row(q, scanGroup, "SELECT "+groupColumns+" FROM leading_group WHERE city_id = $1 AND id = $2", city, group)
}

func listGroups(q db.Querier, city int64) ([]org.Group, error) {
	return db.Rows(q, scanGroup, "SELECT "+groupColumns+" FROM leading_group WHERE city_id = $1 AND to_day = '' ORDER BY id", city)
}

func saveGroup(tx *db.Tx, city int64, g org.Group) error {
	if err := tx.Upsert("leading_group", "city_id, id", "city_id, "+groupColumns, [][]any{{city, g.ID, g.Name, g.Office, string(g.From), string(g.To)}}); err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM leading_group_member WHERE city_id = $1 AND group_id = $2", city, g.ID); err != nil {
		return err
	}
	rows := make([][]any, len(g.Members))
	for i, m := range g.Members {
		rows[i] = []any{city, g.ID, m.Post, string(m.Place), i + 1}
	}
	return tx.Insert("leading_group_member", "city_id, group_id, post_id, place, ordinal", rows)
}

func membersOf(q db.Querier, city int64, group id.Group) ([]Member, error) {
	return db.Rows(q, func(s db.Scanner) (m Member, err error) {
		err = s.Scan(&m.Post, &m.Place, &m.Unit, &m.Title)
		return m, err
	}, `SELECT m.post_id, m.place, u.name, p.title FROM leading_group_member m
		JOIN post p ON p.city_id = m.city_id AND p.id = m.post_id
		JOIN unit u ON u.city_id = p.city_id AND u.id = p.unit_id WHERE m.city_id = $1 AND m.group_id = $2 ORDER BY m.ordinal`, city, group)
}

func listTopPosts(q db.Querier, city int64) ([]NamedPost, error) {
	return db.Rows(q, func(s db.Scanner) (n NamedPost, err error) {
		err = s.Scan(&n.Post, &n.Level, &n.Unit, &n.Title)
		return n, err
	}, `SELECT p.id, u.level, u.name, p.title FROM unit u JOIN post p ON p.city_id = u.city_id AND p.unit_id = u.id
		WHERE u.city_id = $1 AND u.level IN ($2, $3, $4, $5, $6) AND u.to_day = '' AND p.to_day = '' ORDER BY u.id, p.id`,
		city, string(org.CityLevel), string(org.Bureau), string(org.Division), string(org.Direct), string(org.County))
}

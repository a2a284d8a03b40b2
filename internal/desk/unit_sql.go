package desk

import (
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

const unitColumns = "id, parent_id, level, name, code, from_day, to_day"

func scanUnit(s db.Scanner) (u org.Unit, err error) {
	err = s.Scan(&u.ID, &u.Parent, &u.Level, &u.Name, &u.Code, &u.From, &u.To)
	return u, err
}

// findUnit gives the first unit of a name, or none: villages may share one.
func findUnit(q db.Querier, city int64, name string) (org.Unit, error) {
	all, err := db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND name = $2 ORDER BY id LIMIT 1", city, name)
	if err != nil || len(all) == 0 {
		return org.Unit{}, err
	}
	return all[0], nil
}

func loadUnit(q db.Querier, city int64, unit id.Unit) (org.Unit, error) {
	return db.Row(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND id = $2", city, unit)
}

// loadBureau gives the body that runs the plans; a city is founded with it.
func loadBureau(q db.Querier, city int64) (org.Unit, error) {
	return db.Row(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND level = $2 ORDER BY id", city, string(org.Bureau))
}

func unitsUnder(q db.Querier, city int64, parent id.Unit) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND parent_id = $2 ORDER BY id", city, parent)
}

func levelOf(q db.Querier, city int64, unit id.Unit) (org.Level, error) {
	if unit == 0 {
		return "", nil
	}
	u, err := loadUnit(q, city, unit)
	return u.Level, err
}

func saveUnits(tx *db.Tx, city int64, units []org.Unit) error {
	if err := indexUnits(tx, city, units); err != nil {
		return err
	}
	rows := make([][]any, len(units))
	for i, u := range units {
		rows[i] = []any{city, u.ID, u.Parent, string(u.Level), u.Name, u.Code, string(u.From), string(u.To)}
	}
	return tx.Insert("unit", "city_id, "+unitColumns, rows)
}

// itemsNaming gives the items in whose lead or cooperating units a name stands, those
// of drafts and what is not public too.
func itemsNaming(q db.Querier, city int64, name string) ([]itemNaming, error) {
	return db.Rows(q, func(s db.Scanner) (n itemNaming, err error) {
		err = s.Scan(&n.ID, &n.Title, &n.Lead, &n.Cooperating)
		return n, err
	}, "SELECT id, title, lead, cooperating FROM item WHERE city_id = $1 AND COALESCE(standing, '') = '' AND (lead LIKE $2 OR cooperating LIKE $3) ORDER BY id", city, "%"+name+"%", "%"+name+"%")
}

type itemNaming struct {
	ID                       id.Item
	Title, Lead, Cooperating string
}

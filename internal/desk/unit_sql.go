package desk

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

const (
	unitColumns     = "id, parent_id, level, name, code, from_day, to_day"
	unitPastColumns = "unit_id, parent_id, level, name, code, from_day, to_day"
)

func scanUnit(s db.Scanner) (u org.Unit, err error) {
	err = s.Scan(&u.ID, &u.Parent, &u.Level, &u.Name, &u.Code, &u.From, &u.To)
	return u, err
}

// findUnit gives the first unit of a name that is there now, or none: villages may share one.
func findUnit(q db.Querier, city int64, name string) (org.Unit, error) {
	all, err := db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND name = $2 AND to_day = '' ORDER BY id LIMIT 1", city, name)
	if err != nil || len(all) == 0 {
		return org.Unit{}, err
	}
	return all[0], nil
}

// loadUnit gives the last version of a unit.
func loadUnit(q db.Querier, city int64, unit id.Unit) (org.Unit, error) {
	return db.Row(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND id = $2", city, unit)
}

// unitHistory gives all versions of a unit, the first one first.
func unitHistory(q db.Querier, city int64, unit id.Unit) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitPastColumns+" FROM unit_past WHERE city_id = $1 AND unit_id = $2"+
		" UNION ALL SELECT "+unitColumns+" FROM unit WHERE city_id = $3 AND id = $4 ORDER BY 6", city, unit, city, unit)
}

// loadUnitOn gives a unit as it was on a day: ErrMissing where it was not there.
func loadUnitOn(q db.Querier, city int64, unit id.Unit, day calendar.Day) (org.Unit, error) {
	return db.Row(q, scanUnit, "SELECT "+unitPastColumns+" FROM unit_past WHERE city_id = $1 AND unit_id = $2 AND from_day <= $3 AND to_day >= $4"+
		" UNION ALL SELECT "+unitColumns+" FROM unit WHERE city_id = $5 AND id = $6 AND from_day <= $7 AND (to_day = '' OR to_day >= $8)",
		city, unit, string(day), string(day), city, unit, string(day), string(day))
}

// loadAbove gives what a unit stands below on a day, the nearest first.
func loadAbove(q db.Querier, city int64, unit id.Unit, day calendar.Day) (above []org.Unit, err error) {
	u, err := loadUnitOn(q, city, unit, day)
	for err == nil && u.Parent != 0 {
		if u, err = loadUnitOn(q, city, u.Parent, day); err == nil {
			above = append(above, u)
		}
	}
	if errors.Is(err, ErrMissing) {
		err = nil
	}
	return above, err
}

// loadBureau gives the body that runs the plans; a city is founded with it.
func loadBureau(q db.Querier, city int64) (org.Unit, error) {
	return db.Row(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND level = $2 ORDER BY id LIMIT 1", city, string(org.Bureau))
}

// unitsUnder gives the units that stood directly below one on a day.
func unitsUnder(q db.Querier, city int64, parent id.Unit, day calendar.Day) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitPastColumns+" FROM unit_past WHERE city_id = $1 AND parent_id = $2 AND from_day <= $3 AND to_day >= $4"+
		" UNION ALL SELECT "+unitColumns+" FROM unit WHERE city_id = $5 AND parent_id = $6 AND from_day <= $7 AND (to_day = '' OR to_day >= $8) ORDER BY 1",
		city, parent, string(day), string(day), city, parent, string(day), string(day))
}

// lastUnder gives the last versions of the units that stand directly below one and have
// not ended, those of a later day too.
func lastUnder(q db.Querier, city int64, parent id.Unit) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND parent_id = $2 AND to_day = '' ORDER BY id", city, parent)
}

// lastToLeave gives the unit that stands directly below one the longest, on a day or after
// it, and then moves away or ends.
func lastToLeave(q db.Querier, city int64, parent id.Unit, day calendar.Day) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitPastColumns+" FROM unit_past WHERE city_id = $1 AND parent_id = $2 AND to_day >= $3"+
		" UNION ALL SELECT "+unitColumns+" FROM unit WHERE city_id = $4 AND parent_id = $5 AND to_day <> '' AND to_day >= $6 ORDER BY 7 DESC, 1 LIMIT 1",
		city, parent, string(day), city, parent, string(day))
}

// unitsOfLevel gives the last versions of the units of a level that have not ended, by
// pages: those after one, at most so many.
func unitsOfLevel(q db.Querier, city int64, level org.Level, after id.Unit, most int) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND level = $2 AND id > $3 AND to_day = '' ORDER BY id LIMIT $4",
		city, string(level), after, most)
}

// unitsNamed gives the last versions of some units.
func unitsNamed(q db.Querier, city int64, which []id.Unit) (map[id.Unit]org.Unit, error) {
	out := map[id.Unit]org.Unit{}
	for part := range slices.Chunk(which, 500) {
		args := []any{city}
		var places []string
		for _, u := range part {
			args = append(args, u)
			places = append(places, fmt.Sprintf("$%d", len(args)))
		}
		all, err := db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND id IN ("+strings.Join(places, ", ")+")", args...)
		if err != nil {
			return nil, err
		}
		for _, u := range all {
			out[u.ID] = u
		}
	}
	return out, nil
}

// countUnder gives how many units stand directly below each of those that stand below
// one, as they stand now.
func countUnder(q db.Querier, city int64, parent id.Unit) (map[id.Unit]int, error) {
	type count struct {
		unit id.Unit
		n    int
	}
	all, err := db.Rows(q, func(s db.Scanner) (c count, err error) {
		err = s.Scan(&c.unit, &c.n)
		return c, err
	}, "SELECT parent_id, COUNT(*) FROM unit WHERE city_id = $1 AND to_day = '' AND parent_id IN (SELECT id FROM unit WHERE city_id = $2 AND parent_id = $3) GROUP BY parent_id", city, city, parent)
	out := map[id.Unit]int{}
	for _, c := range all {
		out[c.unit] = c.n
	}
	return out, err
}

// saveUnits saves units that are new.
func saveUnits(tx *db.Tx, city int64, units []org.Unit) error {
	if err := indexUnits(tx, city, units); err != nil {
		return err
	}
	rows := make([][]any, len(units))
	for i, u := range units {
		rows[i] = []any{city, u.ID, u.Parent, string(u.Level), u.Name, u.Code, string(u.From), string(u.To), "", ""}
	}
	return tx.Insert("unit", "city_id, "+unitColumns+", working_body, contact", rows)
}

// changeUnit saves the new version of a unit, and the one that it ends.
func changeUnit(tx *db.Tx, city int64, now org.Unit, past *org.Unit) error {
	if err := indexUnits(tx, city, []org.Unit{now}); err != nil {
		return err
	}
	if past != nil {
		if err := tx.Insert("unit_past", "city_id, "+unitPastColumns, [][]any{{city, past.ID, past.Parent, string(past.Level), past.Name, past.Code, string(past.From), string(past.To)}}); err != nil {
			return err
		}
	}
	_, err := tx.Exec("UPDATE unit SET parent_id = $1, name = $2, code = $3, from_day = $4, to_day = $5 WHERE city_id = $6 AND id = $7",
		now.Parent, now.Name, now.Code, string(now.From), string(now.To), city, now.ID)
	return err
}

// moveUnder puts all units that stand below one below another, from a day on.
func moveUnder(tx *db.Tx, city int64, from, to id.Unit, day calendar.Day) error {
	if _, err := tx.Exec("INSERT INTO unit_past (city_id, unit_id, parent_id, level, name, code, from_day, to_day) SELECT city_id, id, parent_id, level, name, code, from_day, $1 FROM unit"+
		" WHERE city_id = $2 AND parent_id = $3 AND to_day = '' AND from_day < $4", string(day.AddDays(-1)), city, from, string(day)); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE unit SET parent_id = $1, from_day = $2 WHERE city_id = $3 AND parent_id = $4 AND to_day = ''", to, string(day), city, from)
	return err
}

func saveSuccessors(tx *db.Tx, city int64, all ...org.Successor) error {
	rows := make([][]any, len(all))
	for i, s := range all {
		rows[i] = []any{city, s.Unit, s.Successor, string(s.From)}
	}
	return tx.Upsert("unit_successor", "city_id, unit_id, successor_id", "city_id, unit_id, successor_id, from_day", rows)
}

// successorsOf gives who goes on with a unit, and whom it goes on with.
func successorsOf(q db.Querier, city int64, unit id.Unit) ([]org.Successor, error) {
	return db.Rows(q, func(s db.Scanner) (x org.Successor, err error) {
		err = s.Scan(&x.Unit, &x.Successor, &x.From)
		return x, err
	}, "SELECT unit_id, successor_id, from_day FROM unit_successor WHERE city_id = $1 AND (unit_id = $2 OR successor_id = $3) ORDER BY from_day, unit_id, successor_id", city, unit, unit)
}

// unitWork gives the working body of a unit, and how the office and everybody reach it.
func unitWork(q db.Querier, city int64, unit id.Unit) (UnitWork, error) {
	return db.Row(q, func(s db.Scanner) (w UnitWork, err error) {
		err = s.Scan(&w.Body, &w.Contact, &w.Phone)
		return w, err
	}, "SELECT working_body, contact, COALESCE(public_phone, '') FROM unit WHERE city_id = $1 AND id = $2", city, unit)
}

func saveUnitPhone(tx *db.Tx, city int64, unit id.Unit, phone string) error {
	_, err := tx.Exec("UPDATE unit SET public_phone = $1 WHERE city_id = $2 AND id = $3", phone, city, unit)
	return err
}

func saveUnitWork(tx *db.Tx, city int64, unit id.Unit, w UnitWork) error {
	_, err := tx.Exec("UPDATE unit SET working_body = $1, contact = $2 WHERE city_id = $3 AND id = $4", w.Body, w.Contact, city, unit)
	return err
}

// allVersions gives every version of every unit.
func allVersions(q db.Querier, city int64) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitPastColumns+" FROM unit_past WHERE city_id = $1 UNION ALL SELECT "+unitColumns+" FROM unit WHERE city_id = $2 ORDER BY 1, 6", city, city)
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

// moveThese puts units below another from a day on; past are the versions that end.
func moveThese(tx *db.Tx, city int64, past, moved []org.Unit, to id.Unit, day calendar.Day) error {
	rows := make([][]any, len(past))
	for i, u := range past {
		rows[i] = []any{city, u.ID, u.Parent, string(u.Level), u.Name, u.Code, string(u.From), string(u.To)}
	}
	if err := tx.Insert("unit_past", "city_id, "+unitPastColumns, rows); err != nil {
		return err
	}
	if len(moved) == 0 {
		return nil
	}
	var which []string
	args := []any{to, string(day), city}
	for _, u := range moved {
		args = append(args, u.ID)
		which = append(which, fmt.Sprintf("$%d", len(args)))
	}
	_, err := tx.Exec("UPDATE unit SET parent_id = $1, from_day = $2 WHERE city_id = $3 AND id IN ("+strings.Join(which, ", ")+")", args...)
	return err
}

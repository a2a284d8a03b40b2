package desk

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

// keptDraft is a grid that was typed and not sent, as it is kept.
type keptDraft struct {
	unit   id.Unit
	month  string
	day    calendar.Day
	typed  string // of an older version
	sealed []byte
}

const keptDrafts = "SELECT unit_id, month, saved_day, typed, sealed FROM fact_grid_draft WHERE city_id = $1"

func scanKeptDraft(s db.Scanner) (d keptDraft, err error) {
	err = s.Scan(&d.unit, &d.month, &d.day, &d.typed, &d.sealed)
	return d, err
}

func (d keptDraft) open(q db.Querier, city int64) (t GridTyped, err error) {
	typed := d.typed
	if len(d.sealed) > 0 {
		if typed, err = db.Unseal(q, gridCell(city, d.unit), d.sealed); err != nil {
			return t, err
		}
	}
	return t, untext(typed, &t)
}

func loadGridDraft(q db.Querier, city int64, unit id.Unit, month string) (*GridDraft, error) {
	found, err := db.Rows(q, scanKeptDraft, keptDrafts+" AND unit_id = $2 AND month = $3", city, unit, month)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	typed, err := found[0].open(q, city)
	return &GridDraft{typed, found[0].day}, err
}

// gridDrafts gives all grids that were typed and not sent.
func gridDrafts(q db.Querier, city int64) ([]keptDraft, error) {
	return db.Rows(q, scanKeptDraft, keptDrafts+" ORDER BY unit_id, month", city)
}

// saveUnnamed saves a grid out of which a name was taken; whose and of which day it is stays.
func saveUnnamed(tx *db.Tx, city int64, d keptDraft, typed GridTyped) error {
	sealed, err := tx.Seal(gridCell(city, d.unit), text(typed))
	if err == nil {
		_, err = tx.Exec("UPDATE fact_grid_draft SET typed = '{}', sealed = $1 WHERE city_id = $2 AND unit_id = $3 AND month = $4", sealed, city, d.unit, d.month)
	}
	return err
}

func saveGridDraft(tx *db.Tx, city int64, unit id.Unit, month string, typed GridTyped) error {
	sealed, err := tx.Seal(gridCell(city, unit), text(typed))
	if err != nil {
		return err
	}
	return tx.Upsert("fact_grid_draft", "city_id, unit_id, month", "city_id, unit_id, month, typed, sealed, saved_day, post_id",
		[][]any{{city, unit, month, "{}", sealed, string(tx.Today()), tx.Cmd().Actor}})
}

func gridCell(city int64, unit id.Unit) db.Cell {
	return db.Cell{Table: "fact_grid_draft", Column: "sealed", City: city, Record: int64(unit)}
}

func deleteGridDraft(tx *db.Tx, city int64, unit id.Unit, month string) error {
	_, err := tx.Exec("DELETE FROM fact_grid_draft WHERE city_id = $1 AND unit_id = $2 AND month = $3", city, unit, month)
	return err
}

var monthsOfThese = "SELECT unit_id, indicator_id, month, reported FROM fact_month WHERE city_id = $1 AND tier = 0 AND month >= $2 AND month <= $3 AND facts > 0 AND unit_id IN (" +
	placeholders(4, factsAtOnce) + ") ORDER BY month, unit_id, indicator_id"

// monthTold is what one unit told of one indicator for a month.
type monthTold struct {
	fact.PastKey
	MonthFigure
}

// monthsTold gives what units told for months between two, those in which they told anything.
func monthsTold(q db.Querier, city int64, units []id.Unit, from, to string) (out []monthTold, err error) {
	for some := range slices.Chunk(units, factsAtOnce) {
		args := []any{city, from, to}
		for k := range factsAtOnce {
			args = append(args, some[min(k, len(some)-1)])
		}
		found, err := db.Rows(q, func(s db.Scanner) (m monthTold, err error) {
			err = s.Scan(&m.Unit, &m.Indicator, &m.Month, &m.Told)
			return m, err
		}, monthsOfThese, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

var rowsOfThese = "SELECT " + factColumns + " FROM fact WHERE city_id = $1 AND day >= $2 AND day <= $3 AND unit_id IN (" + placeholders(4, factsAtOnce) + ") ORDER BY +id" // as factsOfThese

// rowsOfMonth gives all rows of units that are of the days of a month.
func rowsOfMonth(q db.Querier, city int64, units []id.Unit, month string) (out []fact.Fact, err error) {
	for some := range slices.Chunk(units, factsAtOnce) {
		args := []any{city, month + "-01", string(monthEnd(month))}
		for k := range factsAtOnce {
			args = append(args, some[min(k, len(some)-1)])
		}
		found, err := db.Rows(q, scanFact, rowsOfThese, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

var waitingOfThese = "SELECT SUBSTR(day, 1, 7), post_id, COUNT(*) FROM fact WHERE city_id = $1 AND day >= $2 AND day <= $3 AND kind = 'claim' AND state = 'reported' AND source <> 'opening' AND unit_id IN (" +
	placeholders(4, factsAtOnce) + ") GROUP BY SUBSTR(day, 1, 7), post_id ORDER BY 1, 2"

// waitingOf is how many claims of a month that a post reported nobody checked.
type waitingOf struct {
	Month  string
	Post   id.Post
	Claims int
}

// waitingAt is how many claims of a month that a post reported of a unit nobody checked.
type waitingAt struct {
	Unit id.Unit
	waitingOf
}

// claimsUncounted counts the claims of an indicator that nobody checked, of two months. Only
// units are read of which not all that stands counts.
func claimsUncounted(q db.Querier, city int64, i id.Indicator, months []string) ([]waitingAt, error) {
	return db.Rows(q, func(s db.Scanner) (w waitingAt, err error) {
		err = s.Scan(&w.Unit, &w.Month, &w.Post, &w.Claims)
		return w, err
	}, `SELECT f.unit_id, m.month, f.post_id, COUNT(*) FROM fact_month m JOIN fact f ON f.city_id = m.city_id AND f.unit_id = m.unit_id AND f.indicator_id = m.indicator_id
		AND f.day >= m.month || '-01' AND f.day <= m.month || '-31' WHERE m.city_id = $1 AND m.indicator_id = $2 AND m.tier = 0 AND m.month IN ($3, $4) AND m.facts > m.checked
		AND f.kind = 'claim' AND f.state = 'reported' AND f.source <> 'opening' GROUP BY f.unit_id, m.month, f.post_id ORDER BY f.unit_id, m.month, f.post_id`, city, i, months[0], months[1])
}

// claimsWaiting counts the claims of units that nobody checked, between two days.
func claimsWaiting(q db.Querier, city int64, units []id.Unit, from, to calendar.Day) (out []waitingOf, err error) {
	for some := range slices.Chunk(units, factsAtOnce) {
		args := []any{city, string(from), string(to)}
		for k := range factsAtOnce {
			args = append(args, some[min(k, len(some)-1)])
		}
		found, err := db.Rows(q, func(s db.Scanner) (w waitingOf, err error) {
			err = s.Scan(&w.Month, &w.Post, &w.Claims)
			return w, err
		}, waitingOfThese, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func saveEvidence(tx *db.Tx, city int64, rows []fact.Fact) error {
	var values [][]any
	for _, f := range rows {
		if len(f.Evidence) > 0 {
			values = append(values, []any{city, f.Evidence, f.ID})
		}
	}
	if len(values) == 0 {
		return nil
	}
	return tx.Insert("fact_evidence", "city_id, hash, fact_id", values)
}

var factsShowing = "SELECT fact_id FROM fact_evidence WHERE city_id = $1 AND hash IN (" + placeholders(2, factsAtOnce) + ") ORDER BY fact_id"

// claimsShowing gives the claims that stand and show one of some files.
func claimsShowing(q db.Querier, city int64, files [][]byte) (out []fact.Fact, err error) {
	var which []id.Fact
	for some := range slices.Chunk(files, factsAtOnce) {
		args := []any{city}
		for k := range factsAtOnce {
			args = append(args, some[min(k, len(some)-1)])
		}
		found, err := db.Rows(q, db.Value[id.Fact], factsShowing, args...)
		if err != nil {
			return nil, err
		}
		which = append(which, found...)
	}
	all, err := loadFacts(q, city, which)
	return slices.DeleteFunc(all, func(f fact.Fact) bool { return !f.Stands() }), err
}

// closesOfMonth gives when units closed a month.
func closesOfMonth(q db.Querier, city int64, month string) (map[id.Unit]Closed, error) {
	out := map[id.Unit]Closed{}
	all, err := db.Rows(q, scanClosed, "SELECT unit_id, month, facts, closed_day, instant FROM fact_close WHERE city_id = $1 AND month = $2 ORDER BY unit_id", city, month)
	for _, c := range all {
		out[c.Unit] = c
	}
	return out, err
}

// placesCalled gives the villages and townships of a name that stood on a day.
func placesCalled(q db.Querier, city int64, name string, day calendar.Day) ([]id.Unit, error) {
	return db.Rows(q, db.Value[id.Unit], "SELECT id FROM unit WHERE city_id = $1 AND name = $2 AND level IN ('village', 'township') AND from_day <= $3 AND (to_day = '' OR to_day >= $4) ORDER BY id",
		city, name, string(day), string(day))
}

// placesLike gives villages and townships that stood on a day and in whose name, written
// behind that of the unit above, some words are.
func placesLike(q db.Querier, city int64, words string, day calendar.Day, most int) ([]id.Unit, error) {
	words = strings.NewReplacer("%", "", "_", "").Replace(words)
	if words == "" {
		return nil, nil
	}
	return db.Rows(q, db.Value[id.Unit], "SELECT u.id FROM unit u LEFT JOIN unit a ON a.city_id = u.city_id AND a.id = u.parent_id WHERE u.city_id = $1 AND COALESCE(a.name, '') || u.name LIKE $2 "+
		"AND u.level IN ('village', 'township') AND u.from_day <= $3 AND (u.to_day = '' OR u.to_day >= $4) ORDER BY u.code, u.id LIMIT $5", city, "%"+words+"%", string(day), string(day), most)
}

// placesOfUnit gives where a unit told since a day that something happened, the last first.
func placesOfUnit(q db.Querier, city int64, unit id.Unit, since calendar.Day, most int) ([]id.Unit, error) {
	return db.Rows(q, db.Value[id.Unit], "SELECT place_id FROM fact WHERE city_id = $1 AND unit_id = $2 AND day >= $3 AND place_id <> 0 GROUP BY place_id ORDER BY MAX(id) DESC LIMIT $4", city, unit, string(since), most)
}

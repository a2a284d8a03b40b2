package desk

import (
	"errors"
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

const unitImportColumns = "id, heads, head_rows, read_as, under_id, from_day, closing, as_written, refused, sealed, state, counts, done, account_id, post_id, offered_day, decided_day"

// listWords are what is said of a list while it is needed.
type listWords struct{ FileName, Heads, Digest string }

func saveUnitImport(tx *db.Tx, city int64, u UnitImport) error {
	var words string
	if u.Open() || u.State == ImportApplying {
		words = text(listWords{u.FileName, u.Heads, u.Digest})
	}
	sealed, err := unitLists.sealWords(tx, city, int64(u.ID), words)
	if err != nil {
		return err
	}
	r := u.Reading
	return tx.Upsert("unit_import", "city_id, id", "city_id, "+unitImportColumns+", file_hash, file_name, digest", [][]any{{city, u.ID, headsKept(u.Heads, r.Form.Head), r.Form.Head, text(r.Form.Columns), r.Under,
		string(r.From), number(r.Closing), number(r.Form.AsWritten), text(r.Refused), sealed, string(u.State), text(u.Counts), u.Done, u.Account, u.Post, string(u.Offered), string(u.Decided), []byte{}, "", []byte{}}})
}

// headsKept is what is kept of the heads of a list to know the next one by; a row of the
// list itself is not kept, nor a hash on which somebody would try names.
func headsKept(heads string, rows int) string {
	if rows == 0 {
		return ""
	}
	return heads
}

// endUnitImport saves a list that is needed no longer, and deletes what it says.
func endUnitImport(tx *db.Tx, city int64, u UnitImport) error {
	if err := unitLists.deleteParts(tx, city, int64(u.ID)); err != nil {
		return err
	}
	return saveUnitImport(tx, city, u)
}

func loadUnitImport(q db.Querier, city int64, which id.UnitImport) (UnitImport, error) {
	u, err := db.Row(q, scanUnitImport, "SELECT "+unitImportColumns+" FROM unit_import WHERE city_id = $1 AND id = $2", city, which)
	if err != nil {
		return u, err
	}
	return u.opened(q, city)
}

// opened reads what is sealed of a list that is needed still.
func (u UnitImport) opened(q db.Querier, city int64) (UnitImport, error) {
	words := listWords{Heads: u.Heads}
	err := unitLists.openWords(q, city, int64(u.ID), u.sealed, &words)
	u.FileName, u.Heads, u.Digest = words.FileName, words.Heads, words.Digest
	return u, err
}

func scanUnitImport(s db.Scanner) (u UnitImport, err error) {
	var columns, refused, counts string
	var closing, asWritten int64
	r := &u.Reading
	err = s.Scan(&u.ID, &u.Heads, &r.Form.Head, &columns, &r.Under, &r.From, &closing, &asWritten, &refused, &u.sealed, &u.State, &counts, &u.Done, &u.Account, &u.Post, &u.Offered, &u.Decided)
	if err != nil {
		return u, err
	}
	r.Closing, r.Form.AsWritten = closing == 1, asWritten == 1
	return u, errors.Join(untext(columns, &r.Form.Columns), untext(refused, &r.Refused), untext(counts, &u.Counts))
}

// lastForm gives how the last list with the same heads was read.
func lastForm(q db.Querier, city int64, heads string) (form org.ListForm, known bool, err error) {
	u, err := db.Row(q, scanUnitImport, "SELECT "+unitImportColumns+" FROM unit_import WHERE city_id = $1 AND heads = $2 ORDER BY id DESC LIMIT 1", city, heads)
	if errors.Is(err, db.ErrNoRow) {
		return form, false, nil
	}
	return u.Reading.Form, err == nil, err
}

// unitImports gives the last lists that were given in, the newest first.
func unitImports(q db.Querier, city int64, most int) ([]UnitImport, error) {
	all, err := db.Rows(q, scanUnitImport, "SELECT "+unitImportColumns+" FROM unit_import WHERE city_id = $1 ORDER BY id DESC LIMIT $2", city, most)
	for k := range all {
		if all[k], err = all[k].opened(q, city); err != nil {
			break
		}
	}
	return all, err
}

// workedOn notes how many units were worked on, and finds out whether somebody else did.
func workedOn(tx *db.Tx, city int64, which id.UnitImport, before, now int64) error {
	n, err := tx.Exec("UPDATE unit_import SET done = $1 WHERE city_id = $2 AND id = $3 AND state = $4 AND done = $5", now, city, which, string(ImportApplying), before)
	if err == nil && n != 1 {
		err = errOvertaken
	}
	return err
}

// placesOf gives $n, $n+1 … for values that are added to arguments.
func placesOf[T any](args *[]any, values []T) string {
	places := make([]string, len(values))
	for i, v := range values {
		*args = append(*args, v)
		places[i] = fmt.Sprintf("$%d", len(*args))
	}
	return strings.Join(places, ", ")
}

// standingUnder gives what stands directly below some units, as it is now.
func standingUnder(q db.Querier, city int64, parents []id.Unit, seen words) ([]org.StandingUnit, error) {
	args := []any{city}
	in := placesOf(&args, parents)
	return db.Rows(q, func(s db.Scanner) (u org.StandingUnit, err error) {
		var level, from, since string
		err = s.Scan(&u.ID, &u.Parent, &level, &u.Name, &u.Code, &from, &since, &u.Body, &u.Contact)
		u.Level, u.From, u.Since = org.Level(seen.one(level)), calendar.Day(seen.one(from)), calendar.Day(seen.one(since))
		return u, err
	}, `SELECT u.id, u.parent_id, u.level, u.name, u.code, u.from_day,
		COALESCE((SELECT MIN(p.from_day) FROM unit_past p WHERE p.city_id = u.city_id AND p.unit_id = u.id), u.from_day), u.working_body, u.contact
		FROM unit u WHERE u.city_id = $1 AND u.to_day = '' AND u.parent_id IN (`+in+`) ORDER BY u.parent_id, u.id`, args...)
}

// namesUnder gives the names of what stands directly below some units now.
func namesUnder(q db.Querier, city int64, parents []id.Unit) (map[unitPlace]id.Unit, error) {
	args := []any{city}
	in := placesOf(&args, parents)
	type row struct {
		place unitPlace
		unit  id.Unit
	}
	all, err := db.Rows(q, func(s db.Scanner) (r row, err error) {
		err = s.Scan(&r.place.parent, &r.place.name, &r.unit)
		return r, err
	}, "SELECT parent_id, name, id FROM unit WHERE city_id = $1 AND to_day = '' AND parent_id IN ("+in+") ORDER BY parent_id, id", args...)
	out := make(map[unitPlace]id.Unit, len(all))
	for _, r := range all {
		out[r.place] = r.unit
	}
	return out, err
}

// unitPlace is where a unit stands and how it is called.
type unitPlace struct {
	parent id.Unit
	name   string
}

// unitsCalled gives the units of a name that have not ended.
func unitsCalled(q db.Querier, city int64, name string) ([]org.Unit, error) {
	return db.Rows(q, scanUnit, "SELECT "+unitColumns+" FROM unit WHERE city_id = $1 AND name = $2 AND to_day = '' ORDER BY id", city, name)
}

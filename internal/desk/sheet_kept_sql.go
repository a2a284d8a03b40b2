package desk

import (
	"luoshi/calendar"
	"luoshi/internal/db"
)

// sheetKind is a kind of sheets that are given in. While one is needed, what is said of it
// lies sealed in its own row, and the sheet itself in parts; then both are deleted.
type sheetKind struct {
	table, parts string
	first        string // statements about the parts of one sheet
	deleteOne    string
	deleteAll    string
	left         string // and about the sheets that are looked at still
	seal, end    string // and about one that an older version kept
}

var factSheets = sheetKind{
	table: "fact_import", parts: "fact_import_part",
	first:     "SELECT part, sealed FROM fact_import_part WHERE city_id = $1 AND import_id = $2 ORDER BY part LIMIT 1",
	deleteOne: "DELETE FROM fact_import_part WHERE city_id = $1 AND import_id = $2 AND part = $3",
	deleteAll: "DELETE FROM fact_import_part WHERE city_id = $1 AND import_id = $2",
	left:      "SELECT id FROM fact_import WHERE city_id = $1 AND state IN ('offered', 'moved') AND offered_day <= $2 ORDER BY id",
	seal:      "UPDATE fact_import SET sealed = $1 WHERE city_id = $2 AND id = $3",
	end:       "UPDATE fact_import SET state = $1 WHERE city_id = $2 AND id = $3",
}

var unitLists = sheetKind{
	table: "unit_import", parts: "unit_import_part",
	first:     "SELECT part, sealed FROM unit_import_part WHERE city_id = $1 AND import_id = $2 ORDER BY part LIMIT 1",
	deleteOne: "DELETE FROM unit_import_part WHERE city_id = $1 AND import_id = $2 AND part = $3",
	deleteAll: "DELETE FROM unit_import_part WHERE city_id = $1 AND import_id = $2",
	left:      "SELECT id FROM unit_import WHERE city_id = $1 AND state IN ('offered', 'moved') AND offered_day <= $2 ORDER BY id",
	seal:      "UPDATE unit_import SET sealed = $1 WHERE city_id = $2 AND id = $3",
	end:       "UPDATE unit_import SET state = $1 WHERE city_id = $2 AND id = $3",
}

func sheetCell(table string, city, which int64) db.Cell {
	return db.Cell{Table: table, Column: "sealed", City: city, Record: which}
}

// sealWords seals what is said of a sheet.
func (k sheetKind) sealWords(tx *db.Tx, city, which int64, words string) ([]byte, error) {
	return tx.Seal(sheetCell(k.table, city, which), words)
}

// openWords reads what is sealed of a sheet into words; of one that ended nothing is.
func (k sheetKind) openWords(q db.Querier, city, which int64, sealed []byte, words any) error {
	if len(sealed) == 0 {
		return nil
	}
	said, err := db.Unseal(q, sheetCell(k.table, city, which), sealed)
	if err != nil {
		return err
	}
	return untext(said, words)
}

// saveParts seals the parts of a sheet that has none.
func (k sheetKind) saveParts(tx *db.Tx, city, which int64, parts ...string) error {
	rows := make([][]any, len(parts))
	for n, p := range parts {
		sealed, err := tx.Seal(sheetCell(k.parts, city, which), p)
		if err != nil {
			return err
		}
		rows[n] = []any{city, which, n, sealed}
	}
	return tx.Insert(k.parts, "city_id, import_id, part, sealed", rows)
}

// firstPart opens the first part that is there still; db.ErrNoRow where there is none.
func (k sheetKind) firstPart(q db.Querier, city, which int64) (part int64, words string, err error) {
	var sealed []byte
	if part, err = db.Row(q, func(s db.Scanner) (n int64, err error) {
		err = s.Scan(&n, &sealed)
		return n, err
	}, k.first, city, which); err != nil {
		return 0, "", err
	}
	words, err = db.Unseal(q, sheetCell(k.parts, city, which), sealed)
	return part, words, err
}

func (k sheetKind) deletePart(tx *db.Tx, city, which, part int64) error {
	_, err := tx.Exec(k.deleteOne, city, which, part)
	return err
}

func (k sheetKind) deleteParts(tx *db.Tx, city, which int64) error {
	_, err := tx.Exec(k.deleteAll, city, which)
	return err
}

// leftLying gives the sheets that were given in until a day and are looked at still.
func (k sheetKind) leftLying(q db.Querier, city int64, until calendar.Day) ([]int64, error) {
	return db.Rows(q, db.Value[int64], k.left, city, string(until))
}

package desk

import (
	"errors"

	"luoshi/id"
	"luoshi/internal/db"
)

func olderSheets(q db.Querier, city int64) ([]olderSheet, error) {
	return db.Rows(q, func(s db.Scanner) (o olderSheet, err error) {
		var reading string
		if err := s.Scan(&o.which, &o.state, &o.done, &o.file, &o.rows, &o.words.FileName, &reading); err != nil || o.state != ImportOffered {
			return o, err
		}
		return o, untext(reading, &o.words.Reading)
	}, "SELECT id, state, done, file_hash, rows_hash, file_name, read_as FROM fact_import WHERE city_id = $1 AND length(file_hash) > 0 ORDER BY id", city)
}

// sealOlderSheet seals what is needed of a sheet. One of which nothing is left is given up,
// or stops where it is.
func sealOlderSheet(tx *db.Tx, city int64, s olderSheet, parts []string) error {
	_, _, err := firstSheetPart(tx, city, s.which)
	switch {
	case err == nil: // before a stop
		return nil
	case !errors.Is(err, db.ErrNoRow):
		return err
	case len(parts) > 0:
		if err := saveSheetParts(tx, city, s.which, parts...); err != nil || s.state != ImportOffered {
			return err
		}
		sealed, err := tx.Seal(sheetCell("fact_import", city, s.which), text(s.words))
		if err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE fact_import SET sealed = $1 WHERE city_id = $2 AND id = $3", sealed, city, s.which)
		return err
	}
	as := map[ImportState]ImportState{ImportOffered: ImportDropped, ImportApplying: ImportStopped}[s.state]
	if as == "" {
		return nil
	}
	_, err = tx.Exec("UPDATE fact_import SET state = $1 WHERE city_id = $2 AND id = $3", string(as), city, s.which)
	return err
}

func forgetOlderSheet(tx *db.Tx, city int64, s olderSheet) error {
	_, err := tx.Exec("UPDATE fact_import SET file_hash = $1, rows_hash = NULL, file_name = '', read_as = '', digest = '' WHERE city_id = $2 AND id = $3", []byte{}, city, s.which)
	return err
}

// namedElsewhere reports whether anything but a sheet names a file that was kept.
func namedElsewhere(q db.Querier, city int64, sheet id.FactImport, hash []byte) (bool, error) {
	found, err := db.Rows(q, db.Value[int64], `SELECT 1 FROM document WHERE city_id = $1 AND original_hash = $2
		UNION ALL SELECT 1 FROM unit_import WHERE city_id = $1 AND file_hash = $2
		UNION ALL SELECT 1 FROM collection_answer WHERE city_id = $1 AND file_hash = $2
		UNION ALL SELECT 1 FROM report_file WHERE city_id = $1 AND content_hash = $2
		UNION ALL SELECT 1 FROM fact_evidence WHERE city_id = $1 AND hash = $2
		UNION ALL SELECT 1 FROM collection WHERE city_id = $1 AND template LIKE '%' || $3 || '%'
		UNION ALL SELECT 1 FROM fact_import WHERE city_id = $1 AND (file_hash = $2 OR rows_hash = $2) AND id <> $4`, city, hash, text([32]byte(hash)), sheet)
	return len(found) > 0, err
}

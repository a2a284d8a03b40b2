package desk

import (
	"encoding/hex"
	"errors"

	"luoshi/internal/db"
)

func olderSheets(q db.Querier, city int64) ([]olderSheet, error) {
	return db.Rows(q, func(s db.Scanner) (olderSheet, error) {
		o := olderSheet{kind: factSheets}
		var words sheetWords
		var reading string
		if err := s.Scan(&o.which, &o.state, &o.done, &o.file, &o.rows, &words.FileName, &reading); err != nil || o.state != ImportOffered {
			return o, err
		}
		err := untext(reading, &words.Reading)
		o.words = text(words)
		return o, err
	}, "SELECT id, state, done, file_hash, rows_hash, file_name, read_as FROM fact_import WHERE city_id = $1 AND length(file_hash) > 0 ORDER BY id", city)
}

func olderLists(q db.Querier, city int64) ([]olderSheet, error) {
	return db.Rows(q, func(s db.Scanner) (olderSheet, error) {
		o := olderSheet{kind: unitLists}
		var words listWords
		var digest []byte
		err := s.Scan(&o.which, &o.state, &o.done, &o.file, &words.FileName, &words.Heads, &digest)
		words.Digest = hex.EncodeToString(digest)
		o.words = text(words)
		return o, err
	}, "SELECT id, state, done, file_hash, file_name, heads, digest FROM unit_import WHERE city_id = $1 AND length(file_hash) > 0 ORDER BY id", city)
}

// sealOlderSheet seals what is needed of a sheet. One of which nothing is left is given up,
// or stops where it is.
func sealOlderSheet(tx *db.Tx, city int64, s olderSheet, parts []string) error {
	_, _, err := s.kind.firstPart(tx, city, s.which)
	switch {
	case err == nil: // before a stop
		return nil
	case !errors.Is(err, db.ErrNoRow):
		return err
	case len(parts) > 0:
		if err := s.kind.saveParts(tx, city, s.which, parts...); err != nil || s.words == "" {
			return err
		}
		sealed, err := s.kind.sealWords(tx, city, s.which, s.words)
		if err != nil {
			return err
		}
		_, err = tx.Exec(s.kind.seal, sealed, city, s.which)
		return err
	}
	as := map[ImportState]ImportState{ImportOffered: ImportDropped, ImportMoved: ImportDropped, ImportApplying: ImportStopped}[s.state]
	if as == "" {
		return nil
	}
	_, err = tx.Exec(s.kind.end, string(as), city, s.which)
	return err
}

func forgetOlderSheet(tx *db.Tx, city int64, s olderSheet) (err error) {
	if s.kind == factSheets {
		_, err = tx.Exec("UPDATE fact_import SET file_hash = $1, rows_hash = NULL, file_name = '', read_as = '', digest = '' WHERE city_id = $2 AND id = $3", []byte{}, city, s.which)
	} else {
		_, err = tx.Exec("UPDATE unit_import SET file_hash = $1, file_name = '', digest = $2, heads = CASE WHEN head_rows = 0 THEN '' ELSE heads END WHERE city_id = $3 AND id = $4", []byte{}, []byte{}, city, s.which)
	}
	return err
}

// namedElsewhere reports whether anything but a sheet names a file that was kept.
func namedElsewhere(q db.Querier, city, sheet int64, hash []byte) (bool, error) {
	found, err := db.Rows(q, db.Value[int64], `SELECT 1 FROM document WHERE city_id = $1 AND original_hash = $2
		UNION ALL SELECT 1 FROM collection_answer WHERE city_id = $1 AND file_hash = $2
		UNION ALL SELECT 1 FROM report_file WHERE city_id = $1 AND content_hash = $2
		UNION ALL SELECT 1 FROM fact_evidence WHERE city_id = $1 AND hash = $2
		UNION ALL SELECT 1 FROM collection WHERE city_id = $1 AND template LIKE '%' || $3 || '%'
		UNION ALL SELECT 1 FROM unit_import WHERE city_id = $1 AND file_hash = $2 AND id <> $4
		UNION ALL SELECT 1 FROM fact_import WHERE city_id = $1 AND (file_hash = $2 OR rows_hash = $2) AND id <> $4`, city, hash, text([32]byte(hash)), sheet)
	return len(found) > 0, err
}

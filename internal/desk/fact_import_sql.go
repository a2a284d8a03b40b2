package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

const factImportColumns = "id, unit_id, sealed, state, counts, done, account_id, post_id, offered_day, decided_day"

// sheetWords are what is said of a sheet while it is looked at.
type sheetWords struct {
	FileName string
	Reading  FactReading
}

func saveFactImport(tx *db.Tx, city int64, f FactImport) error {
	var words string
	if f.Open() {
		words = text(sheetWords{f.FileName, f.Reading})
	}
	sealed, err := factSheets.sealWords(tx, city, int64(f.ID), words)
	if err != nil {
		return err
	}
	return tx.Upsert("fact_import", "city_id, id", "city_id, "+factImportColumns+", file_hash, file_name, read_as, digest", [][]any{{city, f.ID, f.Unit, sealed, string(f.State), text(f.Counts), f.Done,
		f.Account, f.Post, string(f.Offered), string(f.Decided), []byte{}, "", "", ""}})
}

// endFactImport saves a sheet that is looked at no longer, and deletes what it says.
func endFactImport(tx *db.Tx, city int64, f FactImport) error {
	if err := factSheets.deleteParts(tx, city, int64(f.ID)); err != nil {
		return err
	}
	return saveFactImport(tx, city, f)
}

func scanFactImport(s db.Scanner) (f FactImport, err error) {
	var counts string
	if err := s.Scan(&f.ID, &f.Unit, &f.sealed, &f.State, &counts, &f.Done, &f.Account, &f.Post, &f.Offered, &f.Decided); err != nil {
		return f, err
	}
	return f, untext(counts, &f.Counts)
}

// opened reads what is sealed of a sheet that is looked at.
func (f FactImport) opened(q db.Querier, city int64) (FactImport, error) {
	var s sheetWords
	err := factSheets.openWords(q, city, int64(f.ID), f.sealed, &s)
	f.FileName, f.Reading = s.FileName, s.Reading
	return f, err
}

func loadFactImport(q db.Querier, city int64, which id.FactImport) (FactImport, error) {
	f, err := db.Row(q, scanFactImport, "SELECT "+factImportColumns+" FROM fact_import WHERE city_id = $1 AND id = $2", city, which)
	if err != nil {
		return f, err
	}
	return f.opened(q, city)
}

// factImportsOf gives the last sheets of a unit, the newest first.
func factImportsOf(q db.Querier, city int64, unit id.Unit, most int) ([]FactImport, error) {
	all, err := db.Rows(q, scanFactImport, "SELECT "+factImportColumns+" FROM fact_import WHERE city_id = $1 AND unit_id = $2 ORDER BY id DESC LIMIT $3", city, unit, most)
	for k := range all {
		if all[k], err = all[k].opened(q, city); err != nil {
			break
		}
	}
	return all, err
}

// factsTakenOver notes how many rows were taken over, and finds out whether somebody else did.
func factsTakenOver(tx *db.Tx, city int64, which id.FactImport, before, now int64) error {
	n, err := tx.Exec("UPDATE fact_import SET done = $1 WHERE city_id = $2 AND id = $3 AND state = $4 AND done = $5", now, city, which, string(ImportApplying), before)
	if err == nil && n != 1 {
		err = errOvertaken
	}
	return err
}

// keptSheet is what is kept of how a kind of sheet is read.
type keptSheet struct {
	Map        fact.SheetMap
	Indicators map[string]string
	Class      fact.Class
}

func saveSheetMap(tx *db.Tx, city int64, f FactImport) error {
	form := fact.SheetForm{Map: f.Reading.Map}
	kept := keptSheet{form.Kept(), f.Reading.Indicators, f.Reading.Class}
	var heads []string
	for _, h := range kept.Map.Heads {
		heads = append(heads, h.Words)
	}
	sum := sha256.Sum256([]byte(strings.Join(heads, "\t")))
	return tx.Upsert("fact_sheet_map", "city_id, unit_id, heads", "city_id, unit_id, heads, kept, set_day, post_id",
		[][]any{{city, f.Unit, hex.EncodeToString(sum[:]), text(kept), string(tx.Today()), tx.Cmd().Actor}})
}

// keptSheets gives the maps that were kept, those of a unit first; names that another
// unit put right are its own.
func keptSheets(q db.Querier, city int64, unit id.Unit) (own []keptSheet, err error) {
	var others []keptSheet
	type row struct {
		unit id.Unit
		kept string
	}
	all, err := db.Rows(q, func(s db.Scanner) (r row, err error) {
		err = s.Scan(&r.unit, &r.kept)
		return r, err
	}, "SELECT unit_id, kept FROM fact_sheet_map WHERE city_id = $1 ORDER BY set_day DESC, unit_id, heads LIMIT $2", city, mostMaps)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		var k keptSheet
		if err := untext(r.kept, &k); err != nil {
			return nil, err
		}
		if r.unit == unit {
			own = append(own, k)
			continue
		}
		k.Map.Units = nil
		others = append(others, k)
	}
	return append(own, others...), nil
}

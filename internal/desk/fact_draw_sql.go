package desk

import (
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
)

const drawColumns = "id, unit_id, month, commitment, committed_seq, committed_at, source, not_before, drawn, each_least, root, frozen_seq, frozen_at, revealed_seq, revealed_at, seed, randomness"

func saveDraw(tx *db.Tx, city int64, d FactDraw) error {
	var seed []byte
	if d.Seed != nil {
		seed = d.Seed[:]
	}
	return tx.Upsert("fact_draw", "city_id, id", "city_id, "+drawColumns+", post_id", [][]any{{city, d.ID, d.Unit, d.Month, d.Commitment[:], d.Committed.Seq, d.Committed.At, d.Source, d.NotBefore, d.Count, d.Each,
		d.Root[:], d.Frozen.Seq, d.Frozen.At, d.Revealed.Seq, d.Revealed.At, seed, d.Randomness, tx.Cmd().Actor}})
}

func scanDraw(s db.Scanner) (d FactDraw, err error) {
	var commitment, root, seed []byte
	err = s.Scan(&d.ID, &d.Unit, &d.Month, &commitment, &d.Committed.Seq, &d.Committed.At, &d.Source, &d.NotBefore, &d.Count, &d.Each, &root, &d.Frozen.Seq, &d.Frozen.At,
		&d.Revealed.Seq, &d.Revealed.At, &seed, &d.Randomness)
	copy(d.Commitment[:], commitment)
	copy(d.Root[:], root)
	if len(seed) == 32 {
		known := [32]byte(seed)
		d.Seed = &known
	}
	return d, err
}

func loadDraw(q db.Querier, city int64, which id.Draw) (FactDraw, error) {
	return db.Row(q, scanDraw, "SELECT "+drawColumns+" FROM fact_draw WHERE city_id = $1 AND id = $2", city, which)
}

func drawsOfMonth(q db.Querier, city int64, month string) ([]FactDraw, error) {
	return db.Rows(q, scanDraw, "SELECT "+drawColumns+" FROM fact_draw WHERE city_id = $1 AND month = $2 ORDER BY id", city, month)
}

func lastDraws(q db.Querier, city int64, most int) ([]FactDraw, error) {
	return db.Rows(q, scanDraw, "SELECT "+drawColumns+" FROM fact_draw WHERE city_id = $1 ORDER BY id DESC LIMIT $2", city, most)
}

func drawSecretCell(city int64, which id.Draw) db.Cell {
	return db.Cell{Table: "fact_draw_secret", Column: "sealed", City: city, Record: int64(which)}
}

func sealDrawSecret(tx *db.Tx, city int64, which id.Draw, secret string) error {
	sealed, err := tx.Seal(drawSecretCell(city, which), secret)
	if err != nil {
		return err
	}
	return tx.Insert("fact_draw_secret", "city_id, draw_id, sealed", [][]any{{city, which, sealed}})
}

func openDrawSecret(q db.Querier, city int64, which id.Draw) (string, error) {
	sealed, err := db.Row(q, db.Value[[]byte], "SELECT sealed FROM fact_draw_secret WHERE city_id = $1 AND draw_id = $2", city, which)
	if err != nil {
		return "", err
	}
	return db.Unseal(q, drawSecretCell(city, which), sealed)
}

func saveDrawEntries(tx *db.Tx, city int64, d FactDraw) error {
	rows := make([][]any, len(d.Entries))
	for k, e := range d.Entries {
		f, err := id.Of[id.Fact](e.ID)
		if err != nil {
			return err
		}
		rows[k] = []any{city, d.ID, f, e.Stratum, 0}
	}
	return tx.Insert("fact_draw_entry", "city_id, draw_id, fact_id, stratum, place", rows)
}

// drawEntries gives the list of a draw, in order of its numbers, and what was drawn in
// the order of the draw.
func drawEntries(q db.Querier, city int64, which id.Draw) (list []ledger.DrawEntry, drawn []string, err error) {
	type row struct {
		fact    id.Fact
		stratum string
		place   int64
	}
	all, err := db.Rows(q, func(s db.Scanner) (r row, err error) {
		err = s.Scan(&r.fact, &r.stratum, &r.place)
		return r, err
	}, "SELECT fact_id, stratum, place FROM fact_draw_entry WHERE city_id = $1 AND draw_id = $2 ORDER BY fact_id", city, which)
	n := 0
	for _, r := range all {
		list = append(list, ledger.DrawEntry{ID: r.fact.String(), Stratum: r.stratum})
		if r.place > 0 {
			n++
		}
	}
	if n > 0 {
		drawn = make([]string, n)
	}
	for _, r := range all {
		if r.place > 0 && r.place <= int64(n) {
			drawn[r.place-1] = r.fact.String()
		}
	}
	return list, drawn, err
}

func markDrawn(tx *db.Tx, city int64, d FactDraw) error {
	for k, words := range d.Drawn {
		f, err := id.Of[id.Fact](words)
		if err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE fact_draw_entry SET place = $1 WHERE city_id = $2 AND draw_id = $3 AND fact_id = $4", k+1, city, d.ID, f); err != nil {
			return err
		}
	}
	return nil
}

func drawnInMonth(q db.Querier, city int64, month string) ([]id.Fact, error) {
	return db.Rows(q, db.Value[id.Fact], "SELECT e.fact_id FROM fact_draw d JOIN fact_draw_entry e ON e.city_id = d.city_id AND e.draw_id = d.id WHERE d.city_id = $1 AND d.month = $2 AND e.place > 0 ORDER BY e.fact_id", city, month)
}

// hiddenInDraw counts the facts of a draw whose indicators are not released.
func hiddenInDraw(q db.Querier, city int64, which id.Draw) (int64, error) {
	return db.Row(q, db.Value[int64], "SELECT COUNT(*) FROM fact_draw_entry e JOIN fact f ON f.city_id = e.city_id AND f.id = e.fact_id JOIN indicator i ON i.city_id = f.city_id AND i.id = f.indicator_id"+
		" WHERE e.city_id = $1 AND e.draw_id = $2 AND i.released = 0", city, which)
}

package db

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"luoshi/fault"
)

// transferTime is how long the reading of a whole city may take.
const transferTime = 6 * time.Hour

// rowsAtOnce is how many rows go into one commit of a transfer.
const rowsAtOnce = 1000

// ErrCityThere is returned where the city that should come in is there already.
var ErrCityThere = fault.New(fault.Conflict, "那边已经有这个编号的城市了，没有动它。请换一个空的文件夹或者数据库。")

// Copy writes a consistent copy of a city into a new SQLite file in the folder,
// for exports, backups and dumps that take longer than a read may. Progress is
// told the number of rows done and of all; on SQLite the file is copied as a whole.
func (d *DB) Copy(ctx context.Context, city int64, folder string, progress func(done, all int64)) error {
	if !d.engine.oneFile {
		to, err := Open(ctx, folder, Options{Now: d.options.Now, Random: d.options.Random}, d.schemas[1:]...)
		if err != nil {
			return err
		}
		return errors.Join(Transfer(ctx, d, to, city, progress), to.Close())
	}
	pool, err := openFile(d.path, 1)
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "VACUUM INTO ?", filepath.Join(folder, File))
	if err = errors.Join(err, pool.Close()); err != nil {
		return d.engine.explained(fmt.Errorf("copy database: %w", err))
	}
	return nil
}

// Transfer copies all rows of a city from one database into another, as they
// stand at one moment, and reads them again there. The head of the ledger goes
// last: without it the city does not exist, so that what a broken transfer left
// behind is cleared away by the next.
func Transfer(ctx context.Context, from, to *DB, city int64, progress func(done, all int64)) error {
	if err := to.clear(ctx, city); err != nil {
		return fmt.Errorf("make room for city %d: %w", city, err)
	}
	tables := from.Tables()
	slices.SortStableFunc(tables, func(a, b Table) int { return heads(a) - heads(b) })
	sums := map[string]sum{}
	err := from.read(ctx, transferTime, func(v *View) error {
		if _, _, err := LogSize(v, city); err != nil {
			return ErrNoCity
		}
		var done, all int64
		for _, t := range tables {
			n, err := Row(v, Value[int64], "SELECT COUNT(*) FROM "+t.Name+" WHERE city_id = $1", city)
			if err != nil {
				return err
			}
			all += n
		}
		for _, t := range tables {
			var waiting [][]any
			flush := func() error {
				rows := waiting
				waiting = nil
				done += int64(len(rows))
				progress(done, all)
				return to.Local(ctx, func(tx *Tx) error { return tx.Insert(t.Name, t.columnList(), rows) })
			}
			var s sum
			if err := eachRow(v, t, city, func(row []any) error {
				s.add(row)
				if waiting = append(waiting, row); len(waiting) < rowsAtOnce {
					return nil
				}
				return flush()
			}); err != nil {
				return fmt.Errorf("transfer %s: %w", t.Name, err)
			}
			if err := flush(); err != nil {
				return fmt.Errorf("transfer %s: %w", t.Name, err)
			}
			sums[t.Name] = s
		}
		return nil
	})
	if err != nil {
		return err
	}
	return to.compare(ctx, city, sums)
}

// heads sorts the head of the ledger behind all other tables.
func heads(t Table) int {
	if t.Name == "ledger_head" {
		return 1
	}
	return 0
}

// clear takes away what is left of a transfer that did not come to its end.
func (d *DB) clear(ctx context.Context, city int64) error {
	return d.Local(ctx, func(tx *Tx) error {
		if _, _, err := LogSize(tx, city); !errors.Is(err, ErrNoRow) {
			return errors.Join(err, ErrCityThere)
		}
		tables := d.Tables()
		slices.Reverse(tables)
		for _, t := range tables {
			if _, err := tx.Exec("DELETE FROM "+t.Name+" WHERE city_id = $1", city); err != nil {
				return err
			}
		}
		return nil
	})
}

// compare reads a city again and finds what does not equal what was sent.
func (d *DB) compare(ctx context.Context, city int64, sums map[string]sum) error {
	return d.read(ctx, transferTime, func(v *View) error {
		for _, t := range d.Tables() {
			var s sum
			if err := eachRow(v, t, city, func(row []any) error { s.add(row); return nil }); err != nil {
				return fmt.Errorf("read %s again: %w", t.Name, err)
			}
			if was := sums[t.Name]; s != was {
				return fmt.Errorf("%s did not arrive as it was sent: %d rows instead of %d, or other content", t.Name, s.rows, was.rows)
			}
		}
		return nil
	})
}

// columnList lists the columns of a table, the city first.
func (t Table) columnList() string {
	names := []string{"city_id"}
	for _, c := range t.Columns {
		if c.Name != "city_id" {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ", ")
}

// eachRow hands over the rows of a city one after the other, without holding them all.
func eachRow(q Querier, t Table, city int64, f func(row []any) error) error {
	rows, err := q.query("SELECT "+t.columnList()+" FROM "+t.Name+" WHERE city_id = $1", city)
	if err != nil {
		return err
	}
	defer rows.Close()
	wide := strings.Count(t.columnList(), ",") + 1
	for rows.Next() {
		row, to := make([]any, wide), make([]any, wide)
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			return err
		}
		for i := range row {
			// No bytes at all come from SQLite as nil, which would be sent on as NULL.
			if b, ok := row[i].([]byte); ok && b == nil {
				row[i] = []byte{}
			}
		}
		if err := f(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// sum is a digest of rows in whatever order: the hashes of all, added up.
type sum struct {
	rows int64
	hash [32]byte
}

var modulus = new(big.Int).Lsh(big.NewInt(1), 256)

func (s *sum) add(row []any) {
	h := sha256.New()
	for _, value := range row {
		kind, text := "null", []byte(nil)
		switch v := value.(type) {
		case int64:
			kind, text = "number", binary.BigEndian.AppendUint64(nil, uint64(v))
		case string:
			kind, text = "text", []byte(v)
		case []byte:
			kind, text = "bytes", v
		}
		fmt.Fprintf(h, "%s %d ", kind, len(text))
		h.Write(text)
	}
	was := new(big.Int).SetBytes(s.hash[:])
	was.Add(was, new(big.Int).SetBytes(h.Sum(nil))).Mod(was, modulus).FillBytes(s.hash[:])
	s.rows++
}

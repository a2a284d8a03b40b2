package db

import (
	"context"
	"fmt"
	"time"

	"luoshi/ledger"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Logged is an entry with its leaf hash and the words it commits to; Salt is
// nil where it has none or they were erased, or are sealed: WordsOf opens those.
type Logged struct {
	ledger.Entry
	Body   []byte
	Leaf   tlog.Hash
	Salt   []byte
	Words  string
	sealed []byte
}

const selectLogged = `SELECT e.leaf, e.body, w.salt, COALESCE(w.words, ''), w.sealed FROM ledger_entry e
	LEFT JOIN ledger_words w ON w.city_id = e.city_id AND w.seq = e.seq WHERE e.city_id = $1 `

func scanLogged(s Scanner) (Logged, error) {
	var l Logged
	var leaf []byte
	if err := s.Scan(&leaf, &l.Body, &l.Salt, &l.Words, &l.sealed); err != nil {
		return l, err
	}
	if l.sealed != nil {
		l.Salt = nil
	}
	copy(l.Leaf[:], leaf)
	var err error
	l.Entry, err = ledger.ParseEntry(l.Body)
	return l, err
}

// Entries gives the entries from..from+n-1 of a city's ledger, in order.
func Entries(q Querier, city, from int64, n int) ([]Logged, error) {
	return Rows(q, scanLogged, selectLogged+"AND e.seq >= $2 AND e.seq < $3 ORDER BY e.seq", city, from, from+int64(n))
}

// EntriesAbout gives the entries about one record, in order.
func EntriesAbout(q Querier, city int64, noun string, subject int64) ([]Logged, error) {
	return EntriesAboutFrom(q, city, noun, subject, 0)
}

// EntriesAboutFrom gives those that stand at a place of the ledger or behind it.
func EntriesAboutFrom(q Querier, city int64, noun string, subject, from int64) ([]Logged, error) {
	return Rows(q, scanLogged, selectLogged+`AND e.seq IN
		(SELECT s.seq FROM ledger_subject s WHERE s.city_id = $2 AND s.noun = $3 AND s.subject = $4 AND s.seq >= $5) ORDER BY e.seq`, city, city, noun, subject, from)
}

// LogSize gives the number of entries and the root of a city's ledger.
func LogSize(q Querier, city int64) (int64, tlog.Hash, error) {
	h, err := Row(q, scanHead, "SELECT seq, edge, at, last_id FROM ledger_head WHERE city_id = $1", city)
	return h.seq, h.edge.Root(), err
}

// LastInstant gives the instant of the last entry of a city's ledger.
func LastInstant(q Querier, city int64) (time.Time, error) {
	h, err := Row(q, scanHead, "SELECT seq, edge, at, last_id FROM ledger_head WHERE city_id = $1", city)
	return time.UnixMicro(h.at), err
}

// Size tells how far a city's ledger has come: another number means that something was
// done since.
func Size(q Querier, city int64) (int64, error) {
	h, err := Row(q, scanHead, "SELECT seq, edge, at, last_id FROM ledger_head WHERE city_id = $1", city)
	return h.seq, err
}

// Tile gives the hashes of a full or partial tile of a city's ledger.
func Tile(q Querier, city int64, tile tlog.Tile) ([]byte, error) {
	return readTile(q, city, tile, true)
}

// readTile gives the hashes of a tile. Full ones are stored once they are
// complete; others are made of leaves, or of the roots of the tiles below.
func readTile(q Querier, city int64, tile tlog.Tile, stored bool) ([]byte, error) {
	if stored && tile.W == ledger.TileWidth {
		return Row(q, Value[[]byte], "SELECT hashes FROM ledger_tile WHERE city_id = $1 AND level = $2 AND n = $3", city, tile.L, tile.N)
	}
	from := tile.N << ledger.TileHeight
	var parts [][]byte
	var err error
	if tile.L == 0 {
		parts, err = Rows(q, Value[[]byte], "SELECT leaf FROM ledger_entry WHERE city_id = $1 AND seq >= $2 AND seq < $3 ORDER BY seq",
			city, from, from+int64(tile.W))
	} else {
		parts, err = Rows(q, Value[[]byte], "SELECT hashes FROM ledger_tile WHERE city_id = $1 AND level = $2 AND n >= $3 AND n < $4 ORDER BY n",
			city, tile.L-1, from, from+int64(tile.W))
	}
	if err == nil && len(parts) != tile.W {
		err = fmt.Errorf("tile %s: %d of %d hashes", ledger.TilePath(tile), len(parts), tile.W)
	}
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, part := range parts {
		if tile.L > 0 {
			below, err := ledger.ParseEdge(part)
			if err != nil {
				return nil, err
			}
			root := ledger.Roots(below, []int64{ledger.TileWidth})[0]
			part = root[:]
		}
		out = append(out, part...)
	}
	return out, nil
}

// LastCheckpoint gives the last signed checkpoint of a city, and its size.
func LastCheckpoint(q Querier, city int64) (size int64, signed string, err error) {
	type checkpoint struct {
		size int64
		note string
	}
	all, err := Rows(q, func(s Scanner) (c checkpoint, err error) {
		err = s.Scan(&c.size, &c.note)
		return c, err
	}, "SELECT size, note FROM ledger_checkpoint WHERE city_id = $1 ORDER BY size DESC LIMIT 1", city)
	if err != nil || len(all) == 0 {
		return 0, "", err
	}
	return all[0].size, all[0].note, nil
}

// SignCheckpoint signs the log as it stands, where there is something new.
func (d *DB) SignCheckpoint(ctx context.Context, city int64, signer note.Signer) error {
	var size, signed int64
	var root tlog.Hash
	err := d.Read(ctx, func(v *View) (err error) {
		if size, root, err = LogSize(v, city); err != nil {
			return err
		}
		signed, _, err = LastCheckpoint(v, city)
		return err
	})
	if err != nil || size == signed {
		return err
	}
	text, err := ledger.SignCheckpoint(ledger.Checkpoint{Origin: signer.Name(), Size: size, Root: root}, signer)
	if err != nil {
		return fmt.Errorf("sign checkpoint: %w", err)
	}
	return d.Local(ctx, func(tx *Tx) error {
		_, err := tx.Exec("INSERT INTO ledger_checkpoint (city_id, size, note) VALUES ($1, $2, $3) ON CONFLICT (city_id, size) DO NOTHING",
			city, size, string(text))
		return err
	})
}

package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"luoshi/id"
	"luoshi/ledger"

	"golang.org/x/mod/sumdb/tlog"
)

// head is the end of a city's ledger: how many entries, the right edge of
// their tree, the instant of the last one, and the last identifier given out.
type head struct {
	seq    int64
	edge   ledger.Edge
	at     int64
	lastID int64
}

func scanHead(s Scanner) (head, error) {
	var h head
	var edge []byte
	err := s.Scan(&h.seq, &edge, &h.at, &h.lastID)
	if err == nil {
		h.edge, err = ledger.ParseEdge(edge)
	}
	return h, err
}

// takeHead is the first statement of a write; it makes the next writer wait.
func takeHead(t *Tx) (head, error) {
	h, err := Row(t, scanHead, "UPDATE ledger_head SET seq = seq WHERE city_id = $1 RETURNING seq, edge, at, last_id", t.cmd.City)
	if errors.Is(err, ErrNoRow) {
		return h, ErrNoCity
	}
	return h, err
}

func (h head) save(t *Tx) error {
	_, err := t.Exec("UPDATE ledger_head SET seq = $1, edge = $2, at = $3, last_id = $4 WHERE city_id = $5",
		h.seq, h.edge.Bytes(), h.at, h.lastID, t.cmd.City)
	return err
}

// Found makes the empty ledger of a new city; a city that stands is left as it is.
func (d *DB) Found(ctx context.Context, city int64) error {
	return d.Local(ctx, func(tx *Tx) error {
		_, err := tx.Exec("INSERT INTO ledger_head (city_id, seq, edge, at, last_id) VALUES ($1, 0, $2, 0, 0) ON CONFLICT (city_id) DO NOTHING",
			city, []byte{})
		return err
	})
}

// enter turns the drafts into entries and moves the head in memory.
func (t *Tx) enter() error {
	if len(t.drafts) == 0 {
		return nil
	}
	var entries, subjects, words [][]any
	for _, draft := range t.drafts {
		e := ledger.Entry{City: t.cmd.City, Seq: t.head.seq, At: t.at, Kind: draft.Kind, Class: draft.Class,
			Subjects: draft.Subjects, Fields: slices.Clone(draft.Fields)}
		if t.cmd.Actor != 0 {
			e.Actor = t.cmd.Actor.String()
		}
		slices.SortFunc(e.Fields, func(a, b ledger.Field) int { return strings.Compare(a.Name, b.Name) })
		if _, err := io.ReadFull(t.options.Random, e.Nonce[:]); err != nil {
			return err
		}
		if draft.Words != "" {
			var salt [saltSize]byte
			if _, err := io.ReadFull(t.options.Random, salt[:]); err != nil {
				return err
			}
			sum := ledger.Commit(salt, draft.Words)
			e.Words = &sum
			row, err := t.wordsRow(e.Class, e.Seq, salt, draft.Words)
			if err != nil {
				return err
			}
			words = append(words, row)
		}
		if err := e.Check(); err != nil {
			return fmt.Errorf("%s: %w", draft.Kind, err)
		}
		body := e.Bytes()
		leaf := ledger.Leaf(body)
		entries = append(entries, []any{t.cmd.City, e.Seq, string(e.Class), leaf[:], body})
		for _, s := range e.Subjects {
			number, err := id.Parse(s.ID)
			if err != nil {
				return fmt.Errorf("%s: subject %s: %w", draft.Kind, s.Noun, err)
			}
			subjects = append(subjects, []any{t.cmd.City, s.Noun, number, e.Seq})
		}
		t.head.edge = t.head.edge.Append(t.head.seq, leaf)
		t.head.seq++
	}
	t.head.at = t.at
	if err := t.Insert("ledger_entry", "city_id, seq, class, leaf, body", entries); err != nil {
		return err
	}
	if err := t.Insert("ledger_subject", "city_id, noun, subject, seq", subjects); err != nil {
		return err
	}
	if err := t.Insert("ledger_words", "city_id, seq, salt, words, sealed", words); err != nil {
		return err
	}
	return t.saveFullTiles(t.head.seq - int64(len(entries)))
}

// saveFullTiles stores every tile that became full since the log had so many entries.
func (t *Tx) saveFullTiles(before int64) error {
	for level, width := 0, int64(ledger.TileWidth); width <= t.head.seq; level, width = level+1, width*ledger.TileWidth {
		for n := before / width; n < t.head.seq/width; n++ {
			hashes, err := readTile(t, t.cmd.City, tlog.Tile{H: ledger.TileHeight, L: level, N: n, W: ledger.TileWidth}, false)
			if err != nil {
				return err
			}
			if _, err := t.Exec("INSERT INTO ledger_tile (city_id, level, n, hashes) VALUES ($1, $2, $3, $4)",
				t.cmd.City, level, n, hashes); err != nil {
				return err
			}
		}
	}
	return nil
}

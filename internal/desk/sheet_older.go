package desk

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"

	"luoshi/internal/blob"
	"luoshi/internal/db"
)

// olderSheet is a sheet of facts or a list of units as versions kept it that stored it
// among the files, in clear.
type olderSheet struct {
	kind       sheetKind
	which      int64
	state      ImportState
	done       int64
	file, rows []byte // hashes
	words      string // that are sealed beside its parts; empty where none are needed
}

// needed is the file of which something is needed still, by its hash.
func (s olderSheet) needed() []byte {
	switch s.state {
	case ImportOffered, ImportMoved:
		return s.file
	case ImportApplying:
		if s.kind == factSheets { // its rows took the place of the sheet
			return s.rows
		}
		return s.file
	}
	return nil
}

// SealSheets seals the sheets of facts and the lists of units that an older version kept in
// clear, as far as they are needed still, and deletes their files; it counts them. Done again
// after a stop it goes on.
func (o *Office) SealSheets(ctx context.Context) (int, error) {
	var older []olderSheet
	if err := o.db.Read(ctx, func(v *db.View) error {
		sheets, err := olderSheets(v, o.city)
		if err != nil {
			return err
		}
		lists, err := olderLists(v, o.city)
		older = append(sheets, lists...)
		return err
	}); err != nil {
		return 0, err
	}
	for _, s := range older {
		if err := o.sealSheet(ctx, s); err != nil {
			return 0, err
		}
	}
	return len(older), nil
}

// sealSheet deletes the files of a sheet between two commits: one seals what is needed of
// them, the other forgets how they are called.
func (o *Office) sealSheet(ctx context.Context, s olderSheet) error {
	parts, err := o.olderParts(s)
	if err != nil {
		return err
	}
	if err := o.db.Local(ctx, func(tx *db.Tx) error { return sealOlderSheet(tx, o.city, s, parts) }); err != nil {
		return err
	}
	for _, hash := range [][]byte{s.file, s.rows} {
		if len(hash) != len(blob.Hash{}) {
			continue
		}
		var named bool
		if err := o.db.Read(ctx, func(v *db.View) (err error) {
			named, err = namedElsewhere(v, o.city, s.which, hash)
			return err
		}); err != nil {
			return err
		}
		if !named {
			if err := o.blobs.Remove(blob.Hash(hash)); err != nil {
				return err
			}
		}
	}
	return o.db.Local(ctx, func(tx *db.Tx) error { return forgetOlderSheet(tx, o.city, s) })
}

// olderParts reads from the files what is needed still; nothing where they are gone.
func (o *Office) olderParts(s olderSheet) (parts []string, err error) {
	hash := s.needed()
	if len(hash) != len(blob.Hash{}) {
		return nil, nil
	}
	raw, err := o.blobs.Get(blob.Hash(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil || s.words != "" {
		return []string{string(raw)}, err
	}
	var told []FactTold
	if err := json.Unmarshal(raw, &told); err != nil {
		return nil, err
	}
	for part := range slices.Chunk(told[min(s.done, int64(len(told))):], mostFacts) {
		parts = append(parts, text(part))
	}
	return parts, nil
}

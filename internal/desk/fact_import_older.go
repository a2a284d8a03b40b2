package desk

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"

	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
)

// olderSheet is a sheet as versions kept it that stored it among the files, in clear.
type olderSheet struct {
	which      id.FactImport
	state      ImportState
	done       int64
	file, rows []byte // hashes
	words      sheetWords
}

// SealSheets seals the sheets that an older version kept in clear, as far as they are
// needed still, and deletes their files; it counts them. Done again after a stop it goes on.
func (o *Office) SealSheets(ctx context.Context) (int, error) {
	var older []olderSheet
	if err := o.db.Read(ctx, func(v *db.View) (err error) {
		older, err = olderSheets(v, o.city)
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
	hash := map[ImportState][]byte{ImportOffered: s.file, ImportApplying: s.rows}[s.state]
	if len(hash) != len(blob.Hash{}) {
		return nil, nil
	}
	raw, err := o.blobs.Get(blob.Hash(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil || s.state == ImportOffered {
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

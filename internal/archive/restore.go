package archive

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"luoshi/internal/disk"
)

// Restore makes the database as it was at an instant, in a new file. It takes
// the newest line that begins at or before the instant, and in it the last cut
// at or before it, whose instant it gives back. Everything it reads is checked, and the
// database that comes out too; after an error there is no file. progress, which may
// be nil, is told how many bytes of all are done.
func Restore(folder string, at time.Time, into string, progress func(done, all int64)) (reached time.Time, err error) {
	if progress == nil {
		progress = func(_, _ int64) {}
	}
	for _, path := range []string{into, into + "-wal", into + "-shm"} {
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			return time.Time{}, errors.Join(fmt.Errorf("restore: %s is there already", path), err)
		}
	}
	l, err := choose(folder, at)
	if err != nil {
		return time.Time{}, fmt.Errorf("restore: %w", err)
	}
	steps, instant := l.until(at.UnixMicro())
	part := into + partSuffix
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("restore: %w", err), removeDatabase(part))
		}
	}()
	all := l.base.Bytes
	for _, offset := range steps {
		all += offset
	}
	if err := removeDatabase(part); err != nil {
		return time.Time{}, err
	}
	if err := l.copyBase(part, func(done int64) { progress(done, all) }); err != nil {
		return time.Time{}, err
	}
	done := l.base.Bytes
	for i, offset := range steps {
		if err := l.apply(part, i+firstSegment, offset); err != nil {
			return time.Time{}, err
		}
		done += offset
		progress(done, all)
	}
	if err := checkDatabase(part); err != nil {
		return time.Time{}, err
	}
	if err := putInPlace(part, into); err != nil {
		return time.Time{}, err
	}
	return time.UnixMicro(instant), nil
}

// choose reads the newest line that begins at or before an instant. A newer line that
// is damaged is no matter where an older one reaches up to the instant.
func choose(folder string, at time.Time) (*line, error) {
	numbers, err := lineNumbers(folder)
	if err != nil {
		return nil, err
	}
	var unknown error
	for i := len(numbers) - 1; i >= 0; i-- {
		path := filepath.Join(folder, lineName(numbers[i]))
		l, err := peekLine(path)
		if errors.Is(err, ErrDamaged) {
			unknown = errors.Join(unknown, err)
			continue
		}
		if err != nil {
			return nil, err
		}
		if l.First.After(at) {
			unknown = nil // what is damaged begins later still
			continue
		}
		if unknown != nil && l.Last.Before(at) {
			return nil, unknown
		}
		return readLine(path)
	}
	return nil, errors.Join(ErrTooEarly, unknown)
}

// until gives the bytes of each segment up to the last cut at or before an
// instant, and the instant of that cut.
func (l *line) until(at int64) (steps []int64, reached int64) {
	for _, cuts := range l.cuts {
		n := sort.Search(len(cuts), func(i int) bool { return cuts[i].at > at })
		if n == 0 {
			break
		}
		steps, reached = append(steps, cuts[n-1].offset), cuts[n-1].at
	}
	return steps, reached
}

// copyBase copies the database file with which the line begins, and compares its hash.
func (l *line) copyBase(into string, progress func(done int64)) error {
	path := filepath.Join(l.folder, baseFile)
	from, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return damaged(path, "it is missing")
	}
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(into, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	size, hash, err := copyAll(to, from, func(done int64) error {
		progress(done)
		return nil
	})
	if err := errors.Join(err, to.Close()); err != nil {
		return fmt.Errorf("copy base: %w", err)
	}
	if size != l.base.Bytes || hex.EncodeToString(hash[:]) != l.base.Hash {
		return damaged(path, "its content is not that of its hash")
	}
	return nil
}

// apply places a segment up to a cut beside the database as its log, and lets
// SQLite recover from it.
func (l *line) apply(database string, number int, offset int64) error {
	if offset == 0 {
		return nil // there was no log yet
	}
	path := filepath.Join(l.folder, segmentName(number, "wal"))
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	h, ok, err := readHead(from)
	if err != nil {
		return err
	}
	if !ok {
		return damaged(path, "its header is not what was written")
	}
	if salts := hex.EncodeToString(h.salts()); number == firstSegment && l.base.WalSalts != "" && salts != l.base.WalSalts {
		return damaged(path, "it is not the log of its base")
	}
	to, err := os.OpenFile(database+"-wal", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = to.Write(h.raw[:])
	reached := place{}
	if err == nil {
		reached, err = walk(from, h, reached, offset, func(frames []byte, at int64) error {
			_, err := to.WriteAt(frames, at)
			return err
		})
	}
	if err := errors.Join(err, to.Close()); err != nil {
		return fmt.Errorf("place segment: %w", err)
	}
	if reached.offset != offset {
		return damaged(path, fmt.Sprintf("what stands after byte %d is not what was written", max(reached.offset, headBytes)))
	}
	return recoverLog(database, (offset-headBytes)/h.frame())
}

// recoverLog lets SQLite write the log into the database, and makes sure that it
// took all its frames.
func recoverLog(database string, frames int64) (err error) {
	pool, err := openRestored(database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	for _, mode := range []string{"PASSIVE", "TRUNCATE"} {
		var busy, logged, written int64
		if err := pool.QueryRow("PRAGMA wal_checkpoint("+mode+")").Scan(&busy, &logged, &written); err != nil {
			return fmt.Errorf("recover from the log: %w", err)
		}
		if mode == "PASSIVE" && (logged != frames || written != frames) || busy != 0 {
			return fmt.Errorf("recover from the log: SQLite took %d of %d frames", written, frames)
		}
	}
	return nil
}

func openRestored(database string) (*sql.DB, error) {
	name := url.URL{Path: database}
	// It is put on the disk once, at the end.
	pool, err := sql.Open("sqlite", "file:"+name.EscapedPath()+"?mode=rw&_pragma=synchronous(OFF)")
	if err != nil {
		return nil, fmt.Errorf("open restored database: %w", err)
	}
	pool.SetMaxOpenConns(1)
	return pool, nil
}

// checkDatabase lets SQLite look through the whole database.
func checkDatabase(database string) (err error) {
	pool, err := openRestored(database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	rows, err := pool.QueryContext(context.Background(), "PRAGMA integrity_check")
	if err != nil {
		return fmt.Errorf("check restored database: %w", err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return fmt.Errorf("check restored database: %w", err)
		}
		found = append(found, text)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("check restored database: %w", err)
	}
	if len(found) != 1 || found[0] != "ok" {
		return fmt.Errorf("check restored database: %s", strings.Join(found, "; "))
	}
	return nil
}

// putInPlace puts the database on the disk and gives it its name.
func putInPlace(part, into string) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("put restored database on the disk: %w", err)
	}
	if err := os.Rename(part, into); err != nil {
		return err
	}
	return disk.SyncFolder(filepath.Dir(into))
}

// removeDatabase removes a database and what SQLite puts beside it.
func removeDatabase(path string) error {
	for _, p := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(p); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

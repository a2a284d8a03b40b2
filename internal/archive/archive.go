// Package archive keeps what SQLite writes into the write-ahead log of a
// database, so that the database can be restored as it was at an instant.
//
// An archive is a folder of lines. A line is one copy of the database and the
// continuous log since then, cut into segments; a segment is a byte-for-byte
// prefix of one generation of the log (SQLite starts the log from its beginning
// after a checkpoint):
//
//	ARCHIVE/0000000001/base.sqlite  the database file as it lay there
//	                   base.json    when it was copied, its SHA-256, the place in the log
//	                   000001.wal   the log, from its header to the last commit seen
//	                   000001.cuts  a line for each instant: microseconds, bytes, check
//	                   000002.wal   the next generation
//	ARCHIVE/0000000002/…            the next line
//
// Frames of the log carry SQLite's own checksums, the copy its SHA-256, and the
// cuts a chain of hashes: a changed bit is found when the line is restored.
//
// One Keeper in one process keeps an archive. The database must leave all
// checkpoints to it (wal_autocheckpoint 0) and checkpoint on the connection that
// writes, or SQLite draws new salts and each generation begins a new line.
package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"luoshi/internal/disk"
)

var (
	// ErrDamaged is returned for an archive that is not as it was written; the
	// error names the file.
	ErrDamaged = errors.New("the archive is damaged")
	// ErrTooEarly is returned for an instant that lies before all lines.
	ErrTooEarly = errors.New("the archive does not reach back to this instant")
	// ErrCopying is returned by Begin while another copy is being made.
	ErrCopying = errors.New("a copy of the database is being made already")
	// ErrClosed is returned after Close.
	ErrClosed = errors.New("the archive is closed")
)

// Keeper keeps the archive of one open database. Its methods may be called from
// several goroutines.
type Keeper struct {
	folder, database string

	mu      sync.Mutex
	segment *segment // the segment being written; nil: there is no line to continue
	why     string   // why there is none
	line    string   // folder of the line being written
	number  int      // of the newest line
	last    int64    // instant of the newest cut, microseconds
	sum     check    // of the newest cut of the line
	sealed  seal     // where the log stood when it was last checkpointed
	retry   time.Time
	copying bool
	idle    *sync.Cond // signalled when copying ends
	closed  bool

	// The database file stays open until Close: closing any descriptor of it
	// would drop all POSIX locks that SQLite holds on it in this process.
	main *os.File
}

// segment is a segment that is being written.
type segment struct {
	number int
	log    *os.File
	cuts   *os.File
	head   head  // zero: there was no log yet
	at     place // what is archived, up to the last cut
	size   int64 // of the cuts, bytes
}

// seal is a place in the log up to which all was archived when a checkpoint was
// made. Only there may the log be started from its beginning.
type seal struct {
	head   [headBytes]byte
	offset int64
}

func (s *segment) seal() seal { return seal{s.head.raw, s.at.offset} }

// Open opens the archive in a folder, and makes it where there is none. The
// database (path of its file) must be open, in WAL mode, and nothing may have been
// written to it since it was opened. Where its log does not continue what is archived,
// the first Follow begins a new line.
func Open(folder, database string) (*Keeper, error) {
	database, err := filepath.EvalSymlinks(database) // SQLite, too, puts the log beside the real file
	if err != nil {
		return nil, fmt.Errorf("find database: %w", err)
	}
	k := &Keeper{folder: folder, database: database}
	k.idle = sync.NewCond(&k.mu)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make archive: %w", err)
	}
	if err := k.sweep(); err != nil {
		return nil, err
	}
	numbers, err := lineNumbers(folder)
	if err != nil {
		return nil, err
	}
	if len(numbers) == 0 {
		k.why = "the archive was empty"
		return k, nil
	}
	k.number = numbers[len(numbers)-1]
	if err := k.resume(filepath.Join(folder, lineName(k.number))); err != nil {
		return nil, errors.Join(err, k.release())
	}
	return k, nil
}

// sweep deletes what a crash left of a line that was being begun or deleted.
func (k *Keeper) sweep() error {
	entries, err := os.ReadDir(k.folder)
	if err != nil {
		return fmt.Errorf("open archive: %w", err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), partSuffix) || strings.HasSuffix(e.Name(), goneSuffix) {
			if err := os.RemoveAll(filepath.Join(k.folder, e.Name())); err != nil {
				return fmt.Errorf("open archive: %w", err)
			}
		}
	}
	return nil
}

func (k *Keeper) log() string { return k.database + "-wal" }

// lose gives the line up; the next Follow begins another.
func (k *Keeper) lose(why string) error {
	err := k.segment.close()
	k.segment, k.why, k.sealed = nil, why, seal{}
	return err
}

// release closes the files.
func (k *Keeper) release() (err error) {
	if k.segment != nil {
		err = k.segment.close()
		k.segment = nil
	}
	if k.main != nil {
		err = errors.Join(err, k.main.Close())
		k.main = nil
	}
	return err
}

// Close follows the log a last time, calls database, which closes the
// connections to the database (SQLite then makes its last checkpoint), and lets
// go of the files. A copy under way is given up.
func (k *Keeper) Close(now time.Time, database func() error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return ErrClosed
	}
	k.closed = true
	for k.copying {
		k.idle.Wait() // the copy reads through a connection of its own, which must not be the last
	}
	err := k.follow(now, recheckAll)
	return errors.Join(err, database(), k.release())
}

// Prune deletes the lines that are not needed to restore to keep or any later instant.
func (k *Keeper) Prune(keep time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	numbers, err := lineNumbers(k.folder)
	if err != nil {
		return err
	}
	needed := false
	for i := len(numbers) - 1; i >= 0; i-- {
		path := filepath.Join(k.folder, lineName(numbers[i]))
		if needed {
			if err := os.Rename(path, path+goneSuffix); err != nil {
				return fmt.Errorf("prune archive: %w", err)
			}
			if err := os.RemoveAll(path + goneSuffix); err != nil {
				return fmt.Errorf("prune archive: %w", err)
			}
			continue
		}
		l, err := peekLine(path)
		if errors.Is(err, ErrDamaged) {
			continue // nobody can say when it begins; what lies before it stays until a whole one is found
		}
		if err != nil {
			return err
		}
		needed = !l.First.After(keep)
	}
	return disk.SyncFolder(k.folder)
}

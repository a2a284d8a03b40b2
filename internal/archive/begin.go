package archive

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"luoshi/internal/disk"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Begin copies the database and begins a new line with the copy, while others
// read and write. It may take long, and the log grows meanwhile. The former line
// is followed until the new one stands, which begins at the former one's last
// cut; where there is no former line it begins at now.
//
// Why the copy is whole: a read transaction is held open all the time, and our
// own checkpoints are withheld.
//
//   - If the transaction reads from the log (SQLite: its read mark is N > 0), nobody
//     can start the log from its beginning, so all frames since the last restart
//     stay in it. Another process may at most write frames up to N into the
//     database file while we copy it; a page torn by that is the page of one of those
//     frames, and the log mends it.
//   - If the log was already checkpointed to its end (read mark 0), nobody can
//     write into the database file at all, so the copy is whole by itself. The log may be
//     started from its beginning once, and then holds all that comes after.
//
// Either way the copied file, with all frames of the log up to a commit that is
// seen after the transaction began, is the database at that commit.
func (k *Keeper) Begin(now time.Time) error { return k.begin(now, "asked for") }

func (k *Keeper) begin(now time.Time, why string) (err error) {
	number, err := k.startCopy()
	if err != nil {
		return err
	}
	part := filepath.Join(k.folder, lineName(number)+partSuffix)
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("begin line of the archive: %w", err), os.RemoveAll(part))
		}
		k.endCopy(now, err != nil)
	}()
	release, err := holdSnapshot(k.database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := os.Mkdir(part, 0o700); err != nil {
		return err
	}
	s, err := openSegment(part, firstSegment, os.O_RDWR|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return err
	}
	continued, err := k.firstCut(now, s)
	b := base{Why: why}
	if err == nil {
		b.Bytes, b.Hash, err = k.copyDatabase(filepath.Join(part, baseFile))
	}
	if err == nil && continued {
		err = k.copyFormer(s)
	}
	if err == nil {
		err = k.change(now, number, continued, b, s)
	}
	if err != nil {
		return errors.Join(err, s.close())
	}
	return nil
}

func (k *Keeper) startCopy() (number int, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case k.closed:
		return 0, ErrClosed
	case k.copying:
		return 0, ErrCopying
	}
	k.copying = true
	return k.number + 1, nil
}

func (k *Keeper) endCopy(now time.Time, failed bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if failed {
		k.retry = now.Add(pause)
	}
	k.copying = false
	k.idle.Broadcast()
}

// firstCut finds the place in the log, after the snapshot began, from which the
// new line goes on. continued: there is a former line, followed up to now, and the new one will
// take over the place to which it comes meanwhile. Otherwise the log is copied
// into the segment up to now, and the line begins there.
func (k *Keeper) firstCut(now time.Time, s *segment) (continued bool, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.follow(now, recheck); err != nil && k.segment != nil {
		// A new line is also the way out where the old one cannot be written any more.
		if err := k.lose("it could not be written: " + err.Error()); err != nil {
			return false, err
		}
	}
	if k.segment != nil {
		return true, nil
	}
	if err := k.copyLog(s); err != nil {
		return false, err
	}
	// Our checkpoints are withheld from here on, so SQLite can start the log from
	// its beginning only if nothing is added to what was copied.
	k.sealed = s.seal()
	return false, nil
}

// holdSnapshot opens a read transaction on the database; release ends it. The
// connection must never be the last one to be closed, for SQLite would then
// checkpoint the log and delete it: Close waits for it.
func holdSnapshot(database string) (release func() error, err error) {
	name := url.URL{Path: database}
	pool, err := sql.Open("sqlite", "file:"+name.EscapedPath()+"?mode=rw&_pragma=busy_timeout(10000)&_pragma=query_only(1)")
	if err != nil {
		return nil, fmt.Errorf("hold a snapshot: %w", err)
	}
	tx, err := pool.BeginTx(context.Background(), nil)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("hold a snapshot: %w", err), pool.Close())
	}
	var version int64 // reading it is what opens the snapshot
	if err := tx.QueryRow("PRAGMA schema_version").Scan(&version); err != nil {
		return nil, errors.Join(fmt.Errorf("hold a snapshot: %w", err), tx.Rollback(), pool.Close())
	}
	return func() error { return errors.Join(tx.Rollback(), pool.Close()) }, nil
}

// copyDatabase copies the database file, byte for byte, and puts it on the disk.
func (k *Keeper) copyDatabase(to string) (size int64, hash string, err error) {
	k.mu.Lock()
	if k.main == nil {
		k.main, err = os.Open(k.database)
	}
	main := k.main
	k.mu.Unlock()
	if err != nil {
		return 0, "", err
	}
	var start [20]byte
	if _, err := main.ReadAt(start[:], 0); err != nil {
		return 0, "", fmt.Errorf("read its first bytes: %w", err)
	}
	if start[18] != 2 || start[19] != 2 {
		return 0, "", errors.New("it is not in WAL mode")
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, "", err
	}
	size, sum, err := copyAll(f, main, func(int64) error { return k.goOn() })
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return 0, "", err
	}
	return size, hex.EncodeToString(sum[:]), nil
}

func (k *Keeper) goOn() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return ErrClosed
	}
	return nil
}

// copyLog brings the segment up to the last commit of the log in use, and starts
// it anew where the log was started from its beginning. A log that is started
// while it is read would be copied only in part over a database file that has
// all of it; so its head must be the same after as before.
func (k *Keeper) copyLog(s *segment) error {
	for range 100 {
		live, err := os.Open(k.log())
		if errors.Is(err, os.ErrNotExist) {
			s.head, s.at = head{}, place{}
			return s.log.Truncate(0)
		}
		if err != nil {
			return fmt.Errorf("open the log: %w", err)
		}
		done, err := s.copyGeneration(live)
		if err := errors.Join(err, live.Close()); err != nil || done {
			return err
		}
	}
	return errors.New("the log does not stand still")
}

func (s *segment) copyGeneration(live *os.File) (done bool, err error) {
	h, ok, err := readHead(live)
	if err != nil {
		return false, err
	}
	if h.raw != s.head.raw {
		s.head, s.at = h, place{}
		if err := s.log.Truncate(0); err != nil {
			return false, err
		}
	}
	if !ok {
		return true, nil
	}
	reached, err := s.copyFrames(live)
	if err != nil {
		return false, err
	}
	again, _, err := readHead(live)
	if err != nil || again.raw != h.raw {
		return false, err
	}
	s.at = reached
	if err := live.Sync(); err != nil {
		return false, fmt.Errorf("put the log on the disk: %w", err)
	}
	return true, nil
}

// change puts the new line in the place of the former.
func (k *Keeper) change(now time.Time, number int, continued bool, b base, s *segment) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	instant := max(now.UnixMicro(), k.last)
	switch {
	case k.closed:
		return ErrClosed
	case continued && k.segment == nil:
		return errors.New("the former line was given up meanwhile: " + k.why)
	case continued:
		instant = k.last
		if err := s.copySegment(k.segment); err != nil {
			return fmt.Errorf("copy segment: %w", err)
		}
	}
	b.Begun, b.WalOffset = instant, s.at.offset
	if s.at.offset > 0 {
		b.WalSalts = hex.EncodeToString(s.head.salts())
	}
	path := filepath.Join(k.folder, lineName(number))
	sum, err := s.writeBase(path+partSuffix, b)
	if err != nil {
		return fmt.Errorf("write base: %w", err)
	}
	if err := os.Rename(path+partSuffix, path); err != nil {
		return err
	}
	if err := disk.SyncFolder(k.folder); err != nil {
		return err
	}
	if k.segment != nil {
		err = k.segment.close()
	}
	k.segment, k.why, k.line, k.number, k.last, k.sum = s, "", path, number, instant, sum
	return err
}

// copyFormer copies most of what the former line's segment holds, so that little
// is left to do while others wait.
func (k *Keeper) copyFormer(s *segment) error {
	k.mu.Lock()
	former := k.segment
	if former == nil {
		k.mu.Unlock()
		return nil // change says so
	}
	path, seen := filepath.Join(k.line, segmentName(former.number, "wal")), segment{head: former.head, at: former.at}
	k.mu.Unlock()
	var err error
	if seen.log, err = os.Open(path); err != nil { // it may be followed by another, and closed, at any moment
		return err
	}
	return errors.Join(s.copySegment(&seen), s.log.Sync(), seen.log.Close())
}

// copySegment copies what another segment holds, so far as it is not there yet.
func (s *segment) copySegment(from *segment) error {
	if s.head.raw != from.head.raw {
		if err := s.log.Truncate(0); err != nil {
			return err
		}
		s.at = place{}
	}
	rest := io.NewSectionReader(from.log, s.at.offset, from.at.offset-s.at.offset)
	if _, err := io.Copy(io.NewOffsetWriter(s.log, s.at.offset), rest); err != nil {
		return err
	}
	s.head, s.at = from.head, from.at
	return nil
}

// writeBase writes the first cut and base.json, and puts the whole line on the
// disk. It gives the check of the cut.
func (s *segment) writeBase(folder string, b base) (check, error) {
	note, err := json.MarshalIndent(b, "", "\t")
	if err != nil {
		return check{}, err
	}
	note = append(note, '\n')
	c := cut{b.Begun, b.WalOffset}
	sum := c.check(checkOf(note))
	if _, err := s.cuts.Write(c.line(sum)); err != nil {
		return check{}, err
	}
	s.size = cutBytes
	if err := errors.Join(s.log.Sync(), s.cuts.Sync()); err != nil {
		return check{}, err
	}
	if err := writeFile(filepath.Join(folder, baseNote), note); err != nil {
		return check{}, err
	}
	return sum, disk.SyncFolder(folder)
}

package archive

import (
	"errors"
	"fmt"
	"math"
	"os"
	"time"

	"luoshi/internal/disk"
)

const (
	// recheck is how much of the last transaction is compared again at each
	// Follow: more than a small one takes, less than a large one would cost each second.
	recheck    = 1 << 20
	recheckAll = math.MaxInt64
	// pause is how long Follow waits after a copy failed before it tries another.
	pause = time.Minute
)

// Follow archives what was committed since the last call and puts it on the
// disk. All that was committed before the call can then be restored with the
// instant now, or that of the last cut if the clock went back. Where the log
// does not continue what is archived, Follow makes a copy of the database and
// begins a new line, which may take long.
//
// An error means that nothing was added; the next call tries again.
func (k *Keeper) Follow(now time.Time) error {
	k.mu.Lock()
	if k.closed {
		k.mu.Unlock()
		return ErrClosed
	}
	err := k.follow(now, recheck)
	lost, why := k.segment == nil && !k.copying && !now.Before(k.retry), k.why
	k.mu.Unlock()
	if err != nil || !lost {
		return err
	}
	return k.begin(now, why)
}

// Checkpoint follows the log and then calls checkpoint, which does one PRAGMA
// wal_checkpoint(PASSIVE) on the writing connection. The caller holds the writer
// still meanwhile, so that nothing is written between the two. It does nothing
// (done is false) while a copy is made: the log grows until it is. An error of the archive means that checkpoint
// was not called.
func (k *Keeper) Checkpoint(now time.Time, checkpoint func() error) (done bool, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return false, ErrClosed
	}
	if k.copying {
		return false, nil
	}
	if err := k.follow(now, recheckAll); err != nil {
		return false, err
	}
	if k.segment != nil {
		k.sealed = k.segment.seal()
	}
	if err := checkpoint(); err != nil {
		return false, fmt.Errorf("checkpoint: %w", err)
	}
	return true, nil
}

// GiveUp tells the Keeper that the caller will checkpoint without it, because an
// archive that cannot be written must not stop the work. The next Follow that can
// begins a new line.
func (k *Keeper) GiveUp(why string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.segment == nil {
		return nil
	}
	return k.lose(why)
}

// follow adds what is new to the segment. It gives up the line, without an
// error, where the log does not continue it.
func (k *Keeper) follow(now time.Time, recheck int64) error {
	if k.segment == nil {
		return nil
	}
	live, err := os.Open(k.log())
	if errors.Is(err, os.ErrNotExist) {
		return nil // what is made in its place will show by its salts whether something was missed
	}
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	defer live.Close()
	for {
		h, ok, err := readHead(live)
		if err != nil || !ok {
			return err // an empty log, or one whose first frames are just being written
		}
		if why, err := k.takeUp(h); err != nil || why != "" {
			return errors.Join(err, k.loseIf(why))
		}
		ok, err = k.unchanged(live, recheck)
		if err != nil {
			return err
		}
		if ok {
			return k.add(live, now)
		}
		// Either SQLite is starting the log from its beginning just now, and then
		// its head is another, or what was archived as committed was undone.
		if again, _, err := readHead(live); err != nil || again.raw == h.raw {
			return errors.Join(err, k.lose("a commit that was archived is no longer in the log"))
		}
	}
}

func (k *Keeper) loseIf(why string) error {
	if why == "" {
		return nil
	}
	return k.lose(why)
}

// takeUp makes the segment that of the log with this head, or says why it cannot.
func (k *Keeper) takeUp(h head) (why string, err error) {
	s := k.segment
	switch {
	case h.raw == s.head.raw:
		return "", nil
	case !s.head.known() || s.at.offset == 0 && h.restarts() == 0:
		// The line began with an empty log; or the first transaction of a new log was
		// rolled back, and SQLite drew salts once more for the next.
		s.head = h
		return "", nil
	case s.at.offset == 0 || k.sealed != s.seal():
		return "the log was started from its beginning before all of it was archived", nil
	case !h.follows(s.head):
		return "the log was made anew", nil
	}
	next, err := openSegment(k.line, s.number+1, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return "", fmt.Errorf("begin segment: %w", err)
	}
	next.head = h
	if err := disk.SyncFolder(k.line); err != nil {
		return "", errors.Join(err, next.close())
	}
	k.segment = next
	return "", s.close()
}

// unchanged says whether the last transaction that was archived still stands in
// the log. It need not: a commit whose fsync failed is undone by SQLite, and
// what is written next takes its place. Later ones cannot have been built upon it,
// and all earlier ones stand, so only the last is compared.
func (k *Keeper) unchanged(live *os.File, recheck int64) (bool, error) {
	s := k.segment
	from := s.at.last
	if s.at.offset-from > recheck {
		from = s.at.offset - recheck
	}
	return same(live, s.log, from, s.at.offset)
}

// add appends the frames up to the last commit and a cut.
func (k *Keeper) add(live *os.File, now time.Time) error {
	s := k.segment
	reached, err := s.copyFrames(live)
	if err != nil {
		return err
	}
	if reached.offset == s.at.offset {
		return nil
	}
	// The log goes to its disk first: otherwise a power cut could take a commit
	// from the database that the archive has.
	if err := live.Sync(); err != nil {
		return fmt.Errorf("put the log on the disk: %w", err)
	}
	if err := s.log.Sync(); err != nil {
		// What the disk has now is unknown, and a second fsync would not tell.
		return errors.Join(fmt.Errorf("put segment on the disk: %w", err), k.lose("a segment could not be put on the disk"))
	}
	c := cut{max(now.UnixMicro(), k.last), reached.offset}
	sum := c.check(k.sum)
	if _, err := s.cuts.WriteAt(c.line(sum), s.size); err != nil {
		return fmt.Errorf("write cut: %w", err)
	}
	if err := s.cuts.Sync(); err != nil {
		return errors.Join(fmt.Errorf("put cut on the disk: %w", err), k.lose("a cut could not be put on the disk"))
	}
	s.at, s.size = reached, s.size+cutBytes
	k.last, k.sum = c.at, sum
	return nil
}

// copyFrames writes the committed frames of the log that follow after the
// segment's place into it, and gives the place after them. It writes as it
// reads, and cuts off what turns out not to be committed.
func (s *segment) copyFrames(live *os.File) (place, error) {
	if s.at.offset == 0 {
		if _, err := s.log.WriteAt(s.head.raw[:], 0); err != nil {
			return s.at, fmt.Errorf("write segment: %w", err)
		}
	}
	written := false
	reached, err := walk(live, s.head, s.at, math.MaxInt64, func(frames []byte, offset int64) error {
		written = true
		if _, err := s.log.WriteAt(frames, offset); err != nil {
			return fmt.Errorf("write segment: %w", err)
		}
		return nil
	})
	if err != nil {
		return s.at, err
	}
	if written || reached.offset == 0 {
		if err := s.log.Truncate(reached.offset); err != nil {
			return s.at, fmt.Errorf("write segment: %w", err)
		}
	}
	return reached, nil
}

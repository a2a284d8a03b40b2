package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// resume takes up a line where the log still begins with its last segment. It
// does not where the log was started anew meanwhile, even if its salts follow:
// nobody saw what was written before.
func (k *Keeper) resume(folder string) error {
	l, err := readLine(folder)
	if errors.Is(err, ErrDamaged) {
		k.why = err.Error()
		return nil
	}
	if err != nil {
		return err
	}
	// A segment that was begun but has no cut holds nothing.
	for n := len(l.cuts); len(l.cuts[n-1]) == 0; n = len(l.cuts) {
		for _, kind := range []string{"cuts", "wal"} {
			if err := os.Remove(filepath.Join(folder, segmentName(n, kind))); err != nil && !errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("take up line: %w", err)
			}
		}
		l.cuts = l.cuts[:n-1]
	}
	cuts := l.cuts[len(l.cuts)-1]
	end := cuts[len(cuts)-1]
	s, err := openSegment(folder, len(l.cuts), os.O_RDWR)
	if err != nil {
		return fmt.Errorf("take up line: %w", err)
	}
	k.segment, k.line, k.last, k.sum = s, folder, end.at, l.sum
	if err := s.cutBack(end.offset, int64(len(cuts))*cutBytes); err != nil {
		return fmt.Errorf("take up line: %w", err)
	}
	if ok, err := k.continues(end.offset); err != nil || !ok {
		return errors.Join(err, k.lose("the log was started anew while nobody followed it"))
	}
	return nil
}

func openSegment(folder string, number, flags int) (*segment, error) {
	log, err := os.OpenFile(filepath.Join(folder, segmentName(number, "wal")), flags, 0o600)
	if err != nil {
		return nil, err
	}
	cuts, err := os.OpenFile(filepath.Join(folder, segmentName(number, "cuts")), flags, 0o600)
	if err != nil {
		return nil, errors.Join(err, log.Close())
	}
	return &segment{number: number, log: log, cuts: cuts}, nil
}

func (s *segment) close() error { return errors.Join(s.log.Close(), s.cuts.Close()) }

// cutBack takes away what a crash left behind the last cut.
func (s *segment) cutBack(offset, size int64) error {
	if err := errors.Join(s.log.Truncate(offset), s.cuts.Truncate(size)); err != nil {
		return err
	}
	s.size = size
	return errors.Join(s.log.Sync(), s.cuts.Sync())
}

// continues finds out whether the log in use begins with what the segment holds,
// and sets the segment's place in it.
func (k *Keeper) continues(offset int64) (bool, error) {
	s := k.segment
	h, ok, err := readHead(s.log)
	if err != nil || !ok {
		return false, err
	}
	live, err := os.Open(k.log())
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("open the log: %w", err)
	}
	defer live.Close()
	if ok, err := same(live, s.log, 0, offset); err != nil || !ok {
		return false, err
	}
	reached, err := walk(live, h, place{}, offset, func([]byte, int64) error { return nil })
	if err != nil {
		return false, err
	}
	s.head, s.at = h, reached
	return reached.offset == offset, nil
}

package archive

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// cut is a place in a segment to which a database can be restored.
type cut struct {
	at     int64 // instant, microseconds
	offset int64 // bytes of the segment
}

// check closes each line of a cuts file. It is reckoned from the check of the
// line before, the first one of a line of the archive from its base.json: so a
// changed, missing or foreign line of text is found, also across segments.
type check [8]byte

func (c cut) check(before check) check {
	return checkOf(fmt.Appendf(before[:], " %d %d", c.at, c.offset))
}

func checkOf(content []byte) check {
	h := sha256.Sum256(content)
	return check(h[:8])
}

// All lines have the same length, so that a line that a power cut tore is told
// from one that was changed.
const cutBytes = 16 + 1 + 16 + 1 + 16 + 1

func (c cut) line(sum check) []byte {
	return fmt.Appendf(nil, "%016d %016d %016x\n", c.at, c.offset, sum[:])
}

// parseCut reads one line; whether it stands in its place only its check can tell.
func parseCut(line []byte) (c cut, sum check, ok bool) {
	var hex []byte
	if n, err := fmt.Sscanf(string(line), "%d %d %x\n", &c.at, &c.offset, &hex); n != 3 || err != nil || len(hex) != len(sum) {
		return c, sum, false
	}
	sum = check(hex)
	return c, sum, bytes.Equal(c.line(sum), line)
}

// wholeLines leaves out what a power cut may have left of the last line: less
// than a line, or a line ending in zeros.
func wholeLines(content []byte) []byte {
	content = content[:len(content)/cutBytes*cutBytes]
	if bytes.HasSuffix(content, []byte{0}) {
		content = content[:len(content)-cutBytes]
	}
	return content
}

// readCuts reads the cuts of a segment. before is the check of the line that
// stands before the first; the check of the last is given back.
func readCuts(folder string, number int, before check) ([]cut, check, error) {
	path := filepath.Join(folder, segmentName(number, "cuts"))
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, before, cutsUnread(folder, number, err)
	}
	content = wholeLines(content)
	cuts := make([]cut, 0, len(content)/cutBytes)
	for line := range bytes.Lines(content) {
		c, sum, ok := parseCut(line)
		if !ok || sum != c.check(before) {
			return nil, before, damaged(path, fmt.Sprintf("line %d of its text is not what was written", len(cuts)+1))
		}
		before = sum
		cuts = append(cuts, c)
	}
	return cuts, before, nil
}

// cutsUnread is nil for a segment that was just being begun: nothing is written
// into one before both its names are on the disk.
func cutsUnread(folder string, number int, err error) error {
	if !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("read cuts: %w", err)
	}
	if info, err := os.Stat(filepath.Join(folder, segmentName(number, "wal"))); err == nil && info.Size() == 0 {
		return nil
	}
	return damaged(filepath.Join(folder, segmentName(number, "cuts")), "it is missing")
}

// peekCuts reads the first and the last cut of a segment, without vouching for
// what lies between; ok is false for a segment that has none yet.
func peekCuts(folder string, number int) (first, last cut, firstSum check, ok bool, err error) {
	path := filepath.Join(folder, segmentName(number, "cuts"))
	f, err := os.Open(path)
	if err != nil {
		return first, last, firstSum, false, cutsUnread(folder, number, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return first, last, firstSum, false, fmt.Errorf("read cuts: %w", err)
	}
	for lines := info.Size() / cutBytes; lines > 0; lines-- {
		var head, tail [cutBytes]byte
		if _, err := f.ReadAt(head[:], 0); err != nil {
			return first, last, firstSum, false, fmt.Errorf("read cuts: %w", err)
		}
		if _, err := f.ReadAt(tail[:], (lines-1)*cutBytes); err != nil {
			return first, last, firstSum, false, fmt.Errorf("read cuts: %w", err)
		}
		if len(wholeLines(tail[:])) == 0 {
			continue
		}
		first, firstSum, ok = parseCut(head[:])
		if ok {
			last, _, ok = parseCut(tail[:])
		}
		if !ok {
			return first, last, firstSum, false, damaged(path, "its text is not what was written")
		}
		return first, last, firstSum, true, nil
	}
	return first, last, firstSum, false, nil
}

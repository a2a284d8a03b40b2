package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Line is one base copy and the segments of the log that continue it without a gap.
type Line struct {
	Folder string    // its name in the archive: 0000000001
	Why    string    // why it was begun
	First  time.Time // the first instant to which it can be restored
	Last   time.Time // and the last
	Bytes  int64     // what it takes on the disk
}

// base is what base.json says of the copy with which a line begins.
type base struct {
	Begun     int64  `json:"begun_microseconds"`
	Why       string `json:"why"`
	Hash      string `json:"sqlite_sha256"`
	Bytes     int64  `json:"sqlite_bytes"`
	WalSalts  string `json:"wal_salts"` // hexadecimal; empty: nothing was committed in the log yet
	WalOffset int64  `json:"wal_offset"`
}

// Names of what lies in an archive.
const (
	baseFile     = "base.sqlite"
	baseNote     = "base.json"
	partSuffix   = ".part" // a line that is being begun
	goneSuffix   = ".gone" // a line that is being deleted
	lineDigits   = 10
	firstSegment = 1
)

func lineName(number int) string { return fmt.Sprintf("%0*d", lineDigits, number) }

func segmentName(number int, kind string) string { return fmt.Sprintf("%06d.%s", number, kind) }

func damaged(path, what string) error { return fmt.Errorf("%w: %s: %s", ErrDamaged, path, what) }

// Lines lists the lines of an archive, the oldest first. Lines that cannot be
// read are left out and named in the error, beside the others.
func Lines(folder string) ([]Line, error) {
	numbers, err := lineNumbers(folder)
	if err != nil {
		return nil, err
	}
	var lines []Line
	var errs []error
	for _, n := range numbers {
		l, err := peekLine(filepath.Join(folder, lineName(n)))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		lines = append(lines, l)
	}
	return lines, errors.Join(errs...)
}

// lineNumbers are the numbers of the lines in an archive, in order.
func lineNumbers(folder string) ([]int, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("list lines of the archive: %w", err)
	}
	var numbers []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil && e.IsDir() && e.Name() == lineName(n) {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// segmentNumbers are the numbers of the segments of a line: 1 to n.
func segmentNumbers(folder string) ([]int, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("list segments: %w", err)
	}
	var numbers []int
	for _, e := range entries {
		digits, isSegment := strings.CutSuffix(e.Name(), ".wal")
		if n, err := strconv.Atoi(digits); isSegment && err == nil {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if n != i+firstSegment {
			return nil, damaged(filepath.Join(folder, segmentName(i+firstSegment, "wal")), "it is missing")
		}
	}
	if len(numbers) == 0 {
		return nil, damaged(filepath.Join(folder, segmentName(firstSegment, "wal")), "it is missing")
	}
	return numbers, nil
}

// readBase reads base.json, and gives the check with which its cuts begin.
func readBase(folder string) (base, check, error) {
	path := filepath.Join(folder, baseNote)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return base{}, check{}, damaged(path, "it is missing")
	}
	if err != nil {
		return base{}, check{}, fmt.Errorf("read base: %w", err)
	}
	var b base
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&b); err != nil {
		return base{}, check{}, damaged(path, err.Error())
	}
	return b, checkOf(content), nil
}

// peekLine reads when a line begins and ends. It vouches for its beginning: a
// line is chosen by it.
func peekLine(folder string) (Line, error) {
	b, sum, err := readBase(folder)
	if err != nil {
		return Line{}, err
	}
	numbers, err := segmentNumbers(folder)
	if err != nil {
		return Line{}, err
	}
	first, last, firstSum, ok, err := peekCuts(folder, firstSegment)
	if err != nil {
		return Line{}, err
	}
	if !ok || firstSum != first.check(sum) || first.at != b.Begun {
		return Line{}, damaged(folder, "base.json and 000001.cuts do not agree")
	}
	for i := len(numbers) - 1; i > 0; i-- {
		// A segment that was begun just before a crash may not have a cut yet.
		_, end, _, ok, err := peekCuts(folder, numbers[i])
		if err != nil {
			return Line{}, err
		}
		if ok {
			last = end
			break
		}
	}
	bytes, err := folderBytes(folder)
	if err != nil {
		return Line{}, err
	}
	return Line{filepath.Base(folder), b.Why, time.UnixMicro(b.Begun), time.UnixMicro(last.at), bytes}, nil
}

func folderBytes(folder string) (all int64, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return 0, fmt.Errorf("measure line: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return 0, fmt.Errorf("measure line: %w", err)
		}
		all += info.Size()
	}
	return all, nil
}

// line is a line whose cuts were all read and found whole.
type line struct {
	folder string
	base   base
	cuts   [][]cut // of each segment, the first being segment 1
	sum    check   // of the last cut
}

func readLine(folder string) (*line, error) {
	b, sum, err := readBase(folder)
	if err != nil {
		return nil, err
	}
	numbers, err := segmentNumbers(folder)
	if err != nil {
		return nil, err
	}
	l := &line{folder: folder, base: b, sum: sum}
	for _, n := range numbers {
		cuts, after, err := readCuts(folder, n, l.sum)
		if err != nil {
			return nil, err
		}
		if len(cuts) == 0 && n != len(numbers) {
			return nil, damaged(filepath.Join(folder, segmentName(n, "cuts")), "it has no cut, and a segment follows it")
		}
		l.cuts, l.sum = append(l.cuts, cuts), after
	}
	if len(l.cuts[0]) == 0 || l.cuts[0][0] != (cut{b.Begun, b.WalOffset}) {
		return nil, damaged(folder, "base.json and 000001.cuts do not agree")
	}
	return l, nil
}

package archive

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// kept makes a city with a line of three segments, closed.
func kept(t *testing.T) (*city, *clock) {
	t.Helper()
	c, now := fresh(t)
	for range 3 {
		for range 4 {
			c.write(5)
			c.follow(now.next())
		}
		c.checkpoint(now.next())
	}
	c.write(5)
	c.close(now.next())
	return c, now
}

func TestAFlippedBitIsFound(t *testing.T) {
	c, now := kept(t)
	folder := filepath.Join(c.archive(), lineName(1))
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) < 8 {
		t.Fatal(len(entries), err)
	}
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		places := []int{0, 5, 17, 24, headBytes + 1, headBytes + 9, headBytes + 17, headBytes + 100, len(whole) - 1}
		for range 20 {
			places = append(places, rand.IntN(len(whole)))
		}
		for _, at := range places {
			if at >= len(whole) {
				continue
			}
			flipped := append([]byte(nil), whole...)
			flipped[at] ^= 1 << rand.IntN(8)
			if err := os.WriteFile(path, flipped, 0o600); err != nil {
				t.Fatal(err)
			}
			into := filepath.Join(t.TempDir(), "into")
			_, err := Restore(c.archive(), now.now, into, nil)
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("%s, byte %d of %d: %v", e.Name(), at, len(whole), err)
			} else if !strings.Contains(err.Error(), e.Name()) {
				t.Errorf("%s, byte %d of %d: not named in %v", e.Name(), at, len(whole), err)
			}
			if left, err := filepath.Glob(into + "*"); err != nil || len(left) != 0 {
				t.Error(left, err)
			}
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n, _ := restored(t, c.archive(), now.now); n != c.rows {
		t.Errorf("%d rows", n)
	}
}

func TestAMissingFileIsFound(t *testing.T) {
	c, now := kept(t)
	folder := filepath.Join(c.archive(), lineName(1))
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == segmentName(4, "wal") {
			continue // with the last segment goes the end of the line, as if it had not been written yet
		}
		path := filepath.Join(folder, e.Name())
		if err := os.Rename(path, path+".away"); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(c.archive(), now.now, filepath.Join(t.TempDir(), "into"), nil); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", e.Name(), err)
		}
		if err := os.Rename(path+".away", path); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCutsOfAnotherSegmentAreFound(t *testing.T) {
	c, now := kept(t)
	path := filepath.Join(c.archive(), lineName(1), segmentName(2, "cuts"))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, content := range map[string][]byte{"an end that is cut off": whole[:len(whole)-cutBytes], "a beginning that is cut off": whole[cutBytes:]} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(c.archive(), now.now, filepath.Join(t.TempDir(), "into"), nil); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A damaged line is no line to go on with, and does not stand in the way of those before it.
func TestALineThatIsDamagedIsNotContinued(t *testing.T) {
	c, now := kept(t)
	at := now.now
	path := filepath.Join(c.archive(), lineName(1), segmentName(2, "cuts"))
	if err := os.WriteFile(path, make([]byte, 2*cutBytes), 0o600); err != nil {
		t.Fatal(err)
	}
	d := open(t, c.folder)
	d.write(1)
	d.follow(now.next())
	lines := linesOf(t, d.archive())
	if len(lines) != 2 || !strings.Contains(lines[1].Why, "000002.cuts") {
		t.Fatalf("%+v", lines)
	}
	if n, _ := restored(t, d.archive(), now.now); n != d.rows {
		t.Errorf("%d rows", n)
	}
	note := filepath.Join(d.archive(), lineName(2), baseNote)
	if err := os.WriteFile(note, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(d.archive(), now.now, filepath.Join(t.TempDir(), "into"), nil); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), note) {
		t.Errorf("the former line stood in for one that may begin earlier: %v", err)
	}
	if lines, err := Lines(d.archive()); len(lines) != 1 || !errors.Is(err, ErrDamaged) {
		t.Error(lines, err)
	}
	if err := d.keeper.Prune(now.now); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		t.Errorf("a line was deleted though the one after it is damaged: %v", err)
	}
	if _, err := Restore(d.archive(), at.Add(-time.Hour), filepath.Join(t.TempDir(), "into"), nil); !errors.Is(err, ErrTooEarly) {
		t.Error(err)
	}
	d.close(now.next())
}

// What a power cut leaves behind the last cut: part of what was being written, or
// zeros where nothing came to the disk.
func TestATornTailIsLeftOut(t *testing.T) {
	garbage := make([]byte, 10_000)
	for i := range garbage {
		garbage[i] = byte(rand.Uint32())
	}
	for name, tear := range map[string]func(log, cuts []byte) ([]byte, []byte){
		"segment longer than its cuts": func(log, cuts []byte) ([]byte, []byte) { return append(log, garbage...), cuts },
		"part of a line":               func(log, cuts []byte) ([]byte, []byte) { return log, append(cuts, "0000017"...) },
		"a line of zeros":              func(log, cuts []byte) ([]byte, []byte) { return log, append(cuts, make([]byte, cutBytes)...) },
		"a line that ends in zeros": func(log, cuts []byte) ([]byte, []byte) {
			return append(log, garbage...), append(append(cuts, cuts[:30]...), make([]byte, cutBytes-30)...)
		},
		"zeros and part of a line": func(log, cuts []byte) ([]byte, []byte) { return log, append(cuts, make([]byte, 20)...) },
	} {
		t.Run(name, func(t *testing.T) {
			c, now := kept(t)
			at := now.now
			folder := filepath.Join(c.archive(), lineName(1))
			log, cuts := filepath.Join(folder, segmentName(4, "wal")), filepath.Join(folder, segmentName(4, "cuts"))
			a, errA := os.ReadFile(log)
			b, errB := os.ReadFile(cuts)
			if err := errors.Join(errA, errB); err != nil {
				t.Fatal(err)
			}
			a, b = tear(a, b)
			if err := errors.Join(os.WriteFile(log, a, 0o600), os.WriteFile(cuts, b, 0o600)); err != nil {
				t.Fatal(err)
			}
			if n, reached := restored(t, c.archive(), at); n != c.rows || !reached.Equal(at) {
				t.Errorf("%d rows at %s", n, reached)
			}
			d := open(t, c.folder)
			d.write(1)
			d.follow(now.next())
			if lines := linesOf(t, d.archive()); len(lines) != 1 {
				t.Errorf("the line does not go on: %+v", lines)
			}
			if n, _ := restored(t, d.archive(), now.now); n != d.rows {
				t.Errorf("%d rows", n)
			}
			d.close(now.next())
		})
	}
}

// A power cut can take the last cut with its line of text, or leave a segment
// that was just begun.
func TestTheLastCutIsLost(t *testing.T) {
	c, now := kept(t)
	folder := filepath.Join(c.archive(), lineName(1))
	path := filepath.Join(folder, segmentName(4, "cuts"))
	cuts, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	begun := filepath.Join(folder, segmentName(5, "wal"))
	if err := errors.Join(os.WriteFile(path, cuts[:len(cuts)-9], 0o600), os.WriteFile(begun, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(c.archive(), now.now, filepath.Join(t.TempDir(), "into"), nil); len(cuts) == cutBytes && !errors.Is(err, ErrDamaged) {
		t.Errorf("a segment without a cut before another: %v", err)
	}
	if err := os.Remove(begun); err != nil {
		t.Fatal(err)
	}
	n, reached := restored(t, c.archive(), now.now)
	if n != c.rows-5 || !reached.Before(now.now) {
		t.Errorf("%d rows at %s", n, reached)
	}
}

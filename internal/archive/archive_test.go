package archive

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAnEmptyArchiveBeginsALine(t *testing.T) {
	c, now := fresh(t)
	c.write(3)
	c.follow(now.next())
	at := now.now
	c.write(2)
	c.follow(now.next())
	if n, reached := restored(t, c.archive(), at.Add(time.Second-1)); n != 3 || !reached.Equal(at) {
		t.Errorf("%d rows at %s", n, reached)
	}
	if n, _ := restored(t, c.archive(), now.now.Add(time.Hour)); n != 5 {
		t.Errorf("%d rows at the end", n)
	}
	_, err := Restore(c.archive(), at.Add(-time.Hour), filepath.Join(t.TempDir(), "into"), nil)
	if !errors.Is(err, ErrTooEarly) {
		t.Errorf("before the first line: %v", err)
	}
	if _, err := Restore(c.archive(), at, c.database(), nil); err == nil {
		t.Error("a file that was there was overwritten")
	}
	lines := linesOf(t, c.archive())
	if len(lines) != 1 || !lines[0].Last.Equal(now.now) || lines[0].Why != "the archive was empty" {
		t.Errorf("%+v", lines)
	}
}

func TestSegmentsFollowOneAnother(t *testing.T) {
	c, now := fresh(t)
	rows := map[time.Time]int{}
	for i := range 60 {
		c.write(1 + i%7)
		if i%2 == 0 {
			c.follow(now.next())
			rows[now.now] = c.rows
		}
		if i%10 == 9 && !c.checkpoint(now.next()) {
			t.Fatal("not checkpointed")
		}
	}
	if lines := linesOf(t, c.archive()); len(lines) != 1 {
		t.Fatalf("%+v", lines)
	}
	if numbers, err := segmentNumbers(c.keeper.line); err != nil || len(numbers) < 5 {
		t.Fatal(numbers, err)
	}
	for at, n := range rows {
		if got, _ := restored(t, c.archive(), at); got != n {
			t.Errorf("%d rows at %s, not %d", got, at, n)
		}
	}
}

func TestProgressGoesToTheEnd(t *testing.T) {
	c, now := fresh(t)
	c.write(500)
	c.checkpoint(now.next())
	c.write(500)
	c.follow(now.next())
	var last, all int64
	if _, err := Restore(c.archive(), now.now, filepath.Join(t.TempDir(), "into"), func(done, of int64) {
		if done < last {
			t.Errorf("%d after %d", done, last)
		}
		last, all = done, of
	}); err != nil {
		t.Fatal(err)
	}
	if last != all || all == 0 {
		t.Errorf("%d of %d", last, all)
	}
}

func TestClosedAndOpenedAgain(t *testing.T) {
	c, now := fresh(t)
	c.write(10)
	c.close(now.next())
	if err := c.keeper.Follow(now.next()); !errors.Is(err, ErrClosed) {
		t.Errorf("after closing: %v", err)
	}
	at := now.now
	d := open(t, c.folder)
	d.write(10)
	d.follow(now.next())
	if lines := linesOf(t, d.archive()); len(lines) != 1 {
		t.Errorf("the line did not go on: %+v", lines)
	}
	if n, _ := restored(t, d.archive(), at); n != 10 {
		t.Errorf("%d rows", n)
	}
	if n, _ := restored(t, d.archive(), now.now); n != 20 {
		t.Errorf("%d rows", n)
	}
	d.close(now.next())
}

func TestPrune(t *testing.T) {
	c, now := fresh(t)
	var begun []time.Time
	for range 4 {
		c.write(1)
		if err := c.keeper.Begin(now.next()); err != nil {
			t.Fatal(err)
		}
		c.write(1)
		c.follow(now.next())
		begun = append(begun, linesOf(t, c.archive())[len(begun)+1].First)
	}
	if err := c.keeper.Prune(begun[1].Add(-1)); err != nil {
		t.Fatal(err)
	}
	if lines := linesOf(t, c.archive()); len(lines) != 4 || lines[0].Folder != "0000000002" {
		t.Errorf("%+v", lines)
	}
	if err := c.keeper.Prune(begun[1]); err != nil {
		t.Fatal(err)
	}
	if n, _ := restored(t, c.archive(), begun[1]); n != 3 {
		t.Errorf("%d rows", n)
	}
	if err := c.keeper.Prune(now.now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if lines := linesOf(t, c.archive()); len(lines) != 1 || lines[0].Folder != "0000000005" {
		t.Errorf("%+v", lines)
	}
	c.write(1)
	c.follow(now.next())
	if n, _ := restored(t, c.archive(), now.now); n != c.rows {
		t.Errorf("%d rows", n)
	}
	// A line that was half begun or half deleted is swept away.
	for _, name := range []string{"0000000006.part", "0000000001.gone"} {
		if err := os.MkdirAll(filepath.Join(c.archive(), name, "x"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	c.close(now.next())
	d := open(t, c.folder)
	if names, err := filepath.Glob(filepath.Join(d.archive(), "*.*")); err != nil || len(names) != 0 {
		t.Error(names, err)
	}
	d.close(now.next())
}

func TestOneCopyAtATime(t *testing.T) {
	c, now := fresh(t)
	c.keeper.copying = true
	if err := c.keeper.Begin(now.next()); !errors.Is(err, ErrCopying) {
		t.Error(err)
	}
	if c.checkpoint(now.next()) {
		t.Error("checkpointed while a copy is made")
	}
	c.keeper.copying = false
}

func TestClosedWhileACopyIsMade(t *testing.T) {
	for range 5 {
		c, now := fresh(t)
		c.exec("CREATE TABLE large (content BLOB)")
		c.exec("INSERT INTO large VALUES (zeroblob(10000000))")
		c.checkpoint(now.next())
		c.write(1)
		at, done := now.next(), make(chan error)
		go func() { done <- c.keeper.Begin(at) }()
		time.Sleep(rand.N(10 * time.Millisecond))
		c.close(now.next())
		if err := <-done; err != nil && !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
		if left, err := filepath.Glob(filepath.Join(c.archive(), "*.part")); err != nil || len(left) != 0 {
			t.Error(left, err)
		}
		if n, _ := restored(t, c.archive(), now.now); n != 1 {
			t.Errorf("%d rows", n)
		}
		before := len(linesOf(t, c.archive()))
		d := open(t, c.folder)
		d.write(1)
		d.follow(now.next())
		if n := len(linesOf(t, d.archive())); n != before {
			t.Error("the line does not go on")
		}
		d.close(now.next())
	}
}

func TestNoDatabaseInWalMode(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "luoshi.sqlite")
	pool := connect(t, path, "")
	defer pool.Close()
	if _, err := pool.Exec("CREATE TABLE row (n INTEGER)"); err != nil {
		t.Fatal(err)
	}
	k, err := Open(filepath.Join(folder, "archive"), path)
	if err != nil {
		t.Fatal(err)
	}
	now := newClock()
	if err := k.Follow(now.next()); err == nil || !strings.Contains(err.Error(), "WAL mode") {
		t.Error(err)
	}
	if err := k.Follow(now.next()); err != nil {
		t.Errorf("tried again at once: %v", err)
	}
	if lines := linesOf(t, filepath.Join(folder, "archive")); len(lines) != 0 {
		t.Error(lines)
	}
	if err := k.release(); err != nil {
		t.Error(err)
	}
}

func TestTheClockGoesBack(t *testing.T) {
	c, now := fresh(t)
	c.write(1)
	c.follow(now.next())
	at := now.now
	c.write(1)
	c.follow(now.now.Add(-time.Hour))
	if n, reached := restored(t, c.archive(), at); n != 2 || !reached.Equal(at) {
		t.Errorf("%d rows at %s", n, reached)
	}
}

func TestBigEndianChecksums(t *testing.T) {
	c, now := fresh(t)
	c.write(20)
	c.write(20)
	path := c.database() + "-wal"
	log, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	log = bigEndian(log)
	c.abandon()
	if err := os.WriteFile(path, log, 0o600); err != nil {
		t.Fatal(err)
	}
	d := open(t, c.folder)
	d.write(1)
	d.follow(now.next())
	if n, _ := restored(t, d.archive(), now.now); n != 41 {
		t.Errorf("%d rows", n)
	}
	d.close(now.next())
}

// bigEndian gives a log as a machine with the other byte order would write it.
func bigEndian(log []byte) []byte {
	log[3] |= 1
	order, page := binary.ByteOrder(binary.BigEndian), int(word(log[8:]))
	running := sum{}.add(order, log[:24])
	put := func(into []byte) {
		order.PutUint32(into, running.a)
		order.PutUint32(into[4:], running.b)
	}
	put(log[24:])
	for at := headBytes; at < len(log); at += frameHeadBytes + page {
		running = running.add(order, log[at:at+8]).add(order, log[at+frameHeadBytes:at+frameHeadBytes+page])
		put(log[at+16:])
	}
	return log
}

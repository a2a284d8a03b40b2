package archive

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// seen is what is known of a cut: at least the rows that were committed before
// Follow was called, at most those that were when it returned.
type seen struct {
	at          time.Time
	least, most int
}

// begin is a call of Begin, which makes a cut a while after the instant that it is
// told, with at most so many rows.
type begin struct {
	from, to time.Time
	most     int
}

// TestWritersWhileTheLogIsFollowed lets four write, one after the other on the one
// connection, two read, one follow, and one begin lines, all at once.
func TestWritersWhileTheLogIsFollowed(t *testing.T) {
	c, _ := fresh(t)
	c.exec("PRAGMA cache_size=5") // larger transactions are written before they are committed, and again then
	var (
		turn    sync.Mutex // the writer
		history []seen
		begins  []begin
		commits = map[spot]int{} // rows after each commit
		group   sync.WaitGroup
		stop    = make(chan struct{})
	)
	commits[c.spot(c.logged())] = 0
	latest := c.spot(0) // of the log in use
	commits[latest] = 0
	rows := func() int {
		turn.Lock()
		defer turn.Unlock()
		return c.rows
	}
	follow := func() {
		s := seen{least: rows(), at: time.Now()}
		if err := c.keeper.Follow(s.at); err != nil {
			t.Error(err)
		}
		s.most = rows()
		history = append(history, s)
	}
	until := func(pause time.Duration, do func()) {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(pause):
					do()
				}
			}
		})
	}
	skipped, checkpoints := 0, 0
	for range 4 {
		until(time.Microsecond, func() {
			turn.Lock()
			defer turn.Unlock()
			before := c.rows
			c.write(1 + rand.IntN(4)*rand.IntN(40))
			pages := c.logged()
			// A line that is begun while the first transaction of a new log is being
			// written begins with that log, and nothing of it.
			if empty := c.spot(0); latest != empty {
				latest, commits[empty] = empty, before
			}
			commits[c.spot(pages)] = c.rows
			if pages < 100 {
				return
			}
			if c.checkpoint(time.Now()) {
				checkpoints++
			} else {
				skipped++
			}
		})
	}
	for range 2 {
		until(time.Millisecond, func() {
			tx, err := c.pool.BeginTx(context.Background(), nil)
			if err != nil {
				t.Error(err)
				return
			}
			defer tx.Rollback()
			var n, last int
			if err := tx.QueryRow("SELECT count(*), max(n) FROM row").Scan(&n, &last); err == nil && n != last {
				t.Errorf("%d rows, the last of which is %d", n, last)
			}
			time.Sleep(2 * time.Millisecond)
		})
	}
	until(3*time.Millisecond, follow)
	until(400*time.Millisecond, func() {
		b := begin{from: time.Now()}
		if err := c.keeper.Begin(b.from); err != nil {
			t.Error(err)
		}
		b.to, b.most = time.Now(), rows()
		begins = append(begins, b)
	})
	number := func() int {
		c.keeper.mu.Lock()
		defer c.keeper.mu.Unlock()
		return c.keeper.number
	}
	done := func() int {
		turn.Lock()
		defer turn.Unlock()
		return checkpoints
	}
	for start := time.Now(); time.Since(start) < 2*time.Second || number() < 4 || done() < 20; {
		if time.Since(start) > time.Minute {
			t.Fatal("too little happens")
		}
		time.Sleep(10 * time.Millisecond)
	}
	close(stop)
	group.Wait()
	follow()

	lines := linesOf(t, c.archive())
	segments := 0
	for _, l := range lines {
		numbers, err := segmentNumbers(filepath.Join(c.archive(), l.Folder))
		if err != nil {
			t.Fatal(err)
		}
		segments += len(numbers)
		if l.Why != "asked for" && l.Folder != lineName(1) {
			t.Errorf("a line was begun because %s", l.Why)
		}
	}
	t.Logf("%d rows, %d cuts, %d checkpoints, %d withheld, %d lines, %d segments", c.rows, len(history), checkpoints, skipped, len(lines), segments)
	first, last := history[0].at, history[len(history)-1].at
	instants := []time.Time{last.Add(time.Hour)}
	for _, l := range lines[1:] {
		instants = append(instants, l.First)
	}
	for range 20 {
		instants = append(instants, first.Add(rand.N(last.Sub(first))))
	}
	for _, at := range instants {
		n, reached := restored(t, c.archive(), at)
		if reached.After(at) {
			t.Errorf("%s lies after %s", reached, at)
		}
		checkSeen(t, history, begins, reached, n)
		if want, ok := commits[spotOf(t, c.archive(), at)]; !ok || want != n {
			t.Errorf("%d rows at %s, not %d (%t)", n, reached, want, ok)
		}
	}
}

// spot is a place in all that was ever written into the log.
type spot struct {
	head  [headBytes]byte
	pages int
}

// spot is where the log ends that has so many pages.
func (c *city) spot(pages int) spot {
	c.t.Helper()
	return spot{headOf(c.t, c.database()+"-wal").raw, pages}
}

func headOf(t must, path string) head {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	h, ok, err := readHead(f)
	if err != nil || !ok {
		t.Fatal(path, ok, err)
	}
	return h
}

// spotOf is the cut to which an instant is restored.
func spotOf(t must, archive string, at time.Time) spot {
	t.Helper()
	l, err := choose(archive, at)
	if err != nil {
		t.Fatal(err)
	}
	steps, _ := l.until(at.UnixMicro())
	h := headOf(t, filepath.Join(l.folder, segmentName(len(steps), "wal")))
	return spot{h.raw, int((steps[len(steps)-1] - headBytes) / h.frame())}
}

// checkSeen compares a restored database with what was known at its cut. A cut
// that no Follow of the history made belongs to a checkpoint: it lies between two.
func checkSeen(t *testing.T, history []seen, begins []begin, reached time.Time, n int) {
	t.Helper()
	least, most := 0, int(^uint(0)>>1)
	for _, s := range history {
		at := s.at.Truncate(time.Microsecond)
		if !at.After(reached) {
			least = s.least
		}
		if !at.Before(reached) {
			most = s.most
			break
		}
	}
	for _, b := range begins {
		if !b.from.Truncate(time.Microsecond).After(reached) && !b.to.Before(reached) {
			most = max(most, b.most)
		}
	}
	if n < least || n > most {
		t.Errorf("%d rows at %s, not %d to %d", n, reached, least, most)
	}
}

// TestAnotherProcessCheckpointsWhileTheDatabaseIsCopied writes into the database
// file while it is copied: pages of the copy are newer than the others or torn, and
// the log mends them.
func TestAnotherProcessCheckpointsWhileTheDatabaseIsCopied(t *testing.T) {
	c, now := fresh(t)
	c.exec("CREATE TABLE large (n INTEGER PRIMARY KEY, version INTEGER, words TEXT)")
	c.exec("BEGIN")
	for n := range 3000 {
		c.exec("INSERT INTO large VALUES ($1, 0, $2)", n, strings.Repeat("字", 300))
	}
	c.exec("COMMIT")
	c.checkpoint(now.next())
	other := connect(t, c.database(), "_pragma=wal_autocheckpoint(0)")
	defer other.Close()
	for range 20 {
		c.exec("UPDATE large SET version = version + 1")
		var group sync.WaitGroup
		group.Go(func() {
			if err := c.keeper.Begin(now.next()); err != nil {
				t.Error(err)
			}
		})
		group.Go(func() {
			time.Sleep(rand.N(6 * time.Millisecond))
			if _, err := other.Exec("PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
				t.Error(err)
			}
		})
		group.Wait()
	}
	torn, last := 0, -1
	for _, l := range linesOf(t, c.archive())[1:] {
		path := filepath.Join(t.TempDir(), "luoshi.sqlite")
		if _, err := Restore(c.archive(), l.First, path, nil); err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(c.archive(), l.Folder, baseFile)
		if first, latest, err := versionsIn(t, copied); err != nil || first != latest {
			torn++
		}
		first, latest, err := versionsIn(t, path)
		if err != nil || first != latest || first < last {
			t.Errorf("versions %d to %d after %d: %v", first, latest, last, err)
		}
		last = latest
	}
	t.Logf("%d torn copies mended", torn)
}

// versionsIn looks at a database file alone, without any log.
func versionsIn(t *testing.T, path string) (first, last int, err error) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	alone := filepath.Join(t.TempDir(), "alone.sqlite")
	if err := os.WriteFile(alone, content, 0o600); err != nil {
		t.Fatal(err)
	}
	pool := connect(t, alone, "_pragma=query_only(1)")
	defer pool.Close()
	err = pool.QueryRow("SELECT min(version), max(version) FROM large").Scan(&first, &last)
	return first, last, err
}

package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"luoshi/fault"
)

// together lets so many writes queue up while one holds the writer, so that they
// share one commit, and gives what each was answered. Before, if given, runs when
// all of them wait.
func together(t *testing.T, d *DB, n int, write func(i int) error, before func()) []error {
	t.Helper()
	inside, leave := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		// It is the first of the group, and is answered as its commit goes.
		_ = d.Local(t.Context(), func(*Tx) error { close(inside); <-leave; return nil })
	})
	<-inside
	answers := make([]error, n)
	for i := range n {
		all.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					answers[i] = fmt.Errorf("panic: %v", p)
				}
			}()
			answers[i] = write(i)
		})
	}
	synctest.Wait() // all of them stand in the queue
	if before != nil {
		before()
	}
	close(leave)
	all.Wait()
	return answers
}

func openSQLite(t testing.TB) *DB {
	t.Helper()
	d, err := Open(t.Context(), t.TempDir(), Options{Now: at(noon), Random: seeded(), ReadLimit: time.Minute}, notes())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Found(t.Context(), city); err != nil {
		t.Fatal(err)
	}
	return d
}

// commits counts the commits of a database, and can spoil the next.
func commits(d *DB, spoil func(context.Context, *conn) error) *int {
	n := new(int)
	d.queue(0).commit = func(ctx context.Context, c *conn) error {
		*n++
		if *n == 1 && spoil != nil {
			return spoil(ctx, c)
		}
		return commit(ctx, c)
	}
	return n
}

func TestSQLiteGroupSharesACommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openSQLite(t)
		n := commits(d, nil)
		for i, err := range together(t, d, 50, func(i int) error { _, err := write(t.Context(), d, i, "词"); return err }, nil) {
			if err != nil {
				t.Errorf("write %d: %v", i, err)
			}
		}
		if *n != 1 {
			t.Errorf("50 writes took %d commits, want one", *n)
		}
		if n := count(t, d, "note"); n != 50 {
			t.Errorf("%d notes", n)
		}
		d.Close()
	})
}

func TestSQLiteGroupIsNoLargerThanItMayBe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openSQLite(t)
		n := commits(d, nil)
		together(t, d, groupMost, func(i int) error { _, err := write(t.Context(), d, i, "词"); return err }, nil)
		if *n != 2 {
			t.Errorf("%d writes took %d commits, want two", groupMost+1, *n)
		}
		d.Close()
	})
}

// A hang-up before the turn, one in the middle, a panic and a refusal leave the
// others of the same commit right.
func TestSQLiteOneOfAGroupGoesWrong(t *testing.T) {
	refusal := fault.New(fault.Invalid, "不行")
	synctest.Test(t, func(t *testing.T) {
		d := openSQLite(t)
		commits(d, nil)
		early, hangUpEarly := context.WithCancel(t.Context())
		midway, hangUpMidway := context.WithCancel(t.Context())
		answers := together(t, d, 50, func(i int) error {
			ctx, end := t.Context(), func(*Tx) error { return nil }
			switch i {
			case 10:
				ctx = early
			case 20:
				ctx, end = midway, func(*Tx) error { hangUpMidway(); return nil }
			case 30:
				end = func(*Tx) error { panic("broken rule") }
			case 40:
				end = func(*Tx) error { return refusal }
			}
			return d.Write(ctx, command(i).Of("note.write", i), func(tx *Tx) error {
				if err := tx.Insert("note", "city_id, id, words", [][]any{{city, i, "x"}}); err != nil {
					return err
				}
				return end(tx)
			})
		}, func() { hangUpEarly(); synctest.Wait() })
		for i, err := range answers {
			switch i {
			case 10, 20:
				if !errors.Is(err, ErrBusy) {
					t.Errorf("hung up, write %d: %v", i, err)
				}
			case 30:
				if err == nil || !strings.Contains(err.Error(), "broken rule") || !strings.Contains(err.Error(), "queue_test.go") {
					t.Errorf("the panic was answered with %v", err)
				}
			case 40:
				if !errors.Is(err, refusal) {
					t.Errorf("the refusal was answered with %v", err)
				}
			default:
				if err != nil {
					t.Errorf("write %d: %v", i, err)
				}
			}
		}
		for _, table := range []string{"note", "command"} {
			if n := count(t, d, table); n != 46 {
				t.Errorf("%d rows in %s, want 46", n, table)
			}
		}
		d.Close()
	})
}

func TestSQLiteFailedCommitRefusesTheGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openSQLite(t)
		commits(d, func(context.Context, *conn) error { return errors.New("the disk said no") })
		once := func(i int) error { _, err := write(t.Context(), d, i, "词"); return err }
		for i, err := range together(t, d, 50, once, nil) {
			if !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "the disk said no") {
				t.Errorf("write %d: %v", i, err)
			}
		}
		for _, table := range []string{"note", "command", "ledger_entry"} {
			if n := count(t, d, table); n != 0 {
				t.Errorf("%d rows in %s after a commit that failed", n, table)
			}
		}
		for i := range 50 {
			if err := once(i); err != nil {
				t.Errorf("repeated, write %d: %v", i, err)
			}
		}
		if n := count(t, d, "note"); n != 50 {
			t.Errorf("%d notes", n)
		}
		d.Close()
	})
}

// A commit that reports an error and is stored all the same is answered as stored.
func TestSQLiteCommitOfUnknownOutcome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openSQLite(t)
		commits(d, func(ctx context.Context, c *conn) error {
			return errors.Join(commit(ctx, c), errors.New("the answer was lost"))
		})
		made := make([]int64, 50)
		answers := together(t, d, 50, func(i int) error {
			n, err := write(t.Context(), d, i, "词")
			made[i] = int64(n)
			return err
		}, nil)
		for i, err := range answers {
			again, second := write(t.Context(), d, i, "词")
			if err != nil || second != nil || int64(again) != made[i] || made[i] == 0 {
				t.Errorf("write %d: %v, made %d; repeated: %v, made %d", i, err, made[i], second, again)
			}
		}
		if n := count(t, d, "note"); n != 50 {
			t.Errorf("%d notes", n)
		}
		d.Close()
	})
}

// A ledger that has neither the old end nor the new one is not written to any more.
func TestSQLiteStopsWhereTheLedgerIsNotItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openSQLite(t)
		commits(d, func(ctx context.Context, c *conn) error {
			_, err := c.exec(ctx, "UPDATE ledger_head SET seq = seq - 7 WHERE city_id = $1", city)
			return errors.Join(err, commit(ctx, c), errors.New("the disk said no"))
		})
		once := func(i int) error { _, err := write(t.Context(), d, i, "词"); return err }
		together(t, d, 9, once, nil)
		if err := once(10); !errors.Is(err, ErrStopped) {
			t.Errorf("written on: %v", err)
		}
		d.Close()
	})
}

// fullFile lets a file grow by no more than so many pages, as a full disk does.
func fullFile(t *testing.T, d *DB, pages int) {
	t.Helper()
	c := d.queue(0).conn // it founded the city, and waits for the next write
	var now int
	if err := c.live.QueryRowContext(t.Context(), "PRAGMA page_count").Scan(&now); err != nil {
		t.Fatal(err)
	}
	if _, err := c.live.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", now+pages)); err != nil {
		t.Fatal(err)
	}
}

// A full disk makes SQLite give up a transaction in its middle. What the act does
// after that is not stored for itself, and the others of the same commit are told why.
func TestSQLiteDiskFullInTheMiddleOfAWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openSQLite(t)
		commits(d, nil)
		fullFile(t, d, 20)
		large := strings.Repeat("x", 1<<20)
		answers := together(t, d, 9, func(i int) error {
			return d.Write(t.Context(), command(i).Of("note.write", i), func(tx *Tx) error {
				rows := [][]any{{city, i, large}}
				if i != 4 {
					rows[0][2] = "x"
				}
				return errors.Join(tx.Insert("note", "city_id, id, words", rows), tx.Insert("note", "city_id, id, words", [][]any{{city, 100 + i, "x"}}))
			})
		}, nil)
		stored := int64(0)
		for i, err := range answers {
			switch {
			case err == nil && i != 4: // it came after the one that was too large, with the next commit
				stored++
			case !errors.Is(err, ErrDiskFull):
				t.Errorf("write %d: %v", i, err)
			}
		}
		if notes, commands := count(t, d, "note"), count(t, d, "command"); notes != 2*stored || commands != stored {
			t.Errorf("%d notes and %d commands of %d writes that were answered", notes, commands, stored)
		}
		d.Close()
	})
}

// A write that goes on after one of its statements failed is not stored, even
// where it says that all is well.
func TestAWriteDoesNotOutliveAFailedStatement(t *testing.T) {
	d := open(t, t.TempDir(), at(noon))
	twice := [][]any{{city, 1, "x"}, {city, 1, "x"}}
	for name, write := range map[string]func(f func(tx *Tx) error) error{
		"an act":   func(f func(tx *Tx) error) error { return d.Write(t.Context(), command(1).Of("note.write", 1), f) },
		"own rows": func(f func(tx *Tx) error) error { return d.Local(t.Context(), f) },
	} {
		err := write(func(tx *Tx) error {
			_ = tx.Insert("note", "city_id, id, words", twice)
			_ = tx.Insert("note", "city_id, id, words", [][]any{{city, 2, "x"}})
			return nil
		})
		if n := count(t, d, "note"); err == nil || n != 0 {
			t.Errorf("%s: %v, and %d notes", name, err, n)
		}
	}
}

// diskTime is how long the disk of the test takes to write 12 KB and sync, which
// is what the figures of BenchmarkWriters hang on.
func diskTime(b *testing.B) time.Duration {
	b.Helper()
	f, err := os.CreateTemp(b.TempDir(), "sync")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	const times = 200
	began := time.Now()
	for i := range times {
		if _, err := f.WriteAt(make([]byte, 12<<10), int64(i)*12<<10); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began) / times
}

func BenchmarkWriters(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprint(writers), func(b *testing.B) {
			d := open(b, b.TempDir(), time.Now)
			var mu sync.Mutex
			next := 0
			b.ResetTimer()
			var all sync.WaitGroup
			for range writers {
				all.Go(func() {
					for {
						mu.Lock()
						n := next
						next++
						mu.Unlock()
						if n >= b.N {
							return
						}
						if _, err := write(b.Context(), d, n, "一场演出"); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
			b.ReportMetric(float64(diskTime(b).Microseconds()), "µs/sync")
		})
	}
}

package archive

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// foreign does what another process would do while the server is down.
var foreign = map[string]func(t *testing.T, path string){
	"writes and deletes the log": func(t *testing.T, path string) {
		pool := connect(t, path, "")
		if _, err := pool.Exec("INSERT INTO row VALUES (101, $1)", words(101)); err != nil {
			t.Fatal(err)
		}
		if err := pool.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
			t.Fatal("the log was not deleted")
		}
	},
	"only reads": func(t *testing.T, path string) {
		if pool := connect(t, path, ""); errors.Join(pool.Ping(), pool.Close()) != nil {
			t.Fatal("cannot read")
		}
	},
	// Its last commits are nowhere but in the database file, and the salts follow.
	"starts the log anew and crashes": func(t *testing.T, path string) {
		pool := connect(t, path, "")
		c, err := pool.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		persist(t, c)
		for n := 101; n <= 102; n++ {
			if _, err := c.ExecContext(context.Background(), "INSERT INTO row VALUES ($1, $2)", n, words(n)); err != nil {
				t.Fatal(err)
			}
			if _, err := c.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(c.Close(), pool.Close()); err != nil {
			t.Fatal(err)
		}
	},
	"leaves WAL mode": func(t *testing.T, path string) {
		pool := connect(t, path, "")
		if _, err := pool.Exec("PRAGMA journal_mode=DELETE"); err != nil {
			t.Fatal(err)
		}
		if err := pool.Close(); err != nil {
			t.Fatal(err)
		}
	},
}

func TestAnotherProcessWhileTheServerIsDown(t *testing.T) {
	for name, does := range foreign {
		t.Run(name, func(t *testing.T) {
			c, now := fresh(t)
			c.write(100)
			c.close(now.next())
			at := now.now
			does(t, c.database())
			d := open(t, c.folder)
			d.write(1)
			d.follow(now.next())
			d.write(1)
			d.follow(now.next())
			lines := linesOf(t, d.archive())
			if len(lines) != 2 || !lines[0].Last.Equal(at) || !lines[1].First.After(at) {
				t.Fatalf("%+v", lines)
			}
			for when, want := range map[time.Time]int{at: 100, lines[1].First: d.rows - 1, now.now: d.rows} {
				if n, _ := restored(t, d.archive(), when); n != want {
					t.Errorf("%d rows at %s, not %d", n, when, want)
				}
			}
			d.close(now.next())
		})
	}
}

func TestAnotherProcessThatOnlyAddsIsFollowed(t *testing.T) {
	c, now := fresh(t)
	c.write(1)
	c.close(now.next())
	d := open(t, c.folder) // without its archive
	d.write(1)
	d.abandon()
	e := open(t, c.folder)
	e.follow(now.next())
	if n, _ := restored(t, e.archive(), now.now); n != 2 || len(linesOf(t, e.archive())) != 1 {
		t.Errorf("%d rows", n)
	}
	e.close(now.next())
}

func TestARestartThatNobodyFollowedBeginsALine(t *testing.T) {
	c, now := fresh(t)
	c.write(10)
	c.follow(now.next())
	c.write(10) // this is missed
	if err := c.pragma("wal_checkpoint(PASSIVE)"); err != nil {
		t.Fatal(err)
	}
	c.write(10)
	c.follow(now.next())
	if lines := linesOf(t, c.archive()); len(lines) != 2 {
		t.Fatalf("%+v", lines)
	}
	if n, _ := restored(t, c.archive(), now.now); n != 30 {
		t.Errorf("%d rows", n)
	}
}

// Another connection truncates the log, so that the writing one draws new salts:
// nothing proves then that the log goes on.
func TestALogWithOtherSaltsBeginsALine(t *testing.T) {
	c, now := fresh(t)
	c.write(10)
	c.checkpoint(now.next())
	other, err := c.pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	c.follow(now.next())
	if len(linesOf(t, c.archive())) != 1 {
		t.Error("an empty log alone is no reason for a new line")
	}
	c.write(1)
	c.follow(now.next())
	if lines := linesOf(t, c.archive()); len(lines) != 2 || lines[1].Why != "the log was made anew" {
		t.Errorf("%+v", lines)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
}

func TestGivenUpForACheckpoint(t *testing.T) {
	c, now := fresh(t)
	c.write(10)
	c.follow(now.next())
	if err := c.keeper.GiveUp("the disk of the archive is full"); err != nil {
		t.Fatal(err)
	}
	if err := c.pragma("wal_checkpoint(PASSIVE)"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		c.follow(now.next())
		c.write(10)
	}
	c.follow(now.next())
	lines := linesOf(t, c.archive())
	if len(lines) != 2 || lines[1].Why != "the disk of the archive is full" {
		t.Fatalf("%+v", lines)
	}
	if n, _ := restored(t, c.archive(), now.now); n != 40 {
		t.Errorf("%d rows", n)
	}
}

// A transaction that does not fit into the cache is written into the log before
// it is committed.
func TestARolledBackTransactionDoesNotEnter(t *testing.T) {
	c, now := fresh(t)
	if err := errors.Join(c.pragma("cache_size=10"), c.pragma("cache_spill=1")); err != nil {
		t.Fatal(err)
	}
	c.write(10)
	c.follow(now.next())
	end := c.keeper.segment.at.offset
	for round := range 3 {
		c.exec("BEGIN IMMEDIATE")
		for i := range 2000 {
			c.exec("INSERT INTO row VALUES ($1, $2)", c.rows+i+1, strings.Repeat("rolled back", 50))
			if i%500 == 0 {
				c.follow(now.next())
			}
		}
		info, err := os.Stat(c.database() + "-wal")
		if err != nil || info.Size() < end+100_000 {
			t.Fatalf("nothing was spilled: %d bytes, %v", info.Size(), err)
		}
		c.exec("ROLLBACK")
		c.follow(now.next())
		if c.keeper.segment.at.offset != end {
			t.Fatal("what was rolled back is a cut")
		}
		if archived, err := c.keeper.segment.log.Stat(); err != nil || archived.Size() != end {
			t.Fatal("what was rolled back stays in the segment")
		}
		if round == 2 {
			c.checkpoint(now.next())
		}
		c.write(3)
		c.follow(now.next())
		end = c.keeper.segment.at.offset
		if n, _ := restored(t, c.archive(), now.now); n != c.rows {
			t.Fatalf("%d rows, not %d", n, c.rows)
		}
	}
	if n := len(linesOf(t, c.archive())); n != 1 {
		t.Errorf("%d lines", n)
	}
}

func TestTheFirstTransactionOfALogIsRolledBack(t *testing.T) {
	c := open(t, t.TempDir())
	c.close(time.Now())
	if err := os.Remove(c.database() + "-wal"); err != nil {
		t.Fatal(err)
	}
	c, now := open(t, c.folder), newClock()
	for range 3 {
		c.exec("PRAGMA cache_size=5")
		c.exec("BEGIN")
		for n := range 300 {
			c.exec("INSERT INTO row VALUES ($1, $2)", n, words(49))
		}
		c.exec("ROLLBACK")
		c.follow(now.next())
		if err := c.keeper.Begin(now.next()); err != nil {
			t.Fatal(err)
		}
	}
	c.write(1)
	c.close(now.next())
	if n, _ := restored(t, c.archive(), now.now); n != 1 || len(linesOf(t, c.archive())) != 4 {
		t.Errorf("%d rows", n)
	}
}

// SQLite overwrites a commit whose fsync failed, at the same place of the same
// generation. The log of a copy that went another way stands for it here.
func TestACommitThatWasUndone(t *testing.T) {
	for _, moment := range []string{"seen by Follow", "seen at a checkpoint", "seen when opened", "of the same length, seen by Follow", "of the same length, seen when opened"} {
		t.Run(moment, func(t *testing.T) {
			c, now := fresh(t)
			c.write(10)
			c.follow(now.next())
			fork := filepath.Join(t.TempDir(), "fork")
			copyFolder(t, c.folder, fork)
			other := open(t, fork)
			other.exec("INSERT INTO row VALUES (11, $1)", "another")
			moment, short := strings.CutPrefix(moment, "of the same length, ")
			if short {
				c.write(1)
			} else {
				c.write(200)
			}
			c.follow(now.next()) // archives what is undone then
			if err := other.keeper.release(); err != nil {
				t.Fatal(err)
			}
			log, err := os.ReadFile(other.database() + "-wal")
			if err != nil {
				t.Fatal(err)
			}
			if err := other.disconnect(); err != nil {
				t.Fatal(err)
			}
			live, err := os.OpenFile(c.database()+"-wal", os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer live.Close()
			if _, err := live.WriteAt(log, 0); err != nil { // the tail of what was undone still stands behind it
				t.Fatal(err)
			}
			k := c.keeper
			switch moment {
			case "seen by Follow":
				k.mu.Lock()
				err = k.follow(now.next(), recheck)
				k.mu.Unlock()
			case "seen at a checkpoint":
				_, err = k.Checkpoint(now.next(), func() error { return nil })
			case "seen when opened":
				err = k.release()
				if err == nil {
					k, err = Open(c.archive(), c.database())
				}
			}
			if err != nil || k.segment != nil {
				t.Errorf("the line goes on (%v)", err)
			}
		})
	}
}

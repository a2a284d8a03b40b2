package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"
)

// must is what tests of both packages testing and rapid have.
type must interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// city is a database with the archive that is kept of it.
type city struct {
	t      must
	folder string
	pool   *sql.DB
	writer *sql.Conn
	keeper *Keeper
	rows   int // committed
}

func open(t must, folder string) *city {
	t.Helper()
	c := &city{t: t, folder: folder}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	c.pool = connect(t, c.database(), "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(0)")
	var err error
	if c.writer, err = c.pool.Conn(context.Background()); err != nil {
		t.Fatal(err)
	}
	persist(t, c.writer)
	if err := c.writer.QueryRowContext(context.Background(), "PRAGMA schema_version").Scan(new(int)); err != nil {
		t.Fatal(err)
	}
	if c.keeper, err = Open(c.archive(), c.database()); err != nil {
		t.Fatal(err)
	}
	c.exec("CREATE TABLE IF NOT EXISTS row (n INTEGER PRIMARY KEY, words TEXT)")
	if err := c.writer.QueryRowContext(context.Background(), "SELECT count(*) FROM row").Scan(&c.rows); err != nil {
		t.Fatal(err)
	}
	return c
}

func connect(t must, path, parameters string) *sql.DB {
	t.Helper()
	name := url.URL{Path: path}
	pool, err := sql.Open("sqlite", "file:"+name.EscapedPath()+"?_pragma=busy_timeout(10000)&"+parameters)
	if err != nil {
		t.Fatal(err)
	}
	return pool
}

// persist lets the log stay when the last connection is closed.
func persist(t must, c *sql.Conn) {
	t.Helper()
	if err := c.Raw(func(driver any) error {
		_, err := driver.(sqlite.FileControl).FileControlPersistWAL("main", 1)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func (c *city) database() string { return filepath.Join(c.folder, "luoshi.sqlite") }
func (c *city) archive() string  { return filepath.Join(c.folder, "archive") }

func (c *city) exec(text string, args ...any) {
	c.t.Helper()
	if _, err := c.writer.ExecContext(context.Background(), text, args...); err != nil {
		c.t.Fatalf("%.60s: %v", text, err)
	}
}

// write commits rows in one transaction.
func (c *city) write(rows int) {
	c.t.Helper()
	c.exec("BEGIN IMMEDIATE")
	for i := range rows {
		c.exec("INSERT INTO row VALUES ($1, $2)", c.rows+i+1, words(c.rows+i+1))
	}
	c.exec("COMMIT")
	c.rows += rows
}

func words(n int) string { return strings.Repeat(fmt.Sprintf("第%d条 ", n), n%50+1) }

func (c *city) follow(now time.Time) {
	c.t.Helper()
	if err := c.keeper.Follow(now); err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) checkpoint(now time.Time) (done bool) {
	c.t.Helper()
	done, err := c.keeper.Checkpoint(now, func() error { return c.pragma("wal_checkpoint(PASSIVE)") })
	if err != nil {
		c.t.Fatal(err)
	}
	return done
}

func (c *city) pragma(text string) error {
	_, err := c.writer.ExecContext(context.Background(), "PRAGMA "+text)
	return err
}

// logged gives the pages in the log.
func (c *city) logged() (pages int) {
	c.t.Helper()
	var busy, written int
	if err := c.writer.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(NOOP)").Scan(&busy, &pages, &written); err != nil {
		c.t.Fatal(err)
	}
	return pages
}

func (c *city) close(now time.Time) {
	c.t.Helper()
	if err := c.keeper.Close(now, c.disconnect); err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) disconnect() error { return errors.Join(c.writer.Close(), c.pool.Close()) }

// crash gives a city as a killed process would leave it: a copy of the folder.
// Nobody writes meanwhile.
func (c *city) crash(into string) *city {
	c.t.Helper()
	copyFolder(c.t, c.folder, into)
	if err := os.Remove(filepath.Join(into, "luoshi.sqlite-shm")); err != nil && !errors.Is(err, os.ErrNotExist) {
		c.t.Fatal(err) // it is made anew by whoever opens the database first
	}
	c.abandon()
	return open(c.t, into)
}

// abandon lets go of everything without a last word.
func (c *city) abandon() {
	c.t.Helper()
	if err := errors.Join(c.keeper.release(), c.disconnect()); err != nil {
		c.t.Fatal(err)
	}
}

func copyFolder(t must, from, into string) {
	t.Helper()
	if err := os.CopyFS(into, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// restored restores and gives the number of rows, after looking at each of them.
func restored(t must, archive string, at time.Time) (rows int, reached time.Time) {
	t.Helper()
	folder, err := os.MkdirTemp("", "restored")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "luoshi.sqlite")
	if reached, err = Restore(archive, at, path, nil); err != nil {
		t.Fatalf("restore to %s: %v", at, err)
	}
	return countRows(t, path), reached
}

// countRows makes sure that a database holds rows 1 to n and no others, and gives n.
// A database without the table has none.
func countRows(t must, path string) (n int) {
	t.Helper()
	pool := connect(t, path, "_pragma=query_only(1)")
	defer pool.Close()
	found, err := pool.Query("SELECT n, words FROM row ORDER BY n")
	if err != nil && strings.Contains(err.Error(), "no such table") {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		n++
		var number int
		var text string
		if err := found.Scan(&number, &text); err != nil {
			t.Fatal(err)
		}
		if number != n || text != words(n) {
			t.Fatalf("row %d stands in the place of row %d", number, n)
		}
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

func linesOf(t must, archive string) []Line {
	t.Helper()
	lines, err := Lines(archive)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// clock is a time that goes on by a second at each look.
type clock struct{ now time.Time }

func newClock() *clock { return &clock{time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)} }

func (c *clock) next() time.Time {
	c.now = c.now.Add(time.Second)
	return c.now
}

func fresh(t *testing.T) (*city, *clock) {
	t.Helper()
	c, now := open(t, t.TempDir()), newClock()
	t.Cleanup(func() {
		if err := c.keeper.release(); err != nil {
			t.Error(err)
		}
		_ = c.disconnect() // some tests have closed it
	})
	c.follow(now.next())
	return c, now
}

package archive

import (
	"context"
	"database/sql/driver"
	"os"
	"path/filepath"
	"testing"
)

// What SQLite does with the salts of a log is what the archive rests upon.
func TestSaltsOfTheLog(t *testing.T) {
	headOf := func(c *city) head {
		t.Helper()
		return headOf(t, c.database()+"-wal")
	}
	restart := func(c *city, mode string) {
		t.Helper()
		if err := c.pragma("wal_checkpoint(" + mode + ")"); err != nil {
			t.Fatal(err)
		}
		c.write(1)
	}
	c := open(t, t.TempDir())
	c.write(1)
	for _, mode := range []string{"PASSIVE", "FULL", "RESTART", "TRUNCATE"} {
		before := headOf(c)
		restart(c, mode)
		if !headOf(c).follows(before) {
			t.Errorf("after %s on the writing connection the first salt is not one more", mode)
		}
	}
	before := headOf(c)
	c = c.crash(filepath.Join(t.TempDir(), "copy"))
	c.write(1)
	if headOf(c) != before {
		t.Error("a log that is recovered after a crash does not go on")
	}
	restart(c, "PASSIVE")
	if !headOf(c).follows(before) {
		t.Error("after a crash the first salt is not one more")
	}
	before = headOf(c)
	c.abandon()
	c = open(t, c.folder)
	c.write(1)
	if headOf(c) != before {
		t.Error("a log that was kept when the database was closed does not go on")
	}

	// A truncation by another connection, and a writing connection that has not
	// restarted a log yet, which is why checkpoints belong to the writer.
	other, err := c.pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.writer.Raw(func(any) error { return driver.ErrBadConn }); err != driver.ErrBadConn {
		t.Fatal(err)
	}
	if c.writer, err = c.pool.Conn(context.Background()); err != nil {
		t.Fatal(err)
	}
	persist(t, c.writer)
	c.write(1)
	if headOf(c) != before {
		t.Error("a log does not go on with another writing connection")
	}
	if _, err := other.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	c.write(1)
	if headOf(c).follows(before) {
		t.Error("a log that another connection truncated seems to follow")
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}

	before = headOf(c)
	c.abandon()
	if err := os.Remove(c.database() + "-wal"); err != nil {
		t.Fatal(err)
	}
	c = open(t, c.folder)
	c.write(1)
	if headOf(c).follows(before) {
		t.Error("a log that was made anew seems to follow")
	}
	c.abandon()
}

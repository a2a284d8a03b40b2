package db

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"modernc.org/sqlite"
)

// LogKeeper keeps SQLite's log of writes elsewhere before a checkpoint lets it be
// overwritten, so that the database can be restored to an instant. internal/archive is one.
type LogKeeper interface {
	// Follow keeps what was committed since the last call.
	Follow(now time.Time) error
	// Checkpoint follows and then calls checkpoint, while nobody writes.
	Checkpoint(now time.Time, checkpoint func() error) (done bool, err error)
	// GiveUp is told before a checkpoint is made without it.
	GiveUp(why string) error
	// Close follows a last time and calls database, which closes the database.
	Close(now time.Time, database func() error) error
}

const (
	followEvery  = time.Second
	foldLogFrom  = 4 << 20   // bytes of the log from which on it is folded into the file: a thousand pages
	longestLog   = 512 << 20 // bytes from which on it is folded even where it could not be kept
	noCheckpoint = "_pragma=wal_autocheckpoint(0)"
)

// openKeeper opens the keeper of the log, after the file was opened and before
// anything is written into it.
func (d *DB) openKeeper(ctx context.Context) (err error) {
	if d.options.KeepLog == nil || !d.engine.oneFile {
		return nil
	}
	if err := d.engine.writePool.PingContext(ctx); err != nil {
		return err
	}
	if d.keeper, err = d.options.KeepLog(d.path); err != nil {
		return err
	}
	return d.keeper.Follow(time.Now())
}

// persistLog has SQLite leave the log where it is when its last connection
// closes: deleted, it could not be told from one that somebody else began, and
// each start would cost a fresh copy of the database.
func persistLog(live *sql.Conn) error {
	return live.Raw(func(driver any) error {
		_, err := driver.(sqlite.FileControl).FileControlPersistWAL("main", 1)
		return err
	})
}

// keepLog follows the log for as long as the database is open. A keeper that
// fails, a full disk above all, does not stop the work until the log is too long.
func (d *DB) keepLog() {
	defer close(d.kept)
	again := time.NewTicker(followEvery)
	defer again.Stop()
	for {
		select {
		case <-d.closing:
			return
		case <-again.C:
		}
		if err := d.keeper.Follow(time.Now()); err != nil {
			slog.Error("keep the log of writes", "error", err)
		}
		if err := d.foldLog(); err != nil {
			slog.Error("fold the log of writes", "error", err)
		}
	}
}

func (d *DB) foldLog() error {
	about, err := os.Stat(d.path + "-wal")
	if errors.Is(err, fs.ErrNotExist) || err == nil && about.Size() < foldLogFrom {
		return nil
	}
	if err != nil {
		return err
	}
	q := d.queue(0)
	return q.still(func(c *conn) error {
		fold := func() error {
			_, err := c.exec(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
			return err
		}
		_, err := d.keeper.Checkpoint(time.Now(), fold)
		if err == nil || about.Size() < longestLog {
			return err
		}
		return errors.Join(err, d.keeper.GiveUp("the log grew too long"), fold())
	})
}

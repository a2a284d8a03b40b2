package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"luoshi/fault"
)

// errBeingRead is what a job says that will be tried again.
var errBeingRead = fault.New(fault.Busy, "数据文件正有人在读，过一会儿再清理。")

// scrubbed is the mark in the head of a SQLite file (its user_version) that no
// older version left anything in it that was deleted but not overwritten.
const scrubbed = 1

// Scrub rewrites a SQLite file once: versions before the sealing deleted without
// overwriting. A server of PostgreSQL clears away for itself, in its own time.
func (d *DB) Scrub(ctx context.Context) error {
	return d.alone(ctx, func(pool *sql.DB) error {
		var mark int
		if err := pool.QueryRowContext(ctx, "PRAGMA user_version").Scan(&mark); err != nil || mark >= scrubbed {
			return err
		}
		if err := d.erasing(); err != nil {
			return err
		}
		if _, err := pool.ExecContext(ctx, "VACUUM"); err != nil {
			return fmt.Errorf("rewrite: %w", err)
		}
		if err := fold(ctx, pool); err != nil {
			return err
		}
		_, err := pool.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", scrubbed))
		return err
	})
}

// Fold moves the log of writes into the SQLite file and empties it, so that what
// was erased does not stand in it any longer.
func (d *DB) Fold(ctx context.Context) error {
	return d.alone(ctx, func(pool *sql.DB) error { return errors.Join(d.erasing(), fold(ctx, pool)) })
}

// erasing tells what keeps the log of writes that it will be emptied: it begins
// afresh, with a copy of what is then there.
func (d *DB) erasing() error {
	if d.keeper == nil {
		return nil
	}
	return d.keeper.GiveUp("something was erased")
}

func fold(ctx context.Context, pool *sql.DB) error {
	var busy, frames, moved int
	if err := pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return fmt.Errorf("fold the log of writes: %w", err)
	}
	if busy != 0 {
		return errBeingRead
	}
	return nil
}

// alone gives a SQLite file's own connection, which waits a second for others and
// lets nobody else wait longer. On PostgreSQL there is nothing to do.
func (d *DB) alone(ctx context.Context, f func(pool *sql.DB) error) error {
	if !d.engine.oneFile {
		return nil
	}
	// It folds the log of writes where it says so, and never by the way.
	pool, err := openFile(d.path, 1, "_pragma=secure_delete(1)", "_pragma=wal_autocheckpoint(0)")
	if err != nil {
		return err
	}
	if _, err := pool.ExecContext(ctx, "PRAGMA busy_timeout = 1000"); err != nil {
		return d.engine.explained(errors.Join(err, pool.Close()))
	}
	return d.engine.explained(errors.Join(f(pool), pool.Close()))
}

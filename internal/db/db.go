// Package db keeps the records of a city on an embedded SQLite database. It
// knows no noun: rooms hand it their schema, their SQL and their entries.
//
// Writes of one city are serial. Each is one transaction with its command id,
// its ledger entries and its jobs, and is answered only after the commit is on
// the disk (synchronous=FULL).
package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Options are what Open is told from outside.
type Options struct {
	Now       func() time.Time // the time of records and entries; nil: the machine's clock
	Random    io.Reader        // nonces and salts; nil: crypto/rand
	ReadLimit time.Duration    // how long one Read may take; 0: a second
}

// DB is an open database.
type DB struct {
	schemas []Schema
	options Options
	path    string

	turn      chan struct{} // holds one while somebody writes: one writer
	writer    *conn
	writePool *sql.DB

	readers  chan *conn // idle reading connections
	readPool *sql.DB
}

// Open opens the database in the folder, makes it where there is none, and
// brings its schema up to date. A schema that is newer than the program is refused.
func Open(ctx context.Context, folder string, options Options, schemas ...Schema) (*DB, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Random == nil {
		options.Random = rand.Reader
	}
	if options.ReadLimit == 0 {
		options.ReadLimit = time.Second
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	// It holds names and passwords: nobody else on the machine may look into it.
	if err := os.Chmod(folder, 0o700); err != nil {
		return nil, fmt.Errorf("close data folder to others: %w", err)
	}
	d := &DB{turn: make(chan struct{}, 1), schemas: append([]Schema{ownSchema()}, schemas...), options: options, path: filepath.Join(folder, "luoshi.sqlite")}
	if err := d.open(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *DB) open(ctx context.Context) (err error) {
	if d.writePool, err = openPool(d.path, 1, "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)",
		"_pragma=wal_autocheckpoint(1000)", "_pragma=foreign_keys(1)"); err != nil {
		return err
	}
	for _, s := range d.schemas {
		if err = migrate(ctx, d.writePool, s); err != nil {
			return err
		}
	}
	if d.writer, err = connect(ctx, d.writePool); err != nil {
		return err
	}
	many := 2 * runtime.NumCPU()
	if d.readPool, err = openPool(d.path, many, "_pragma=query_only(1)"); err != nil {
		return err
	}
	d.readers = make(chan *conn, many)
	for range many {
		c, err := connect(ctx, d.readPool)
		if err != nil {
			return err
		}
		d.readers <- c
	}
	return nil
}

func openPool(path string, connections int, parameters ...string) (*sql.DB, error) {
	name := url.URL{Path: path} // escapes ? and # in folder names
	pool, err := sql.Open("sqlite", "file:"+name.EscapedPath()+"?_pragma=busy_timeout(10000)&"+strings.Join(parameters, "&"))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool, nil
}

// Close ends all connections.
func (d *DB) Close() error {
	d.turn <- struct{}{}
	defer func() { <-d.turn }()
	var errs []error
	// A connection that is held keeps its pool from closing the file, and the log
	// of writes from being folded into it.
	if d.writer != nil {
		errs = append(errs, d.writer.Close())
		d.writer = nil
	}
	for len(d.readers) > 0 {
		errs = append(errs, (<-d.readers).Close())
	}
	for _, pool := range []*sql.DB{d.readPool, d.writePool} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Now is the time of records and entries.
func (d *DB) Now() time.Time { return d.options.Now() }

// Copy writes a consistent copy of the whole database into a new folder, for
// exports and dumps that would take longer than a read may.
func (d *DB) Copy(ctx context.Context, folder string) error {
	pool, err := openPool(d.path, 1)
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "VACUUM INTO ?", filepath.Join(folder, "luoshi.sqlite"))
	if err = errors.Join(err, pool.Close()); err != nil {
		return fmt.Errorf("copy database: %w", err)
	}
	return nil
}

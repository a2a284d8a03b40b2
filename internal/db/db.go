// Package db keeps the records of cities on an embedded SQLite database or on
// PostgreSQL, with the same text of SQL. It knows no noun: rooms hand it their
// schema, their SQL and their entries.
//
// Writes of one city are serial. Each has its command id, its ledger entries and
// its jobs in one transaction, and is answered only after the commit is on the disk.
package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// File is the name of the embedded database in a data folder.
const File = "luoshi.sqlite"

// Options are what Open is told from outside.
type Options struct {
	Database  string           // address of a PostgreSQL database; empty: SQLite in the data folder
	Now       func() time.Time // the time of records and entries; nil: the machine's clock
	Random    io.Reader        // nonces and salts; nil: crypto/rand
	ReadLimit time.Duration    // how long one Read may take; 0: a second

	// KeepLog opens what keeps SQLite's log of writes before it is folded into the
	// file; nil: nobody does. It is given the path of the database.
	KeepLog func(database string) (LogKeeper, error)
	// PersonalKey seals personal columns. Nil: what is sealed stays closed, and
	// nothing can be sealed.
	PersonalKey []byte
	sealer      *sealer

	// Spread changes the text of each migration before it runs on a PostgreSQL that
	// spreads tables over partitions or machines. Nil: as they are.
	Spread func(migration string, distributed func(table string) bool) string
}

// DB is an open database.
type DB struct {
	schemas []Schema
	sharing map[string]Sharing
	options Options
	path    string // of the SQLite file

	versions []Version // of the schemas

	engine  *engine
	readers *readers

	mu      sync.Mutex
	queues  map[int64]*queue // by city; on SQLite one for all
	closing chan struct{}
	close   sync.Once

	keeper LogKeeper     // nil: nobody keeps the log
	kept   chan struct{} // closed when the log is no longer followed
}

// Open opens the database in the folder, or the one that the options name, makes
// it where there is none, and brings its schema up to date. A schema that is newer
// than the program is refused.
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
	var err error
	if options.sealer, err = newSealer(options.PersonalKey); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	// It holds names and passwords: nobody else on the machine may look into it.
	if err := os.Chmod(folder, 0o700); err != nil {
		return nil, fmt.Errorf("close data folder to others: %w", err)
	}
	d := &DB{schemas: append([]Schema{ownSchema()}, schemas...), sharing: map[string]Sharing{}, options: options,
		path: filepath.Join(folder, File), queues: map[int64]*queue{}, closing: make(chan struct{})}
	for _, t := range d.Tables() {
		d.sharing[t.Name] = t.Sharing
	}
	if err := d.open(ctx); err != nil {
		return nil, d.engine.explainedAs(whenOpening, errors.Join(err, d.Close()))
	}
	return d, nil
}

func (d *DB) open(ctx context.Context) (err error) {
	if d.options.Database != "" {
		d.engine, err = postgresEngine(d.options.Database)
	} else {
		d.engine, err = sqliteEngine(d.path, d.options.KeepLog != nil)
	}
	if err != nil {
		return err
	}
	if err = d.openKeeper(ctx); err != nil {
		return err
	}
	for _, s := range d.schemas {
		if err = d.migrate(ctx, s); err != nil {
			return err
		}
	}
	if d.engine.oneFile {
		if err = d.writable(ctx); err != nil {
			return err
		}
	}
	conns := make([]*conn, d.engine.readers)
	for i := range conns {
		conns[i] = d.conn(d.engine.readPool)
	}
	d.readers = newReaders(conns)
	if d.keeper != nil {
		d.kept = make(chan struct{})
		go d.keepLog()
	}
	return nil
}

// writable finds out that a file cannot be written before anybody waits for it.
// SQLite opens such a file all the same, and begins to write it.
func (d *DB) writable(ctx context.Context) error {
	c := d.conn(d.engine.writePool)
	if err := c.begin(ctx, d.engine.beginWrite); err != nil {
		return fmt.Errorf("try to write: %w", err)
	}
	defer c.drop()
	if _, err := c.live.ExecContext(ctx, d.engine.seal); err != nil {
		return fmt.Errorf("try to write: %w", err)
	}
	return nil
}

// conn gives a connection that is made when it is first used.
func (d *DB) conn(pool *sql.DB) *conn {
	c := &conn{pool: pool, check: func(text string) error { return checkStatement(text, d.distributed) }}
	if d.keeper != nil {
		c.made = persistLog
	}
	return c
}

// queue gives the queue of a city's writes, or of the writes that are no city's.
// On SQLite all cities share one, because the file has one writer.
func (d *DB) queue(city int64) *queue {
	if d.engine.oneFile {
		city = 0
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	q := d.queues[city]
	if q == nil {
		q = &queue{engine: d.engine, conn: d.conn(d.engine.writePool), commit: commit,
			in: make(chan *pending), tasks: make(chan task), closing: d.closing, ended: make(chan struct{})}
		d.queues[city] = q
		go q.serve()
	}
	return q
}

// Close ends all connections, after the writes that are under way.
func (d *DB) Close() (err error) {
	d.close.Do(func() { err = d.end() })
	return err
}

func (d *DB) end() error {
	close(d.closing)
	if d.engine == nil {
		return nil
	}
	if d.keeper != nil {
		if d.kept != nil {
			<-d.kept
		}
		return d.keeper.Close(time.Now(), d.disconnect)
	}
	return d.disconnect()
}

func (d *DB) disconnect() error {
	var errs []error
	// A connection that is held keeps its pool from closing the file, and the log
	// of writes from being folded into it.
	d.mu.Lock()
	for _, q := range d.queues {
		<-q.ended
		errs = append(errs, q.conn.close())
	}
	d.mu.Unlock()
	if d.readers != nil {
		errs = append(errs, d.readers.close())
	}
	return errors.Join(append(errs, d.engine.close())...)
}

// Now is the time of records and entries.
func (d *DB) Now() time.Time { return d.options.Now() }

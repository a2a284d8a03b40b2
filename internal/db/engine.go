package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"luoshi/fault"

	"github.com/pressly/goose/v3"
)

// engine is all in which SQLite and PostgreSQL differ: the text of a statement
// is the same on both.
type engine struct {
	dialect    goose.Dialect
	writePool  *sql.DB
	readPool   *sql.DB
	readers    int
	beginWrite string
	beginRead  string
	most       int                      // writes a commit
	patience   time.Duration            // for a connection that broke in the middle of a COMMIT
	oneFile    bool                     // one writer for all, and nobody else writes
	explain    func(error) *fault.Fault // what to tell people of an error of the engine; nil: nothing it knows

	seal    string           // written after a COMMIT that failed, so that it stays so; empty: not needed
	nothing func(error) bool // whether an error of COMMIT says that nothing was stored
	unknown *fault.Fault     // what to tell people where nobody knows
}

// explained puts words for people to an error of a write. One that has words is left as it is.
func (e *engine) explained(err error) error { return e.explainedAs(nil, err) }

// explainedAs does so on another occasion.
func (e *engine) explainedAs(said words, err error) error {
	if e == nil || err == nil || fault.Of(err) != nil {
		return err
	}
	f := e.explain(err)
	if f == nil {
		return err
	}
	if other := said[f]; other != nil {
		f = other
	}
	return errors.Join(f, err)
}

// How long a server on the network may leave a write, or the end of a read,
// without an answer before its connection is given up. A file always answers.
const (
	longestWrite = time.Minute
	longestEnd   = 5 * time.Second
)

func (e *engine) deadline(ctx context.Context, longest time.Duration) (context.Context, context.CancelFunc) {
	if e.oneFile {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, longest)
}

func (e *engine) close() error {
	var errs []error
	for _, pool := range []*sql.DB{e.readPool, e.writePool} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

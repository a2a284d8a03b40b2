package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"luoshi/fault"
)

// ErrBusy is the answer while a write or read cannot be done just now.
var ErrBusy = fault.New(fault.Busy, "现在有点忙，请过一会儿再试。")

// ErrNoRow is returned by Row where there is none.
var ErrNoRow = fault.New(fault.Missing, "没有找到您要看的内容。")

// Querier is what SQL is run on: a Tx of a write or a View of a read.
type Querier interface {
	query(text string, args ...any) (*sql.Rows, error)
	seals() *sealer
	failed(err error) error // notes an error that a query met after it had begun
}

// Scanner is one row being read.
type Scanner interface{ Scan(dest ...any) error }

// View is the database as it stands at one moment, for the length of one Read.
type View struct {
	ctx    context.Context
	conn   *conn
	sealer *sealer
}

func (v *View) query(text string, args ...any) (*sql.Rows, error) {
	return v.conn.query(v.ctx, text, args...)
}

func (v *View) failed(err error) error { return err }

// Read runs f on one consistent view, for at most the read limit. Reads of one
// visit share a view.
func (d *DB) Read(ctx context.Context, f func(v *View) error) error {
	if v := visitOf(ctx); v != nil && v.d == d && v.free() {
		return v.read(f)
	}
	return d.read(ctx, d.options.ReadLimit, f)
}

func (d *DB) read(ctx context.Context, limit time.Duration, f func(v *View) error) (err error) {
	o, err := d.openView(ctx, limit)
	if err != nil {
		return err
	}
	// The view ends whatever became of the request, also when f panics: a
	// connection must not go back in the middle of a transaction.
	defer func() {
		if end := o.end(); err == nil {
			err = end
		}
	}()
	return o.run(f)
}

// openedView is a view with the connection that it holds.
type openedView struct {
	d      *DB
	view   *View
	asked  context.Context
	cancel func()
}

func (d *DB) openView(ctx context.Context, limit time.Duration) (*openedView, error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	c := d.readers.take(limited)
	if c == nil {
		cancel()
		return nil, ErrBusy
	}
	if err := c.begin(limited, d.engine.beginRead); err != nil {
		d.readers.give(c)
		cancel()
		return nil, d.engine.explainedAs(whenReading, fmt.Errorf("begin read: %w", err))
	}
	return &openedView{d, &View{limited, c, d.options.sealer}, ctx, cancel}, nil
}

func (o *openedView) run(f func(v *View) error) error {
	err := f(o.view)
	if err != nil && o.view.ctx.Err() != nil && o.asked.Err() == nil && fault.Of(err) == nil {
		return errors.Join(ErrBusy, err) // it took longer than a read may
	}
	return o.d.engine.explainedAs(whenReading, err)
}

func (o *openedView) end() (err error) {
	c := o.view.conn
	ctx, cancel := o.d.engine.deadline(context.WithoutCancel(o.asked), longestEnd)
	defer cancel()
	if _, end := c.exec(ctx, "COMMIT"); end != nil {
		c.drop()
		err = o.d.engine.explainedAs(whenReading, fmt.Errorf("end read: %w", end))
	}
	o.cancel()
	o.d.readers.give(c)
	return err
}

// Rows runs a query and scans every row. It is the only row loop of the program.
func Rows[T any](q Querier, scan func(Scanner) (T, error), text string, args ...any) ([]T, error) {
	rows, err := q.query(text, args...)
	if err != nil {
		return nil, fmt.Errorf("query %.60q: %w", text, err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("scan %.60q: %w", text, err)
		}
		out = append(out, one)
	}
	// A connection that breaks must not look like a short list.
	if err := rows.Err(); err != nil {
		return nil, q.failed(fmt.Errorf("rows of %.60q: %w", text, err))
	}
	return out, nil
}

// Row runs a query of which one row is wanted, and gives ErrNoRow where there is none.
func Row[T any](q Querier, scan func(Scanner) (T, error), text string, args ...any) (T, error) {
	var none T
	all, err := Rows(q, scan, text, args...)
	if err != nil {
		return none, err
	}
	if len(all) == 0 {
		return none, ErrNoRow
	}
	return all[0], nil
}

// Value scans a row of one column.
func Value[T any](s Scanner) (T, error) {
	var v T
	err := s.Scan(&v)
	return v, err
}

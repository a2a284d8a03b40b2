package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// conn is one connection with the statements prepared on it, one per text. It
// is used by one transaction at a time. A connection that broke is made anew
// when the next transaction begins.
type conn struct {
	pool  *sql.DB
	check func(text string) error // refuses a text that breaks the rules of docs/decisions/0005
	live  *sql.Conn               // nil: not connected
	stmts map[string]*sql.Stmt
	made  func(*sql.Conn) error // told of each fresh connection; nil: nobody is
}

func (c *conn) connect(ctx context.Context) error {
	live, err := c.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	if c.made != nil {
		if err := c.made(live); err != nil {
			return errors.Join(fmt.Errorf("connect: %w", err), live.Close())
		}
	}
	c.live, c.stmts = live, map[string]*sql.Stmt{}
	return nil
}

// begin starts a transaction. A connection may have died unseen while nobody
// used it: nothing was done on it yet, so that a fresh one can take its place.
func (c *conn) begin(ctx context.Context, text string) error {
	if c.live != nil {
		if _, err := c.exec(ctx, text); err == nil {
			return nil
		}
		c.drop()
	}
	if err := c.connect(ctx); err != nil {
		return err
	}
	if _, err := c.exec(ctx, text); err != nil {
		c.drop()
		return err
	}
	return nil
}

// commit is sent as it is, not prepared, so that it can be seen on the wire.
func commit(ctx context.Context, c *conn) error {
	_, err := c.live.ExecContext(ctx, "COMMIT")
	return err
}

func (c *conn) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := c.stmts[text]; ok {
		return s, nil
	}
	s, err := c.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	c.stmts[text] = s
	return s, nil
}

func (c *conn) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if err := c.check(text); err != nil {
		return nil, fmt.Errorf("%.60q: %w", text, err)
	}
	s, err := c.live.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", text, err)
	}
	return s, nil
}

func (c *conn) exec(ctx context.Context, text string, args ...any) (int64, error) {
	s, err := c.prepared(ctx, text)
	if err != nil {
		return 0, err
	}
	return affected(s.ExecContext(ctx, args...))
}

// execOnce runs a text that will hardly come again.
func (c *conn) execOnce(ctx context.Context, text string, args ...any) (int64, error) {
	s, err := c.prepare(ctx, text)
	if err != nil {
		return 0, err
	}
	n, err := affected(s.ExecContext(ctx, args...))
	return n, errors.Join(err, s.Close())
}

func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (c *conn) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := c.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// drop gives up a connection that cannot be trusted any more; what was not
// committed on it is gone with it.
func (c *conn) drop() {
	if c.live == nil {
		return
	}
	// SQLite would keep the lock of a transaction that is open.
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, _ = c.live.ExecContext(ctx, "ROLLBACK")
	_ = c.closeStatements()
	_ = c.live.Raw(func(any) error { return driver.ErrBadConn }) // makes database/sql close it
	_ = c.live.Close()                                           // already broken: its own error says nothing new
	c.live = nil
}

// closeStatements ends the statements before their connection: SQLite keeps a
// connection half open for as long as one of them is, and does not fold the log
// of writes into the file.
func (c *conn) closeStatements() error {
	var errs []error
	for _, s := range c.stmts {
		errs = append(errs, s.Close())
	}
	c.stmts = nil
	return errors.Join(errs...)
}

// close gives a sound connection back to its pool.
func (c *conn) close() error {
	if c.live == nil {
		return nil
	}
	err := errors.Join(c.closeStatements(), c.live.Close())
	c.live = nil
	return err
}

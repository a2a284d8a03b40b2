package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
)

// conn is one connection with the statements prepared on it, one per text. It
// is used by one transaction at a time.
type conn struct {
	*sql.Conn
	stmts map[string]*sql.Stmt
}

func connect(ctx context.Context, pool *sql.DB) (*conn, error) {
	c, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return &conn{Conn: c, stmts: map[string]*sql.Stmt{}}, nil
}

func (c *conn) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := c.stmts[text]; ok {
		return s, nil
	}
	s, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", text, err)
	}
	c.stmts[text] = s
	return s, nil
}

func (c *conn) exec(ctx context.Context, text string, args ...any) (int64, error) {
	s, err := c.prepared(ctx, text)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(ctx, args...)
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

// replace drops a connection that cannot be trusted any more, and gives another.
func (c *conn) replace(ctx context.Context, pool *sql.DB) (*conn, error) {
	_ = c.Raw(func(any) error { return driver.ErrBadConn }) // makes database/sql drop it
	_ = c.Close()                                           // already broken: its own error says nothing new
	return connect(ctx, pool)
}

package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// ErrClockBehind is returned while the machine's clock is more than
// clockTolerance behind the last entry. Reading goes on.
var ErrClockBehind = fault.New(fault.Busy, "服务器的时钟比上一笔存证慢了，暂时不能写入。请管理员校准时钟。")

// ErrNoCity is returned for a city that was never founded.
var ErrNoCity = fault.New(fault.Missing, "这个城市还没有建立。")

const clockTolerance = 5 * time.Second

// Tx is a write under way. It holds the head of its city's ledger.
type Tx struct {
	ctx     context.Context
	conn    *conn
	cmd     Cmd
	head    head
	at      int64 // instant of this write, microseconds
	drafts  []ledger.Draft
	jobs    [][]any
	options Options
}

// Write does one command in one transaction: f decides and saves, and adds what
// is to be entered and done later; then the entries, the jobs and the command id
// are written and the head is moved. Nil means that all of it is on the disk.
func (d *DB) Write(ctx context.Context, cmd Cmd, f func(tx *Tx) error) error {
	if err := CheckCommandID(cmd.ID); err != nil {
		return err
	}
	if cmd.act == "" {
		return errors.New("write: the command does not say which act it is")
	}
	return d.transact(ctx, func(ctx context.Context) error {
		tx := &Tx{ctx: ctx, conn: d.writer, cmd: cmd, options: d.options}
		return tx.do(f)
	}, func() error {
		done, err := Repeated(&View{context.WithoutCancel(ctx), d.writer}, cmd)
		if err != nil {
			return err
		}
		if done == nil {
			return ErrBusy
		}
		return done.repeat(cmd)
	})
}

// Local writes rows that belong to this server alone (sessions, jobs), without
// command and ledger.
func (d *DB) Local(ctx context.Context, f func(tx *Tx) error) error {
	return d.transact(ctx, func(ctx context.Context) error {
		return f(&Tx{ctx: ctx, conn: d.writer, options: d.options, at: d.Now().UnixMicro()})
	}, func() error { return ErrBusy })
}

// transact runs f between BEGIN and COMMIT on the one writing connection. A
// reader's hang-up does not tear a write: only the wait for the writer ends with
// ctx. doubt finds out what became of a commit whose outcome is unknown.
func (d *DB) transact(ctx context.Context, f func(context.Context) error, doubt func() error) (err error) {
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
		return ErrBusy
	}
	ctx = context.WithoutCancel(ctx)
	if d.writer == nil {
		if d.writer, err = connect(ctx, d.writePool); err != nil {
			return errors.Join(ErrBusy, err)
		}
	}
	if _, err := d.writer.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return errors.Join(ErrBusy, fmt.Errorf("begin write: %w", err))
	}
	committed := false
	defer func() {
		if !committed { // also when f panics
			if _, end := d.writer.exec(ctx, "ROLLBACK"); end != nil {
				err = errors.Join(err, d.reopen(ctx))
			}
		}
	}()
	if err := f(ctx); err != nil {
		return err
	}
	if _, err := d.writer.exec(ctx, "COMMIT"); err != nil {
		committed = true // or not: after an error of the disk only the file itself can tell
		if again := d.reopen(ctx); again != nil {
			return errors.Join(ErrBusy, err, again)
		}
		if known := doubt(); known != nil {
			return errors.Join(known, fmt.Errorf("commit: %w", err))
		}
		return nil
	}
	committed = true
	return nil
}

// reopen replaces the writing connection; what was not committed is gone with it.
func (d *DB) reopen(ctx context.Context) (err error) {
	d.writer, err = d.writer.replace(ctx, d.writePool)
	return err
}

func (t *Tx) do(f func(*Tx) error) error {
	h, err := takeHead(t)
	if err != nil {
		return err
	}
	done, err := Repeated(t, t.cmd)
	if err != nil {
		return err
	}
	if done != nil {
		return done.repeat(t.cmd)
	}
	now := t.options.Now()
	if time.UnixMicro(h.at).Sub(now) > clockTolerance {
		return ErrClockBehind
	}
	t.head, t.at = h, max(now.UnixMicro(), h.at)
	if err := f(t); err != nil {
		return err
	}
	if err := t.enter(); err != nil {
		return fmt.Errorf("enter into the ledger: %w", err)
	}
	if err := t.saveJobs(); err != nil {
		return fmt.Errorf("save jobs: %w", err)
	}
	if err := t.saveCommand(); err != nil {
		return fmt.Errorf("save command: %w", err)
	}
	if err := t.head.save(t); err != nil {
		return fmt.Errorf("move the head of the ledger: %w", err)
	}
	return nil
}

// Cmd is the command being done.
func (t *Tx) Cmd() Cmd { return t.cmd }

// Now is the instant of this write: never before the last entry.
func (t *Tx) Now() time.Time { return time.UnixMicro(t.at) }

// Today is the civil day of this write.
func (t *Tx) Today() calendar.Day { return calendar.DayOf(t.Now()) }

// NewID gives the next identifier of the city.
func NewID[T ~int64](t *Tx) T {
	t.head.lastID = id.Next(t.head.lastID, t.Now())
	return T(t.head.lastID)
}

// NewIDs reserves n identifiers, and gives the number before the first.
func NewIDs(t *Tx, n int64) int64 {
	first := id.Next(t.head.lastID, t.Now())
	t.head.lastID = first + n - 1
	return first - 1
}

// Append adds what is to be entered into the ledger.
func (t *Tx) Append(drafts ...ledger.Draft) { t.drafts = append(t.drafts, drafts...) }

// Exec runs a statement and gives the number of rows it touched.
func (t *Tx) Exec(text string, args ...any) (int64, error) {
	n, err := t.conn.exec(t.ctx, text, args...)
	if err != nil {
		return n, fmt.Errorf("exec %.60q: %w", text, err)
	}
	return n, nil
}

func (t *Tx) query(text string, args ...any) (*sql.Rows, error) {
	return t.conn.query(t.ctx, text, args...)
}

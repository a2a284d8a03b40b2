package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// ErrClockBehind is returned while the machine's clock is more than
// clockTolerance behind the last entry. Reading goes on.
var ErrClockBehind = fault.New(fault.Busy, "服务器的时钟比上一笔存证慢了，没有收下。请过一会儿再交一次；一直这样，请管理员校准时钟。")

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
	broken  error // of the statement that failed
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
	Leave(ctx)
	return d.queue(cmd.City).put(&pending{ctx: ctx, run: func(ctx context.Context, c *conn) (moved, error) {
		tx := &Tx{ctx: ctx, conn: c, cmd: cmd, options: d.options}
		return tx.do(f)
	}, found: func(ctx context.Context, c *conn) (stands, error) {
		tx := &Tx{ctx: ctx, conn: c, cmd: cmd, options: d.options}
		return tx.stands()
	}})
}

// Local writes rows that belong to this server alone (sessions, jobs), without
// command and ledger.
func (d *DB) Local(ctx context.Context, f func(tx *Tx) error) error {
	Leave(ctx)
	return d.queue(0).put(&pending{ctx: ctx, run: func(ctx context.Context, c *conn) (moved, error) {
		tx := &Tx{ctx: ctx, conn: c, options: d.options, at: d.Now().UnixMicro()}
		return moved{}, cmp.Or(f(tx), tx.broken)
	}, found: func(context.Context, *conn) (stands, error) { return stands{}, nil }})
}

// stands finds out whether a command was stored. It takes the head first, and so
// waits for a COMMIT of it that may be under way still.
func (t *Tx) stands() (stands, error) {
	h, err := takeHead(t)
	if err != nil {
		return stands{}, err
	}
	done, err := Repeated(t, t.cmd)
	if err != nil || done == nil {
		return stands{seq: h.seq}, err
	}
	return stands{true, h.seq}, done.repeat(t.cmd)
}

func (t *Tx) do(f func(*Tx) error) (moved, error) {
	h, err := takeHead(t)
	if err != nil {
		return moved{}, err
	}
	done, err := Repeated(t, t.cmd)
	if err != nil {
		return moved{}, err
	}
	if done != nil {
		return moved{t.cmd.City, h.seq, h.seq}, done.repeat(t.cmd)
	}
	now := t.options.Now()
	if time.UnixMicro(h.at).Sub(now) > clockTolerance {
		return moved{}, ErrClockBehind
	}
	t.head, t.at = h, max(now.UnixMicro(), h.at)
	if err := f(t); err != nil {
		return moved{}, err
	}
	if err := t.enter(); err != nil {
		return moved{}, fmt.Errorf("enter into the ledger: %w", err)
	}
	if err := t.saveJobs(); err != nil {
		return moved{}, fmt.Errorf("save jobs: %w", err)
	}
	if err := t.saveCommand(); err != nil {
		return moved{}, fmt.Errorf("save command: %w", err)
	}
	if err := t.head.save(t); err != nil {
		return moved{}, fmt.Errorf("move the head of the ledger: %w", err)
	}
	return moved{t.cmd.City, h.seq, t.head.seq}, nil
}

// ActAs says which of the actor's posts the entries of this write name.
func (t *Tx) ActAs(post id.Post) { t.cmd.Actor = post }

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

// NextEntry is the place in the ledger that what is appended next will have.
func (t *Tx) NextEntry() int64 { return t.head.seq + int64(len(t.drafts)) }

// Random fills b with what nobody can know before.
func (t *Tx) Random(b []byte) error {
	_, err := io.ReadFull(t.options.Random, b)
	return err
}

// Exec runs a statement and gives the number of rows it touched.
func (t *Tx) Exec(text string, args ...any) (int64, error) { return t.exec(t.conn.exec, text, args) }

func (t *Tx) exec(run func(context.Context, string, ...any) (int64, error), text string, args []any) (int64, error) {
	if t.broken != nil {
		return 0, t.broken
	}
	n, err := run(t.ctx, text, args...)
	if err != nil {
		return n, t.failed(fmt.Errorf("exec %.60q: %w", text, err))
	}
	return n, nil
}

func (t *Tx) query(text string, args ...any) (*sql.Rows, error) {
	if t.broken != nil {
		return nil, t.broken
	}
	rows, err := t.conn.query(t.ctx, text, args...)
	return rows, t.failed(err)
}

// failed keeps an error of a statement, after which no other runs. A full disk
// makes SQLite give up the transaction as a whole; what came after it would each
// be stored for itself.
func (t *Tx) failed(err error) error {
	if t.broken == nil {
		t.broken = err
	}
	return err
}

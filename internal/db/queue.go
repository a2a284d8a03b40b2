package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"luoshi/fault"
)

// ErrStopped is the answer after the file was found to hold something else than
// what was written into it.
var ErrStopped = fault.New(fault.Busy, "数据文件和刚才写进去的对不上，已经停止写入，没有收下。请管理员检查磁盘，再重新启动。")

// A group takes in what queued while the last commit ran, and never waits for more.
const (
	groupMost = 200                  // commands
	groupTime = 5 * time.Millisecond // of work
)

// pending is one transaction that somebody waits for.
type pending struct {
	ctx   context.Context // of who asks; the work itself runs on
	run   func(ctx context.Context, c *conn) (moved, error)
	found func(ctx context.Context, c *conn) (stands, error) // what became of it, after a commit of unknown outcome

	moved    moved
	err      error
	panicked any
	done     chan struct{} // closed when it is answered
}

// moved is how far a write moved a city's ledger; city 0 where it moved none.
type moved struct{ city, from, to int64 }

// stands is what the database says of a write: whether it is there, and how many
// entries its city has.
type stands struct {
	there bool
	seq   int64
}

// queue brings writes one after the other onto one connection. On SQLite several
// share a commit, each in a savepoint of its own; on PostgreSQL each has its own.
type queue struct {
	engine  *engine
	conn    *conn
	commit  func(ctx context.Context, c *conn) error
	in      chan *pending
	tasks   chan task
	closing chan struct{}
	ended   chan struct{}

	lost    error // the transaction under way is gone
	stopped error // nothing is written any more
}

func (q *queue) serve() {
	defer close(q.ended)
	for {
		select {
		case w := <-q.in:
			q.group(w)
		case t := <-q.tasks:
			t.done <- q.task(t.run)
		case <-q.closing:
			return
		}
	}
}

// task is work on the writing connection while nobody writes.
type task struct {
	run  func(c *conn) error
	done chan error
}

// still runs f between two groups.
func (q *queue) still(f func(c *conn) error) error {
	t := task{f, make(chan error, 1)}
	select {
	case q.tasks <- t:
		return <-t.done
	case <-q.closing:
		return nil
	}
}

func (q *queue) task(f func(c *conn) error) error {
	if q.conn.live == nil {
		if err := q.conn.connect(context.Background()); err != nil {
			return err
		}
	}
	return f(q.conn)
}

// put waits for a write to be done. Whoever hangs up before its turn is not
// served; whoever hangs up while it is being done is not stored either.
func (q *queue) put(w *pending) error {
	w.done = make(chan struct{})
	select {
	case q.in <- w:
	case <-w.ctx.Done():
		return ErrBusy
	case <-q.closing:
		return ErrBusy
	}
	<-w.done
	if w.panicked != nil {
		panic(w.panicked)
	}
	return q.engine.explained(w.err)
}

// group does a write, and with it those that wait already, and answers them all
// after the commit.
func (q *queue) group(first *pending) {
	ctx, cancel := q.engine.deadline(context.Background(), longestWrite)
	defer cancel()
	all := []*pending{first}
	defer func() {
		for _, w := range all {
			close(w.done)
		}
	}()
	if q.stopped != nil {
		first.err = q.stopped
		return
	}
	if err := q.conn.begin(ctx, q.engine.beginWrite); err != nil {
		first.err = q.refused(fmt.Errorf("begin write: %w", err))
		return
	}
	began := time.Now()
	q.lost = nil
	q.member(ctx, first)
	for q.lost == nil && len(all) < q.engine.most && time.Since(began) < groupTime {
		select {
		case w := <-q.in:
			all = append(all, w)
			q.member(ctx, w)
			continue
		default:
		}
		break
	}
	q.end(ctx, all)
}

// member does one write within the group. What goes wrong with it is undone to
// its own savepoint.
func (q *queue) member(ctx context.Context, w *pending) {
	if q.engine.most > 1 {
		if _, err := q.conn.exec(ctx, "SAVEPOINT member"); err != nil {
			w.err, q.lost = err, err
			return
		}
	}
	w.attempt(ctx, q.conn)
	if w.err == nil && w.ctx.Err() != nil {
		w.err = ErrBusy
	}
	if q.engine.most == 1 {
		return
	}
	if w.err != nil {
		if _, err := q.conn.exec(ctx, "ROLLBACK TO member"); err != nil {
			// An error of the disk has ended the transaction as a whole, and is the reason.
			if q.lost = err; fault.Of(w.err) == nil {
				q.lost = errors.Join(w.err, err)
			}
			return
		}
	}
	if _, err := q.conn.exec(ctx, "RELEASE member"); err != nil {
		q.lost = err
	}
}

// attempt keeps a panic for who asked, with the place where it came from.
func (w *pending) attempt(ctx context.Context, c *conn) {
	defer func() {
		if p := recover(); p != nil {
			w.panicked = fmt.Sprintf("%v\n\n%s", p, debug.Stack())
			w.err = errors.New("panic in a write")
		}
	}()
	w.moved, w.err = w.run(ctx, c)
}

// end commits what went well and finds out what became of it where it can not
// be told from the answer.
func (q *queue) end(ctx context.Context, all []*pending) {
	var good []*pending
	for _, w := range all {
		if w.err == nil {
			good = append(good, w)
		}
	}
	switch {
	case q.lost != nil: // before COMMIT: nothing of it is stored
		q.conn.drop()
		for _, w := range good {
			w.err = q.refused(fmt.Errorf("another write of the same commit: %w", q.lost))
		}
	case len(good) == 0:
		if _, err := q.conn.exec(ctx, "ROLLBACK"); err != nil {
			q.conn.drop()
		}
	default:
		if err := q.commit(ctx, q.conn); err != nil {
			q.settle(good, err)
		}
	}
}

// refused puts words to an error that is the database's and not of the write itself.
func (q *queue) refused(err error) error {
	if err = q.engine.explained(err); fault.Of(err) == nil {
		return errors.Join(ErrBusy, err)
	}
	return err
}

// settle answers writes whose COMMIT failed: it may have been stored all the
// same, and only the database can tell.
func (q *queue) settle(good []*pending, failed error) {
	slog.Error("commit", "error", failed, "writes", len(good))
	q.conn.drop()
	until := time.Now().Add(q.engine.patience)
	for {
		ctx, cancel := q.engine.deadline(context.Background(), q.engine.patience)
		err := q.ask(ctx, good, failed)
		cancel()
		if err == nil {
			return
		}
		if q.conn.drop(); time.Now().After(until) {
			for _, w := range good {
				if q.engine.nothing(failed) {
					w.err = q.refused(fmt.Errorf("commit: %w", failed))
				} else {
					w.err = errors.Join(q.engine.unknown, fmt.Errorf("commit: %w", failed), err)
				}
			}
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// ask looks each write up on a fresh connection. An error means that nothing was learnt.
func (q *queue) ask(ctx context.Context, good []*pending, failed error) error {
	if err := q.conn.begin(ctx, q.engine.beginWrite); err != nil {
		return err
	}
	found := make([]stands, len(good))
	for i, w := range good {
		var err error
		if found[i], err = w.found(ctx, q.conn); err != nil {
			return err
		}
	}
	if err := q.sealed(ctx, failed); err != nil {
		return err
	}
	for i, w := range good {
		if !found[i].there {
			w.err = q.refused(fmt.Errorf("commit: %w", failed))
		}
	}
	if q.engine.oneFile {
		q.compare(good, found)
	}
	return nil
}

// sealed ends the look at what became of a COMMIT, so that it stays as it was seen.
func (q *queue) sealed(ctx context.Context, failed error) error {
	if q.engine.seal == "" || q.engine.nothing(failed) {
		_, err := q.conn.exec(ctx, "ROLLBACK")
		return err
	}
	if _, err := q.conn.live.ExecContext(ctx, q.engine.seal); err != nil {
		return err
	}
	return commit(ctx, q.conn)
}

// compare stops the writing where a ledger has neither the end that it had
// before the commit nor the one that it was to have after it.
func (q *queue) compare(good []*pending, found []stands) {
	ends := map[int64][2]int64{}
	for _, w := range good {
		end, seen := ends[w.moved.city]
		if !seen {
			end[0] = w.moved.from
		}
		end[1] = w.moved.to
		ends[w.moved.city] = end
	}
	for i, w := range good {
		end := ends[w.moved.city]
		if w.moved.city == 0 || found[i].seq == end[0] || found[i].seq == end[1] {
			continue
		}
		q.stopped = errors.Join(ErrStopped, fmt.Errorf("the ledger of city %d has %d entries instead of %d or %d", w.moved.city, found[i].seq, end[0], end[1]))
		slog.Error("stop writing", "error", q.stopped)
		return
	}
}

package db

import (
	"context"
	"sync"
	"time"

	"luoshi/fault"
)

// visit is one request: what it reads, it reads on one view. A view holds a
// connection of few, so that a visit lets go of it before anything that may take
// long: a write, waiting for what the client sends, sending an answer.
type visit struct {
	d   *DB
	ctx context.Context

	mu    sync.Mutex
	busy  bool // in a read: one within it has a view of its own
	open  *openedView
	began time.Time
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

// Visit gives a context whose reads share a view, and what lets go of it; that
// may be called more than once, and the next read then takes another.
func (d *DB) Visit(ctx context.Context) (context.Context, func()) {
	v := &visit{d: d, ctx: ctx}
	return context.WithValue(ctx, visitKey{}, v), v.leave
}

// Leave lets go of the view of a visit before it waits for something: for a write,
// after which it reads what was written, or for anything slow.
func Leave(ctx context.Context) {
	if v := visitOf(ctx); v != nil {
		v.leave()
	}
}

func (v *visit) free() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return !v.busy
}

func (v *visit) leave() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.open != nil && !v.busy {
		_ = v.open.end() // nothing was asked of it any more
		v.open = nil
	}
}

func (v *visit) read(f func(v *View) error) (err error) {
	o, err := v.take()
	if err != nil {
		return err
	}
	whole := false
	defer func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.busy = false
		// After an error of the database, or a panic, nothing more can be read on it.
		if !whole {
			_ = o.end()
			v.open = nil
		}
	}()
	err = o.run(f)
	whole = err == nil || fault.Of(err) != nil && !fault.Is(err, fault.Busy)
	return err
}

// take gives the view of the visit, or a fresh one where half the time of a read
// is used up.
func (v *visit) take() (*openedView, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.open != nil && time.Since(v.began) > v.d.options.ReadLimit/2 {
		_ = v.open.end()
		v.open = nil
	}
	if v.open == nil {
		o, err := v.d.openView(v.ctx, v.d.options.ReadLimit)
		if err != nil {
			return nil, err
		}
		v.open, v.began = o, time.Now()
	}
	v.busy = true
	return v.open, nil
}

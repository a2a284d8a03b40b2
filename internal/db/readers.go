package db

import (
	"context"
	"errors"
	"sync"
)

// readers are the reading connections of a database. The one that came back last is
// taken next: its statements are prepared and its pages are in memory, and who has few
// readers opens few connections.
type readers struct {
	free chan struct{} // holds as many as there are in idle
	mu   sync.Mutex
	idle []*conn
}

func newReaders(conns []*conn) *readers {
	r := &readers{free: make(chan struct{}, len(conns))}
	for _, c := range conns {
		r.give(c)
	}
	return r
}

// take waits for a connection, and gives none when the waiting ended before.
func (r *readers) take(ctx context.Context) *conn {
	select {
	case <-r.free:
	case <-ctx.Done():
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	last := len(r.idle) - 1
	c := r.idle[last]
	r.idle = r.idle[:last]
	return c
}

func (r *readers) give(c *conn) {
	r.mu.Lock()
	r.idle = append(r.idle, c)
	r.mu.Unlock()
	r.free <- struct{}{}
}

// close ends those on which nobody reads.
func (r *readers) close() error {
	var errs []error
	for len(r.free) > 0 {
		errs = append(errs, r.take(context.Background()).close())
	}
	return errors.Join(errs...)
}

package fault_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"
)

// proxy stands between the program and PostgreSQL, and can do something to the
// next COMMIT of an act when it sees it on the wire.
type proxy struct {
	*testing.T
	listener net.Listener
	server   string // where PostgreSQL is
	all      sync.WaitGroup

	mu      sync.Mutex
	lines   map[*wire]bool
	closed  bool // new connections are turned away
	next    func(w *wire, commit []byte)
	happens chan struct{} // closed when next was done
}

// wire is one connection of the program, and the one to PostgreSQL that goes with it.
type wire struct {
	program, server net.Conn
	acts            bool // it takes the head of a ledger: COMMIT on it is an act's
	muted           bool // what PostgreSQL answers goes nowhere
	heard           chan struct{}
	mu              sync.Mutex
}

// between starts a proxy and gives the address of the database as it is seen through it.
func between(t *testing.T, database string) (p *proxy, through string) {
	t.Helper()
	address, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	p = &proxy{T: t, server: address.Host, lines: map[*wire]bool{}}
	if p.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	p.all.Go(p.serve)
	t.Cleanup(func() {
		p.listener.Close()
		p.cutAll()
		p.all.Wait()
	})
	address.Host = p.listener.Addr().String()
	return p, address.String()
}

func (p *proxy) serve() {
	for {
		program, err := p.listener.Accept()
		if err != nil {
			return // the test is over
		}
		p.mu.Lock()
		closed := p.closed
		p.mu.Unlock()
		if closed {
			program.Close()
			continue
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			p.Error(err)
			program.Close()
			continue
		}
		w := &wire{program: program, server: server, heard: make(chan struct{}, 1)}
		p.mu.Lock()
		p.lines[w] = true
		p.mu.Unlock()
		p.all.Go(func() { p.forward(w) })
		p.all.Go(func() { p.back(w) })
	}
}

// cut ends both sides of a connection.
func (w *wire) cut() {
	w.program.Close()
	w.server.Close()
}

func (p *proxy) cutAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for w := range p.lines {
		w.cut()
	}
}

// unreachable turns everybody away for a time.
func (p *proxy) unreachable(duration time.Duration) {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.cutAll()
	time.AfterFunc(duration, func() {
		p.mu.Lock()
		p.closed = false
		p.mu.Unlock()
	})
}

// atNextCommit sets what is done to the next COMMIT of an act, and waits until it was.
func (p *proxy) atNextCommit(what func(w *wire, commit []byte)) {
	p.Helper()
	happens := make(chan struct{})
	p.mu.Lock()
	p.next, p.happens = what, happens
	p.mu.Unlock()
	select {
	case <-happens:
	case <-time.After(patience):
		p.Fatalf("no act was committed within %v", patience)
	}
}

// forward brings what the program says to PostgreSQL, message by message.
func (p *proxy) forward(w *wire) {
	defer p.end(w)
	said, err := message(w.program, 0) // the greeting has no letter
	for ; err == nil; said, err = message(w.program, 1) {
		if bytes.Contains(said, []byte("UPDATE ledger_head SET seq = seq ")) {
			w.acts = true
		}
		// A text that is sent as it is comes under a Q.
		if w.acts && said[0] == 'Q' && bytes.HasSuffix(said, []byte("COMMIT\x00")) {
			if what, happens := p.take(); what != nil {
				what(w, said)
				close(happens)
				return
			}
		}
		if _, err := w.server.Write(said); err != nil {
			return
		}
	}
}

func (p *proxy) take() (what func(*wire, []byte), happens chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	what, happens = p.next, p.happens
	p.next = nil
	return what, happens
}

func (p *proxy) end(w *wire) {
	w.cut()
	p.mu.Lock()
	delete(p.lines, w)
	p.mu.Unlock()
}

// back brings what PostgreSQL says to the program.
func (p *proxy) back(w *wire) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := w.server.Read(buffer)
		if n > 0 {
			w.mu.Lock()
			muted := w.muted
			w.mu.Unlock()
			if muted {
				select {
				case w.heard <- struct{}{}:
				default:
				}
			} else if _, err := w.program.Write(buffer[:n]); err != nil {
				w.cut()
				return
			}
		}
		if err != nil {
			w.cut()
			return
		}
	}
}

// message reads one message: a letter, where there is one, and a length that
// counts itself.
func message(r io.Reader, letter int) ([]byte, error) {
	head := make([]byte, letter+4)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(head[letter:])
	if length < 4 || length > 64<<20 {
		return nil, errors.New("this is not PostgreSQL's protocol")
	}
	whole := append(head, make([]byte, length-4)...)
	_, err := io.ReadFull(r, whole[letter+4:])
	return whole, err
}

// send gives PostgreSQL what the program had said.
func (w *wire) send(commit []byte) error {
	_, err := w.server.Write(commit)
	return err
}

// mute keeps from the program what PostgreSQL answers.
func (w *wire) mute() {
	w.mu.Lock()
	w.muted = true
	w.mu.Unlock()
}

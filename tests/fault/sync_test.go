package fault_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	diskBroken  = "服务器的磁盘出了错，没有收下。请管理员检查磁盘，再交一次。"
	diskUnknown = "服务器的磁盘出了错，不知道这一次存上了没有。请管理员检查磁盘，再把同一张表交一次：已经存上的不会重复。"
)

// TestSyncFails lets the kernel answer a server at work that what it wrote did not
// reach the disk: for a while always, then now and then. No answer is a lie, also
// not to those who never came back, and not after the server is killed in the
// middle of it. SQLite leaves the pages of a commit that failed where a new start
// finds them.
func TestSyncFails(t *testing.T) {
	c := gather(newHouse(t))
	c.refusals = []string{diskBroken, diskUnknown}
	c.suffer(t, 1, func() {
		for _, when := range []string{"", ":when=1+3"} {
			heal := c.inject("fsync,fdatasync:error=EIO" + when)
			c.refuses()
			c.reads(10)
			c.halt() // strace spoils what is under way when it lets go
			heal()
			c.begin()
			c.works(20)
		}
	})
	for range times(t, 3) {
		if t.Failed() {
			return
		}
		c.begin()
		c.works(10)
		heal := c.inject("fsync,fdatasync:error=EIO")
		c.refuses()
		c.halt()
		c.kill()
		heal()
		c.serve()
		c.reckon()
	}
}

// inject has strace spoil system calls of the running server, until heal is called.
func (h *house) inject(what string) (heal func()) {
	h.Helper()
	const unknown = "an answer is no lie where the disk fails"
	said := &words{}
	cmd := exec.Command("strace", "-f", "-o", os.DevNull, "-e", "trace=fsync,fdatasync", "-e", "inject="+what, "-p", fmt.Sprint(h.server.Process.Pid))
	cmd.Stdout, cmd.Stderr = io.Discard, said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		leftOut(h.T, "strace", err, unknown)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // what it said tells more
		close(ended)
	}()
	over := sync.OnceFunc(func() {
		// It lets go of the server before it ends.
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
			h.Error(err)
		}
		select {
		case <-ended:
		case <-time.After(patience):
			h.Errorf("strace outlived its signal by %v", patience)
		}
	})
	h.Cleanup(over)
	h.poll("strace to take hold", func() bool {
		select {
		case <-ended:
			leftOut(h.T, "leave to use strace on a program that runs", errors.New(said.String()), unknown)
		default:
		}
		return strings.Contains(said.String(), "attached")
	})
	return over
}

// words keeps what a program says while it runs.
type words struct {
	mu   sync.Mutex
	said bytes.Buffer
}

func (w *words) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.said.Write(b)
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.said.String()
}

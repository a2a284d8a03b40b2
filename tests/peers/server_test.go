package peers_test

import (
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// patience is how long a server may take to begin or to end.
const patience = 60 * time.Second

// house gives servers a place to live.
type house struct {
	*testing.T
	disk   string
	luoshi string
}

// temp makes a folder on the disk that is measured.
func (h *house) temp() string {
	h.Helper()
	f, err := os.MkdirTemp(h.disk, "peers-*.part")
	if err != nil {
		h.Fatal(err)
	}
	if !*serverLogs {
		h.Cleanup(func() {
			if err := os.RemoveAll(f); err != nil {
				h.Error(err)
			}
		})
	}
	return f
}

// server is a process that answers on the loopback.
type server struct {
	base   string
	log    string
	client *http.Client
	cmd    *exec.Cmd
	ended  chan struct{}
}

// serve starts a program and waits until it answers at path.
func serve(folder, path string, line func(address string) []string, env ...string) (*server, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := free.Addr().String()
	s := &server{base: "http://" + address, log: filepath.Join(folder, "server.log"), ended: make(chan struct{})}
	log, err := os.Create(s.log)
	if err = errors.Join(err, free.Close()); err != nil {
		return nil, err
	}
	defer log.Close()
	args := line(address)
	s.cmd = exec.Command(args[0], args[1:]...)
	s.cmd.Stdout, s.cmd.Stderr, s.cmd.Env = log, log, append(os.Environ(), env...)
	s.client = &http.Client{
		Timeout:       patience,
		Transport:     &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 256, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = s.cmd.Wait() // that it ended is what counts
		close(s.ended)
	}()
	for late := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if answer, err := s.client.Get(s.base + path); err == nil {
			_ = answer.Body.Close() // only whether it answers is asked
			if answer.StatusCode == http.StatusOK {
				return s, nil
			}
		}
		select {
		case <-s.ended:
			return nil, fmt.Errorf("the server ended as it started:\n%s", s.said())
		default:
		}
		if time.Now().After(late) {
			return s, fmt.Errorf("the server did not answer:\n%s", s.said())
		}
	}
}

func (s *server) said() string {
	b, err := os.ReadFile(s.log)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// stop asks the server to end, and ends it where it does not.
func (s *server) stop() error {
	select {
	case <-s.ended:
		return nil
	default:
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-s.ended:
		return nil
	case <-time.After(patience):
		return errors.Join(fmt.Errorf("the server did not end:\n%s", s.said()), s.cmd.Process.Kill())
	}
}

// countRows counts the rows of a table in a database file.
func countRows(file, table string) (n int64, err error) {
	d, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(10000)&_pragma=query_only(1)")
	if err != nil {
		return 0, err
	}
	err = d.QueryRow("SELECT count(*) FROM " + table).Scan(&n)
	return n, errors.Join(err, d.Close())
}

//go:build linux

// Package postgres gives tests a PostgreSQL of their own: it stands in a folder in
// the temporary files, listens on a free port of this machine, and is gone with them.
package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// patience is how long the server may take to begin or to end before it is given
// up. It is never waited out when all is well.
const patience = time.Minute

// ErrMissing is returned where the machine has no PostgreSQL.
var ErrMissing = errors.New("no PostgreSQL here: install the Debian package postgresql (initdb and postgres are looked for in /usr/lib/postgresql/*/bin and in PATH)")

// Server is a PostgreSQL that nobody else uses. Its methods are called by one at a time.
type Server struct {
	programs programs
	account  *syscall.Credential // as whom it runs; nil: as whoever runs the tests
	folder   string              // holds data and log
	port     int
	durable  bool

	process *exec.Cmd
	ended   chan struct{} // closed when the process is gone; nil before there was one
}

// Option says how a server is to be.
type Option func(*Server)

// Durable makes a commit reach the disk before it is answered, as in earnest. Without it
// the server is faster, and forgets when it is stopped immediately.
func Durable() Option { return func(s *Server) { s.durable = true } }

// Start makes an empty database and serves it.
func Start(options ...Option) (*Server, error) {
	s := &Server{}
	for _, o := range options {
		o(s)
	}
	var err error
	if s.programs, err = findPrograms(); err != nil {
		return nil, err
	}
	if s.account, err = serverAccount(); err != nil {
		return nil, err
	}
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	// Between the choice of a port and its use somebody else may take it.
	for range 3 {
		if s.port, err = freePort(); err != nil {
			break
		}
		if err = s.Again(); err == nil {
			return s, nil
		}
	}
	return nil, errors.Join(err, s.Close())
}

// prepare makes the folder with an empty database in it.
func (s *Server) prepare() (err error) {
	if s.folder, err = os.MkdirTemp("", "luoshi-postgres-"); err != nil {
		return err
	}
	if s.account != nil {
		if err := os.Chown(s.folder, int(s.account.Uid), int(s.account.Gid)); err != nil {
			return err
		}
		if err := openToAll(filepath.Dir(s.folder)); err != nil {
			return err
		}
	}
	made, err := s.command(s.programs.initdb, "-D", s.data(), "-U", "postgres", "-A", "trust",
		"--no-sync", "--locale=C.UTF-8", "-E", "UTF8").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, made)
	}
	return nil
}

// openToAll tells whether another account gets through to a folder.
func openToAll(folder string) error {
	for ; ; folder = filepath.Dir(folder) {
		about, err := os.Stat(folder)
		if err != nil {
			return err
		}
		if about.Mode()&0o001 == 0 {
			return fmt.Errorf("the account postgres does not get into %s; set TMPDIR to a folder that is open to all, as /tmp", folder)
		}
		if folder == filepath.Dir(folder) {
			return nil
		}
	}
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }
func (s *Server) log() string  { return filepath.Join(s.folder, "log") }

// command is run as the server's account, in its folder, and ends with the tests
// however they end: a signal from the keyboard is not for it.
func (s *Server) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Dir = s.folder
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"} // no PGDATA, PGPORT of somebody else's
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.account, Setpgid: true, Pdeathsig: syscall.SIGQUIT}
	return cmd
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// URL is where the server is found, for a driver; the same after Again.
func (s *Server) URL() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

func (s *Server) running() bool {
	if s.ended == nil {
		return false
	}
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
}

// Again serves the database that was stopped, in the same place.
func (s *Server) Again() error {
	if s.running() {
		return errors.New("the server is running")
	}
	log, err := os.OpenFile(s.log(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	about, err := log.Stat()
	if err != nil {
		return err
	}
	args := []string{"-D", s.data(), "-c", "listen_addresses=127.0.0.1", "-c", "port=" + strconv.Itoa(s.port), "-c", "unix_socket_directories="}
	if !s.durable {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
	}
	process := s.command(s.programs.postgres, args...)
	process.Stdout, process.Stderr = log, log
	if err := process.Start(); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	ended := make(chan struct{})
	go func() {
		_ = process.Wait() // how it ended is in the log; a server that was stopped immediately says 2
		close(ended)
	}()
	s.process, s.ended = process, ended
	if err := s.ready(about.Size()); err != nil {
		return errors.Join(err, s.Stop("immediate"))
	}
	return nil
}

// ready waits until the server says so in its log, from a place on.
func (s *Server) ready(from int64) error {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		said, err := os.ReadFile(s.log())
		if err != nil {
			return err
		}
		said = said[min(from, int64(len(said))):]
		if bytes.Contains(said, []byte("ready to accept connections")) {
			return nil
		}
		select {
		case <-look.C:
		case <-s.ended:
			return fmt.Errorf("PostgreSQL did not start:\n%s", said)
		case <-limit.C:
			return fmt.Errorf("PostgreSQL was not ready after %v:\n%s", patience, said)
		}
	}
}

// Stop ends the server as pg_ctl does: "fast" lets it write down what it has,
// "immediate" does not. A server that has ended is left as it is.
func (s *Server) Stop(mode string) error {
	signal, known := map[string]syscall.Signal{"fast": syscall.SIGINT, "immediate": syscall.SIGQUIT}[mode]
	if !known {
		return fmt.Errorf("stop %q: fast or immediate", mode)
	}
	if !s.running() {
		return nil
	}
	if err := s.process.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop PostgreSQL: %w", err)
	}
	within, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	select {
	case <-s.ended:
		return nil
	case <-within.Done():
	}
	err := syscall.Kill(-s.process.Process.Pid, syscall.SIGKILL)
	<-s.ended
	return errors.Join(fmt.Errorf("PostgreSQL did not stop within %v and was killed", patience), err)
}

// Close stops the server where it runs, and removes its folder.
func (s *Server) Close() error {
	err := s.Stop("fast")
	if s.folder != "" {
		err = errors.Join(err, os.RemoveAll(s.folder))
	}
	return err
}

type programs struct{ initdb, postgres string }

// findPrograms takes the newest PostgreSQL of Debian, or else what PATH has.
func findPrograms() (programs, error) {
	folders, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return programs{}, err
	}
	newest, found := 0, programs{}
	for _, folder := range folders {
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
		p := programs{filepath.Join(folder, "initdb"), filepath.Join(folder, "postgres")}
		if err == nil && version > newest && isThere(p.initdb) && isThere(p.postgres) {
			newest, found = version, p
		}
	}
	if newest > 0 {
		return found, nil
	}
	initdb, noInitdb := exec.LookPath("initdb")
	server, noServer := exec.LookPath("postgres")
	if noInitdb != nil || noServer != nil {
		return programs{}, ErrMissing
	}
	return programs{initdb, server}, nil
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// serverAccount is whom PostgreSQL runs as: it refuses to be root.
func serverAccount() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root, and its own account is missing, which the Debian package postgresql makes: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("account postgres: %w", err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("account postgres: %w", err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

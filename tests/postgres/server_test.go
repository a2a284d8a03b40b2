//go:build linux

package postgres

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

func start(t *testing.T, options ...Option) *Server {
	t.Helper()
	s, err := Start(options...)
	if errors.Is(err, ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// ask runs a query of one value on a new connection.
func ask(t *testing.T, s *Server, query string) (answer string, err error) {
	t.Helper()
	pool, err := sql.Open("pgx", s.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	within, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	err = pool.QueryRowContext(within, query).Scan(&answer)
	return answer, err
}

func TestServerKeepsItsDataAndLeavesNothing(t *testing.T) {
	s := start(t, Durable())
	at, folder := s.URL(), s.folder
	if got, err := ask(t, s, "SHOW fsync"); got != "on" || err != nil {
		t.Errorf("fsync = %q (%v)", got, err)
	}
	if got, err := ask(t, s, "CREATE TABLE note (id BIGINT); INSERT INTO note VALUES (7) RETURNING id"); err == nil {
		t.Errorf("two statements in one text gave %q", got)
	}
	for _, statement := range []string{"CREATE TABLE note AS SELECT 7 AS id", "INSERT INTO note VALUES (8)"} {
		if _, err := ask(t, s, statement); err != nil && !errors.Is(err, sql.ErrNoRows) {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	for _, mode := range []string{"immediate", "fast"} {
		first := s.process.Process.Pid
		if err := s.Again(); err == nil {
			t.Error("a second server began in the same folder")
		}
		if err := s.Stop(mode); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(first, 0); !errors.Is(err, syscall.ESRCH) {
			t.Errorf("%s: the process is there: %v", mode, err)
		}
		if _, err := ask(t, s, "SELECT 1"); err == nil {
			t.Errorf("%s: it still answers", mode)
		}
		if err := s.Again(); err != nil {
			t.Fatal(err)
		}
		if got, err := ask(t, s, "SELECT SUM(id) FROM note"); got != "15" || err != nil {
			t.Errorf("after %s: sum %q (%v)", mode, got, err)
		}
	}
	if s.URL() != at {
		t.Errorf("it moved from %s to %s", at, s.URL())
	}
	if len(processesNaming(t, folder)) == 0 {
		t.Error("its process is not found while it runs: the search is broken")
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	gone(t, folder)
}

func TestServerIsFastUnlessToldOtherwise(t *testing.T) {
	s := start(t)
	for setting, want := range map[string]string{"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
		"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "server_encoding": "UTF8", "lc_collate": "C.UTF-8"} {
		if got, err := ask(t, s, "SHOW "+setting); got != want || err != nil {
			t.Errorf("%s = %q, want %q (%v)", setting, got, want, err)
		}
	}
	if err := s.Stop("smart"); err == nil {
		t.Error("an unknown mode of stopping is taken")
	}
}

// gone fails the test where a process names the folder, or the folder is there.
func gone(t *testing.T, folder string) {
	t.Helper()
	if left := processesNaming(t, folder); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is there: %v", err)
	}
}

// processesNaming gives the command lines in which a text stands, those of zombies apart: they have none.
func processesNaming(t *testing.T, text string) (all []string) {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil || len(lines) == 0 {
		t.Fatalf("%d processes: %v", len(lines), err)
	}
	for _, path := range lines {
		line, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(line), text) { // an error: it has just ended
			all = append(all, strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return all
}

// with builds the program, and runs it beside temporary files of its own.
func with(t *testing.T, program string, args ...string) (cmd *exec.Cmd, temporary string) {
	t.Helper()
	temporary, err := os.MkdirTemp("", "luoshi-with-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(temporary) })
	if err := os.Chmod(temporary, 0o755); err != nil { // PostgreSQL's own account must get through
		t.Fatal(err)
	}
	cmd = exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temporary)
	return cmd, temporary
}

func buildWith(t *testing.T) string {
	t.Helper()
	if _, err := findPrograms(); err != nil {
		t.Skip(err)
	}
	program := filepath.Join(t.TempDir(), "with")
	if out, err := exec.Command("go", "build", "-o", program, "./with").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// nothingIn fails the test where a folder holds something that a server left.
func nothingIn(t *testing.T, temporary string) {
	t.Helper()
	left, err := os.ReadDir(temporary)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
	if processes := processesNaming(t, temporary); len(processes) > 0 {
		t.Errorf("left behind: %q", processes)
	}
}

func TestWithEndsAsTheCommand(t *testing.T) {
	program := buildWith(t)
	for name, c := range map[string]struct {
		command []string
		code    int
		says    string
	}{
		"good":       {[]string{"sh", "-c", "echo $LUOSHI_TEST_POSTGRES"}, 0, "postgres://postgres@127.0.0.1:"},
		"bad":        {[]string{"sh", "-c", "exit 7"}, 7, ""},
		"killed":     {[]string{"sh", "-c", "kill -9 $$"}, 137, ""},
		"no command": {[]string{}, 2, "usage"},
		"not there":  {[]string{"/no/such/program"}, 1, "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd, temporary := with(t, program, c.command...)
			out, _ := cmd.CombinedOutput() // the code says more
			if cmd.ProcessState.ExitCode() != c.code || !strings.Contains(string(out), c.says) {
				t.Errorf("exit %d, want %d:\n%s", cmd.ProcessState.ExitCode(), c.code, out)
			}
			nothingIn(t, temporary)
		})
	}
}

// However With is ended, no server outlives it, nor the command. Only where it is
// killed outright does the folder stay.
func TestWithLeavesNoServerWhenItIsEnded(t *testing.T) {
	program := buildWith(t)
	for name, c := range map[string]struct {
		signal syscall.Signal
		parent bool // end the program that runs it, as `go run` does
		code   int
	}{
		"interrupted":           {signal: syscall.SIGINT, code: 128 + 2},
		"asked to end":          {signal: syscall.SIGTERM, code: 128 + 15},
		"its parent is killed":  {signal: syscall.SIGKILL, parent: true, code: -1},
		"its parent is ended":   {signal: syscall.SIGTERM, parent: true, code: -1},
		"it is killed outright": {signal: syscall.SIGKILL, code: -1},
	} {
		t.Run(name, func(t *testing.T) {
			outright := c.signal == syscall.SIGKILL && !c.parent
			script := "sleep 600 & echo $LUOSHI_TEST_POSTGRES; wait"
			if outright { // the command learns of it, what the command started does not
				script = "echo $LUOSHI_TEST_POSTGRES; exec sleep 600"
			}
			command := []string{program, "sh", "-c", script}
			if c.parent {
				command = append([]string{"sh", "-c", `"$@"; true`, "sh"}, command...)
			}
			cmd, temporary := with(t, command[0], command[1:]...)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			said := bufio.NewReader(out)
			line, err := said.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			server, err := url.Parse(strings.TrimSpace(line))
			if err != nil {
				t.Fatal(err)
			}
			if !listens(server.Host) {
				t.Fatalf("nothing listens at %s", server.Host)
			}
			if err := cmd.Process.Signal(c.signal); err != nil {
				t.Fatal(err)
			}
			// It ends when all that could write to it have ended: With and the command.
			if _, err := io.Copy(io.Discard, said); err != nil {
				t.Error(err)
			}
			_ = cmd.Wait() // the code says more
			if code := cmd.ProcessState.ExitCode(); code != c.code {
				t.Errorf("exit %d, want %d", code, c.code)
			}
			for began := time.Now(); len(processesNaming(t, temporary)) > 0 && time.Since(began) < patience; {
				time.Sleep(20 * time.Millisecond) // a server whose With was killed ends a moment later
			}
			if listens(server.Host) {
				t.Errorf("something listens at %s", server.Host)
			}
			if !outright {
				nothingIn(t, temporary)
			}
		})
	}
}

func listens(host string) bool {
	c, err := net.DialTimeout("tcp", host, time.Second)
	if err != nil {
		return false
	}
	_ = c.Close() // it was only knocked
	return true
}

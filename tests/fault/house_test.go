// Package fault_test does to a running Luoshi what the world does to it: it is
// killed in the middle of work, and is sent what nobody should send. The program
// is used as people use it, through its command line and its pages.
package fault_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long anything may take before the test gives up on it. It is
// never waited out when all is well.
const patience = 60 * time.Second

var program struct {
	once sync.Once
	path string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if program.path != "" {
		if err := os.RemoveAll(filepath.Dir(program.path)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// luoshi builds the program, once for all tests.
func luoshi(t *testing.T) string {
	t.Helper()
	program.once.Do(func() {
		folder, err := os.MkdirTemp("", "luoshi-fault-")
		if err != nil {
			program.err = err
			return
		}
		if err := os.Chmod(folder, 0o755); err != nil { // other accounts run it too
			program.err = err
			return
		}
		program.path = filepath.Join(folder, "luoshi")
		if out, err := exec.Command("go", "build", "-o", program.path, "luoshi/cmd/luoshi").CombinedOutput(); err != nil {
			program.err = fmt.Errorf("build: %w\n%s", err, out)
		}
	})
	if program.err != nil {
		t.Fatal(program.err)
	}
	return program.path
}

// house is a city in a folder, the server in front of it, and a browser that
// keeps its cookies while servers come and go.
type house struct {
	*testing.T
	data     string
	database string              // address of its PostgreSQL; empty: SQLite in the folder
	account  *syscall.Credential // as whom the program runs; nil: as whoever runs the tests
	log      string              // what the servers said, one after the other
	link     string              // path of the administrator's one-time link
	base     string
	browser  *http.Client
	server   *exec.Cmd
	ended    chan struct{} // closed when the server is gone
}

// newHouse begins a city. Nothing serves it yet.
func newHouse(t *testing.T) *house {
	t.Helper()
	return newHouseIn(t, filepath.Join(t.TempDir(), "data"), "", nil)
}

// newHouseIn begins a city in a folder of the caller's, on a database and as an account.
func newHouseIn(t *testing.T, data, database string, account *syscall.Credential) *house {
	t.Helper()
	h := &house{T: t, data: data, database: database, account: account, log: filepath.Join(t.TempDir(), "serve.log"), browser: newBrowser(t)}
	out, code := h.run("init", append(h.place(), "--city", "安澜市")...)
	found := regexp.MustCompile(`http://[^/\s]+(/office/link/\S+)`).FindStringSubmatch(out)
	if code != 0 || found == nil {
		t.Fatalf("init: exit %d, and no link in:\n%s", code, out)
	}
	h.link = found[1]
	t.Cleanup(h.kill)
	return h
}

func newBrowser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{
		Jar:           jar,
		Timeout:       patience,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 32},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// place says on the command line where the city lives.
func (h *house) place() []string {
	if h.database == "" {
		return []string{"--data", h.data}
	}
	return []string{"--data", h.data, "--database", h.database}
}

// run runs a command of the program to its end.
func (h *house) run(command string, args ...string) (out string, code int) {
	h.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*patience)
	defer cancel()
	args = append([]string{command}, args...)
	cmd := exec.CommandContext(ctx, luoshi(h.T), args...)
	cmd.Env = append(os.Environ(), "LC_ALL=", "LANG=zh_CN.UTF-8")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: h.account}
	b, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		h.Fatalf("luoshi %s: %v", strings.Join(args, " "), errors.Join(err, ctx.Err()))
	}
	return string(b), cmd.ProcessState.ExitCode()
}

// launch starts a server and does not wait for it. before stands in front of
// the command line, for a program that watches the server.
func (h *house) launch(before ...string) {
	h.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.Fatal(err)
	}
	address := free.Addr().String()
	log, err := os.OpenFile(h.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err = errors.Join(err, free.Close()); err != nil {
		h.Fatal(err)
	}
	defer log.Close()
	line := append(before, luoshi(h.T), "serve", "--data", h.data, "--listen", address)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Stdout, cmd.Stderr = log, log
	if h.database != "" {
		cmd.Env = append(os.Environ(), "LUOSHI_DATABASE="+h.database)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: h.account} // a group, so that watcher and server get one signal
	if err := cmd.Start(); err != nil {
		h.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // how it ended is what the tests find out by asking
		close(ended)
	}()
	h.base, h.server, h.ended = "http://"+address, cmd, ended
}

// serve starts a server and waits until it answers.
func (h *house) serve(before ...string) {
	h.Helper()
	h.launch(before...)
	h.poll("the server to answer", func() bool {
		select {
		case <-h.ended:
			h.Fatalf("the server ended as it started:\n%s", h.said())
		default:
		}
		answer, err := h.browser.Get(h.base + "/")
		if err != nil {
			return false
		}
		_ = answer.Body.Close() // only whether it answers is asked
		return true
	})
}

// poll asks again and again until yes, and gives up in the end.
func (h *house) poll(what string, yes func() bool) {
	h.Helper()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	late := time.After(patience)
	for !yes() {
		select {
		case <-again.C:
		case <-late:
			h.Fatalf("waited %v for %s:\n%s", patience, what, h.said())
		}
	}
}

// kill ends the server as a power cut ends a process: it is not asked.
func (h *house) kill() { h.signal(syscall.SIGKILL) }

// stop asks the server to end.
func (h *house) stop() { h.signal(syscall.SIGTERM) }

func (h *house) signal(s syscall.Signal) {
	h.Helper()
	if h.server == nil {
		return
	}
	if err := syscall.Kill(-h.server.Process.Pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
		h.Errorf("signal the server: %v", err)
	}
	select {
	case <-h.ended:
	case <-time.After(patience):
		h.Errorf("the server outlived %v by %v", s, patience)
	}
	h.server = nil
	h.browser.CloseIdleConnections()
}

// said is the log of the servers.
func (h *house) said() string {
	b, err := os.ReadFile(h.log)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// quiet fails the test where a server logged a fault of its own.
func (h *house) quiet() {
	h.Helper()
	for _, line := range strings.Split(h.said(), "\n") {
		if strings.Contains(line, "ERROR") || strings.Contains(line, "panic") {
			h.Errorf("the server logged: %s", line)
		}
	}
}

// unbroken fails the test where a server panicked: it may log what went wrong
// outside of it, and must not fall over it.
func (h *house) unbroken() {
	h.Helper()
	for _, line := range strings.Split(h.said(), "\n") {
		if strings.Contains(line, "panic") || strings.Contains(line, "fatal error") {
			h.Errorf("the server logged: %s", line)
		}
	}
}

// leftOut says aloud that a test is not made here, and what nobody shows now.
func leftOut(t *testing.T, needs string, why error, unknown string) {
	t.Helper()
	said := fmt.Sprintf("LEFT OUT: %s needs %s (%v). Nothing now shows that %s.", t.Name(), needs, why, unknown)
	fmt.Fprintln(os.Stderr, said)
	t.Skip(said)
}

// times is how often a test lets its fault happen; LUOSHI_FAULT_ROUNDS sets it.
func times(t *testing.T, usual int) int {
	return number(t, "LUOSHI_FAULT_ROUNDS", usual)
}

// number is what a variable of the environment says, or what is usual.
func number(t *testing.T, variable string, usual int) int {
	t.Helper()
	s := os.Getenv(variable)
	if s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("%s=%q", variable, s)
	}
	return n
}

// answer is what came back.
type answer struct {
	status int
	to     string // where it sends the reader
	page   string
}

// request does one exchange. It may be called by several at once.
func (h *house) request(method, path, kind string, body io.Reader) (answer, error) {
	r, err := http.NewRequest(method, h.base+path, body)
	if err != nil {
		return answer{}, err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	response, err := h.browser.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header.Get("Location"), string(page)}, err
}

func (h *house) send(path string, form url.Values) (answer, error) {
	return h.request(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// read gets a page that must be there.
func (h *house) read(path string) string {
	h.Helper()
	a, err := h.request(http.MethodGet, path, "", nil)
	if err != nil || a.status != http.StatusOK {
		h.Fatalf("GET %s: %d %v\n%s", path, a.status, err, h.said())
	}
	return a.page
}

// enter sets the administrator's password, which also signs in.
func (h *house) enter() {
	h.Helper()
	h.enterAs("wanlan")
}

// enterAs uses the one-time link under a name.
func (h *house) enterAs(name string) {
	h.Helper()
	const password = "渔火照着晒书的石板路"
	a, err := h.send(h.link, url.Values{"login_name": {name}, "password": {password}, "again": {password}})
	if err != nil || a.status != http.StatusSeeOther {
		h.Fatalf("set the password: %d %v\n%s", a.status, err, a.page)
	}
}

// outbox is a folder into which the program may write.
func (h *house) outbox() string {
	h.Helper()
	if h.account == nil {
		return h.TempDir()
	}
	folder := openFolder(h.T)
	if err := os.Chown(folder, int(h.account.Uid), int(h.account.Gid)); err != nil {
		h.Fatal(err)
	}
	return folder
}

// verify exports the city and has the export checked, by the program's own
// checker that shares no code with the writer.
func (h *house) verify() {
	h.Helper()
	out := filepath.Join(h.outbox(), "export")
	if said, code := h.run("export", append(h.place(), out)...); code != 0 {
		h.Fatalf("export: exit %d\n%s", code, said)
	}
	// 3: good, but no checkpoint kept from an earlier day vouches for it.
	if said, code := h.run("verify", out, "--key", filepath.Join(h.data, "keys", "ledger.pub")); code != 0 && code != 3 {
		h.Fatalf("verify: exit %d\n%s", code, said)
	}
	if err := os.RemoveAll(out); err != nil {
		h.Error(err)
	}
}

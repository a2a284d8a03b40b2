// Package browser_test looks at Luoshi's pages the way people do, through a
// real browser: whether they can be read, reached by key, fit a small screen,
// work without script, are light, and print. The program is built and served;
// nothing here knows more of it than its command line and its pages.
package browser_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long one step may take before a test gives up on it. It is
// never waited out when all is well. Printing a plan takes three seconds of a machine
// that does nothing else.
const patience = 2 * time.Minute

// today is the day the sample city lives in.
const today = "2012-04-19"

// The people of the sample city who act here, by the name that serve prints.
const (
	administrator = "方晓舟"
	clerk         = "周明远"
	director      = "顾海川"
)

// world is what all tests share: the program, the sample, the browser.
var world struct {
	once    sync.Once
	err     error
	folder  string
	browser context.Context
	undo    []func() error
}

func TestMain(m *testing.M) {
	code := m.Run()
	for i := len(world.undo) - 1; i >= 0; i-- {
		if err := world.undo[i](); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// chromium finds the browser, under the names that systems give it: first the one
// without windows, which draws the same pages in half the time.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("NOT TESTED: no chromium on this machine, so no page was looked at. Debian: apt-get install chromium fonts-noto-cjk")
	return ""
}

// open builds the program, makes the sample and starts the browser, once.
func open(t *testing.T) {
	t.Helper()
	path := chromium(t)
	world.once.Do(func() { world.err = begin(path) })
	if world.err != nil {
		t.Fatal(world.err)
	}
}

func begin(chromium string) (err error) {
	if world.folder, err = os.MkdirTemp("", "luoshi-browser-"); err != nil {
		return err
	}
	world.undo = append(world.undo, func() error { return os.RemoveAll(world.folder) })
	ctx, cancel := context.WithCancel(context.Background())
	built := make(chan error, 1)
	go func() {
		built <- errors.Join(run("go", "build", "-o", inside("luoshi"), "luoshi/cmd/luoshi"), run(inside("luoshi"), "sample", "--data", inside("sample"), "--date", today))
	}()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.UserDataDir(inside("profile")),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("font-render-hinting", "none"))
	allocator, release := chromedp.NewExecAllocator(ctx, options...)
	world.browser, _ = chromedp.NewContext(allocator)
	world.undo = append(world.undo, func() error {
		err := chromedp.Cancel(world.browser)
		release()
		cancel()
		return err
	})
	started := make(chan error, 1)
	go func() { started <- chromedp.Do(world.browser) }()
	select {
	case err = <-started:
	case <-time.After(patience):
		err = errors.New("the browser did not start")
	}
	return errors.Join(err, <-built)
}

func inside(name string) string { return filepath.Join(world.folder, name) }

// inChinese is the environment in which the program says Chinese.
func inChinese() []string { return append(os.Environ(), "LC_ALL=", "LANG=zh_CN.UTF-8") }

func run(name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*patience) // a first build takes a while
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = inChinese()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, out)
	}
	return nil
}

// city is a sample city of its own, being served.
type city struct {
	base    string
	links   map[string]string // one-time links of its people
	folder  string
	address string
	cmd     *exec.Cmd
	ended   chan error
}

var greeting = regexp.MustCompile(`^\s+(\S+)（.*）\s+http://[^/]+(/\S+)$`)

// serve opens a fresh copy of the sample city.
func serve(t *testing.T) *city {
	t.Helper()
	open(t)
	folder, err := os.MkdirTemp(world.folder, "city-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(folder, os.DirFS(inside("sample"))); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &city{folder: folder, address: free.Addr().String()}
	c.base = "http://" + c.address
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	c.start(t)
	t.Cleanup(func() { c.stop(t) })
	return c
}

// start begins to serve the city, at the same address each time.
func (c *city) start(t *testing.T) {
	t.Helper()
	cmd := exec.Command(inside("luoshi"), "serve", "--data", c.folder, "--listen", c.address)
	cmd.Env, cmd.Stderr = inChinese(), os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	c.cmd, c.ended, c.links = cmd, ended, map[string]string{} // each start makes new links
	greeted := make(chan error, 1)
	go func() {
		greeted <- c.greeted(out)
		_, _ = io.Copy(io.Discard, out)
		ended <- cmd.Wait()
	}()
	select {
	case err = <-greeted:
	case <-time.After(patience):
		err = errors.New("serve said nothing")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// greeted reads what serve says until the people that are wanted were named.
func (c *city) greeted(out io.Reader) error {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := greeting.FindStringSubmatch(lines.Text()); m != nil {
			c.links[m[1]] = m[2]
		}
		if c.links[administrator] != "" && c.links[clerk] != "" && c.links[director] != "" && c.links[head] != "" && c.links[keeper] != "" {
			return nil
		}
	}
	return errors.Join(fmt.Errorf("serve ended before it named its people: %v", c.links), lines.Err())
}

func (c *city) stop(t *testing.T) {
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Log(err)
	}
	select {
	case err := <-c.ended:
		if err != nil {
			t.Errorf("serve: %v", err)
		}
	case <-time.After(patience):
		t.Error("serve did not end")
		if err := c.cmd.Process.Kill(); err != nil {
			t.Log(err)
		}
	}
}

package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"
)

// limits bound a program.
type limits struct {
	within time.Duration // on the clock; a process may also use so much of a processor
	memory int           // bytes of addresses of a process
	file   int           // bytes of a file that it writes
}

// errFailed is a program that ended by itself and said that it failed, or fell.
var errFailed = errors.New("the program failed")

// errFlood is a program that says more than anybody reads.
var errFlood = errors.New("the program says too much")

// findProgram gives the path of the first program that is installed, or "".
func findProgram(names ...string) string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// folderName begins the names of the folders of programs.
const folderName = "luoshi-convert-"

// newFolder makes a folder for a program, which its owner alone can read. Those
// that were left behind where the power went are removed on the way.
func newFolder() (path string, remove func(), err error) {
	old, _ := filepath.Glob(filepath.Join(os.TempDir(), folderName+"*"))
	for _, o := range old {
		if info, err := os.Lstat(o); err == nil && info.IsDir() && time.Since(info.ModTime()) > time.Hour {
			_ = os.RemoveAll(o) // another user's stays
		}
	}
	path, err = os.MkdirTemp("", folderName)
	if err != nil {
		return "", nil, fmt.Errorf("convert: %w", err)
	}
	return path, func() { _ = os.RemoveAll(path) }, nil
}

// shell sets the limits and becomes the program. A system that knows one of the
// limits not at all goes on without it.
const shell = `{ ulimit -c 0; ulimit -t "$1"; ulimit -v "$2"; ulimit -f "$3"; } 2>/dev/null; shift 3; exec "$@"`

// command is the program within its limits; without a shell only the time is one.
func command(ctx context.Context, l limits, program string, args []string) *exec.Cmd {
	sh := "/bin/sh"
	if _, err := os.Stat(sh); err != nil {
		return exec.CommandContext(ctx, program, args...)
	}
	given := []string{"-c", shell, "sh",
		strconv.Itoa(int(l.within.Seconds()) + 1), strconv.Itoa(l.memory >> 10), strconv.Itoa(l.file >> 9), program}
	return exec.CommandContext(ctx, sh, append(given, args...)...)
}

// apart asks for what not every system gives: see confine. Tests do without it.
var apart = true

// run runs a program in its folder and gives the beginning of what it said. When
// it returns, the program and all that it started are gone.
func run(ctx context.Context, folder string, l limits, program string, args ...string) (string, error) {
	// Linux ends the program when the thread that started it ends.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	within, cancel := context.WithTimeout(ctx, l.within)
	defer cancel()
	flooded, stop := context.WithCancelCause(within)
	defer stop(nil)
	said := &voice{full: func() { stop(errFlood) }}
	start := func(apart bool) (*exec.Cmd, error) {
		c := command(flooded, l, program, args)
		c.Dir, c.Env, c.Stdout, c.Stderr = folder, environment(folder), said, said
		c.WaitDelay = 500 * time.Millisecond
		c.Cancel = func() error { return end(c) }
		confine(c, apart)
		return c, c.Start()
	}
	c, err := start(apart)
	if err != nil && ctx.Err() == nil {
		c, err = start(false)
	}
	if err != nil {
		return "", fmt.Errorf("convert: %w", err)
	}
	err = c.Wait()
	_ = end(c) // what it left running
	var left *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case within.Err() != nil:
		return "", errSlow(l.within)
	case context.Cause(flooded) == errFlood:
		return "", ErrHeavy
	case errors.As(err, &left):
		if code := left.ExitCode(); code < 0 || code > 128 { // by a signal: a limit, or a fault of the program
			return "", ErrHeavy
		}
		return said.String(), errFailed
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		return "", fmt.Errorf("convert: %w", err)
	}
	return said.String(), nil
}

// environment is all that a program is told of the machine.
func environment(folder string) []string {
	out := []string{"HOME=" + folder, "TMPDIR=" + folder, "TEMP=" + folder, "TMP=" + folder, "LC_ALL=C.UTF-8", "SAL_USE_VCLPLUGIN=svp"}
	for _, name := range []string{"PATH", "SystemRoot"} {
		if v, ok := os.LookupEnv(name); ok {
			out = append(out, name+"="+v)
		}
	}
	return out
}

const (
	mostSaid  = 1 << 20 // bytes that a program may say
	mostHeard = 4 << 10 // and those that are kept
)

// voice hears what a program says.
type voice struct {
	mu    sync.Mutex
	heard bytes.Buffer
	bytes int
	full  func()
}

func (v *voice) Write(p []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.heard.Write(p[:min(len(p), mostHeard-v.heard.Len())])
	if v.bytes += len(p); v.bytes > mostSaid {
		v.full()
	}
	return len(p), nil
}

func (v *voice) String() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.heard.String()
}

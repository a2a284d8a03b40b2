//go:build linux

// With runs a command beside a PostgreSQL of its own:
//
//	go run ./tests/postgres/with [-durable] go test ./internal/db
//
// The command finds it in LUOSHI_TEST_POSTGRES. With ends as the command does, and
// leaves neither server nor folder behind; only killed outright it leaves the folder.
// `go run` itself says 1 for every code but 0, and heeds SIGINT only where its whole
// group gets it, as from the keyboard; who needs more builds With first.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"luoshi/tests/postgres"
)

const (
	failed      = 1
	misused     = 2
	signalled   = 128              // and the number of the signal, as the shell says it
	lastWarning = 10 * time.Second // from the signal to the end of a command that does not heed it
)

func main() {
	// Where `go run` is ended, nobody else tells this program.
	if _, _, err := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGTERM), 0); err != 0 {
		fmt.Fprintln(os.Stderr, "with:", err)
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)

	durable := flag.Bool("durable", false, "a commit reaches the disk before it is answered")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: with [-durable] COMMAND [ARGUMENT ...]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(misused)
	}
	var options []postgres.Option
	if *durable {
		options = append(options, postgres.Durable())
	}
	code, err := run(signals, options, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "with:", err)
	}
	os.Exit(code)
}

// run gives the exit code of the command. An error beside it is of the server.
func run(signals <-chan os.Signal, options []postgres.Option, command []string) (code int, err error) {
	server, err := postgres.Start(options...)
	if err != nil {
		return failed, err
	}
	defer func() {
		if end := server.Close(); end != nil {
			err = errors.Join(err, end)
			code = max(code, failed)
		}
	}()
	select {
	case s := <-signals: // while the server started
		return signalled + int(s.(syscall.Signal)), nil
	default:
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "LUOSHI_TEST_POSTGRES="+server.URL())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	// A group of its own, so that a signal reaches the tests that `go test` started,
	// from the keyboard or not, and once.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if err := cmd.Start(); err != nil {
		return failed, err
	}
	return wait(signals, cmd)
}

// wait passes signals on to the command's group; one that does not end then is killed.
func wait(signals <-chan os.Signal, cmd *exec.Cmd) (int, error) {
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	group := -cmd.Process.Pid
	var last <-chan time.Time
	for {
		select {
		case err := <-ended:
			if last != nil {
				_ = syscall.Kill(group, syscall.SIGKILL) // what the command left behind; often nothing
			}
			return exitCode(cmd, err)
		case s := <-signals:
			if last == nil {
				last = time.After(lastWarning)
			}
			_ = syscall.Kill(group, s.(syscall.Signal)) // it may have ended just now
		case <-last:
			_ = syscall.Kill(group, syscall.SIGKILL)
		}
	}
}

func exitCode(cmd *exec.Cmd, err error) (int, error) {
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return failed, err
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return signalled + int(status.Signal()), nil
	}
	return cmd.ProcessState.ExitCode(), nil
}

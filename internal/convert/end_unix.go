//go:build unix

package convert

import (
	"os/exec"
	"syscall"
)

// end kills a program and its group.
func end(c *exec.Cmd) error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }

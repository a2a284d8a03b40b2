//go:build unix && !linux

package convert

import (
	"os/exec"
	"syscall"
)

// confine gives a program a group of its own.
func confine(c *exec.Cmd, _ bool) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

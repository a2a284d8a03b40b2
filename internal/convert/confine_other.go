//go:build !unix

package convert

import "os/exec"

// confine has nothing to do where there are no groups of processes.
func confine(*exec.Cmd, bool) {}

// end kills a program, but not what it started.
func end(c *exec.Cmd) error { return c.Process.Kill() }

package convert

import (
	"os"
	"os/exec"
	"syscall"
)

// confine gives a program a group of its own, which ends with us. Apart, it also
// gets a network that leads nowhere, no rights of an administrator, and a number
// space of processes, so that nothing it starts can outlive it; some systems do not
// allow that to everybody.
func confine(c *exec.Cmd, apart bool) {
	a := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if apart {
		a.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWPID | syscall.CLONE_NEWIPC
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Geteuid(), Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getegid(), Size: 1}}
	}
	c.SysProcAttr = a
}

// nobody is what a program takes itself for.
const nobody = 1000

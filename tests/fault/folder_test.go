package fault_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// nobody is an account that may do nothing in particular.
var nobody = &syscall.Credential{Uid: 65534, Gid: 65534, NoSetGroups: true}

// asRoot leaves a test out where it may not do what only root may.
func asRoot(t *testing.T, unknown string) {
	t.Helper()
	if os.Getuid() != 0 {
		leftOut(t, "root", fmt.Errorf("the tests run as %d", os.Getuid()), unknown)
	}
}

// openFolder is a temporary folder that other accounts can get into.
func openFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "luoshi-fault-")
	if err == nil {
		t.Cleanup(func() { os.RemoveAll(folder) })
		err = os.Chmod(folder, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// mounted mounts a small disk on a folder of its own, until the end of the test;
// anew takes it off and mounts it again.
func mounted(t *testing.T, unknown string, args ...string) (folder string, anew func()) {
	t.Helper()
	asRoot(t, unknown)
	folder = filepath.Join(openFolder(t), "disk")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := command("mount", append(args, folder)...); err != nil {
		leftOut(t, "leave to mount a disk", err, unknown)
	}
	t.Cleanup(func() {
		if err := command("umount", folder); err != nil {
			t.Error(err)
		}
	})
	return folder, func() {
		if err := errors.Join(command("umount", folder), command("mount", append(args, folder)...)); err != nil {
			t.Fatal(err)
		}
	}
}

// inMemory mounts a disk in memory.
func inMemory(t *testing.T, megabytes int, unknown string) (folder string) {
	t.Helper()
	folder, _ = mounted(t, unknown, "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm,mode=755", megabytes), "tmpfs")
	return folder
}

// inFile mounts a disk that lies in a file and has a file system as servers have it.
func inFile(t *testing.T, megabytes int64, unknown string) (folder string, anew func()) {
	t.Helper()
	asRoot(t, unknown)
	file := filepath.Join(t.TempDir(), "disk")
	f, err := os.Create(file)
	if err == nil {
		if err = f.Truncate(megabytes << 20); err == nil {
			err = f.Close()
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := command("mkfs.ext4", "-q", file); err != nil {
		leftOut(t, "mkfs.ext4", err, unknown)
	}
	return mounted(t, unknown, "-o", "loop", file)
}

// command runs a tool of the system.
func command(name string, args ...string) error {
	said, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %q: %w: %s", name, args, err, said)
	}
	return nil
}

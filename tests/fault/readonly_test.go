package fault_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

const readOnly = "服务器的数据文件夹不能写，没有收下。请管理员检查磁盘和文件夹的权限，再交一次。"

// TestStartWithoutLeaveToWrite starts the program on folders that it may not
// write. It says so in a sentence and names the place, and ends with 1.
func TestStartWithoutLeaveToWrite(t *testing.T) {
	const unknown = "a start on a folder that cannot be written says so"
	asRoot(t, unknown)
	folder := openFolder(t)
	of := func(name string) string { return filepath.Join(folder, name) }
	for _, name := range []string{"closed", "readable", "file", "keys"} {
		city := newHouseIn(t, of(name), "", nil)
		city.data = of(name)
	}
	may := func(mode os.FileMode, owner *syscall.Credential, paths ...string) {
		for _, path := range paths {
			if err := errors.Join(os.Chmod(path, mode), os.Chown(path, int(owner.Uid), int(owner.Gid))); err != nil {
				t.Fatal(err)
			}
		}
	}
	root := &syscall.Credential{}
	may(0o755, root, of("readable"))
	may(0o644, root, of("readable/luoshi.sqlite"))
	may(0o700, nobody, of("file"), of("file/blob"), of("file/keys"), of("keys"), of("keys/blob"), of("keys/keys"))
	may(0o600, nobody, of("keys/luoshi.sqlite"), of("keys/keys/ledger.pub"), of("file/keys/ledger.key"), of("file/keys/ledger.pub"), of("file/keys/personal.key"))
	may(0o644, root, of("file/luoshi.sqlite"))
	disk := inMemory(t, 16, unknown)
	newHouseIn(t, filepath.Join(disk, "city"), "", nil)
	if err := command("mount", "-o", "remount,ro", disk); err != nil {
		t.Fatal(err)
	}
	const permission = `^这个账号不能读写 \S+。请检查它和上级文件夹的主人和权限，再来一次。\n$`
	for _, c := range []struct {
		name, folder string
		account      *syscall.Credential
		says         string
	}{
		{"a folder that one may not even look into", of("closed"), nobody, permission},
		{"a folder of somebody else's", of("readable"), nobody, permission},
		{"a file of somebody else's", of("file"), nobody, `^数据文件不能写，打不开。请检查数据文件夹和里面文件的主人和权限，再来一次。\n$`},
		{"a key of somebody else's", of("keys"), nobody, permission},
		{"a place for a new city", of("new"), nobody, permission},
		{"a disk that is read-only", filepath.Join(disk, "city"), root, `^\S+ 在只读的磁盘上，不能写。请让磁盘可以写，再来一次。\n$`},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := &house{T: t, data: c.folder, account: c.account}
			commands := [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"init", "--city", "安澜市"}, {"export", filepath.Join(folder, "export")}}
			if strings.HasSuffix(c.folder, "new") {
				commands = commands[1:2]
			}
			for _, line := range commands {
				said, code := h.run(line[0], append(h.place(), line[1:]...)...)
				if code != 1 || !regexp.MustCompile(c.says).MatchString(said) {
					t.Errorf("%s: exit %d, and it says:\n%s", line[0], code, said)
				}
			}
		})
	}
}

// TestOriginalsThatCannotBeKept takes from a server at work the leave to write
// into the folder of original files, as a careless chown does, and gives it back.
// Plans are refused and everything else goes on.
func TestOriginalsThatCannotBeKept(t *testing.T) {
	asRoot(t, "a folder that loses its owner loses nothing")
	folder := filepath.Join(openFolder(t), "data")
	if err := errors.Join(os.Mkdir(folder, 0o700), os.Chown(folder, int(nobody.Uid), int(nobody.Gid))); err != nil {
		t.Fatal(err)
	}
	c := gather(newHouseIn(t, folder, "", nobody))
	c.refusals = []string{readOnly}
	originals, err := os.ReadDir(filepath.Join(folder, "blob"))
	if err != nil {
		t.Fatal(err)
	}
	own := func(uid uint32) {
		paths := []string{filepath.Join(folder, "blob")}
		for _, o := range originals {
			paths = append(paths, filepath.Join(paths[0], o.Name()))
		}
		for _, path := range paths {
			if err := os.Chown(path, int(uid), -1); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.suffer(t, 1, func() {
		own(0)
		refused, opened := c.of(c.refused, planForm)+5, c.of(c.acts, accountForm)+5
		c.poll("plans that are refused and accounts that are not", func() bool {
			return c.Failed() || c.of(c.refused, planForm) >= refused && c.of(c.acts, accountForm) >= opened
		})
		c.reads(5)
		own(nobody.Uid)
	})
	if n := c.of(c.refused, anyForm) - c.of(c.refused, planForm); n > 0 {
		t.Errorf("%d acts were refused that keep no original", n)
	}
}

// TestDiskTurnsReadOnly makes every file of a server at work unchangeable, and
// changeable again; then it has the disk turn read-only by itself, as one does
// that met an error, which only mounting it anew mends.
//
// A plain remount is no such fault: the kernel refuses it while a file is open.
// Nobody is at work at the moment when the disk turns: ext4 tells a sync that is
// under way just then that all is well, and forgets what it wrote.
func TestDiskTurnsReadOnly(t *testing.T) {
	disk, anew := inFile(t, 64, "a disk that turns read-only loses nothing")
	h := newHouseIn(t, filepath.Join(disk, "data"), "", nil)
	c := gather(h)
	c.refusals = []string{readOnly}
	// Not the index beside the log of writes: readers stand in it.
	frozen := []string{c.data, filepath.Join(c.data, "blob"), filepath.Join(c.data, "luoshi.sqlite"), filepath.Join(c.data, "luoshi.sqlite-wal")}
	thaw := func() error { return command("chattr", append([]string{"-R", "-i"}, frozen...)...) }
	t.Cleanup(func() {
		if err := thaw(); err != nil {
			t.Error(err)
		}
	})
	c.suffer(t, 1, func() {
		if err := command("chattr", append([]string{"+i"}, frozen...)...); err != nil {
			leftOut(t, "chattr", err, "a disk that turns read-only loses nothing")
		}
		c.refuses()
		c.reads(10)
		c.strangers(readOnly)
		if err := thaw(); err != nil {
			t.Fatal(err)
		}
	})
	if t.Failed() {
		return
	}
	c.begin()
	c.works(20)
	c.halt()
	if err := command("mount", "-o", "remount,abort", disk); err != nil {
		t.Error(err)
	}
	c.begin()
	c.refuses()
	c.reads(10)
	c.halt()
	c.kill()
	anew()
	c.serve()
	c.reckon()
}

// refuses waits until acts of both kinds are refused.
func (c *crowd) refuses() {
	c.Helper()
	plans, accounts := c.of(c.refused, planForm)+3, c.of(c.refused, accountForm)+3
	c.poll("refusals", func() bool {
		return c.Failed() || c.of(c.refused, planForm) >= plans && c.of(c.refused, accountForm) >= accounts
	})
}

package keys

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/fault"
	"luoshi/id"

	"pgregory.net/rapid"
)

// folder is a key folder with all its keys.
func folder(t *testing.T, seed string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys")
	must(t, MakePersonal(path, rand.Reader))
	put(t, path, Secret, seed+" secret\n")
	put(t, path, Public, seed+" public\n")
	return path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, path, name, content string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(path, name), []byte(content), 0o600))
}

func get(t *testing.T, path, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path, name))
	must(t, err)
	return string(b)
}

func erasing(n int64) Erasing {
	return Erasing{Account: id.Account(n), At: time.Date(2011, 8, 8, 2, 0, int(n), 0, time.UTC)}
}

func TestPersonalKeyIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	if _, err := ReadPersonal(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("none yet: %v", err)
	}
	var all sync.WaitGroup
	begun := make([][]byte, 16)
	for i := range begun { // several commands begin on a folder that has none
		all.Go(func() {
			var err error
			if begun[i], err = ReadPersonal(path); err == nil {
				return
			}
			if err = MakePersonal(path, rand.Reader); err == nil {
				begun[i], err = ReadPersonal(path)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	first, err := ReadPersonal(path)
	must(t, err)
	for i := range begun {
		if !bytes.Equal(begun[i], first) {
			t.Errorf("command %d began with a key that is no longer there", i)
		}
	}
	must(t, MakePersonal(path, rand.Reader))
	again, err := ReadPersonal(path)
	if err != nil || !bytes.Equal(first, again) || len(first) != personalSize || bytes.Equal(first, make([]byte, personalSize)) {
		t.Errorf("%x, then %x: %v", first, again, err)
	}
	about, err := os.Stat(filepath.Join(path, Personal))
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("mode %v: %v", about.Mode(), err)
	}
	left, err := os.ReadDir(path)
	if err != nil || len(left) != 1 {
		t.Errorf("%d files: %v", len(left), err)
	}
	for _, bad := range []string{"", "x", "AAAA\n", strings.Repeat("A", 44)} {
		put(t, path, Personal, bad)
		if _, err := ReadPersonal(path); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestListOfTheErased(t *testing.T) {
	path := t.TempDir()
	for range 2 { // a job that comes again
		must(t, NoteErased(path, erasing(1)))
		must(t, NoteErased(path, erasing(2), Erasing{Account: erasing(1).Account, At: time.Now()}, Erasing{Person: 1, At: erasing(3).At}))
	}
	if all, err := ReadErased(path); err != nil || len(all) != 3 || all[0] != erasing(1) || all[1] != erasing(2) || all[2].Person != 1 {
		t.Errorf("%v %v", all, err)
	}
	if lines := get(t, path, Erased); lines != "0000000000001 2011-08-08T02:00:01Z\n0000000000002 2011-08-08T02:00:02Z\nperson 0000000000001 2011-08-08T02:00:03Z\n" {
		t.Errorf("%q", lines)
	}
	for _, bad := range []string{"\n\n", "0000000000001\n", "0000000000001 gestern\n", "x 2011-08-08T02:00:01Z\n", "person x 2011-08-08T02:00:01Z\n", "person 2011-08-08T02:00:01Z\n", "0000000000001 2011-08-08T02:00:01Z\n\n"} {
		put(t, path, Erased, bad)
		if all, err := ReadErased(path); err == nil {
			t.Errorf("%q was read as %v", bad, all)
		}
	}
	put(t, path, Erased, "")
	if all, err := ReadErased(path); len(all) != 0 || err != nil {
		t.Errorf("an empty list: %v %v", all, err)
	}
}

func TestListComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) Erasing {
			e := Erasing{Account: id.Account(rapid.Int64Range(1, 1<<62).Draw(r, "account")), At: time.Unix(rapid.Int64Range(0, 1<<37).Draw(r, "at"), 5).UTC()}
			if rapid.Bool().Draw(r, "person") {
				e.Account, e.Person = 0, int64(e.Account)
			}
			return e
		}), 0, 20).Draw(r, "all")
		back, err := parseErased(string(erasedText(all)))
		if err != nil || len(back) != len(all) {
			r.Fatalf("%v came back as %v: %v", all, back, err)
		}
		for i := range all {
			if back[i].Account != all[i].Account || back[i].Person != all[i].Person || !back[i].At.Equal(all[i].At.Truncate(time.Second)) {
				r.Fatalf("%v came back as %v", all[i], back[i])
			}
		}
	})
}

func TestBackupAndRestore(t *testing.T) {
	from, at := folder(t, "anlan"), t.TempDir()
	must(t, NoteErased(from, erasing(1), erasing(2)))
	out := filepath.Join(at, "out")
	must(t, Backup(from, out))
	if err := Backup(from, out); !errors.Is(err, fs.ErrExist) {
		t.Errorf("written over: %v", err)
	}
	for path, mode := range map[string]fs.FileMode{"": 0o700, Secret: 0o600, Public: 0o600, Personal: 0o600, Erased: 0o600, manifest: 0o600} {
		if about, err := os.Stat(filepath.Join(out, path)); err != nil || about.Mode().Perm() != mode {
			t.Errorf("%s: %v", path, err)
		}
	}
	c, err := ReadBackup(out)
	must(t, err)

	// Into nothing, into what is there already, and into what is half there.
	empty := filepath.Join(at, "data", "keys")
	half := folder(t, "anlan")
	put(t, half, Personal, get(t, from, Personal))
	must(t, os.Remove(filepath.Join(half, Secret)))
	must(t, NoteErased(half, erasing(2), erasing(3)))
	for name, to := range map[string]string{"nothing": empty, "itself": from, "half": half} {
		must(t, c.Restore(to))
		for _, file := range []string{Secret, Public, Personal} {
			if get(t, to, file) != get(t, out, file) {
				t.Errorf("into %s: %s is another", name, file)
			}
		}
	}
	if all, err := ReadErased(half); err != nil || len(all) != 3 || all[0] != erasing(2) || all[1] != erasing(3) || all[2] != erasing(1) {
		t.Errorf("the lists put together: %v %v", all, err)
	}
	if all, err := ReadErased(empty); err != nil || len(all) != 2 {
		t.Errorf("the list: %v %v", all, err)
	}

	// Over another key nothing is changed, whichever it is.
	for _, file := range []string{Secret, Public, Personal} {
		other := folder(t, "anlan")
		put(t, other, Personal, get(t, from, Personal))
		put(t, other, file, get(t, folder(t, "bieshi"), file))
		if file == Secret {
			must(t, os.Remove(filepath.Join(other, Public)))
		}
		before := get(t, other, file)
		if err := c.Restore(other); !fault.Is(err, fault.Conflict) || get(t, other, file) != before {
			t.Errorf("over another %s: %v", file, err)
		}
		if _, err := os.Stat(filepath.Join(other, Erased)); err == nil {
			t.Errorf("over another %s: the list was written", file)
		}
	}
}

func TestBackupNeedsAllKeys(t *testing.T) {
	for _, file := range []string{Secret, Public, Personal} {
		from, out := folder(t, "anlan"), filepath.Join(t.TempDir(), "out")
		must(t, os.Remove(filepath.Join(from, file)))
		if err := Backup(from, out); !fault.Is(err, fault.Missing) {
			t.Errorf("without %s: %v", file, err)
		}
		if left, err := os.ReadDir(filepath.Dir(out)); err != nil || len(left) != 0 {
			t.Errorf("without %s: %v is left: %v", file, left, err)
		}
	}
	from := folder(t, "anlan")
	put(t, from, Personal, "no key\n")
	if err := Backup(from, filepath.Join(t.TempDir(), "out")); err == nil {
		t.Error("a broken key was backed up")
	}
}

// A bit that flipped, a byte too many, a file that is missing is found, whichever it is.
func TestDamagedBackup(t *testing.T) {
	from, out := folder(t, "anlan"), filepath.Join(t.TempDir(), "out")
	must(t, NoteErased(from, erasing(1)))
	must(t, Backup(from, out))
	refused := func(what string) {
		t.Helper()
		if _, err := ReadBackup(out); fault.Of(err) == nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, file := range []string{Secret, Public, Personal, Erased, manifest} {
		was := get(t, out, file)
		for i := range was {
			now := []byte(was)
			now[i] ^= 1
			put(t, out, file, string(now))
			refused(file)
		}
		put(t, out, file, was+"x")
		refused(file + " with more")
		must(t, os.Remove(filepath.Join(out, file)))
		refused(file + " missing")
		put(t, out, file, was)
	}
	if _, err := ReadBackup(out); err != nil {
		t.Error(err)
	}
}

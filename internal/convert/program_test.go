package convert

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"luoshi/fault"
)

// marked is an argument by which the processes of a test are known.
const marked = "86399.25"

// answered is how soon what is stopped after a second has to be answered, also on a busy
// machine: it only tells whether the end of the program was waited for, which never comes.
const answered = time.Minute

// officeIs puts a script in the place of LibreOffice, gives it a second, and finds
// at the end of the test that it left neither a process nor a folder.
func officeIs(t *testing.T, script string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED, NOT CHECKED: there is no shell for the script")
	}
	bin, temp := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "soffice"), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":/usr/bin:/bin")
	t.Setenv("TMPDIR", temp)
	limitsWere := officeLimits
	officeLimits = limits{within: time.Second, memory: 256 << 20, file: 1 << 20}
	t.Cleanup(func() {
		officeLimits = limitsWere
		if left := processes(); len(left) > 0 {
			t.Errorf("still running: %q", left)
		}
		if left, err := filepath.Glob(filepath.Join(temp, "*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %q %v", left, err)
		}
	})
}

// processes are the command lines of what the tests started and is still running.
func processes() []string {
	var out []string
	all, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, name := range all {
		if line, err := os.ReadFile(name); err == nil && strings.Contains(string(line), marked) {
			out = append(out, name+" "+strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return out
}

// oldWord begins as a Word file of the old kind does.
func oldWord() []byte {
	name := "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00\x00\x00"
	head := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 120)
	return []byte(head + name + strings.Repeat("\x07\xa3no document", 500))
}

// Whatever LibreOffice does, the person who waits gets an answer in good time and
// the machine is left as it was.
func TestHostileOffice(t *testing.T) {
	for _, apartly := range []bool{true, false} {
		for name, c := range map[string]struct {
			script string
			want   error
		}{
			"hangs":           {"exec sleep " + marked, errSlow(time.Second)},
			"ignores signals": {"trap '' TERM INT HUP QUIT; while :; do sleep " + marked + "; done", errSlow(time.Second)},
			"spins":           {"while :; do :; done", errSlow(time.Second)},
			"forks":           {"for i in 1 2 3 4 5 6 7 8 9; do sleep " + marked + " & done; sleep " + marked, errSlow(time.Second)},
			"forks and ends":  {"for i in 1 2 3 4 5 6 7 8 9; do sleep " + marked + " & done", ErrUnreadable},
			"floods output":   {"exec yes 86399.25", ErrHeavy},
			"floods errors":   {"exec yes 86399.25 >&2", ErrHeavy},
			"floods the disk": {`for last; do :; done; exec head -c 100000000 /dev/zero >"$last.more"`, ErrHeavy},
			"takes memory":    {"exec dd if=/dev/zero of=/dev/null bs=2G count=1", ErrHeavy},
			"falls":           {"exit 139", ErrHeavy},
			"does nothing":    {"exit 0", ErrUnreadable},
			"writes rubbish":  {`mkdir out; echo rubbish >out/input.docx`, nil},
		} {
			t.Run(fmt.Sprint(name, " apart ", apartly), func(t *testing.T) {
				officeIs(t, c.script)
				apart = apartly
				defer func() { apart = true }()
				began := time.Now()
				_, err := ReadFile(t.Context(), "a.doc", oldWord())
				if c.want != nil && !errors.Is(err, c.want) {
					t.Errorf("%v", err)
				}
				if took := time.Since(began); took > answered {
					t.Errorf("answered after %v", took)
				}
			})
		}
	}
}

// A process that left its group ends all the same, where the system lets us part it.
func TestDaemonEnds(t *testing.T) {
	officeIs(t, "setsid sleep "+marked+" & exec sleep "+marked)
	folder := t.TempDir()
	if _, err := run(t.Context(), folder, readerLimits, "/bin/sh", "-c", "readlink /proc/self/ns/net >ns"); err != nil {
		t.Fatal(err)
	}
	here, _ := os.Readlink("/proc/self/ns/net")
	there, err := os.ReadFile(filepath.Join(folder, "ns"))
	if err != nil || here == "" || strings.TrimSpace(string(there)) == here {
		t.Log("this system does not part processes; what leaves its group is not looked for")
		officeIs(t, "exec sleep "+marked)
	}
	if _, err := ReadFile(t.Context(), "a.doc", oldWord()); !errors.Is(err, errSlow(time.Second)) {
		t.Error(err)
	}
}

func TestCancelledConversionEnds(t *testing.T) {
	officeIs(t, "exec sleep "+marked)
	officeLimits.within = time.Minute
	ctx, stop := context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, stop)
	began := time.Now()
	if _, err := ReadFile(ctx, "a.doc", oldWord()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if took := time.Since(began); took > answered {
		t.Errorf("answered after %v", took)
	}
}

// No more files than that are converted at once; others wait, and not for ever.
func TestOthersWait(t *testing.T) {
	officeIs(t, "exit 0")
	waitWas := longestWait
	longestWait = 100 * time.Millisecond
	defer func() { longestWait = waitWas }()
	for range atOnce {
		leave, err := enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer leave()
	}
	if _, err := ReadFile(t.Context(), "a.doc", oldWord()); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := ReadFile(ctx, "a.doc", oldWord()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if s, err := ReadFile(t.Context(), "a.txt", []byte("一、甲\n")); err != nil || s.Format != "UTF-8" {
		t.Errorf("a text waits for nobody: %v", err)
	}
}

// A program is told nothing of the machine.
func TestProgramsKnowNothing(t *testing.T) {
	t.Setenv("LUOSHI_DATABASE", "postgres://secret")
	folder := t.TempDir()
	said, err := run(t.Context(), folder, readerLimits, "/usr/bin/env")
	if err != nil || strings.Contains(said, "secret") || !strings.Contains(said, "HOME="+folder) {
		t.Errorf("%v\n%s", err, said)
	}
}

func TestWithoutPrograms(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for format, raw := range map[string][]byte{"doc": oldWord(), "pdf": []byte("%PDF-1.4\n"), "rtf": []byte(`{\rtf1 a}`), "html": []byte("<html>")} {
		_, err := ReadFile(t.Context(), "", raw)
		if f := fault.Of(err); f == nil || !strings.Contains(f.Error(), "没有装") || !strings.Contains(f.Error(), "粘贴") {
			t.Errorf("%s: %v", format, err)
		}
	}
}

// What a power cut left behind goes with the next file.
func TestOldFoldersGo(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	old, young := filepath.Join(temp, folderName+"old"), filepath.Join(temp, folderName+"young")
	for _, f := range []string{old, young} {
		if err := os.Mkdir(f, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	day := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(old, day, day); err != nil {
		t.Fatal(err)
	}
	path, remove, err := newFolder()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info, err)
	}
	remove()
	if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) != 1 || left[0] != young {
		t.Errorf("%q", left)
	}
}

package audit

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"luoshi/ledger"
)

func mustVerify(t testing.TB, dir string, a Anchors) Report {
	t.Helper()
	r, err := Verify(dir, a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func want(t testing.TB, r Report, exit int) {
	t.Helper()
	if r.Exit() != exit {
		t.Errorf("exit %d, want %d", r.Exit(), exit)
		for _, p := range r.Problems {
			t.Log(p.Place, p.What)
		}
	}
}

// names reports whether a problem stands at a place: a path, or a path with a row or entry.
func names(r Report, place string) bool {
	for _, p := range r.Problems {
		if at := p.Place.String(); at == place || strings.HasPrefix(at, place+" ") || strings.HasPrefix(at, place+":") {
			return true
		}
	}
	return false
}

func TestGood(t *testing.T) {
	k := newKey(t, "luoshi/test")
	for kind, counts := range map[string][5]int{
		full:   {47, 47, 23, 32, 2},
		public: {47, 26, 23, 19, 1},
	} {
		x := newFixture(kind)
		dir := write(t, x.export(t, k))
		earlier := x.checkpoint(t, k, 7)
		r := mustVerify(t, dir, Anchors{k.public + "\n", earlier})
		want(t, r, 0)
		if got := [5]int{int(r.Size), int(r.Shown), r.Tables, r.Rows, r.Documents}; got != counts {
			t.Errorf("%s: counted %v, want %v", kind, got, counts)
		}
		if r.Erased != 1 || r.Anchor != 7 || r.Kind != kind || r.Key == "" {
			t.Errorf("%+v", r)
		}
		want(t, mustVerify(t, dir, Anchors{k.public, nil}), 3)
		want(t, mustVerify(t, dir, Anchors{"", earlier}), 3)
		want(t, mustVerify(t, dir, Anchors{k.public, x.checkpoint(t, k, 0)}), 3)
		r = mustVerify(t, dir, Anchors{})
		want(t, r, 3)
		if said := fmt.Sprint(r.NotChecked); !strings.Contains(said, "签名没有核对") || !strings.Contains(said, "没有给早先的检查点") {
			t.Errorf("%s: does not say what was not checked: %s", kind, said)
		}
	}
}

func TestWrongUse(t *testing.T) {
	if _, err := Verify(t.TempDir()+"/none", Anchors{}); err == nil {
		t.Error("no folder: no error")
	}
	if _, err := Verify(t.TempDir(), Anchors{Key: "no key"}); err == nil {
		t.Error("no key: no error")
	}
	want(t, mustVerify(t, t.TempDir(), Anchors{}), 1)
}

// Every byte of every file counts: each is changed and the file must be named.
func TestEveryByte(t *testing.T) {
	k := newKey(t, "luoshi/test")
	for _, kind := range []string{full, public} {
		x := newFixture(kind)
		files := x.export(t, k)
		anchors := Anchors{k.public, x.checkpoint(t, k, 20)}
		type change struct {
			path string
			at   int
		}
		changes := make(chan change)
		var wait sync.WaitGroup
		for range 8 {
			dir := write(t, files)
			wait.Go(func() {
				for c := range changes {
					changed := append([]byte(nil), files[c.path]...)
					changed[c.at] ^= 1 << (c.at % 8)
					put(t, dir, c.path, changed)
					r, err := Verify(dir, anchors)
					if err != nil || r.Exit() != 1 || !names(r, c.path) {
						t.Errorf("%s: byte %d of %s: exit %d, %v %v", kind, c.at, c.path, r.Exit(), err, r.Problems)
					}
					put(t, dir, c.path, files[c.path])
				}
			})
		}
		for p, data := range files {
			step := 1
			if len(data) > 1000 {
				step = 41
			}
			for at := 0; at < len(data); at += step {
				changes <- change{p, at}
			}
		}
		close(changes)
		wait.Wait()
	}
}

// A log of several tiles, and of exactly one.
func TestTiles(t *testing.T) {
	k := newKey(t, "luoshi/test")
	for _, n := range []int{256, 257, 700} {
		x := &fixture{kind: full, words: map[int64]string{}, tables: map[string]string{}}
		for name := range fullTables {
			x.tables[name], _, _ = strings.Cut(fullTables[name], "\n")
			x.tables[name] += "\n"
		}
		for i := range n {
			id := fmt.Sprintf("%013d", i+1)
			x.add(ledger.Draft{Kind: "unit.opened", Class: ledger.Public, Subjects: about("unit", id), Fields: []ledger.Field{ledger.Day("from", "2011-08-01")}})
			x.tables["units"] += id + ",,2011-08-01,,,,\n"
		}
		files := x.export(t, k)
		anchors := Anchors{k.public, x.checkpoint(t, k, int64(n)-1)}
		want(t, mustVerify(t, write(t, files), anchors), 0)

		for p := range files {
			if !strings.HasPrefix(p, "log/tile/1/") {
				continue
			}
			files[p][40%len(files[p])] ^= 1
			x.seal(t, files, k)
			r := mustVerify(t, write(t, files), anchors)
			if want(t, r, 1); !names(r, p) {
				t.Errorf("%d entries: %s is not named: %v", n, p, r.Problems)
			}
		}
	}
}

func TestProblemsStop(t *testing.T) {
	k := newKey(t, "luoshi/test")
	dir := write(t, newFixture(full).export(t, k))
	for i := range mostProblems + 1 {
		put(t, dir, fmt.Sprintf("more/%d", i), []byte("\x1b[2J"))
	}
	r := mustVerify(t, dir, Anchors{})
	if len(r.Problems) != mostProblems || !r.Cut {
		t.Errorf("%d problems, cut %v", len(r.Problems), r.Cut)
	}
	if got := printable("a\x1b[2J\nb"); got != "a·[2J·b" {
		t.Errorf("%q", got)
	}
}

func TestFolderThatCannotBeRead(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("run as root, who may read everything: nothing to see here")
		return
	}
	k := newKey(t, "luoshi/test")
	dir := write(t, newFixture(full).export(t, k))
	if err := os.Chmod(dir+"/tables", 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir+"/tables", 0o755)
	if r := mustVerify(t, dir, Anchors{}); !names(r, "tables") || r.Exit() != 1 {
		t.Error(r.Problems)
	}
}

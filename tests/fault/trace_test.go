package fault_test

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// call is one system call of a trace. Begin and end are lines of the trace:
// strace stops a thread at both, so the order of the lines is the order in time.
type call struct {
	begin, end int // end 0: it was not seen to end
	name       string
	args       string
	result     string
}

var (
	begun   = regexp.MustCompile(`^(\d+) +\S+ (\w+)\((.*)$`)
	resumed = regexp.MustCompile(`^(\d+) +\S+ <\.\.\. (\w+) resumed>(.*)$`)
	ended   = regexp.MustCompile(`^(.*)\) += (-?\d+|\?).*$`)
	onFile  = regexp.MustCompile(`^\d+<(.+?)>(?:, |$)`)
	quoted  = regexp.MustCompile(`"([^"]*)"`)
)

const unfinished = " <unfinished ...>"

// readTrace reads what strace -f -tt -yy wrote. A call that another thread
// interrupted stands on two lines.
func readTrace(r io.Reader) ([]*call, error) {
	var all []*call
	open := map[string]*call{} // by thread
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		rest, c := "", (*call)(nil)
		if m := resumed.FindStringSubmatch(line); m != nil {
			c, rest = open[m[1]], m[3]
			if c == nil || c.name != m[2] {
				return nil, fmt.Errorf("line %d resumes what was not begun: %s", n, line)
			}
			delete(open, m[1])
			rest = c.args + rest
		} else if m := begun.FindStringSubmatch(line); m != nil {
			c, rest = &call{begin: n, name: m[2]}, m[3]
			all = append(all, c)
			if args, cut := strings.CutSuffix(rest, unfinished); cut {
				c.args, open[m[1]] = args, c
				continue
			}
		} else {
			continue // signals and exits
		}
		m := ended.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("line %d does not say how the call ended: %s", n, line)
		}
		c.args, c.result, c.end = m[1], m[2], n
	}
	return all, lines.Err()
}

// file is the path or the connection that a call is about.
func (c *call) file() string {
	if m := onFile.FindStringSubmatch(c.args); m != nil {
		return m[1]
	}
	return ""
}

// checkTrace looks at every answer 303 that left the address, and says where
// one left although what it stands on was not on the disk. A write is on the
// disk when a sync of its file, begun after the write had ended, returned 0;
// the name of a kept file is, when its folder was synced after the renaming.
func checkTrace(calls []*call, address string) (answers int, problems []string) {
	var written, synced []*call
	last := 0
	for _, c := range calls {
		switch path := c.file(); c.name {
		case "fsync", "fdatasync":
			synced = append(synced, c)
		case "renameat", "renameat2":
			if names := quoted.FindAllStringSubmatch(c.args, -1); len(names) == 2 && strings.Contains(names[1][1], "/blob/") {
				written = append(written, c)
			}
		case "write", "writev", "sendto", "pwrite64":
			switch {
			case strings.HasSuffix(path, "/luoshi.sqlite-wal"), strings.Contains(path, "/blob/"):
				written = append(written, c)
			case strings.HasPrefix(path, "TCP:["+address+"->") && strings.Contains(c.args, `"HTTP/1.1 303 `):
				answers++
				if p := checkAnswer(c, last, written, synced); p != "" {
					problems = append(problems, p)
				}
				last = c.begin
			}
		}
	}
	return answers, problems
}

// checkAnswer checks one answer against what was written and synced before it
// began, and gives the first thing that is wrong with it, or empty.
func checkAnswer(answer *call, last int, written, synced []*call) string {
	own := false
	for _, w := range written {
		own = own || w.begin > last && strings.HasSuffix(w.file(), "-wal")
		path := w.file()
		if strings.HasPrefix(w.name, "rename") {
			path = filepath.Dir(quoted.FindAllStringSubmatch(w.args, -1)[1][1])
		}
		if w.result != "-1" && !onDisk(w, path, synced, answer.begin) {
			return fmt.Sprintf("line %d: the answer leaves, and the %s of line %d has not been synced (%s)", answer.begin, w.name, w.begin, path)
		}
	}
	if !own {
		return fmt.Sprintf("line %d: the answer leaves, and nothing was written to the WAL since line %d", answer.begin, last)
	}
	return ""
}

func onDisk(w *call, path string, synced []*call, before int) bool {
	for _, s := range synced {
		if w.end != 0 && s.begin > w.end && s.end != 0 && s.end < before && s.result == "0" && s.file() == path {
			return true
		}
	}
	return false
}

// TestTraceCheck shows that the check can fail: most of these traces are of a
// server that must not be trusted.
func TestTraceCheck(t *testing.T) {
	const (
		wal    = `1  10:00:00.000001 pwrite64(6</d/luoshi.sqlite-wal>, "\0\0\"> , 1", 24, 32) = 24` + "\n"
		sync   = `1  10:00:00.000002 fsync(6</d/luoshi.sqlite-wal>) = 0` + "\n"
		answer = `2  10:00:00.000003 write(16<TCP:[127.0.0.1:80->127.0.0.1:3]>, "HTTP/1.1 303 See Other\r\nCache-"..., 612) = 612` + "\n"
		rename = `1  10:00:00.000001 renameat(AT_FDCWD</>, "/d/blob/2e/part-4", AT_FDCWD</>, "/d/blob/2e/2e11") = 0` + "\n"
	)
	for _, c := range []struct {
		name, trace   string
		answers, bads int
	}{
		{"written, synced, answered", wal + sync + answer, 1, 0},
		{"fdatasync does as well", wal + strings.Replace(sync, "fsync", "fdatasync", 1) + answer, 1, 0},
		{"each answer with its own", wal + sync + answer + wal + sync + answer, 2, 0},
		{"a signal in between", wal + "1  10:00:00.000001 --- SIGURG {si_signo=SIGURG, si_code=SI_TKILL} ---\n" + sync + answer + "1  10:00:00.000009 +++ exited with 0 +++\n", 1, 0},
		{"another port's answer", wal + strings.Replace(answer, ":80->", ":81->", 1), 0, 0},
		{"a page is no answer to an act", wal + strings.Replace(answer, "303", "200", 1), 0, 0},
		{"never synced", wal + answer, 1, 1},
		{"synced too late", wal + answer + sync, 1, 1},
		{"synced before the write", sync + wal + answer, 1, 1},
		{"one of two frames synced", wal + sync + wal + answer, 1, 1},
		{"the sync failed", wal + strings.Replace(sync, "= 0", "= -1 EIO (Input/output error)", 1) + answer, 1, 1},
		{"another file was synced", wal + strings.Replace(sync, "-wal", "", 1) + answer, 1, 1},
		{"nothing written for the second", wal + sync + answer + sync + answer, 2, 1},
		{"the answer began before the sync had ended",
			wal + `1  10:00:00.000002 fsync(6</d/luoshi.sqlite-wal> <unfinished ...>` + "\n" + answer +
				`1  10:00:00.000004 <... fsync resumed>) = 0` + "\n", 1, 1},
		{"the sync ended just before",
			wal + `1  10:00:00.000002 fsync(6</d/luoshi.sqlite-wal> <unfinished ...>` + "\n" +
				`1  10:00:00.000003 <... fsync resumed>) = 0` + "\n" + answer, 1, 0},
		{"the sync began before the write had ended",
			`1  10:00:00.000001 pwrite64(6</d/luoshi.sqlite-wal>, "\0"..., 24, 32 <unfinished ...>` + "\n" +
				`3  10:00:00.000002 fdatasync(6</d/luoshi.sqlite-wal> <unfinished ...>` + "\n" +
				`1  10:00:00.000003 <... pwrite64 resumed>) = 24` + "\n" +
				`3  10:00:00.000004 <... fdatasync resumed>) = 0` + "\n" + answer, 1, 1},
		{"answered by writev, on two lines",
			wal + `2  10:00:00.000002 writev(16<TCP:[127.0.0.1:80->127.0.0.1:3]>, [{iov_base="HTTP/1.1 303 See Other\r\n", iov_len=9}], 1 <unfinished ...>` + "\n" +
				sync + `2  10:00:00.000004 <... writev resumed>) = 9` + "\n", 1, 1},
		{"a kept file without its name", wal + sync + rename + answer, 1, 1},
		{"a kept file with its name", rename + `1  10:00:00.000001 fsync(21</d/blob/2e>) = 0` + "\n" + wal + sync + answer, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			calls, err := readTrace(strings.NewReader(c.trace))
			if err != nil {
				t.Fatal(err)
			}
			answers, problems := checkTrace(calls, "127.0.0.1:80")
			if answers != c.answers || len(problems) != c.bads {
				t.Errorf("%d answers, %d problems %q; want %d and %d", answers, len(problems), problems, c.answers, c.bads)
			}
		})
	}
	for _, torn := range []string{"1  10:00:00.000001 <... fsync resumed>) = 0\n", "1  10:00:00.000001 fsync(6</d/x>\n"} {
		if _, err := readTrace(strings.NewReader(torn)); err == nil {
			t.Errorf("a torn trace is read as if it were whole: %s", torn)
		}
	}
}

package archive

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"
)

// childFolder tells the test program that it is the child of TestKilled.
const childFolder = "LUOSHI_ARCHIVE_CHILD"

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		writeUntilKilled(loud{}, folder)
	}
	os.Exit(m.Run())
}

// loud ends the child with a word.
type loud struct{}

func (loud) Helper()                         {}
func (loud) Fatal(words ...any)              { panic(fmt.Sprint(words...)) }
func (loud) Fatalf(form string, args ...any) { panic(fmt.Sprintf(form, args...)) }

// writeUntilKilled writes and follows, and says what is done on its output, one
// line each: "row N" after a commit, "cut INSTANT LEAST" after a Follow.
func writeUntilKilled(t must, folder string) {
	c := open(t, folder)
	fmt.Println("opened", len(linesOf(t, c.archive())))
	follow := func() {
		at, least := time.Now(), c.rows
		c.follow(at)
		fmt.Println("cut", at.UnixMicro(), least)
	}
	go func() {
		for range time.Tick(150 * time.Millisecond) {
			if err := c.keeper.Begin(time.Now()); err != nil && err != ErrCopying {
				panic(err)
			}
		}
	}()
	follow()
	for i := 0; ; i++ {
		c.write(1 + rand.IntN(5))
		fmt.Println("row", c.rows)
		if i%3 == 0 {
			follow()
		}
		if c.logged() > 60 {
			c.checkpoint(time.Now())
		}
	}
}

// TestKilled kills the writing process at any moment, and starts it again in the
// same folder.
func TestKilled(t *testing.T) {
	folder, rows := t.TempDir(), 0
	least := map[time.Time]int{}
	for round := range 15 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childFolder+"="+folder)
		child.Stderr = os.Stderr
		output, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		began := false
		for lines := bufio.NewScanner(output); lines.Scan(); {
			var number, at int64
			switch {
			case one(lines.Text(), "row %d", &number):
				rows = int(number)
			case one(lines.Text(), "cut %d %d", &at, &number):
				least[time.UnixMicro(at)] = int(number)
				if !began { // die some time after the first
					began = true
					time.AfterFunc(rand.N(250*time.Millisecond), func() { _ = child.Process.Kill() })
				}
			}
		}
		if err := child.Wait(); err == nil || !began {
			t.Fatalf("round %d: the child ended by itself: %v", round, err)
		}
	}
	c := open(t, folder) // what the disk has after the last kill
	if c.rows < rows {
		t.Errorf("%d rows, of which %d were committed", c.rows, rows)
	}
	lines := linesOf(t, c.archive())
	kinds := map[string]int{}
	for _, l := range lines {
		kinds[l.Why]++
	}
	t.Logf("%d rows, %d cuts, %d lines: %v", c.rows, len(least), len(lines), kinds)
	checked := 0
	for at, n := range least { // in no order
		if got, reached := restored(t, c.archive(), at); got < n || got > c.rows || reached.After(at) {
			t.Errorf("%d rows at %s (%s), at least %d were archived", got, at, reached, n)
		}
		if checked++; checked == 40 {
			break
		}
	}
	c.abandon()
}

func one(text, form string, into ...any) bool {
	n, err := fmt.Sscanf(text, form, into...)
	return err == nil && n == len(into)
}

package fault_test

import (
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"luoshi/tests/postgres"
)

const (
	away        = "数据库现在连不上，没有收下。请过一会儿再交一次；一直这样，请找管理员。"
	awayReading = "数据库现在连不上。请过一会儿再试；一直这样，请找管理员。"
	busy        = "现在有点忙，请过一会儿再试。"
	cutUnknown  = "数据库刚才断了，不知道这一次存上了没有。请过一会儿把同一张表再交一次：已经存上的不会重复。"
)

// durable starts a PostgreSQL that keeps what it answered.
func durable(t *testing.T, unknown string) *postgres.Server {
	t.Helper()
	s, err := postgres.Start(postgres.Durable())
	if errors.Is(err, postgres.ErrMissing) {
		leftOut(t, "PostgreSQL", err, unknown)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// schema makes a place for one more city, so that no two share the keys of one.
func schema(t *testing.T, s *postgres.Server, n int) string {
	t.Helper()
	name := fmt.Sprintf("city_%d", n)
	postgres.Do(t, s.URL(), "CREATE SCHEMA "+name)
	return name
}

// expectAway lets pages say that the database is away, and right after it came back that
// there is much to do: then every connection is made anew and nothing is in memory, which
// on a slow machine takes longer than a read may.
func (c *crowd) expectAway() {
	c.refusals, c.unread = []string{away, awayReading, busy}, []string{awayReading, busy}
}

// TestPostgresRestarts stops the database under a server at work, politely and
// not, and starts it again. Meanwhile pages say so; then all goes on by itself.
func TestPostgresRestarts(t *testing.T) {
	s := durable(t, "a restart of PostgreSQL loses nothing")
	c := gather(newHouseIn(t, filepath.Join(t.TempDir(), "data"), s.URL(), nil))
	c.expectAway()
	c.suffer(t, 1, func() {
		for _, mode := range []string{"fast", "immediate"} {
			if err := s.Stop(mode); err != nil {
				t.Fatal(err)
			}
			_, missed := c.pages()
			c.poll("pages that cannot be shown", func() bool {
				_, now := c.pages()
				return c.Failed() || now >= missed+5
			})
			c.refusedNow(accountDeed(c.last.Add(1)))
			c.refusedNow(planDeed(c.last.Add(1)))
			c.refusedNow(planDeed(c.last.Add(1)).asFile())
			c.strangers(awayReading)
			if err := s.Again(); err != nil {
				t.Fatal(err)
			}
			c.reads(10)
			c.works(20)
		}
	})
}

// TestStartWithoutPostgres starts the program while its database is away.
func TestStartWithoutPostgres(t *testing.T) {
	const says = "数据库连不上。请检查它开着没有、地址对不对，再来一次。\n"
	s := durable(t, "a start without PostgreSQL says so")
	h := newHouseIn(t, filepath.Join(t.TempDir(), "data"), s.URL(), nil)
	if err := s.Stop("fast"); err != nil {
		t.Fatal(err)
	}
	for _, line := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"init", "--city", "安澜市"}, {"export", filepath.Join(t.TempDir(), "export")}} {
		said, code := h.run(line[0], append(h.place(), line[1:]...)...)
		if code != 1 || said != says {
			t.Errorf("%s: exit %d, and it says:\n%s", line[0], code, said)
		}
	}
}

// TestPostgresKillLosesNothing stops the database under a server at work as a
// power cut would, again and again. LUOSHI_KILL_ROUNDS sets how often.
func TestPostgresKillLosesNothing(t *testing.T) {
	s := durable(t, "PostgreSQL keeps what was answered")
	began := time.Now()
	all := number(t, "LUOSHI_KILL_ROUNDS", 3)
	var sum tally
	broke := 0
	for round := 0; round < all; {
		c := gather(newHouseIn(t, filepath.Join(t.TempDir(), "data"), s.URL()+"&search_path="+schema(t, s, round), nil))
		c.expectAway()
		for last := min(all, round+perCity); round < last; round++ {
			from := len(c.deeds)
			c.begin()
			c.works(1)
			<-time.After(mathrand.N(killBefore)) // any moment will do
			err := s.Stop("immediate")
			if err = errors.Join(err, s.Again()); err != nil {
				t.Fatal(err)
			}
			c.halt()
			c.standing(from)
			c.sentAgain(c.deeds[from:])
			c.otherContent(from)
			c.verify()
			if t.Failed() {
				t.Fatalf("in round %d; the servers said at the end:\n%s", round+1, lastOf(c.house.said(), 4000))
			}
		}
		c.sentAgain(c.deeds)
		c.unbroken()
		broke += c.commitsThatBroke()
		c.kill()
		sum.add(c.tally)
		t.Logf("%d rounds in %v: %d commands answered, %d of them lost; %d COMMITs broke; %d commands refused, of which %d were there and %d were done when sent again",
			round, time.Since(began).Round(time.Second), sum.answered, sum.lost, broke, sum.kept+sum.redone, sum.kept, sum.redone)
	}
}

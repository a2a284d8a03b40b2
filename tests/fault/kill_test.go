package fault_test

import (
	"errors"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	clients    = 6
	killAfter  = 10 * time.Millisecond // earliest and
	killBefore = 300 * time.Millisecond
)

// perCity is how many rounds a city lives through: its export is checked in
// each of them, and takes longer the more there is.
const perCity = 10

// TestKillLosesNothing kills the server in the middle of work, again and again.
// What was answered is there afterwards, once; what was not answered may be
// there, and sent again it is there once. LUOSHI_KILL_ROUNDS sets how often.
func TestKillLosesNothing(t *testing.T) {
	began := time.Now()
	all := rounds(t)
	var sum tally
	for round := 0; round < all; {
		b := &book{house: newHouse(t)}
		b.serve()
		b.enter()
		for last := min(all, round+perCity); round < last; round++ {
			moment := killAfter + mathrand.N(killBefore-killAfter)
			b.round(moment)
			if t.Failed() {
				t.Fatalf("in round %d, killed after %v", round+1, moment)
			}
		}
		b.sentAgain(b.deeds)
		b.quiet()
		b.kill()
		sum.add(b.tally)
		t.Logf("%d rounds in %v: %d commands answered, %d of them lost; %d killed in flight, of which %d were there and %d were done when sent again",
			round, time.Since(began).Round(time.Second), sum.answered, sum.lost, sum.kept+sum.redone, sum.kept, sum.redone)
	}
	if sum.answered == 0 {
		t.Error("no command was ever answered: nothing was tested")
	}
}

// tally counts what became of commands: answered, of those lost, and those
// killed in flight that were kept or had to be done again.
type tally struct{ answered, lost, kept, redone int }

func (t *tally) add(o tally) {
	*t = tally{t.answered + o.answered, t.lost + o.lost, t.kept + o.kept, t.redone + o.redone}
}

// round works, kills, starts again and looks.
func (b *book) round(moment time.Duration) {
	b.Helper()
	from := len(b.deeds)
	b.workUntilKilled(moment)
	if mathrand.IntN(4) == 0 { // also while it is getting up
		b.launch()
		<-time.After(mathrand.N(50 * time.Millisecond))
		b.kill()
	}
	b.serve()
	b.standing(from)
	b.sentAgain(b.deeds[from:])
	b.otherContent(from)
	b.verify()
}

func rounds(t *testing.T) int {
	if testing.Short() {
		return number(t, "LUOSHI_KILL_ROUNDS", 2)
	}
	return number(t, "LUOSHI_KILL_ROUNDS", 5)
}

// book holds everything that was ever sent.
type book struct {
	*house
	mu    sync.Mutex
	deeds []*deed
	last  atomic.Int64 // number of the last tag
	tally tally
}

func (b *book) write(d *deed) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.deeds = append(b.deeds, d)
}

// workUntilKilled lets clients send as fast as they can, and kills the server.
func (b *book) workUntilKilled(moment time.Duration) {
	b.Helper()
	var all sync.WaitGroup
	for range clients {
		all.Go(b.client)
	}
	<-time.After(moment)
	b.kill()
	all.Wait()
}

// client sends accounts and plans until nobody answers any more.
func (b *book) client() {
	for (mathrand.IntN(2) == 0 || b.goesOn(accountDeed(b.last.Add(1)))) && b.plan() {
	}
}

// plan takes a plan all the way: imported, its questions answered, in force.
func (b *book) plan() bool {
	d := planDeed(b.last.Add(1))
	if !b.goesOn(d) {
		return false
	}
	for {
		a, err := b.request(http.MethodGet, d.answer, "", nil)
		if err != nil {
			return false
		}
		if a.status != http.StatusOK {
			b.Errorf("GET %s: status %d, %q", d.answer, a.status, titled.FindString(a.page))
			return false
		}
		reply := answerDeed(b.last.Add(1), d.answer, a.page)
		if reply == nil {
			return b.goesOn(forceDeed(b.last.Add(1), d.answer))
		}
		if !b.goesOn(reply) {
			return false
		}
	}
}

// goesOn enters a deed into the book, then sends it: what was sent and not
// answered must be in the book too.
func (b *book) goesOn(d *deed) bool {
	b.write(d)
	err := b.do(d)
	var no *refused
	if errors.As(err, &no) {
		b.Error(err)
	}
	return err == nil
}

// standing looks what stands before anything is sent again: of the whole book
// each answered record once, and what was in flight in this round at most once.
func (b *book) standing(from int) {
	b.Helper()
	on := map[string]map[string]int{"/office/plans": nil, "/office/accounts": nil}
	for list := range on {
		on[list] = tagsOn(b.read(list)) // also: the session outlived the kill
	}
	for i, d := range b.deeds {
		if on[d.list] == nil {
			if i < from {
				continue // an earlier answer; read again at the end
			}
			on[d.list] = tagsOn(b.read(d.list))
		}
		n := on[d.list][d.tag]
		if n > 1 {
			b.Errorf("POST %s was done %d times: 「%s」 on %s", d.path, n, d.tag, d.list)
		}
		if n == 0 && d.answer != "" {
			b.tally.lost++
			b.Errorf("POST %s was answered %s and is lost: no 「%s」 on %s", d.path, d.answer, d.tag, d.list)
		}
		if n > 0 && d.toldNot() {
			b.Errorf("POST %s was told %q and is there: 「%s」 on %s", d.path, d.refusal, d.tag, d.list)
		}
		if i < from {
			continue
		}
		switch {
		case d.answer != "":
			b.tally.answered++
		case n == 0:
			b.tally.redone++
		default:
			b.tally.kept++
		}
	}
}

// sentAgain sends forms a second time, those that had no answer a third time
// too: each gets the answer it had, and its record is there once.
func (b *book) sentAgain(deeds []*deed) {
	b.Helper()
	lists := map[string]map[string]int{}
	for _, d := range deeds {
		for again := d.answer == ""; ; again = false {
			if err := b.do(d); err != nil {
				b.Errorf("sent again: %v", err)
			}
			if !again {
				break
			}
		}
	}
	for _, d := range deeds {
		if lists[d.list] == nil {
			lists[d.list] = tagsOn(b.read(d.list))
		}
		if n := lists[d.list][d.tag]; n != 1 {
			b.Errorf("sent again, POST %s stands %d times: 「%s」 on %s", d.path, n, d.tag, d.list)
		}
		if d.path == "/office/plans/new" && tagsOn(b.read(d.answer))[d.tag] == 0 {
			b.Errorf("%s is not the plan 「%s」", d.answer, d.tag)
		}
	}
}

// otherContent sends the first form of a round once more with other content
// under its id: that is told apart, after a kill too.
func (b *book) otherContent(from int) {
	b.Helper()
	if from == len(b.deeds) {
		return
	}
	d := b.deeds[from]
	form := url.Values{"command": d.form["command"], "text": {planText("OTHER", 3)}, "words": {"另一句"},
		"unit": {"另一处"}, "title": {"另一岗"}, "name": {"另一人"}, "roles": {"clerk"}}
	a, err := b.send(d.path, form)
	if err != nil || a.status != http.StatusConflict {
		b.Errorf("POST %s with other content: %d %v", d.path, a.status, err)
	}
}

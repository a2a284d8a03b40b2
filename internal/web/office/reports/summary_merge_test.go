package reports

import (
	"testing"
	"time"

	"luoshi/internal/desk"
)

// What takes long is answered with how far it is; whoever asks again gets it, once, and
// nobody else.
func TestSummaryThatTakesLong(t *testing.T) {
	m := newMergings()
	goOn, runs := make(chan bool), 0
	work := func(step func(int)) (desk.SummaryPage, error) {
		runs++
		step(3)
		<-goOn
		return desk.SummaryPage{Issued: make([]desk.IssuedSummary, runs)}, nil
	}
	_, waits, err := m.merge("a", 50*time.Millisecond, work)
	if err != nil || waits == nil || waits.step.Load() != 3 {
		t.Fatalf("%v, %v", waits, err)
	}
	if _, again, _ := m.merge("a", time.Millisecond, work); again != waits {
		t.Error("it is begun twice")
	}
	goOn <- true
	page, waits, err := m.merge("a", time.Minute, work)
	if err != nil || waits != nil || len(page.Issued) != 1 {
		t.Fatalf("%v, %v, %d", waits, err, len(page.Issued))
	}
	go func() { goOn <- true }()
	if page, _, _ = m.merge("a", time.Minute, work); len(page.Issued) != 2 {
		t.Error("an old summary is given a second time")
	}
	if _, _, err := m.merge("b", time.Minute, func(func(int)) (desk.SummaryPage, error) { panic("x") }); err == nil {
		t.Error("a panic is no error")
	}
}

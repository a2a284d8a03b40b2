package reports

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// merging is a summary that is being put together, for one who asked for it.
type merging struct {
	step  atomic.Int64 // how many of desk.SummaryStepCount are done
	began time.Time
	ready chan struct{} // closed when page and err are there
	page  desk.SummaryPage
	err   error
}

// mergings are those that were begun and not fetched yet.
type mergings struct {
	mu sync.Mutex
	of map[string]*merging
}

func newMergings() *mergings { return &mergings{of: map[string]*merging{}} }

const (
	mergePatience = time.Second      // how long a page waits before it shows how far it is
	mergeKept     = 20 * time.Second // how long one waits for whoever asked for it
	mostMergings  = 32
)

// merge puts a summary together, or goes on waiting for one that was begun. What is not
// there in time is given as waits: whoever asks again gets it, once.
func (m *mergings) merge(key string, patience time.Duration, work func(step func(int)) (desk.SummaryPage, error)) (made desk.SummaryPage, waits *merging, err error) {
	now := time.Now()
	m.mu.Lock()
	for k, old := range m.of {
		if now.Sub(old.began) > mergeKept {
			delete(m.of, k)
		}
	}
	w, begun := m.of[key]
	if !begun {
		if len(m.of) >= mostMergings {
			m.mu.Unlock()
			made, err = work(func(int) {})
			return made, nil, err
		}
		w = &merging{began: now, ready: make(chan struct{})}
		m.of[key] = w
		go w.run(work)
	}
	m.mu.Unlock()
	select {
	case <-w.ready:
		m.mu.Lock()
		delete(m.of, key)
		m.mu.Unlock()
		return w.page, nil, w.err
	case <-time.After(patience):
		return made, w, nil
	}
}

func (w *merging) run(work func(step func(int)) (desk.SummaryPage, error)) {
	defer close(w.ready)
	defer func() {
		if p := recover(); p != nil { // it is no request, for which the server would see to it
			w.err = fmt.Errorf("merge a summary: %v", p)
		}
	}()
	w.page, w.err = work(func(n int) { w.step.Store(int64(n)) })
}

// errMerging says that a summary is still being put together.
type errMerging struct{ *merging }

func (errMerging) Error() string { return "a summary is being put together" }

// mergedBy reads the summary that an address asks for, as it stands; where that takes
// long, errMerging says how far it is.
func mergedBy(m *mergings) func(*page.Side, *http.Request) (summaryView, error) {
	return func(s *page.Side, r *http.Request) (summaryView, error) {
		return summaryBy(s, r, func(ctx context.Context, me desk.Who, asked askedSummary) (desk.SummaryPage, error) {
			key := fmt.Sprintf("%s %v", me.Account, asked)
			made, waits, err := m.merge(key, mergePatience, func(step func(int)) (desk.SummaryPage, error) {
				ctx, end := context.WithTimeout(context.Background(), mergeKept) // it goes on when the page was answered
				defer end()
				return s.Office.SummarySteps(ctx, me, asked.plan, asked.period, asked.chosen, step)
			})
			if waits != nil {
				return made, errMerging{waits}
			}
			return made, err
		})
	}
}

// showMerging shows how far a summary is. The page asks again by itself.
func showMerging(w http.ResponseWriter, r *http.Request, m *merging) error {
	w.Header().Set("Refresh", "1")
	web.Show(w, r, http.StatusOK, mergingPage(r.URL.RequestURI(), int(m.step.Load())))
	return nil
}

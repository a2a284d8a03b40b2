package bench

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"sync"
	"time"
)

// Figures are what came of one group of clients.
type Figures struct {
	Clients     int     `json:"clients"`
	Seconds     float64 `json:"seconds"`
	Answered    int64   `json:"answered"`
	PerSecond   float64 `json:"per_second"`
	P50         float64 `json:"p50_ms"` // of what was answered, as the two below
	P99         float64 `json:"p99_ms"`
	Max         float64 `json:"max_ms"`
	Refused     Refused `json:"refused"`
	Pages       int     `json:"pages,omitempty"`           // how many different ones were read
	SlowestPath string  `json:"slowest_path,omitempty"`    // the one that took longest in the mean
	SlowestMean float64 `json:"slowest_mean_ms,omitempty"` // how long that was
	FirstError  string  `json:"first_error,omitempty"`     // so that there is something to look into
}

// Refused counts what was not answered as wanted.
type Refused struct {
	Busy    int64 `json:"503"`
	TooMany int64 `json:"429"`
	Errors  int64 `json:"errors"` // other answers, broken connections, none in time
}

// Share is how much of what was asked was not answered as wanted.
func (f Figures) Share() float64 {
	lost := f.Refused.Busy + f.Refused.TooMany + f.Refused.Errors
	if lost == 0 {
		return 0
	}
	return float64(lost) / float64(lost+f.Answered)
}

// group is clients that do the same thing, one request of each at a time.
type group struct {
	clients int
	wanted  int // the status of a good answer
	do      func(ctx context.Context, client, round int) (answer, error)
	path    func(client, round int) string // what is read; nil for writers

	mu      sync.Mutex
	took    histogram
	refused Refused
	first   string
	paths   map[string]*pathTime
}

type pathTime struct {
	answers int64
	sum     time.Duration
}

// pause is how long a client waits that was refused, so that it does not do
// nothing but ask.
const pause = 100 * time.Millisecond

// run lets the clients ask until the end or until ctx ends, but each at least once: who
// is slower than the time that was given is measured too. What is under way then is waited
// for: to hang up on it would measure nothing and leave work behind.
func (g *group) run(ctx context.Context, end time.Time) Figures {
	began := time.Now()
	var all sync.WaitGroup
	for client := range g.clients {
		all.Go(func() {
			for round := 0; ctx.Err() == nil && (round == 0 || time.Now().Before(end)); round++ {
				if !g.one(context.WithoutCancel(ctx), client, round) {
					rest(ctx, min(pause, time.Until(end)))
				}
			}
		})
	}
	all.Wait()
	return g.figures(time.Since(began))
}

func rest(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// one does one request and counts it.
func (g *group) one(ctx context.Context, client, round int) (good bool) {
	began := time.Now()
	a, err := g.do(ctx, client, round)
	took := time.Since(began)
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case err != nil:
		g.wrong(err.Error())
	case a.status == g.wanted:
		g.took.add(took)
		if g.path != nil {
			g.note(g.path(client, round), took)
		}
		return true
	case a.status == http.StatusServiceUnavailable:
		g.refused.Busy++
	case a.status == http.StatusTooManyRequests:
		g.refused.TooMany++
	default:
		g.wrong(fmt.Sprintf("status %d", a.status))
	}
	return false
}

func (g *group) wrong(what string) {
	g.refused.Errors++
	if g.first == "" {
		g.first = what
	}
}

func (g *group) note(path string, took time.Duration) {
	if g.paths == nil {
		g.paths = map[string]*pathTime{}
	}
	if g.paths[path] == nil {
		g.paths[path] = &pathTime{}
	}
	g.paths[path].answers++
	g.paths[path].sum += took
}

func (g *group) figures(took time.Duration) Figures {
	f := Figures{Clients: g.clients, Seconds: rounded(took.Seconds(), 2), Answered: g.took.all, Refused: g.refused, FirstError: g.first,
		P50: milliseconds(g.took.percentile(50)), P99: milliseconds(g.took.percentile(99)), Max: milliseconds(g.took.most), Pages: len(g.paths)}
	if took > 0 {
		f.PerSecond = rounded(float64(g.took.all)/took.Seconds(), 1)
	}
	for path, t := range g.paths {
		if mean := milliseconds(t.sum / time.Duration(t.answers)); mean > f.SlowestMean {
			f.SlowestPath, f.SlowestMean = path, mean
		}
	}
	return f
}

func milliseconds(d time.Duration) float64 { return rounded(float64(d)/float64(time.Millisecond), 2) }

func rounded(v float64, digits int) float64 {
	ten := math.Pow(10, float64(digits))
	return math.Round(v*ten) / ten
}

// Package bench asks a running server for more and more, over HTTP as browsers
// do, and tells how fast it answered and what keeps it from being faster. It is
// bounded: by clients, by time, and by one request of each client at a time; it
// leaves no draft behind.
package bench

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"time"

	"luoshi/fault"
)

// The most that may be asked for.
const (
	MostClients = 256 // writers, and as many readers
	MostSeconds = 600
)

// Settings say what to ask for.
type Settings struct {
	Office, Public string // origins of the two sides; often the same
	LoginName      string
	Password       string
	Writers        int
	Readers        int
	Seconds        int
	NotASample     bool                                 // a real city may be asked too
	Show           func(done, all int64)                // is told how far it is
	Say            func(key string, args ...any) string // says a sentence in the reader's language
}

// Report is what came of it.
type Report struct {
	Office      string   `json:"office"`
	Public      string   `json:"public"`
	Sample      bool     `json:"sample"`
	Seconds     float64  `json:"seconds"` // of both phases together
	Interrupted bool     `json:"interrupted,omitempty"`
	Cores       int      `json:"cores,omitempty"` // of the server, where that is this machine
	RoundTrip   float64  `json:"round_trip_ms"`
	OneWriter   Figures  `json:"one_writer"` // the first phase: one writer, nobody else
	Writers     Figures  `json:"writers"`    // the second: all writers and readers
	Readers     Figures  `json:"readers"`
	Machine     *Machine `json:"machine,omitempty"` // in the second phase
	Limit       Limit    `json:"limit"`
}

// Good reports whether everybody was answered or at least told to come again.
func (r Report) Good() bool {
	for _, f := range []Figures{r.OneWriter, r.Writers, r.Readers} {
		if f.Refused.Errors > 0 || f.Clients > 0 && f.Answered == 0 {
			return false
		}
	}
	return true
}

var errStopped = fault.New(fault.Busy, "还没有开始测就停下了。")

// Run measures. It ends early where ctx does, and throws its draft away in either
// case. The report is nil where nothing was measured.
func Run(ctx context.Context, s Settings) (report *Report, err error) {
	side, err := newSite(s.Office, s.Writers)
	if err != nil {
		return nil, err
	}
	defer side.close()
	staff := &office{site: side}
	public, err := newSite(s.Public, s.Readers)
	if err != nil {
		return nil, err
	}
	defer public.close()
	r := &Report{Office: s.Office, Public: s.Public}
	b := &run{Settings: s, staff: staff, public: public, report: r}
	err = b.look(ctx)
	if ctx.Err() != nil {
		return nil, errStopped
	}
	if err != nil {
		return nil, err
	}
	// What was begun is finished and cleaned up also where it is told to stop.
	whole := context.WithoutCancel(ctx)
	if err := staff.signIn(whole, s.LoginName, s.Password); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, staff.discard(whole), staff.signOut(whole)) }()
	if err := staff.importDraft(whole); err != nil {
		return nil, err
	}
	b.measure(ctx)
	return r, nil
}

// run is one measuring.
type run struct {
	Settings
	staff  *office
	public *site
	report *Report
	way    way
	paths  []string
}

// look finds out what is there, and changes nothing yet.
func (b *run) look(ctx context.Context) (err error) {
	if b.way, err = b.staff.measureWay(ctx); err != nil {
		return err
	}
	public, err := b.public.measureWay(ctx)
	if err != nil {
		return err
	}
	b.way.local = b.way.local && public.local
	b.way.roundTrip = max(b.way.roundTrip, public.roundTrip)
	b.report.RoundTrip = milliseconds(b.way.roundTrip)
	if b.way.local {
		b.report.Cores = runtime.NumCPU()
	}
	ofSample, err := b.staff.check(ctx)
	if err != nil {
		return err
	}
	paths, alsoSample, err := publicPages(ctx, b.public)
	if err != nil {
		return err
	}
	b.paths, b.report.Sample = paths, ofSample && alsoSample
	if !b.report.Sample && !b.NotASample {
		real := b.Office
		if ofSample {
			real = b.Public
		}
		return fault.New(fault.Invalid, "%s 不是示例城市。压测会写进真的数据库、占住服务器；真要这样测，加上 --not-a-sample。", real)
	}
	return nil
}

// firstPhase is how long one writer works alone: a fifth of the time, five seconds at most.
func (s Settings) firstPhase() time.Duration {
	return min(time.Duration(s.Seconds)*time.Second/5, 5*time.Second)
}

// glance is how long the machine is looked at before anybody asks: who else is
// busy on it takes from what is measured.
const glance = 500 * time.Millisecond

// measure does the two phases.
func (b *run) measure(ctx context.Context) {
	quiet := readClock()
	rest(ctx, glance)
	unasked := readClock().since(quiet)
	began := time.Now()
	end := began.Add(time.Duration(b.Seconds) * time.Second)
	stop := b.tell(began)
	defer stop()
	alone := b.writers(1)
	b.report.OneWriter = alone.run(ctx, began.Add(b.firstPhase()))
	before := readClock()
	writers, readers := b.writers(b.Writers), b.readers()
	read := make(chan Figures)
	go func() { read <- readers.run(ctx, end) }()
	b.report.Writers = writers.run(ctx, end)
	b.report.Readers = <-read
	if m := readClock().since(before); b.way.local && m != nil && unasked != nil {
		m.IdleBefore = unasked.Idle
		b.report.Machine = m
	}
	b.report.Seconds = rounded(time.Since(began).Seconds(), 2)
	b.report.Interrupted = ctx.Err() != nil
	b.report.Limit = limitOf(measured{b.report.OneWriter, b.report.Writers, b.report.Readers, b.report.RoundTrip, b.way.local, b.report.Machine}, b.Say)
}

func (b *run) writers(clients int) *group {
	return &group{clients: clients, wanted: http.StatusSeeOther, do: b.staff.correct}
}

// readers begin at different pages and go round, so that all pages are asked for
// at any time.
func (b *run) readers() *group {
	path := func(client, round int) string {
		return b.paths[(client*len(b.paths)/b.Readers+round)%len(b.paths)]
	}
	return &group{clients: b.Readers, wanted: http.StatusOK, path: path, do: func(ctx context.Context, client, round int) (answer, error) {
		return b.public.ask(ctx, http.MethodGet, path(client, round), nil, false)
	}}
}

// tell says how far it is, until it is told to stop.
func (b *run) tell(began time.Time) (stop func()) {
	ended, told := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(told)
		again := time.NewTicker(200 * time.Millisecond)
		defer again.Stop()
		all := int64(b.Seconds) * 1000
		for {
			select {
			case <-again.C:
				b.Show(min(time.Since(began).Milliseconds(), all), all)
			case <-ended:
				return
			}
		}
	}()
	return func() {
		close(ended)
		<-told
	}
}

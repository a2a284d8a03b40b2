package peers_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// request is one create as it is sent, and how its answer is known to be a success.
type request struct {
	url    string
	kind   string // of the body
	body   string
	header http.Header // of who is signed in
	check  func(status int, to string, body []byte) error
}

// send sends it and reads the whole answer.
func (q request) send(client *http.Client) (body []byte, err error) {
	r, err := http.NewRequest(http.MethodPost, q.url, bytes.NewReader([]byte(q.body)))
	if err != nil {
		return nil, err
	}
	for name, values := range q.header {
		r.Header[name] = values
	}
	r.Header.Set("Content-Type", q.kind)
	answer, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if body, err = io.ReadAll(answer.Body); err != nil {
		return nil, err
	}
	return body, q.check(answer.StatusCode, answer.Header.Get("Location"), body)
}

// refused is the error of an answer that is no success.
func refused(status int, to string, body []byte) error {
	return fmt.Errorf("status %d, location %q: %.300s", status, to, body)
}

// result is what one contender did in one round.
type result struct {
	rate         float64 // successes a second while measured
	p50, p99     time.Duration
	answered     int64   // successes, the warm-up's too
	first, final float64 // successes a second in the first and in the last second of all
	cpuEach      float64 // milliseconds of the server's processor time for one create
	others       float64 // share of the machine that neither the server nor the load took
	errors       []error // a few of them
	last         []request
}

func (r *result) fail(err error) { r.errors = append(r.errors, err) }

func (r result) String() string {
	return fmt.Sprintf("%6.0f/s  p50 %s  p99 %s  cpu %.2f ms  others %.1f %%  errors %d",
		r.rate, milliseconds(r.p50), milliseconds(r.p99), r.cpuEach, 100*r.others, len(r.errors))
}

// done is one answered create.
type done struct {
	at   time.Duration // since the load began
	took time.Duration
}

// load lets clients create one record after the other, each as soon as its last
// was answered, and measures after the warm-up.
func load(s subject, clients int, warm, measured time.Duration) (r result) {
	var next atomic.Int64
	var group sync.WaitGroup
	var lock sync.Mutex
	answers := make([][]done, clients)
	last := make([]request, clients)
	began := time.Now()
	end := warm + measured
	for c := range clients {
		group.Go(func() {
			for time.Since(began) < end {
				q := s.create(c, next.Add(1))
				start := time.Now()
				_, err := q.send(s.server.client)
				now := time.Now()
				if err != nil {
					lock.Lock()
					r.fail(err)
					enough := len(r.errors) >= 100
					lock.Unlock()
					if enough {
						return
					}
					continue
				}
				answers[c], last[c] = append(answers[c], done{now.Sub(began), now.Sub(start)}), q
			}
		})
	}
	time.Sleep(warm)
	from := s.server.usage()
	time.Sleep(measured)
	to := s.server.usage()
	group.Wait()

	var times []time.Duration
	var first, final int
	for _, d := range slices.Concat(answers...) {
		r.answered++
		if d.at < time.Second {
			first++
		}
		if d.at >= end-time.Second && d.at < end {
			final++
		}
		if d.at >= warm && d.at < end {
			times = append(times, d.took)
		}
	}
	slices.Sort(times)
	r.rate = float64(len(times)) / measured.Seconds()
	r.p50, r.p99 = quantile(times, 0.5), quantile(times, 0.99)
	r.first, r.final, r.last = float64(first), float64(final), last
	r.cpuEach = 1000 * max(0, (to.server-from.server).Seconds()) / max(1, float64(len(times)))
	r.others = othersShare(from, to)
	return r
}

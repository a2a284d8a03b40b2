// Package gateway stands in for what carries messages, in tests: it writes down all
// that it is sent.
package gateway

import (
	"encoding/json"
	"io"
	"net/http"
	"sync"
)

// Sent is one request as it arrived.
type Sent struct {
	Key    string
	Header http.Header
	Query  string
	Raw    []byte
	Body   map[string]any
}

// Recorder takes messages by HTTP.
type Recorder struct {
	mu   sync.Mutex
	all  []Sent
	Says func(nth int) (status int, body string) // what is answered to the nth request; nil takes all
}

// ServeHTTP writes a request down, then answers it.
func (r *Recorder) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	raw, err := io.ReadAll(q.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s := Sent{Key: q.Header.Get("Idempotency-Key"), Header: q.Header, Query: q.URL.RawQuery, Raw: raw}
	if err := json.Unmarshal(raw, &s.Body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	r.all = append(r.all, s)
	n := len(r.all)
	r.mu.Unlock()
	status, body := http.StatusOK, `{"errcode":0,"code":0}`
	if r.Says != nil {
		status, body = r.Says(n)
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// All gives what was sent so far.
func (r *Recorder) All() []Sent {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Sent(nil), r.all...)
}

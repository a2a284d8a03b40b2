package public

import (
	"bytes"
	"net/http"
	"sync"
	"time"

	"luoshi/internal/web"
)

// keptPages holds answers for as long as a public page may be old, so that many
// readers of one page cost what one does.
type keptPages struct {
	life time.Duration // 0: nothing is kept

	mu    sync.Mutex
	pages map[string]*keptPage
	bytes int
	since time.Time // what was begun before may show what is public no longer
}

// keptPage is an answer: what the handler wrote.
type keptPage struct {
	header http.Header
	status int
	body   bytes.Buffer
	until  time.Time
}

// Whoever asks for many addresses of no use must not fill the memory.
const (
	mostPages    = 2000
	mostKept     = 64 << 20 // bytes of all
	largestShown = 2 << 20  // bytes of one
)

func (p *keptPage) Header() http.Header { return p.header }

func (p *keptPage) WriteHeader(status int) { p.status = status }

func (p *keptPage) Write(b []byte) (int, error) { return p.body.Write(b) }

func (p *keptPage) show(w http.ResponseWriter) {
	for name, values := range p.header {
		w.Header()[name] = values
	}
	w.WriteHeader(p.status)
	_, _ = w.Write(p.body.Bytes()) // a reader who hangs up needs no answer
}

// answer gives a kept answer, or makes one and keeps it.
func (k *keptPages) answer(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
	if k.life == 0 || r.Method != http.MethodGet {
		serve(w, r)
		return
	}
	scheme := "http"
	if web.ClientOf(r).HTTPS {
		scheme = "https"
	}
	key := scheme + " " + r.Host + " " + string(web.Of(r.Context()).Lang) + " " + r.URL.RequestURI()
	if p := k.find(key, time.Now()); p != nil {
		p.show(w)
		return
	}
	began := time.Now()
	p := &keptPage{header: http.Header{}, status: http.StatusOK}
	serve(p, r)
	if p.status == http.StatusOK && p.body.Len() <= largestShown && r.Context().Err() == nil {
		k.keep(key, p, began)
	}
	p.show(w)
}

func (k *keptPages) find(key string, now time.Time) *keptPage {
	k.mu.Lock()
	defer k.mu.Unlock()
	if p := k.pages[key]; p != nil && now.Before(p.until) {
		return p
	}
	return nil
}

// keep keeps an answer that was begun at an instant: it is as old as that.
func (k *keptPages) keep(key string, p *keptPage, began time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !began.After(k.since) {
		return
	}
	if k.pages == nil || len(k.pages) >= mostPages || k.bytes+p.body.Len() > mostKept {
		k.sweep(began)
	}
	if len(k.pages) >= mostPages || k.bytes+p.body.Len() > mostKept {
		return
	}
	if old := k.pages[key]; old != nil {
		k.bytes -= old.body.Len()
	}
	p.until = began.Add(k.life)
	k.pages[key] = p
	k.bytes += p.body.Len()
}

// forget drops every page that was begun by an instant, also those still being made.
func (k *keptPages) forget(now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.pages, k.bytes, k.since = nil, 0, now
}

// sweep drops what is too old.
func (k *keptPages) sweep(now time.Time) {
	fresh := map[string]*keptPage{}
	k.bytes = 0
	for key, p := range k.pages {
		if now.Before(p.until) {
			fresh[key] = p
			k.bytes += p.body.Len()
		}
	}
	k.pages = fresh
}

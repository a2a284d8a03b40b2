// Package public answers everybody, without an account: the home page, the
// living plan, items, the ledger. It is built on desk.Public alone, so that a
// page cannot show what that type cannot reach.
package public

import (
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"

	"github.com/a-h/templ"
)

// route is a public address. A handler that gives an error has shown nothing.
type route struct {
	pattern string
	serve   func(visit) error
}

var routes = append([]route{
	{"GET /{$}", visit.home},
	{"GET /plans/{id}", visit.plan},
	{"GET /plans/{id}/calendar.ics", visit.calendar},
	{"GET /plans/{id}/booklet", visit.booklet},
	{"GET /plans/{id}/qr.svg", visit.code},
	{"GET /plans/{id}/original", visit.original},
	{"GET /plans/{id}/documents/{version}", visit.former},
	{"GET /items/{id}", visit.item},
	{"GET /units", visit.units},
	{"GET /units/{id}", visit.unit},
	{"GET /units/{id}/notice", visit.unitNotice},
	{"GET /search", visit.search},
	{"GET /ledger", visit.ledger},
	{"GET /ledger/{seq}", visit.entry},
	{"GET /ledger/checkpoint", visit.checkpoint},
	{"GET /ledger/key", visit.publicKey},
	{"GET /changes.rss", visit.changes},
	{"GET /draws/{draw}", visit.draw},
	{"GET /data", visit.data},
	{"GET /openapi.json", visit.openAPI},
	{"GET " + web.StylesheetPath(), visit.stylesheet},
	{"GET /", visit.unknown},
}, dataRoutes()...)

// freshRoutes answer each reader anew: forms, which carry a number of their own, and what
// is sent while it is read. None of them is kept or held in memory.
var freshRoutes = append([]route{
	{"GET /facts/{id}/doubt", visit.doubtForm},
	{"POST /facts/{id}/doubt", visit.doubt},
}, sheetRoutes()...)

// Routes lists the patterns of every public address, for tests that walk them all.
func Routes() []string {
	var all []string
	for _, r := range slices.Concat(routes, freshRoutes) {
		all = append(all, r.pattern)
	}
	return all
}

// Handler answers the public addresses. key is the ledger's public key as text.
// A page may be as old as life says. web.Language and web.Security stand around it.
func Handler(p *desk.Public, key string, life time.Duration) *Side {
	s := &site{desk: p, key: key, pages: keptPages{life: life}}
	mux := http.NewServeMux()
	for _, r := range routes {
		once := web.OneView(p.Visit, http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) { s.answer(w, q, r.serve) })).ServeHTTP
		mux.HandleFunc(r.pattern, func(w http.ResponseWriter, q *http.Request) {
			s.pages.answer(w, q, once)
		})
	}
	for _, r := range freshRoutes {
		mux.HandleFunc(r.pattern, func(w http.ResponseWriter, q *http.Request) { s.answer(w, q, r.serve) })
	}
	return &Side{s, mux}
}

// Side is the public side of the house, with the pages that it keeps.
type Side struct {
	site *site
	mux  *http.ServeMux
}

func (s *Side) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Forget lets every page go that was made before: something on it may be public no longer.
func (s *Side) Forget() {
	s.site.pages.forget(time.Now())
	s.site.mu.Lock()
	defer s.site.mu.Unlock()
	s.site.until = time.Time{}
}

// Preview answers the public addresses from what would be public. What it reads, it
// reads on the view of the request, and keeps nothing.
func Preview(p *desk.Public, key string) http.Handler {
	s := &site{desk: p, key: key, private: true}
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.HandleFunc(r.pattern, func(w http.ResponseWriter, q *http.Request) { s.answer(w, q, r.serve) })
	}
	return mux
}

// site is what all pages stand on. The front is kept for a second, and a page made with it for another: no page is older than two.
type site struct {
	desk *desk.Public
	key  string

	private bool // shown to the office alone
	pages   keptPages
	doubts  doubtLimit
	sheets  atomic.Int32 // that are being sent

	mu    sync.Mutex
	kept  front
	until time.Time
}

// front is what the frame of every page shows.
type front struct {
	city  desk.City
	plans []plan.Plan // released ones, newest first
}

const frontLife = time.Second

func (s *site) front(ctx context.Context) (f front, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Now().Before(s.until) {
		return s.kept, nil
	}
	began := time.Now()
	if f.city, err = s.desk.City(ctx); err != nil && !fault.Is(err, fault.Missing) {
		return f, err
	}
	if f.plans, err = s.desk.Plans(ctx); err != nil {
		return f, err
	}
	s.kept, s.until = f, began.Add(frontLife)
	return f, nil
}

// visit is one request for a page.
type visit struct {
	*site
	w     http.ResponseWriter
	r     *http.Request
	plans []plan.Plan
	today calendar.Day
}

func (s *site) answer(w http.ResponseWriter, r *http.Request, serve func(visit) error) {
	if !s.private {
		w.Header().Set("Cache-Control", "no-cache")
	}
	front, err := s.front(r.Context())
	v := visit{site: s, w: w, plans: front.plans, today: s.desk.Today()}
	page := web.Of(r.Context())
	page.City, page.Today = front.city, web.Date(r.Context(), v.today)
	v.r = r.WithContext(web.With(r.Context(), page))
	if v.forMachines() && !s.private {
		w.Header().Set("Access-Control-Allow-Origin", "*") // anybody may read it, so any site's script may
	}
	if err == nil {
		err = serve(v)
	}
	if err != nil {
		v.fail(err)
	}
}

// menu names what there is.
func (v visit) menu() []web.Entry {
	menu := []web.Entry{{Path: "/", Name: "首页"}}
	if len(v.plans) > 0 {
		menu = append(menu, web.Entry{Path: "/plans/" + v.plans[0].ID.String(), Name: "方案"})
	}
	return append(menu, web.Entry{Path: "/units", Name: "单位"}, web.Entry{Path: "/ledger", Name: "存证"}, web.Entry{Path: "/data", Name: "公开数据"})
}

func (v visit) show(status int, title string, content templ.Component) error {
	web.Show(v.w, v.r, status, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return web.Frame("public", title, v.menu()).Render(templ.WithChildren(ctx, content), w)
	}))
	return nil
}

func (v visit) say(sentence string, args ...any) string {
	return web.T(v.r.Context(), sentence, args...)
}

var errMissing = fault.New(fault.Missing, "没有这一页，或者它还没有公开。")

func (v visit) unknown() error { return errMissing }

func (v visit) fail(err error) {
	f, status := web.Told(v.r, err)
	if f.Kind == fault.Missing {
		f = errMissing
	} else {
		v.w.Header().Set("Cache-Control", "no-store")
	}
	if v.forMachines() {
		v.problem(status, web.Sentence(v.r.Context(), f))
		return
	}
	_ = v.show(status, v.say("没有打开"), failed(web.Sentence(v.r.Context(), f), f.Kind)) // show gives no error
}

func (v visit) stylesheet() error {
	web.Stylesheet(v.w, v.r)
	return nil
}

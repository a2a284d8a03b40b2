// Package office is the side of the house where people sign in.
package office

import (
	"context"
	"net/http"
	"strings"
	"unicode"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/web"
)

// side is the office pages of one city.
type side struct {
	office *desk.Office
	login  *login.Login
	public func(*desk.Public) http.Handler // answers the public addresses from what would be public
}

// route is one address of the office.
type route struct {
	pattern string
	act     string // of desk.Policy, which who comes here must be allowed to some unit at least; or one of the two below
	handle  func(s *side, w http.ResponseWriter, r *http.Request) error
}

const (
	anybody  = "anybody"   // without being signed in
	signedIn = "signed_in" // whatever their roles: it is about themselves
)

// Routes lists the addresses of the office, for the tests that walk them all.
func Routes() []string {
	var out []string
	for _, r := range routes() {
		out = append(out, r.pattern)
	}
	return out
}

// Needs tells of each address which act of desk.Policy it needs.
func Needs() map[string]string {
	out := map[string]string{}
	for _, r := range routes() {
		out[r.pattern] = r.act
	}
	return out
}

// Handler gives the office pages of a city. public answers the public addresses, for
// whoever looks at what is to be made public.
func Handler(o *desk.Office, l *login.Login, public func(*desk.Public) http.Handler) http.Handler {
	s := &side{o, l, public}
	mux := http.NewServeMux()
	for _, r := range routes() {
		mux.HandleFunc(r.pattern, s.page(r))
	}
	mux.HandleFunc("/office/", s.page(route{act: anybody, handle: func(*side, http.ResponseWriter, *http.Request) error { return errNoPage }}))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(s.page(route{act: anybody, handle: func(*side, http.ResponseWriter, *http.Request) error { return errForeign }}))
	return web.OneView(o.Visit, l.Wrap(guard.Handler(mux), visitor, func(w http.ResponseWriter, r *http.Request, err error) {
		if guard.Check(r) != nil { // nobody else's form is handed to a reader
			err = errForeign
		}
		s.fail(w, s.greeted(w, r), err)
	}))
}

var (
	errNoPage  = fault.New(fault.Missing, "没有这一页。请从上面的菜单重新找。")
	errForeign = fault.New(fault.Denied, "这张表不是从我们的页面交来的，没有收下。请回到页面上再交一次。")
)

type whoKey struct{}

// page finds out who is there, lets strangers sign in first, and shows what went wrong.
func (s *side) page(r route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		req = s.greeted(w, req)
		ctx, p := req.Context(), web.Of(req.Context())
		if account := s.login.Account(ctx); account != 0 {
			who, err := s.office.Who(ctx, account)
			byPIN := s.login.ByPIN(ctx)
			if err == nil && byPIN && !desk.MayUsePIN(who) {
				err = errRolesGrown
			}
			if err == nil {
				p.Who, p.Shared = &who, byPIN
				ctx = withWho(web.With(ctx, p), who)
			} else if !fault.Is(err, fault.Denied) {
				s.fail(w, req, err)
				return
			}
		}
		req = req.WithContext(ctx)
		switch {
		case r.act == anybody:
		case p.Who == nil:
			s.signInFirst(w, req)
			return
		case r.act != signedIn && !p.Who.May(r.act):
			s.fail(w, req, desk.MayNot(r.act))
			return
		}
		if err := r.handle(s, w, req); err != nil {
			s.fail(w, req, err)
		}
	}
}

// greeted gives a request what the frame of its page shows to anybody.
func (s *side) greeted(w http.ResponseWriter, r *http.Request) *http.Request {
	w.Header().Set("Cache-Control", "no-store")
	p := web.Of(r.Context())
	p.City, _ = s.office.City(r.Context()) // a folder without a city still lets its pages say so
	p.Today = web.Date(r.Context(), s.office.Today())
	return r.WithContext(web.With(r.Context(), p))
}

// withWho gives the handlers of a page the person signed in.
func withWho(ctx context.Context, w desk.Who) context.Context {
	return context.WithValue(ctx, whoKey{}, w)
}

// who is the person signed in; routes that are not open always have one.
func who(ctx context.Context) desk.Who {
	w, _ := ctx.Value(whoKey{}).(desk.Who)
	return w
}

func (s *side) fail(w http.ResponseWriter, r *http.Request, err error) {
	f, status := s.told(w, r, err)
	if form, ok := handedBack(w, r, f); ok {
		web.Show(w, r, status, againPage(form))
		return
	}
	web.Show(w, r, status, failed(web.Sentence(r.Context(), f)))
}

// handedBack is a form that came while nothing could be done with it. It has its
// command id, so that it can be sent again as it is, and is done once.
func handedBack(w http.ResponseWriter, r *http.Request, f *fault.Fault) (web.Form, bool) {
	if r.Method != http.MethodPost || f.Kind != fault.Busy {
		return web.Form{}, false
	}
	form, err := web.ReadForm(w, r)
	form.Fault = f
	return form, err == nil && desk.IsCommandID(form.Command)
}

// go303 sends the reader on after an act, in the language of the page.
func go303(w http.ResponseWriter, r *http.Request, path string) {
	http.Redirect(w, r, string(web.Link(r.Context(), path)), http.StatusSeeOther)
}

// inside reports whether an address is one of the office's own, so that nobody
// can be sent elsewhere by a link to the sign-in page.
func inside(path string) bool {
	return strings.HasPrefix(strings.TrimPrefix(path, "/en"), "/office/") && !strings.Contains(path, "//") &&
		!strings.ContainsFunc(path, func(r rune) bool { return r == '\\' || unicode.IsControl(r) })
}

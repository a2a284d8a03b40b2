// Package page holds what all pages of the office share: who is there, the frame, forms,
// the addresses that several rooms lead to, and the small pieces that several show.
package page

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/web"
)

// Side is the office pages of one city.
type Side struct {
	Office *desk.Office
	Login  *login.Login
	Public func(*desk.Public) http.Handler // answers the public addresses from what would be public
}

// Route is one address of the office.
type Route struct {
	Pattern string
	Act     string // of desk.Policy, which who comes here must be allowed to some unit at least; or one of the two below
	Handle  func(s *Side, w http.ResponseWriter, r *http.Request) error
}

// At is an address with what it needs and what answers there.
func At(pattern, act string, handle func(s *Side, w http.ResponseWriter, r *http.Request) error) Route {
	return Route{pattern, act, handle}
}

// The two that are no act of desk.Policy.
const (
	Anybody  = "anybody"   // without being signed in
	SignedIn = "signed_in" // whatever their roles: it is about themselves
)

// What is said to whoever comes to no page, or with a form that is not ours.
var (
	ErrNoPage  = fault.New(fault.Missing, "没有这一页。请从上面的菜单重新找。")
	ErrForeign = fault.New(fault.Denied, "这张表不是从我们的页面交来的，没有收下。请回到页面上再交一次。")
)

type whoKey struct{}

// Greeted gives a request what the frame of its page shows to anybody.
func (s *Side) Greeted(w http.ResponseWriter, r *http.Request) *http.Request {
	w.Header().Set("Cache-Control", "no-store")
	p := web.Of(r.Context())
	p.City, _ = s.Office.City(r.Context()) // a folder without a city still lets its pages say so
	p.Today = web.Date(r.Context(), s.Office.Today())
	return r.WithContext(web.With(r.Context(), p))
}

// WithWho gives the handlers of a page the person signed in.
func WithWho(ctx context.Context, w desk.Who) context.Context {
	return context.WithValue(ctx, whoKey{}, w)
}

// Who is the person signed in; routes that are not open always have one.
func Who(ctx context.Context) desk.Who {
	w, _ := ctx.Value(whoKey{}).(desk.Who)
	return w
}

// Fail shows what went wrong, and hands a form back that could not be dealt with.
func (s *Side) Fail(w http.ResponseWriter, r *http.Request, err error) {
	f, status := s.Told(w, r, err)
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

// SeeOther sends the reader on after an act, in the language of the page.
func SeeOther(w http.ResponseWriter, r *http.Request, path string) {
	http.Redirect(w, r, string(web.Link(r.Context(), path)), http.StatusSeeOther)
}

// Told is web.Told for pages that ask for a password: a try that comes too early
// is answered as such, for programs too.
func (s *Side) Told(w http.ResponseWriter, r *http.Request, err error) (*fault.Fault, int) {
	f, status := web.Told(r, err)
	if wait := (*login.Wait)(nil); errors.As(err, &wait) {
		status = http.StatusTooManyRequests
		w.Header().Set("Retry-After", strconv.Itoa(int(wait.Until.Sub(s.Login.Now())/time.Second)+1))
	}
	return f, status
}

// Package office is the side of the house where people sign in: what its rooms have in
// common is page, each family of pages is a room of its own, and the first page is here.
package office

import (
	"net/http"

	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/web"
	"luoshi/internal/web/office/accounts"
	"luoshi/internal/web/office/page"
)

// Routes lists the addresses of the office, for the tests that walk them all.
func Routes() []string {
	var out []string
	for _, r := range routes() {
		out = append(out, r.Pattern)
	}
	return out
}

// Needs tells of each address which act of desk.Policy it needs.
func Needs() map[string]string {
	out := map[string]string{}
	for _, r := range routes() {
		out[r.Pattern] = r.Act
	}
	return out
}

// Handler gives the office pages of a city. public answers the public addresses, for
// whoever looks at what is to be made public.
func Handler(o *desk.Office, l *login.Login, public func(*desk.Public) http.Handler) http.Handler {
	s := &page.Side{Office: o, Login: l, Public: public}
	mux := http.NewServeMux()
	for _, r := range routes() {
		mux.HandleFunc(r.Pattern, answer(s, r))
	}
	mux.HandleFunc("/office/", answer(s, refusing(page.ErrNoPage)))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(answer(s, refusing(page.ErrForeign)))
	return web.OneView(o.Visit, l.Wrap(guard.Handler(mux), visitor, func(w http.ResponseWriter, r *http.Request, err error) {
		if guard.Check(r) != nil { // nobody else's form is handed to a reader
			err = page.ErrForeign
		}
		s.Fail(w, s.Greeted(w, r), err)
	}))
}

// answer finds out who is there, lets strangers sign in first, and shows what went wrong.
func answer(s *page.Side, r page.Route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		req = s.Greeted(w, req)
		ctx, p := req.Context(), web.Of(req.Context())
		if account := s.Login.Account(ctx); account != 0 {
			who, err := s.Office.Who(ctx, account)
			byPIN := s.Login.ByPIN(ctx)
			if err == nil && byPIN && !desk.MayUsePIN(who) {
				err = accounts.ErrRolesGrown
			}
			if err == nil {
				p.Who, p.Shared = &who, byPIN
				ctx = page.WithWho(web.With(ctx, p), who)
			} else if !fault.Is(err, fault.Denied) {
				s.Fail(w, req, err)
				return
			}
		}
		req = req.WithContext(ctx)
		switch {
		case r.Act == page.Anybody:
		case p.Who == nil:
			accounts.SignInFirst(s, w, req)
			return
		case r.Act != page.SignedIn && !p.Who.May(r.Act):
			s.Fail(w, req, desk.MayNot(r.Act))
			return
		}
		if err := r.Handle(s, w, req); err != nil {
			s.Fail(w, req, err)
		}
	}
}

// refusing is an address at which nothing is done.
func refusing(why error) page.Route {
	return page.At("", page.Anybody, func(*page.Side, http.ResponseWriter, *http.Request) error { return why })
}

// visitor is who asks, for the log of sign-ins.
func visitor(r *http.Request) login.Visitor {
	c := web.ClientOf(r)
	return login.Visitor{Address: c.Address, Browser: r.UserAgent(), HTTPS: c.HTTPS}
}

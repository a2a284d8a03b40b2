package office

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"luoshi/fault"
	"luoshi/internal/login"
	"luoshi/internal/web"
)

// visitor is who asks, for the log of sign-ins.
func visitor(r *http.Request) login.Visitor {
	c := web.ClientOf(r)
	return login.Visitor{Address: c.Address, Browser: r.UserAgent(), HTTPS: c.HTTPS}
}

// told is web.Told for pages that ask for a password: a try that comes too early
// is answered as such, for programs too.
func (s *side) told(w http.ResponseWriter, r *http.Request, err error) (*fault.Fault, int) {
	f, status := web.Told(r, err)
	if wait := (*login.Wait)(nil); errors.As(err, &wait) {
		status = http.StatusTooManyRequests
		w.Header().Set("Retry-After", strconv.Itoa(int(wait.Until.Sub(s.login.Now())/time.Second)+1))
	}
	return f, status
}

// kept is a form that was sent without being signed in: it comes back after.
type kept struct {
	path   string
	values url.Values
}

// signInFirst lets a stranger sign in. What was sent is kept on the page.
func (s *side) signInFirst(w http.ResponseWriter, r *http.Request) {
	form := web.NewForm(url.Values{"next": {string(web.Link(r.Context(), r.URL.RequestURI()))}})
	if r.Method == http.MethodPost {
		sent, err := web.ReadForm(w, r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		form.Values.Set("keep", sent.Values.Encode())
	}
	s.showSignIn(w, r, http.StatusUnauthorized, form)
}

// showSignIn shows all ways to sign in that the browser has.
func (s *side) showSignIn(w http.ResponseWriter, r *http.Request, status int, form web.Form) {
	posts, err := s.phonePosts(r.Context())
	if err != nil {
		web.Log(r, err) // the other ways are still open
	}
	web.Show(w, web.Keeping(r), status, signInPage(form, posts))
}

// refuseSignIn shows them with what is wrong with the one that was tried.
func (s *side) refuseSignIn(w http.ResponseWriter, r *http.Request, form web.Form, err error) {
	f, status := s.told(w, r, err)
	form.Fault = f
	s.showSignIn(w, r, status, form)
}

func (s *side) signIn(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost {
		s.showSignIn(w, r, http.StatusOK, web.NewForm(nil))
		return nil
	}
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	if form.Value(web.ShowAgain) != "" {
		s.showSignIn(w, r, http.StatusOK, form)
		return nil
	}
	account, err := s.login.Check(r.Context(), form.Value("login_name"), form.Value("password"))
	if err == nil {
		_, err = s.office.Who(r.Context(), account)
	}
	if err == nil {
		err = s.login.Begin(r.Context(), account)
	}
	if err != nil {
		s.refuseSignIn(w, r, form, err)
		return nil
	}
	goOnSignedIn(w, r, form)
	return nil
}

// goOnSignedIn leads whoever has just signed in to what they were about to do.
func goOnSignedIn(w http.ResponseWriter, r *http.Request, form web.Form) {
	next := form.Value("next")
	if !inside(next) {
		next = string(web.Link(r.Context(), "/office/"))
	}
	if values, err := url.ParseQuery(form.Value("keep")); err == nil && len(values) > 0 {
		web.Show(w, r, http.StatusOK, resumePage(kept{next, values}))
		return
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (s *side) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.login.End(r.Context()); err != nil {
		return err
	}
	go303(w, r, "/office/sign-in")
	return nil
}

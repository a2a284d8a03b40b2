package accounts

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// kept is a form that was sent without being signed in: it comes back after.
type kept struct {
	path   string
	values url.Values
}

// SignInFirst lets a stranger sign in. What was sent is kept on the page.
func SignInFirst(s *page.Side, w http.ResponseWriter, r *http.Request) {
	form := web.NewForm(url.Values{"next": {string(web.Link(r.Context(), r.URL.RequestURI()))}})
	if r.Method == http.MethodPost {
		sent, err := web.ReadForm(w, r)
		if err != nil {
			s.Fail(w, r, err)
			return
		}
		form.Values.Set("keep", sent.Values.Encode())
	}
	showSignIn(s, w, r, http.StatusUnauthorized, form)
}

// showSignIn shows all ways to sign in that the browser has.
func showSignIn(s *page.Side, w http.ResponseWriter, r *http.Request, status int, form web.Form) {
	posts, err := phonePosts(s, r.Context())
	if err != nil {
		web.Log(r, err) // the other ways are still open
	}
	web.Show(w, web.Keeping(r), status, signInPage(form, posts))
}

// refuseSignIn shows them with what is wrong with the one that was tried.
func refuseSignIn(s *page.Side, w http.ResponseWriter, r *http.Request, form web.Form, err error) {
	f, status := s.Told(w, r, err)
	form.Fault = f
	showSignIn(s, w, r, status, form)
}

func signIn(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost {
		showSignIn(s, w, r, http.StatusOK, web.NewForm(nil))
		return nil
	}
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	if form.Value(web.ShowAgain) != "" {
		showSignIn(s, w, r, http.StatusOK, form)
		return nil
	}
	account, err := s.Login.Check(r.Context(), form.Value("login_name"), form.Value("password"))
	if err == nil {
		_, err = s.Office.Who(r.Context(), account)
	}
	if err == nil {
		err = s.Login.Begin(r.Context(), account)
	}
	if err != nil {
		refuseSignIn(s, w, r, form, err)
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

func signOut(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	if err := s.Login.End(r.Context()); err != nil {
		return err
	}
	page.SeeOther(w, r, "/office/sign-in")
	return nil
}

// inside reports whether an address is one of the office's own, so that nobody
// can be sent elsewhere by a link to the sign-in page.
func inside(path string) bool {
	return strings.HasPrefix(strings.TrimPrefix(path, "/en"), "/office/") && !strings.Contains(path, "//") &&
		!strings.ContainsFunc(path, func(r rune) bool { return r == '\\' || unicode.IsControl(r) })
}

package accounts

import (
	"context"
	"net/http"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// phonePost is a post that has a PIN on the phone that asks. Whoever holds the phone
// sees it, so it has nobody's name.
type phonePost struct {
	account     id.Account
	unit, title string
	may         bool // its PIN is still enough for what it may do
}

// field is what its PIN is called on the page: pin where it was tried just now, which
// is where a fault leads to.
func (p phonePost) field(f web.Form) string {
	if f.Value("account") == p.account.String() {
		return "pin"
	}
	return "pin-" + p.account.String()
}

// wrong is what is wrong with its PIN, or empty.
func (p phonePost) wrong(ctx context.Context, f web.Form) string {
	if p.field(f) != "pin" {
		return ""
	}
	return f.Wrong(ctx, "pin")
}

// phonePosts lists the posts that have a PIN on the phone that asks; one whose
// account was closed is none any more.
func phonePosts(s *page.Side, ctx context.Context) ([]phonePost, error) {
	accounts, err := s.Login.PINs(ctx)
	if err != nil {
		return nil, err
	}
	var posts []phonePost
	for _, a := range accounts {
		who, err := s.Office.Who(ctx, a)
		if fault.Is(err, fault.Denied) {
			continue
		}
		if err != nil {
			return nil, err
		}
		posts = append(posts, phonePost{a, who.Unit, who.Title, desk.MayUsePIN(who)})
	}
	return posts, nil
}

// ErrRolesGrown says that a PIN is not enough any more.
var ErrRolesGrown = fault.New(fault.Denied, "这个岗位的职责多了，只用 PIN 不够了。请用账号名和密码登录；还没有的，请给上级单位打电话，补一张条子。")

// signInByPIN signs a post in on a phone on which it has a PIN.
func signInByPIN(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	if form.Value(web.ShowAgain) != "" {
		showSignIn(s, w, r, http.StatusOK, form)
		return nil
	}
	posts, err := phonePosts(s, r.Context())
	if err != nil {
		return err
	}
	err = login.ErrNoPIN
	for _, p := range posts {
		if p.account.String() != form.Value("account") {
			continue
		}
		if err = checkPIN(s, w, r, p, form.Value("pin")); err == nil {
			goOnSignedIn(w, r, form)
			return nil
		}
	}
	refuseSignIn(s, w, r, form, err)
	return nil
}

func checkPIN(s *page.Side, w http.ResponseWriter, r *http.Request, p phonePost, pin string) error {
	if !p.may {
		return ErrRolesGrown
	}
	err := s.Login.CheckPIN(r.Context(), w, p.account, pin)
	if err == nil {
		err = s.Login.BeginByPIN(r.Context(), p.account)
	}
	return err
}

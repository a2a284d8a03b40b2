package accounts

import (
	"net/http"
	"net/url"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

// slip leads the holder of a slip to its link. A form that waits to be sent goes
// along, which no address could carry.
func slip(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	if form.Value(web.ShowAgain) != "" {
		showSignIn(s, w, r, http.StatusOK, form)
		return nil
	}
	code, whole := login.ReadCode(form.Value("code"))
	if !whole {
		refuseSignIn(s, w, r, form, login.ErrCodeShape)
		return nil
	}
	account, err := s.Login.Link(r.Context(), code)
	if err != nil {
		refuseSignIn(s, w, r, form, err)
		return nil
	}
	if form.Value("next") == "" && form.Value("keep") == "" {
		page.SeeOther(w, r, "/office/link/"+code)
		return nil
	}
	return showLink(s, w, r, account, code, form)
}

// link lets the holder of a one-time link or slip choose how to sign in from now on.
func link(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	account, err := s.Login.Link(r.Context(), token)
	if err != nil {
		return err
	}
	if r.Method != http.MethodPost {
		return showLink(s, w, r, account, token, web.NewForm(nil))
	}
	whose, err := s.Office.Who(r.Context(), account)
	if err != nil {
		return err
	}
	form, err := web.ReadForm(w, r)
	if err == nil && form.Value(web.ShowAgain) != "" {
		web.Show(w, web.Keeping(r), http.StatusOK, linkPage(whose, token, form))
		return nil
	}
	if err == nil {
		err = useLink(s, w, r, whose, token, form)
	}
	if err != nil {
		f, status := s.Told(w, r, err)
		if f.Kind == fault.Missing {
			return err
		}
		form.Fault = f
		web.Show(w, web.Keeping(r), status, linkPage(whose, token, form))
		return nil
	}
	goOnSignedIn(w, r, form)
	return nil
}

// showLink shows the page of a link, with what a form carries along.
func showLink(s *page.Side, w http.ResponseWriter, r *http.Request, account id.Account, token string, form web.Form) error {
	whose, err := s.Office.Who(r.Context(), account)
	if err != nil {
		return err
	}
	name, err := s.Login.LoginName(r.Context(), account)
	if err != nil {
		return err
	}
	shown := web.NewForm(url.Values{"login_name": {name}, "next": form.Values["next"], "keep": form.Values["keep"]})
	web.Show(w, web.Keeping(r), http.StatusOK, linkPage(whose, token, shown))
	return nil
}

var errNoPINHere = fault.New(fault.Denied, "这个岗位不能用 PIN，请设账号名和密码。").In("login_name")

// useLink sets the PIN or the password that was chosen, signs in, and writes down who
// holds an account that was opened without a name.
func useLink(s *page.Side, w http.ResponseWriter, r *http.Request, whose desk.Who, token string, form web.Form) error {
	ctx, asked := r.Context(), "name"
	if form.Value("way") == "pin" {
		asked = "pin_name"
	}
	if whose.Name == "" { // looked at first: the slip is gone once it is used
		if err := org.CheckName(asked, "姓名", form.Value(asked)); err != nil {
			return err
		}
	}
	if err := openWay(s, w, r, whose, token, form); err != nil || whose.Name != "" {
		return err
	}
	return s.Office.NameHolder(ctx, s.Office.Cmd(whose, form.Command), form.Value(asked), "")
}

// openWay sets the PIN or the password that was chosen, and signs in.
func openWay(s *page.Side, w http.ResponseWriter, r *http.Request, whose desk.Who, token string, form web.Form) error {
	ctx := r.Context()
	if form.Value("way") != "pin" {
		account, err := s.Login.SetPassword(ctx, token, form.Value("login_name"), form.Value("password"), form.Value("again"))
		if err != nil {
			return err
		}
		return s.Login.Begin(ctx, account)
	}
	if !desk.MayUsePIN(whose) {
		return errNoPINHere
	}
	account, err := s.Login.SetPIN(ctx, w, token, form.Value("pin"), form.Value("pin_again"))
	if err != nil {
		return err
	}
	return s.Login.BeginByPIN(ctx, account)
}

// describing names what describes a field: what is wrong with it, or else its hint.
func describing(field, wrong string) string {
	if wrong != "" {
		return field + "-why"
	}
	return field + "-hint"
}

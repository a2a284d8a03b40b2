package accounts

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// accountSignIn is how somebody else signs in, for whoever looks after the account.
type accountSignIn struct {
	account  desk.Account
	sessions []login.Session
	phones   []login.Phone
	state    login.State
}

// accountSessions shows where somebody below is signed in.
func accountSessions(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	a, err := accountToReset(s, r)
	if err != nil {
		return err
	}
	shown := accountSignIn{account: a}
	if shown.sessions, err = s.Login.Sessions(r.Context(), a.ID); err != nil {
		return err
	}
	if shown.phones, err = s.Login.Phones(r.Context(), a.ID); err != nil {
		return err
	}
	states, err := s.Login.AccountStates(r.Context(), []id.Account{a.ID})
	if err != nil {
		return err
	}
	shown.state = states[a.ID]
	web.Show(w, r, http.StatusOK, accountSessionsPage(shown, r.URL.Query().Get("done") != ""))
	return nil
}

// endAccountSessions ends one session of somebody below, takes one phone away, or
// ends all that opens the account.
func endAccountSessions(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	a, err := accountToReset(s, r)
	if err != nil {
		return err
	}
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	switch ctx := r.Context(); {
	case form.Value("session") != "":
		err = s.Login.EndSession(ctx, a.ID, form.Value("session"))
	case form.Value("phone") != "":
		err = s.Login.DropPhone(ctx, a.ID, form.Value("phone"))
	default:
		err = s.Login.EndAll(ctx, a.ID)
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, page.SessionsPath(a.ID)+"?done=ended")
	return nil
}

// neighbourhood is as much of an address as tells home from the office: whose it is
// exactly is nobody else's business.
func neighbourhood(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	if a.Is4() {
		whole := a.String()
		return whole[:strings.LastIndex(whole, ".")] + ".*"
	}
	p, err := a.Prefix(48)
	if err != nil {
		return ""
	}
	return p.String()
}

// signsInBy says how an account can sign in by now.
func signsInBy(ctx context.Context, s login.State) string {
	var ways []string
	if s.Password {
		ways = append(ways, web.T(ctx, "账号名和密码"))
	}
	if s.Phones > 0 {
		ways = append(ways, web.T(ctx, "%s 部手机上的 PIN", web.Count(s.Phones)))
	}
	if len(ways) == 0 {
		return web.T(ctx, "还没有设好")
	}
	return strings.Join(ways, web.T(ctx, "、")+web.Gap(ctx))
}

// browserOf says what browser a session is in, and whether a PIN opened it.
func browserOf(ctx context.Context, o login.Session) string {
	if o.ByPIN {
		return web.T(ctx, "%s（用 PIN）", browser(ctx, o.Browser))
	}
	return browser(ctx, o.Browser)
}

func momentOr(ctx context.Context, t time.Time, never string) string {
	if t.IsZero() {
		return never
	}
	return web.Moment(ctx, t)
}

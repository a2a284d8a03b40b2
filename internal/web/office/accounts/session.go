package accounts

import (
	"context"
	"net/http"
	"strings"

	"luoshi/internal/login"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// ownSignIn is how somebody signs in, for themselves.
type ownSignIn struct {
	open     []login.Session
	phones   []login.Phone
	tries    []login.Try
	password bool // they have one
}

// sessions shows somebody where they are signed in, and who tried to be them.
func sessions(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	open, err := s.Login.Sessions(ctx, page.Who(ctx).Account)
	if err != nil {
		return err
	}
	tries, err := s.Login.Tries(ctx, page.Who(ctx).Account)
	if err != nil {
		return err
	}
	phones, err := s.Login.Phones(ctx, page.Who(ctx).Account)
	if err != nil {
		return err
	}
	name, err := s.Login.LoginName(ctx, page.Who(ctx).Account)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, sessionsPage(ownSignIn{open, phones, tries, name != ""}, r.URL.Query().Get("done")))
	return nil
}

// endSessions ends one of somebody's own sessions, or all but this one, or takes their
// PIN off a phone.
func endSessions(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	ctx, account := r.Context(), page.Who(r.Context()).Account
	if key := form.Value("session"); key != "" {
		err = s.Login.EndSession(ctx, account, key)
	} else if key := form.Value("phone"); key != "" {
		err = s.Login.DropPhone(ctx, account, key)
	} else {
		err = s.Login.EndOthers(ctx, account)
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/office/sessions?done=ended")
	return nil
}

// password lets somebody choose a new password.
func password(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost {
		web.Show(w, r, http.StatusOK, passwordPage(web.NewForm(nil)))
		return nil
	}
	account := page.Who(r.Context()).Account
	form, err := web.ReadForm(w, r)
	if err == nil && form.Value(web.ShowAgain) != "" {
		web.Show(w, web.Keeping(r), http.StatusOK, passwordPage(form))
		return nil
	}
	if err == nil {
		err = s.Login.ChangePassword(r.Context(), account, form.Value("old"), form.Value("password"), form.Value("again"))
	}
	if err == nil {
		err = s.Login.Begin(r.Context(), account)
	}
	if err != nil {
		f, status := s.Told(w, r, err)
		form.Fault = f
		web.Show(w, web.Keeping(r), status, passwordPage(form))
		return nil
	}
	page.SeeOther(w, r, "/office/sessions?done=password")
	return nil
}

func outcome(ctx context.Context, o login.Outcome) string {
	switch o {
	case login.Right:
		return web.T(ctx, "密码对")
	case login.Wrong:
		return web.T(ctx, "密码或 PIN 不对")
	case login.Locked:
		return web.T(ctx, "试得太多，没有放行")
	case login.Busy:
		return web.T(ctx, "当时太忙，没有核对")
	case login.ByPIN:
		return web.T(ctx, "PIN 对")
	case login.PINSet:
		return web.T(ctx, "用条子或链接设了 PIN")
	case login.ByLink:
		return web.T(ctx, "用条子或链接设了密码")
	}
	return web.T(ctx, "改了密码")
}

// mark is a word by which browsers or systems call themselves. Name is what
// people call them.
type mark struct{ word, Name string }

// The first that is found counts: most call themselves Chrome and Safari as well.
var (
	browsers = []mark{
		{word: "wxwork", Name: "企业微信"}, {word: "MicroMessenger", Name: "微信"}, {word: "DingTalk", Name: "钉钉"}, {word: "Lark", Name: "飞书"},
		{word: "QQBrowser", Name: "QQ浏览器"}, {word: "UCBrowser", Name: "UC浏览器"}, {word: "HuaweiBrowser", Name: "华为浏览器"}, {word: "MiuiBrowser", Name: "小米浏览器"},
		{word: "Edg", Name: "Edge"}, {word: "OPR", Name: "Opera"}, {word: "Firefox", Name: "Firefox"}, {word: "Chrome", Name: "Chrome"}, {word: "Safari", Name: "Safari"},
	}
	systems = []mark{
		{word: "OpenHarmony", Name: "鸿蒙"}, {word: "HarmonyOS", Name: "鸿蒙"}, {word: "Android", Name: "安卓"}, {word: "iPhone", Name: "iPhone"}, {word: "iPad", Name: "iPad"},
		{word: "Windows", Name: "Windows"}, {word: "Macintosh", Name: "Mac"}, {word: "Linux", Name: "Linux"},
	}
)

// browser says in plain words what a browser calls itself: 微信 · 安卓.
func browser(ctx context.Context, agent string) string {
	var found []string
	for _, marks := range [][]mark{browsers, systems} {
		for _, m := range marks {
			if strings.Contains(agent, m.word) {
				found = append(found, web.T(ctx, m.Name))
				break
			}
		}
	}
	if len(found) == 0 {
		return web.T(ctx, "认不出的浏览器")
	}
	return strings.Join(found, " · ")
}

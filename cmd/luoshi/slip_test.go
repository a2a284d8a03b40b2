package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/internal/db"
	"luoshi/org"
)

func init() {
	keptApart["device.key_hash"], keptApart["device.account_id"], keptApart["account_seen.account_id"] = "a key", "a key", "a key"
}

var codeOnPaper = regexp.MustCompile(`>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<`)

// number is the identifier of the account of somebody.
func (p *person) number(name string) string {
	p.Helper()
	return strings.TrimPrefix(p.account(name), "/office/accounts/")
}

// opened opens accounts for posts and gives their identifiers.
func (p *person) opened(names ...string) []string {
	p.Helper()
	var all []string
	for _, name := range names {
		p.post("/office/accounts/new", 200, "unit", "枫岭乡", "title", name+"的岗位", "name", name, "roles", string(org.Clerk))
		all = append(all, p.number(name))
	}
	return all
}

// slips prints slips for accounts and gives the codes.
func (p *person) slips(accounts ...string) []string {
	p.Helper()
	var pairs []string
	for _, a := range accounts {
		pairs = append(pairs, "account", a)
	}
	var codes []string
	for _, m := range codeOnPaper.FindAllStringSubmatch(p.post("/office/accounts/slips", 200, pairs...), -1) {
		codes = append(codes, m[1])
	}
	if len(codes) != len(accounts) {
		p.Fatalf("%d codes for %d accounts", len(codes), len(accounts))
	}
	return codes
}

// reporter opens an account that only reports.
func (p *person) reporter(name string) string {
	p.Helper()
	account := p.opened(name)[0]
	p.givenRoles(name, "reporter")
	return account
}

// givenRoles changes what the post of somebody may do.
func (p *person) givenRoles(name, roles string) {
	p.Helper()
	p.must(p.db.Local(p.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE post SET roles = $1 WHERE city_id = $2 AND title = $3", roles, p.city, name+"的岗位")
		return err
	}))
}

const pin = "284917"

func TestASlipLeadsIn(t *testing.T) {
	h := open(t)
	admin := h.found()
	code := admin.slips(admin.opened("周明远")...)[0]
	p := h.stranger()
	p.wants(p.get("/office/sign-in", 200), "我有一张条子")
	p.wants(p.post("/office/slip", 422, "code", "7K3M-0QWE"), "条子上的码是 12 个字母和数字", `value="7K3M-0QWE"`)
	p.wants(p.post("/office/slip", 404, "code", "7k3m 0qwe 9tr1"), "没有这个码", `value="7k3m 0qwe 9tr1"`, "上级单位")
	typed := strings.NewReplacer("-", " ", "0", "o", "1", "l").Replace(strings.ToLower(code))
	p.wants(p.post("/office/slip", 200, "code", typed), "设好登录的办法", "周明远")
	p.get("/office/link/"+strings.ToLower(code), 200)
	p.wants(p.post("/office/link/"+code, 422, "login_name", "zhou", "password", "short", "again", "short"), "密码至少 10 位", `value="zhou"`)
	p.post("/office/link/"+code, 200, "login_name", "zhou", "password", password, "again", password)
	p.wants(p.get("/office/sessions", 200), "用条子或链接设了密码")
	late := h.stranger()
	late.wants(late.post("/office/slip", 404, "code", code), "已经用过了", "打电话")
	late.wants(late.get("/office/link/"+code, 404), "已经用过了")
	h.signIn("zhou", password)
}

func TestTooManyCodesHaveToWait(t *testing.T) {
	h := open(t)
	h.found()
	p := h.stranger()
	for i := range 30 {
		p.post("/office/slip", 404, "code", fmt.Sprintf("7K3M-0QWE-%04d", i))
	}
	p.wants(p.post("/office/slip", 429, "code", "7K3M-0QWE-9TR1"), "以后才能再试")
	answer, err := h.server.Client().Get(h.server.URL + "/office/link/7K3M-0QWE-9TR1")
	h.must(err)
	answer.Body.Close()
	if answer.StatusCode != 429 || answer.Header.Get("Retry-After") == "" {
		t.Errorf("by the address: %d, Retry-After %q", answer.StatusCode, answer.Header.Get("Retry-After"))
	}
}

// Each way to sign in gives a form back that came without a session.
func TestEveryWayInKeepsTheForm(t *testing.T) {
	h := open(t)
	admin := h.found()
	accounts := []string{admin.reporter("周明远"), admin.reporter("林晓岚")}
	codes := admin.slips(accounts...)
	carried := func(page string) []string {
		t.Helper()
		var pairs []string
		for _, name := range []string{"next", "keep"} {
			value := strings.TrimSpace(htmlText(between(page, `<textarea name="`+name+`" hidden>`, "</textarea>")))
			if value == "" {
				t.Fatalf("no %s on the page: %s", name, plain(page))
			}
			pairs = append(pairs, name, value)
		}
		return pairs
	}
	resumes := func(p *person, page string) {
		t.Helper()
		p.wants(page, "您刚才填的内容还在", "送图书3000册", `action="/office/plans/new"`)
	}
	sent := []string{"text", leaflet}

	typing := h.stranger()
	page := typing.post("/office/plans/new", 401, sent...)
	page = typing.post("/office/slip", 404, append(carried(page), "code", "7K3M-0QWE-9TR1")...)
	page = typing.post("/office/slip", 200, append(carried(page), "code", codes[0])...)
	page = typing.post("/office/link/"+codes[0], 200, append(carried(page), "show_again", "1")...)
	page = typing.post("/office/link/"+codes[0], 422, append(carried(page), "login_name", "zhou", "password", "short")...)
	resumes(typing, typing.post("/office/link/"+codes[0], 200, append(carried(page), "login_name", "zhou", "password", password, "again", password)...))

	phone := h.stranger()
	page = phone.post("/office/plans/new", 401, sent...)
	page = phone.post("/office/slip", 200, append(carried(page), "code", codes[1])...)
	page = phone.post("/office/link/"+codes[1], 422, append(carried(page), "way", "pin", "pin", "123456", "pin_again", "123456")...)
	resumes(phone, phone.post("/office/link/"+codes[1], 200, append(carried(page), "way", "pin", "pin", pin, "pin_again", pin)...))
	phone.post("/office/sign-out", 200)
	page = phone.post("/office/plans/new", 401, sent...)
	page = phone.post("/office/pin", 422, append(carried(page), "account", accounts[1], "pin", "111111")...)
	resumes(phone, phone.post("/office/pin", 200, append(carried(page), "account", accounts[1], "pin", pin)...))

	// Only to an address: a page that was asked for.
	phone.post("/office/sign-out", 200)
	page = phone.get("/office/sessions?done=ended", 401)
	next := htmlText(strings.TrimSpace(between(page, `<textarea name="next" hidden>`, "</textarea>")))
	phone.wants(phone.post("/office/pin", 200, "account", accounts[1], "pin", pin, "next", next), "登录记录", "结束了。那里要重新登录才能再用。")
	phone.wants(phone.get("/office/sessions", 200), "（用 PIN）", "PIN 对")
}

func TestAPhoneThatIsShared(t *testing.T) {
	h := open(t)
	admin := h.found()
	first, second := admin.reporter("周明远"), admin.reporter("林晓岚")
	codes := admin.slips(first, second)
	phone := h.stranger()
	if page := phone.get("/office/sign-in", 200); strings.Contains(page, "PIN") {
		t.Errorf("a phone without PINs offers them: %s", plain(page))
	}
	page := phone.get("/office/link/"+codes[0], 200)
	if strings.Index(page, `name="pin"`) > strings.Index(page, `name="password"`) {
		t.Error("the PIN is not offered first")
	}
	phone.wants(phone.post("/office/link/"+codes[0], 422, "way", "pin", "pin", "000000", "pin_again", "000000"), "太好猜了")
	phone.wants(phone.post("/office/link/"+codes[0], 422, "way", "pin", "pin", pin, "pin_again", "284918"), "两次输入的 PIN 不一样")
	phone.post("/office/link/"+codes[0], 200, "way", "pin", "pin", pin, "pin_again", pin) // signed in; the first page is not for it
	page = phone.get("/office/sessions", 200)
	phone.wants(page, "办完了，退出", "有 PIN 的手机", "用条子或链接设了 PIN")
	phone.post("/office/sign-out", 200)
	phone.post("/office/link/"+codes[1], 200, "way", "pin", "pin", pin, "pin_again", pin)
	phone.post("/office/sign-out", 200)

	page = phone.get("/office/sign-in", 200)
	phone.wants(page, "枫岭乡 · 周明远的岗位", "枫岭乡 · 林晓岚的岗位", `inputmode="numeric"`, `autocomplete="off"`)
	if strings.Index(page, `name="pin"`) > strings.Index(page, `name="login_name"`) {
		t.Error("the posts of the phone are not first")
	}
	if words := strings.NewReplacer("周明远的岗位", "", "林晓岚的岗位", "").Replace(page); strings.Contains(words, "周明远") || strings.Contains(words, "林晓岚") {
		t.Error("the sign-in page names people")
	}
	if page := h.stranger().get("/office/sign-in", 200); strings.Contains(page, "枫岭乡") {
		t.Error("another browser sees the posts of the phone")
	}
	h.stranger().post("/office/pin", 422, "account", first, "pin", pin)
	phone.get("/office/sessions", 401) // the phone alone opens nothing

	for range 4 {
		phone.wants(phone.post("/office/pin", 422, "account", first, "pin", "111111"), "PIN 不对，还能试")
	}
	phone.wants(phone.post("/office/pin", 422, "account", first, "pin", "111111"), "已经从这部手机上去掉了", "补一张条子")
	if page := phone.get("/office/sign-in", 200); strings.Contains(page, "周明远的岗位") {
		t.Error("the post is still on the phone")
	}
	phone.post("/office/pin", 422, "account", first, "pin", pin)

	phone.post("/office/pin", 200, "account", second, "pin", pin)
	phone.get("/office/sessions", 200)
	admin.givenRoles("林晓岚", "reporter clerk")
	phone.get("/office/sessions", 401) // a session by PIN is over when the post may do more
	phone.wants(phone.get("/office/sign-in", 200), "这个岗位的职责多了")
	phone.wants(phone.post("/office/pin", 403, "account", second, "pin", pin), "这个岗位的职责多了")
	more := admin.slips(second)[0]
	if page := phone.get("/office/link/"+more, 200); strings.Contains(page, `name="pin"`) {
		t.Error("a PIN is offered to a post that may not use it")
	}
	phone.wants(phone.post("/office/link/"+more, 403, "way", "pin", "pin", pin, "pin_again", pin), "这个岗位不能用 PIN")
	admin.givenRoles("林晓岚", "reporter")
	phone.post("/office/pin", 200, "account", second, "pin", pin)
	phone.get("/office/sessions", 200)
	admin.post("/office/accounts/"+second+"/close", 200)
	phone.get("/office/sessions", 401)
	phone.post("/office/pin", 422, "account", second, "pin", pin)
}

func TestTheCookieOfAPhoneOverHTTPS(t *testing.T) {
	h := open(t)
	admin := h.found()
	codes := admin.slips(admin.reporter("周明远"), admin.reporter("林晓岚"))
	overTLS := httptest.NewTLSServer(h.server.Config.Handler)
	t.Cleanup(overTLS.Close)
	for i, at := range []*httptest.Server{h.server, overTLS} {
		client := at.Client()
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		answer, err := client.PostForm(at.URL+"/office/link/"+codes[i], url.Values{"way": {"pin"}, "pin": {pin}, "pin_again": {pin}})
		h.must(err)
		answer.Body.Close()
		var names []string
		for _, c := range answer.Cookies() {
			names = append(names, c.Name)
			if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != (i == 1) || c.Path != "/" || c.Domain != "" {
				t.Errorf("%s", c)
			}
		}
		if want := []string{"luoshi-phone luoshi", "__Host-luoshi-phone __Host-luoshi"}[i]; strings.Join(names, " ") != want {
			t.Errorf("cookies %v, want %s", names, want)
		}
	}
}

func TestSignInOfOthersCanBeEnded(t *testing.T) {
	h := open(t)
	admin := h.found()
	account := admin.reporter("周明远")
	path := "/office/accounts/" + account + "/sessions"
	admin.wants(admin.get(path, 200), "还没有设好", "没有登录过", "现在哪里都没有登录")
	code := admin.slips(account)[0]
	admin.wants(admin.get(path, 200), "有一张")
	phone := h.stranger()
	phone.post("/office/link/"+code, 200, "way", "pin", "pin", pin, "pin_again", pin)
	page := admin.get(path, 200)
	admin.wants(page, "127.0.0.*", "1 部手机上的 PIN", "（用 PIN）", "补一张条子", "全部退出")
	if strings.Contains(page, "127.0.0.1<") {
		t.Error("the page tells more of the address than is needed")
	}
	clerk := admin.hire("顾海川", "gu", org.Approver)
	clerk.get(path, 403)
	clerk.post(path, 403)
	clerk.post("/office/accounts/slips", 403, "account", account)
	admin.post(path, 200, "session", otherSession.FindStringSubmatch(page)[1])
	phone.get("/office/sessions", 401)
	phone.post("/office/pin", 200, "account", account, "pin", pin)
	phone.get("/office/sessions", 200)
	admin.post(path, 200, "phone", regexp.MustCompile(`name="phone" value="([0-9a-f]+)"`).FindStringSubmatch(page)[1])
	phone.get("/office/sessions", 401)

	lost := admin.slips(account)[0]
	found := admin.slips(account)[0]
	phone.post("/office/slip", 404, "code", lost)
	phone.post("/office/link/"+found, 200, "way", "pin", "pin", pin, "pin_again", pin)
	phone.get("/office/sessions", 200)
	another := admin.slips(account)[0]
	phone.get("/office/sessions", 200) // a new slip alone ends nothing
	admin.post(path, 200)
	phone.get("/office/sessions", 401)
	phone.post("/office/pin", 422, "account", account, "pin", pin)
	phone.post("/office/slip", 404, "code", another)
	admin.post("/office/accounts/slips", 422)
	admin.post("/office/accounts/slips", 404, "account", "0000000000001")
}

func TestSlipsForAllTownships(t *testing.T) {
	h := open(t)
	admin := h.found()
	admin.post("/office/contact", 200, "phone", "0500-2136 办公时间", "address", "")
	var names []string
	for i := range 131 {
		names = append(names, fmt.Sprintf("第%d位", i+1))
	}
	began := time.Now()
	accounts := admin.opened(names...)
	t.Logf("%d accounts opened in %v", len(accounts), time.Since(began))
	began = time.Now()
	var pairs []string
	for _, a := range accounts {
		pairs = append(pairs, "account", a, "account", a) // chosen twice
	}
	page := admin.post("/office/accounts/slips", 200, pairs...)
	t.Logf("%d slips, %d KB in %v", len(accounts), len(page)>>10, time.Since(began))
	codes := map[string]bool{}
	for _, m := range codeOnPaper.FindAllStringSubmatch(page, -1) {
		codes[m[1]] = true
	}
	if n := strings.Count(page, `class="sheet"`); len(codes) != 131 || n != 17 {
		t.Errorf("%d codes on %d sheets", len(codes), n)
	}
	admin.wants(page, "0500-2136", "第131位", h.server.URL+"/office/", "只显示一次", "Ctrl+P", "以前有效")
	if strings.Contains(page, "<script") {
		t.Error("the page has a script")
	}
	for code := range codes {
		h.stranger().get("/office/link/"+code, 200)
		break
	}
	if english := admin.post("/en/office/accounts/slips", 200, "account", accounts[0]); !strings.Contains(english, h.server.URL+"/en/office/") {
		t.Errorf("the English slip leads elsewhere: %s", plain(english))
	}
}

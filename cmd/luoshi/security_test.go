package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/internal/web/office"
	"luoshi/org"
)

func init() { keptApart["sign_in.id"] = "a key" }

// raw sends bytes as they stand, which no HTTP client would, and gives the answer.
func (h *house) raw(request string) *http.Response {
	h.Helper()
	return h.rawTo(strings.TrimPrefix(h.server.URL, "http://"), request)
}

func (h *house) rawTo(address, request string) *http.Response {
	h.Helper()
	conn, err := net.Dial("tcp", address)
	h.must(err)
	h.Cleanup(func() { conn.Close() })
	h.must(conn.SetDeadline(time.Now().Add(10 * time.Second)))
	_, _ = io.WriteString(conn, request) // it may be refused before it is sent whole
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	h.must(err)
	return answer
}

// cookie is the session cookie of a browser, or nil.
func (p *person) cookie() *http.Cookie {
	p.Helper()
	u, err := url.Parse(p.server.URL)
	p.must(err)
	for _, c := range p.client.Jar.Cookies(u) {
		if c.Name == "luoshi" {
			return c
		}
	}
	return nil
}

// thief is another browser that holds a copy of a person's cookie.
func (p *person) thief() *person {
	p.Helper()
	t := p.stranger()
	u, err := url.Parse(p.server.URL)
	p.must(err)
	t.client.Jar.SetCookies(u, []*http.Cookie{p.cookie()})
	return t
}

func (h *house) signIn(name, with string) *person {
	h.Helper()
	p := h.stranger()
	p.post("/office/sign-in", 200, "login_name", name, "password", with)
	p.get("/office/", 200)
	return p
}

var otherSession = regexp.MustCompile(`name="session" value="([0-9a-f]+)"`)

func TestAStolenSessionCanBeEnded(t *testing.T) {
	h := open(t)
	owner := h.found()
	office := h.signIn("fang", password)
	thief := office.thief()
	thief.get("/office/accounts", 200)

	page := owner.get("/office/sessions", 200)
	owner.wants(page, "登录记录", "127.0.0.1", "就是这里", "密码对", "用条子或链接设了密码")
	keys := otherSession.FindAllStringSubmatch(page, -1)
	if len(keys) != 1 {
		t.Fatalf("%d other sessions on the page: %s", len(keys), plain(page))
	}
	// What names a session on the page opens nothing as a cookie.
	u, _ := url.Parse(h.server.URL)
	forger := h.stranger()
	forger.client.Jar.SetCookies(u, []*http.Cookie{{Name: "luoshi", Value: keys[0][1], Path: "/"}})
	forger.get("/office/", 401)

	owner.post("/office/sessions", 200, "session", keys[0][1])
	thief.get("/office/accounts", 401)
	office.get("/office/accounts", 401)
	owner.get("/office/", 200)
}

func TestEndingAllOthers(t *testing.T) {
	h := open(t)
	owner := h.found()
	other := []*person{h.signIn("fang", password), h.signIn("fang", password)}
	clerk := owner.hire("周明远", "zhou", org.Clerk)
	owner.post("/office/sessions", 200)
	for _, o := range other {
		o.get("/office/", 401)
	}
	owner.get("/office/", 200)
	clerk.get("/office/", 200) // of another account
}

// Nobody ends the session of another, even knowing its name.
func TestSessionsOfOthersAreTheirs(t *testing.T) {
	h := open(t)
	owner := h.found()
	h.signIn("fang", password)
	clerk := owner.hire("周明远", "zhou", org.Clerk)
	key := otherSession.FindStringSubmatch(owner.get("/office/sessions", 200))
	clerk.post("/office/sessions", 200, "session", key[1])
	if again := otherSession.FindStringSubmatch(owner.get("/office/sessions", 200)); again == nil || again[1] != key[1] {
		t.Error("a clerk ended the administrator's session")
	}
	if page := clerk.get("/office/sessions", 200); strings.Contains(page, key[1]) || otherSession.MatchString(page) {
		t.Error("the page shows the sessions of another")
	}
}

func TestChangingThePassword(t *testing.T) {
	h := open(t)
	owner := h.found()
	thief := owner.thief()
	other := h.signIn("fang", password)
	const fresh = "xin de mi ma hen chang"
	owner.wants(owner.post("/office/password", 422, "old", "not this one", "password", fresh, "again", fresh), "现在的密码不对")
	owner.wants(owner.post("/office/password", 422, "old", password, "password", password, "again", password), "新密码和现在的一样")
	owner.wants(owner.post("/office/password", 422, "old", password, "password", fresh, "again", fresh+"x"), "两次输入的密码不一样")
	owner.wants(owner.post("/office/password", 200, "old", password, "password", fresh, "again", fresh), "密码改好了", "改了密码")
	owner.get("/office/", 200)
	other.get("/office/", 401)
	thief.get("/office/", 401) // the session that asked has a new token too
	h.stranger().post("/office/sign-in", 422, "login_name", "fang", "password", password)
	h.signIn("fang", fresh)
}

func TestClosingAnAccountEndsItsSessionsAndLinks(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	accounts := admin.get("/office/accounts", 200)
	at := accounts[strings.LastIndex(accounts, `action="/office/accounts/`):]
	link := regexp.MustCompile(`(/office/link/[\w-]+)`).FindString(admin.post(between(at, `action="`, `"`), 200))
	h.stranger().get(link, 200)
	admin.post(strings.Replace(between(at, `action="`, `"`), "/link", "/close", 1), 200)
	clerk.get("/office/", 401)
	h.stranger().get(link, 404)
}

func TestTooManyTriesHaveToWait(t *testing.T) {
	h := open(t)
	h.found()
	for _, name := range []string{"fang", "nobody"} {
		p := h.stranger()
		for range 5 {
			p.wants(p.post("/office/sign-in", 422, "login_name", name, "password", "a wrong guess"), "账号名或密码不对")
		}
		page := p.post("/office/sign-in", 429, "login_name", name, "password", password)
		p.wants(page, "试错的次数太多", "以后才能再试")
		if !regexp.MustCompile(`\d\d:\d\d 以后`).MatchString(page) {
			t.Errorf("%s: no time said: %s", name, plain(page))
		}
		p.get("/office/", 401)
	}
	// Who is in already stays in; and is told.
	r, _ := http.NewRequest("POST", h.server.URL+"/office/sign-in", strings.NewReader("login_name=fang&password=x"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if status, _, answer := h.stranger().send(r); status != 429 || answer.Header.Get("Retry-After") == "" {
		t.Errorf("%d, Retry-After %q", status, answer.Header.Get("Retry-After"))
	}
}

func TestTheTokenChangesAtSignIn(t *testing.T) {
	h := open(t)
	h.found()
	p := h.stranger()
	u, _ := url.Parse(h.server.URL)
	p.client.Jar.SetCookies(u, []*http.Cookie{{Name: "luoshi", Value: "planted-by-somebody-else", Path: "/"}})
	p.post("/office/sign-in", 200, "login_name", "fang", "password", password)
	first := p.cookie().Value
	if first == "planted-by-somebody-else" {
		t.Error("a planted token became a session")
	}
	before := p.thief()
	p.post("/office/sign-in", 200, "login_name", "fang", "password", password)
	if p.cookie().Value == first {
		t.Error("the token is the same after signing in again")
	}
	before.get("/office/", 401)
	after := p.thief()
	p.post("/office/sign-out", 200)
	after.get("/office/", 401)
}

func TestTheCookie(t *testing.T) {
	h := open(t)
	h.found()
	overTLS := httptest.NewTLSServer(h.server.Config.Handler)
	t.Cleanup(overTLS.Close)
	for _, at := range []*httptest.Server{h.server, overTLS} {
		secure := at == overTLS
		client := at.Client()
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		answer, err := client.PostForm(at.URL+"/office/sign-in", url.Values{"login_name": {"fang"}, "password": {password}})
		h.must(err)
		answer.Body.Close()
		if len(answer.Cookies()) != 1 {
			t.Fatalf("%d cookies", len(answer.Cookies()))
		}
		c := answer.Cookies()[0]
		name := map[bool]string{false: "luoshi", true: "__Host-luoshi"}[secure]
		if c.Name != name || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Path != "/" || c.Domain != "" || len(c.Value) < 40 {
			t.Errorf("secure %v: %s", secure, c)
		}
		if got := answer.Header.Get("Strict-Transport-Security"); (got != "") != secure {
			t.Errorf("secure %v: Strict-Transport-Security %q", secure, got)
		}
		if got := answer.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
			t.Errorf("secure %v: Cache-Control %q", secure, got)
		}
	}
	for _, path := range []string{"/", "/ledger", "/office/sign-in", "/office/"} {
		answer, err := h.server.Client().Get(h.server.URL + path)
		h.must(err)
		answer.Body.Close()
		if answer.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie for somebody who is not signed in", path)
		}
	}
}

// Signing somebody in as another from a foreign page is refused like any other act.
func TestForeignPagesCannotSignIn(t *testing.T) {
	h := open(t)
	h.found()
	for _, pattern := range office.Routes() {
		method, path, _ := strings.Cut(pattern, " ")
		if method != "POST" {
			continue
		}
		for header, value := range map[string]string{"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"} {
			r, err := http.NewRequest("POST", h.server.URL+placeholder.ReplaceAllString(path, "0000000000001"), strings.NewReader("login_name=fang&password="+url.QueryEscape(password)))
			h.must(err)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header, value)
			if status, _, answer := h.stranger().send(r); status != 403 || answer.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s %s: %d", path, header, status)
			}
		}
	}
}

// Acts are done by POST alone, whatever a request calls itself.
func TestMethodConfusion(t *testing.T) {
	h := open(t)
	p := h.found()
	signIn := "/office/sign-in?login_name=fang&password=" + url.QueryEscape(password)
	for _, c := range []struct{ method, path, header string }{
		{"GET", signIn, ""}, {"HEAD", signIn, ""}, {"PUT", signIn, ""}, {"PATCH", signIn, ""}, {"DELETE", signIn, ""}, {"TRACE", signIn, ""}, {"CONNECT", signIn, ""}, {"post", signIn, ""},
		{"GET", signIn, "POST"}, {"POST", "/office/sign-in", "GET"},
	} {
		answer := h.raw(c.method + " " + c.path + " HTTP/1.1\r\nHost: h\r\nX-HTTP-Method-Override: " + c.header + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		if answer.Header.Get("Set-Cookie") != "" || answer.StatusCode == 303 || answer.StatusCode >= 500 {
			t.Errorf("%s %s: %d %v", c.method, c.path, answer.StatusCode, answer.Header)
		}
	}
	for _, path := range []string{"/office/sign-out", "/office/sign-out?_method=POST"} {
		p.get(path, 404)
	}
	p.get("/office/sessions?session=x", 200)
	p.get("/office/", 200)
	// Form fields in the address are not the form.
	h.stranger().post(signIn, 422)
}

// No path, however it is written, leads out of the few that there are.
func TestPathTraversal(t *testing.T) {
	h := open(t)
	h.found()
	for _, path := range []string{
		"/static/../keys/ledger.key", "/static/..%2fkeys%2fledger.key", "/static/%2e%2e/keys/ledger.key", "/static/....//keys/ledger.key",
		"/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cetc%5cpasswd", "/static/%00", "/static//etc/passwd",
		"/office/link/../..", "/office/link/..%2f..", "/office/link/%2e%2e/accounts", "/office/link/..%2faccounts", "/office/../luoshi.sqlite",
		"/office/plans/..%2f..%2fkeys", "/plans/..%2f..%2fkeys%2fledger.key", "/en/../office/accounts", "/en/%2e%2e/luoshi.sqlite", "/ledger/..%2fkeys", "//etc/passwd", "/en//etc/passwd",
	} {
		answer := h.raw("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
		body, err := io.ReadAll(answer.Body)
		h.must(err)
		switch code := answer.StatusCode; {
		case code >= 300 && code < 400:
			if to := answer.Header.Get("Location"); !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
				t.Errorf("%s: sent to %q", path, to)
			}
		case code != 400 && code != 401 && code != 404:
			t.Errorf("%s: %d", path, code)
		}
		for _, word := range []string{"PRIVATE+KEY", "SQLite format", "root:"} {
			if strings.Contains(string(body), word) {
				t.Errorf("%s shows %s", path, word)
			}
		}
	}
}

// Line breaks never reach a header.
func TestHeaderInjection(t *testing.T) {
	h := open(t)
	h.found()
	p := h.stranger()
	p.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, next := range []string{"/office/\r\nSet-Cookie: a=b", "/office/%0d%0aSet-Cookie:a=b", "/office/\nX: y", "/office/\x00", "/office/嘊嘍Set-Cookie:a=b"} {
		r, err := http.NewRequest("POST", h.server.URL+"/office/sign-in", strings.NewReader(url.Values{"login_name": {"fang"}, "password": {password}, "next": {next}}.Encode()))
		h.must(err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		_, _, answer := p.send(r)
		if to := answer.Header.Get("Location"); !strings.HasPrefix(to, "/office/") || strings.ContainsAny(to, "\r\n") || len(answer.Header.Values("Set-Cookie")) != 1 {
			t.Errorf("next=%q: %v", next, answer.Header)
		}
	}
	for _, request := range []string{
		"GET /office HTTP/1.1\r\nHost: h\r\n\tX: y\r\n\r\n",
		"GET /office HTTP/1.1\r\nHost: a b\r\n\r\n",
		"GET /office HTTP/1.1\r\nHost: h\r\nHost: other\r\n\r\n",
		"GET /office HTTP/1.1\r\n\r\n",
		"GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET //%0d%0aX:%20y/../office HTTP/1.1\r\nHost: h%0d%0aX: y\r\n\r\n",
		"GET /en//example.org/%2e%2e HTTP/1.1\r\nHost: h\r\n\r\n",
	} {
		answer := h.raw(request)
		if answer.Header.Get("Set-Cookie") != "" || answer.Header.Get("X") != "" || answer.StatusCode >= 500 {
			t.Errorf("%q: %d %v", request, answer.StatusCode, answer.Header)
		}
		if to := answer.Header.Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//")) {
			t.Errorf("%q: sent to %q", request, to)
		}
	}
}

func TestOversizedHeaders(t *testing.T) {
	h := open(t)
	h.found()
	at := h.really(serveCommand{Listen: "127.0.0.1:0"})
	long := strings.Repeat("a", 80<<10)
	for name, request := range map[string]string{
		"header":  "GET / HTTP/1.1\r\nHost: h\r\nX-Long: " + long + "\r\n\r\n",
		"cookie":  "GET /office/ HTTP/1.1\r\nHost: h\r\nCookie: luoshi=" + long + "\r\n\r\n",
		"address": "GET /" + long + " HTTP/1.1\r\nHost: h\r\n\r\n",
		"many":    "GET / HTTP/1.1\r\nHost: h\r\n" + strings.Repeat("X-Many: 1234567890\r\n", 4000) + "\r\n",
	} {
		if answer := h.rawTo(at, request); answer.StatusCode != 431 {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
	}
	// One that is just small enough is no session and breaks nothing.
	if answer := h.rawTo(at, "GET /office/ HTTP/1.1\r\nHost: h\r\nCookie: luoshi="+long[:30<<10]+"\r\nUser-Agent: "+long[:20<<10]+"\r\n\r\n"); answer.StatusCode != 401 {
		t.Errorf("long cookie: %d", answer.StatusCode)
	}
}

// What a browser or a stranger claims about itself is shown as words too.
func TestClaimsBecomeNoMarkup(t *testing.T) {
	h := open(t)
	owner := h.found()
	const attack = `"><script>alert(1)</script>`
	for _, name := range []string{"fang", attack} {
		r, err := http.NewRequest("POST", h.server.URL+"/office/sign-in", strings.NewReader(url.Values{"login_name": {name}, "password": {attack}, "next": {attack}, "keep": {attack}}.Encode()))
		h.must(err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("User-Agent", attack)
		r.Header.Set("X-Forwarded-For", attack)
		if _, body, _ := h.stranger().send(r); strings.Contains(body, "<script") {
			t.Errorf("%s: typed words became markup", name)
		}
	}
	for _, path := range []string{"/office/sessions", "/office/sessions?done=" + url.QueryEscape(attack), "/office/password", "/office/link/" + url.PathEscape(attack)} {
		r, err := http.NewRequest("GET", h.server.URL+path, nil)
		h.must(err)
		if _, body, _ := owner.send(r); strings.Contains(body, "<script") {
			t.Errorf("%s: typed words became markup", path)
		}
	}
}

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/internal/login"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/internal/web/office"
	"luoshi/internal/web/public"
	"luoshi/org"
)

// served opens the addresses of a command on a house's city.
func (h *house) served(c serveCommand) []*httptest.Server {
	h.Helper()
	l, err := login.New(h.db, h.city, c.secure())
	h.must(err)
	servers, err := c.servers(h.folder, l)
	h.must(err)
	var out []*httptest.Server
	for _, s := range servers {
		out = append(out, httptest.NewServer(s.Handler))
		h.Cleanup(out[len(out)-1].Close)
	}
	return out
}

// really serves as the command does, limits and all, and gives the address.
func (h *house) really(c serveCommand) string {
	h.Helper()
	l, err := login.New(h.db, h.city, c.secure())
	h.must(err)
	servers, err := c.servers(h.folder, l)
	h.must(err)
	listener, err := net.Listen("tcp", c.Listen)
	h.must(err)
	go c.serve(servers[0], listener)
	h.Cleanup(func() { servers[0].Close() })
	return listener.Addr().String()
}

func asked(t *testing.T, client *http.Client, method, address string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func TestTheTwoSidesParted(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	plan := clerk.forced(leaflet)
	items := leader.published(plan, 0)
	token := admin.cookie().Value
	both := h.served(serveCommand{PublicListen: "127.0.0.1:0", OfficeListen: "127.0.0.1:0"})
	publicSide, officeSide := both[0], both[1]

	routes := append(office.Routes(), "GET /office", "POST /office", "DELETE /office/", "PUT /office/sign-in", "OPTIONS /office/sign-in", "GET /office/anything")
	for _, route := range routes {
		method, path, _ := strings.Cut(route, " ")
		path = placeholder.ReplaceAllString(strings.TrimSuffix(path, "{$}"), "0000000000001")
		for _, language := range []string{"", "/en"} {
			r, err := http.NewRequest(method, publicSide.URL+language+path, nil)
			h.must(err)
			r.AddCookie(&http.Cookie{Name: "luoshi", Value: token}) // a real session opens nothing here
			answer, err := publicSide.Client().Do(r)
			h.must(err)
			body, err := io.ReadAll(answer.Body)
			h.must(err)
			answer.Body.Close()
			if answer.StatusCode != 404 || answer.Header.Get("Set-Cookie") != "" || strings.Contains(string(body), "方晓舟") || strings.Contains(string(body), `name="password"`) {
				t.Errorf("public %s %s%s: %d, cookie %q", method, language, path, answer.StatusCode, answer.Header.Get("Set-Cookie"))
			}
		}
	}
	if answer, _ := asked(t, publicSide.Client(), "GET", publicSide.URL+"/plans/"+plan); answer.StatusCode != 200 {
		t.Errorf("the plan at the public address: %d", answer.StatusCode)
	}

	walked := 0
	for _, pattern := range public.Routes() {
		for _, path := range officeWalk(pattern, plan, items[0]) {
			answer, body := asked(t, officeSide.Client(), "GET", officeSide.URL+path)
			walked++
			switch path {
			case web.StylesheetPath():
				if answer.StatusCode != 200 {
					t.Errorf("the stylesheet at the office: %d", answer.StatusCode)
				}
			case "/":
				if answer.StatusCode != 303 || answer.Header.Get("Location") != "/office/" {
					t.Errorf("the office's front: %d", answer.StatusCode)
				}
			default:
				if answer.StatusCode != 404 || strings.Contains(body, "图书") {
					t.Errorf("office %s: %d", path, answer.StatusCode)
				}
			}
		}
	}
	if walked < 8 {
		t.Errorf("only %d public addresses were walked", walked)
	}
	if answer, _ := asked(t, officeSide.Client(), "GET", officeSide.URL+"/office/"); answer.StatusCode != 401 {
		t.Errorf("the office at its own address: %d", answer.StatusCode)
	}
}

// officeWalk fills a public pattern with what is really there.
func officeWalk(pattern, plan, item string) []string {
	path := strings.TrimSuffix(strings.TrimPrefix(pattern, "GET "), "{$}")
	if !strings.HasPrefix(path, "/") {
		return nil
	}
	return []string{placeholder.ReplaceAllString(path, plan), placeholder.ReplaceAllString(path, item), placeholder.ReplaceAllString(path, "1")}
}

// Only the proxy that was named is believed about who asks and how.
func TestTrustedProxy(t *testing.T) {
	h := open(t)
	h.found()
	for name, c := range map[string]struct {
		trusted []string
		address string
		secure  bool
	}{
		"nobody is trusted":  {nil, "127.0.0.1", false},
		"another is trusted": {[]string{"10.0.0.0/8"}, "127.0.0.1", false},
		"this one":           {[]string{"10.0.0.0/8", "127.0.0.1"}, "203.0.113.7", true},
		"its network":        {[]string{"127.0.0.0/8"}, "203.0.113.7", true},
	} {
		at := h.served(serveCommand{Listen: "127.0.0.1:0", TrustedProxy: c.trusted})[0]
		send := func(method, path string, form url.Values, cookies ...*http.Cookie) (*http.Response, string) {
			r, err := http.NewRequest(method, at.URL+path, strings.NewReader(form.Encode()))
			h.must(err)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Forwarded-For", "198.51.100.66, 203.0.113.7")
			r.Header.Set("X-Forwarded-Proto", "https")
			for _, c := range cookies {
				r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
			}
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 2 * time.Minute}
			answer, err := client.Do(r)
			h.must(err)
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			h.must(err)
			return answer, string(body)
		}
		answer, _ := send("POST", "/office/sign-in", url.Values{"login_name": {"fang"}, "password": {password}})
		if answer.StatusCode != 303 || len(answer.Cookies()) != 1 {
			t.Fatalf("%s: %d", name, answer.StatusCode)
		}
		if answer.Cookies()[0].Secure != c.secure {
			t.Errorf("%s: %s", name, answer.Cookies()[0])
		}
		_, page := send("GET", "/office/sessions", nil, answer.Cookies()...)
		if row := page[:strings.Index(page, "就是这里")]; !strings.HasSuffix(strings.TrimSpace(plain(row[strings.LastIndex(row, "<tr>"):])), c.address) {
			t.Errorf("%s: the session is not from %s: %s", name, c.address, plain(page))
		}
		if strings.Contains(page, "198.51.100.66") {
			t.Errorf("%s: an invented address is believed", name)
		}
		_, accounts := send("GET", "/office/accounts", nil, answer.Cookies()...)
		shown := ""
		for _, form := range strings.Split(accounts, `action="`)[1:] {
			if path, _, _ := strings.Cut(form, `"`); strings.HasSuffix(path, "/link") {
				_, shown = send("POST", path, nil, answer.Cookies()...)
			}
		}
		if scheme := map[bool]string{false: "http://", true: "https://"}[c.secure]; !strings.Contains(shown, ">"+scheme+"127.0.0.1") {
			t.Errorf("%s: the link is not %s: %s", name, scheme, plain(shown))
		}
	}
}

// Whoever is not the proxy cannot leave the limit of an address by inventing others.
func TestInventedAddressesShareOneLimit(t *testing.T) {
	h := open(t)
	h.found()
	at := h.served(serveCommand{Listen: "127.0.0.1:0"})[0]
	refused := 0
	for i := range 35 {
		r, err := http.NewRequest("POST", at.URL+"/office/sign-in", strings.NewReader(url.Values{"login_name": {string(rune('a' + i))}, "password": {"guess"}}.Encode()))
		h.must(err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-For", net.IPv4(203, 0, 113, byte(i)).String())
		answer, err := http.DefaultClient.Do(r)
		h.must(err)
		answer.Body.Close()
		if answer.StatusCode == 429 {
			refused++
		}
	}
	if refused != 5 {
		t.Errorf("%d of 35 guesses had to wait, want 5", refused)
	}
}

func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	made, err := x509.CreateCertificate(rand.Reader, about, about, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: made}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

func TestTLS(t *testing.T) {
	h := open(t)
	h.found()
	var c serveCommand
	c.Listen = "127.0.0.1:0"
	c.TLSCert, c.TLSKey = certificate(t)
	address := h.really(c)
	at := "https://" + address

	trusting := &tls.Config{InsecureSkipVerify: true} // the certificate was made a moment ago
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: trusting}, Timeout: 2 * time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.PostForm(at+"/office/sign-in", url.Values{"login_name": {"fang"}, "password": {password}})
	h.must(err)
	answer.Body.Close()
	if cookies := answer.Cookies(); answer.StatusCode != 303 || len(cookies) != 1 || !cookies[0].Secure || cookies[0].Name != "__Host-luoshi" {
		t.Errorf("%d %v", answer.StatusCode, cookies)
	}
	if answer.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no Strict-Transport-Security")
	}
	old := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS11}}}
	if _, err := old.Get(at); err == nil {
		t.Error("TLS 1.1 is spoken")
	}
	if answer, err := http.Get("http://" + address + "/"); err == nil && answer.StatusCode != 400 {
		t.Errorf("plain HTTP at the TLS address: %d", answer.StatusCode)
	}
	var said strings.Builder
	c.greet(t.Context(), terminal{out: &said, err: io.Discard, lang: text.Chinese}, h.folder, h.login, true)
	if strings.Contains(said.String(), "http://") || !strings.Contains(said.String(), "https://") {
		t.Errorf("greets with %s", said.String())
	}
}

func TestServeRefusesHalfOfAPair(t *testing.T) {
	h := open(t)
	h.found()
	cert, key := certificate(t)
	for name, flags := range map[string][]string{
		"a certificate alone":  {"--tls-cert", cert},
		"a key alone":          {"--tls-key", key},
		"one side's address":   {"--public-listen", "127.0.0.1:0"},
		"a proxy that is none": {"--trusted-proxy", "the proxy"},
		"a network too wide":   {"--trusted-proxy", "10.0.0.0/33"},
	} {
		if code := run(append([]string{"serve", "--data", h.path, "--listen", "127.0.0.1:0"}, flags...), io.Discard, io.Discard); code != exitUsage {
			t.Errorf("%s: exit %d", name, code)
		}
	}
}

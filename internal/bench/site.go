package bench

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"luoshi/fault"
)

// patience is how long one answer may take; one that takes longer is an error.
const patience = 10 * time.Second

// mostPage is how much of a page is looked at.
const mostPage = 16 << 20

// site is one address of the server, and the connections to it.
type site struct {
	origin  string
	browser *http.Client
}

// Origin gives the beginning of a server's addresses: https://host:port. ok is
// false for what is no such address, or one with a path behind it.
func Origin(address string) (origin string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil ||
		u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	return u.Scheme + "://" + u.Host, true
}

// newSite gives a site with as many connections as there are clients. No proxy
// of the environment stands between, or it would be the one that is measured.
// Each client has a connection of its own, as browsers do: HTTP/2 would share one.
func newSite(origin string, clients int) (*site, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	only1 := new(http.Protocols)
	only1.SetHTTP1(true)
	return &site{origin: origin, browser: &http.Client{
		Jar:           jar,
		Timeout:       patience,
		Transport:     &http.Transport{MaxIdleConnsPerHost: clients + 1, Protocols: only1, TLSHandshakeTimeout: patience},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

func (s *site) close() { s.browser.CloseIdleConnections() }

// answer is what came back.
type answer struct {
	status int
	to     string // where it sends the reader
	kind   string // what sort of content it is
	page   string
}

// ask does one exchange. The page is kept only where somebody wants to read it.
func (s *site) ask(ctx context.Context, method, path string, form url.Values, keep bool) (answer, error) {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, s.origin+path, body)
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("User-Agent", "luoshi-bench")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	got, err := s.browser.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer got.Body.Close()
	a := answer{status: got.StatusCode, to: got.Header.Get("Location"), kind: got.Header.Get("Content-Type")}
	if !keep {
		_, err = io.Copy(io.Discard, got.Body)
		return a, err
	}
	page, err := io.ReadAll(io.LimitReader(got.Body, mostPage))
	a.page = string(page)
	return a, err
}

func (s *site) read(ctx context.Context, path string) (answer, error) {
	return s.ask(ctx, http.MethodGet, path, nil, true)
}

// way is how far the server is.
type way struct {
	roundTrip time.Duration
	local     bool // it is this machine
}

const dials = 5

// measureWay connects a few times. It is the other machine that answers then, not
// the program on it, so the shortest time is the way there and back.
func (s *site) measureWay(ctx context.Context) (w way, err error) {
	u, err := url.Parse(s.origin)
	if err != nil {
		return w, err
	}
	address := u.Host
	if u.Port() == "" {
		address = net.JoinHostPort(u.Hostname(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
	}
	dialer := net.Dialer{Timeout: patience}
	for n := range dials {
		began := time.Now()
		c, err := dialer.DialContext(ctx, "tcp", address)
		if err != nil {
			return w, s.notReached(err)
		}
		if took := time.Since(began); n == 0 || took < w.roundTrip {
			w.roundTrip = took
		}
		there, known := c.RemoteAddr().(*net.TCPAddr)
		here, alsoKnown := c.LocalAddr().(*net.TCPAddr)
		w.local = known && alsoKnown && (there.IP.IsLoopback() || there.IP.Equal(here.IP))
		if err := c.Close(); err != nil {
			return w, fmt.Errorf("close a connection: %w", err)
		}
	}
	return w, nil
}

func (s *site) notReached(err error) error {
	return fault.New(fault.Busy, "没有连上 %s：%s。请看看地址对不对，服务器开着没有。", s.origin, err)
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"luoshi/internal/bench"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/org"
)

// benched is a city that calls itself a sample, with a public plan, and somebody
// who may import (fang) and somebody who may not (gu).
func benched(t *testing.T, sample bool) *house {
	t.Helper()
	t.Setenv("LANG", "zh_CN.UTF-8")
	t.Setenv("LC_ALL", "")
	t.Setenv("LC_MESSAGES", "")
	h := open(t)
	account, err := h.office.Found(t.Context(), web.NewCommand(), desk.City{Name: "安澜市", Bureau: "安澜市文化局", Sample: sample},
		desk.First{Unit: "局办公室", Title: "信息岗", Name: "方晓舟"})
	h.must(err)
	link, err := oneTimeLink(t.Context(), h.login, account, "http://host", text.Chinese)
	h.must(err)
	clerk := h.signUp(strings.TrimPrefix(link, "http://host"), "fang")
	leader := clerk.hire("顾海川", "gu", org.Approver)
	leader.published(clerk.forced(leaflet), 0)
	return h
}

// bench runs the command and gives what it said; the report is empty where it printed none.
func (h *house) bench(url, name, word string, args ...string) (code int, r bench.Report, said string) {
	h.Helper()
	file := filepath.Join(h.TempDir(), "password")
	h.must(os.WriteFile(file, []byte(word+"\n"), 0o600))
	var out, errOut bytes.Buffer
	code = run(append([]string{"bench", url, "--login-name", name, "--password-file", file, "--seconds", "1", "--writers", "3", "--readers", "2"}, args...), &out, &errOut)
	if out.Len() > 0 {
		d := json.NewDecoder(&out)
		d.DisallowUnknownFields()
		h.must(d.Decode(&r))
	}
	return code, r, errOut.String()
}

func (h *house) count(what string) (n int64) {
	h.Helper()
	h.must(h.db.Read(h.Context(), func(v *db.View) error {
		found, err := db.Rows(v, db.Value[int64], "SELECT COUNT(*) FROM "+what+" /*fanout*/")
		if err == nil {
			n = found[0]
		}
		return err
	}))
	return n
}

// left is what bench must not change: plans, documents, items, sessions and entries.
func (h *house) left() (n [5]int64) {
	h.Helper()
	for i, table := range []string{"plan", "document", "item", "session", "ledger_entry"} {
		n[i] = h.count(table)
	}
	return n
}

func addsUp(t *testing.T, name string, f bench.Figures, clients int) {
	t.Helper()
	if f.Clients != clients || f.Answered == 0 || f.Refused != (bench.Refused{}) || f.FirstError != "" {
		t.Errorf("%s: %+v", name, f)
	}
	if math.Abs(f.PerSecond*f.Seconds-float64(f.Answered)) > 0.1*float64(f.Answered) {
		t.Errorf("%s: %v a second for %v s are not %d", name, f.PerSecond, f.Seconds, f.Answered)
	}
	if f.P50 <= 0 || f.P50 > f.P99 || f.P99 > f.Max || f.Max > 1000*f.Seconds {
		t.Errorf("%s: half within %v ms, 99 of 100 within %v, all within %v", name, f.P50, f.P99, f.Max)
	}
}

func TestBench(t *testing.T) {
	h := benched(t, true)
	before := h.left()
	code, r, said := h.bench(h.server.URL+"/", "fang", password)
	if code != exitGood {
		t.Fatalf("exit %d: %s", code, said)
	}
	addsUp(t, "one writer", r.OneWriter, 1)
	addsUp(t, "writers", r.Writers, 3)
	addsUp(t, "readers", r.Readers, 2)
	if done := h.count("command WHERE act = 'plan.correct_item'"); done != r.OneWriter.Answered+r.Writers.Answered {
		t.Errorf("%d acts are in the database, %d and %d are reported", done, r.OneWriter.Answered, r.Writers.Answered)
	}
	if after := h.left(); after != before {
		t.Errorf("plans, documents, items, sessions, entries: %v, before %v", after, before)
	}
	if r.Readers.Pages < 10 || r.Readers.SlowestPath == "" || r.Readers.SlowestMean <= 0 || r.Writers.SlowestPath != "" {
		t.Errorf("%d pages, slowest %s", r.Readers.Pages, r.Readers.SlowestPath)
	}
	if !r.Sample || r.Interrupted || r.Cores != runtime.NumCPU() || r.Office != h.server.URL || r.Public != h.server.URL || r.Seconds < 1 {
		t.Errorf("%+v", r)
	}
	if r.Limit.Why == "" || !slices.Contains([]string{"cpu", "disk", "waiting", "clients"}, r.Limit.What) || (r.Machine == nil) != (runtime.GOOS != "linux") {
		t.Errorf("%+v, %+v", r.Limit, r.Machine)
	}
}

func TestBenchOfPartedSides(t *testing.T) {
	h := benched(t, true)
	parted, err := serveCommand{PublicListen: "127.0.0.1:0", OfficeListen: "127.0.0.1:0"}.servers(h.folder, h.login)
	h.must(err)
	public, office := httptest.NewServer(parted[0].Handler), httptest.NewServer(parted[1].Handler)
	defer public.Close()
	defer office.Close()
	code, r, said := h.bench(office.URL, "fang", password, "--public", public.URL)
	if code != exitGood || r.Office != office.URL || r.Public != public.URL {
		t.Errorf("exit %d: %s", code, said)
	}
	addsUp(t, "writers", r.Writers, 3)
	addsUp(t, "readers", r.Readers, 2)
	if code, r, said = h.bench(office.URL, "fang", password, "--readers", "0", "--public", public.URL); code != exitGood || r.Readers.Answered != 0 {
		t.Errorf("no readers: exit %d: %s", code, said)
	}
	if code, _, said = h.bench(public.URL, "fang", password); code != exitUsage || !strings.Contains(said, "不是落实的页面") {
		t.Errorf("the public side taken for the office: exit %d: %s", code, said)
	}
}

func TestBenchRefuses(t *testing.T) {
	h := benched(t, true)
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	before := h.left()
	for _, c := range []struct {
		name, url, login, word string
		args                   []string
		code                   int
		says                   string
	}{
		{"a dead address", dead.URL, "fang", password, nil, exitWanting, "没有连上 " + dead.URL},
		{"another program", other.URL, "fang", password, nil, exitUsage, other.URL + " 上的不是落实的页面"},
		{"no address", "127.0.0.1:8080", "fang", password, nil, exitUsage, "“127.0.0.1:8080”读不懂"},
		{"a public address that is none", h.server.URL, "fang", password, []string{"--public", "x"}, exitUsage, "“x”读不懂"},
		{"no writers", h.server.URL, "fang", password, []string{"--writers", "0"}, exitUsage, "1 到 256"},
		{"too many writers", h.server.URL, "fang", password, []string{"--writers", "257"}, exitUsage, "1 到 256"},
		{"too many readers", h.server.URL, "fang", password, []string{"--readers", "257"}, exitUsage, "0 到 256"},
		{"too long", h.server.URL, "fang", password, []string{"--seconds", "601"}, exitUsage, "1 到 600"},
		{"an empty password file", h.server.URL, "fang", "", nil, exitUsage, "是空的"},
		{"no password file", h.server.URL, "fang", password, []string{"--password-file", "/nowhere"}, exitUsage, "密码文件读不了"},
		{"somebody who may not import", h.server.URL, "gu", password, nil, exitWanting, "不能做方案入库"},
		{"a wrong password", h.server.URL, "fang", "wrong", nil, exitWanting, "账号名或密码不对"},
	} {
		code, r, said := h.bench(c.url, c.login, c.word, c.args...)
		if code != c.code || !strings.Contains(said, c.says) || strings.Count(said, "\n") != 1 || r.Limit.What != "" {
			t.Errorf("%s: exit %d, want %d and %q: %s", c.name, code, c.code, c.says, said)
		}
	}
	if after := h.left(); after != before {
		t.Errorf("plans, documents, items, sessions, entries: %v, before %v", after, before)
	}
	for range 4 {
		h.bench(h.server.URL, "fang", "wrong")
	}
	if code, _, said := h.bench(h.server.URL, "fang", password); code != exitWanting || !strings.Contains(said, "试错的次数太多") {
		t.Errorf("too many tries: exit %d: %s", code, said)
	}
}

func TestBenchOfARealCity(t *testing.T) {
	h := benched(t, false)
	before := h.left()
	if code, _, said := h.bench(h.server.URL, "fang", password); code != exitUsage || !strings.Contains(said, h.server.URL+" 不是示例城市") {
		t.Errorf("exit %d: %s", code, said)
	}
	if n := h.count("command WHERE act LIKE 'plan.correct%'"); n != 0 || h.left() != before {
		t.Errorf("%d acts, %v", n, h.left())
	}
	code, r, said := h.bench(h.server.URL, "fang", password, "--not-a-sample")
	if code != exitGood || r.Sample || r.Writers.Answered == 0 || h.left() != before {
		t.Errorf("allowed: exit %d: %s\n%+v", code, said, r)
	}
}

// spoiled puts a handler in front of the house that answers some acts itself.
func (h *house) spoiled(status func(r *http.Request) int) string {
	h.Helper()
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s := status(r); s != 0 {
			w.WriteHeader(s)
			return
		}
		h.server.Config.Handler.ServeHTTP(w, r)
	}))
	h.Cleanup(front.Close)
	return front.URL
}

func TestBenchCountsWhatWasNotAnswered(t *testing.T) {
	h := benched(t, true)
	before := h.left()
	for _, c := range []struct {
		name   string
		status int
		code   int
		of     func(bench.Refused) int64
	}{
		{"busy", http.StatusServiceUnavailable, exitGood, func(r bench.Refused) int64 { return r.Busy }},
		{"too many", http.StatusTooManyRequests, exitGood, func(r bench.Refused) int64 { return r.TooMany }},
		{"errors", http.StatusInternalServerError, exitWanting, func(r bench.Refused) int64 { return r.Errors }},
	} {
		var asked atomic.Int64
		url := h.spoiled(func(r *http.Request) int {
			if r.Method == http.MethodPost && strings.Contains(r.URL.Path, "/items/") && asked.Add(1)%5 == 0 {
				return c.status
			}
			return 0
		})
		code, r, said := h.bench(url, "fang", password)
		lost := c.of(r.OneWriter.Refused) + c.of(r.Writers.Refused)
		if code != c.code || lost != asked.Load()/5 || r.OneWriter.Answered+r.Writers.Answered+lost != asked.Load() || r.Limit.What != "refusals" || h.left() != before {
			t.Errorf("%s: exit %d, %d of %d lost: %s\n%+v", c.name, code, lost, asked.Load(), said, r)
		}
		if c.status == http.StatusInternalServerError && r.Writers.FirstError != "status 500" {
			t.Errorf("%q", r.Writers.FirstError)
		}
	}
}

func TestBenchThrowsItsDraftAway(t *testing.T) {
	h := benched(t, true)
	before := h.left()
	var asked atomic.Int64
	url := h.spoiled(func(r *http.Request) int {
		if strings.HasSuffix(r.URL.Path, "/discard") && asked.Add(1) == 1 {
			return http.StatusServiceUnavailable
		}
		return 0
	})
	if code, _, said := h.bench(url, "fang", password); code != exitGood || asked.Load() != 2 || h.left() != before {
		t.Errorf("busy for a moment: exit %d, asked %d times: %s", code, asked.Load(), said)
	}
	url = h.spoiled(func(r *http.Request) int {
		if strings.HasSuffix(r.URL.Path, "/discard") {
			return http.StatusForbidden
		}
		return 0
	})
	code, r, said := h.bench(url, "fang", password)
	if code != exitWanting || r.Writers.Answered == 0 || !strings.Contains(said, "草稿没有删掉") || !strings.Contains(said, url+"/office/plans/") {
		t.Errorf("not discarded: exit %d: %s", code, said)
	}
}

func TestBenchIsStopped(t *testing.T) {
	h := benched(t, true)
	before := h.left()
	for name, c := range map[string]struct {
		seconds int   // of which a fifth, five at most, is the first phase
		at      int64 // milliseconds
	}{"in the first phase": {60, 0}, "in the second": {10, 2500}} {
		ctx, stop := context.WithCancel(t.Context())
		r, err := bench.Run(ctx, bench.Settings{Office: h.server.URL, Public: h.server.URL, LoginName: "fang", Password: password, Writers: 4, Readers: 4, Seconds: c.seconds,
			Show: func(done, all int64) {
				if done >= c.at {
					stop()
				}
			}, Say: func(key string, args ...any) string { return text.Say(text.Chinese, key, args...) }})
		if err != nil || !r.Interrupted || r.OneWriter.Answered == 0 || r.Seconds >= float64(c.seconds) || (r.Writers.Answered > 0) != (c.at > 0) || h.left() != before {
			t.Errorf("%s: %v\n%+v", name, err, r)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	r, err := bench.Run(ctx, bench.Settings{Office: h.server.URL, Public: h.server.URL, LoginName: "fang", Password: password, Writers: 4, Seconds: 60})
	if r != nil || err == nil || err.Error() != "还没有开始测就停下了。" || h.left() != before {
		t.Errorf("before it began: %v", err)
	}
}

package main

import (
	"context"
	"crypto/rand"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/org"
)

// house is the whole program over HTTP, on a city of its own.
type house struct {
	testing.TB
	*folder
	path   string
	server *httptest.Server
	login  *login.Login
	now    time.Time
}

func open(t testing.TB) *house {
	t.Helper()
	return openOn(t, "", 1)
}

// openOn opens a house whose records lie on PostgreSQL, under a number of its own.
func openOn(t testing.TB, database string, number int64) *house {
	t.Helper()
	return openWith(t, db.Options{Database: database}, number)
}

func openWith(t testing.TB, options db.Options, number int64) *house {
	t.Helper()
	h := &house{TB: t, path: filepath.Join(t.TempDir(), "data"), now: time.Date(2011, 8, 8, 2, 0, 0, 0, time.UTC)}
	h.must(makeKeys(h.path, newOrigin(), rand.Reader))
	options.Now, options.ReadLimit = func() time.Time { return h.now }, time.Minute // a busy machine is no fault of the program
	var err error
	h.folder, err = openNew(t.Context(), h.path, number, options)
	h.must(err)
	h.serve()
	return h
}

// serve serves the open folder of a house.
func (h *house) serve() {
	h.Helper()
	h.Cleanup(func() { h.folder.close() })
	l, err := login.New(h.db, h.city, false)
	h.must(err)
	h.login = l
	servers, err := serveCommand{Listen: "127.0.0.1:0"}.servers(h.folder, l)
	h.must(err)
	h.server = httptest.NewServer(servers[0].Handler)
	h.Cleanup(h.server.Close)
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// found begins the city and signs its administrator in through the one-time link.
func (h *house) found() *person {
	h.Helper()
	account, err := h.office.Found(h.Context(), web.NewCommand(), desk.City{Name: "安澜市", Bureau: "安澜市文化局"}, desk.First{Unit: "局办公室", Title: "信息岗", Name: "方晓舟"})
	h.must(err)
	link, err := oneTimeLink(h.Context(), h.login, account, "http://host", text.Chinese)
	h.must(err)
	return h.signUp(strings.TrimPrefix(link, "http://host"), "fang")
}

// person is a browser with its cookies.
type person struct {
	*house
	client *http.Client
}

func (h *house) stranger() *person {
	jar, err := cookiejar.New(nil)
	h.must(err)
	return &person{h, &http.Client{Jar: jar, Timeout: 2 * time.Minute}}
}

const password = "an lan shi de chun tian"

func (h *house) signUp(link, name string) *person {
	h.Helper()
	p := h.stranger()
	p.post(link, 200, "login_name", name, "password", password, "again", password)
	return p
}

// hire opens an account as a person does, and signs its holder in.
func (p *person) hire(name, loginName string, role org.Role) *person {
	p.Helper()
	p.post("/office/accounts/new", 200, "unit", "局办公室", "title", loginName+" 岗", "name", name, "roles", string(role))
	shown := p.post(p.account(name)+"/link", 200)
	link := regexp.MustCompile(`http://[^/]+(/office/link/[\w-]+)`).FindStringSubmatch(shown)
	if link == nil {
		p.Fatalf("no link on the page: %s", shown)
	}
	return p.signUp(link[1], loginName)
}

func (p *person) send(r *http.Request) (int, string, *http.Response) {
	p.Helper()
	answer, err := p.client.Do(r)
	p.must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	p.must(err)
	return answer.StatusCode, string(body), answer
}

func (p *person) get(path string, status int) string {
	p.Helper()
	r, err := http.NewRequest("GET", p.server.URL+path, nil)
	p.must(err)
	got, body, _ := p.send(r)
	if got != status {
		p.Fatalf("GET %s: %d, want %d\n%s", path, got, status, plain(body))
	}
	return body
}

// post sends a form, with a fresh command id where the pairs give none.
func (p *person) post(path string, status int, pairs ...string) string {
	p.Helper()
	form := url.Values{"command": {web.NewCommand()}}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == "command" {
			form.Set("command", pairs[i+1])
		} else {
			form.Add(pairs[i], pairs[i+1])
		}
	}
	r, err := http.NewRequest("POST", p.server.URL+path, strings.NewReader(form.Encode()))
	p.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	got, body, _ := p.send(r)
	if got != status {
		p.Fatalf("POST %s: %d, want %d\n%s", path, got, status, plain(body))
	}
	return body
}

var tags = regexp.MustCompile(`(?s)<svg.*?</svg>|<[^>]*>`)

// plain is a page's words.
func plain(page string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(page, " "))), " ")
}

func (p *person) wants(page string, words ...string) {
	p.Helper()
	for _, w := range words {
		if !strings.Contains(html.UnescapeString(page), w) {
			p.Errorf("%q is not on the page: %s", w, plain(page))
		}
	}
}

const leaflet = `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、送书下乡。2011年完成送图书3000册到农村。
2、延长开放时间。力争在年前完成夜间开放的准备工作。
三、工作要求
各馆的工作方案在9月23日之前报送局办公室。
2011年8月8日
`

var planAddress = regexp.MustCompile(`/office/plans/([0-9A-Z]{13})`)

// imported brings the leaflet in and gives the plan's identifier.
func (p *person) imported(document string) string {
	p.Helper()
	page := p.post("/office/plans/new", 200, "text", document)
	found := planAddress.FindStringSubmatch(page)
	if found == nil {
		p.Fatalf("no plan on the page: %s", plain(page))
	}
	return found[1]
}

var questionForm = regexp.MustCompile(`action="(/office/plans/[0-9A-Z]{13}/questions/[0-9A-Z]{13})"`)

// answered answers every question of a draft with its first choice.
func (p *person) answered(plan string) {
	p.Helper()
	for _, q := range questionForm.FindAllStringSubmatch(p.get("/office/plans/"+plan, 200), -1) {
		p.post(q[1], 200, "choice", "0")
	}
}

func (p *person) forced(document string) string {
	p.Helper()
	plan := p.imported(document)
	p.answered(plan)
	p.post("/office/plans/"+plan+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08", "number", "安文〔2011〕28号")
	return plan
}

var itemBox = regexp.MustCompile(`name="items" value="([0-9A-Z]{13})"`)

// published makes a plan public with all but the last so many of its items.
func (p *person) published(plan string, withheld int) []string {
	p.Helper()
	var items []string
	var pairs []string
	for _, box := range itemBox.FindAllStringSubmatch(p.get("/office/plans/"+plan+"/publish", 200), -1) {
		items = append(items, box[1])
	}
	for _, i := range items[:len(items)-withheld] {
		pairs = append(pairs, "items", i)
	}
	p.release(plan, pairs...)
	return items
}

// release chooses what is to be public, looks at it, and makes it public.
func (p *person) release(plan string, pairs ...string) {
	p.Helper()
	p.wants(p.post("/office/plans/"+plan+"/publish", 200, pairs...), "预览")
	p.post("/office/plans/"+plan+"/publish/confirm", 200, "review_by", "局办公室保密岗", "review_day", "2011-08-08", "review_result", "可以公开")
}

// openNew opens a folder in which a city may be begun.
func openNew(ctx context.Context, path string, number int64, options db.Options) (*folder, error) {
	options, err := place{Data: path, Database: options.Database}.withKey(ctx, options)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, path, options, schemas()...)
	if err != nil {
		return nil, err
	}
	return place{Data: path}.openCity(ctx, d, number)
}

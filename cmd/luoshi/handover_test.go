package main

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/internal/web"
	"luoshi/org"
)

var (
	postAnchor      = regexp.MustCompile(`/office/posts/([0-9A-Z]{13})/roles`)
	handoverAddress = regexp.MustCompile(`/office/handover/([0-9A-Z]{13})`)
	oneTimeAddress  = regexp.MustCompile(`http://[^/]+(/office/link/[\w-]+)`)
)

// unit opens a direct unit and gives its identifier.
func (p *person) unit(name string) string {
	p.Helper()
	page := p.get("/office/units", 200)
	bureau := regexp.MustCompile(`<a lang="zh-Hans" href="/office/units/([0-9A-Z]{13})">安澜市文化局`).FindStringSubmatch(page)
	if bureau == nil {
		p.Fatalf("no bureau: %s", plain(page))
	}
	page = p.post("/office/units/"+bureau[1]+"/add", 200, "unit", name, "level", "direct")
	unit := regexp.MustCompile(`/office/units/([0-9A-Z]{13})">` + name).FindStringSubmatch(page)
	if unit == nil {
		p.Fatalf("no unit: %s", plain(page))
	}
	return unit[1]
}

// join opens an account in a unit and gives it with its one-time link.
func (p *person) join(unit, title, name string, roles ...string) (account, link string) {
	p.Helper()
	form := []string{"title", title, "name", name}
	for _, r := range roles {
		form = append(form, "roles", r)
	}
	page := p.post("/office/accounts/new?unit="+unit, 200, form...)
	for _, row := range strings.Split(page, "<tr id=")[1:] {
		if strings.Contains(row, name) {
			account = between(row, `"`, `"`)
		}
	}
	return account, p.linkOf(account)
}

// enter signs somebody in by a one-time link, whatever page they come to first.
func (h *house) enter(link, name string) *person {
	h.Helper()
	p := h.stranger()
	form := url.Values{"login_name": {name}, "password": {password}, "again": {password}}
	r, err := http.NewRequest("POST", h.server.URL+link, strings.NewReader(form.Encode()))
	h.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	p.send(r)
	p.get("/office/sessions", 200)
	return p
}

func (p *person) linkOf(account string) string {
	p.Helper()
	return oneTimeAddress.FindStringSubmatch(p.post("/office/accounts/"+account+"/link", 200))[1]
}

// postOf finds the only post of a title on the page of a unit.
func (p *person) postOf(unit, title string) string {
	p.Helper()
	page := p.get("/office/units/"+unit, 200)
	row := page[strings.Index(page, `lang="zh-Hans">`+title+`<`):]
	return postAnchor.FindStringSubmatch(row)[1]
}

func TestHandingOver(t *testing.T) {
	h := open(t)
	admin := h.found()
	leader := admin.hire("顾海川", "gu", org.Approver)
	unit := admin.unit("市图书馆")
	other := admin.unit("市博物馆")
	headAccount, link := admin.join(unit, "馆长", "邵文清", "unit_head")
	head := h.enter(link, "shao")
	clerkAccount, link := admin.join(unit, "办公室主任", "徐静", "unit_clerk")
	clerk := h.enter(link, "xu")
	_, link = admin.join(unit, "报送岗", "程一帆", "reporter")
	reporter := h.enter(link, "cheng")
	_, link = admin.join(other, "办公室主任", "许静安", "unit_clerk")
	stranger := h.enter(link, "xuja")
	headPost, clerkPost := admin.postOf(unit, "馆长"), admin.postOf(unit, "办公室主任")
	h.now = h.now.Add(24 * time.Hour)

	// Where it begins.
	admin.wants(admin.get("/office/units/"+unit, 200), "/office/handover?account="+headAccount+"&post="+headPost)
	admin.wants(admin.get("/office/accounts?unit="+unit, 200), "/office/handover?account="+headAccount, "没有人管的事")
	admin.wants(admin.get("/office/accounts/"+headAccount+"/close", 200), "有人接：办交接")
	ask := "/office/handover?account=" + headAccount
	page := admin.get(ask, 200)
	admin.wants(page, "交接：邵文清", `value="`+headPost+`" checked`, "新来的人", "徐静", "跟着一起交过去的", `value="1" checked`)
	clerk.wants(clerk.get("/office/handover", 200), "我的岗位", "替别人办", "邵文清", "2011-08-10")

	// Who may not.
	leader.get("/office/handover", 403)
	reporter.get("/office/handover", 403)
	reporter.post(ask, 403, "post", headPost, "successor", clerkAccount, "from", "2011-08-09")
	stranger.get(ask, 403)
	stranger.post(ask, 403, "post", headPost, "successor", clerkAccount, "from", "2011-08-09")

	// What is missing is said on the form, which comes back filled in.
	form := []string{"post", headPost, "successor", "new", "name", "宋以宁", "phone", "0500-1", "from", "2011-08-09", "close", "1"}
	admin.wants(admin.post(ask, 422, "post", headPost, "name", "宋以宁", "from", "2011-08-09"), "请选谁接手", `value="宋以宁"`)
	admin.wants(admin.post(ask, 422, "post", headPost, "successor", clerkAccount, "from", "2011-08-08"), "最早是今天")
	admin.wants(admin.post(ask, 422, "successor", clerkAccount, "from", "2011-08-09"), "至少选一个")
	admin.wants(head.post("/office/handover", 403, form...), "还没有账号")

	unused := admin.linkOf(headAccount)
	head.get("/office/sessions", 200)
	sent := append([]string{"command", web.NewCommand()}, form...)
	page = admin.post(ask, 200, sent...)
	admin.wants(page, "交接清单", "移交人", "邵文清", "宋以宁", "市图书馆 · 馆长", "监交人", "2011年8月8日", "2011年8月9日", "已经停用", "当面说明的事", "发一次性链接")
	if again := admin.post(ask, 200, sent...); plain(again) != plain(page) {
		t.Error("the same form twice shows something else")
	}
	list := "/office/handover/" + handoverAddress.FindStringSubmatch(page)[1]

	// The old session, and the link that was not used, let nobody in.
	head.get("/office/sessions", 401)
	head.get("/office/units", 401)
	r, err := http.NewRequest("GET", h.server.URL+unused, nil)
	h.must(err)
	if status, page, _ := h.stranger().send(r); status == 200 {
		t.Errorf("the old one-time link still opens: %s", plain(page))
	}
	// The successor comes in by a link of their own and reads the list.
	successor := regexp.MustCompile(`/office/accounts/([0-9A-Z]{13})"`).FindStringSubmatch(page)[1]
	song := h.enter(admin.linkOf(successor), "song")
	song.wants(song.get(list, 200), "交接清单", "邵文清")
	song.wants(song.get("/office/rights", 200), "您交过、接过的", list)
	clerk.get(list, 200)
	leader.get(list, 403)
	reporter.get(list, 403)
	stranger.get(list, 403)
	english := admin.get("/en"+list, 200)
	admin.wants(english, "List of the handover", "Witness")
	if words := frameWords(english); han.MatchString(words) {
		t.Errorf("Chinese in the frame: %s", han.FindAllString(words, 9))
	}

	// On paper.
	r, err = http.NewRequest("GET", h.server.URL+list+"/list.docx", nil)
	h.must(err)
	answer, err := song.client.Do(r)
	h.must(err)
	defer answer.Body.Close()
	file, err := io.ReadAll(answer.Body)
	h.must(err)
	if answer.StatusCode != 200 || !strings.HasPrefix(string(file), "PK") || !strings.Contains(answer.Header.Get("Content-Disposition"), "handover.docx") {
		t.Errorf("the list for Word: %d %s", answer.StatusCode, answer.Header)
	}
	stranger.get(list+"/list.docx", 403)

	// Who hands over their own last post today is out, and told so.
	page = clerk.post("/office/handover", 200, "post", clerkPost, "successor", successor, "from", "2011-08-09", "close", "1")
	clerk.wants(page, "交接办好了", "已经退出登录")
	clerk.get("/office/handover", 401)
	song.wants(song.get("/office/handover", 200), "办公室主任", "办过的交接")
}

func TestWhatNobodyHolds(t *testing.T) {
	h := open(t)
	admin := h.found()
	unit := admin.unit("市图书馆")
	account, _ := admin.join(unit, "馆长", "邵文清", "unit_head")
	if page := admin.get("/office/", 200); strings.Contains(page, "没有人管的事") {
		t.Error("it is said where there is nothing")
	}
	admin.wants(admin.get("/office/unheld", 200), "现在没有")
	admin.post("/office/accounts/"+account+"/close", 200)
	page := admin.get("/office/unheld", 200)
	admin.wants(page, "空着的岗位", "市图书馆 · 馆长", "账号停用了", "请人任职", "开账号")
	admin.wants(admin.get("/office/", 200), "没有人管的事：1 件")
	english := admin.get("/en/office/unheld", 200)
	if words := frameWords(english); han.MatchString(words) {
		t.Errorf("Chinese in the frame: %s", han.FindAllString(words, 9))
	}
	leader := admin.hire("顾海川", "gu", org.Approver)
	leader.get("/office/unheld", 403)
	if page := leader.get("/office/", 200); strings.Contains(page, "没有人管的事") {
		t.Error("it is said to who may not see it")
	}
}

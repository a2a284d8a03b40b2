package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/web"
	"luoshi/org"
)

func TestFromPaperToPageOverHTTP(t *testing.T) {
	h := open(t)
	h.stranger().get("/", 200)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	clerk.wants(clerk.get("/office/", 200), "还没有方案", "方案入库")
	clerk.wants(clerk.get("/office/plans", 200), "还没有方案", "方案入库")

	plan := clerk.imported(leaflet)
	review := clerk.get("/office/plans/"+plan, 200)
	clerk.wants(review, "安澜市图书馆服务月方案", "3,000 册", "2011-12-31", "“年前”是哪一天以前？")
	clerk.wants(clerk.get("/office/plans/"+plan+"/force", 200), "还有")
	clerk.answered(plan)
	h.stranger().get("/plans/"+plan, 404)
	clerk.post("/office/plans/"+plan+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08")
	h.stranger().get("/plans/"+plan, 404)
	clerk.post("/office/plans/"+plan+"/publish", 403, "items", "0000000000001")
	items := leader.published(plan, 1)
	page := h.stranger().get("/plans/"+plan, 200)
	clerk.wants(page, "送图书3000册到农村")
	h.stranger().get("/items/"+items[0], 200)
	h.stranger().get("/items/"+items[len(items)-1], 404)
	leader.wants(leader.get("/office/plans/"+plan, 200), "1 条还没有公开")
	leader.release(plan, "items", items[len(items)-1])
	h.stranger().get("/items/"+items[len(items)-1], 200)
	leader.post("/office/plans/"+plan+"/close", 200, "why", "全部办完")
	leader.wants(leader.get("/office/plans", 200), "已结束")
}

// Everything that was read can be put right, and a rejected form keeps what was typed.
func TestEveryFoundValueCanBeCorrected(t *testing.T) {
	h := open(t)
	clerk := h.found()
	plan := clerk.imported(leaflet)
	review := clerk.get("/office/plans/"+plan, 200)
	seen := map[string]bool{}
	for _, link := range strings.Split(review, `href="`)[1:] {
		path, _, _ := strings.Cut(link, `"`)
		if !strings.HasPrefix(path, "/office/plans/"+plan+"/") || seen[path] {
			continue
		}
		seen[path] = true
		clerk.get(path, 200)
	}
	if len(seen) < 15 {
		t.Errorf("only %d things to put right", len(seen))
	}
	for path := range seen {
		switch {
		case strings.Contains(path, "/targets/") && !strings.HasSuffix(path, "/new") && !strings.HasSuffix(path, "/remove"):
			page := clerk.post(path, 422, "indicator", "送书", "bound", "ge", "value", "三千", "unit", "册", "aggregate", "sum", "hardness", "hard", "deadline", "2011-12-31")
			clerk.wants(page, `value="三千"`, "这个数读不懂", `value="送书"`)
			clerk.post(path, 200, "indicator", "送书", "bound", "ge", "value", "3200", "unit", "册", "aggregate", "sum", "hardness", "hard", "deadline", "2011-12-31")
			clerk.wants(clerk.get("/office/plans/"+plan, 200), "≥ 3,200 册")
		case strings.HasSuffix(path, "/heading"):
			clerk.wants(clerk.post(path, 422, "title", strings.Repeat("长", 301), "issuer", "某局"), strings.Repeat("长", 301), "最多 300 个字")
		case strings.Contains(path, "/milestones/new"):
			clerk.wants(clerk.post(path, 422, "quote", "文中没有的话", "title", "没有", "due", "2011-12-31", "hardness", "hard"), "文中没有的话", "原文里没有这句话")
		}
	}
}

func TestSameFormTwiceAndEdited(t *testing.T) {
	h := open(t)
	clerk := h.found()
	command := web.NewCommand()
	first := clerk.post("/office/plans/new", 200, "command", command, "text", leaflet)
	again := clerk.post("/office/plans/new", 200, "command", command, "text", leaflet)
	if planAddress.FindString(first) != planAddress.FindString(again) {
		t.Error("the same form made two plans")
	}
	if n := strings.Count(clerk.get("/office/plans", 200), `<th scope="row">`); n != 1 {
		t.Errorf("%d plans in the list", n)
	}
	edited := strings.Replace(leaflet, "3000册", "5000册", 1)
	page := clerk.post("/office/plans/new", 409, "command", command, "text", edited)
	clerk.wants(page, "5000册", "看上次交的", planAddress.FindString(first))
	fresh := between(page, `name="command" value="`, `"`)
	if fresh == "" || fresh == command {
		t.Fatalf("the page gives no fresh command id: %q", fresh)
	}
	clerk.post("/office/plans/new", 200, "command", fresh, "text", edited)
	if n := strings.Count(clerk.get("/office/plans", 200), `<th scope="row">`); n != 2 {
		t.Errorf("%d plans in the list", n)
	}
}

func between(s, from, to string) string {
	_, rest, _ := strings.Cut(s, from)
	found, _, _ := strings.Cut(rest, to)
	return found
}

// A form that comes without a session is given back after signing in.
func TestExpiredSessionLosesNothing(t *testing.T) {
	h := open(t)
	h.found()
	late := h.stranger()
	page := late.post("/office/plans/new", 401, "text", leaflet)
	keep := between(page, `<textarea name="keep" hidden>`, "</textarea>")
	page = late.post("/office/sign-in", 200, "login_name", "fang", "password", password, "next", "/office/plans/new", "keep", strings.TrimSpace(htmlText(keep)))
	late.wants(page, "您刚才填的内容还在", "送图书3000册")
	late.post("/office/plans/new", 200, "text", leaflet)
}

func htmlText(s string) string {
	return strings.NewReplacer("&amp;", "&", "&#34;", `"`, "&#39;", "'").Replace(s)
}

func TestSignIn(t *testing.T) {
	h := open(t)
	admin := h.found()
	p := h.stranger()
	p.get("/office/", 401)
	p.wants(p.post("/office/sign-in", 422, "login_name", "fang", "password", "wrong password"), "账号名或密码不对", `value="fang"`)
	p.post("/office/sign-in", 422, "login_name", "nobody", "password", password)
	p.post("/office/sign-in", 200, "login_name", "fang", "password", password)
	p.get("/office/", 200)
	p.post("/office/sign-out", 200)
	p.get("/office/", 401)

	clerk := admin.hire("周明远", "zhou", org.Clerk)
	clerk.get("/office/jobs", 403)
	admin.post(admin.account("周明远")+"/close", 200)
	clerk.get("/office/", 401)
	clerk.post("/office/sign-in", 403, "login_name", "zhou", "password", password)
}

func TestSignInSendsNobodyElsewhere(t *testing.T) {
	h := open(t)
	h.found()
	for _, next := range []string{"https://example.org/", "//example.org/office/", "/office/\\example.org", "/office//example.org", "/plans/../x", "/en//example.org/office/"} {
		p := h.stranger()
		p.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		r, _ := http.NewRequest("POST", h.server.URL+"/office/sign-in", strings.NewReader("login_name=fang&password="+strings.ReplaceAll(password, " ", "+")+"&next="+next))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		status, _, answer := p.send(r)
		if to := answer.Header.Get("Location"); status != 303 || to != "/office/" {
			t.Errorf("next=%s: %d, sent to %q", next, status, to)
		}
	}
}

func TestForeignOriginIsRefused(t *testing.T) {
	h := open(t)
	clerk := h.found()
	for header, value := range map[string]string{"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"} {
		r, _ := http.NewRequest("POST", h.server.URL+"/office/plans/new", strings.NewReader("text=x"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(header, value)
		if status, body, _ := clerk.send(r); status != 403 || !strings.Contains(body, "不是从我们的页面交来的") {
			t.Errorf("%s: %d", header, status)
		}
	}
}

// Words that look like script are shown as words.
func TestNothingTypedBecomesMarkup(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("顾海川", "gu", org.Approver)
	const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	plan := clerk.forced(strings.Replace(leaflet, "送书下乡", "送书"+attack, 1) + attack)
	leader.published(plan, 0)
	for _, path := range []string{"/", "/plans/" + plan, "/office/plans/" + plan, "/ledger", "/en/plans/" + plan, "/ledger?before=" + "%3Cscript%3E", "/%3Cscript%3Ealert(1)%3C/script%3E"} {
		r, _ := http.NewRequest("GET", h.server.URL+path, nil)
		_, body, answer := clerk.send(r)
		if strings.Contains(body, "<script") || strings.Contains(body, "<img src=x") {
			t.Errorf("%s: typed words became markup", path)
		}
		if policy := answer.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
	}
}

// A second press of the same button changes nothing and says nothing frightening.
func TestEveryButtonPressedTwice(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("顾海川", "gu", org.Approver)
	twice := func(p *person, path string, pairs ...string) {
		t.Helper()
		pairs = append(pairs, "command", web.NewCommand())
		p.post(path, 200, pairs...)
		p.post(path, 200, pairs...)
	}
	thrown := clerk.imported(leaflet)
	review := clerk.get("/office/plans/"+thrown, 200)
	twice(clerk, "/office/plans/"+thrown+"/items/"+between(review, "/items/", `"`)[:13], "title", "改过的", "period", "month")
	twice(clerk, between(review[strings.Index(review, `/remove"`)-120:], `href="`, `"`))
	twice(clerk, questionForm.FindStringSubmatch(review)[1], "choice", "0")
	twice(clerk, "/office/plans/"+thrown+"/tasks/columns", "task", "1", "lead", "2")
	twice(clerk, "/office/plans/"+thrown+"/discard")
	plan := clerk.imported(leaflet)
	clerk.answered(plan)
	twice(clerk, "/office/plans/"+plan+"/force", "approved_by", "局长办公会", "day", "2011-08-08")
	item := itemBox.FindStringSubmatch(leader.get("/office/plans/"+plan+"/publish", 200))[1]
	twice(leader, "/office/plans/"+plan+"/publish", "items", item)
	twice(leader, "/office/plans/"+plan+"/publish/confirm", "review_by", "保密岗", "review_day", "2011-08-08", "review_result", "可以公开")
	review = clerk.get("/office/plans/"+plan, 200)
	reason := []string{"amends", "1", "change", "replan", "cause", "经费减了", "approved_by", "办公会", "approved_day", "2011-08-08"}
	twice(clerk, milestoneForm.FindStringSubmatch(review)[1]+"/remove", reason...)
	twice(clerk, milestoneForm.FindStringSubmatch(review)[1]+"/restore", reason...)
	twice(clerk, "/office/plans/"+plan+"/reissue", "text", leafletAnew)
	document := regexp.MustCompile(`/office/plans/[0-9A-Z]{13}/documents/[0-9A-Z]{13}`).FindString(clerk.get("/office/plans/"+plan, 200))
	twice(clerk, document+"/discard")
	twice(clerk, "/office/plans/"+plan+"/reissue", "text", leafletAnew)
	document = regexp.MustCompile(`/office/plans/[0-9A-Z]{13}/documents/[0-9A-Z]{13}`).FindString(clerk.get("/office/plans/"+plan, 200))
	twice(clerk, document+"/adopt", "approved_by", "办公会", "approved_day", "2011-08-08")
	twice(clerk, document+"/differences/1/decline", "reason", "不办")
	twice(clerk, document+"/differences/1/apply")
	twice(leader, "/office/plans/"+plan+"/withdraw", "what", "part", "items", item, "why", "写错了")
	twice(leader, "/office/plans/"+plan+"/close", "why", "办完了")
	twice(clerk, "/office/accounts/new", "unit", "局办公室", "title", "新岗", "name", "新人", "phone", "0500-1234", "roles", "clerk")
	account := clerk.account("新人")
	twice(clerk, account+"/close")
	twice(clerk, account+"/erase")
	unit := clerk.unit("市图书馆")
	twice(clerk, "/office/units/"+unit+"/describe", "phone", "0500-1234")
	twice(clerk, "/office/units/"+unit+"/post", "title", "馆员", "roles", "reporter")
	post := "/office/posts/" + clerk.postOf(unit, "馆员")
	twice(clerk, post+"/roles", "roles", "unit_head")
	twice(clerk, post+"/end")
	clerk.post("/office/units/"+unit+"/post", 200, "title", "馆长", "roles", "unit_head")
	twice(clerk, "/office/posts/"+clerk.postOf(unit, "馆长")+"/account", "name", "又一个人")
	twice(clerk, "/office/units/"+unit+"/split", "unit", "市少年儿童图书馆", "from", "2011-08-09")
	twice(clerk, "/office/units/"+unit+"/close", "from", "2011-08-10")
	group := clerk.get("/office/groups/new", 200)
	twice(clerk, "/office/groups/new", "name", "领导小组", "office", between(group[strings.Index(group, `name="office"`):], `value="`, `"`), regexp.MustCompile(`place-[0-9A-Z]{13}`).FindString(group), "leader")
	twice(clerk, "/office/burden/cap", "minutes", "60")
}

// What was typed is still there when somebody else was quicker.
func TestLateCorrectionKeepsItsWords(t *testing.T) {
	h := open(t)
	clerk := h.found()
	plan := clerk.imported(leaflet)
	review := clerk.get("/office/plans/"+plan, 200)
	path := "/office/plans/" + plan + "/items/" + between(review, "/items/", `"`)[:13]
	clerk.answered(plan)
	clerk.post("/office/plans/"+plan+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08")
	page := clerk.post(path, 409, "title", "想改成这样", "period", "month")
	clerk.wants(page, "想改成这样", "要改请选“勘误”或“调整”")
}

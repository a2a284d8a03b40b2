package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/audit"
	"luoshi/internal/web"
	"luoshi/org"
)

func (h *house) asking(path string) *http.Request {
	h.Helper()
	r, err := http.NewRequest("GET", h.server.URL+path, nil)
	h.must(err)
	return r
}

// without fails for each of some words that is on a page.
func (p *person) without(page string, words ...string) {
	p.Helper()
	for _, w := range words {
		if strings.Contains(page, w) {
			p.Errorf("%q is on the page: %s", w, plain(page))
		}
	}
}

func TestPreviewShowsWhatThePublicWillSee(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	plan := clerk.forced(withSecrets)
	clerk.wants(clerk.get("/office/plans/"+plan, 200), "局长办公会", "安文〔2011〕28号", "2011年8月8日批准")
	leader.wants(leader.get("/office/plans/"+plan+"/publish/confirm", 200), "还没有选好要公开什么")
	leader.get("/office/plans/"+plan+"/preview/plans/"+plan, 409)
	page := leader.get("/office/plans/"+plan+"/publish", 200)
	leader.wants(page, "欧阳机密", "13842424242", "0500-88004242")
	var items []string
	for _, box := range itemBox.FindAllStringSubmatch(page, -1) {
		items = append(items, box[1])
	}
	last := items[len(items)-1]
	leader.wants(leader.post("/office/plans/"+plan+"/publish", 422, "names", "欧阳机密"), "请至少选一条任务来公开")
	pairs := []string{"names", "欧阳机密", "telephones", "13842424242\n0500-88004242"}
	for _, i := range items[:len(items)-1] {
		pairs = append(pairs, "items", i)
	}
	seen := leader.post("/office/plans/"+plan+"/publish", 200, pairs...)
	leader.wants(seen, "预览", "送图书3000册到农村", "（这一段没有公开）", "〔姓名没有公开〕", "〔电话没有公开〕", "/office/plans/"+plan+"/publish/confirm")
	leader.without(seen, secretsInPlan...)
	for _, path := range []string{"/", "/items/" + items[0], "/data/plans/" + plan, "/plans/" + plan + "/calendar.ics", "/ledger", "/units"} {
		page := leader.get("/office/plans/"+plan+"/preview"+path, 200)
		leader.without(page, append(secretsInPlan, last)...)
	}
	leader.wants(leader.get("/en/office/plans/"+plan+"/preview/plans/"+plan, 200), "Preview", "[name not public]")
	leader.get("/office/plans/"+plan+"/preview/items/"+last, 404)
	h.stranger().get("/office/plans/"+plan+"/preview/plans/"+plan, 401)
	clerk.get("/office/plans/"+plan+"/preview/plans/"+plan, 409)
	h.stranger().get("/plans/"+plan, 404)

	confirm := "/office/plans/" + plan + "/publish/confirm"
	leader.wants(leader.get(confirm, 200), "不公开的任务", "欧阳机密", "人名")
	leader.wants(leader.post(confirm, 422, "review_by", "保密岗", "review_day", "2011-08-09", "review_result", "可以"), "审查日期不能晚于今天", "保密岗")
	leader.wants(leader.post(confirm, 422, "review_by", "", "review_day", "2011-08-08", "review_result", "可以"), "请填写审查人")
	leader.post(confirm, 200, "review_by", "保密岗", "review_day", "2011-08-08", "review_result", "可以公开")
	living := h.stranger().get("/plans/"+plan, 200)
	leader.wants(living, "（这一段没有公开）", "批准日期 2011年8月8日")
	leader.without(living, append(secretsInPlan, "预览")...)
	leader.wants(leader.get("/office/plans/"+plan+"/publicity", 200), "1 条还没有公开", "保密岗", "可以公开", "欧阳机密", "局长办公会")
	leader.wants(leader.get("/office/plans/"+plan, 200), "1 条还没有公开")

	// Another kind, and what was looked over and is no secret.
	leader.release(plan, "kinds", "telephones", "names", "")
	living = h.stranger().get("/plans/"+plan, 200)
	leader.wants(living, "13842424242", "欧阳机密")
	leader.without(living, "不得外传的句子")
	leader.wants(leader.post("/office/plans/"+plan+"/publish", 422, "kinds", "originals"), "原件里有还没有公开的任务")
	h.stranger().get("/plans/"+plan+"/original", 404)
	leader.release(plan, "kinds", "originals", "items", last)
	if got := h.stranger().get("/plans/"+plan+"/original", 200); got != withSecrets {
		t.Errorf("the original is %q", got)
	}
}

// Who is alone is told what to do.
func TestOnePersonCannotPublish(t *testing.T) {
	h := open(t)
	admin := h.found()
	plan := admin.forced(leaflet)
	admin.wants(admin.get("/office/plans/"+plan+"/publish", 200), "另开一个账号，职责选“审签”")
	admin.wants(admin.post("/office/plans/"+plan+"/publish", 403, "items", "0000000000001"), "另开一个账号")
	admin.hire("顾海川", "gu", org.Approver)
	admin.wants(admin.get("/office/plans/"+plan+"/publish", 200), "请另一位同事来公开")
}

func TestWithdrawnPagesSaySo(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	plan := clerk.forced(leaflet)
	items := leader.published(plan, 0)
	reader := h.stranger()
	before := reader.get("/items/"+items[1], 200)
	leader.wants(before, "送书下乡")
	withdraw := "/office/plans/" + plan + "/withdraw"
	leader.wants(leader.post(withdraw, 422, "what", "part", "why", "写错了"), "请勾上要撤回的")
	leader.wants(leader.post(withdraw, 422, "what", "part", "items", items[1]), "请填写撤回的原因")
	clerk.post(withdraw, 403, "what", "whole", "why", "不行")

	const why = "数字要再核一遍"
	leader.post(withdraw, 200, "what", "part", "items", items[1], "why", why)
	gone := func(path, word string) {
		t.Helper()
		page := reader.get(path, 410)
		leader.wants(page, word)
		leader.without(page, "送书下乡", "3000册")
	}
	gone("/items/"+items[1], "撤回")
	gone("/en/items/"+items[1], "withdrawn")
	gone("/data/items/"+items[1], "2011年8月8日撤回了")
	gone("/en/data/items/"+items[1], "8 Aug 2011")
	page := reader.get("/plans/"+plan, 200)
	leader.wants(page, "（这一段没有公开）", "延长开放时间")
	leader.without(page, "送图书3000册", items[1])
	ledger := reader.get("/ledger", 200)
	leader.wants(ledger, "撤回了一条任务的公开", why)
	leader.without(ledger, "送书下乡")
	leader.wants(leader.get("/office/plans/"+plan+"/publicity", 200), "撤回了 1 条任务的公开", why)
	h.verified("送书下乡", "3000册")

	leader.post(withdraw, 200, "what", "whole", "why", why)
	for _, path := range []string{"/plans/" + plan, "/plans/" + plan + "/calendar.ics", "/items/" + items[0], "/plans/" + plan + "/original"} {
		leader.wants(reader.get(path, 410), `href="/"`, "撤回")
		leader.wants(reader.get("/en"+path, 410), `href="/en/"`, "withdrawn")
	}
	gone("/data/plans/"+plan, "撤回")
	leader.without(reader.get("/", 200), "图书馆服务月")
	leader.wants(reader.get("/changes.rss", 200), "撤回了一个方案的公开")
	leader.without(reader.get("/changes.rss", 200), "图书馆服务月")
	h.verified("图书馆", "送书下乡", "延长开放")
	leader.wants(leader.get("/office/plans/"+plan+"/publicity", 200), "公开过，2011年8月8日撤回了")

	// It can be made public anew; what was withdrawn is not ticked by itself.
	if boxes := strings.Count(leader.get("/office/plans/"+plan+"/publish", 200), "checked"); boxes != 0 {
		t.Errorf("%d boxes are ticked", boxes)
	}
	leader.release(plan, "items", items[0])
	reader.get("/items/"+items[0], 200)
	reader.get("/items/"+items[1], 410)
	h.verified("送书下乡")
}

// verified makes a public export, which must hold none of some words and be found good.
func (h *house) verified(forbidden ...string) {
	h.Helper()
	h.exportShowsNothing(forbidden)
	out := filepath.Join(h.TempDir(), "full")
	for _, public := range []bool{true, false} {
		to := out
		if public {
			to += "-public"
		}
		h.must(exportCommand{place: place{Data: h.path}, Out: to, Public: public}.Run(terminal{out: discard{}, err: discard{}}))
		checkpoint, err := os.ReadFile(filepath.Join(to, "log", "checkpoint"))
		h.must(err)
		r, err := audit.Verify(to, audit.Anchors{Key: h.key, Checkpoint: checkpoint})
		h.must(err)
		if r.Exit() != 0 {
			h.Errorf("public %v: exit %d: %v", public, r.Exit(), r.Problems)
		}
	}
}

// What is withdrawn is gone at once, though pages are kept for a while.
func TestWithdrawingDropsKeptPages(t *testing.T) {
	h := open(t)
	admin := h.found()
	leader := admin.hire("顾海川", "gu", org.Approver)
	plan := admin.forced(leaflet)
	servers, err := serveCommand{Listen: "127.0.0.1:0", pagesLife: 3600e9}.servers(h.folder, h.login)
	h.must(err)
	h.server.Config.Handler = servers[0].Handler
	reader := h.stranger()
	reader.get("/plans/"+plan, 404)
	items := leader.published(plan, 0)
	reader.get("/plans/"+plan, 200)
	reader.get("/items/"+items[0], 200)
	reader.wants(reader.get("/", 200), "送书下乡")
	leader.post("/office/plans/"+plan+"/withdraw", 200, "what", "whole", "why", "误公开", "command", web.NewCommand())
	reader.get("/plans/"+plan, 410)
	reader.get("/items/"+items[0], 410)
	reader.without(reader.get("/", 200), "送书下乡")
}

package main

import (
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/web"
	"luoshi/org"
)

var orderNumbered = regexp.MustCompile(`/orders/([0-9A-Z]{13})"`)

// What is blocked is put before the leaders; a sentence written beside it becomes an order,
// is answered, asked once more and accepted. None of it is public.
func TestTheLeadersPage(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	units := h.unitsOf(boss)
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	member := admin.hire("傅远航", "fu", org.GroupMember)
	library := h.employ(boss, "市图书馆", "邵文清", "shao", org.UnitHead)
	culture := h.employ(boss, "公共文化处", "沈玉兰", "shen", org.UnitHead)
	leader.wants(leader.get("/office/leader", 200), "还没有启用的方案")
	plan := clerk.forced(guide)
	clerk.post("/office/plans/"+plan+"/owners/propose", 200)
	items := leader.published(plan, 0)
	page := "/office/leader/" + plan

	var hours string
	for _, m := range reportField.FindAllStringSubmatch(library.get("/office/progress", 200), -1) {
		hours = m[1]
	}
	of := func(name string) string { return name + "-" + hours + "-" + units["市图书馆"] }
	library.post("/office/progress", 200, of("state"), "blocked", of("done"), "排了班", of("difficulty"), "夜里没有人值班", of("need"), "增加两个编制", of("need_from"), "市编办")
	culture.get(page, 403)
	h.stranger().get(page, 401)
	board := leader.get("/office/leader", 200)
	leader.wants(plain(board), "受阻", "夜里没有人值班", "增加两个编制", "要找：市编办", "邵文清", "没有改过", "专报")
	leader.wants(board, "最近一次报的是受阻（8月8日）", "写批示", `lang="zh-Hans">市图书馆</option>`)
	if strings.Contains(board, "手工定灯") || strings.Contains(clerk.get(page, 200), "写批示</summary>") {
		t.Error("somebody is offered what they may not do")
	}
	english := plain(leader.get("/en"+page, 200))
	leader.wants(english, "last reported as", "You are asked", "Time line")
	wall := leader.get(page+"?view=wall", 200)
	leader.wants(wall, `http-equiv="refresh"`, "受阻")
	if strings.Contains(wall, "<nav") || strings.Contains(wall, "<form") || strings.Contains(wall, "夜里没有人值班") {
		t.Error("the wall has more than the matrix")
	}
	leader.wants(plain(leader.get(page+"/brief", 200)), "领导小组专报", "增加两个编制", "■ 受阻")
	if words := docxWords(t, leader.get(page+"/brief.docx", 200)); !strings.Contains(words, "增加两个编制") || !strings.Contains(words, "夜里没有人值班") {
		t.Error("the report for Word")
	}

	// A sentence beside the item.
	const words = "请市图书馆先从志愿者里排夜班，月底前报结果。"
	about := []string{"item", hours, "unit", units["市图书馆"], "words", words}
	clerk.post(page+"/instruct", 403, append(about, "due", "2011-08-31")...)
	bad := member.post(page+"/instruct", 422, about...)
	member.wants(bad, words, "请填写什么时候办完")
	sent := append([]string{"command", web.NewCommand(), "due", "2011-08-31"}, about...)
	given := member.post(page+"/instruct", 200, sent...)
	member.wants(plain(given), "批示交办了", "批〔2011〕1号", words, "等回复")
	member.post(page+"/instruct", 200, sent...)
	if list := plain(clerk.get("/office/plans/"+plan+"/orders", 200)); strings.Count(list, "批〔2011〕1号") != 1 || !strings.Contains(list, "等回复") {
		t.Errorf("the list: %s", list)
	}
	order := orderNumbered.FindStringSubmatch(given)[1]
	one := "/office/plans/" + plan + "/orders/" + order

	// The unit answers on its own page; nobody else sees it there.
	library.wants(library.get("/office/duties", 200), words, "/office/duties/"+order+"/reply")
	if strings.Contains(culture.get("/office/duties", 200), words) {
		t.Error("another unit sees it")
	}
	reply := "/office/duties/" + order + "/reply"
	culture.get(reply, 404)
	culture.post(reply, 404, "unit", units["市图书馆"], "words", "替他们答")
	library.post(reply, 422, "unit", units["市图书馆"], "words", "")
	library.wants(library.post(reply, 200, "unit", units["市图书馆"], "words", "排了八个志愿者"), "回复了", "等认可")
	leader.wants(plain(leader.get(page, 200)), "回复了，等认可", "排了八个志愿者", "再问一次")
	library.get(one, 403)
	leader.post(one+"/again", 422, "ordinal", "1")
	leader.wants(leader.post(one+"/again", 200, "ordinal", "1", "reason", "排到哪天"), "又问了一次", "排到哪天")
	library.wants(library.get("/office/duties", 200), "排到哪天", "再问了一次，等回复")
	library.post(reply, 200, "unit", units["市图书馆"], "words", "排到年底")
	member.post(one+"/accept", 409, "ordinal", "1")
	culture.post(one+"/accept", 403, "ordinal", "2")
	clerk.wants(plain(clerk.post(one+"/accept", 200, "ordinal", "2")), "认可了，这件办完了", "排到年底", "排到哪天", "说的是哪件事")
	clerk.wants(clerk.get("/office/plans/"+plan+"/orders?state=accepted", 200), "先从志愿者里排夜班")
	clerk.wants(clerk.get("/office/plans/"+plan+"/orders?state=open", 200), "没有这一种")

	// The rules, and a lamp by hand.
	leader.wants(leader.get("/office/lamps", 200), "规则由局办公室经办定", "什么时候亮")
	leader.post("/office/lamps", 403, "preset", "three")
	clerk.post("/office/lamps", 422, "preset", "own", "near", "many", "behind", "0")
	// They light the unit's own list too.
	near := `href="#l-near"`
	for days, blue := range map[string]string{"0": "", "90": "1"} {
		clerk.post("/office/lamps", 200, "preset", "own", "near", days, "blue", blue, "behind", "0")
		if strings.Contains(library.get("/office/duties", 200), near) != (days == "90") {
			t.Errorf("%s days before", days)
		}
	}
	clerk.wants(plain(clerk.post("/office/lamps", 200, "preset", "stages", "near", "1", "behind", "1")), "宿迁的做法", "2011年8月8日定的", "10 个工作日以内")
	lamp := "/office/plans/" + plan + "/lamps/" + hours
	leader.get(lamp, 403)
	clerk.wants(clerk.get(lamp, 200), "最近一次报的是受阻（8月8日）")
	clerk.post(lamp, 422, "lamp", "behind")
	clerk.post(lamp, 422, "lamp", "behind", "reason", "志愿者顶上了", "until", "2011-08-01")
	clerk.wants(plain(clerk.post(lamp, 200, "lamp", "behind", "reason", "志愿者顶上了", "until", "2011-09-30")), "灯定下了", "手工定的（8月8日）：志愿者顶上了，原来是受阻，到9月30日为止", "偏慢")
	clerk.wants(plain(clerk.post(lamp+"/back", 200)), "收回了", "受阻")
	clerk.post(lamp+"/back", 409)

	// Outside nothing of it is known.
	stranger := h.stranger()
	for _, path := range h.publicPages(plan, items) {
		_, body, _ := stranger.send(h.asking(path))
		for _, inside := range []string{words, "志愿者", "夜里没有人值班", "增加两个编制", "市编办", "排到哪天", order} {
			if strings.Contains(body, inside) {
				t.Errorf("%s shows %q", path, inside)
			}
		}
	}
	h.exportShowsNothing([]string{words, "志愿者", "夜里没有人值班", "增加两个编制", "排到哪天"})
	h.verifies()
}

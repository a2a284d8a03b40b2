package main

import (
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/web"
	"luoshi/org"
)

var reportField = regexp.MustCompile(`name="state-([0-9A-Z]{13})-([0-9A-Z]{13})"`)

// From asking to confirmed: a unit reports its items on one page, the office returns and
// confirms, and everybody sees what was done.
func TestProgressFromAskingToConfirmed(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	units := h.unitsOf(boss)
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	library := h.employ(boss, "市图书馆", "陆小北", "lu", org.Reporter)
	h.employ(boss, "公共文化处", "沈玉兰", "shen", org.UnitHead)
	plan := clerk.forced(guide)
	clerk.post("/office/plans/"+plan+"/owners/propose", 200)
	leader.published(plan, 0)
	all := "/office/plans/" + plan + "/progress"

	page := library.get("/office/progress", 200)
	library.wants(plain(page), "2 条要报，大约 4 分钟", "还没有报过")
	library.wants(library.get("/office/duties", 200), "报进展")
	var keys []string
	for _, m := range reportField.FindAllStringSubmatch(page, -1) {
		if k := m[1] + "-" + m[2]; len(keys) == 0 || keys[len(keys)-1] != k {
			keys = append(keys, k)
		}
	}
	if len(keys) != 2 {
		t.Fatalf("%v", keys)
	}
	books, hours := keys[0], keys[1]
	// Nothing, then something wrong: the page comes back filled in and names the field.
	library.wants(library.post("/office/progress", 422), "还没有填")
	bad := library.post("/office/progress", 422, "state-"+books, "under_way", "done-"+books, "送了 900 册", "state-"+hours, "blocked", "difficulty-"+hours, "没有值班的人")
	library.wants(bad, "送了 900 册", "没有值班的人", `href="#need-`+hours+`"`, "请填写需要什么")
	library.wants(clerk.get(all+"?period=2011-08", 200), "还没有报")
	sent := []string{"command", web.NewCommand(), "state-" + books, "under_way", "done-" + books, "送了 900 册", "state-" + hours, "complete", "done-" + hours, "夜里开到九点", "next-" + hours, "内部的下一步", "proof-" + hours, "告示的照片"}
	library.post("/office/progress", 200, sent...)
	library.post("/office/progress", 200, sent...) // sent again, it is done once
	library.wants(library.get("/office/progress", 200), "送了 900 册", "待确认")

	list := clerk.get(all+"?period=2011-08", 200)
	clerk.wants(plain(list), "待确认 1", "内部的下一步", "告示的照片", "代报")
	clerk.wants(clerk.get("/office/plans/"+plan, 200), "待确认 1")
	clerk.wants(clerk.get("/office/plans", 200), "待确认 1")
	decide := func(act string) string { return all + "/" + strings.Split(hours, "-")[0] + "/" + act }
	about := []string{"unit", units["市图书馆"], "period", "2011-08", "revision", "1"}
	library.post(decide("confirm"), 403, about...)
	leader.post(decide("confirm"), 403, about...)
	clerk.wants(clerk.get(decide("return")+"?unit="+units["市图书馆"]+"&period=2011-08&revision=1", 200), "告示的照片")
	clerk.post(decide("return"), 422, about...)
	clerk.wants(clerk.post(decide("return"), 200, append(about, "reason", "照片看不清")...), "退回了，单位看得到原因")
	stranger := h.stranger()
	item := "/items/" + strings.Split(hours, "-")[0]
	if page := stranger.get(item, 200); strings.Contains(page, "夜里开到九点") && !strings.Contains(page, "进展") {
		t.Error("what was returned is told")
	}
	library.wants(library.get("/office/progress", 200), "照片看不清")
	library.post("/office/progress", 200, "state-"+hours, "complete", "done-"+hours, "夜里开到九点半", "proof-"+hours, "清楚的照片")
	clerk.post(decide("confirm"), 409, about...)
	about[5] = "2"
	clerk.wants(clerk.post(decide("confirm"), 200, about...), "确认了")

	// On behalf of the division, by the office only; marked as such.
	behalf := "/office/progress/" + units["公共文化处"]
	library.get(behalf, 403)
	division := strings.Split(books, "-")[0] + "-" + units["公共文化处"]
	clerk.wants(clerk.get(behalf, 200), "代报进展", "state-"+division)
	clerk.post(behalf, 200, "state-"+division, "blocked", "done-"+division, "车坏了一辆", "difficulty-"+division, "没有修车的钱", "need-"+division, "修车的钱", "need_from-"+division, "财务处")
	clerk.wants(plain(clerk.get(all+"?period=2011-08", 200)), "代报", "没有修车的钱")

	for _, path := range []string{"/items/" + strings.Split(books, "-")[0], "/plans/" + plan, "/en/plans/" + plan} {
		page := stranger.get(path, 200)
		stranger.wants(page, "车坏了一辆", "送了 900 册")
		for _, inside := range []string{"没有修车的钱", "修车的钱", "内部的下一步", "清楚的照片", "照片看不清"} {
			if strings.Contains(page, inside) {
				t.Errorf("%s shows %q", path, inside)
			}
		}
	}
	stranger.wants(plain(stranger.get(item, 200)), "完成", "夜里开到九点半", "确认“延长开放时间”完成了")
	clerk.get(all+"?period=2011-13", 422)
}

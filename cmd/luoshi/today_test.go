package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"luoshi/org"
)

// Everybody sees what is due from them, and nothing that is due from others.
func TestTodayIsOnesOwn(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	h.unitsOf(boss)
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	auditor := admin.hire("简守正", "jian", org.Auditor)
	library := h.employ(boss, "市图书馆", "陆小北", "lu", org.Reporter)
	head := h.employ(boss, "公共文化处", "沈玉兰", "shen", org.UnitHead)
	county := h.employ(boss, "云溪县", "林大川", "lin", org.UnitClerk)

	clerk.wants(clerk.get("/office/", 200), "今天没有要办的", "还没有方案", "方案入库")
	auditor.wants(auditor.get("/office/", 200), "今天没有要办的", "没有要您办的事")
	library.wants(library.get("/office/", 200), "分来新任务")

	plan := clerk.forced(guide)
	clerk.post("/office/plans/"+plan+"/owners/propose", 200)
	h.now = h.now.AddDate(0, 0, 12) // to a day on which nothing is late
	today := func(p *person, wants ...string) string {
		t.Helper()
		page := plain(p.get("/office/", 200))
		p.wants(page, wants...)
		return page
	}
	lacks := func(page string, words ...string) {
		t.Helper()
		for _, w := range words {
			if strings.Contains(page, w) {
				t.Errorf("today shows %q:\n%s", w, page)
			}
		}
	}
	page := today(head, "今天有 1 件，约 1 分钟", "1 条任务等您单位回话", "送书下乡", "报 1 条进展（2011年8月）")
	lacks(page, "延长开放时间", "市图书馆", "没有分给单位")
	page = today(library, "今天没有要办的", "再往后的：1 件", "延长开放时间", "报 1 条进展（2011年8月）")
	lacks(page, "送书下乡", "等您单位回话") // it may not answer, and only cooperates in the other
	page = today(county, "1 条任务等您单位回话", "延长开放时间")
	lacks(page, "送书下乡", "报 1 条进展")
	page = today(clerk, "1 条任务没有分给单位", "4 个单位有拖欠的", "没有回话 1")
	lacks(page, "定不定公开", "等您单位回话")
	page = today(leader, "定不定公开", "4 个单位有拖欠的")
	lacks(page, "没有分给单位")
	lacks(today(auditor, "没有要您办的事", "没有在等别人的事"), "公共文化处", "送书下乡")

	// A month later the reports are missing; one is complete, and one is blocked.
	h.now = time.Date(2011, 10, 12, 2, 0, 0, 0, time.UTC)
	today(head, "未报，过了 5 个工作日", "最久的连着 2 期没有报")
	field := reportField.FindStringSubmatch(head.get("/office/progress?period=2011-09", 200))
	head.post("/office/progress?period=2011-09", 200, "state-"+field[1]+"-"+field[2], "complete", "done-"+field[1]+"-"+field[2], "送完了", "proof-"+field[1]+"-"+field[2], "签收单", "period", "2011-09")
	today(clerk, "看一看报的完成（2011年9月）", "公共文化处说办完了", "未报 1")
	lacks(today(head, "等局办公室确认", "送书下乡"), "报 1 条进展")
	found := reportField.FindAllStringSubmatch(library.get("/office/progress?period=2011-09", 200), -1)
	hours := found[len(found)-1]
	at := hours[1] + "-" + hours[2]
	library.post("/office/progress?period=2011-09", 200, "state-"+at, "blocked", "done-"+at, "", "difficulty-"+at, "没有人值班", "need-"+at, "两个编制", "need_from-"+at, "人事处", "period", "2011-09")
	today(leader, "受阻、等人定的", "延长开放时间", "需要 人事处：两个编制")
	for _, p := range []*person{clerk, head, county, auditor} {
		lacks(today(p), "两个编制")
	}
	if status, page, _ := head.send(h.asking("/en/office/")); status != 200 || !strings.Contains(page, "waiting for the office to confirm") {
		t.Errorf("in English: %d", status)
	}

	// A collection that asks what is reported anyway is held back until who asks says so.
	form := []string{"kind", "text", "title", "放映情况", "words", "", "due", "2011-10-20", "questions", "送书下乡（册）\n电影放映场次", "groups", "direct"}
	clerk.wants(clerk.post("/office/collections/new", 409, form...), "一共 1 格已经在报了", "送书下乡", "知道重复，还是要")
	asked := plain(clerk.post("/office/collections/new", 200, append(form, "anyway", "1")...))
	clerk.wants(asked, "有 1 格在别处也要填")
	clerk.wants(clerk.post("/office/collections/new", 409, append(form[:8:8], "questions", "电影放映", "groups", "direct")...), "在征集「放映情况」里要过")
	today(library, "交：放映情况", "20日 周四 1 件", "还有 6 个工作日")
	lacks(today(head), "放映情况")
	lacks(today(clerk, "4 个单位有拖欠的"), "交：放映情况")
	clerk.post("/office/burden/cap", 422, "minutes", "很多")
	clerk.wants(clerk.post("/office/burden/cap", 200, "minutes", "5"), "上限每月 5 分钟", "1 个单位超过了", "超过 5 分钟", "市图书馆")
	leader.post("/office/burden/cap", 403, "minutes", "5")
	head.get("/office/burden", 403)
	today(library, "这个月向您单位要了多少", "分钟，上限 5 分钟")
	for _, month := range []string{"2011-09", "2011-13"} {
		clerk.get("/office/burden?month="+month, map[string]int{"2011-09": 200, "2011-13": 422}[month])
	}

	// A calendar fetches it without signing in, until the address is changed or ended.
	if page := library.get("/office/calendar", 200); strings.Contains(page, "/office/feed/") {
		t.Error("an address is told that nobody asked for")
	}
	address := func(p *person) string {
		t.Helper()
		page := p.post("/office/calendar", 200, "make", "1")
		at := between(page, h.server.URL, "<")
		if !strings.HasPrefix(at, "/office/feed/") || !strings.HasSuffix(at, ".ics") {
			t.Fatalf("the address is %q", at)
		}
		return at
	}
	feed := func(path string, status int) string {
		t.Helper()
		r, err := http.NewRequest("GET", h.server.URL+path, nil)
		h.must(err)
		answer, page, _ := h.stranger().send(r)
		if answer != status {
			t.Errorf("%s: %d, want %d", path, answer, status)
		}
		return strings.ReplaceAll(page, "\r\n ", "")
	}
	first := address(library)
	ics := feed(first, 200)
	library.wants(ics, "BEGIN:VEVENT", "报 1 条进展（2011年10月）", "DTSTART;VALUE=DATE:20111105", "BEGIN:VALARM", "TRIGGER:-PT15H", "延长开放时间")
	for _, never := range []string{"陆小北", "没有人值班", "两个编制", "送书下乡", "送完了"} {
		if strings.Contains(ics, never) {
			t.Errorf("the calendar tells %q", never)
		}
	}
	if strings.Contains(library.get("/office/calendar", 200), first) {
		t.Error("the address is shown twice")
	}
	second := address(library)
	feed(first, 404)
	feed(second, 200)
	feed("/office/feed/AAAA.ics", 404)
	library.post("/office/calendar", 200, "end", "1")
	feed(second, 404)
	third := address(head)
	admin.post(admin.account("沈玉兰")+"/close", 200)
	feed(third, 404)
}

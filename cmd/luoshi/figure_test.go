package main

import (
	"regexp"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

var (
	countLink  = regexp.MustCompile(`/office/targets/[0-9A-Z]{13}/goal`)
	goalLink   = regexp.MustCompile(`/office/goals/[0-9A-Z]{13}/shares`)
	figureLink = regexp.MustCompile(`/office/items/[0-9A-Z]{13}/figures`)
)

// From a target to the single fact: the office counts a target and shares it out, a county
// shares its part on, facts come, and one that is returned changes the item, the county's
// cell and its story. A county sees nothing of another.
func TestFiguresFromTargetToFact(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	units := h.unitsOf(boss)
	unitOf := func(text string) id.Unit {
		u, err := id.Of[id.Unit](text)
		h.must(err)
		return u
	}
	opened := func(parent string, level org.Level, names ...string) {
		for _, n := range names {
			made, err := h.office.OpenUnits(h.Context(), h.office.Cmd(boss, web.NewCommand()), unitOf(parent), []org.Unit{{Level: level, Name: n}})
			h.must(err)
			units[n] = made[0].String()
		}
	}
	opened(units["云溪县"], org.Township, "石桥镇", "白石镇")
	opened(units["望潮区"], org.Township, "湖口镇")
	opened(units["石桥镇"], org.Village, "东村", "西村", "南村")
	opened(units["白石镇"], org.Village, "北村")
	opened(units["湖口镇"], org.Village, "湖村")
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	county := h.employ(boss, "云溪县", "汪清和", "wang", org.UnitClerk)
	neighbour := h.employ(boss, "望潮区", "石知行", "shi", org.UnitClerk)
	clerk.forced(guide)

	// The target becomes a goal. A rejected form comes back filled in.
	page := clerk.get("/office/figures", 200)
	clerk.wants(plain(page), "还没有数的目标", "3,000 册", "数起来")
	count := countLink.FindString(page)
	clerk.wants(clerk.get(count, 200), `value="2011-08"`, `value="2011-12"`, "数按整月加，所以取整月")
	form := []string{"indicator", "new", "name", "送书", "measure", "册", "definition", "书到了、签收了算一册", "aggregation", "sum", "wanted", "B", "direction", "up", "subjects", "thing", "to", "2011-12"}
	clerk.wants(clerk.post(count, 422, append(form, "from", "八月")...), "不是月份", "书到了、签收了算一册")
	clerk.wants(clerk.post(count, 422, append(form, "from", "2011-08", "windows", "休渔期")...), "不是季节", "休渔期")
	clerk.wants(plain(clerk.post(count, 200, append(form, "from", "2011-08", "windows", "07-01 到 12-31")...)), "数起来了", "送书", "只在每年 7月1日 到 12月31日办")
	clerk.wants(page, `href="/office/verify"`, `href="/office/fact-month"`, `href="/office/draws"`, `href="/office/facts?`)
	county.get(count, 403)

	// The office shares it out: by villages, then by hand with a gap that must be meant.
	page = clerk.get("/office/figures", 200)
	shares := goalLink.FindString(page)
	item := figureLink.FindString(page)
	grid := clerk.get(shares, 200)
	top := regexp.MustCompile(shares + `/[0-9A-Z]{13}`).FindString(grid)
	clerk.wants(clerk.post(top, 200, "fill", "villages"), "填好了", `value="2400"`, `value="600"`, "正好是要分的 3,000")
	yunxi, wangchao := "share-"+units["云溪县"], "share-"+units["望潮区"]
	gap := clerk.post(top, 422, yunxi, "2400", wangchao, "500")
	clerk.wants(gap, "比要分的 3,000 少 100", `value="2400"`, `name="meant" value="2900"`)
	clerk.wants(clerk.post(top, 422, yunxi, "２４００", wangchao, "五百"), "望潮区", "不是数")
	clerk.wants(clerk.post(top, 422, "fill", "paste", "paste", "云溪\t2000\n东海县\t9"), "没有找到对应的单位", "东海县")
	clerk.wants(clerk.post(top, 200, "fill", "paste", "paste", "单位\t册\n云溪县\t2,400\n望潮区\t500\n合计\t2900"), `value="2,400"`)
	clerk.wants(clerk.post(top, 200, yunxi, "2400", wangchao, "500", "meant", "2900"), "下达了", "还没有分完")
	clerk.wants(clerk.post(top, 200, yunxi, "2400", wangchao, "600"), "第 2 次", "第 1 次")
	county.post(top, 403, yunxi, "1")

	// The county sees its own part alone, and shares it on.
	page = county.get("/office/figures", 200)
	county.wants(plain(page), "2,400 册")
	county.wants(page, `href="/office/fact-month"`, `href="/office/draws"`)
	if strings.Contains(page, "望潮区") || strings.Contains(page, "还没有数的目标") {
		t.Error("a county sees another's share, or targets")
	}
	own := shares + "/" + units["云溪县"]
	shiqiao, baishi := "share-"+units["石桥镇"], "share-"+units["白石镇"]
	county.wants(county.post(own, 200, "fill", "villages"), `value="1800"`, `value="600"`)
	county.wants(county.post(own, 200, shiqiao, "1800", baishi, "600"), "下达了")
	neighbour.get(own, 403)
	neighbour.get(shares+"/"+units["石桥镇"], 403)

	// Facts come.
	h.now = h.now.AddDate(0, 2, 0)
	goals, err := h.office.Indicators(h.Context(), boss)
	h.must(err)
	told := func(village string, day calendar.Day, n int64) desk.FactTold {
		return desk.FactTold{Indicator: goals[0].ID, Unit: unitOf(units[village]), Day: day, Quantity: document.Whole(n), Class: fact.ByRecipient, Note: "签收单 " + village}
	}
	someone := func(title string) desk.Who {
		account, err := h.office.OpenAccount(h.Context(), h.office.Cmd(boss, web.NewCommand()), desk.NewAccount{Unit: "局办公室", Title: title, Name: "某人", Roles: []org.Role{org.Clerk}})
		h.must(err)
		who, err := h.office.Who(h.Context(), account)
		h.must(err)
		return who
	}
	who, checks := someone("代报岗"), someone("核实岗")
	taken, err := h.office.ReportFactsBelow(h.Context(), h.office.Cmd(who, web.NewCommand()), unitOf(units["云溪县"]), []desk.FactTold{told("东村", "2011-08-20", 300), told("西村", "2011-09-02", 150), told("北村", "2011-09-03", 50)}, fact.ByGrid)
	h.must(err)
	other, err := h.office.ReportFactsBelow(h.Context(), h.office.Cmd(who, web.NewCommand()), unitOf(units["望潮区"]), []desk.FactTold{told("湖村", "2011-09-09", 77)}, fact.ByGrid)
	h.must(err)
	h.must(h.office.VerifyFacts(h.Context(), h.office.Cmd(checks, web.NewCommand()), unitOf(units["云溪县"]), []id.Fact{taken.First}, ""))

	clerk.wants(plain(clerk.get(item, 200)), "报来 577，算数 300", "云溪县 300 / 2,400 500 300 200", "望潮区 0 / 600 77 未报 77", "合计 300 / 3,000 577 300 277")
	clerk.wants(plain(clerk.get(item+"?show=counted&tree=today", 200)), "云溪县 300 / 2,400 500 300 0")
	clerk.wants(plain(clerk.get("/en"+item, 200)), "577 reported, 300 counted", "not reported")
	page = county.get(item, 200)
	county.wants(plain(page), "石桥镇 300 / 1,800 450 300 150", "白石镇 0 / 600 50 未报 50", "合计 300 / 2,400 500 300 200")
	if strings.Contains(page, "望潮区") || strings.Contains(plain(page), "577") {
		t.Error("a county sees another's figures")
	}
	county.wants(plain(county.get(item+"?unit="+units["石桥镇"], 200)), "东村 300 300 300 未报", "西村 0 150 未报 150")
	county.get(item+"?unit="+units["湖口镇"], 403)

	// Where claims wait to be checked, and who told nothing for a month.
	clerk.wants(plain(clerk.get("/office/verify", 200)), "云溪县 2 条", "望潮区 1 条", "这个月和上个月的数里，有几条等着核实")
	clerk.wants(plain(clerk.get("/en/office/verify?month=2011-09", 200)), "facts of Sep 2011 wait", "望潮区 1 item")
	clerk.get("/office/verify?month=2031-09", 422)
	city, err := h.office.CityUnit(h.Context())
	h.must(err)
	clerk.wants(clerk.get("/office/fact-month?unit="+city.String()+"&month=2011-09", 200), `href="/office/verify?month=2011-09"`)
	page = clerk.get("/office/verify?unit="+units["云溪县"]+"&month=2011-09", 200)
	clerk.wants(plain(page), "石桥镇 没有疑问 1", "白石镇 没有疑问 1")
	clerk.wants(page, "/office/verify?month=2011-09&unit="+units["白石镇"])
	month := "/office/fact-month?unit=" + units["云溪县"] + "&month="
	county.wants(plain(county.get(month+"2011-08", 200)), "送书 还没有报的： 白石镇")
	county.wants(plain(county.get(month+"2011-09", 200)), "分到任务的单位都报了。")
	county.wants(plain(county.get(month+"2011-10", 200)), "这个月还没有过完，还没有到期。", "送书 分到的 2 个单位都还没有报")
	clerk.wants(plain(clerk.get("/en"+month+"2011-08", 200)), "Still to report: 白石镇")

	// The single fact and its story; what was returned is gone from every figure.
	list := county.get("/office/facts?unit="+units["石桥镇"]+"&month=2011-08", 200)
	county.wants(list, "/office/facts/"+taken.First.String(), "签收单 东村", "算数")
	county.get("/office/facts?unit="+units["湖口镇"], 403)
	county.get("/office/facts/"+other.First.String(), 403)
	county.get("/office/facts/"+taken.First.String()+"/evidence", 404)
	h.must(h.office.ReturnFacts(h.Context(), h.office.Cmd(checks, web.NewCommand()), unitOf(units["云溪县"]), []id.Fact{taken.First}, "签收单是复印的"))
	county.wants(plain(county.get("/office/facts/"+taken.First.String(), 200)), "核实，佐证是 A 类", "退回", "签收单是复印的", "退回了，等报的人重报")
	clerk.wants(plain(clerk.get(item, 200)), "报来 277，算数 0", "云溪县 0 / 2,400 200 未报 200")
	county.wants(plain(county.get(item+"?unit="+units["石桥镇"], 200)), "西村 0 150 未报 150", "合计 0 / 1,800 150 未报 150")

	// The approver makes the figures public; a clerk may not.
	release := "/office/indicators/" + goals[0].ID.String() + "/release"
	clerk.get(release, 403)
	leader.wants(leader.get(release, 200), "公众会看到", "退回和更正的原因")
	leader.wants(plain(leader.post(release, 200)), "公开吗 已公开")

	// A pack is taken in as a whole or not at all.
	example := clerk.get("/office/indicators/pack.csv", 200)
	clerk.wants(clerk.post("/office/indicators/pack", 422, "pack", "name,unit,aggregation\n甲,册,sum\n乙,册,mean"), "第 2 个指标")
	page = clerk.post("/office/indicators/pack", 200, "pack", example)
	clerk.wants(page, "指标设好了", "人均藏书", "比率，由程序算")
	if strings.Contains(page, ">甲<") {
		t.Error("half a pack was taken in")
	}
}

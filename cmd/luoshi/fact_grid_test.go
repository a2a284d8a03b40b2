package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/org"
)

// countryside is a county with a township and three villages, and somebody in each.
type countryside struct {
	*house
	boss                       desk.Who
	town                       string // identifiers
	villages                   []string
	shows, boats               string
	keeper, other              *person // of the first village, and of the second
	station, head, county, far *person
}

func newCountryside(t *testing.T) *countryside {
	h := open(t)
	h.found()
	c := &countryside{house: h, boss: h.administrator()}
	cmd := func() desk.Cmd { return h.office.Cmd(c.boss, web.NewCommand()) }
	opened := func(parent id.Unit, level org.Level, names ...string) []id.Unit {
		var units []org.Unit
		for _, n := range names {
			units = append(units, org.Unit{Level: level, Name: n, From: "2011-01-01"})
		}
		made, err := h.office.OpenUnits(t.Context(), cmd(), parent, units)
		h.must(err)
		return made
	}
	city, err := h.office.CityUnit(t.Context())
	h.must(err)
	bureau, err := h.office.Bureau(t.Context())
	h.must(err)
	counties := opened(city, org.County, "云溪县", "澄湖县")
	towns := opened(counties[0], org.Township, "石桥镇")
	villages := opened(towns[0], org.Village, "东村", "西村", "南村")
	seat := func(unit id.Unit, role org.Role) *person {
		made, err := h.office.OpenAccount(t.Context(), cmd(), desk.NewAccount{UnitID: unit, Title: "岗 " + string(role), Name: "某人", Roles: []org.Role{role}})
		h.must(err)
		link, err := oneTimeLink(t.Context(), h.login, made, "http://host", text.Chinese)
		h.must(err)
		return h.signUp(strings.TrimPrefix(link, "http://host"), "u"+strings.ToLower(made.String()))
	}
	clerk, err := h.office.OpenAccount(t.Context(), cmd(), desk.NewAccount{UnitID: bureau, Title: "经办", Name: "周明远", Roles: []org.Role{org.Clerk}})
	h.must(err)
	who, err := h.office.Who(t.Context(), clerk)
	h.must(err)
	for _, i := range []fact.Indicator{{Name: "送演出", Measure: "场", Aggregation: fact.Sum, Wanted: fact.Independent}, {Name: "渔家书屋", Measure: "艘", Aggregation: fact.Distinct, Subjects: fact.Things}} {
		made, err := h.office.OpenIndicator(t.Context(), h.office.Cmd(who, web.NewCommand()), i)
		h.must(err)
		if c.shows == "" {
			c.shows = made.String()
		} else {
			c.boats = made.String()
		}
	}
	c.town = towns[0].String()
	for _, v := range villages {
		c.villages = append(c.villages, v.String())
	}
	c.keeper, c.other, c.station, c.head = seat(villages[0], org.Reporter), seat(villages[1], org.Reporter), seat(towns[0], org.UnitClerk), seat(towns[0], org.UnitHead)
	c.county, c.far = seat(counties[0], org.Verifier), seat(counties[1], org.Verifier)
	h.now = time.Date(2011, 10, 20, 2, 0, 0, 0, time.UTC)
	return c
}

var (
	toCorrect = regexp.MustCompile(`/office/report-facts/([0-9A-Z]{13})/correct`)
	sureOf    = regexp.MustCompile(`name="sure" value="([^"]*)"`)
)

// gridOf gives the fields of a page's form, of which nothing is chosen twice.
func gridOf(page string, more ...string) (pairs []string) {
	seen := map[string]bool{}
	all := formOf(`<form method="post">` + page[strings.Index(page, `<form method="post"`):])
	for k := 0; k < len(all); k += 2 {
		if !seen[all[k]] && all[k] != "" {
			pairs = append(pairs, all[k], all[k+1])
		}
		seen[all[k]] = true
	}
	if pasted := between(page, `<textarea id="pasted"`, "</textarea>"); pasted != "" {
		_, words, _ := strings.Cut(pasted, ">")
		pairs = append(without(pairs, "pasted"), "pasted", strings.TrimPrefix(htmlText(words), "\n"))
	}
	return append(pairs, more...)
}

// A village keeper reports on the phone, puts right and takes back; whoever may not is told so.
func TestFormOfFacts(t *testing.T) {
	c := newCountryside(t)
	form := "/office/report-facts?unit=" + c.villages[0] + "&i=" + c.shows
	c.keeper.wants(c.keeper.get("/office/report-facts", 200), "送演出", "渔家书屋", "别的指标")
	c.keeper.wants(c.keeper.get("/office/", 200), "报数")
	c.keeper.wants(c.keeper.get(form, 200), "数量（场）", "我们自己说的（C）", `value="2011-10-20"`, "要 A 类或者 B 类")
	told := []string{"day", "2011-10-18", "class", "B", "note", "越剧二队"}
	bad := c.keeper.post(form, 422, append(told, "quantity", "约三场")...)
	c.keeper.wants(bad, "不是准数", "约三场", "越剧二队")
	c.keeper.wants(c.keeper.post(form, 422, append(told[2:], "day", "2011-10-21", "quantity", "3")...), "还没有到")
	sent := append(told, "quantity", "3", "command", web.NewCommand())
	c.keeper.post(form, 200, sent...)
	saved := c.keeper.post(form, 200, sent...) // sent again, it is done once
	c.keeper.wants(plain(saved), "存好了：2011年10月18日，3 场。", "一共 3 场，报了 1 次", "更正", "撤回")
	c.keeper.wants(c.keeper.get("/office/", 200), "这个月要报的数", "这个月 3 场")
	page := c.keeper.upload(form, 200, "签收单.jpg", []byte("\xff\xd8\xff a receipt"), "unit", c.villages[0], "i", c.shows, "day", "2011-10-19", "class", "A", "quantity", "2")
	which := toCorrect.FindStringSubmatch(page)[1]
	path := "/office/report-facts/" + which
	if got := c.station.get("/office/facts/"+which+"/evidence", 200); !strings.Contains(got, "a receipt") {
		t.Error("another file")
	}
	c.other.get("/office/facts/"+which+"/evidence", 403)
	c.other.get(path+"/correct", 403)
	c.other.post(form, 403, append(told, "quantity", "9")...)
	c.other.post(path+"/withdraw", 403, "reason", "不是我的")
	c.keeper.wants(c.keeper.post(path+"/correct", 422, "day", "2011-10-19", "class", "A", "quantity", "4"), "请写一句为什么改")
	c.keeper.wants(plain(c.keeper.post(path+"/correct", 200, "day", "2011-10-19", "class", "A", "quantity", "4", "note", "少记两场")), "一共 7 场", "更正过")
	c.keeper.post(path+"/correct", 409, "day", "2011-10-19", "class", "A", "quantity", "5", "note", "再改")
	which = toCorrect.FindStringSubmatch(c.keeper.get(form, 200))[1]
	if got := c.station.get("/office/facts/"+which+"/evidence", 200); !strings.Contains(got, "a receipt") {
		t.Error("the corrected fact lost its file")
	}
	c.keeper.wants(c.keeper.post("/office/report-facts/"+which+"/withdraw", 422), "请写一句原因")
	c.keeper.wants(plain(c.keeper.post("/office/report-facts/"+which+"/withdraw", 200, "reason", "没有演成")), "一共 3 场")
	// One boat of two villages counts once, and it is said.
	boat := []string{"day", "2011-10-18", "class", "C", "subject", "浙普渔 12345"}
	c.keeper.post("/office/report-facts?unit="+c.villages[0]+"&i="+c.boats, 200, boat...)
	c.other.wants(c.other.post("/office/report-facts?unit="+c.villages[1]+"&i="+c.boats, 200, boat...), "“东村”也报过同一个")
	for _, address := range []string{"/en/office/report-facts", "/en" + form, "/en/office/fact-month?unit=" + c.villages[0]} {
		c.keeper.get(address, 200)
	}
}

// A township's grid: pasted, kept, put right, reported, and only what changed reported
// again; checked by the county, one returned; closed by the head, with what comes later.
func TestGridOfFactsToItsClose(t *testing.T) {
	c := newCountryside(t)
	grid := "/office/fact-grid?unit=" + c.town + "&month=2011-09"
	cell := func(k int) string { return "c-" + c.villages[k] + "-" + c.shows }
	c.keeper.get(grid, 403)
	c.county.get(grid, 403)
	c.station.wants(c.station.get(grid, 200), "东村", "南村", "2011年9月30日", cell(2), "3 个单位一个数也没有")
	page := c.station.post(grid, 200, "pasted", "村\t送演出\n东村\t3\n西村\t-2\n北村\t5\n合计\t8", "read", "1", "class", "B")
	c.station.wants(plain(page), "读进来了，还没有报", "小于 0", "“北村”：下面没有这个单位", "写的是 8", "1 个单位一个数也没有")
	filled := gridOf(page)
	c.station.wants(c.station.post(grid, 422, filled...), "1 处要改", "请看一看")
	for k := 0; k < len(filled); k += 2 {
		if filled[k] == cell(1) {
			filled[k+1] = "2"
		}
	}
	asked := c.station.post(grid, 422, filled...)
	c.station.wants(asked, "请看一看。没有写错的勾上")
	for _, m := range sureOf.FindAllStringSubmatch(asked, -1) {
		filled = append(filled, "sure", htmlText(m[1]))
	}
	c.station.wants(plain(c.station.post(grid, 200, filled...)), "报上去了：2 条", "已报 3 代报")
	page = c.station.get(grid, 200)
	c.station.wants(c.station.post(grid, 422, gridOf(page)...), "没有新填的")
	changed := append(without(gridOf(page), "why"), "why", "核对过")
	for k := 0; k < len(changed); k += 2 {
		if changed[k] == cell(0) {
			changed[k+1] = "4"
		}
	}
	c.station.wants(c.station.post(grid, 200, changed...), "报上去了：1 条")
	c.station.post(grid, 409, changed...) // as if two had it open: what stands is not written over

	verify := "/office/verify?unit=" + c.town + "&month=2011-09"
	c.keeper.get(verify, 403)
	c.station.get(verify, 403)
	c.far.get(verify, 403)
	page = c.county.get(verify, 200)
	c.county.wants(plain(page), "没有疑问 2 条", "2 条，一共 6 场", "这 2 条一起核实")
	one := regexp.MustCompile(`/office/verify/[0-9A-Z]{13}\?unit=[0-9A-Z]{13}`).FindString(page)
	c.far.get(one, 403)
	c.county.wants(c.county.get(one, 200), "这一条的来龙去脉", "怎么定")
	c.county.wants(c.county.post(one, 422, "decide", "return"), "请写一句原因")
	c.county.wants(plain(c.county.post(one, 200, "decide", "return", "reason", "没有这场演出")), "退回了，报的人看得到原因", "没有疑问 1 条", "退回过 1 条")
	c.county.post(one, 409, "decide", "B")
	c.station.wants(c.station.get(grid, 200), "没有这场演出")
	c.keeper.wants(plain(c.other.get("/office/report-facts", 200)), "退回了 送演出 2011年9月30日 2 场", "没有这场演出")
	c.county.wants(plain(c.county.post(verify, 200, gridOf(c.county.get(verify, 200))...)), "核实了 1 条", "已经核实 1 条")

	month := "/office/fact-month?unit=" + c.town + "&month=2011-09"
	shut := "/office/fact-month/close?unit=" + c.town
	c.station.wants(plain(c.station.get(month, 200)), "没有月结", "1 条")
	c.station.post(shut, 403, "month", "2011-09")
	c.head.post(shut, 409, "month", "2011-10")
	c.head.wants(c.head.get(shut+"&month=2011-09", 200), "您审签以后")
	c.head.wants(plain(c.head.post(shut, 200, "month", "2011-09")), "月结了", "那时有 1 条")
	c.now = c.now.Add(24 * time.Hour)
	c.station.wants(c.station.get(grid, 200), "月结了。现在报的、改的也收")
	late := gridOf(c.station.get(grid, 200))
	for k := 0; k < len(late); k += 2 {
		if late[k] == cell(2) {
			late[k+1] = "1"
		}
	}
	c.station.post(grid, 200, late...)
	c.head.wants(plain(c.head.get(month, 200)), "月结以后的调整：1 条")
	c.county.wants(plain(c.county.get(verify, 200)), "要单独看 1 条", "月结以后才报的")
	for _, address := range []string{"/en" + grid, "/en" + month} {
		c.station.get(address, 200)
	}
	c.county.get("/en"+verify, 200)
}

// Things that are named are told in the same grid: a list with one in each row, several in a
// cell, one of two villages counted once, and what stands not told again.
func TestNamesInAGridOfFacts(t *testing.T) {
	c := newCountryside(t)
	grid := "/office/fact-grid?unit=" + c.town + "&month=2011-09"
	cell := func(k int) string { return "c-" + c.villages[k] + "-" + c.boats }
	c.station.wants(c.station.get(grid, 200), `<textarea id="`+cell(0), "几个名字用顿号隔开")
	c.station.wants(c.station.post(grid, 422, "class", "B", cell(2), "3"), "这一格写编号，不写有几个")
	c.station.wants(plain(c.station.post(grid, 200, "class", "B", cell(0), "浙普渔1001、浙普渔1002、浙普渔 1001", cell(1), "浙普渔1001；浙普渔1003")), "报上去了：4 条", "已报 2： 浙普渔1001、浙普渔1002 代报", "合计 3")
	c.station.wants(plain(c.station.post(grid, 422, "class", "B", cell(0), "浙普渔1001")), "没有新填的", "“浙普渔1001”这个月已经报过了，不会再报")
	c.station.wants(plain(c.station.post(grid, 200, "class", "B", cell(0), "浙普渔1001、浙普渔1003")), "报上去了：1 条", "其中 1 个，别的单位以前也报过", "合计 3")
	page := c.station.post(grid, 200, "pasted", "村\t船号\n东村\t浙普渔 1004\n\t浙普渔1005\n西村\t浙普渔1004、浙普渔1006", "read", "1", "class", "B")
	c.station.wants(page, ">浙普渔 1004、浙普渔1005</textarea>", ">浙普渔1004、浙普渔1006</textarea>")
	c.station.wants(plain(page), "读进来了，还没有报", "“浙普渔1004”在“东村”也写了，合计里只算一次", "1 个单位一个数也没有", "合计 6")
	c.station.wants(plain(c.station.post(grid, 200, append(gridOf(page), cell(0), "浙普渔 1004、浙普渔1005", cell(1), "浙普渔1004、浙普渔1006")...)), "报上去了：4 条", "合计 6")
	c.station.get("/en"+grid, 200)
}

// A part of a village's name will do: what it may mean is asked about, and offered next time.
func TestPlaceOfAFact(t *testing.T) {
	c := newCountryside(t)
	form := "/office/report-facts?unit=" + c.town + "&i=" + c.shows
	told := []string{"day", "2011-10-18", "class", "C", "quantity", "1"}
	page := c.station.post(form, 422, append(told, "place", "村")...)
	c.station.wants(plain(page), "没有叫“村”的村、社区或者乡镇", "是哪一个", "云溪县 石桥镇 东村", "云溪县 石桥镇 南村")
	c.station.wants(plain(c.station.post(form, 422, append(told, "place", "西塘", "where", c.villages[0], "where-of", "村")...)), "没有叫“西塘”的村")
	c.station.wants(c.station.post(form, 200, append(told, "place", "村", "where", c.villages[0], "where-of", "村")...), "存好了", `<option value="石桥镇东村">`)
	c.station.get("/en"+form, 200)
}

package main

import (
	"regexp"
	"strings"
	"testing"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/org"
)

// guide names units in the ways of such documents.
const guide = `安澜市文化服务方案

一、重点项目
1、送书下乡。2011年完成送图书3000册到农村。（牵头单位：公共文化处；配合单位：市图书馆）
2、延长开放时间。2011年底前完成夜间开放的准备工作。（市图书馆牵头，各县（市、区）文广新局配合）
3、整治市场。2011年检查商铺200家。（责任单位：省财政厅）
2011年8月8日
`

// unitsOf opens divisions, a direct unit and counties, and gives them by name.
func (h *house) unitsOf(who desk.Who) map[string]string {
	h.Helper()
	bureau, err := h.office.Bureau(h.Context())
	h.must(err)
	city, err := h.office.CityUnit(h.Context())
	h.must(err)
	out := map[string]string{}
	for _, o := range []struct {
		parent id.Unit
		level  org.Level
		names  []string
	}{{bureau, org.Division, []string{"公共文化处"}}, {bureau, org.Direct, []string{"市图书馆"}}, {city, org.County, []string{"云溪县", "望潮区"}}} {
		for _, n := range o.names {
			made, err := h.office.OpenUnits(h.Context(), h.office.Cmd(who, web.NewCommand()), o.parent, []org.Unit{{Level: o.level, Name: n}})
			h.must(err)
			out[n] = made[0].String()
		}
	}
	return out
}

// employ opens an account in a unit and signs its holder in.
func (h *house) employ(who desk.Who, unit, name, loginName string, role org.Role) *person {
	h.Helper()
	account, err := h.office.OpenAccount(h.Context(), h.office.Cmd(who, web.NewCommand()), desk.NewAccount{Unit: unit, Title: loginName + "岗", Name: name, Roles: []org.Role{role}})
	h.must(err)
	link, err := oneTimeLink(h.Context(), h.login, account, "http://host", text.Chinese)
	h.must(err)
	return h.signUp(strings.TrimPrefix(link, "http://host"), loginName)
}

// administrator tells who holds the first account of the city.
func (h *house) administrator() desk.Who {
	h.Helper()
	var who desk.Who
	h.must(h.db.Read(h.Context(), func(v *db.View) error {
		account, err := db.Row(v, db.Value[id.Account], "SELECT MIN(id) FROM account WHERE city_id = $1", h.city)
		if err != nil {
			return err
		}
		who, err = h.office.Who(h.Context(), account)
		return err
	}))
	return who
}

var ownedRow = regexp.MustCompile(`<tr id="i-([0-9A-Z]{13})">`)

func TestOwnersFromWordsToDuties(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	units := h.unitsOf(boss)
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	library := h.employ(boss, "市图书馆", "邵文清", "shao", org.UnitHead)
	county := h.employ(boss, "云溪县", "林大川", "lin", org.UnitClerk)
	culture := h.employ(boss, "公共文化处", "沈玉兰", "shen", org.UnitHead)

	// A draft has no owners to set, and units see nothing of it.
	draft := clerk.imported(strings.ReplaceAll(guide, "文化服务方案", "还没定的方案"))
	clerk.wants(clerk.get("/office/plans/"+draft+"/owners", 200), "先启用，再把任务分给单位")
	clerk.post("/office/plans/"+draft+"/owners/propose", 409)

	plan := clerk.forced(guide)
	owners := "/office/plans/" + plan + "/owners"
	clerk.wants(clerk.get("/office/plans", 200), "3 条没有分", owners)
	clerk.wants(clerk.get("/office/plans/"+plan, 200), "3 条没有分", owners)
	page := clerk.get(owners, 200)
	clerk.wants(page, "照建议定下全部没有分的（2 条）", "没认出", "省财政厅", "2 个单位")
	items := []string{}
	for _, m := range ownedRow.FindAllStringSubmatch(page, -1) {
		items = append(items, m[1])
	}
	if len(items) != 3 {
		t.Fatalf("%d items", len(items))
	}
	one := clerk.get(owners+"/"+items[0], 200)
	if !strings.Contains(one, `name="lead" value="`+units["公共文化处"]+`" checked`) || !strings.Contains(one, `name="cooperating" value="`+units["市图书馆"]+`" checked`) {
		t.Error("what is certain is not ticked")
	}
	clerk.wants(one, "送图书3000册到农村", "还没有定")
	library.post(owners+"/propose", 403)
	leader.post(owners+"/propose", 403)
	clerk.wants(plain(clerk.post(owners+"/propose", 200)), "定下了", "没有分的 1 条")
	clerk.wants(clerk.get(owners+"?show=unassigned", 200), "整治市场")
	if page := clerk.get(owners+"?show=unassigned", 200); strings.Contains(page, "延长开放时间") {
		t.Error("the filter shows what is assigned")
	}
	clerk.wants(clerk.get(owners+"?unit="+units["云溪县"], 200), "延长开放时间")
	clerk.wants(clerk.get(owners+"?show=unassigned&unit="+units["云溪县"], 200), "没有这样的任务")

	// Several at once, with all of a level and a unit that is not in the table.
	set := owners + "/set"
	clerk.wants(clerk.get(set, 200), "还没有勾任务")
	clerk.wants(clerk.get(set+"?items="+items[2], 200), "整治市场", "全部县（市、区）")
	clerk.wants(clerk.post(set, 422, "items", items[2], "cooperating", "all-county"), "请选谁牵头")
	clerk.wants(clerk.post(set, 422, "items", items[2], "other_lead", "石桥镇"), "认不准是哪个单位", `value="石桥镇"`)
	clerk.post(set, 200, "items", items[2], "lead", units["公共文化处"], "cooperating", "all-county")
	clerk.wants(clerk.get(owners, 200), "望潮区")
	sent := []string{"command", web.NewCommand(), "items", items[2], "other_lead", "公共文化处"}
	clerk.post(set, 200, sent...)
	clerk.post(set, 200, sent...)

	// Units see their own, and say yes or no.
	mine := library.get("/office/duties", 200)
	library.wants(mine, "本单位的任务", "送书下乡", "延长开放时间", "3,000", "接受", "退回（写原因）", "公共文化处")
	for _, never := range []string{"整治市场", "还没定的方案", "/office/plans/"} {
		if strings.Contains(mine, never) {
			t.Errorf("the duties show %q", never)
		}
	}
	if page := county.get("/office/duties", 200); strings.Contains(page, "送书下乡") || !strings.Contains(page, "延长开放时间") {
		t.Error("the county sees something else than its own")
	}
	books := "/office/duties/" + items[0]
	library.wants(plain(library.get(books, 200)), "送图书3000册到农村", "牵头 公共文化处")
	county.get(books, 404)
	county.get(books+"?unit="+units["市图书馆"], 403)
	county.get("/office/duties?unit="+units["市图书馆"], 403)
	library.get("/office/duties/"+items[2], 404)
	library.get(owners, 403)
	library.get("/office/plans/"+plan, 403)
	const reason = "流通车已经报废，没有车送书"
	library.wants(library.post(books+"/object", 422, "unit", units["市图书馆"], "reason", ""), "退回的原因")
	library.wants(library.post(books+"/object", 422, "unit", units["市图书馆"], "reason", strings.Repeat("长", 201)), strings.Repeat("长", 201), "最多 200 个字")
	library.wants(library.post(books+"/object", 200, "unit", units["市图书馆"], "reason", reason), "退回了")
	library.wants(library.post("/office/duties/"+items[1]+"/accept", 200, "unit", units["市图书馆"]), "接受了")
	county.post("/office/duties/"+items[1]+"/accept", 200, "unit", units["云溪县"])
	if page := culture.get("/office/duties", 200); strings.Contains(page, reason) {
		t.Error("another unit reads the reason")
	}
	clerk.wants(clerk.get("/office/plans", 200), "1 条退回了")
	clerk.wants(clerk.get(owners+"?show=objected", 200), reason, "答复仍由它办")
	uphold := owners + "/" + items[0] + "/uphold?unit=" + units["市图书馆"]
	clerk.wants(clerk.get(uphold, 200), reason)
	library.post(uphold, 403, "reply", "请照办")
	clerk.wants(clerk.post(uphold, 200, "reply", "借用县里的车"), "答复了")
	library.wants(library.get("/office/duties", 200), "仍由你单位办", "借用县里的车")
	library.post(books+"/object", 409, "unit", units["市图书馆"], "reason", "还是没有")

	// The public sees units with their pages, and no word of what they said.
	leader.published(plan, 1)
	public := h.stranger().get("/items/"+items[0], 200)
	clerk.wants(public, `/units/`+units["公共文化处"], `/units/`+units["市图书馆"])
	clerk.wants(h.stranger().get("/data/items/"+items[0], 200), `"duty":"cooperating"`)
	clerk.wants(h.stranger().get("/units/"+units["云溪县"], 200), "延长开放时间", "配合的任务")
	if page := h.stranger().get("/units/"+units["公共文化处"], 200); strings.Contains(page, "整治市场") {
		t.Error("an item that is not public is shown on the page of its unit")
	}
	for _, path := range []string{"/items/" + items[0], "/units/" + units["市图书馆"], "/data/items/" + items[0], "/plans/" + plan, "/ledger"} {
		if page := h.stranger().get(path, 200); strings.Contains(page, reason) || strings.Contains(page, "借用县里的车") {
			t.Errorf("%s shows what a unit said", path)
		}
	}
}

// A unit that ended leaves its duties to whoever goes on with it, by one click.
func TestOwnerThatEndedOverHTTP(t *testing.T) {
	h := open(t)
	clerk := h.found()
	boss := h.administrator()
	units := h.unitsOf(boss)
	library := h.employ(boss, "市图书馆", "邵文清", "shao", org.UnitHead)
	plan := clerk.forced(guide)
	owners := "/office/plans/" + plan + "/owners"
	clerk.post(owners+"/propose", 200)
	from, err := id.Of[id.Unit](units["市图书馆"])
	h.must(err)
	bureau, err := h.office.Bureau(t.Context())
	h.must(err)
	made, err := h.office.OpenUnits(t.Context(), h.office.Cmd(boss, web.NewCommand()), bureau, []org.Unit{{Level: org.Direct, Name: "市文化馆"}})
	h.must(err)
	h.must(h.office.MergeUnit(t.Context(), h.office.Cmd(boss, web.NewCommand()), from, made[0], "2011-08-20"))
	h.now = h.now.AddDate(0, 1, 0)
	clerk.wants(plain(clerk.get(owners, 200)), "市图书馆 已撤销，接着办的是 市文化馆。还有 2 条任务写在它名下", "都改成 市文化馆")
	library.wants(plain(library.get("/office/duties", 200)), "市文化馆 2 条", "接着 市图书馆 办")
	item := ownedRow.FindAllStringSubmatch(clerk.get(owners+"?show=unassigned", 200), -1)[0][1]
	clerk.wants(clerk.get("/en"+owners, 200), "Who does it")
	clerk.post(owners+"/pass-on", 200, "unit", units["市图书馆"])
	if page := plain(clerk.get(owners, 200)); strings.Contains(page, "已撤销") {
		t.Error("still told that it ended")
	}
	library.wants(plain(library.get("/office/duties", 200)), "市文化馆 2 条")
	// One item, with a responsible post.
	page := clerk.get(owners+"/"+item, 200)
	post := regexp.MustCompile(`<option value="([0-9A-Z]{13})">shao岗`).FindStringSubmatch(page)
	if post == nil {
		t.Fatal("no post to choose")
	}
	clerk.wants(clerk.post(owners+"/"+item, 422, "lead", units["公共文化处"], "post", post[1]), "责任岗位不在所选的单位里")
	clerk.wants(plain(clerk.post(owners+"/"+item, 200, "lead", made[0].String(), "post", post[1])), "牵头 市文化馆 shao岗")
	clerk.post(owners+"/"+item, 200) // nobody again
	clerk.wants(plain(clerk.get(owners, 200)), "没有分的 1 条")
}

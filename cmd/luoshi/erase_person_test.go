package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/internal/desk"
	"luoshi/internal/job"
	"luoshi/internal/keys"
	"luoshi/internal/web"
	"luoshi/org"
)

// Somebody whom facts name asks to be forgotten: by page, the export verifies before and
// after with the same figures, and an older backup erases the name again.
func TestErasingAPersonByPage(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	ctx, o := t.Context(), h.office
	account, err := o.OpenAccount(ctx, o.Cmd(h.administrator(), web.NewCommand()), desk.NewAccount{Unit: "局办公室", Title: "数数岗", Name: "某人", Roles: []org.Role{org.Clerk}})
	h.must(err)
	teller, err := o.Who(ctx, account)
	h.must(err)
	bureau, err := o.Bureau(ctx)
	h.must(err)
	trained, err := o.OpenIndicator(ctx, o.Cmd(teller, web.NewCommand()), fact.Indicator{Name: "培训骨干", Measure: "人", Aggregation: fact.Distinct, Subjects: fact.Persons})
	h.must(err)
	taken, err := o.ReportFactsBelow(ctx, o.Cmd(teller, web.NewCommand()), bureau, []desk.FactTold{{Indicator: trained, Unit: bureau, Day: o.Today(), Quantity: document.Whole(1),
		Subject: "林小满 139", Class: fact.OwnWord}}, fact.ByForm)
	h.must(err)
	story := "/office/facts/" + taken.First.String()
	clerk.wants(clerk.get(story, 200), "林小满 139")
	top, err := o.CityUnit(ctx)
	h.must(err)
	const month = "2011-07" // of a grid that is not sent
	grid := "/office/fact-grid?unit=" + top.String() + "&month=" + month + "&i=" + trained.String()
	cell := fact.GridSpot{Unit: bureau, Indicator: trained}.Field()
	h.must(o.KeepFactGrid(ctx, o.Cmd(teller, web.NewCommand()), top, month, desk.GridTyped{Cells: map[string]string{cell: "林小满 139、陈海生"}}))
	clerk.wants(clerk.get(grid, 200), "林小满 139、陈海生")
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	must(t, exitGood, "backup", "--data", h.path, at("backup"))

	const erase = "/office/persons/unname"
	clerk.get(erase, 403)
	clerk.post(erase, 403, "name", "林小满 139")
	admin.wants(admin.get("/office/accounts", 200), erase)
	admin.wants(admin.post(erase, 422, "name", "林小曼"), "没有这样写的人", "林小曼")
	admin.wants(admin.post(erase, 200, "name", "林小满139"), "已经抹去", "luoshi keys backup")
	if strings.Contains(clerk.get(story, 200), "林小满") {
		t.Error("the story still names the person")
	}
	unnamed := func(page string) {
		t.Helper()
		clerk.wants(page, "陈海生", "有人的名字抹去了")
		if strings.Contains(page, "林小满") {
			t.Error("the grid still names the person")
		}
	}
	unnamed(clerk.get(grid, 200))
	h.work()
	if list, err := keys.ReadErased(filepath.Join(h.path, keyFolder)); err != nil || len(list) != 1 || list[0].Person == 0 {
		t.Errorf("the list: %v %v", list, err)
	}
	must(t, exitGood, "export", "--data", h.path, at("export"))
	must(t, exitNotAnchored, "verify", at("export"))

	out := must(t, exitGood, "restore", at("backup"), "--keys", keysOf(t, h.path, at("keys")), "--data", at("city"))
	if !strings.Contains(out, "erased again: 1") {
		t.Errorf("restore said:\n%s", out)
	}
	restored := restoredFrom(t, place{Data: at("city")})
	again := restored.stranger()
	again.post("/office/sign-in", 200, "login_name", "zhou", "password", password)
	if strings.Contains(again.get(story, 200), "林小满") {
		t.Error("the name is back")
	}
	unnamed(again.get(grid, 200))
}

// A sheet that names persons leaves no name in clear, not in the folder of the city, a
// backup or an export, whatever becomes of it; its page says that it is deleted.
func TestASheetLeavesNoNames(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	boss, err := h.office.Who(t.Context(), h.account("周明远"))
	h.must(err)
	top, err := h.office.CityUnit(t.Context())
	h.must(err)
	trained, err := h.office.OpenIndicator(t.Context(), h.office.Cmd(boss, web.NewCommand()), fact.Indicator{Name: "培训骨干", Measure: "人", Aggregation: fact.Distinct, Subjects: fact.Persons})
	h.must(err)
	const name = "林小满"
	given := func(rows ...string) (at, page string) {
		page = clerk.upload("/office/fact-import", 200, name+".csv", []byte("日期,姓名\n"+strings.Join(rows, "\n")+"\n"), "unit", top.String(), "year", "2011", "indicator", trained.String())
		return sheetAddress.FindString(page), page
	}
	taken, page := given("8月1日,"+name, "8月2日,陈望舒")
	clerk.wants(page, name+".csv", "导入这 2 条", "30 天以后也删掉")
	page = clerk.post(taken, 200, formOf(page, "read", "1")...) // what the words of the sheet mean is chosen
	clerk.wants(clerk.post(taken, 200, formOf(page, "apply", "1")...), "台账导入好了", "导进来 2 条", "已经从系统里删掉")
	dropped, page := given("8月3日," + name)
	clerk.wants(page, "导入这 1 条")
	clerk.wants(clerk.post(dropped, 200, formOf(page, "drop", "1")...), "台账没有导，删掉了", "导进来 0 条")
	clerk.wants(clerk.post(dropped, 200, formOf(page, "apply", "1")...), "台账没有导，删掉了")
	left, page := given("8月4日,"+name, "不知哪天,"+name)
	clerk.wants(page, name, "要看一看的")
	list := clerk.get("/office/fact-import", 200)
	clerk.wants(list, "没有导，删掉了", "导入了 2 条", name+".csv")
	if strings.Count(list, name) != 1 {
		t.Errorf("sheets that ended are called by their files:\n%s", plain(list))
	}
	h.leavesNoName(t, name)
	clerk.wants(clerk.get(left, 200), name) // the one that is looked at still opens
	h.now = h.now.AddDate(0, 0, desk.SheetDays)
	h.cleans(func() bool { return strings.Contains(clerk.get(left, 200), "台账没有导，删掉了") })
}

// leavesNoName finds a name in clear in the folder of the city, in a backup and in an export.
func (h *house) leavesNoName(t *testing.T, name string) {
	h.Helper()
	folder := h.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	must(t, exitGood, "backup", "--data", h.path, at("backup"))
	must(t, exitGood, "export", "--data", h.path, at("export"))
	h.must(h.db.Fold(h.Context()))
	looked := 0
	for _, folder := range []string{h.path, at("backup"), at("export")} {
		h.must(filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			looked++
			content, err := os.ReadFile(path)
			if strings.Contains(path, name) || strings.Contains(string(content), name) {
				h.Errorf("%s holds the name", path)
			}
			return err
		}))
	}
	if looked < 10 {
		h.Errorf("only %d files were looked at", looked)
	}
}

// cleans has the worker look for what need not be kept, as it does when the city begins to be served.
func (h *house) cleans(done func() bool) {
	h.Helper()
	ctx, stop := context.WithTimeout(h.Context(), time.Minute)
	defer stop()
	ended := make(chan struct{})
	go func() {
		job.NewWorker(desk.NewJobs(h.db, h.signer, h.city), time.Now, h.erased(h.login), h.office.TakeUnitsOver).Run(ctx)
		close(ended)
	}()
	for !done() {
		if ctx.Err() != nil {
			h.Fatal("it is not cleaned away")
		}
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	<-ended
}

package main

import (
	"path/filepath"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/internal/desk"
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
}

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/desk"
	"luoshi/internal/keys"
	"luoshi/internal/web"
	"luoshi/org"
)

// The pages of erasing: what they say beforehand, whom they refuse, and what is
// left afterwards.
func TestErasingSomebody(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	admin.post("/office/accounts/new", 200, "unit", "市图书馆", "title", "机要岗", "name", "沈玉兰", "phone", "13900001234567", "roles", string(org.Clerk))
	admin.wants(admin.post("/office/accounts/new", 422, "unit", "市图书馆", "title", "机要岗", "name", "沈玉兰", "phone", strings.Repeat("9", 61), "roles", string(org.Clerk)),
		"电话太长了", strings.Repeat("9", 61))
	list := admin.get("/office/accounts", 200)
	admin.wants(list, "沈玉兰", "13900001234567", "市图书馆 · 机要岗")
	at := admin.account("沈玉兰")
	// The office's clerk manages accounts, but erases nobody; who only signs off sees none.
	clerk.get(at+"/erase", 403)
	approver := admin.hire("顾海川", "gu", org.Approver)
	for _, path := range []string{"/office/accounts", at, at + "/close", at + "/erase"} {
		if page := approver.get(path, 403); strings.Contains(page, "沈玉兰") || strings.Contains(page, "13900001234567") {
			t.Errorf("%s shows an approver who it is", path)
		}
	}
	list = admin.get("/office/accounts", 200)

	// Only a closed account, not one's own, and none that is not there.
	if strings.Contains(list, "/erase") {
		t.Error("the list offers to erase an account that is in use")
	}
	admin.wants(admin.get(at+"/erase", 200), "请先停用，再抹去")
	admin.post(at+"/erase", 409)
	own := admin.account("方晓舟")
	admin.wants(admin.get(own+"/erase", 200), "请先停用，再抹去")
	admin.wants(admin.post(own+"/erase", 409), "不能抹去自己")
	admin.get("/office/accounts/0000000000001/erase", 404)
	admin.post("/office/accounts/nonsense/erase", 404)
	admin.post(at+"/close", 200)
	clerk.post(at+"/erase", 403)

	link := between(admin.get("/office/accounts", 200), at[len("/office/accounts/"):]+`/erase`, `"`)
	if link != "" {
		t.Errorf("the list does not offer to erase the closed account: %q", link)
	}
	admin.wants(admin.get(at+"/erase", 200), "抹去的：", "沈玉兰", "留下的：", "不能恢复", "谁也找不回来")
	command := web.NewCommand()
	first := admin.post(at+"/erase", 200, "command", command)
	admin.wants(first, "已经抹去", "luoshi keys backup")
	for _, page := range []string{first, admin.post(at+"/erase", 200, "command", command), admin.post(at+"/erase", 200), admin.get(at+"/erase", 200), admin.get("/office/accounts", 200)} {
		if strings.Contains(page, "沈玉兰") || strings.Contains(page, "13900001234567") {
			t.Errorf("it is still known who it was: %s", plain(page))
		}
	}
	admin.wants(admin.get("/office/accounts", 200), "（已抹去）", "市图书馆 · 机要岗", "已停用", "周明远")
	if n := h.count("ledger_entry WHERE class = 'internal'"); n < 2 {
		t.Errorf("%d internal entries", n)
	}
	h.work()
	list1, err := os.ReadFile(filepath.Join(h.path, keyFolder, keys.Erased))
	if err != nil || strings.Count(string(list1), "\n") != 1 || !strings.HasPrefix(string(list1), at[len("/office/accounts/"):]+" ") {
		t.Errorf("the list beside the keys: %q %v", list1, err)
	}
	if h.work(); h.count("job") != 0 {
		t.Error("a job is left")
	}
	// An open address of the page of links and the ledger show nothing either.
	admin.post(at+"/link", 404)
	for _, path := range []string{"/ledger", "/data/ledger"} {
		if strings.Contains(h.stranger().get(path, 200), "沈玉兰") {
			t.Errorf("%s shows the name", path)
		}
	}
}

// whoIs gives somebody by their name.
func (h *house) whoIs(name string) desk.Who {
	h.Helper()
	administrator, err := h.office.SomeAdministrator(h.Context())
	h.must(err)
	who, err := h.office.Who(h.Context(), administrator)
	h.must(err)
	if who.Name != name {
		h.Fatalf("the administrator is %s", who.Name)
	}
	return who
}

// The worker does what the page did not come to: a crash right after the act
// leaves neither the sign-in nor the list behind.
func TestErasingIsFinishedByItsJob(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	at := admin.account("周明远")
	admin.post(at+"/close", 200)
	all, err := h.office.Accounts(t.Context(), h.whoIs("方晓舟"))
	h.must(err)
	for _, a := range all {
		if a.Name == "周明远" {
			h.must(h.office.EraseAccount(t.Context(), h.office.Cmd(h.whoIs("方晓舟"), web.NewCommand()), a.ID))
		}
	}
	if h.count("credential WHERE login_name = 'zhou'") != 1 {
		t.Fatal("the sign-in is gone already: the test shows nothing")
	}
	h.work()
	if n := h.count("credential WHERE login_name = 'zhou'") + h.count("sign_in WHERE address <> '' AND account_id NOT IN (SELECT account_id FROM credential)"); n != 0 {
		t.Errorf("%d rows of signing in are left", n)
	}
	if list, err := keys.ReadErased(filepath.Join(h.path, keyFolder)); err != nil || len(list) != 1 {
		t.Errorf("the list: %v %v", list, err)
	}
	clerk.get("/office/", 401)
}

// On PostgreSQL too: erased, exported, and the keys of one of two cities never
// fit the other.
func TestErasingOnPostgreSQL(t *testing.T) {
	server := plainPostgres(t)
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	must(t, exitGood, "init", "--data", at("other"), "--database", server, "--city", "别处市")
	h := openOn(t, server, 2)
	admin := h.found()
	clerk := admin.hire("周明远", clerksLogin, org.Clerk)
	on := []string{"--data", h.path, "--database", server, "--city", "安澜市"}

	must(t, exitGood, "keys", "backup", "--data", h.path, at("safe"))
	must(t, exitGood, "keys", "backup", "--data", at("other"), at("other-safe"))
	must(t, exitWanting, append([]string{"keys", "restore", at("other-safe")}, on...)...)
	must(t, exitGood, append([]string{"keys", "restore", at("safe")}, on...)...)
	must(t, exitWanting, "keys", "restore", at("safe"), "--data", at("elsewhere"), "--database", server) // which of the two?
	personal := filepath.Join(h.path, keyFolder, keys.Personal)
	h.must(os.Remove(personal))
	must(t, exitWanting, append([]string{"export", at("none")}, on...)...)
	if _, err := os.Stat(personal); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a key was made that opens nothing")
	}
	must(t, exitGood, append([]string{"keys", "restore", at("safe")}, on...)...)

	admin.eraseClerk()
	admin.knowsNobody("周明远")
	clerk.get("/office/", 401)
	must(t, exitGood, append([]string{"export", at("full")}, on...)...)
	must(t, exitNotAnchored, "verify", at("full"), "--key", filepath.Join(h.path, publicKeyFile))
	for path, content := range contents(t, at("full")) {
		if strings.Contains(content, "周明远") {
			t.Errorf("%s of the export holds the name", path)
		}
	}
	must(t, exitGood, "copy", "--from", server, "--city", "安澜市", "--data", h.path, "--to", at("here"))
	here := reopened(t, at("here"))
	here.signIn("fang", password).knowsNobody("周明远")
}

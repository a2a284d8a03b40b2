package main

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/job"
	"luoshi/internal/keys"
	"luoshi/internal/login"
	"luoshi/org"
)

// speakChinese has commands say what they say in Chinese.
func speakChinese(t *testing.T) {
	t.Setenv("LANG", "zh_CN.UTF-8")
	t.Setenv("LC_ALL", "")
	t.Setenv("LC_MESSAGES", "")
}

// copied copies a data folder, with its keys or as a normal backup has it, without.
func copied(t *testing.T, from, to string, withKeys bool) string {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if !withKeys {
		if err := os.RemoveAll(filepath.Join(to, keyFolder)); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// reopened serves a folder that holds a city already.
func reopened(t *testing.T, path string) *house {
	t.Helper()
	h := &house{TB: t, path: path, now: time.Date(2011, 8, 8, 5, 0, 0, 0, time.UTC)}
	var err error
	h.folder, err = place{Data: path}.openAny(t.Context(), db.Options{Now: func() time.Time { return h.now }})
	h.must(err)
	t.Cleanup(func() { h.folder.close() })
	h.login, err = login.New(h.db, h.city, false)
	h.must(err)
	servers, err := serveCommand{Listen: "127.0.0.1:0"}.servers(h.folder, h.login)
	h.must(err)
	h.server = httptest.NewServer(servers[0].Handler)
	t.Cleanup(h.server.Close)
	return h
}

// leave ends a house, so that its folder can be copied.
func (h *house) leave() {
	h.Helper()
	h.server.Close()
	h.must(h.folder.close())
}

// work does the jobs that are due.
func (h *house) work() {
	h.Helper()
	w := job.NewWorker(desk.NewJobs(h.db, h.signer, h.city), time.Now, h.erased(h.login), h.office.TakeUnitsOver)
	w.Unnaming(h.unnamed)
	for more := true; more; {
		var err error
		more, err = w.One(h.Context())
		h.must(err)
	}
}

// refusedToOpen finds that no command opens the folder, and that it says why.
func refusedToOpen(t *testing.T, data, why string) {
	t.Helper()
	for _, args := range [][]string{{"export", "--data", data, filepath.Join(t.TempDir(), "out")}, {"serve", "--data", data, "--listen", "127.0.0.1:0"},
		{"init", "--data", data, "--city", "安澜市"}, {"copy", "--from", data, "--to", filepath.Join(t.TempDir(), "to")}} {
		if out := must(t, exitWanting, args...); !strings.Contains(out, why) || !strings.Contains(out, "luoshi keys restore") {
			t.Errorf("%s says:\n%s", args[0], out)
		}
	}
}

// The recovery, rehearsed: a backup without its keys is of no use to anybody, and
// with them it is the city again.
func TestKeysAreRecovered(t *testing.T) {
	speakChinese(t)
	h := open(t)
	admin := h.found()
	admin.hire("周明远", "zhou", org.Clerk)
	h.leave()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }

	said := must(t, exitGood, "keys", "backup", "--data", h.path, at("safe"))
	if !strings.Contains(said, "锁好") || !strings.Contains(said, "不要和平常的备份放在一处") || !strings.Contains(said, "每抹去一个人") {
		t.Errorf("said:\n%s", said)
	}
	must(t, exitUsage, "keys", "backup", "--data", h.path, at("safe")) // it is not written over
	must(t, exitUsage, "keys", "backup", "--data", h.path)
	must(t, exitWanting, "keys", "backup", "--data", at("nowhere"), at("none"))

	data := copied(t, h.path, at("data"), false)
	refusedToOpen(t, data, "没有钥匙")
	if _, err := os.Stat(filepath.Join(data, keyFolder)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("keys were made for a city that has its own")
	}

	must(t, exitGood, "init", "--data", at("other"), "--city", "别处市")
	must(t, exitGood, "keys", "backup", "--data", at("other"), at("other-safe"))
	if said := must(t, exitWanting, "keys", "restore", at("other-safe"), "--data", data); !strings.Contains(said, "other-safe 里的钥匙不是这个城市的") {
		t.Errorf("with another city's keys it says:\n%s", said)
	}
	if _, err := os.Stat(filepath.Join(data, keyFolder)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("another city's keys stand there now")
	}
	must(t, exitWanting, "keys", "restore", at("nowhere"), "--data", data)

	for range 2 { // a second time changes nothing
		must(t, exitGood, "keys", "restore", at("safe"), "--data", data)
	}
	for name, content := range contents(t, filepath.Join(h.path, keyFolder)) {
		if restored, err := os.ReadFile(filepath.Join(data, keyFolder, name)); err != nil || string(restored) != content {
			t.Errorf("%s is not what it was: %v", name, err)
		}
	}
	again := reopened(t, data)
	fang := again.signIn("fang", password)
	fang.wants(fang.get("/office/accounts", 200), "方晓舟", "周明远")
	again.leave()
	must(t, exitGood, "export", "--data", data, at("full"))
	must(t, exitNotAnchored, "verify", at("full"), "--key", filepath.Join(h.path, publicKeyFile))

	// Only the key that seals is lost, or it is another one: none is made in its place.
	personal := filepath.Join(data, keyFolder, keys.Personal)
	if err := os.Remove(personal); err != nil {
		t.Fatal(err)
	}
	refusedToOpen(t, data, "少了 keys/personal.key")
	if _, err := os.Stat(personal); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a key was made that opens nothing")
	}
	must(t, exitGood, "keys", "restore", at("safe"), "--data", data)
	other, err := os.ReadFile(filepath.Join(at("other-safe"), keys.Personal))
	h.must(err)
	h.must(os.WriteFile(personal, other, 0o600))
	refusedToOpen(t, data, "打不开")
	if said := must(t, exitWanting, "keys", "restore", at("safe"), "--data", data); !strings.Contains(said, "已经有别的 personal.key") {
		t.Errorf("over another key it says:\n%s", said)
	}
	h.must(os.WriteFile(personal, []byte("nonsense\n"), 0o600))
	refusedToOpen(t, data, "坏了")

	// The keys can be there before the city is.
	must(t, exitGood, "keys", "restore", at("safe"), "--data", at("later"))
}

func TestKeysRestoreSaysWhatIsDamaged(t *testing.T) {
	speakChinese(t)
	h := open(t)
	h.found()
	safe := filepath.Join(t.TempDir(), "safe")
	must(t, exitGood, "keys", "backup", "--data", h.path, safe)
	h.must(os.WriteFile(filepath.Join(safe, keys.Personal), []byte("x"), 0o600))
	if said := must(t, exitWanting, "keys", "restore", safe, "--data", h.path); !strings.Contains(said, "personal.key 坏了或者少了") {
		t.Errorf("said:\n%s", said)
	}
	t.Setenv("LANG", "en_GB.UTF-8")
	if said := must(t, exitWanting, "keys", "restore", safe, "--data", h.path); !strings.Contains(said, "personal.key is damaged or missing") {
		t.Errorf("said:\n%s", said)
	}
}

// account gives the addresses of an account by its name in the list.
func (p *person) account(name string) string {
	p.Helper()
	rows := strings.Split(p.get("/office/accounts", 200), "<tr id=")
	for _, row := range rows[1:] {
		if strings.Contains(row, name) {
			return "/office/accounts/" + between(row, `"`, `"`)
		}
	}
	p.Fatalf("%s is not in the list", name)
	return ""
}

const clerksLogin = "zhou.mingyuan.of.the.library"

// eraseClerk closes and erases the account of 周明远.
func (p *person) eraseClerk() {
	p.Helper()
	at := p.account("周明远")
	p.post(at+"/close", 200)
	p.post(at+"/erase", 200)
	p.work()
}

// Who was erased after a backup was made is erased again when it is restored: the
// list comes with the keys. The ledger still checks out.
func TestErasingOutlivesAnOldBackup(t *testing.T) {
	speakChinese(t)
	h := open(t)
	admin := h.found()
	admin.hire("周明远", clerksLogin, org.Clerk)
	h.leave()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	byHand, byCommand, inClear := copied(t, h.path, at("by-hand"), false), copied(t, h.path, at("by-command"), false), copied(t, h.path, at("in-clear"), true)
	byServing := copied(t, h.path, at("by-serving"), false)

	now := reopened(t, h.path)
	now.signIn("fang", password).eraseClerk()
	now.leave()
	must(t, exitGood, "keys", "backup", "--data", h.path, at("safe"))

	// The keys put back under the old copy by hand.
	h.must(os.CopyFS(filepath.Join(byHand, keyFolder), os.DirFS(filepath.Join(h.path, keyFolder))))
	old := reopened(t, byHand)
	fang := old.signIn("fang", password)
	fang.wants(fang.get("/office/accounts", 200), "周明远")
	before := old.count("ledger_entry")
	for _, want := range []int{1, 0} {
		if n, err := old.eraseAgain(t.Context()); n != want || err != nil {
			t.Errorf("%d erased again, want %d: %v", n, want, err)
		}
	}
	for _, name := range []string{db.File, db.File + "-wal"} {
		if raw, err := os.ReadFile(filepath.Join(byHand, name)); err != nil || bytes.Contains(bytes.ReplaceAll(raw, []byte(clerksLogin+" 岗"), nil), []byte(clerksLogin)) {
			t.Errorf("%s still holds the name to sign in with: %v", name, err)
		}
	}
	if n := old.count("ledger_entry") - before; n != 1 {
		t.Errorf("%d entries", n)
	}
	old.work()
	fang.knowsNobody("周明远")
	old.leave()
	if list, err := keys.ReadErased(filepath.Join(byHand, keyFolder)); err != nil || len(list) != 1 {
		t.Errorf("the list: %v %v", list, err)
	}

	// By the command, which does it all.
	if said := must(t, exitGood, "keys", "restore", at("safe"), "--data", byCommand); !strings.Contains(said, "又抹去了 1 个人") {
		t.Errorf("said:\n%s", said)
	}
	if said := must(t, exitGood, "keys", "restore", at("safe"), "--data", byCommand); strings.Contains(said, "又抹去了") {
		t.Errorf("a second time:\n%s", said)
	}

	// By serving, before any page is shown: here the address is taken, so that none ever is.
	h.must(os.CopyFS(filepath.Join(byServing, keyFolder), os.DirFS(filepath.Join(h.path, keyFolder))))
	taken := httptest.NewServer(nil)
	must(t, exitWanting, "serve", "--data", byServing, "--listen", strings.TrimPrefix(taken.URL, "http://"))
	taken.Close()

	// A backup of a version that kept the name in clear.
	keptInClear(t, inClear, "周明远")
	must(t, exitGood, "keys", "restore", at("safe"), "--data", inClear)

	for _, data := range []string{h.path, byHand, byCommand, byServing, inClear} {
		name := filepath.Base(data)
		raw, err := os.ReadFile(filepath.Join(data, db.File))
		h.must(err)
		raw = bytes.ReplaceAll(raw, []byte(clerksLogin+" 岗"), nil) // the title of the post, which stays
		for _, phrase := range []string{"周明远", clerksLogin} {
			if bytes.Contains(raw, []byte(phrase)) {
				t.Errorf("%s: %s still stands in the file", name, phrase)
			}
		}
		again := reopened(t, data)
		again.signIn("fang", password).knowsNobody("周明远")
		again.leave()
		must(t, exitGood, "export", "--data", data, at("full-"+name))
		must(t, exitNotAnchored, "verify", at("full-"+name), "--key", filepath.Join(data, publicKeyFile))
		for path, content := range contents(t, at("full-"+name)) {
			if strings.Contains(content, "周明远") {
				t.Errorf("%s: %s of the export holds the name", name, path)
			}
		}
	}
}

// knowsNobody finds that the list has forgotten somebody, and nobody else.
func (p *person) knowsNobody(name string) {
	p.Helper()
	page := p.get("/office/accounts", 200)
	if strings.Contains(page, name) {
		p.Errorf("%s is on the page", name)
	}
	p.wants(page, "（已抹去）", "方晓舟", "局办公室 · "+clerksLogin+" 岗")
	p.stranger().post("/office/sign-in", 422, "login_name", clerksLogin, "password", password)
}

// keptInClear makes a folder what a version before the sealing left behind.
func keptInClear(t *testing.T, data string, names ...string) {
	t.Helper()
	key, err := keys.ReadPersonal(filepath.Join(data, keyFolder))
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), data, db.Options{PersonalKey: key}, schemas()...)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Local(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("PRAGMA user_version = 0"); err != nil {
			return err
		}
		entries, err := db.Entries(tx, 1, 0, 1000)
		if err != nil {
			return err
		}
		for _, l := range entries {
			if l.Class != "personal" {
				continue
			}
			salt, words, err := db.WordsOf(tx, l)
			if err != nil {
				return err
			}
			if _, err := tx.Exec("UPDATE ledger_words SET sealed = $1, salt = $2, words = $3 WHERE city_id = $4 AND seq = $5", nil, salt, words, 1, l.Seq); err != nil {
				return err
			}
			for _, name := range names {
				if !strings.Contains(words, name) {
					continue
				}
				if _, err := tx.Exec("UPDATE account SET name = $1, sealed_name = $2 WHERE city_id = $3 AND id IN (SELECT subject FROM ledger_subject WHERE city_id = $3 AND noun = 'account' AND seq = $4)",
					name, nil, 1, l.Seq); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A folder of a version before the sealing: the key is made, the names are sealed
// and wiped out of the file, and everything reads as it did.
func TestFolderOfAnOlderVersion(t *testing.T) {
	h := open(t)
	admin := h.found()
	admin.hire("周明远", "zhou", org.Clerk)
	h.leave()
	keptInClear(t, h.path, "方晓舟", "周明远")
	h.must(os.Remove(filepath.Join(h.path, keyFolder, keys.Personal)))
	holds := func(name string) bool {
		raw, err := os.ReadFile(filepath.Join(h.path, db.File))
		h.must(err)
		return bytes.Contains(raw, []byte(name))
	}
	if !holds("周明远") || !holds("方晓舟") {
		t.Fatal("the names are not in clear: the test shows nothing")
	}
	out := filepath.Join(t.TempDir(), "out")
	must(t, exitGood, "export", "--data", h.path, out)
	must(t, exitNotAnchored, "verify", out, "--key", filepath.Join(h.path, publicKeyFile))
	if words := contents(t, out)["log/words.csv"]; !strings.Contains(words, "周明远") {
		t.Error("a full export holds the words that are kept")
	}
	if holds("周明远") || holds("方晓舟") {
		t.Error("a name still stands in clear")
	}
	again := reopened(t, h.path)
	fang := again.signIn("fang", password)
	fang.wants(fang.get("/office/accounts", 200), "周明远", "方晓舟")
}

package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/job"
	"luoshi/internal/login"
	"luoshi/internal/web"
	"luoshi/org"
)

// A backup taken while people work holds every act that was answered before it
// began, restores, and verifies, on either engine.
func TestBackupUnderLoadRestores(t *testing.T) {
	h := open(t)
	clerk := h.found()
	plan := clerk.imported(leaflet)
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	var mu sync.Mutex
	var answered []string
	for range 4 {
		all.Go(func() {
			for ctx.Err() == nil {
				name := "岗" + web.NewCommand()[20:]
				clerk.post("/office/accounts/new", 200, "unit", "局办公室", "title", name, "name", "某人", "roles", "clerk")
				mu.Lock()
				answered = append(answered, name)
				mu.Unlock()
			}
		})
	}
	for {
		mu.Lock()
		n := len(answered)
		mu.Unlock()
		if n >= 20 {
			break
		}
	}
	mu.Lock()
	before := append([]string(nil), answered...)
	mu.Unlock()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	must(t, exitGood, "backup", "--data", h.path, at("backup"))
	stop()
	all.Wait()

	must(t, exitUsage, "restore", at("backup"), "--data", at("no-keys"))
	must(t, exitGood, "restore", at("backup"), "--keys", keysOf(t, h.path, at("keys")), "--data", at("city"))
	must(t, exitUsage, "restore", at("backup"), "--data", at("city")) // it is there already
	// What an earlier try left behind is made whole; the log of another database is not taken in.
	for path := range contents(t, at("backup/blob")) {
		h.must(os.MkdirAll(filepath.Dir(at("cut/blob/"+path)), 0o700))
		h.must(os.WriteFile(at("cut/blob/"+path), []byte("half a fi"), 0o600))
	}
	must(t, exitGood, "restore", at("backup"), "--keys", at("keys"), "--data", at("cut"))
	h.must(os.MkdirAll(at("foreign"), 0o700))
	h.must(os.WriteFile(at("foreign/luoshi.sqlite-wal"), []byte("another's"), 0o600))
	must(t, exitUsage, "restore", at("backup"), "--keys", at("keys"), "--data", at("foreign"))
	restored := restoredFrom(t, place{Data: at("city")})
	page := restored.get("/office/accounts", 200)
	for _, name := range before {
		if !strings.Contains(page, name) {
			t.Errorf("%s was answered before the backup began and is not in it", name)
		}
	}
	restored.get("/office/plans/"+plan, 200)
}

// A backup has one form: what was kept on PostgreSQL restores into a folder, and
// what was kept in a folder into PostgreSQL.
func TestBackupFromPostgreSQLAndInto(t *testing.T) {
	server := plainPostgres(t)
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	h := openOn(t, server, 1)
	plan := h.found().imported(leaflet)
	keys := keysOf(t, h.path, at("keys"))
	must(t, exitGood, "backup", "--data", h.path, "--database", server, at("backup"))
	must(t, exitGood, "restore", at("backup"), "--keys", keys, "--data", at("here"))
	restoredFrom(t, place{Data: at("here")}).get("/office/plans/"+plan, 200)
	other := schemaOf(t, server, "other")
	must(t, exitGood, "restore", at("backup"), "--keys", keys, "--data", at("there"), "--database", other)
	restoredFrom(t, place{Data: at("there"), Database: other}).get("/office/plans/"+plan, 200)
}

// restoredFrom serves a city that was restored, and signs its administrator in.
func restoredFrom(t *testing.T, p place) *person {
	t.Helper()
	h := &house{TB: t, path: p.Data, now: time.Date(2011, 8, 8, 3, 0, 0, 0, time.UTC)}
	var err error
	h.folder, err = p.openAny(t.Context(), db.Options{Now: func() time.Time { return h.now }})
	h.must(err)
	h.serve()
	fang := h.stranger()
	fang.post("/office/sign-in", 200, "login_name", "fang", "password", password)
	return fang
}

// A bit that flipped, a file that is missing or one too many is found, whichever it is.
func TestDamagedBackupIsRefused(t *testing.T) {
	h := open(t)
	clerk := h.found()
	clerk.imported(leaflet)
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	if said := must(t, exitGood, "backup", "--data", h.path, at("backup")); !strings.Contains(said, "files 3,") {
		t.Errorf("the backup holds the database, one original and the public key, and said:\n%s", said)
	}
	keys := keysOf(t, h.path, at("keys"))
	n := 0
	refused := func(what string) {
		t.Helper()
		n++
		if out := must(t, exitWanting, "restore", at("backup"), "--keys", keys, "--data", at("city"+web.NewCommand())); !strings.Contains(out, "backup") {
			t.Errorf("%s: said\n%s", what, out)
		}
	}
	for path := range contents(t, at("backup")) {
		full := filepath.Join(at("backup"), filepath.FromSlash(path))
		was, err := os.ReadFile(full)
		h.must(err)
		for _, place := range []int{0, len(was) / 2, len(was) - 1} {
			now := append([]byte(nil), was...)
			now[place] ^= 1
			h.must(os.WriteFile(full, now, 0o600))
			refused(path)
		}
		h.must(os.Remove(full))
		refused(path + " missing")
		h.must(os.WriteFile(full, was, 0o600))
	}
	h.must(os.WriteFile(at("backup/blob/more"), []byte("x"), 0o600))
	refused("one too many")
	if n < 20 {
		t.Errorf("only %d damages", n)
	}
	h.must(os.Remove(at("backup/blob/more")))
	must(t, exitGood, "restore", at("backup"), "--keys", keys, "--data", at("city"))
}

func keysOf(t *testing.T, data, out string) string {
	t.Helper()
	must(t, exitGood, "keys", "backup", "--data", data, out)
	return out
}

// Who was erased after the backup was made is erased again by restore.
func TestRestoreErasesAgain(t *testing.T) {
	h := open(t)
	admin := h.found()
	admin.hire("周明远", "zhou", org.Clerk)
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	must(t, exitGood, "backup", "--data", h.path, at("backup"))
	account := regexp.MustCompile(`/office/accounts/([0-9A-Z]{13})/close`).FindAllStringSubmatch(admin.get("/office/accounts", 200), -1)
	last := account[len(account)-1][1]
	admin.post("/office/accounts/"+last+"/close", 200)
	admin.post("/office/accounts/"+last+"/erase", 200)
	l, err := login.New(h.db, h.city, false)
	h.must(err)
	worker := job.NewWorker(desk.NewJobs(h.db, h.signer, h.city), time.Now, h.erased(l), h.office.TakeUnitsOver)
	for more := true; more; {
		more, err = worker.One(t.Context())
		h.must(err)
	}
	out := must(t, exitGood, "restore", at("backup"), "--keys", keysOf(t, h.path, at("keys")), "--data", at("city"))
	if !strings.Contains(out, "erased again: 1") {
		t.Errorf("restore said:\n%s", out)
	}
	restored := restoredFrom(t, place{Data: at("city")})
	if page := restored.get("/office/accounts", 200); strings.Contains(page, "周明远") || !strings.Contains(page, "（已抹去）") {
		t.Error("the name is back")
	}
}

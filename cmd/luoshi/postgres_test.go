package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/org"
	"luoshi/tests/postgres"
)

// plainPostgres starts a PostgreSQL with its tables as the migrations declare them.
func plainPostgres(t *testing.T) string {
	t.Helper()
	s, err := postgres.Start()
	if errors.Is(err, postgres.ErrMissing) {
		why := fmt.Sprintf("LEFT OUT: %s needs PostgreSQL (%v). Nothing now shows that a city can live there.", t.Name(), err)
		fmt.Fprintln(os.Stderr, why)
		t.Skip(why)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.URL()
}

// A city goes all its way on a plain PostgreSQL, beside another one; it is moved
// out into a folder and back in, and every figure is the same.
func TestCityOnPostgreSQL(t *testing.T) {
	server := plainPostgres(t)
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	must(t, exitGood, "init", "--data", at("other"), "--database", server, "--city", "别处市")
	other := must(t, exitGood, "init", "--data", at("other"), "--database", server, "--city", "别处市")
	if !strings.Contains(other, "--city 别处市") {
		t.Errorf("init does not say how to serve one city of several:\n%s", other)
	}

	h := openOn(t, server, 2)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	plan := clerk.imported(leaflet)
	clerk.answered(plan)
	clerk.post("/office/plans/"+plan+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08")
	items := leader.published(plan, 1)
	h.stranger().get("/items/"+items[0], 200)
	clerk.wants(h.stranger().get("/plans/"+plan, 200), "送图书3000册到农村")

	on := []string{"--data", h.path, "--database", server}
	must(t, exitUsage, append([]string{"export", "--city", "没有市", at("none")}, on...)...)
	must(t, exitWanting, append([]string{"export", at("none")}, on...)...) // which of the two?
	must(t, exitGood, append([]string{"export", "--city", "安澜市", at("there")}, on...)...)
	must(t, exitWanting, "export", "--city", "安澜市", "--data", at("other"), "--database", server, at("foreign")) // another city's keys
	must(t, exitNotAnchored, "verify", at("there"), "--key", filepath.Join(h.path, publicKeyFile))

	must(t, exitGood, "copy", "--from", server, "--city", "安澜市", "--data", h.path, "--to", at("here"))
	must(t, exitGood, "export", "--data", at("here"), at("moved"))
	sameTables(t, at("there"), at("moved"))
	must(t, exitWanting, "copy", "--from", at("here"), "--to", server) // it is there already
	must(t, exitGood, "copy", "--from", at("here"), "--to", schemaOf(t, server, "second"))
	must(t, exitGood, "export", "--data", at("here"), "--database", schemaOf(t, server, "second"), at("back"))
	sameTables(t, at("there"), at("back"))
}

func TestSampleOnPostgreSQL(t *testing.T) {
	server := plainPostgres(t)
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	must(t, exitGood, "sample", "--data", at("there"), "--database", server, "--date", "2011-10-20")
	must(t, exitGood, "sample", "--data", at("here"), "--date", "2011-10-20")
	must(t, exitGood, "export", "--data", at("there"), "--database", server, at("export-there"))
	must(t, exitGood, "export", "--data", at("here"), at("export-here"))
	first, second := contents(t, at("export-there")), contents(t, at("export-here"))
	for name := range first {
		if first[name] != second[name] {
			t.Errorf("%s is not the same on both engines", name)
		}
	}
}

// sameTables compares the tables and the log of two exports; their signatures are of different moments.
func sameTables(t *testing.T, one, other string) {
	t.Helper()
	first, second := contents(t, one), contents(t, other)
	same := 0
	for name := range first {
		if strings.HasPrefix(name, "tables/") || strings.HasPrefix(name, "log/tile") || strings.HasPrefix(name, "documents/") {
			same++
			if first[name] != second[name] {
				t.Errorf("%s differs", name)
			}
		}
	}
	if same < 10 {
		t.Errorf("only %d files were compared", same)
	}
}

// schemaOf gives the address of a schema of its own on the server, made by the program's first start there.
func schemaOf(t *testing.T, server, name string) string {
	t.Helper()
	postgres.Do(t, server, "CREATE SCHEMA IF NOT EXISTS "+name)
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	query.Set("search_path", name)
	address.RawQuery = query.Encode()
	return address.String()
}

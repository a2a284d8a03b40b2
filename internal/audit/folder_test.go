package audit

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/ledger"
)

// What cannot be written as a map of files.
func TestFolderAttacks(t *testing.T) {
	k := newKey(t, "luoshi/test")
	x := newFixture(full)
	files := x.export(t, k)
	anchors := Anchors{k.public, x.checkpoint(t, k, 20)}
	link := func(path, to string) func(dir string) error {
		return func(dir string) error {
			if err := os.RemoveAll(filepath.Join(dir, path)); err != nil {
				return err
			}
			return os.Symlink(to, filepath.Join(dir, path))
		}
	}
	outside := filepath.Join(t.TempDir(), "items.csv")
	if err := os.WriteFile(outside, files["tables/items.csv"], 0o644); err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]struct {
		place string
		do    func(dir string) error
	}{
		"empty folder":          {"log/tile/9", func(dir string) error { return os.Mkdir(dir+"/log/tile/9", 0o755) }},
		"empty folders, nested": {"a/b", func(dir string) error { return os.MkdirAll(dir+"/a/b", 0o755) }},
		"link to the same file": {"tables/items.csv", link("tables/items.csv", outside)},
		"link to a folder":      {"tables", link("tables", filepath.Dir(outside))},
		"link that hangs":       {"log/none", link("log/none", "nowhere")},
		"manifest is a link":    {manifestFile, link(manifestFile, outside)},
		"manifest is a folder": {manifestFile, func(dir string) error {
			return errorsOf(os.Remove(dir+"/"+manifestFile), os.Mkdir(dir+"/"+manifestFile, 0o755))
		}},
		"name that is no text": {"log/\ufffd", func(dir string) error { return os.WriteFile(dir+"/log/\xff", nil, 0o644) }},
	} {
		t.Run(name, func(t *testing.T) {
			dir := write(t, files)
			if err := a.do(dir); err != nil {
				t.Skip(err)
			}
			r := mustVerify(t, dir, anchors)
			if want(t, r, 1); !names(r, a.place) {
				t.Errorf("%s is not named: %v", a.place, r.Problems)
			}
		})
	}
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// A manifest signed by the right key, but not as it must be written.
func TestManifestAttacks(t *testing.T) {
	k := newKey(t, "luoshi/test")
	x := newFixture(full)
	files := x.export(t, k)
	good := string(files[manifestFile])
	first := good[strings.Index(good, "    {"):strings.Index(good, "},\n")] + "},\n"
	for name, a := range map[string]struct{ place, old, new string }{
		"other format":          {manifestFile, "export/5", "export/6"},
		"other kind":            {manifestFile, `"full"`, `"half"`},
		"kind public":           {bundlePath + " #3", `"full"`, `"public"`},
		"other city":            {bundlePath + " #0", `"city": 1`, `"city": 2`},
		"other origin":          {manifestFile, `"luoshi/test"`, `"luoshi/else"`},
		"size too large":        {manifestFile, `"size": 47`, `"size": 9223372036854775807`},
		"size below zero":       {manifestFile, `"size": 47`, `"size": -32`},
		"size of one less":      {checkpointFile, `"size": 47`, `"size": 31`},
		"root not canonical":    {manifestFile, `="`, `"`},
		"blank added":           {manifestFile, "{\n", "{ \n"},
		"key twice":             {manifestFile, `  "city": 1,`, "  \"city\": 1,\n  \"city\": 1,"},
		"key unknown":           {manifestFile, `  "city": 1,`, "  \"city\": 1,\n  \"town\": 1,"},
		"key in upper case":     {manifestFile, `"city"`, `"City"`},
		"line break missing":    {manifestFile, "  ]\n}\n", "  ]\n}"},
		"file listed twice":     {"documents/" + docA + ".original", first, first + first},
		"path out of folder":    {"../outside", `"documents/` + docA + `.original"`, `"../outside"`},
		"path from the root":    {"/etc/passwd", `"documents/` + docA + `.original"`, `"/etc/passwd"`},
		"path not clean":        {"documents//" + docA + ".original", `"documents/`, `"documents//`},
		"manifest lists itself": {manifestFile, `"log/checkpoint"`, `"manifest.json"`},
		"file is not there":     {"documents/none", `"documents/` + docA + `.original"`, `"documents/none"`},
	} {
		t.Run(name, func(t *testing.T) {
			changed := map[string][]byte{}
			for p, data := range files {
				changed[p] = data
			}
			if !strings.Contains(good, a.old) {
				t.Fatalf("the fixture has changed: no %q", a.old)
			}
			m := strings.Replace(good, a.old, a.new, 1)
			changed[manifestFile] = []byte(m)
			kind := full
			if strings.Contains(m, `"public"`) {
				kind = public
			}
			changed[noteFile] = signManifest(t, k, kind, []byte(m))
			r := mustVerify(t, write(t, changed), Anchors{k.public, nil})
			if want(t, r, 1); !names(r, a.place) {
				t.Errorf("%s is not named: %v", a.place, r.Problems)
			}
		})
	}
}

// An earlier checkpoint must be one, by this key, of this log.
func TestEarlierCheckpoint(t *testing.T) {
	k, other := newKey(t, "luoshi/test"), newKey(t, "luoshi/other")
	x := newFixture(public)
	dir := write(t, x.export(t, k))
	notOne, _ := ledger.SignText("luoshi/test\nfive\n"+strings.Repeat("A", 43)+"=\n", k.signer)
	longer := newFixture(full)
	longer.add(acts()[24])
	for name, earlier := range map[string][]byte{
		"empty":               {},
		"no note":             []byte("luoshi/test\n"),
		"no checkpoint":       notOne,
		"of another key":      x.checkpoint(t, other, 5),
		"of a longer log":     longer.checkpoint(t, k, 48),
		"not signed any more": bytes.Replace(x.checkpoint(t, k, 5), []byte("\n5\n"), []byte("\n4\n"), 1),
	} {
		r := mustVerify(t, dir, Anchors{k.public, earlier})
		if r.Exit() != 1 || !names(r, earlierOption) {
			t.Errorf("%s: exit %d %v", name, r.Exit(), r.Problems)
		}
	}
	if r := mustVerify(t, dir, Anchors{other.public, nil}); r.Exit() != 1 || !names(r, keyOption) {
		t.Errorf("key of another name: %v", r.Problems)
	}
}

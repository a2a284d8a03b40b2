package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// command runs a command line and gives its exit code and what it printed.
func command(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	return run(args, &out, &out), out.String()
}

func must(t *testing.T, want int, args ...string) string {
	t.Helper()
	code, out := command(t, args...)
	if code != want {
		t.Fatalf("luoshi %v: exit %d, want %d\n%s", args, code, want, out)
	}
	return out
}

func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		out[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// One seed and one day give one export, byte for byte, and it verifies.
func TestSampleExportVerify(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	for _, n := range []string{"1", "2"} {
		must(t, exitGood, "sample", "--data", at("city"+n), "--date", "2011-11-28")
		must(t, exitGood, "export", "--data", at("city"+n), at("full"+n))
		must(t, exitGood, "export", "--data", at("city"+n), at("public"+n), "--public")
	}
	for _, kind := range []string{"full", "public"} {
		first, second := contents(t, at(kind+"1")), contents(t, at(kind+"2"))
		if len(first) < 10 || len(first) != len(second) {
			t.Fatalf("%s: %d and %d files", kind, len(first), len(second))
		}
		for name := range first {
			if first[name] != second[name] {
				t.Errorf("%s: %s differs", kind, name)
			}
		}
		must(t, exitGood, "verify", at(kind+"1"), "--key", at("city1/keys/ledger.pub"), "--checkpoint", at("full2/log/checkpoint"))
		must(t, exitNotAnchored, "verify", at(kind+"1"), "--key", at("city1/keys/ledger.pub"))
		must(t, exitNotAnchored, "verify", at(kind+"1"))
	}
	must(t, exitUsage, "export", "--data", at("city1"), at("full1"))
	must(t, exitUsage, "sample", "--data", at("city1"))
	must(t, exitUsage, "sample", "--data", at("other"), "--date", "2011-13-01")
	must(t, exitUsage, "verify", at("nowhere"))
	must(t, exitUsage, "nonsense")
}

// Attackers who hold the real export, and the log cut back by its own operator.
func TestRealExportUnderAttack(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	must(t, exitGood, "sample", "--data", at("early"), "--date", "2011-08-08")
	must(t, exitGood, "sample", "--data", at("city"), "--date", "2011-09-20")
	must(t, exitGood, "export", "--data", at("early"), at("cut"))
	must(t, exitGood, "export", "--data", at("city"), at("full"))
	must(t, exitGood, "export", "--data", at("city"), at("public"), "--public")
	anchors := []string{"--key", at("city/keys/ledger.pub"), "--checkpoint", at("full/log/checkpoint")}
	must(t, exitWanting, append([]string{"verify", at("cut")}, anchors...)...)
	must(t, exitNotAnchored, "verify", at("cut"), "--key", at("city/keys/ledger.pub"))
	for _, kind := range []string{"full", "public"} {
		for name, original := range contents(t, at(kind)) {
			path := filepath.Join(at(kind), name)
			place := len(original) / 3 // every byte of a small export is changed in the room audit
			changed := []byte(original)
			changed[place] ^= 0x01
			if err := os.WriteFile(path, changed, 0o644); err != nil {
				t.Fatal(err)
			}
			if out := must(t, exitWanting, append([]string{"verify", at(kind)}, anchors...)...); !bytes.Contains([]byte(out), []byte("✗")) {
				t.Errorf("%s: byte %d changed, and no place is named: %s", name, place, out)
			}
			if err := os.WriteFile(path, []byte(original), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		must(t, exitGood, append([]string{"verify", at(kind)}, anchors...)...)
	}
}

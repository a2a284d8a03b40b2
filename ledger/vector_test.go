package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// vectors reads docs/ledger.md: the page is the master, the code is held to it.
func vectors(t *testing.T) (e0, e1 string, table map[string]string) {
	t.Helper()
	page, err := os.ReadFile("../docs/ledger.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```\n(luoshi entry 1\n.*?)```").FindAllStringSubmatch(string(page), -1)
	if len(blocks) != 2 {
		t.Fatalf("docs/ledger.md holds %d entries, want 2", len(blocks))
	}
	table = map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| (.+?) \\| `(.+?)` \\|$").FindAllStringSubmatch(string(page), -1) {
		table[row[1]] = row[2]
	}
	return blocks[1][1], blocks[0][1], table
}

func TestVectors(t *testing.T) {
	text0, text1, want := vectors(t)
	e0, err := ParseEntry([]byte(text0))
	if err != nil {
		t.Fatal(err)
	}
	e1, err := ParseEntry([]byte(text1))
	if err != nil {
		t.Fatal(err)
	}
	var salt [32]byte
	for i := range salt {
		salt[i] = byte(i)
	}
	commitment := Commit(salt, "公布")
	if *e1.Words != commitment {
		t.Error("E1 does not hold the commitment")
	}
	l0, l1 := Leaf(e0.Bytes()), Leaf(e1.Bytes())
	roots := Roots([]tlog.Hash{l0, l1, l0}, []int64{0, 1, 2, 3})
	bundle, _ := AppendBundle(nil, e0.Bytes())
	bundle, _ = AppendBundle(bundle, nil)
	sum := sha256.Sum256(bundle)
	got := map[string]string{
		"commitment":             hex.EncodeToString(commitment[:]),
		"leaf(E0)":               hex.EncodeToString(l0[:]),
		"leaf(E1)":               hex.EncodeToString(l1[:]),
		"root of nothing":        hex.EncodeToString(roots[0][:]),
		"root of [E0]":           hex.EncodeToString(roots[1][:]),
		"root of [E0, E1]":       hex.EncodeToString(roots[2][:]),
		"root of [E0, E1, E0]":   hex.EncodeToString(roots[3][:]),
		"bundle of [E0, hidden]": "SHA-256 " + hex.EncodeToString(sum[:]),
	}
	for name, value := range got {
		if want[name] != value {
			t.Errorf("%s is %s, the page says %q", name, value, want[name])
		}
	}
}

func TestParseEntryRefusesEveryChangedByte(t *testing.T) {
	_, text, _ := vectors(t)
	for i := range text {
		for _, b := range []byte{text[i] ^ 0x80, ' ', '\n', '0', 'A'} {
			changed := []byte(text)
			changed[i] = b
			e, err := ParseEntry(changed)
			if err == nil && string(e.Bytes()) != string(changed) {
				t.Fatalf("byte %d as %q: taken, but written again otherwise", i, b)
			}
		}
	}
	for name, bad := range map[string]string{
		"no last line break": strings.TrimSuffix(text, "\n"),
		"line added":         text + "\n",
		"fields swapped":     strings.Replace(text, "field items num 13\nfield published day 2011-08-08\n", "field published day 2011-08-08\nfield items num 13\n", 1),
		"field doubled":      strings.Replace(text, "field items num 13\n", "field items num 13\nfield items num 13\n", 1),
		"leading zero":       strings.Replace(text, "seq 7", "seq 07", 1),
		"free text":          strings.Replace(text, "num 13", "state 十三", 1),
		"other version":      strings.Replace(text, "entry 1", "entry 2", 1),
		"empty":              "",
	} {
		if _, err := ParseEntry([]byte(bad)); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func FuzzParseEntry(f *testing.F) {
	page, _ := os.ReadFile("../docs/ledger.md")
	f.Add([]byte(page))
	f.Add([]byte("luoshi entry 1\ncity 1\nseq 0\nat 1\nkind a.b\nactor -\nclass public\nnonce 00000000000000000000000000000000\nwords -\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if e, err := ParseEntry(b); err == nil && string(e.Bytes()) != string(b) {
			t.Fatalf("taken, but written again otherwise: %q", b)
		}
	})
}

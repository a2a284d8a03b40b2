package ledger

import (
	"crypto/rand"
	"encoding/binary"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

func leaves(n int) []tlog.Hash {
	out := make([]tlog.Hash, n)
	for i := range out {
		out[i] = Leaf(binary.BigEndian.AppendUint64(nil, uint64(i)))
	}
	return out
}

// The edge must give the same roots as x/mod, which shares no code with it.
func TestEdgeAgainstTlog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 700).Draw(t, "leaves")
		var edge Edge
		var stored []tlog.Hash
		read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
			out := make([]tlog.Hash, len(at))
			for i, k := range at {
				out[i] = stored[k]
			}
			return out, nil
		})
		for i, leaf := range leaves(n) {
			edge = edge.Append(int64(i), leaf)
			hashes, err := tlog.StoredHashesForRecordHash(int64(i), leaf, read)
			if err != nil {
				t.Fatal(err)
			}
			stored = append(stored, hashes...)
		}
		want, err := tlog.TreeHash(int64(n), read)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseEdge(edge.Bytes())
		if err != nil || back.Root() != want {
			t.Fatalf("root of %d leaves: %v, want %v (%v)", n, back.Root(), want, err)
		}
	})
}

func TestTilePaths(t *testing.T) {
	tiles := Tiles(256*256 + 300)
	var paths []string
	for _, tile := range tiles {
		paths = append(paths, TilePath(tile))
	}
	all := strings.Join(paths, " ")
	for _, want := range []string{"tile/0/000 ", "tile/0/257.p/44 ", "tile/1/000 ", "tile/1/001.p/1 ", "tile/2/000.p/1"} {
		if !strings.Contains(all+" ", want) {
			t.Errorf("no %s", want)
		}
	}
	if got := BundlePath(tiles[257]); got != "tile/entries/257.p/44" {
		t.Errorf("bundle at %s", got)
	}
}

func TestCheckpointTakesNoChangedByte(t *testing.T) {
	secret, public, err := NewKey(rand.Reader, "luoshi/test")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ReadKey(public)
	if err != nil {
		t.Fatal(err)
	}
	want := Checkpoint{"luoshi/test", 3, leaves(1)[0]}
	signed, err := SignCheckpoint(want, signer)
	if err != nil {
		t.Fatal(err)
	}
	text, err := OpenText(signed, key)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ParseCheckpoint(text); err != nil || got != want {
		t.Fatalf("%+v: %v", got, err)
	}
	for _, bad := range []string{"", "luoshi/test\n03\n" + want.Root.String() + "\n", "luoshi/test\n-1\n" + want.Root.String() + "\n", text + "more\n"} {
		if c, err := ParseCheckpoint(bad); err == nil {
			t.Errorf("%q was read as %+v", bad, c)
		}
	}
	for i := range signed {
		for bit := range 8 {
			changed := append([]byte(nil), signed...)
			changed[i] ^= 1 << bit
			if _, err := OpenText(changed, key); err == nil {
				t.Fatalf("byte %d changed by bit %d was not noticed", i, bit)
			}
		}
	}
	otherSecret, _, _ := NewKey(rand.Reader, "luoshi/other")
	other, _ := note.NewSigner(otherSecret)
	both, _ := note.Sign(&note.Note{Text: "luoshi/test\n3\n" + want.Root.String() + "\n"}, signer, other)
	if _, err := OpenText(both, key); err == nil {
		t.Error("a second signature was not noticed")
	}
}

func BenchmarkAppend(b *testing.B) {
	leaf := leaves(1)[0]
	var edge Edge
	for i := 0; b.Loop(); i++ {
		edge = edge.Append(int64(i), leaf)
	}
}

package audit

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"testing"
)

// Any manifest, signed by the right key: no panic, and only the honest one is good.
func FuzzManifest(f *testing.F) {
	k := newKey(f, "luoshi/test")
	files := newFixture(public).export(f, k)
	good := files[manifestFile]
	f.Add(good)
	f.Add([]byte(`{"files":[{"path":"../a"}]}`))
	f.Add(bytes.Replace(good, []byte(`"size": 28`), []byte(`"size": 4611686018427387904`), 1))
	dir := write(f, files)
	f.Fuzz(func(t *testing.T, manifest []byte) {
		put(t, dir, manifestFile, manifest)
		put(t, dir, noteFile, signManifest(t, k, public, manifest))
		r := mustVerify(t, dir, Anchors{Key: k.public})
		if r.Exit() != 1 && sha256.Sum256(manifest) != sha256.Sum256(good) {
			t.Fatalf("taken: %q", manifest)
		}
	})
}

// Any content of any file, listed and signed by the right key, so that it gets
// as far as it can: no panic.
func FuzzFolder(f *testing.F) {
	k := newKey(f, "luoshi/test")
	x := newFixture(full)
	honest := x.export(f, k)
	var paths []string
	for p := range honest {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for i, p := range paths {
		f.Add(i, honest[p])
	}
	dir := write(f, honest)
	f.Fuzz(func(t *testing.T, i int, data []byte) {
		p := paths[int(uint(i)%uint(len(paths)))]
		files := map[string][]byte{}
		for q, d := range honest {
			files[q] = d
		}
		files[p] = data
		x.seal(t, files, k)
		for _, q := range []string{p, manifestFile, noteFile} {
			put(t, dir, q, files[q])
		}
		same := bytes.Equal(data, honest[p]) || p == manifestFile || p == noteFile
		if r := mustVerify(t, dir, Anchors{Key: k.public}); !same && r.Exit() != 1 {
			t.Errorf("%s may be %q", p, data)
		}
		put(t, dir, p, honest[p])
	})
}

package blob

import (
	"errors"
	"os"
	"testing"
)

func TestKeptOnceAndChecked(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Put([]byte("方案")); err != nil {
			t.Fatal(err)
		}
	}
	h := Sum([]byte("方案"))
	got, err := s.Get(h)
	if err != nil || string(got) != "方案" {
		t.Fatalf("%q: %v", got, err)
	}
	if err := os.WriteFile(s.path(h), []byte("别的"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(h); !errors.Is(err, ErrChanged) {
		t.Errorf("a changed file was not noticed: %v", err)
	}
}

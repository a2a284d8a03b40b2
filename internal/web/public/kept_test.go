package public

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func reading(k *keptPages, method, address string, serve http.HandlerFunc) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	k.answer(w, httptest.NewRequest(method, address, nil), serve)
	return w
}

func TestAPageIsKeptForAsLongAsItMayBeOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		made := 0
		serve := func(w http.ResponseWriter, _ *http.Request) {
			made++
			w.Header().Set("Content-Type", "text/plain")
			fmt.Fprintf(w, "page %d", made)
		}
		k := &keptPages{life: 2 * time.Second}
		for _, step := range []struct {
			pass    time.Duration
			method  string
			address string
			want    string
		}{
			{0, "GET", "http://a/plans/1", "page 1"},
			{1999 * time.Millisecond, "GET", "http://a/plans/1", "page 1"},
			{0, "HEAD", "http://a/plans/1", "page 2"},
			{0, "GET", "http://b/plans/1", "page 3"},
			{0, "GET", "http://a/plans/1?view=big", "page 4"},
			{time.Millisecond, "GET", "http://a/plans/1", "page 5"},
		} {
			time.Sleep(step.pass)
			w := reading(k, step.method, step.address, serve)
			if w.Body.String() != step.want || w.Header().Get("Content-Type") != "text/plain" {
				t.Errorf("%s %s: %q, want %q", step.method, step.address, w.Body, step.want)
			}
		}
	})
}

func TestWhatIsNotKept(t *testing.T) {
	k := &keptPages{life: time.Hour}
	missing := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }
	large := func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", largestShown+1)) }
	if w := reading(k, "GET", "/none", missing); w.Code != http.StatusNotFound {
		t.Errorf("status %d", w.Code)
	}
	reading(k, "GET", "/large", large)
	if len(k.pages) != 0 {
		t.Errorf("%d pages are kept", len(k.pages))
	}
}

// A stranger with a thousand invented addresses cannot fill the memory, and what
// became too old makes room.
func TestMemoryOfKeptPagesIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := &keptPages{life: 2 * time.Second}
		page := func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", 60<<10)) }
		for n := range 2 * mostPages {
			reading(k, "GET", fmt.Sprintf("/?n=%d", n), page)
		}
		if len(k.pages) > mostPages || k.bytes > mostKept || len(k.pages) < 1000 {
			t.Errorf("%d pages of %d bytes are kept", len(k.pages), k.bytes)
		}
		time.Sleep(2 * time.Second)
		reading(k, "GET", "/", page)
		if len(k.pages) != 1 || k.bytes != 60<<10 {
			t.Errorf("after two seconds %d pages of %d bytes are kept", len(k.pages), k.bytes)
		}
	})
}

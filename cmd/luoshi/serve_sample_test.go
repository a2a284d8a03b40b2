package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/web"
)

// While a sample is made its pages can be read and say how far it is, and nothing is taken;
// its folder stands where it is wanted when it is complete, and not before.
func TestASampleIsShownWhileItIsMade(t *testing.T) {
	wanted := filepath.Join(t.TempDir(), "sample")
	quiet := terminal{out: discard{}, err: discard{}}
	m, err := sampleCommand{Data: wanted, Date: "2011-08-12"}.begin(t.Context(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	side := web.Language(m.side())
	ask := func(method, path string) (int, string) {
		w := httptest.NewRecorder()
		side.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		return w.Code, w.Body.String()
	}
	says := func(method, path string, status int, words string) {
		t.Helper()
		if got, page := ask(method, path); got != status || !strings.Contains(page, words) {
			t.Errorf("%s %s: %d, “%s” not in %s", method, path, got, words, page)
		}
	}
	says("GET", "/", http.StatusOK, "正在生成示例城市：2011-08，0 %")
	made := make(chan error, 1)
	go func() { made <- m.live(t.Context(), quiet) }()
	for seen := false; !seen; {
		_, page := ask("GET", "/")
		seen = strings.Contains(page, "安澜市")
		if _, err := os.Stat(wanted); err == nil {
			t.Fatal("the folder is there before it is complete")
		}
	}
	says("GET", "/en/ledger", http.StatusOK, "The sample city is being made")
	says("GET", "/office/", http.StatusServiceUnavailable, "做好以前只能看")
	says("POST", "/office/sign-in", http.StatusServiceUnavailable, "您填的没有收下")
	if err := <-made; err != nil {
		t.Fatal(err)
	}
	if err := m.folder.close(); err != nil {
		t.Fatal(err)
	}
	if err := m.settle(); err != nil {
		t.Fatal(err)
	}
	if c, err := clockOf(wanted); err != nil || !c.sampled {
		t.Errorf("no sample there: %v", err)
	}
}

// Who comes while the sample is put in its place waits, and is answered by the whole city.
func TestDoorsTurnWhileSomebodyWaits(t *testing.T) {
	answer := func(words string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(words)) })
	}
	h := &hall{now: answer("part")}
	d := &doors{halls: []*hall{h}}
	d.hold()
	got := make(chan string)
	go func() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		got <- w.Body.String()
	}()
	d.turn([]*http.Server{{Handler: answer("whole")}})
	if words := <-got; words != "whole" {
		t.Errorf("answered by the %s", words)
	}
}

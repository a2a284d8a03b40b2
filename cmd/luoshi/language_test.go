package main

import (
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"luoshi/internal/db"
	"luoshi/internal/web/public"
	"luoshi/org"
)

// visited gives the addresses of pages that a link on other pages leads to, up to a number.
func visited(p *person, from string, most int) []string {
	seen, queue := map[string]bool{}, []string{from}
	link := regexp.MustCompile(`href="(/[^"#?]*)["#?]`)
	for len(queue) > 0 && len(seen) < most {
		path := queue[0]
		queue = queue[1:]
		if seen[path] || strings.HasPrefix(path, "/static/") || strings.Contains(path, "sign-out") {
			continue
		}
		seen[path] = true
		r, err := http.NewRequest("GET", p.server.URL+path, nil)
		p.must(err)
		_, body, answer := p.send(r)
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(body, -1) {
			queue = append(queue, html.UnescapeString(m[1]))
		}
	}
	var out []string
	for path := range seen {
		out = append(out, path)
	}
	sort.Strings(out)
	return out
}

var (
	piece  = regexp.MustCompile(`(?s)<(/?)([a-z0-9]+)([^>]*)>|[^<]+`)
	quoted = regexp.MustCompile(`“[^”]*”|「[^」]*」`)
	han    = regexp.MustCompile(`\p{Han}+`)
	void   = []string{"meta", "link", "input", "br", "hr", "img", "!doctype"}
)

// frameWords are the words of a page that are the program's own: not those of
// elements that say that they hold the document's Chinese, nor quotes.
func frameWords(page string) string {
	var out strings.Builder
	var open []bool // whether each open element holds the document's words
	for _, m := range piece.FindAllStringSubmatch(page, -1) {
		inside := len(open) > 0 && open[len(open)-1]
		switch {
		case m[2] == "":
			if !inside {
				out.WriteString(m[0] + "\n")
			}
		case m[1] == "/":
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case !slices.Contains(void, m[2]) && !strings.HasSuffix(m[3], "/"):
			foreign := strings.Contains(m[3], `lang="zh-Hans"`) && m[2] != "html"
			open = append(open, inside || foreign || m[2] == "textarea")
		}
	}
	return quoted.ReplaceAllString(html.UnescapeString(out.String()), "“”")
}

// An English page says in English all that is not the document's own; and dates
// and numbers have the form of the page's language.
func TestEnglishPagesAreEnglish(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("Gu", "gu", org.Approver)
	plan := clerk.forced(leaflet)
	leader.published(plan, 0)
	clerk.imported(leaflet)
	for _, name := range []string{"Lu", "Wu"} {
		clerk.post("/office/accounts/new", 200, "unit", "局办公室", "title", "岗", "name", name, "phone", "0500-1234", "roles", "clerk")
		clerk.post(clerk.account(name)+"/close", 200)
	}
	clerk.post(clerk.account("Wu")+"/erase", 200)
	pages := append(visited(h.stranger(), "/en/", 60), visited(clerk, "/en/office/", 80)...)
	checked := 0
	for _, path := range pages {
		if !strings.HasPrefix(path, "/en") {
			continue
		}
		r, err := http.NewRequest("GET", h.server.URL+path, nil)
		h.must(err)
		_, body, answer := clerk.send(r)
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			continue
		}
		checked++
		words := frameWords(body)
		for _, found := range han.FindAllString(words, 5) {
			t.Errorf("%s: Chinese in the frame: %s", path, found)
		}
	}
	if checked < 40 {
		t.Errorf("only %d pages were read", checked)
	}
}

func TestDatesAndNumbersOfBothLanguages(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("顾海川", "gu", org.Approver)
	plan := clerk.forced(leaflet)
	leader.published(plan, 0)
	english := regexp.MustCompile(`\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}`)
	chinese := regexp.MustCompile(`\d{4}年\d{1,2}月\d{1,2}日`)
	for _, path := range []string{"/", "/plans/" + plan, "/ledger"} {
		if words := plain(h.stranger().get(path, 200)); english.MatchString(words) || !chinese.MatchString(words) {
			t.Errorf("%s: dates in the wrong form", path)
		}
		if words := frameWords(h.stranger().get("/en"+path, 200)); chinese.MatchString(words) || !english.MatchString(words) {
			t.Errorf("/en%s: dates in the wrong form", path)
		}
	}
	bare := regexp.MustCompile(`[^\d.,〔@-]\d{4,}[^\d年〕.-]`)
	for _, path := range []string{"/", "/en/", "/office/"} {
		for _, n := range bare.FindAllString(frameWords(clerk.get(path, 200)), -1) {
			if !regexp.MustCompile(`(19|20)\d\d`).MatchString(n) {
				t.Errorf("%s: %q has no thousands comma", path, n)
			}
		}
	}
}

// BenchmarkPublicPages asks for every public page of the sample city and tells
// the slowest of a hundred answers.
func BenchmarkPublicPages(b *testing.B) {
	folder := b.TempDir() + "/sample"
	if code := run([]string{"sample", "--data", folder}, io.Discard, io.Discard); code != exitGood {
		b.Fatal(code)
	}
	f, err := place{Data: folder}.openAny(b.Context(), db.Options{Now: func() time.Time { return time.Date(2012, 4, 19, 1, 0, 0, 0, time.UTC) }})
	if err != nil {
		b.Fatal(err)
	}
	defer f.close()
	plans, err := f.public.Plans(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	p, err := f.public.Plan(b.Context(), plans[0].ID)
	if err != nil {
		b.Fatal(err)
	}
	paths := []string{"/", "/plans/" + p.Plan.ID.String(), "/items/" + p.Items[2].ID.String(), "/units", "/ledger", "/ledger/4400", "/data", "/data/plans/" + p.Plan.ID.String(), "/openapi.json", "/changes.rss"}
	handler := public.Handler(f.public, f.key, 0)
	for _, path := range paths {
		b.Run(path, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				w := httptest.NewRecorder()
				began := time.Now()
				handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
				took = append(took, time.Since(began))
				if w.Code != 200 {
					b.Fatal(path, w.Code)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

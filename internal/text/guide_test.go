package text

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	linkOfPage = regexp.MustCompile(`!?\[[^\]]*\]\(([^)]+)\)`)
	keyOfPage  = regexp.MustCompile(`<kbd>([^<]+)</kbd>`)
	heading    = regexp.MustCompile(`(?m)^## .*$`)
)

// guides are the guides in each language, with the signs between which they quote the
// program.
var guides = map[Lang]struct {
	files []string
	said  *regexp.Regexp
}{
	Chinese: {[]string{"zh.md", "units.zh.md", "month.zh.md", "figures.zh.md"}, regexp.MustCompile(`\*\*「([^」]+)」\*\*`)},
	English: {[]string{"en.md", "units.en.md", "month.en.md", "figures.en.md"}, regexp.MustCompile(`\*\*“([^”]+)”\*\*`)},
}

// What the guide tells people to press is on the pages in these words.
func TestGuideQuotesTheProgram(t *testing.T) {
	said := map[Lang][]string{}
	for chinese, english := range sentences {
		said[Chinese], said[English] = append(said[Chinese], chinese), append(said[English], english)
	}
	keys, err := os.ReadFile("../web/office/plans/review_key.go")
	if err != nil {
		t.Fatal(err)
	}
	for i, least := range []int{50, 15, 40, 30} {
		quoted, headings := map[Lang]int{}, map[Lang]int{}
		for lang, g := range guides {
			page := guide(t, g.files[i])
			for _, m := range g.said.FindAllStringSubmatch(page, -1) {
				quoted[lang]++
				if !slices.Contains(said[lang], m[1]) {
					t.Errorf("%s: the program never says %q", g.files[i], m[1])
				}
			}
			for _, m := range keyOfPage.FindAllStringSubmatch(page, -1) {
				if !strings.Contains("1–9", m[1]) && !strings.Contains(string(keys), `{"`+m[1]+`",`) {
					t.Errorf("%s: the review page has no key %q", g.files[i], m[1])
				}
			}
			headings[lang] = len(heading.FindAllString(page, -1))
		}
		if quoted[Chinese] < least || quoted[Chinese] != quoted[English] || headings[Chinese] != headings[English] {
			t.Errorf("the guides differ: they quote %v sentences under %v headings", quoted, headings)
		}
	}
}

// What the guide and the front pages link to is there, and no picture lies about unused.
func TestGuideLinksLead(t *testing.T) {
	shown := map[string]bool{}
	for _, page := range []string{"../../docs/guide/zh.md", "../../docs/guide/en.md", "../../docs/guide/units.zh.md", "../../docs/guide/units.en.md", "../../docs/guide/month.zh.md", "../../docs/guide/month.en.md", "../../docs/guide/figures.zh.md", "../../docs/guide/figures.en.md",
		"../../README.md", "../../README.zh.md"} {
		words, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range linkOfPage.FindAllStringSubmatch(string(words), -1) {
			to, _, _ := strings.Cut(m[1], "#")
			if to == "" || strings.Contains(to, "://") {
				continue
			}
			path := filepath.Join(filepath.Dir(page), to)
			if _, err := os.Stat(path); err != nil {
				t.Errorf("%s links to %s: %v", page, m[1], err)
			}
			shown[path] = true
		}
	}
	pictures, err := filepath.Glob("../../docs/guide/pictures/*")
	if err != nil || len(pictures) == 0 {
		t.Fatalf("no pictures: %v", err)
	}
	for _, p := range pictures {
		if !shown[p] {
			t.Errorf("%s is in no guide", p)
		}
	}
}

func guide(t *testing.T, name string) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/guide/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

package browser_test

import (
	"fmt"
	"os"

	"github.com/chromedp/chromedp"
)

// readAxe gives the script of axe-core, or nothing where it isn't installed.
func readAxe() string {
	script, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		return ""
	}
	return string(script)
}

// audited lets axe-core look at a page, light and dark, on a computer and on a
// phone. What depends on the colours only is asked once for each of them, and not
// again of the other language, whose pages are the same but for their words.
func (t *tab) audited(axe string, wordsOnly bool) {
	t.Helper()
	defer t.size(1280)
	t.size(390)
	t.scheme("light")
	t.audit(axe, "light, 390 px")
	if wordsOnly {
		return
	}
	t.as("hc")
	t.audit(axe, "high contrast, 390 px", "color-contrast", "link-in-text-block")
	t.as("")
	t.size(1280)
	t.audit(axe, "light, 1280 px")
	t.scheme("dark")
	t.audit(axe, "dark, 1280 px", "color-contrast", "link-in-text-block")
	t.scheme("light")
}

// audit complains of serious and critical violations of some rules, or of all.
// The script is given to the page by the browser's protocol: the page's own
// policy forbids it any.
func (t *tab) audit(axe, how string, rules ...string) {
	t.Helper()
	only := `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}`
	if len(rules) > 0 {
		only = fmt.Sprintf(`{type: 'rule', values: %s}`, quoted(rules))
	}
	if !eval[bool](t, "'axe' in window") {
		t.do(chromedp.Evaluate[chromedp.Void](axe))
	}
	found := eval[[]string](t, `axe.run(document, {runOnly: `+only+`, resultTypes: ['violations'], elementRef: false}).then(r => r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').flatMap(v => v.nodes.slice(0, 3).map(n => v.id + ': ' + n.html.slice(0, 200) + ' ' + (n.failureSummary || ''))))`)
	for _, f := range found {
		t.Errorf("at %s, %s: %s", t.where(), how, f)
	}
}

func quoted(words []string) string {
	s := "["
	for _, w := range words {
		s += fmt.Sprintf("%q,", w)
	}
	return s + "]"
}

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
// phone. What depends on the sizes and colours only is not asked four times.
func (t *tab) audited(axe string) {
	t.Helper()
	for _, width := range []int64{1280, 390} {
		t.size(width)
		t.scheme("light")
		t.audit(axe, fmt.Sprintf("light, %d px", width))
		t.scheme("dark")
		t.audit(axe, fmt.Sprintf("dark, %d px", width), "color-contrast", "link-in-text-block")
	}
	t.scheme("light")
	t.as("hc")
	t.audit(axe, "high contrast, 390 px", "color-contrast", "link-in-text-block")
	t.as("")
	t.size(1280)
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

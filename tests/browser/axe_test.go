package browser_test

import (
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
	if wordsOnly {
		t.audit(axe, "light, 390 px", notColours)
		return
	}
	t.audit(axe, "light, 390 px", all)
	t.as("hc")
	t.audit(axe, "high contrast, 390 px", colours)
	t.as("")
	t.size(1280)
	t.audit(axe, "light, 1280 px", all)
	t.scheme("dark")
	t.audit(axe, "dark, 1280 px", colours)
	t.scheme("light")
}

// rules are what axe-core is to look at, as its options say it.
type rules string

const (
	all        rules = `runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}`
	colours    rules = `runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}`
	notColours rules = all + `, rules: {'color-contrast': {enabled: false}, 'link-in-text-block': {enabled: false}}`
)

// audit complains of serious and critical violations of rules. The script is given to
// the page by the browser's protocol: the page's own policy forbids it any.
func (t *tab) audit(axe, how string, asked rules) {
	t.Helper()
	if !eval[bool](t, "'axe' in window") {
		t.do(chromedp.Evaluate[chromedp.Void](axe))
	}
	found := eval[[]string](t, `axe.run(document, {`+string(asked)+`, resultTypes: ['violations'], elementRef: false}).then(r => r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').flatMap(v => v.nodes.slice(0, 3).map(n => v.id + ': ' + n.html.slice(0, 200) + ' ' + (n.failureSummary || ''))))`)
	for _, f := range found {
		t.Errorf("at %s, %s: %s", t.where(), how, f)
	}
}

package browser_test

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// hand is how somebody works a page.
type hand interface {
	// press goes to an element and gives the step that presses it: with the key
	// that is said, or by a click. No key: only go there, to write in it.
	press(t *tab, e element, key string) chromedp.Action[chromedp.Void]
}

// mouse works by clicks on what can be seen.
type mouse struct{}

type point struct{ X, Y float64 }

func (mouse) press(t *tab, e element, _ string) chromedp.Action[chromedp.Void] {
	t.Helper()
	at := eval[*point](t, `(e => {
		if (!e) return null
		e.scrollIntoView({block: 'center'})
		const box = e.getClientRects()[0]
		if (!box) return null
		const at = {X: box.x + Math.min(box.width, 40) / 2, Y: box.y + box.height / 2}
		const hit = document.elementFromPoint(at.X, at.Y)
		return hit && (e.contains(hit) || hit.contains(e)) ? at : null
	})(`+string(e)+`)`)
	if at == nil {
		t.Fatalf("at %s: nothing to click: %s", t.where(), e)
	}
	return chromedp.MouseClickXY(at.X, at.Y)
}

// keyboard works by Tab, Enter and space, and never looks away from the focus:
// each place that it stops at must be seen to have it.
type keyboard struct{}

// mostTabs is how far away the wanted element may be.
const mostTabs = 300

func (keyboard) press(t *tab, e element, key string) chromedp.Action[chromedp.Void] {
	t.Helper()
	if !t.there(e) {
		t.Fatalf("at %s: nothing to reach: %s", t.where(), e)
	}
	for n := 0; eval[bool](t, "document.activeElement !== "+string(e)); n++ {
		if n == mostTabs {
			t.Fatalf("at %s: %d times Tab do not reach %s", t.where(), n, e)
		}
		t.do(chromedp.KeyEvent("\t"))
	}
	if fault := eval[string](t, "("+focusFault+")(document.activeElement)"); fault != "" {
		t.Errorf("at %s: %s: %s", t.where(), e, fault)
	}
	if key == "" {
		return chromedp.Steps()
	}
	return chromedp.KeyEvent(key)
}

// focusFault says what is wrong with how an element shows that it has the focus.
const focusFault = `e => {
	const name = e.outerHTML.slice(0, 120)
	const style = getComputedStyle(e)
	if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 'no outline: ' + name
	const boxes = [...e.getClientRects()].filter(b => b.width > 0 && b.height > 0)
	if (boxes.length === 0) return 'nothing to see: ' + name
	const seen = boxes.some(b => [[.1, .5], [.5, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
		const hit = document.elementFromPoint(b.x + b.width * x, b.y + b.height * y)
		return hit && (e.contains(hit) || hit.contains(e) && hit !== document.body && hit !== document.documentElement)
	}))
	return seen ? '' : 'out of sight or covered: ' + name
}`

// insert puts words where the focus is, as pasting does.
func insert(words string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: words})
		return err
	})
}

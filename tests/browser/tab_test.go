package browser_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// tab is a window of the browser on a city, with cookies of its own.
type tab struct {
	*testing.T
	city *city
	ctx  context.Context
	hand hand
}

// visit opens a window in which nobody has signed in. It is as wide as a
// computer's, and shows light pages.
func (c *city) visit(t *testing.T, by hand) *tab {
	t.Helper()
	ctx, _ := chromedp.NewContext(world.browser, chromedp.WithNewBrowserContext())
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Error(err)
		}
	})
	v := &tab{T: t, city: c, ctx: ctx, hand: by}
	if err := chromedp.Do(ctx); err != nil { // a window lives as long as the context of its first step
		t.Fatal(err)
	}
	call(v, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	v.size(1280)
	v.scheme("light")
	return v
}

// result takes one step and gives what it found.
func result[T any](t *tab, step chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	found, err := chromedp.Run(ctx, step)
	if err != nil {
		t.Fatalf("at %s: %v", t.where(), err)
	}
	return found
}

// call gives the browser a command of its protocol.
func call[P, R any](t *tab, c cdp.Command[P, R], p P) R {
	t.Helper()
	return result(t, func(ctx context.Context, target *chromedp.Target) (R, error) { return cdp.Call(ctx, target, c, p) })
}

func (t *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	for _, s := range steps {
		result(t, s)
	}
}

// eval asks the page something. It also works where the page's own script is off.
func eval[T any](t *tab, script string) T {
	t.Helper()
	return result(t, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// open goes to a page by its address, and wants it to be there.
func (t *tab) open(path string) {
	t.Helper()
	if answer := result(t, chromedp.NavigateResponse(t.city.base+path)); answer.Status != 200 {
		t.Fatalf("%s: %d", path, answer.Status)
	}
}

// status is what a path answers with.
func (t *tab) status(path string) int64 {
	t.Helper()
	return int64(result(t, chromedp.NavigateResponse(t.city.base+path)).Status)
}

// where is the path of the page that is open.
func (t *tab) where() string {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	at, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return err.Error()
	}
	return strings.TrimPrefix(at, t.city.base)
}

// size makes the window so many pixels wide.
func (t *tab) size(width int64) {
	t.Helper()
	t.do(chromedp.EmulateViewport(width, 900))
}

// scheme is what the reader's device prefers: light or dark.
func (t *tab) scheme(s string) {
	t.Helper()
	call(t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: s}}})
}

// scriptless switches off the script of all pages that are opened from now on.
func (t *tab) scriptless() {
	t.Helper()
	call(t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// element is an expression of script that finds one on the page, or null.
type element string

func one(selector string) element {
	return element("document.querySelector(" + strconv.Quote(selector) + ")")
}

// named finds the first element of a kind that says these words.
func named(kind, words string) element {
	return element(fmt.Sprintf("([...document.querySelectorAll(%q)].find(e => e.textContent.replace(/\\s+/g, ' ').includes(%q)) || null)", kind, words))
}

// there reports whether an element is on the page.
func (t *tab) there(e element) bool {
	t.Helper()
	return eval[bool](t, string(e)+" !== null")
}

// says reports whether a reader sees these words.
func (t *tab) says(words string) bool {
	t.Helper()
	return strings.Contains(eval[string](t, "document.body.innerText"), words)
}

// wants complains of words that a reader doesn't see.
func (t *tab) wants(words ...string) {
	t.Helper()
	for _, w := range words {
		if !t.says(w) {
			t.Fatalf("at %s: %q is not on the page:\n%s", t.where(), w, eval[string](t, "document.body.innerText"))
		}
	}
}

// follow presses a link or a button and waits for the page it leads to.
func (t *tab) follow(e element) {
	t.Helper()
	press := t.hand.press(t, e, "\r")
	result(t, chromedp.WaitEvent(page.LoadEventFired, nil, press))
}

// tick chooses a radio button or a box.
func (t *tab) tick(e element) {
	t.Helper()
	t.do(t.hand.press(t, e, " "))
	if !eval[bool](t, string(e)+".checked") {
		t.Fatalf("at %s: %s is not ticked", t.where(), e)
	}
}

// write puts words into a field.
func (t *tab) write(e element, words string) {
	t.Helper()
	t.do(t.hand.press(t, e, ""))
	t.do(insert(words))
	if got := eval[string](t, string(e)+".value"); got != words {
		t.Fatalf("at %s: %s holds %q", t.where(), e, got)
	}
}

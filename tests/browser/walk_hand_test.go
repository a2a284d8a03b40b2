package browser_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Fixed costs of an office's minutes, in seconds: a script is faster than people, so
// what it does is counted, not timed.
const (
	aKey      = 0.3
	aClick    = 1.1
	aDecision = 1.3
	aRune     = 60.0 / 300 // of reading
	hanKeys   = 2.5        // keys for a Chinese character
)

// walk is somebody at work whose keys, clicks, decisions and reading are counted.
type walk struct {
	*tab
	script bool // the pages' script runs
	byKey  bool // nothing is done with the mouse
	steps  []*cost
}

// cost is what one step of a walk takes.
type cost struct {
	name                    string
	keys                    float64
	clicks, decisions, read int
	waited                  time.Duration
}

func (c *cost) seconds() float64 {
	return c.keys*aKey + float64(c.clicks)*aClick + float64(c.decisions)*aDecision + float64(c.read)*aRune + c.waited.Seconds()
}

// step begins the next step.
func (w *walk) step(name string) { w.steps = append(w.steps, &cost{name: name}) }

func (w *walk) now() *cost { return w.steps[len(w.steps)-1] }

// minutes is what the steps up to one took, in minutes, without the waiting, which is
// the machine's.
func (w *walk) minutes(last string) (all float64) {
	for _, c := range w.steps {
		all += (c.seconds() - c.waited.Seconds()) / 60
		if c.name == last {
			break
		}
	}
	return all
}

// table writes what each step took.
func (w *walk) table() {
	w.Helper()
	var out strings.Builder
	fmt.Fprintf(&out, "%-32s %6s %6s %9s %6s %7s %8s\n", "step", "keys", "clicks", "decisions", "read", "waited", "seconds")
	var all cost
	for _, c := range append(w.steps, &all) {
		if c == &all {
			c.name = "all"
		}
		pad := 32
		for _, r := range c.name {
			if unicode.Is(unicode.Han, r) {
				pad--
			}
		}
		fmt.Fprintf(&out, "%-*s %6.0f %6d %9d %6d %6.1fs %8.1f\n", pad, c.name, c.keys, c.clicks, c.decisions, c.read, c.waited.Seconds(), c.seconds())
		all.keys, all.clicks, all.decisions, all.read, all.waited = all.keys+c.keys, all.clicks+c.clicks, all.decisions+c.decisions, all.read+c.read, all.waited+c.waited
	}
	w.Logf("%sto the corrected table %.1f minutes, to the public page %.1f, waiting apart", out.String(), w.minutes("导入"), w.minutes(""))
}

// reads counts words that the program adds to the plan and a person has to read.
func (w *walk) reads(words string) {
	w.now().read += len([]rune(strings.Join(strings.Fields(words), "")))
}

// decides counts choices that a person has to make.
func (w *walk) decides(n int) { w.now().decisions += n }

// key presses a key of the page.
func (w *walk) key(k string) {
	w.Helper()
	w.now().keys++
	w.do(chromedp.KeyEvent(k))
}

// reach brings the focus to an element by Tab.
func (w *walk) reach(e element) {
	w.Helper()
	if !w.there(e) {
		w.Fatalf("at %s: nothing to reach: %s", w.where(), e)
	}
	for n := 0; eval[bool](w.tab, "document.activeElement !== "+string(e)); n++ {
		if n == 2*mostTabs {
			w.Fatalf("at %s: %d times Tab do not reach %s", w.where(), n, e)
		}
		w.key("\t")
	}
}

// press presses a link, a button or a box where it is; no page need follow.
func (w *walk) press(e element) {
	w.Helper()
	if w.byKey {
		w.reach(e)
		if eval[bool](w.tab, string(e)+".matches('[type=radio],[type=checkbox]')") {
			w.key(" ")
			return
		}
		w.key("\r")
		return
	}
	w.now().clicks++
	w.do(mouse{}.press(w.tab, e, ""))
}

// goes presses what leads to another page, and waits for that page.
func (w *walk) goes(e element) {
	w.Helper()
	began := time.Now()
	if w.byKey {
		w.reach(e)
		began = time.Now()
		w.now().keys++
		result(w.tab, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.KeyEvent("\r")))
	} else {
		w.now().clicks++
		result(w.tab, chromedp.WaitEvent(page.LoadEventFired, nil, mouse{}.press(w.tab, e, "")))
	}
	w.now().waited += time.Since(began)
}

// until waits for the page to be so.
func (w *walk) until(condition string) {
	w.Helper()
	began := time.Now()
	for end := began.Add(patience); !eval[bool](w.tab, "Boolean("+condition+")"); {
		if time.Now().After(end) {
			w.Fatalf("at %s, step %s: never: %s; the page says %q", w.where(), w.now().name, condition,
				eval[string](w.tab, "[...document.querySelectorAll('#tell, .errors, h1')].map(e => e.textContent.trim()).join(' / ')"))
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.now().waited += time.Since(began)
}

// form is the form that is open: beside the document, or on a page of its own.
const form = `(document.querySelector('.inplace form') || document.querySelector('main form[method=post]'))`

// opens opens the form behind a link of the review page. key is the page's own key
// for it, which works at the stop that holds the link.
func (w *walk) opens(link element, key string) {
	w.Helper()
	switch {
	case !w.script:
		w.goes(link)
		return
	case w.byKey && key != "":
		stop := "(" + string(link) + ").closest('[data-stop]')"
		for n := 0; !eval[bool](w.tab, "document.querySelector('.at') === "+stop); n++ {
			if n == mostTabs {
				w.Fatalf("N does not come to %s", link)
			}
			w.key(w.towards(stop))
		}
		w.key(key)
	default:
		w.press(link)
	}
	w.until("document.querySelector('.inplace form')")
}

// towards is the key that goes to a stop: N forwards, B backwards.
func (w *walk) towards(stop string) string {
	if eval[bool](w.tab, "Boolean(document.querySelector('.at') && document.querySelector('.at').compareDocumentPosition("+stop+") & 2)") {
		return "b"
	}
	return "n"
}

// sets puts a value into a field of the open form.
func (w *walk) sets(name, value string) {
	w.Helper()
	field := element(form + ".elements[" + strconv.Quote(name) + "]")
	if !w.there("(" + field + " || null)") {
		w.Fatalf("at %s, step %s: the form %s has no %s", w.where(), w.now().name, eval[string](w.tab, form+".action"), name)
	}
	w.reads(eval[string](w.tab, "("+string(field)+".labels && "+string(field)+".labels[0] || {textContent: ''}).textContent"))
	kind := eval[string](w.tab, string(field)+".type || 'radio'")
	switch {
	case kind == "select-one":
		steps := eval[float64](w.tab, "Math.abs([..."+string(field)+".options].findIndex(o => o.value === "+strconv.Quote(value)+") - "+string(field)+".selectedIndex)")
		if w.byKey {
			w.reach(field)
			w.now().keys += steps
		} else {
			w.now().clicks += 2
		}
		w.decides(1)
		w.puts(field, value)
	case kind == "date":
		if w.byKey {
			w.reach(field)
		} else {
			w.now().clicks++
		}
		w.now().keys += 8
		w.puts(field, value)
	default:
		if w.byKey {
			w.reach(field)
		} else {
			w.now().clicks++
			w.do(mouse{}.press(w.tab, field, ""))
		}
		w.now().keys++ // all of it is chosen and written over
		eval[any](w.tab, string(field)+".select()")
		w.types(value)
		if got := eval[string](w.tab, string(field)+".value"); got != value {
			w.Fatalf("%s holds %q", name, got)
		}
	}
}

// cuts takes the last words of a field away, sign by sign.
func (w *walk) cuts(name, words string) {
	w.Helper()
	field := element(form + ".elements[" + strconv.Quote(name) + "]")
	if was := eval[string](w.tab, string(field)+".value"); !strings.HasSuffix(was, words) {
		w.Fatalf("%s holds %q", name, was)
	}
	if w.byKey {
		w.reach(field)
	} else {
		w.press(field)
	}
	w.key(kb.End)
	for range []rune(words) {
		w.key(kb.Backspace)
	}
	if got := eval[string](w.tab, string(field)+".value"); strings.HasSuffix(got, words) {
		w.Fatalf("%s still holds %q", name, got)
	}
}

// splits parts an item before words of it.
func (w *walk) splits(title, words string) {
	w.Helper()
	link := linkIn(itemOf(title), "分成两条")
	if w.script && !w.byKey {
		w.selects(words)
		w.opens(link, "")
		return
	}
	w.opens(link, "s")
	w.sets("quote", words)
}

// puts sets a field whose picker belongs to the browser, not to the page.
func (w *walk) puts(field element, value string) {
	w.Helper()
	eval[any](w.tab, fmt.Sprintf("(e => { e.value = %q; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})) })(%s)", value, field))
	if got := eval[string](w.tab, string(field)+".value"); got != value {
		w.Fatalf("%s holds %q", field, got)
	}
}

func (w *walk) types(words string) {
	w.Helper()
	w.now().keys += typed(words)
	w.do(insert(words))
}

// typed is how many keys it takes to type words.
func typed(words string) (keys float64) {
	for _, r := range words {
		if unicode.Is(unicode.Han, r) {
			keys += hanKeys
		} else {
			keys++
		}
	}
	return keys
}

// saves sends the open form and waits until it is stored.
func (w *walk) saves() {
	w.Helper()
	button := element(form + ".querySelector('button')")
	if !w.script {
		w.goes(button)
		if w.there(one(".errors")) {
			w.Fatalf("at %s: %s", w.where(), eval[string](w.tab, "document.querySelector('.errors').textContent"))
		}
		return
	}
	eval[any](w.tab, "window.stays = document.querySelector('.inplace')")
	if eval[bool](w.tab, form+".contains(document.activeElement) && document.activeElement.matches('input, select, button')") {
		w.key("\r")
	} else {
		w.press(button)
	}
	w.until("document.querySelector('.inplace') !== window.stays")
	w.until("document.getElementById('draft').ariaBusy !== 'true'")
}

// picks makes something of words of the document: kind is item, target, milestone,
// owner or phase, and key the page's key for it.
func (w *walk) picks(words, kind, key string) {
	w.Helper()
	if w.script && !w.byKey {
		w.selects(words)
		w.key(key)
		w.until("document.querySelector('.inplace form')")
		return
	}
	if w.script {
		w.key(key)
		w.until("document.querySelector('.inplace form')")
	} else {
		w.goes(element("document.querySelector('[data-kind=" + kind + "]')"))
	}
	w.sets("quote", words)
	if w.script {
		eval[any](w.tab, "window.stays = document.querySelector('.inplace')")
		w.press(element(form + ".querySelector('button')"))
		w.until("document.querySelector('.inplace form') && document.querySelector('.inplace') !== window.stays")
		return
	}
	w.goes(element(form + ".querySelector('button')"))
}

// selects marks words of the document with the mouse.
func (w *walk) selects(words string) {
	w.Helper()
	w.now().clicks += 2 // from the first word to the last
	if !eval[bool](w.tab, fmt.Sprintf(`(() => {
		const walker = document.createTreeWalker(document.getElementById('draft'), NodeFilter.SHOW_TEXT)
		for (let n; n = walker.nextNode();) {
			const block = n.parentElement.closest('[data-at]')
			if (!block || !block.textContent.includes(%[1]q)) continue
			const at = block.textContent.indexOf(%[1]q), place = (i) => {
				const all = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
				for (let m; m = all.nextNode(); i -= m.data.length) if (i <= m.data.length) return [m, i]
			}
			const range = document.createRange()
			range.setStart(...place(at))
			range.setEnd(...place(at + %[1]q.length))
			getSelection().removeAllRanges()
			getSelection().addRange(range)
			block.scrollIntoView({block: 'center'})
			return true
		}
		return false
	})()`, words)) {
		w.Fatalf("the page does not have %q", words)
	}
	w.until("document.getElementById('pick').classList.contains('on')")
}

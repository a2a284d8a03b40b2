package browser_test

import (
	"net/url"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// newList is a list of units with what a first one has: a new township, one cell blank
// that is filled from above, and a county written wrongly once.
const newList = "县（市、区）\t乡镇（街道）\t村（社区）\n望潮区\t滨海新城街道\t海塘社区\n\t\t灯塔社区\n望朝区\t滨海新城街道\t潮音社区\n"

// TestGuidePictures of the second guide.
func TestGuidePicturesOfUnits(t *testing.T) {
	if os.Getenv("LUOSHI_PICTURES") != "1" {
		return // nothing to test: this makes something
	}
	v := serve(t).visit(t, mouse{})
	v.signIn(clerk)
	w := &walk{tab: v, script: true}
	w.step("guide")
	w.pictured("/office/unit-lists", "list", func() {
		w.do(chromedp.EmulateViewport(guideWide, guideHigh))
		w.press(one("#text"))
		w.do(insert(newList))
		w.goes(one("main .acts button"))
	})
	w.pictured("/office/accounts/many", "slips", func() {
		w.sets("title", "文化专干")
		w.press(one(`[name="units"][value="county"]`))
		w.goes(one("main .acts button"))
		w.goes(one("main .acts button"))
		w.middle(".slip")
	})
	w.open("/office/search?q=" + url.QueryEscape("市博物馆"))
	w.goes(named(`main section a[href*="/office/units/"]`, "市博物馆"))
	w.goes(named("main a", "交接"))
	w.goes(one(`main a[href*="/office/handover/"]`))
	w.pictured(w.where(), "handover", func() {})
}

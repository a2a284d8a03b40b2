package browser_test

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// townshipClerk fills in what the villages of a township of the sample city tell.
const townshipClerk = "陈望舒"

// toldByTelephone are figures of a month as a clerk wrote them down, one of them in words, and
// with a sum that is not theirs.
const toldByTelephone = "村名\t送演出\t送电影\t送图书\n枫岭村\t1\t1\t48\n柳溪村\t\t2\t50\n松塘村\t\t1\t大概五十\n竹桥村\t1\t1\t46\n合计\t2\t15\t144\n"

// The pictures of the guide to a township's month of figures are made anew where
// LUOSHI_PICTURES is 1.
func TestGuidePicturesOfFigures(t *testing.T) {
	if os.Getenv("LUOSHI_PICTURES") != "1" {
		return // nothing to test: this makes something
	}
	c := serve(t)
	town := &walk{tab: c.visit(t, mouse{}), script: true}
	town.signIn(townshipClerk)
	town.step("guide")
	town.open("/office/fact-grid")
	town.press(one("#pasted"))
	town.do(insert(toldByTelephone))
	town.goes(one("[name=read]"))
	grid, _, _ := strings.Cut(eval[string](town.tab, "location.pathname + location.search"), "&done")
	town.pictured(grid, "figures-grid", func() {
		eval[any](town.tab, "document.querySelector('.doubts').scrollIntoView()")
	})

	county := &walk{tab: c.visit(t, mouse{}), script: true, steps: town.steps}
	county.signIn(countyClerk)
	county.pictured("/office/verify", "figures-verify", func() {})
	county.pictured("/office/fact-month?month=2012-03", "figures-month", func() {})

	office := &walk{tab: c.visit(t, mouse{}), script: true, steps: town.steps}
	office.signIn(clerk)
	figures := office.linkOf("/office/figures", `/\/items\/.*\/figures/`, "")
	office.pictured(figures, "figures-chart", func() {
		eval[any](office.tab, "document.querySelector('main h2').scrollIntoView()")
	})

	office.open("/office/search?q=" + url.QueryEscape("枫岭村"))
	office.goes(named(`main section a[href*="/office/units/"]`, "枫岭村"))
	village := strings.Replace(office.where(), "/office", "", 1)
	reader := c.visit(t, mouse{})
	reader.do(chromedp.EmulateViewport(390, 844))
	for _, language := range []string{"en", "zh"} {
		reader.open(languages[language] + village)
		eval[any](reader, "document.querySelector('main h2').scrollIntoView()")
		shot := call(reader, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng}).Data
		reader.saved("../../docs/guide/pictures/"+language+"-figures-village.png", smaller(t, shot))
	}
}

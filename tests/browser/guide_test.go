package browser_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The pictures of docs/guide are made anew where LUOSHI_PICTURES is 1, on the way that
// the guide describes: the practice plan from the paper to what comes after it is public.
func TestGuidePictures(t *testing.T) {
	if os.Getenv("LUOSHI_PICTURES") != "1" {
		return // nothing to test: this makes something
	}
	w := begins(t, true, false)
	w.step("guide")
	review := w.imported(unseen)
	w.pictured(review, "review", func() {})
	w.pictured(review, "question", func() { w.key("j") })
	w.pictured(review, "correct", func() {
		w.press(keyedIn(promiseOf("审批提速", "审批时限"), "e"))
		w.until("document.querySelector('.inplace form')")
		w.middle(".inplace")
	})
	w.pictured(review, "select", func() {
		w.picks("听课人次达到5.4万", "target", "t")
		w.middle(".inplace")
	})
	w.open(review)
	w.mends()
	w.pictured(review, "many", func() {
		w.press(tickOf("送戏下乡"))
		w.press(tickOf("电影放映"))
	})
	w.open(review)
	w.answers()

	edited := w.spreadsheet(w.fetch(review+"/tasks.xlsx"), guideCells)
	w.pictured(review+"/tasks/import", "cells", func() {
		w.do(chromedp.SetUploadFiles("#file", []string{edited}))
		w.goes(one("main .acts button"))
	})
	w.goes(one("main .acts button"))

	w.pictured(review+"/force", "force", func() { w.middle("main .acts") })
	w.open(review)
	w.takeIntoForce()
	other := &walk{tab: w.city.visit(t, mouse{}), script: true, steps: w.steps}
	other.signIn(director)
	other.pictured(review+"/publish", "publish", func() {
		eval[any](other.tab, "document.querySelector('#names').value = '沈工'")
		other.middle("#names")
	})
	other.goes(one("main .acts button"))
	other.goes(one(".strip .btn"))
	other.sets("review_by", "局办公室保密岗")
	other.sets("review_result", "不涉及国家秘密和个人隐私，可以公开。")
	other.goes(one("main .acts button"))
	other.wants("已公开")
	public := strings.Replace(review, "/office", "", 1)
	reader := &walk{tab: w.city.visit(t, mouse{}), steps: w.steps}
	reader.waits(public, "划线的话是承诺")
	reader.pictured(public, "public", func() {})

	w.open(review)
	w.goes(linkIn(promiseOf("送戏下乡", "送演出到村"), "勘误或调整"))
	w.sets("value", "1500")
	w.tick(one("[name=change][value=replan]"))
	w.sets("cause", "海岛剧团新成立，能多演 300 场。")
	w.sets("approved_by", "局长办公会第 9 次会议")
	w.sets("approved_day", today)
	w.sets("basis", "安文〔2012〕9号")
	w.goes(one("main .acts button"))
	item := reader.pathOf(public, "送演出到村")
	reader.waits(item, "1,500")
	reader.pictured(item, "amend", func() { reader.middle(".orig") })

	w.open(review + "/reissue")
	w.sets("text", reissued)
	w.goes(one("main .acts button"))
	w.pictured(w.where(), "reissue", func() {})
}

// waits opens a public page until it says some words: it may be two seconds old.
func (w *walk) waits(path, words string) {
	w.Helper()
	for end := time.Now().Add(patience); w.status(path) != 200 || !w.says(words); {
		if time.Now().After(end) {
			w.Fatalf("%s never says %s", path, words)
		}
	}
}

// guideCells are the cells that the guide's clerk fills in with a spreadsheet program.
var guideCells = []cellEdit{
	{"渔船书箱", "配合单位", "", "市财政局"},
	{"无障碍服务", "责任单位、责任人", "", "各馆馆长"},
	{"审批提速", "责任单位、责任人", "", "行政审批处处长"},
	{"扶持民营剧团", "时限", "", "2012-06-30"},
	{"安全检查", "配合单位", "", "市消防支队"},
}

// reissued is the practice plan with a figure changed, a task dropped and one added.
var reissued = strings.NewReplacer("出动检查人员8000人次", "出动检查人员9000人次",
	"18.古籍修复。三年内修复古籍3000册，今年完成900册。（市图书馆负责）\n", "",
	"四、保障措施", "24.读书月。每年4月办读书月，开展读书活动100场。（市图书馆牵头）\n四、保障措施").Replace(unseen)

// keyedIn is the link within a part of the page that has a key of its own.
func keyedIn(within, key string) element {
	return element("(" + within + ").querySelector('[data-key=" + key + "]')")
}

func tickOf(title string) element {
	return element("(" + itemOf(title) + ").querySelector('[name=items]')")
}

// pictured opens a page in each language, does something there, and pictures what is
// then on the screen. In Chinese comes last, so that the walk goes on in it.
func (w *walk) pictured(path, name string, then func()) {
	w.Helper()
	w.do(chromedp.EmulateViewport(guideWide, guideHigh))
	for _, language := range []string{"en", "zh"} {
		w.open(languages[language] + path)
		then()
		shot := call(w.tab, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng}).Data
		w.saved("../../docs/guide/pictures/"+language+"-"+name+".png", smaller(w.T, shot))
	}
	w.size(1280)
}

// guideWide and guideHigh are the window of the guide's pictures: two columns beside one
// another, and words that can still be read where a page shows them smaller.
const (
	guideWide = 1200
	guideHigh = 860
)

// middle brings the first of some elements to the middle of the window.
func (t *tab) middle(selector string) {
	t.Helper()
	eval[any](t, string(one(selector))+".scrollIntoView({block: 'center'})")
}

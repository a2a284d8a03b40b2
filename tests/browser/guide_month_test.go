package browser_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// countyClerk reports for a county of the sample city.
const countyClerk = "汪清和"

// The pictures of the guide to a month in the office are made anew where LUOSHI_PICTURES
// is 1: its pages, and the papers that leave, printed by LibreOffice as an office does.
func TestGuidePicturesOfTheMonth(t *testing.T) {
	if os.Getenv("LUOSHI_PICTURES") != "1" {
		return // nothing to test: this makes something
	}
	c := serve(t)
	w := &walk{tab: c.visit(t, mouse{}), script: true}
	w.signIn(clerk)
	w.step("guide")
	w.open("/office/leader")
	plan := filepath.Base(w.where())
	progress := "/office/plans/" + plan + "/progress"
	w.pictured("/office/", "today", func() {})
	w.pictured(progress, "progress", func() { w.middle("main tbody tr:nth-child(3)") })
	w.pictured("/office/reminders", "chase", func() {
		for _, owed := range []string{"1", "2", "3"} {
			w.tick(element("document.querySelectorAll('[name=owed]')[" + owed + "]"))
		}
	})
	w.pictured("/office/leader", "leader", func() {})

	w.paper("/office/plans/"+plan+"/summary/table.xlsx", "summary-table", 60)
	w.paper("/office/plans/"+plan+"/summary/report.docx", "monthly-report", 60)
	w.paper("/office/leader/"+plan+"/brief.docx", "brief", 72)
	for way, name := range map[string]string{"chase_slip": "chase-slip", "supervision_slip": "supervision-slip"} {
		w.open("/office/reminders")
		for _, owed := range []string{"4", "5"} {
			w.tick(element("document.querySelectorAll('[name=owed]')[" + owed + "]"))
		}
		w.goes(one("button[value=" + way + "]"))
		w.goes(one("main form .btn"))
		w.paper(w.pathOfLink("slips.docx"), name, 60)
	}

	unit := &walk{tab: c.visit(t, mouse{}), script: true, steps: w.steps}
	unit.open(c.links[countyClerk])
	unit.write(one("#login_name"), countyClerk)
	unit.write(one("#password"), password)
	unit.write(one("#again"), password)
	unit.follow(named("main button", "存下并登录"))
	unit.do(chromedp.EmulateViewport(390, 844))
	for _, language := range []string{"en", "zh"} {
		unit.open(languages[language] + "/office/progress")
		eval[any](unit.tab, "document.querySelector('main h2').scrollIntoView()")
		shot := call(unit.tab, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng}).Data
		unit.saved("../../docs/guide/pictures/"+language+"-report.png", smaller(t, shot))
	}
}

// pathOfLink is the address of the first link to a file of some name.
func (t *tab) pathOfLink(file string) string {
	t.Helper()
	return eval[string](t, "document.querySelector('main a[href$=\""+file+"\"]').getAttribute('href')")
}

// paper pictures the first page of a file of an office as LibreOffice prints it.
func (t *tab) paper(path, name string, dots int) {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "paper"+filepath.Ext(path))
	if err := os.WriteFile(file, t.fetch(path), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][]string{
		{"soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, file},
		{"pdftoppm", "-r", strconv.Itoa(dots), "-png", "-singlefile", filepath.Join(folder, "paper.pdf"), filepath.Join(folder, "page")},
	} {
		if err := run(c[0], c[1:]...); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	shot, err := os.ReadFile(filepath.Join(folder, "page.png"))
	if err != nil {
		t.Fatal(err)
	}
	t.saved("../../docs/guide/pictures/zh-"+name+".png", smaller(t.T, shot))
}

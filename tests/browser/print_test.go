package browser_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// printed is a page as the browser prints it.
func (t *tab) printed() []byte {
	t.Helper()
	return result(t, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
}

var (
	sheetOfPaper = regexp.MustCompile(`/Type\s*/Page\b[^s]`)
	sheetSize    = regexp.MustCompile(`/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]`)
)

// The plan prints on A4, on more than one sheet, and there is something on each.
func TestPlanPrints(t *testing.T) {
	t.Parallel()
	v := serve(t).visit(t, mouse{})
	v.open("/")
	v.follow(named("nav a", "方案"))
	pdf := v.printed()
	sheets := len(sheetOfPaper.FindAll(pdf, -1))
	if sheets < 2 || sheets > 12 {
		t.Errorf("the plan prints on %d sheets", sheets)
	}
	sizes := sheetSize.FindAllSubmatch(pdf, -1)
	if len(sizes) == 0 {
		t.Error("no sheet has a size")
	}
	for _, s := range sizes {
		wide, _ := strconv.ParseFloat(string(s[1]), 64)
		high, _ := strconv.ParseFloat(string(s[2]), 64)
		if wide < 594 || wide > 597 || high < 840 || high > 843 {
			t.Errorf("a sheet is %s × %s points, not A4", s[1], s[2])
		}
	}
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("NOT TESTED: no pdftotext, so the words on paper were not read. Debian: apt-get install poppler-utils")
	}
	file := filepath.Join(t.TempDir(), "plan.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	words, err := exec.Command(pdftotext, "-raw", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for i, sheet := range strings.Split(strings.TrimSuffix(string(words), "\f"), "\f") {
		if len([]rune(sheet)) < 100 {
			t.Errorf("sheet %d says only %q", i+1, sheet)
		}
	}
	all := strings.Join(strings.Fields(string(words)), "") // a line of the paper may break anywhere
	for _, w := range []string{"“走近群众、服务群众”实践活动方案", "送演出", "36,700", "建立长效机制", "示例城市"} {
		if !strings.Contains(all, w) {
			t.Errorf("%q is not on paper", w)
		}
	}
}

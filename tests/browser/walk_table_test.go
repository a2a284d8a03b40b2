package browser_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"
)

// fetch gets an address as the person of the tab does who follows a link to a file.
func (t *tab) fetch(path string) []byte {
	t.Helper()
	r, err := http.NewRequestWithContext(t.ctx, "GET", t.city.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range call(t, network.GetCookies, network.GetCookiesParams{}).Cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v", path, answer.StatusCode, err)
	}
	return body
}

// cellEdit is one cell of the task table that a clerk changes in a spreadsheet.
type cellEdit struct{ task, head, was, is string }

var fiveCells = []cellEdit{
	{"图书馆延时开放", "任务", "延时", "夜间"},
	{"渔船书箱", "牵头单位", "", "市图书馆"},
	{"安全检查", "配合单位", "", "消防队"},
	{"扶持民营剧团", "时限", "", "2012-06-30"},
	{"送戏下乡", "目标", "1,200", "1,250"},
}

// editsTable takes the task table out, changes five cells in a spreadsheet and brings
// them back: those five are shown and saved, and nothing else.
func (w *walk) editsTable(review string) {
	w.Helper()
	w.step("导出")
	w.press(named("a", "Excel 表"))
	file := w.fetch(review + "/tasks.xlsx")
	w.step("在表里改五格")
	edited := w.spreadsheet(file, fiveCells)
	w.step("导入")
	if w.where() != review {
		w.open(review)
	}
	w.goes(named("a", "改好了再导入"))
	w.now().clicks += 3 // choose a file, the file, open
	w.do(chromedp.SetUploadFiles("#file", []string{edited}))
	w.goes(named("main button", "看看改了哪些"))
	w.wants("改了 5 格")
	w.reads(eval[string](w.tab, "document.querySelector('#changes').innerText"))
	w.decides(len(fiveCells))
	if n := eval[int](w.tab, "document.querySelectorAll('[name=take]:checked').length"); n != 5 || n != eval[int](w.tab, "document.querySelectorAll('[name=take]').length") {
		w.Fatalf("%d cells are ticked", n)
	}
	w.goes(named("main button", "存"))
	table := string(bytes.Join(w.rows(w.fetch(review+"/tasks.xlsx")), []byte("\n")))
	for _, c := range fiveCells {
		if !strings.Contains(table, c.is) && !strings.Contains(table, "2012年6月30日") {
			w.Errorf("the table has no %q:\n%s", c.is, table)
		}
	}
}

// spreadsheet changes cells in a workbook and gives the file to be taken back.
func (w *walk) spreadsheet(file []byte, cells []cellEdit) string {
	w.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		w.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet)
	if err != nil {
		w.Fatal(err)
	}
	w.now().clicks += 2 // the file is opened
	for _, c := range cells {
		column, row := -1, -1
		for r, cells := range rows {
			for k, words := range cells {
				if column < 0 && words == c.head {
					column = k
				}
				if words == c.task {
					row = r
				}
			}
		}
		if column < 0 || row < 0 {
			w.Fatalf("the table has no %s of %s", c.head, c.task)
		}
		at, err := excelize.CoordinatesToCellName(column+1, row+1)
		if err != nil {
			w.Fatal(err)
		}
		was, err := book.GetCellValue(sheet, at)
		if err != nil {
			w.Fatal(err)
		}
		if err := book.SetCellValue(sheet, at, strings.Replace(was, c.was, c.is, 1)); err != nil {
			w.Fatal(err)
		}
		w.now().clicks++
		w.now().keys += typed(c.is) + 2 // into the cell, and Enter
		w.decides(1)
	}
	w.now().keys += 2 // saved
	path := filepath.Join(w.TempDir(), "任务分解表.xlsx")
	if err := book.SaveAs(path); err != nil {
		w.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		w.Fatal(err)
	}
	return path
}

// rows are the rows of a workbook, their cells parted by tabs.
func (t *tab) rows(file []byte) (out [][]byte) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range rows {
		out = append(out, []byte(strings.Join(cells, "\t")))
	}
	return out
}

package main

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/web"
	"luoshi/org"

	"github.com/xuri/excelize/v2"
)

// download gets a file.
func (p *person) download(path string) []byte {
	p.Helper()
	r, err := http.NewRequest("GET", p.server.URL+path, nil)
	p.must(err)
	status, body, _ := p.send(r)
	if status != 200 {
		p.Fatalf("GET %s: %d", path, status)
	}
	return []byte(body)
}

// edited changes the first cell of each of the words in a workbook to others.
func edited(p *person, file []byte, wasAndIs ...string) []byte {
	p.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	p.must(err)
	defer f.Close()
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	p.must(err)
	for i := 0; i < len(wasAndIs); i += 2 {
		found := false
		for r, cells := range rows {
			for c, words := range cells {
				if !found && r > 1 && words == wasAndIs[i] {
					at, _ := excelize.CoordinatesToCellName(c+1, r+1)
					p.must(f.SetCellValue(name, at, wasAndIs[i+1]))
					found = true
				}
			}
		}
		if !found {
			p.Fatalf("no cell says %q: %q", wasAndIs[i], rows)
		}
	}
	var out bytes.Buffer
	p.must(f.Write(&out))
	return out.Bytes()
}

var (
	tickedBox = regexp.MustCompile(`<input type="checkbox" id="[^"]*" name="take" value="([^"]*)" checked`)
	openBox   = regexp.MustCompile(`<input type="checkbox" id="[^"]*" name="take" value="([^"]*)" aria`)
	leftTable = regexp.MustCompile(`name="table" value="([^"]*)"`)
	sawStep   = regexp.MustCompile(`name="saw" value="(\d+)"`)
)

// taken are the fields of the form that a page of differences holds, with the ticks it has.
func taken(page string) []string {
	out := []string{"table", html.UnescapeString(leftTable.FindStringSubmatch(page)[1]), "saw", sawStep.FindStringSubmatch(page)[1]}
	for _, m := range tickedBox.FindAllStringSubmatch(page, -1) {
		out = append(out, "take", html.UnescapeString(m[1]))
	}
	return out
}

// Five cells are edited in a workbook; those are shown, old beside new, and saved.
func TestTaskTableComesBack(t *testing.T) {
	h := open(t)
	clerk := h.found()
	plan := clerk.imported(leaflet)
	tasks := "/office/plans/" + plan + "/tasks"
	clerk.wants(clerk.get("/office/plans/"+plan, 200), tasks+"/columns", tasks+"/import")
	file := clerk.download(tasks + ".xlsx")
	page := clerk.upload(tasks+"/import", 200, "表.xlsx", file)
	clerk.wants(page, "没有改动")
	clerk.lacks(page, `name="take"`)

	sheet := edited(clerk, file, "送书下乡", "送书到村", "完成送图书到农村 3,000 册", "完成送图书到农村 3,200 册", "2011年12月31日前", "明年底某日")
	page = clerk.upload(tasks+"/import", 200, "表.xlsx", sheet)
	clerk.wants(page, "改了 3 格", "送书到村", "3,200 册", "不是读得懂的日期", "2011年12月31日前")
	if n := len(tickedBox.FindAllString(page, -1)); n != 2 || strings.Count(page, `name="take"`) != 2 {
		t.Errorf("%d ticks: %s", n, plain(page))
	}
	clerk.lacks(page, "延长开放时间")
	fields := append(taken(page), "command", web.NewCommand())
	for range 2 { // the button is pressed twice
		clerk.wants(clerk.post(tasks+"/import/take", 200, fields...), "送书到村", "3,200")
	}
	page = clerk.upload(tasks+"/import", 200, "表.xlsx", edited(clerk, file, "送书下乡", "送书到村", "2011年12月31日前", "2011-11-30"))
	clerk.wants(page, "改了 1 格", "2011-11-30")
	clerk.post(tasks+"/import/take", 200, taken(page)...)
	clerk.wants(string(mustRows(clerk, clerk.download(tasks+".xlsx"))), "2011年11月30日前", "送书到村", "3,200 册")
	clerk.post("/office/plans/"+plan+"/undo", 200)
	clerk.lacks(string(mustRows(clerk, clerk.download(tasks+".xlsx"))), "2011年11月30日前")

	// Nothing ticked saves nothing, and the page is as it was.
	page = clerk.post(tasks+"/import/take", 422, "table", html.UnescapeString(leftTable.FindStringSubmatch(page)[1]))
	clerk.wants(page, "一处也没有勾", "2011-11-30")
	// So do pasted rows and what is no table.
	page = clerk.post(tasks+"/import", 200, "cells", "任务\t牵头单位\r\n送书到村\t\"市图书馆\n市博物馆\"\r\n")
	clerk.wants(page, "改了 1 格", "市图书馆")
	clerk.post(tasks+"/import/take", 200, taken(page)...)
	clerk.wants(clerk.get("/office/plans/"+plan, 200), "市图书馆、市博物馆")
	clerk.wants(clerk.post(tasks+"/import", 422, "cells", "一句话"), "一句话", "没有表头")
	clerk.wants(clerk.post(tasks+"/import", 422), "还没有选文件")
	clerk.wants(clerk.upload(tasks+"/import", 422, "别的.xlsx", excelFile(t, "表", []string{"甲", "乙"}, []string{"一", "二"})), "没有认出任务分解表")
	other := clerk.imported(leaflet)
	clerk.wants(clerk.upload("/office/plans/"+other+"/tasks/import", 422, "表.xlsx", file), "不是这个方案的")

	english := clerk.upload("/en"+tasks+"/import", 200, "table.xlsx", edited(clerk, clerk.download("/en"+tasks+".xlsx"), "送书到村", "送书到户"))
	clerk.wants(english, "1 cell changed", "送书到户", "Becomes")
	for _, p := range []string{english, clerk.get("/en"+tasks+"/import", 200), clerk.get("/en"+tasks+"/columns", 200), clerk.get("/en"+tasks+"/import/take", 200)} {
		if words := frameWords(p); han.MatchString(words) {
			t.Errorf("Chinese in the frame: %s", han.FindAllString(words, 9))
		}
	}
	clerk.answered(plan)
	clerk.post("/office/plans/"+plan+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08")
	clerk.wants(clerk.get(tasks+"/import", 200), "这一步只能在草稿上做")
	clerk.lacks(clerk.get("/office/plans/"+plan, 200), tasks+"/import")
	clerk.post(tasks+"/import/take", 409, taken(page)...)
	if file := clerk.download(tasks + ".docx"); !bytes.HasPrefix(file, []byte("PK")) {
		t.Error("no Word file of a plan in force")
	}
}

func mustRows(p *person, file []byte) []byte {
	p.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	p.must(err)
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	p.must(err)
	return fmt.Append(nil, rows)
}

// What somebody else changed since the export is shown beside what the table says,
// and nothing is written over unseen.
func TestTaskTableClash(t *testing.T) {
	h := open(t)
	clerk := h.found()
	other := clerk.hire("沈知秋", "shen", org.Clerk)
	leader := clerk.hire("顾海川", "gu", org.Approver)
	plan := clerk.imported(leaflet)
	tasks := "/office/plans/" + plan + "/tasks"
	file := clerk.download(tasks + ".xlsx")
	item := "/office/plans/" + plan + "/items/" + between(clerk.get("/office/plans/"+plan, 200)[strings.Index(clerk.get("/office/plans/"+plan, 200), "送书下乡"):], "/items/", `"`)[:13]
	other.post(item, 200, "title", "送书到镇", "period", "month")
	page := clerk.upload(tasks+"/import", 200, "表.xlsx", edited(clerk, file, "送书下乡", "送书到村"))
	clerk.wants(page, "两边都改了", "送书下乡", "送书到镇", "送书到村", "别人也改了")
	if tickedBox.MatchString(page) {
		t.Error("a clash is ticked of itself")
	}
	sent := append(taken(page), "take", openBox.FindStringSubmatch(page)[1])
	other.post(item, 200, "title", "送书到户", "period", "month")
	page = clerk.post(tasks+"/import/take", 409, sent...)
	clerk.wants(page, "沈知秋", "送书到户", "送书到村")
	sent = append(taken(page), "told", between(page, `name="told" value="`, `"`))
	clerk.wants(clerk.post(tasks+"/import/take", 200, sent...), "送书到村")
	leader.get(tasks+"/import", 403)
	leader.post(tasks+"/import/take", 403, sent...)
	leader.post(tasks+"/import", 403, "cells", "任务\t牵头单位\r\n送书到村\t市图书馆")
	leader.get(tasks+"/columns", 200)
}

// A table alone is a plan, and comes back as one too; the columns are whose they are.
func TestTaskTableOfTable(t *testing.T) {
	h := open(t)
	clerk := h.found()
	other := clerk.hire("沈知秋", "shen", org.Clerk)
	page := clerk.upload("/office/plans/new", 200, "分工方案.xlsx", excelFile(t, "任务", taskRows...))
	plan := planAddress.FindStringSubmatch(page)[1]
	tasks := "/office/plans/" + plan + "/tasks"
	clerk.wants(clerk.upload(tasks+"/import", 200, "表.xlsx", clerk.download(tasks+".xlsx")), "没有改动")
	clerk.wants(clerk.upload(tasks+"/import", 200, "表.docx", clerk.download(tasks+".docx")), "没有改动")

	page = clerk.post(tasks+"/columns", 422, "task", "1", "due", "最后")
	clerk.wants(page, "请填第几列", `value="最后"`)
	clerk.wants(clerk.post(tasks+"/columns", 422, "task", "1"), "请至少选两列")
	columns := url.Values{"due": {"1"}, "lead": {"3"}, "task": {"2"}, "tags": {"4"}}
	var pairs []string
	for name, value := range columns {
		pairs = append(pairs, name, value[0])
	}
	clerk.post(tasks+"/columns", 200, pairs...)
	file := clerk.download(tasks + ".xlsx")
	if rows := string(mustRows(clerk, file)); !strings.Contains(rows, "[时限 任务 牵头单位 专题 编号]") {
		t.Errorf("columns %s", rows)
	}
	if rows := string(mustRows(clerk, other.download(tasks+".xlsx"))); !strings.Contains(rows, "[序号 任务 措施 目标 ") {
		t.Errorf("columns of another: %s", rows)
	}
	clerk.wants(clerk.get(tasks+"/columns", 200), `name="lead" type="number" value="3"`)
	page = clerk.upload(tasks+"/import", 200, "表.xlsx", edited(clerk, file, "市图书馆", "市文化馆", "2011年12月31日前", "2011年10月底前"))
	clerk.wants(page, "改了 2 格", "市文化馆", "2011年10月底前")
	clerk.post(tasks+"/import/take", 200, taken(page)...)
	clerk.wants(string(mustRows(clerk, clerk.download(tasks+".xlsx"))), "2011年10月31日前 送书下乡 市文化馆")
	clerk.post(tasks+"/columns", 200, "usual", "1")
	if rows := string(mustRows(clerk, clerk.download(tasks+".xlsx"))); !strings.Contains(rows, "[序号 任务 措施 目标 ") {
		t.Errorf("the usual columns: %s", rows)
	}
}

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/web"
	"luoshi/internal/web/office"
	"luoshi/org"

	"github.com/xuri/excelize/v2"
)

// wordFile is a Word document of a title and a table, whose cells may hold lines.
func wordFile(t *testing.T, title string, rows ...[]string) []byte {
	t.Helper()
	paragraph := func(s string) string {
		return `<w:p><w:r><w:t xml:space="preserve">` + html.EscapeString(s) + `</w:t></w:r></w:p>`
	}
	body := paragraph(title) + `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见的话</w:t></w:r></w:p><w:tbl><w:tblPr/><w:tblGrid/>`
	for _, row := range rows {
		body += "<w:tr>"
		for _, cell := range row {
			body += "<w:tc>"
			for _, line := range strings.Split(cell, "\n") {
				body += paragraph(line)
			}
			body += "</w:tc>"
		}
		body += "</w:tr>"
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	f, err := z.Create("word/document.xml")
	if err == nil {
		_, err = f.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:tbl><w:p/><w:sectPr/></w:body></w:document>`))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func excelFile(t *testing.T, sheet string, rows ...[]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	err := f.SetSheetName("Sheet1", sheet)
	for i, row := range rows {
		if err == nil {
			err = f.SetSheetRow(sheet, fmt.Sprintf("B%d", i+2), &row)
		}
	}
	var out bytes.Buffer
	if err == nil {
		err = f.Write(&out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var taskRows = [][]string{
	{"序号", "工作任务", "具体措施", "牵头单位", "备注", "完成时限"},
	{"1", "送书下乡", "完成送图书3000册到农村\n每村一箱", "市图书馆", "甲", "2011年12月底前"},
	{"2", "夜间开放", "各馆开放100场", "市文化馆", "乙", "2011年11月底前"},
}

// upload sends the form of an import with a file.
func (p *person) upload(path string, status int, name string, content []byte, pairs ...string) string {
	p.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	command := web.NewCommand()
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == "command" {
			command = pairs[i+1]
		} else {
			p.must(w.WriteField(pairs[i], pairs[i+1]))
		}
	}
	p.must(w.WriteField("command", command))
	part, err := w.CreateFormFile("file", name)
	p.must(err)
	_, err = part.Write(content)
	p.must(err)
	p.must(w.Close())
	r, err := http.NewRequest("POST", p.server.URL+path, &body)
	p.must(err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	got, page, _ := p.send(r)
	if got != status {
		p.Fatalf("POST %s: %d, want %d\n%s", path, got, status, plain(page))
	}
	return page
}

func (p *person) lacks(page string, words ...string) {
	p.Helper()
	for _, w := range words {
		if strings.Contains(html.UnescapeString(page), w) {
			p.Errorf("%q is on the page: %s", w, plain(page))
		}
	}
}

func TestUploadOfWordAndExcel(t *testing.T) {
	h := open(t)
	clerk := h.found()
	page := clerk.upload("/office/plans/new", 200, "分工方案.docx", wordFile(t, "安澜市读书方案", taskRows...))
	clerk.wants(page, "安澜市读书方案", "分工方案.docx", "读这个文件的时候", "隐藏的文字没有读入。", "表格是这样读的", "3,000 册",
		"表格 第2行 C列", "牵头 市图书馆", `<div class="slot" data-l="工作任务" data-at="`, "列读得不对")
	clerk.lacks(page, "看不见的话", "工作表")
	english := clerk.get("/en/office/plans/"+planAddress.FindStringSubmatch(page)[1], 200)
	clerk.wants(english, "Hidden text was left out", "table, row 2, column C", "How the tables were read", "→ Lead unit", "→ Not read")
	clerk.lacks(english, "隐藏的文字没有读入", "→ 牵头单位")

	page = clerk.upload("/en/office/plans/new", 200, "tasks.xlsx", excelFile(t, "任务分解", taskRows...))
	clerk.wants(page, "sheet “任务分解”, row 3, column D", "3,000 册", "→ Due")
	clerk.lacks(page, "When this file was read", "@")

	page = clerk.upload("/office/plans/new", 200, "任务.csv", []byte("序号,任务,牵头单位,时限\n1,送图书3000册到农村,市图书馆,2011年12月底前\n"))
	clerk.wants(page, "任务", "3,000 册", "表格 第2行 B列")
}

// A file that cannot be read is refused on the form, where all else still stands.
func TestRejectedUpload(t *testing.T) {
	h := open(t)
	clerk := h.found()
	picture := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	page := clerk.upload("/office/plans/new", 422, "扫描件.png", picture, "text", "贴了一半的话")
	clerk.wants(page, "这是图片或扫描件", "刚才选的是“扫描件.png”。浏览器不替您留着文件，要再选一次。", "贴了一半的话", `href="#file"`)
	english := clerk.upload("/en/office/plans/new", 422, "scan.png", picture, "text", "half")
	clerk.wants(english, "You had chosen “scan.png”", ">\nhalf</textarea>")
	if words := frameWords(english); han.MatchString(words) {
		t.Errorf("Chinese in the frame: %s", words)
	}
	clerk.wants(clerk.upload("/office/plans/new", 422, "空.txt", []byte(" \n")), "文件里没有文字", `href="#file"`)
	clerk.wants(clerk.post("/office/plans/new", 422, "text", "没有编号也没有数的一句话"), "没有读出任何一条任务", "没有编号也没有数的一句话", `href="#text"`)
	clerk.lacks(clerk.get("/office/", 200), "扫描件")
}

func TestReadAgainWithOtherColumns(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("顾海川", "gu", org.Approver)
	page := clerk.upload("/office/plans/new", 200, "分工方案.docx", wordFile(t, "安澜市读书方案", taskRows...))
	plan := planAddress.FindStringSubmatch(page)[1]
	form := clerk.get("/office/plans/"+plan+"/columns", 200)
	clerk.wants(form, "按这样重读", "“具体措施”这一列", "例如“夜间开放”", `<option value="lead" selected>牵头单位</option>`, "答了 0 问")
	clerk.wants(clerk.get("/en/office/plans/"+plan+"/columns", 200), "Read it again like this", "For example", `<option value="" selected>Not read</option>`)

	wrong := clerk.post("/office/plans/"+plan+"/columns", 422, "t1c2", "task", "t1c3", "task")
	clerk.wants(wrong, "一张表只能有一列是“任务”", `href="#t1c3"`)
	clerk.wants(clerk.post("/office/plans/"+plan+"/columns", 422, "t1c2", "", "t1c3", "", "t1c1", ""), "一条任务也读不出来")

	command := web.NewCommand()
	again := []string{"command", command, "t1c2", "measure", "t1c3", "task", "t1c4", "cooperating", "t1c5", "lead"}
	page = clerk.post("/office/plans/"+plan+"/columns", 200, again...)
	clerk.wants(page, "配合 市图书馆", "牵头 甲", "→ 配合单位")
	item := between(page, `id="i-`, `"`)
	if same := between(clerk.post("/office/plans/"+plan+"/columns", 200, again...), `id="i-`, `"`); same != item {
		t.Error("the same form twice read the plan twice")
	}
	clerk.wants(clerk.post("/office/plans/"+plan+"/columns", 409, "command", command, "t1c2", "task", "t1c3", "measure"), "这张表已经交过一次", "“工作任务”这一列")

	leader.post("/office/plans/"+plan+"/columns", 403, "t1c1", "")
	leader.lacks(leader.get("/office/plans/"+plan, 200), "列读得不对")
	clerk.get("/office/plans/"+clerk.imported(leaflet)+"/columns", 404)
	clerk.answered(plan)
	clerk.post("/office/plans/"+plan+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08")
	clerk.post("/office/plans/"+plan+"/columns", 409, "t1c1", "")
	clerk.lacks(clerk.get("/office/plans/"+plan, 200), "列读得不对", "给起草人的建议")
	clerk.get("/office/plans/"+plan+"/advice", 409)
}

// What can be taken home is what stands in the draft, not what was read.
func TestTaskTableOfDraft(t *testing.T) {
	h := open(t)
	clerk := h.found()
	plan := clerk.imported(strings.Replace(leaflet, "安澜市图书馆服务月方案", "安澜市“图书馆”服务月/方案", 1))
	review := clerk.get("/office/plans/"+plan, 200)
	target := ""
	for _, link := range strings.Split(review, `href="`) {
		if path, _, _ := strings.Cut(link, `"`); strings.Contains(path, "/targets/") && !strings.HasSuffix(path, "/new") && !strings.HasSuffix(path, "/remove") {
			target = path
		}
	}
	clerk.post(target, 200, "indicator", "送书到村", "bound", "ge", "value", "3200", "unit", "册", "aggregate", "sum", "hardness", "hard", "deadline", "2011-11-30")
	clerk.post(strings.Split(target, "/targets/")[0], 200, "title", "送书下乡", "lead", "市图书馆", "period", "month")
	get := func(path string) (body, disposition string) {
		r, err := http.NewRequest("GET", h.server.URL+path, nil)
		h.must(err)
		status, body, answer := clerk.send(r)
		if status != 200 || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, status, answer.Header)
		}
		return body, answer.Header.Get("Content-Disposition")
	}
	content, disposition := get("/office/plans/" + plan + "/tasks.xlsx")
	if want := `attachment; filename="tasks.xlsx"; filename*=UTF-8''` + url.PathEscape("任务分解表-安澜市“图书馆”服务月方案.xlsx"); disposition != want {
		t.Errorf("%s\nwant %s", disposition, want)
	}
	book, err := excelize.OpenReader(strings.NewReader(content))
	h.must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	h.must(err)
	all := fmt.Sprint(rows)
	for _, want := range []string{"送书到村 ≥ 3,200 册", "市图书馆", "2011年11月30日前", "送书下乡"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in the table: %s", want, all)
		}
	}
	if strings.Contains(all, "3,000") || strings.Contains(all, "让读书的人更方便") {
		t.Errorf("what does not stand in the draft: %s", all)
	}
	if content, _ = get("/en/office/plans/" + plan + "/tasks.docx"); !strings.HasPrefix(content, "PK") {
		t.Errorf("%.20q is no Word file", content)
	}
	if content, disposition = get("/office/plans/" + plan + "/tasks.ics"); !strings.Contains(content, "DTSTART;VALUE=DATE:20111130") || !strings.Contains(disposition, url.PathEscape("日历-安澜市")) {
		t.Errorf("%s %s", disposition, content)
	}
	clerk.wants(review, "/office/plans/"+plan+"/tasks.xlsx", "/office/plans/"+plan+"/tasks.docx", "/office/plans/"+plan+"/tasks.ics")
}

func TestAdvice(t *testing.T) {
	h := open(t)
	clerk := h.found()
	plan := clerk.imported(leaflet + "三、还有一条\n适时开展检查，确保取得实效。\n")
	page := clerk.get("/office/plans/"+plan+"/advice", 200)
	clerk.wants(page, "给起草人的建议", "说不清", `#n-`)
	english := clerk.get("/en/office/plans/"+plan+"/advice", 200)
	clerk.wants(english, "Advice for the author", "Contradictions")
	if words := frameWords(english); han.MatchString(words) {
		t.Errorf("Chinese in the frame: %s", han.FindAllString(words, 9))
	}
	clerk.wants(clerk.get("/office/plans/"+plan, 200), "/office/plans/"+plan+"/advice")
}

// No address of the office shows a stranger a word of a plan.
func TestNoOfficeAddressIsOpen(t *testing.T) {
	h := open(t)
	clerk := h.found()
	page := clerk.upload("/office/plans/new", 200, "分工方案.docx", wordFile(t, "安澜市读书方案", taskRows...))
	plan := planAddress.FindStringSubmatch(page)[1]
	item := between(page, `id="i-`, `"`)
	stranger := h.stranger()
	walked := 0
	for _, pattern := range office.Routes() {
		method, path, _ := strings.Cut(pattern, " ")
		path = strings.NewReplacer("{$}", "", "{plan}", plan, "{item}", item).Replace(path)
		path = placeholder.ReplaceAllString(path, "0000000000001")
		if slices.Contains([]string{"/office/sign-in", "/office/slip", "/office/pin", "/office/link/0000000000001", "/office/feed/0000000000001"}, path) || strings.HasPrefix(path, "/office/static/") {
			continue
		}
		r, err := http.NewRequest(method, h.server.URL+path, nil)
		h.must(err)
		status, body, answer := stranger.send(r)
		walked++
		if status != http.StatusUnauthorized || strings.Contains(body, "读书") || answer.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s: %d %s", pattern, status, plain(body))
		}
	}
	if walked < 40 {
		t.Errorf("only %d addresses", walked)
	}
}

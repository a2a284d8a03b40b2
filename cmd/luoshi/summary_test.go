package main

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"luoshi/org"

	"github.com/xuri/excelize/v2"
)

var (
	shortenLink = regexp.MustCompile(`href="(/office/plans/[0-9A-Z]{13}/summary/items/[^"]+)"`)
	issuedLink  = regexp.MustCompile(`/office/plans/[0-9A-Z]{13}/summaries/[0-9A-Z]{13}`)
	sawField    = regexp.MustCompile(`name="saw" value="([0-9a-f]+)"`)
)

// A month from the page of progress to the printed edition, in both files.
func TestSummaryOfAMonth(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	h.unitsOf(boss)
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	library := h.employ(boss, "市图书馆", "陆小北", "lu", org.Reporter)
	plan := clerk.forced(guide)
	clerk.post("/office/plans/"+plan+"/owners/propose", 200)
	at := "/office/plans/" + plan
	keys := reportField.FindAllStringSubmatch(library.get("/office/progress", 200), -1)
	key := keys[0][1] + "-" + keys[0][2]
	library.post("/office/progress", 200, "state-"+key, "blocked", "done-"+key, "=HYPERLINK(\"http://x\")送了 900 册", "difficulty-"+key, "车坏了", "need-"+key, "修车的钱", "need_from-"+key, "财务处")
	h.now = h.now.AddDate(0, 1, 3) // 11 September

	clerk.wants(clerk.get(at+"/progress?period=2011-08", 200), "汇总这一期", "只看一部分")
	clerk.wants(plain(clerk.get(at+"/progress?period=2011-08&state=blocked", 200)), "车坏了", "看全部")
	if page := plain(clerk.get(at+"/progress?period=2011-08&state=missing", 200)); strings.Contains(page, "车坏了") {
		t.Error("what was not chosen is shown")
	}
	page := clerk.get(at+"/summary?period=2011-08", 200)
	clerk.wants(plain(page), "落实情况月报", "受阻的和需要协调的", "需要财务处：修车的钱", "没有报的", "2011年9月6日起", "附件：进展汇总表")
	clerk.wants(plain(clerk.get("/en"+at+"/summary?period=2011-08", 200)), "Monthly report", "needed from 财务处")
	leader.get(at+"/summary/introduction?period=2011-08", 403)
	if strings.Contains(leader.get(at+"/summary?period=2011-08", 200), "写短一些") {
		t.Error("who may not write is offered to")
	}
	clerk.wants(clerk.post(at+"/summary/introduction", 200, "period", "2011-08", "introduction", "八月开了头。"), "八月开了头。")
	link := strings.ReplaceAll(shortenLink.FindStringSubmatch(page)[1], "&amp;", "&")
	clerk.wants(clerk.get(link, 200), "单位的原话", "=HYPERLINK")
	path, query, _ := strings.Cut(link, "?")
	q, err := url.ParseQuery(query)
	h.must(err)
	sent := []string{"done", "送了 900 册", "difficulty", "车坏了", "need", "修车的钱"}
	for name := range q {
		sent = append(sent, name, q.Get(name))
	}
	clerk.wants(plain(clerk.post(path, 200, sent...)), "单位的原话没有动", "局办公室写短了。市图书馆 的原话")
	long := append([]string{}, sent...)
	long[3] = "车坏了，而且坏得很厉害"
	clerk.wants(clerk.post(path, 422, long...), "这里只能写短")

	saw := sawField.FindStringSubmatch(clerk.get(at+"/summary/issue?period=2011-08", 200))[1]
	leader.post(at+"/summary/issue", 403, "period", "2011-08", "saw", saw)
	clerk.wants(clerk.post(at+"/summary/issue", 409, "period", "2011-08", "saw", "0011"), "您看的时候又有单位报了")
	command := []string{"command", "", "period", "2011-08", "saw", saw}
	command[1] = between(clerk.get(at+"/summary/issue?period=2011-08", 200), `name="command" value="`, `"`)
	clerk.wants(clerk.post(at+"/summary/issue", 200, command...), "〔2011〕第1期", "定稿了")
	clerk.wants(clerk.post(at+"/summary/issue", 200, command...), "〔2011〕第1期") // sent again, it is done once
	list := leader.get(at+"/summaries", 200)
	leader.wants(plain(list), "月报〔2011〕第1期")
	editions := issuedLink.FindAllString(list, -1)
	if n := strings.Count(plain(list), "第1期") + strings.Count(plain(list), "第2期"); n != 1 {
		t.Errorf("%d editions", n)
	}
	library.get(editions[0], 403)

	// Afterwards the unit says it anew: the edition stays, and the next tells it.
	library.post("/office/progress?period=2011-08", 200, "period-"+key, "2011-08", "state-"+key, "under_way", "done-"+key, "车修好了，又送")
	docx := clerk.get(editions[0]+"/report.docx", 200)
	xml := unzipped(t, docx)
	for _, w := range []string{"八月开了头。", "〔2011〕第1期", "送了 900 册", "车坏了", `w:orient="landscape"`} {
		if !strings.Contains(strings.ReplaceAll(xml, "\u00a0", " "), w) {
			t.Errorf("the edition does not say %q", w)
		}
	}
	if strings.Contains(xml, "车修好了") || strings.Contains(xml, "HYPERLINK") {
		t.Error("the edition changed")
	}
	x, err := excelize.OpenReader(strings.NewReader(clerk.get(at+"/summary/table.xlsx?period=2011-09", 200)))
	h.must(err)
	defer x.Close()
	rows, err := x.GetRows("汇总表")
	h.must(err)
	said := ""
	for _, r := range rows {
		said += strings.Join(r, "|") + "\n"
	}
	for _, w := range []string{"序号|任务|单位|哪一期", "以前各期的调整", "原来是受阻“=HYPERLINK"} {
		if !strings.Contains(said, w) {
			t.Errorf("the table does not say %q: %s", w, said)
		}
	}
	for _, cell := range []string{"F3", "F4", "F5"} {
		if formula, err := x.GetCellFormula("汇总表", cell); err != nil || formula != "" {
			t.Errorf("%s is a formula: %q %v", cell, formula, err)
		}
	}

	// A full export holds the edition, held to its entry.
	out := filepath.Join(t.TempDir(), "out")
	h.must(exportCommand{place: place{Data: h.path}, Out: out}.Run(terminal{out: discard{}, err: discard{}}))
	editionFiles, _ := filepath.Glob(filepath.Join(out, "summaries", "*.json"))
	if len(editionFiles) != 1 {
		t.Fatalf("%v", editionFiles)
	}
	if err := (verifyCommand{Folder: out}).Run(terminal{out: discard{}, err: discard{}}); err != exitError(exitNotAnchored) {
		t.Errorf("%v", err)
	}
}

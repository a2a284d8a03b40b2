package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/org"
)

var (
	targetForm    = regexp.MustCompile(`href="(/office/plans/[0-9A-Z]{13}/items/([0-9A-Z]{13})/targets/[0-9A-Z]{13})"`)
	milestoneForm = regexp.MustCompile(`href="(/office/plans/[0-9A-Z]{13}/items/[0-9A-Z]{13}/milestones/[0-9A-Z]{13})"`)
)

// standsIn gives the fields of a form as they stand, to be sent with others.
func standsIn(page string) (pairs []string) {
	for _, m := range regexp.MustCompile(`<input[^>]* name="([a-z_]+)" type="(?:text|date)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		pairs = append(pairs, m[1], m[2])
	}
	for _, m := range regexp.MustCompile(`(?s)<select[^>]* name="([a-z_]+)".*?</select>`).FindAllStringSubmatch(page, -1) {
		if chosen := regexp.MustCompile(`value="([^"]*)" selected`).FindStringSubmatch(m[0]); chosen != nil {
			pairs = append(pairs, m[1], chosen[1])
		}
	}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="(amends|change|saw|told)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		pairs = append(pairs, m[1], m[2])
	}
	return pairs
}

// changed sends the form at an address with some fields otherwise.
func (p *person) changed(path string, status int, pairs ...string) string {
	p.Helper()
	fields := map[string]string{}
	stands := standsIn(p.get(path, 200))
	for _, all := range [][]string{stands, pairs} {
		for i := 0; i < len(all); i += 2 {
			fields[all[i]] = all[i+1]
		}
	}
	var sent []string
	for name, value := range fields {
		sent = append(sent, name, value)
	}
	return p.post(path, status, sent...)
}

// hides fails where a page shows words.
func (p *person) hides(page string, words ...string) {
	p.Helper()
	for _, w := range words {
		if strings.Contains(plain(page), w) {
			p.Errorf("the page shows %q", w)
		}
	}
}

// The office keeps a plan in force true: errata and re-plans, each with what stood
// before, for everybody to see and to recount.
func TestPlanInForceIsKeptTrue(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("顾海川", "gu", org.Approver)
	plan := clerk.imported(leaflet)
	clerk.post("/office/plans/"+plan+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08")
	leader.published(plan, 0)
	review := clerk.get("/office/plans/"+plan, 200)
	clerk.wants(review, "勘误：文件没有变", "勘误或调整", "去掉或取消", "现在答")
	leader.hides(leader.get("/office/plans/"+plan, 200), "勘误或调整", "漏读的，补上")
	form := targetForm.FindStringSubmatch(review)
	path, item := form[1], form[2]

	clerk.wants(clerk.get(path, 200), "是勘误还是调整", "批准人或会议")
	clerk.wants(clerk.changed(path, 422, "value", "3200", "cause", "看错了一行"), "请先选：是勘误，还是调整", "看错了一行", `value="3200"`)
	clerk.wants(clerk.changed(path, 422, "value", "2500", "change", "replan", "cause", "经费减了"), "批准人或会议")
	clerk.wants(clerk.changed(path, 422, "value", "2500", "change", "replan", "cause", "经费减了", "approved_by", "办公会", "approved_day", "四月"), "日期读不懂")

	h.now = h.now.Add(24 * time.Hour)
	clerk.changed(path, 200, "value", "3200", "change", "erratum", "cause", "看错了一行")
	h.now = h.now.Add(24 * time.Hour)
	review = clerk.changed(path, 200, "value", "2500", "change", "replan", "cause", "购书经费减了", "approved_by", "局长办公会第九次", "approved_day", "2011-08-09", "basis", "安文〔2011〕40号")
	clerk.wants(review, "2,500", "原定", "3,200")
	milestone := milestoneForm.FindStringSubmatch(review)[1]
	clerk.wants(clerk.get(milestone+"/remove", 200), "去掉或取消", "以后可以恢复")
	review = clerk.post(milestone+"/remove", 200, "amends", "1", "change", "replan", "cause", "今年不办了", "approved_by", "局长办公会第九次", "approved_day", "2011-08-09")
	clerk.wants(review, "已经去掉或取消的", "调整：取消", "恢复")
	question := regexp.MustCompile(`href="(/office/plans/[0-9A-Z]{13}/questions/[0-9A-Z]{13})"`).FindStringSubmatch(review)[1]
	clerk.changed(question, 200, "choice", "0")

	clerk.wants(clerk.get("/office/plans/"+plan+"/changes?at=2011-08-08", 200), "一共改过 4 次", "局长办公会第九次", "方晓舟", "2011年8月8日的样子", "3,000")
	clerk.wants(clerk.get("/office/plans/"+plan+"/changes?at=2011-08-09", 200), "3,200 册")
	clerk.wants(clerk.get("/office/plans/"+plan+"/changes?at=x", 422), "日期读不懂")

	reader := h.stranger()
	page := reader.get("/plans/"+plan, 200)
	reader.wants(page, "原定", "3,200 册", "2,500 册", "取消了", "今年不办了", "启用以后改过的", "安文〔2011〕40号", "购书经费减了", "局办公室 · 信息岗")
	reader.hides(page, "局长办公会第九次", "方晓舟")
	was := reader.get("/plans/"+plan+"?at=2011-08-08", 200)
	reader.wants(was, "这是 2011年8月8日的样子", "3,000 册")
	reader.hides(was, "2,500", "取消了")
	reader.wants(reader.get("/plans/"+plan+"?at=x", 422), "日期读不懂")
	reader.wants(reader.get("/items/"+item, 200), "勘误", "3000", "看错了一行", "原定", "调整了“送书下乡”")
	reader.hides(reader.get("/items/"+item+"?at=2011-08-09", 200), "2,500 册")
	reader.wants(reader.get("/en/plans/"+plan, 200), "Originally", "cancelled", "Re-plan")
	data := reader.get("/data/plans/"+plan, 200)
	for _, words := range []string{`"change_kind":"replan"`, `"approved_day":"2011-08-09"`, `"original":{"revision":2`, `"field":"value","was":"3200","is":"2500"`} {
		if !strings.Contains(strings.ReplaceAll(data, " ", ""), words) {
			t.Errorf("the data lack %s: %s", words, data)
		}
	}
	if data := reader.get("/data/plans/"+plan+"?at=2011-08-08", 200); strings.Contains(data, "2500") {
		t.Error("the data of a past day tell what came later")
	}

	for kind, flags := range map[string][]string{"full": nil, "public": {"--public"}} {
		out := filepath.Join(t.TempDir(), kind)
		must(t, exitGood, append([]string{"export", "--data", h.path, out}, flags...)...)
		must(t, exitNotAnchored, "verify", out)
		changes, err := os.ReadFile(filepath.Join(out, "tables", "changes.csv"))
		h.must(err)
		if got := strings.Count(string(changes), "\n"); got != 5 || !strings.Contains(string(changes), "购书经费减了") || strings.Contains(string(changes), "局长办公会") {
			t.Errorf("%s: %s", kind, changes)
		}
	}
	clerk.changed(strings.TrimSuffix(milestone, "/remove")+"/restore", 200, "change", "erratum", "cause", "点错了")
	reader.hides(reader.get("/plans/"+plan+"?at=2011-08-11", 200), "已经去掉")
}

const leafletAnew = `安澜市图书馆服务月方案

一、指导思想
让读书的人更方便。
二、重点项目
1、延长开放时间。力争在年前完成夜间开放的准备工作。
2、送书下乡。2011年完成送图书3600册到农村。
3、建设分馆。2011年底前建成图书馆分馆5个。
三、工作要求
各馆的工作方案在9月23日之前报送局办公室。
2011年8月8日
`

var applyForm = regexp.MustCompile(`action="(/office/plans/[0-9A-Z]{13}/documents/[0-9A-Z]{13}/differences/(\d+)/apply)"`)

// A plan is issued anew: its differences are decided one by one on a page, and readers
// see the new document, the former one and what is not followed yet.
func TestReissuedOnThePages(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("顾海川", "gu", org.Approver)
	plan := clerk.forced(leaflet)
	leader.published(plan, 0)
	h.now = h.now.Add(24 * time.Hour)
	clerk.wants(clerk.get("/office/plans/"+plan, 200), "交重新印发的文件")
	leader.wants(leader.get("/office/plans/"+plan+"/reissue", 200), "您的职责里没有这一项")
	clerk.wants(clerk.post("/office/plans/"+plan+"/reissue", 422, "text", leaflet), "和方案现在的原文一样")
	page := clerk.post("/office/plans/"+plan+"/reissue", 200, "text", leafletAnew)
	clerk.wants(page, "3 处不同", "移动了", "数变了", "新增的", "收作方案的新一版", "什么都没有改")
	clerk.hides(page, "照改：")
	document := regexp.MustCompile(`/office/plans/[0-9A-Z]{13}/documents/[0-9A-Z]{13}`).FindString(page)
	reader := h.stranger()
	reader.hides(reader.get("/plans/"+plan, 200), "3600", "第 2 版")
	clerk.wants(clerk.changed(document+"/adopt", 422, "basis", "安文〔2011〕50号"), "批准人或会议")
	page = clerk.changed(document+"/adopt", 200, "approved_by", "局长办公会第十二次", "basis", "安文〔2011〕50号")
	clerk.wants(page, "已收作第 2 版", "还有 3 处没有定")
	// What it says anew is seen by nobody before another person made it public.
	before := reader.get("/plans/"+plan, 200)
	reader.wants(before, "原文是第 2 版", "3,000 册", "延长开放时间")
	reader.hides(before, "3600", "分馆", "新文件有")
	reader.hides(reader.get("/data/plans/"+plan, 200), "3600", "分馆")
	clerk.wants(clerk.get("/office/plans/"+plan, 200), "新一版原文还没有公开", "请另一位同事公开")
	leader.wants(leader.get("/office/plans/"+plan+"/publish", 200), "重新印发的原文里新写的话还没有公开")
	leader.release(plan)
	leader.hides(leader.get("/office/plans/"+plan, 200), "新一版原文还没有公开")
	reader.wants(reader.get("/plans/"+plan, 200), "3600册", "原文是第 2 版", "新文件有 3 处和方案不同", "3,000 册")
	reader.wants(reader.get("/plans/"+plan+"/documents/1", 200), "送图书3000册", "已经被重新印发的文件替换")
	reader.get("/plans/"+plan+"/documents/3", 404)

	forms := applyForm.FindAllStringSubmatch(page, -1)
	if len(forms) != 3 {
		t.Fatalf("%d forms", len(forms))
	}
	var number, added string
	for _, f := range forms {
		switch shown := plain(clerk.get(f[1], 200)); {
		case strings.Contains(shown, "数变了"):
			number = f[1]
		case strings.Contains(shown, "新增的"):
			added = f[1]
		}
	}
	clerk.wants(clerk.post(number, 200), "还有 2 处没有定", "照改了")
	clerk.wants(clerk.post(strings.TrimSuffix(added, "apply")+"decline", 422), "原因")
	page = clerk.post(strings.TrimSuffix(added, "apply")+"decline", 200, "reason", "明年再建")
	clerk.wants(page, "没有照改", "明年再建", "还有 1 处没有定")
	page = reader.get("/plans/"+plan, 200)
	reader.wants(page, "原定", "3,000 册", "3,600 册", "重新印发的文件这样写", "安文〔2011〕50号", "明年再建")
	reader.hides(page, "局长办公会第十二次")
	reader.wants(reader.get("/plans/"+plan+"?at=2011-08-08", 200), "送图书3000册", "3,000 册")
	reader.hides(reader.get("/plans/"+plan+"?at=2011-08-08", 200), "3600")
	clerk.post(added, 200)
	clerk.wants(clerk.get("/office/plans/"+plan, 200), "建设分馆")
	reader.hides(reader.get("/plans/"+plan, 200), "5 个") // a new item is internal
	for kind, flags := range map[string][]string{"full": nil, "public": {"--public"}} {
		out := filepath.Join(t.TempDir(), kind)
		must(t, exitGood, append([]string{"export", "--data", h.path, out}, flags...)...)
		must(t, exitNotAnchored, "verify", out)
		// Of the new document a clause is that of an item which is not public.
		texts, err := filepath.Glob(filepath.Join(out, "documents", "*.txt"))
		covered, errCovered := filepath.Glob(filepath.Join(out, "documents", "*.covered"))
		if hidden := len(flags); err != nil || errCovered != nil || len(texts) != 2-hidden || len(covered) != hidden {
			t.Errorf("%s: documents %v, %v", kind, texts, covered)
		}
	}
}

// The pages about a plan that changes are English where they should be.
func TestPagesOfChangesInEnglish(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("Gu", "gu", org.Approver)
	plan := clerk.forced(leaflet)
	items := leader.published(plan, 0)
	review := clerk.get("/office/plans/"+plan, 200)
	target, milestone := targetForm.FindStringSubmatch(review)[1], milestoneForm.FindStringSubmatch(review)[1]
	reason := []string{"change", "replan", "cause", "经费减了", "approved_by", "办公会", "approved_day", "2011-08-08"}
	clerk.changed(target, 200, append(reason, "value", "2500", "bound", "ge", "deadline", "2012-01-31")...)
	clerk.changed(milestone, 200, append(reason, "due", "2012-02-01")...)
	clerk.changed(strings.Split(target, "/targets")[0], 200, append(reason, "period", "quarter")...)
	clerk.post(milestone+"/remove", 200, append(reason, "amends", "1")...)
	page := clerk.post("/office/plans/"+plan+"/reissue", 200, "text", leafletAnew)
	document := regexp.MustCompile(`/office/plans/[0-9A-Z]{13}/documents/[0-9A-Z]{13}`).FindString(page)
	paths := []string{document, document + "/adopt", document + "/discard"}
	check := func(paths ...string) {
		t.Helper()
		for _, path := range paths {
			words := frameWords(clerk.get("/en"+path, 200))
			if found := han.FindAllString(words, 5); len(found) > 0 {
				t.Errorf("%s: Chinese in the frame: %q", path, found)
			}
		}
	}
	check(paths...)
	clerk.changed(document+"/adopt", 200, "approved_by", "办公会")
	clerk.post(document+"/differences/1/decline", 200, "reason", "不办")
	check("/office/plans/"+plan, "/office/plans/"+plan+"/changes?at=2011-08-08", "/office/plans/"+plan+"/reissue", target, target+"/remove", milestone+"/restore", document,
		document+"/differences/2/apply", document+"/differences/2/decline", "/plans/"+plan, "/plans/"+plan+"?at=2011-08-07", "/plans/"+plan+"/documents/1", "/ledger")
	for _, i := range items {
		check("/items/" + i)
	}
}

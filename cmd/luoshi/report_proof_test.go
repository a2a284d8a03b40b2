package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"luoshi/org"
)

var (
	fileLink     = regexp.MustCompile(`href="(/office/report-files/[0-9A-Z]{13})"`)
	removeLink   = regexp.MustCompile(`href="(/office/report-files/[0-9A-Z]{13}/remove\?[^"]+)"`)
	filesLink    = regexp.MustCompile(`href="(/office/report-files\?[^"]+)"`)
	reachLink    = regexp.MustCompile(`href="(/office/duties/[0-9A-Z]{13}/milestones/[0-9A-Z]{13}\?[^"]+)"`)
	stoneConfirm = regexp.MustCompile(`href="(/office/plans/[0-9A-Z]{13}/milestones/[0-9A-Z]{13}/confirm\?[^"]+)"`)
	signBox      = regexp.MustCompile(`name="sign" value="([^"]+)"`)
	backLink     = regexp.MustCompile(`href="(/office/sign/back\?[^"]+)"`)
)

// linked gives the address of the first link that a form finds on a page.
func (p *person) linked(form *regexp.Regexp, page string) string {
	p.Helper()
	m := form.FindStringSubmatch(page)
	if m == nil {
		p.Fatalf("no %s on the page: %s", form, plain(page))
	}
	return strings.ReplaceAll(m[1], "&amp;", "&")
}

// A report with its proof: signed by the head, with a file, and a milestone that is
// confirmed; nothing of it is public but that it was reached.
func TestReportsWithProof(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	units := h.unitsOf(boss)
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	reporter := h.employ(boss, "市图书馆", "陆小北", "lu", org.Reporter)
	head := h.employ(boss, "市图书馆", "邵文清", "shao", org.UnitHead)
	other := h.employ(boss, "公共文化处", "沈玉兰", "shen", org.UnitHead)
	plan := clerk.forced(guide)
	clerk.post("/office/plans/"+plan+"/owners/propose", 200)
	leader.published(plan, 0)

	// The head wants to sign; what the reporter sends waits, is given back, and is signed.
	signing := "/office/units/" + units["市图书馆"] + "/signing"
	reporter.get(signing, 403)
	other.get(signing, 403)
	head.wants(head.get("/office/units/"+units["市图书馆"], 200), "进展要不要负责人审签")
	head.post(signing, 200, "wanted", "1")
	keys := reportField.FindAllStringSubmatch(reporter.get("/office/progress", 200), -1)
	key := keys[0][1] + "-" + keys[0][2]
	reporter.wants(reporter.post("/office/progress", 200, "keep", "1", "state-"+key, "under_way", "done-"+key, "写了一半"), "存了，还没有交")
	reporter.wants(reporter.get("/office/progress", 200), "写了一半", "暂存的，还没有交", "本单位的进展要负责人审签")
	reporter.wants(reporter.post("/office/progress", 200, "state-"+key, "under_way", "done-"+key, "送了 900 册"), "等单位负责人审签")
	clerk.wants(plain(clerk.get("/office/plans/"+plan+"/progress?period=2011-08", 200)), "还没有报")
	reporter.get("/office/sign", 403)
	page := head.get("/office/sign", 200)
	head.wants(plain(page), "1 条等您审签", "送了 900 册", "2011年8月")
	head.wants(head.post(head.linked(backLink, page), 200, "unit", units["市图书馆"], "which", head.linked(signBox, page), "reason", "写清去了哪几个县"), "审签进展")
	reporter.wants(reporter.get("/office/progress", 200), "写清去了哪几个县", "送了 900 册")
	reporter.post("/office/progress", 200, "state-"+key, "under_way", "done-"+key, "送了 900 册，去了三个县")
	head.wants(head.post("/office/sign", 200, "unit", units["市图书馆"], "sign", head.linked(signBox, head.get("/office/sign", 200))), "签了")
	clerk.wants(plain(clerk.get("/office/plans/"+plan+"/progress?period=2011-08", 200)), "去了三个县")

	// A file: taken, read by who may, never by others, taken off.
	files := reporter.linked(filesLink, reporter.get("/office/progress", 200))
	pairs := []string{}
	for _, one := range strings.Split(strings.SplitN(files, "?", 2)[1], "&") {
		name, value, _ := strings.Cut(one, "=")
		pairs = append(pairs, name, value)
	}
	reporter.wants(reporter.upload("/office/report-files", 422, "empty.jpg", nil, pairs...), "还没有选文件")
	list := reporter.upload("/office/report-files", 200, "../签收单.jpg", []byte("机密的照片"), pairs...)
	reporter.wants(list, "签收单.jpg", "去掉")
	file := reporter.linked(fileLink, list)
	for _, p := range []*person{reporter, head, clerk, leader} {
		if got := p.get(file, 200); got != "机密的照片" {
			t.Errorf("%q", got)
		}
	}
	other.get(file, 403)
	h.stranger().get(file, 401)
	other.upload("/office/report-files", 403, "x.jpg", []byte("x"), pairs...)
	clerk.wants(clerk.get("/office/plans/"+plan+"/progress?period=2011-08", 200), "签收单.jpg")
	for range 4 {
		reporter.upload("/office/report-files", 200, "again.jpg", []byte("again"), pairs...)
	}
	reporter.wants(reporter.get(files, 200), "已经有 5 个附件了")
	reporter.upload("/office/report-files", 409, "sixth.jpg", []byte("6"), pairs...)
	removal := reporter.linked(removeLink, reporter.get(files, 200))
	if left := reporter.post(removal, 200, pairs...); strings.Count(left, "again.jpg")+strings.Count(left, "签收单.jpg") != 4 {
		t.Errorf("%s", plain(left))
	}

	// A milestone.
	page = head.get("/office/progress", 200)
	reach := head.linked(reachLink, page)
	head.wants(head.get(reach, 200), "哪天办到的")
	head.post(reach, 422, "unit", units["市图书馆"], "on", "2011-08-08")
	head.post(reach, 200, "unit", units["市图书馆"], "on", "2011-08-08", "proof", "机密的凭据")
	page = clerk.get("/office/plans/"+plan+"/progress", 200)
	clerk.wants(plain(page), "办到，待确认", "机密的凭据")
	reached := "2011年8月8日 办到了"
	public := "/plans/" + plan
	if strings.Contains(plain(h.stranger().get(public, 200)), reached) {
		t.Error("what is only proposed is public")
	}
	confirm := clerk.linked(stoneConfirm, page)
	leader.post(confirm, 403, "revision", "1")
	clerk.wants(clerk.post(confirm, 200, "revision", "1"), "方案页上写明这个节点办到了")
	clerk.wants(plain(clerk.get("/office/plans/"+plan, 200)), "办到了")
	for _, path := range []string{public, "/en" + public} {
		page := h.stranger().get(path, 200)
		if path == public {
			h.stranger().wants(plain(page), reached)
		}
		for _, inside := range []string{"机密", "签收单.jpg"} {
			if strings.Contains(page, inside) {
				t.Errorf("%s shows %q", path, inside)
			}
		}
	}
	h.stranger().wants(plain(h.stranger().get("/ledger", 200)), "的一个节点2011年8月8日办到了")

	clerk.wants(plain(clerk.get("/office/plans/"+plan+"/progress/grid?period=2011-08", 200)), "进展方格", "市图书馆", "推进中")
	item := strings.Split(key, "-")[0]
	clerk.wants(clerk.post("/office/plans/"+plan+"/progress/period", 200, "items", item, "every", "week"), "从下一次要报的那一期起算")
	clerk.wants(clerk.get("/office/plans/"+plan, 200), "每周报")

	// The full export holds the files, the public one does not; both stand.
	for _, public := range []bool{false, true} {
		out := filepath.Join(t.TempDir(), "out")
		h.must(exportCommand{place: place{Data: h.path}, Out: out, Public: public}.Run(terminal{out: discard{}, err: discard{}}))
		all, _ := filepath.Glob(filepath.Join(out, "attachments", "*.original"))
		if want := map[bool]int{false: 2, true: 0}[public]; len(all) != want {
			t.Errorf("%d files in an export, public %v", len(all), public)
		}
		var said strings.Builder
		if err := (verifyCommand{Folder: out}).Run(terminal{out: &said, err: &said}); err != exitError(exitNotAnchored) {
			t.Errorf("public %v: %v\n%s", public, err, said.String())
		}
		if !public {
			h.must(os.WriteFile(all[0], []byte("another"), 0o600))
			if err := (verifyCommand{Folder: out}).Run(terminal{out: discard{}, err: discard{}}); err != exitError(exitWanting) {
				t.Error("a file that was changed stands")
			}
		}
	}
}

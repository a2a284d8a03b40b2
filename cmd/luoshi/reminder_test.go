package main

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/internal/desk"
	"luoshi/internal/gateway"
	"luoshi/internal/job"
	"luoshi/internal/web"
	"luoshi/org"
	recorder "luoshi/tests/gateway"
)

var (
	owedBox    = regexp.MustCompile(`name="owed" value="([^"]+)"`)
	chasedPage = regexp.MustCompile(`/office/reminders/chases/([0-9A-Z]{13})`)
	shortLink  = regexp.MustCompile(`/office/r/(\d+)`)
)

// The office chases in every way, the unit opens and replies, and the list tells.
func TestChasingFromListToReply(t *testing.T) {
	h := open(t)
	admin := h.found()
	boss := h.administrator()
	units := h.unitsOf(boss)
	library := h.employ(boss, "市图书馆", "邵文清", "shao", org.UnitHead)
	culture := h.employ(boss, "公共文化处", "沈玉兰", "shen", org.UnitHead)
	leader := admin.hire("顾海川", "gu", org.Approver)
	clerk := h.chasable(boss)

	list := clerk.get("/office/reminders", 200)
	clerk.wants(plain(list), "未报的进展 2 件", "没有回话的任务", "没有催过", "短信、邮件和群机器人还没有接")
	if strings.Contains(plain(list), "送书下乡 2011年9月") {
		t.Error("what is not due yet stands among what is late")
	}
	var owed []string
	for _, box := range owedBox.FindAllStringSubmatch(clerk.get("/office/reminders?kind=report", 200), -1) {
		owed = append(owed, "owed", box[1])
	}
	if len(owed) != 4 {
		t.Fatalf("%v", owed)
	}
	leader.wants(leader.get("/office/reminders", 200), "送书下乡")
	leader.get("/office/reminders/new?owed="+owed[1], 403)
	culture.get("/office/reminders", 403)

	// A text for each unit, with what is wrong said first.
	clerk.wants(clerk.get("/office/reminders/new", 200), "还没有勾")
	clerk.wants(clerk.get("/office/reminders/new?channel=phone&owed="+owed[1], 200), `value="phone" checked`, "2011-09-20", "送书下乡")
	clerk.wants(clerk.post("/office/reminders/new", 422, append(owed, "channel", "copy", "by", "2011-09-01")...), "要回话的日子不能早于今天", "送书下乡")
	clerk.post("/office/reminders/new", 409, append(owed, "channel", "sms", "by", "2011-09-20")...)
	sent := append([]string{"command", web.NewCommand(), "channel", "copy", "by", "2011-09-20"}, owed...)
	texts := clerk.post("/office/reminders/new", 200, sent...)
	clerk.post("/office/reminders/new", 200, sent...) // sent again, it is done once
	clerk.wants(texts, "市图书馆：", "先请您说明情况，不是处分", "2011年9月20日以前", h.server.URL+"/office/r/")
	link := ""
	for _, m := range shortLink.FindAllStringSubmatch(texts, -1) {
		if page := plain(clerk.get(m[0], 200)); strings.Contains(page, "市图书馆：有") {
			link = m[0]
		}
	}
	// Whoever is not signed in is, and comes where the link leads.
	h.stranger().wants(h.stranger().get(link, 401), link)
	culture.get(link, 403)
	if !strings.Contains(plain(clerk.get("/office/reminders/sent", 200)), "没有打开") {
		t.Error("the office opened it")
	}
	library.wants(library.get(link, 200), "延长开放", "现在报", "/office/progress?period=2011-08")
	clerk.wants(plain(clerk.get("/office/reminders/sent?unit="+units["市图书馆"], 200)), "2011-09-15打开过")
	library.wants(library.post(link, 422, "reply", ""), "请填写回复")
	clerk.post(link, 403, "reply", "替他们回")
	library.wants(library.post(link, 200, "reply", "值班的人病了，周一报。"), "回复了")
	clerk.wants(plain(clerk.get("/office/reminders", 200)), "催过 1 次，最近 2011-09-15 文字，回了话", "值班的人病了，周一报。")

	library.wants(library.get("/office/r/", 200), "值班的人病了，周一报。")
	if page := culture.get("/office/r/", 200); strings.Contains(page, "值班的人病了") || !strings.Contains(page, "送书下乡") {
		t.Error("another unit reads the reply")
	}
	leader.get("/office/r/", 403)

	// Calls are ticked; slips have their numbers and a reply slip.
	calls := clerk.post("/office/reminders/new", 200, append(owed, "channel", "phone", "by", "2011-09-20")...)
	clerk.wants(plain(calls), "邵文清", "没有留电话", "打过了", "，2011-09-15 看过别的催办")
	call := regexp.MustCompile(`action="(/office/reminders/calls/\d+)"`).FindStringSubmatch(calls)
	clerk.wants(clerk.post(call[1], 200), "记下了", "打过了 2011-09-15")
	clerk.post(call[1], 409)
	slips := clerk.post("/office/reminders/new", 200, append(owed, "channel", "supervision_slip", "by", "2011-09-20")...)
	clerk.wants(slips, "督〔2011〕1号", "督〔2011〕2号")
	doc := unzipped(t, clerk.get(chasedPage.FindString(slips)+"/slips.docx", 200))
	for _, words := range []string{"安澜市文化局督办单", "督〔2011〕2号", "回　执", "先请说明情况，不是处分", "签发人", "市图书馆："} {
		if !strings.Contains(doc, words) {
			t.Errorf("%q is not in the slips", words)
		}
	}

	// An administrator connects a robot; its secret is shown to nobody.
	got := &recorder.Recorder{}
	server := httptest.NewServer(got)
	defer server.Close()
	clerk.get("/office/reminders/gateways", 403)
	admin.wants(admin.post("/office/reminders/gateways/robot", 422, "form", "chat_robot", "address", "robot", "secret", "hush"), "https://")
	admin.wants(admin.post("/office/reminders/gateways/robot", 200, "form", "chat_robot", "address", server.URL+"/send?key=hush"), "存下了")
	for _, page := range []string{admin.get("/office/reminders/gateways", 200), admin.get("/office/reminders/gateways/robot", 200)} {
		if strings.Contains(page, "hush") {
			t.Error("the secret is shown")
		}
	}
	admin.post("/office/reminders/gateways/robot/try", 200)
	clerk.post("/office/reminders/rules", 422, "channel", "robot", "most", "1", "quiet_from", "20:00", "quiet_to", "25", "address", "https://luoshi.example")
	clerk.post("/office/reminders/rules", 200, "channel", "robot", "most", "1", "quiet_from", "20:00", "quiet_to", "8:00", "after", "1 3 7", "on", "1", "address", "https://luoshi.example/")
	clerk.wants(clerk.get("/office/reminders", 200), "自动提醒：开着")
	w := job.NewWorker(desk.NewJobs(h.db, h.signer, h.city), time.Now, nil, nil)
	w.Reminding(h.office, gateway.Send)
	drain := func() {
		for more := true; more; {
			var err error
			more, err = w.One(t.Context())
			h.must(err)
		}
	}
	drain()
	admin.wants(admin.get("/office/reminders/gateways", 200), "通了")
	h.must(h.office.RemindByRules(t.Context()))
	h.must(h.office.RemindByRules(t.Context()))
	drain()
	clerk.wants(plain(clerk.post("/office/reminders/new", 200, append(owed, "channel", "robot", "by", "2011-09-20")...)), "今天已经发过了")
	drain()
	all := got.All()
	if len(all) != 2 {
		t.Fatalf("%d messages", len(all))
	}
	if said := string(all[1].Raw); !strings.Contains(said, "市图书馆：") || !strings.Contains(said, "https://luoshi.example/office/r/") || all[1].Query != "key=hush" {
		t.Errorf("%s %s", said, all[1].Query)
	}
	clerk.wants(plain(clerk.get("/en/office/reminders/sent", 200)), "group robot", "by rule, after the day", "supervision slip")
	library.post("/office/reminders/address", 422, "mail", "nobody")
	library.post("/office/reminders/address", 200, "mail", "shao@anlan.example")
	library.wants(library.get("/office/reminders/address", 200), "shao@anlan.example")
	h.verifies()
}

// unzipped gives the words of a document of Word.
func unzipped(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(file)), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

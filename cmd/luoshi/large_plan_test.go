package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/internal/web"
	"luoshi/org"
	"luoshi/tests/postgres"
)

// manyDuties is a plan of thirty parts with so many duties in all, each with a figure,
// a day and a party; every fifth can be read in two ways, and is asked about.
func manyDuties(duties int) string {
	var b strings.Builder
	b.WriteString("安澜市许多任务实施方案\n\n")
	numerals := []rune("一二三四五六七八九")
	for n := range duties {
		if n%50 == 0 {
			part := n/50 + 1
			counter := ""
			if part >= 10 {
				if part >= 20 {
					counter = string(numerals[part/10-1])
				}
				counter += "十"
			}
			if part%10 > 0 {
				counter += string(numerals[part%10-1])
			}
			fmt.Fprintf(&b, "%s、第%d方面的工作\n", counter, part)
		}
		fmt.Fprintf(&b, "%d.第%d项工作。2011年%d月%d日前完成送演出%d场，", n%50+1, n+1, 9+n%4, 1+n%28, 100+n)
		if n%5 == 0 {
			b.WriteString("年前办好一批村里的书屋，")
		}
		fmt.Fprintf(&b, "把书和演出送到每一个村。责任单位：市%s馆。", []string{"图书", "博物", "文化", "美术"}[n%4])
		if n%100 == 0 {
			b.WriteString("联系人：王小明，电话：84300128。")
		}
		b.WriteString("\n")
	}
	b.WriteString("2011年8月8日\n")
	return b.String()
}

// A page with hundreds of open questions asks for own words when they are wanted: first
// the choice, then the words.
func TestOwnWordsAmongManyQuestions(t *testing.T) {
	h := open(t)
	clerk := h.found()
	plan := "/office/plans/" + clerk.imported(manyDuties(220))
	page := clerk.get(plan, 200)
	questions := questionForm.FindAllStringSubmatch(page, -1)
	if len(questions) <= 200 || strings.Contains(page, `name="words"`) || !strings.Contains(page, `data-words="我来写"`) {
		t.Fatalf("%d questions: %s", len(questions), plain(page))
	}
	clerk.wants(clerk.post(questions[0][1], 422, "choice", "-1"), "您的说明", `name="words"`)
	clerk.wants(clerk.post(questions[0][1], 200, "choice", "-1", "words", "按文件办"), "按文件办")
	for _, q := range questions[1 : len(questions)-200] {
		clerk.post(q[1], 200, "choice", "0")
	}
	clerk.wants(clerk.get(plan, 200), "还剩 200 问", `name="words"`)
}

// largePlan is a draft of fifteen hundred duties that a clerk works on.
type largePlan struct {
	*person
	b      *testing.B
	leader *person
	plan   string // its address
	items  []string
}

func openLargePlan(b *testing.B) *largePlan {
	b.Helper()
	h := openOn(b, postgres.Fresh(b), 1)
	clerk := h.found()
	l := &largePlan{person: clerk, b: b, leader: clerk.hire("顾海川", "gu", org.Approver)}
	l.plan = "/office/plans/" + clerk.imported(manyDuties(1500))
	for _, box := range itemBox.FindAllStringSubmatch(clerk.get(l.plan, 200), -1) {
		l.items = append(l.items, box[1])
	}
	if len(l.items) != 1500 {
		b.Fatalf("%d items", len(l.items))
	}
	return l
}

// times measures an act, the whole of it from asking to the last byte, and says beside
// the mean also the fastest and the slowest in milliseconds.
func (l *largePlan) times(name string, once func(n int)) {
	l.b.Run(name, func(b *testing.B) {
		l.TB = b
		defer func() { l.TB = l.b }()
		var took []time.Duration
		for n := 0; b.Loop(); n++ {
			began := time.Now()
			once(n)
			took = append(took, time.Since(began))
		}
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		b.ReportMetric(ms(slices.Min(took)), "fastest-ms")
		b.ReportMetric(ms(slices.Max(took)), "slowest-ms")
	})
}

// part asks for an address as the script of the review page does.
func (l *largePlan) part(path string) string {
	l.Helper()
	r, err := http.NewRequest("GET", l.server.URL+path, nil)
	l.must(err)
	r.Header.Set("Luoshi-Part", "1")
	status, body, _ := l.send(r)
	if status != 200 {
		l.Fatalf("GET %s: %d\n%s", path, status, plain(body))
	}
	return body
}

// sendPart sends a form as the script does, and wants it saved.
func (l *largePlan) sendPart(path string, fields url.Values) {
	l.Helper()
	fields.Set("command", web.NewCommand())
	r, err := http.NewRequest("POST", l.server.URL+path, strings.NewReader(fields.Encode()))
	l.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Luoshi-Part", "1")
	if status, body, _ := l.send(r); status != http.StatusNoContent {
		l.Fatalf("POST %s: %d\n%s", path, status, plain(body))
	}
}

var (
	lastOfDraft = regexp.MustCompile(`data-last="(\d+)"`)
	nodeOfItem  = regexp.MustCompile(`data-node="(\d+)"`)
)

func (l *largePlan) last() string {
	l.Helper()
	return lastOfDraft.FindStringSubmatch(l.part(l.plan + "/parts?nodes="))[1]
}

// BenchmarkLargeDraft does to a draft of 1,500 items what a clerk does to it on the
// review page, over HTTP: go test ./cmd/luoshi -run '^$' -bench LargeDraft. On PostgreSQL:
// go run ./tests/postgres/with go test ./cmd/luoshi -run '^$' -bench LargeDraft.
func BenchmarkLargeDraft(b *testing.B) {
	l := openLargePlan(b)
	review := l.get(l.plan, 200)
	questions := questionForm.FindAllStringSubmatch(review, -1)
	nodes := nodeOfItem.FindAllStringSubmatch(review, -1)
	targets := targetForm.FindAllStringSubmatch(review, -1)
	b.Logf("a page of %d KB with %d clauses and %d open questions", len(review)>>10, len(nodes), len(questions))
	if len(questions) < 500 {
		b.Fatalf("%d questions", len(questions))
	}
	item := func(n int) string { return l.items[(n+700)%len(l.items)] }
	l.times("review", func(int) { l.get(l.plan, 200) })
	l.times("review-first-byte", func(int) {
		answer, err := l.client.Get(l.server.URL + l.plan)
		l.must(err)
		l.must(answer.Body.Close())
	})
	l.times("form", func(n int) { l.part(l.plan + "/items/" + item(n)) })
	last := l.last()
	l.times("edit-item", func(n int) {
		l.sendPart(l.plan+"/items/"+item(n), url.Values{"title": {fmt.Sprintf("改过的第%d项", n)}, "lead": {"市图书馆"}, "period": {"month"}, "saw": {last}})
	})
	l.times("edit-target", func(n int) {
		l.sendPart(targets[n%len(targets)][1], url.Values{"indicator": {"送演出"}, "value": {"77"}, "unit": {"场"}, "bound": {"ge"}, "hardness": {"hard"}, "aggregate": {"sum"}})
	})
	before := l.last()
	l.sendPart(l.plan+"/items/"+item(3), url.Values{"title": {"又改了"}, "period": {"year"}})
	l.times("steps", func(int) { l.part(l.plan + "/steps?after=" + before) })
	l.times("parts", func(n int) { l.part(l.plan + "/parts?nodes=" + nodes[(n+700)%len(nodes)][1]) })
	l.times("answer", func(n int) { l.sendPart(questions[n%len(questions)][1], url.Values{"choice": {"0"}}) })
	l.times("undo-redo", func(n int) { l.sendPart(l.plan+[]string{"/undo", "/redo"}[n%2], url.Values{}) })
	l.times("add-item", func(n int) {
		l.sendPart(l.plan+"/add/item", url.Values{"quote": {fmt.Sprintf("%d.第%d项工作", n%50+1, n+1)}, "period": {"month"}})
	})
	l.times("split", func(n int) {
		l.sendPart(l.plan+"/items/"+l.items[(n+1)%1500]+"/split", url.Values{"quote": {"把书和演出送到每一个村"}, "title": {"后半"}})
	})
	l.times("move", func(n int) {
		l.sendPart(l.plan+"/items/move", url.Values{"items": {item(n)}, "after": {l.items[100]}, "under": {"-1"}})
	})
	l.times("set-100", func(n int) {
		l.sendPart(l.plan+"/items/set", url.Values{"items": l.items[200:300], "lead": {fmt.Sprintf("第%d单位", n)}, "period": {"-"}, "project": {"-"}})
	})
	l.times("set-100-days", func(n int) {
		l.sendPart(l.plan+"/items/set", url.Values{"items": l.items[200:300], "period": {"-"}, "project": {"-"}, "due_all": {"1"}, "due": {fmt.Sprintf("2011-11-%02d", 1+n%30)}})
	})
	l.times("set-100-form", func(int) { l.part(l.plan + "/items/set?" + url.Values{"items": l.items[200:300]}.Encode()) })
	l.times("question-list", func(int) { l.get(l.plan+"/questions", 200) })
	l.times("burden", func(int) { l.get(l.plan+"/burden", 200) })
	l.times("advice", func(int) { l.get(l.plan+"/advice", 200) })
	l.times("xlsx", func(int) { l.get(l.plan+"/tasks.xlsx", 200) })
	l.times("docx", func(int) { l.get(l.plan+"/tasks.docx", 200) })
	sheet := edited(l.person, l.download(l.plan+"/tasks.xlsx"), "第3项工作", "第三项", "第1203项工作", "另一项")
	l.times("import", func(int) { l.wants(l.upload(l.plan+"/tasks/import", 200, "表.xlsx", sheet), "改了 2 格") })
	l.times("force-form", func(int) { l.get(l.plan+"/force", 200) })
}

// BenchmarkLargePublicPlan asks for a plan in force with 1,500 items and amends it.
func BenchmarkLargePublicPlan(b *testing.B) {
	l := openLargePlan(b)
	l.times("force", func(n int) {
		if n == 0 {
			l.post(l.plan+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08", "number", "安文〔2011〕28号")
		}
	})
	key := strings.TrimPrefix(l.plan, "/office/plans/")
	l.times("publish-form", func(int) { l.leader.get(l.plan+"/publish", 200) })
	began := time.Now()
	l.leader.published(key, 100)
	b.Logf("chosen, previewed and published in %v", time.Since(began))
	l.times("review", func(int) { l.get(l.plan, 200) })
	visitor := l.stranger()
	l.times("public-page", func(int) { visitor.get("/plans/"+key, 200) })
	l.times("public-item", func(n int) { visitor.get("/items/"+l.items[n%1500], 200) })
	targets := targetForm.FindAllStringSubmatch(l.get(l.plan, 200), -1)
	l.times("erratum-form", func(n int) { l.get(targets[n%len(targets)][1], 200) })
	form := standsIn(l.get(l.plan+"/items/"+l.items[0], 200))
	l.times("erratum-item", func(n int) {
		fields := url.Values{}
		for i := 0; i < len(form); i += 2 {
			fields.Set(form[i], form[i+1])
		}
		fields.Set("title", fmt.Sprintf("勘误第%d项", n))
		fields.Set("change", "erratum")
		fields.Set("cause", "看错了一行")
		fields.Set("amends", "erratum")
		l.sendPart(l.plan+"/items/"+l.items[n%1500], fields)
	})
	l.times("public-page-amended", func(int) { visitor.get("/plans/"+key, 200) })
	l.times("review-amended", func(int) { l.get(l.plan, 200) })
	l.times("changes", func(int) { l.get(l.plan+"/changes", 200) })
	l.times("data", func(int) { visitor.get("/data/plans/"+key, 200) })
}

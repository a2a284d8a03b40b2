package main

import (
	"html"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/web"
	"luoshi/org"
)

// An order goes from the pasted sentence to the task table, and to the public only by hand.
func TestAddedOrders(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("沈知白", "shen", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	const words = "请公共文化处抓紧修好站屋顶，年底以前办完。"
	order := []string{"kind", "instruction", "words", words, "giver", "局长", "given", "2011-08-08", "title", "修好乡镇站屋顶",
		"lead", "公共文化处", "cooperating", "财务处", "due", "2011-12-31", "proof", "验收单", "period", "month", "tags", "惠民"}

	draft := clerk.imported(leaflet)
	clerk.wants(clerk.get("/office/plans/"+draft+"/orders/new", 200), "先启用，再添")
	clerk.post("/office/plans/"+draft+"/orders/new", 409, order...)

	plan := clerk.forced(leaflet)
	orders := "/office/plans/" + plan + "/orders"
	clerk.wants(clerk.get("/office/plans/"+plan, 200), `href="`+orders+`"`)
	clerk.wants(clerk.get(orders, 200), "还没有。收到批示")
	clerk.wants(clerk.get(orders+"/new?kind=minutes", 200), `value="minutes" checked`)
	clerk.wants(clerk.get(orders+"/new", 200), `value="instruction" checked`)
	rejected := clerk.post(orders+"/new", 422, "kind", "instruction", "words", words, "giver", "局长", "given", "2011-08-08", "title", "修好乡镇站屋顶", "due", "2011-12-31", "period", "month")
	clerk.wants(rejected, words, "局长")
	leader.post(orders+"/new", 403, order...)

	sent := append([]string{"command", web.NewCommand()}, order...)
	page := clerk.post(orders+"/new", 200, sent...)
	clerk.wants(page, "批〔2011〕1号", words, "局长", "没有公开", "验收单", "财务处")
	if again := clerk.post(orders+"/new", 200, sent...); plain(again) != plain(page) {
		t.Error("the same form twice shows something else")
	}
	clerk.post(orders+"/new", 200, append([]string{"kind", "minutes"}, order[2:]...)...)
	clerk.post(orders+"/new", 200, append([]string{"kind", "errand"}, order[2:]...)...)
	list := clerk.get(orders, 200)
	clerk.wants(list, "批〔2011〕1号", "纪〔2011〕1号", "交〔2011〕1号", "全部", "3 件")
	if one := clerk.get(orders+"?kind=errand", 200); strings.Contains(one, "批〔2011〕1号") || !strings.Contains(one, "交〔2011〕1号") || !strings.Contains(one, "3 件") {
		t.Error("the list of one kind")
	}
	clerk.wants(clerk.get(orders+"?kind=x", 200), "没有这一种", "看全部")
	clerk.get(orders+"/0000000000007", 404)

	// It is no part of the document, and stands in the task table.
	if review := clerk.get("/office/plans/"+plan, 200); strings.Contains(review, "修好乡镇站屋顶") {
		t.Error("an order stands beside words of the document")
	}
	table := clerk.get("/office/plans/"+plan+"/tasks.docx", 200)
	if text := strings.ReplaceAll(docxWords(t, table), " ", ""); !strings.Contains(text, "修好乡镇站屋顶") || !strings.Contains(text, "批〔2011〕1号") || !strings.Contains(text, words) {
		t.Errorf("the task table lacks the order: %s", text)
	}

	// Published in passing it is not: its box is empty.
	form := leader.get("/office/plans/"+plan+"/publish", 200)
	boxes := regexp.MustCompile(`name="items" value="([0-9A-Z]{13})"( checked)?`).FindAllStringSubmatch(form, -1)
	var pairs []string
	var last string
	for _, b := range boxes {
		if b[2] != "" {
			pairs = append(pairs, "items", b[1])
		}
		last = b[1]
	}
	if len(boxes) != 7 || len(pairs) != 2*4 {
		t.Fatalf("%d boxes, %d ticked", len(boxes), len(pairs)/2)
	}
	leader.release(plan, pairs...)
	reader := h.stranger()
	for _, path := range []string{"/", "/plans/" + plan, "/plans/" + plan + "/booklet", "/plans/" + plan + "/calendar.ics", "/data/plans/" + plan, "/ledger", "/units", "/changes.rss"} {
		if body := reader.get(path, 200); strings.Contains(body, "修好乡镇站屋顶") || strings.Contains(body, "屋顶") || strings.Contains(body, last) {
			t.Errorf("%s shows an order that is not public", path)
		}
	}
	reader.get("/items/"+last, 404)
	h.exportShowsNothing([]string{"修好乡镇站屋顶", words})
	h.verifies()

	// Released, it shows the sentence, the post and the day as its source.
	leader.release(plan, "items", last)
	reader.wants(reader.get("/items/"+last, 200), words, "局长", "2011年8月8日", "交〔2011〕1号", "出处")
	reader.wants(reader.get("/plans/"+plan, 200), "启用以后添的事", "修好乡镇站屋顶", "交〔2011〕1号")
	reader.wants(reader.get("/plans/"+plan+"?theme=%E6%83%A0%E6%B0%91", 200), "修好乡镇站屋顶")
	reader.wants(reader.get("/plans/"+plan+"/booklet", 200), "修好乡镇站屋顶")
	reader.wants(reader.get("/data/items/"+last, 200), `"number":"交〔2011〕1号"`)
	if english := plain(reader.get("/en/items/"+last, 200)); !strings.Contains(english, "Given by") || !strings.Contains(english, "Task given ad hoc") {
		t.Error("the source in English")
	}
	if doc := html.UnescapeString(reader.get("/plans/"+plan, 200)); strings.Index(doc, "修好乡镇站屋顶") < strings.Index(doc, "</article>") {
		t.Error("an order stands in the document")
	}
	h.verifies()
}

// docxWords are the words of a document of Word.
func docxWords(t *testing.T, file string) string {
	t.Helper()
	return plain(unzipped(t, file))
}

// verifies exports all and holds it to the ledger.
func (h *house) verifies() {
	h.Helper()
	for _, public := range []bool{false, true} {
		out := filepath.Join(h.TempDir(), "out")
		h.must(exportCommand{place: place{Data: h.path}, Out: out, Public: public}.Run(terminal{out: discard{}, err: discard{}}))
		if err := (verifyCommand{Folder: out}).Run(terminal{out: discard{}, err: discard{}}); err != exitError(exitNotAnchored) {
			h.Errorf("verify: %v", err)
		}
	}
}

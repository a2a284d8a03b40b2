package public

import (
	"strings"
	"testing"
)

const tablePlan = "安澜市重点任务分解表\n\n序号\t工作任务\t措施\t牵头单位\t时限\n" +
	"1\t送书下乡\t2011年完成送图书3000册到农村\t市图书馆\t2011年12月底前\n" +
	"2\t夜间开放\t各馆每周开放两晚，开放100场\t\t2011年11月底前\n"

// A table in the living plan is still the text rune for rune, each cell below what
// stands above it in the table.
func TestLivingTable(t *testing.T) {
	w := newTown(t)
	r := w.published(tablePlan)
	if len(r.Tables) != 1 || len(r.Targets) < 2 {
		t.Fatalf("%d tables, %d targets", len(r.Tables), len(r.Targets))
	}
	for _, lang := range []string{"", "/en"} {
		page := w.page(lang + "/plans/" + r.Plan.ID.String())
		checkLiving(t, page, r)
		for _, want := range []string{`<div class="slot" data-l="工作任务">夜间开放`, `<div class="slot" data-l="牵头单位">市图书馆`, `<div class="heads"><div class="slot">序号`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page lacks %q", lang, want)
			}
		}
		if strings.Contains(page, `data-l="牵头单位">`+"\t") {
			t.Error("an empty cell says what stands above it")
		}
	}
}

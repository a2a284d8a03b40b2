package public

import (
	"encoding/json"
	"strings"
	"testing"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/plan"
)

// release makes some items of a plan public, and no kind of fields.
func (w *town) release(r desk.Review, items ...id.Item) {
	w.Helper()
	w.must(w.office.Publish(w.Context(), w.office.Cmd(w.leader, w.command()), r.Plan.ID, plan.Release{Items: items},
		plan.SecrecyReview{By: "保密岗", Day: "2011-08-08", Result: "可以公开"}))
	w.open()
}

const withNames = `安澜市读书方案

一、重点项目
（一）送书下乡
由林小满馆长牵头，
完成送图书3000册到农村。
（二）夜间开放
办好夜间开放，全年100场。
另行通知，电话13800138000。
（三）修路
修好门前的路。
2011年8月8日
`

// Hidden words leave their place: what is shown is found where its source says.
func TestHiddenWordsKeepTheirPlaces(t *testing.T) {
	w := newTown(t)
	r := w.draft(withNames)
	w.force(r.Plan.ID)
	var keep []id.Item
	for _, i := range r.Items {
		if i.Title != "夜间开放" {
			keep = append(keep, i.ID)
		}
	}
	if len(keep) != len(r.Items)-1 {
		t.Fatalf("%+v", r.Items)
	}
	w.release(r, keep...)
	var data struct {
		Text  string
		Items []struct {
			Targets []struct {
				Quote string
				Spans [][2]int
			}
		}
		Hidden []struct {
			Why   string
			Spans [][2]int
		}
		Nodes []struct{ Title string }
	}
	w.must(json.Unmarshal([]byte(w.page("/data/plans/"+r.Plan.ID.String())), &data))
	text := []rune(data.Text)
	if len(text) != len([]rune(r.Text)) {
		t.Fatalf("%d runes of %d", len(text), len([]rune(r.Text)))
	}
	quotes := 0
	for _, i := range data.Items {
		for _, target := range i.Targets {
			quotes++
			if got := string(text[target.Spans[0][0]:target.Spans[0][1]]); got != target.Quote {
				t.Errorf("%q stands where %q is said to", got, target.Quote)
			}
		}
	}
	why := map[string]int{}
	for _, h := range data.Hidden {
		why[h.Why]++
	}
	if quotes == 0 || why["item"] != 1 || why["names"] != 1 || why["telephones"] != 0 {
		t.Errorf("%d quotes, hidden %v", quotes, why)
	}
	forbidden := []string{"林小满", "夜间开放", "100场", "13800138000", "另行通知"}
	for _, path := range []string{"/", "/plans/" + r.Plan.ID.String(), "/data/plans/" + r.Plan.ID.String(), "/plans/" + r.Plan.ID.String() + "/calendar.ics", "/ledger", "/data/ledger", "/changes.rss"} {
		page := w.page(path)
		for _, word := range forbidden {
			if strings.Contains(page, word) {
				t.Errorf("%s shows %q", path, word)
			}
		}
	}
	page := w.page("/plans/" + r.Plan.ID.String())
	if n := strings.Count(page, "（这一段没有公开）"); n != 1 {
		t.Errorf("%d passages are said to be hidden", n)
	}
	if strings.Contains(page, "■") || !strings.Contains(page, "由<span class=\"hid\" lang=\"zh-Hans\">〔姓名没有公开〕</span>馆长牵头") {
		t.Error("the page shows signs instead of words that say what they are")
	}
}

// So is a row of a table.
func TestHiddenRow(t *testing.T) {
	w := newTown(t)
	r := w.draft(tablePlan)
	w.force(r.Plan.ID)
	w.release(r, r.Items[0].ID)
	page := w.page("/plans/" + r.Plan.ID.String())
	if strings.Contains(page, "夜间开放") || strings.Contains(page, "100场") || !strings.Contains(page, "（这一段没有公开）") || !strings.Contains(page, "送书下乡") {
		t.Error(page)
	}
}

package public

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"luoshi/document"
)

func TestDataOfThePlan(t *testing.T) {
	w := newTown(t)
	r := w.published(sampleText(t))
	w.now = day("2012-04-19")
	w.open()
	p := decode(t, w.page("/data/plans/"+r.Plan.ID.String()))
	text := []rune(p["text"].(string))
	if string(text) != r.Text || p["today"] != "2012-04-19" || p["published_day"] != "2011-08-08" || p["closed_day"] != nil || p["state"] != "in_force" {
		t.Error("the plan itself")
	}
	targets, milestones := 0, 0
	for _, i := range p["items"].([]any) {
		item := i.(map[string]any)
		if item["principle"].(bool) != (item["lamp"] == nil) {
			t.Errorf("%v: a principle has no lamp, and all others have one", item["title"])
		}
		for _, m := range item["targets"].([]any) {
			target := m.(map[string]any)
			targets++
			var span document.Span
			for _, pair := range target["spans"].([]any) {
				ends := pair.([]any)
				span = append(span, document.Range{Start: int(ends[0].(float64)), End: int(ends[1].(float64))})
			}
			if document.Quote(text, span) != target["quote"] {
				t.Errorf("%v is not where its span is", target["quote"])
			}
			if lamp := target["lamp"].(map[string]any); lamp["code"] == "none" && (lamp["key"] != "未报" || lamp["word"] != "未报") {
				t.Errorf("lamp %v", lamp)
			}
		}
		milestones += len(item["milestones"].([]any))
	}
	if targets != len(r.Targets) || milestones != len(r.Milestones) {
		t.Errorf("%d targets of %d, %d milestones of %d", targets, len(r.Targets), milestones, len(r.Milestones))
	}
	if english := w.page("/en/data/items/" + r.Items[2].ID.String()); !strings.Contains(english, `"value":"36700"`) || !strings.Contains(english, `"lamp":{"code":"none","key":"未报","word":"not reported"}`) {
		t.Errorf("item in English: %.400s", english)
	}
}

func TestDataOfTheLedger(t *testing.T) {
	w := newTown(t)
	w.published(sampleText(t))
	seen, next := 0, ""
	for pages := 0; pages < 20; pages++ {
		l := decode(t, w.page("/data/ledger"+next))
		for _, one := range l["entries"].([]any) {
			e := one.(map[string]any)
			if seen++; int(l["size"].(float64))-seen != int(e["seq"].(float64)) {
				t.Fatalf("entry %v at place %d", e["seq"], seen)
			}
			if act, ok := e["act"].(map[string]any); ok && !strings.HasSuffix(act["at"].(string), "+08:00") {
				t.Errorf("instant %v", act["at"])
			}
		}
		if l["next"] == nil {
			if int(l["size"].(float64)) != seen {
				t.Errorf("%d entries of %v", seen, l["size"])
			}
			return
		}
		next = "?before=" + strings.Trim(string(must(encode(l["next"]))), "\n")
	}
	t.Error("the pages do not end")
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func TestProblems(t *testing.T) {
	w := newTown(t)
	for _, path := range []string{"/data/nowhere", "/data/plans/x", "/data/items/0AK2M5Q00000A", "/data/ledger/01", "/data/ledger?before=x", "/data/units/x"} {
		for language, want := range map[string]string{"": "没有这一页，或者它还没有公开。", "/en": "There is no such page"} {
			rec := w.ask(http.MethodGet, language+path)
			p := decode(t, rec.Body.String())
			if rec.Code != 404 || rec.Header().Get("Content-Type") != problemType || p["status"] != 404.0 || !strings.HasPrefix(p["detail"].(string), want) {
				t.Errorf("%s%s: %d %v", language, path, rec.Code, p)
			}
		}
	}
}

// Who holds an answer already is not sent it again.
func TestSameAnswerIsNotSentTwice(t *testing.T) {
	w := newTown(t)
	r := w.published(sampleText(t))
	for _, path := range []string{"/data/plans/" + r.Plan.ID.String(), "/openapi.json", "/changes.rss", "/plans/" + r.Plan.ID.String() + "/calendar.ics"} {
		tag := w.ask(http.MethodGet, path).Header().Get("ETag")
		again := httptest.NewRequest(http.MethodGet, path, nil)
		again.Header.Set("If-None-Match", tag)
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, again)
		if tag == "" || rec.Code != http.StatusNotModified || rec.Body.Len() > 0 {
			t.Errorf("%s: %q, %d", path, tag, rec.Code)
		}
	}
}

func TestDataPageLeadsEverywhere(t *testing.T) {
	w := newTown(t)
	w.published(sampleText(t))
	w.sign()
	for _, page := range []string{"/data", "/en/data", "/units"} {
		links := 0
		walk(w.page(page), func(e element) {
			if to := e.attrs["href"]; strings.HasPrefix(to, "/") {
				links++
				if rec := w.ask(http.MethodGet, to); rec.Code != http.StatusOK {
					t.Errorf("%s: %s answers %d", page, to, rec.Code)
				}
			}
		}, nil)
		if links < 10 {
			t.Errorf("%s: %d links", page, links)
		}
	}
}

func BenchmarkDataPlan(b *testing.B) {
	w := newTown(b)
	path := "/data/plans/" + w.published(sampleText(b)).Plan.ID.String()
	b.ReportMetric(float64(len(w.page(path))), "bytes/answer")
	for b.Loop() {
		w.ask("GET", path)
	}
}

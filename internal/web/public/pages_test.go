package public

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/ledger"
	"luoshi/plan"
)

// addresses are all pages of a city, in both languages.
func (w *town) addresses() []string {
	w.Helper()
	bare := []string{"/", "/ledger", "/ledger/key", web.StylesheetPath(), "/nowhere", "/?view=big", "/plans/x", "/items/" + id.Text(7), "/ledger?before=20",
		"/units", "/units/x", "/changes.rss", "/data", "/openapi.json", "/data/plans", "/data/units", "/data/ledger", "/data/ledger?before=20", "/data/nowhere",
		"/data/plans/x", "/plans/x/calendar.ics", "/search", "/search?q=%E5%B1%80", "/search?q=%3Cx", "/search?in=post&q=%E5%B2%97",
		"/data/search", "/data/search?q=%E5%AE%89%E6%BE%9C", "/data/search?in=post&q=%E5%B2%97",
		"/data/indicators", "/data/facts", "/data/rollup"}
	plans, err := w.public.Plans(w.Context())
	w.must(err)
	for _, p := range plans {
		bare = append(bare, "/plans/"+p.ID.String(), "/plans/"+p.ID.String()+"/calendar.ics", "/plans/"+p.ID.String()+"/booklet", "/plans/"+p.ID.String()+"/qr.svg",
			"/plans/"+p.ID.String()+"?lamp=none", "/plans/"+p.ID.String()+"?theme=%3Cx", "/data/plans/"+p.ID.String())
		all, err := w.public.Plan(w.Context(), p.ID)
		w.must(err)
		for _, i := range all.Items {
			bare = append(bare, "/items/"+i.ID.String(), "/data/items/"+i.ID.String())
		}
	}
	_, size, err := w.public.Ledger(w.Context(), 0, 1)
	w.must(err)
	for seq := range size {
		bare = append(bare, "/ledger/"+strconv.FormatInt(seq, 10), "/data/ledger/"+strconv.FormatInt(seq, 10))
	}
	units, err := w.public.UpperUnits(w.Context())
	w.must(err)
	for _, u := range units {
		bare = append(bare, "/units/"+u.ID.String(), "/data/units/"+u.ID.String())
	}
	all := bare
	for _, path := range bare {
		all = append(all, "/en"+path)
	}
	return all
}

func TestPagesAnswer(t *testing.T) {
	w := newTown(t)
	r := w.published(sampleText(t))
	w.sign()
	for _, path := range w.addresses() {
		rec := w.ask(http.MethodGet, path)
		missing := strings.Contains(path, "nowhere") || strings.Contains(path, "/x") || strings.Contains(path, id.Text(7))
		if want := map[bool]int{false: 200, true: 404}[missing]; rec.Code != want {
			t.Errorf("GET %s: %d, want %d", path, rec.Code, want)
		}
		if rec.Header().Get("Set-Cookie") != "" {
			t.Errorf("GET %s sets a cookie", path)
		}
		if c := rec.Header().Get("Cache-Control"); c != "no-cache" && !strings.Contains(path, "/static/") {
			t.Errorf("GET %s: Cache-Control %q", path, c)
		}
		if strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") {
			walk(rec.Body.String(), nil, nil) // well formed
		}
		if head := w.ask(http.MethodHead, path); head.Code != rec.Code {
			t.Errorf("HEAD %s: %d", path, head.Code)
		}
		if post := w.ask(http.MethodPost, path); post.Code != http.StatusMethodNotAllowed {
			t.Errorf("POST %s: %d", path, post.Code)
		}
	}
	if got := w.ask("GET", "/ledger/checkpoint"); !strings.HasPrefix(got.Body.String(), "anlan\n") || got.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("checkpoint: %v %s", got.Header(), got.Body)
	}
	if got := w.page("/ledger/key"); got != key+"\n" {
		t.Errorf("key: %q", got)
	}
	for _, path := range []string{"/ledger/01", "/ledger/-1", "/ledger/99999", "/ledger/99999999999999999999", "/plans/" + r.Items[0].ID.String()} {
		if rec := w.ask("GET", path); rec.Code != 404 || !strings.Contains(rec.Body.String(), "没有这一页") {
			t.Errorf("GET %s: %d", path, rec.Code)
		}
	}
}

// Nothing is public before it is made public, and what is withheld stays so.
func TestWithheldStaysInside(t *testing.T) {
	const secret = "不公开的牵头单位"
	w := newTown(t)
	r := w.draft(sampleText(t))
	withheld := r.Items[2]
	withheld.Title, withheld.Lead = "不公开的任务名称", secret
	w.must(w.office.CorrectItem(w.Context(), w.office.Cmd(w.clerk, w.command()), r.Plan.ID, withheld, desk.AsItStands))
	w.force(r.Plan.ID)
	r = w.review(r.Plan.ID)
	for _, path := range []string{"/plans/" + r.Plan.ID.String(), "/items/" + r.Items[0].ID.String(), "/en/items/" + withheld.ID.String()} {
		if rec := w.ask("GET", path); rec.Code != 404 {
			t.Errorf("unreleased %s: %d", path, rec.Code)
		}
	}
	if page := w.page("/"); !strings.Contains(page, "还没有公开的方案") || strings.Contains(page, `href="/plans/`) {
		t.Error("the home page shows what is not public")
	}
	w.publish(r, withheld.ID)
	if rec := w.ask("GET", "/items/"+withheld.ID.String()); rec.Code != 404 {
		t.Errorf("withheld item: %d", rec.Code)
	}
	hidden := []string{secret, "不公开的任务名称", approvedBy, "经办某人", "审签某人", withheld.ID.String()}
	for _, m := range r.Targets {
		if m.Item == withheld.ID {
			hidden = append(hidden, m.ID.String(), m.Indicator)
		}
	}
	for _, path := range w.addresses() {
		page := w.ask("GET", path).Body.String()
		if strings.Contains(page, "<main") {
			attrs := &strings.Builder{}
			walk(page, func(e element) {
				for _, a := range e.attrs {
					attrs.WriteString(a + "\n")
				}
			}, nil)
			page = besides(page) + attrs.String()
		}
		page = strings.ReplaceAll(page, jsonText(r.Text), "") // the document itself is public
		for _, h := range hidden {
			if strings.Contains(page, h) {
				t.Errorf("%s shows %q", path, h)
			}
		}
	}
}

func jsonText(s string) string { return strings.TrimSpace(string(must(encode(s)))) }

func TestLedgerPages(t *testing.T) {
	w := newTown(t)
	r := w.published(sampleText(t))
	lines, size, err := w.public.Ledger(w.Context(), 0, 1000)
	w.must(err)
	for _, l := range lines {
		page := w.page("/ledger/" + strconv.FormatInt(l.Seq, 10))
		if !strings.Contains(page, l.Leaf) {
			t.Errorf("entry %d lacks its leaf hash", l.Seq)
		}
		if !l.Shown {
			if !strings.Contains(page, "内部记录，只列指纹") || strings.Contains(page, "luoshi entry 1") {
				t.Errorf("entry %d shows what is internal", l.Seq)
			}
			continue
		}
		if _, ok := sayings[l.Entry.Kind]; !ok {
			t.Errorf("nobody says %s in plain words", l.Entry.Kind)
		}
		if strings.Contains(page, "%!") || strings.Contains(page, "“”") || strings.Contains(page, "《》") {
			t.Errorf("entry %d: %s has a gap in its sentence", l.Seq, l.Entry.Kind)
		}
	}
	first := w.page("/ledger")
	if !strings.Contains(first, "公开了任务“"+r.Items[1].Title+"”。") || strings.Contains(first, `rel="prev"`) {
		t.Error("the first page of the ledger")
	}
	last := w.page("/ledger?before=10")
	if strings.Contains(last, `rel="next"`) || !strings.Contains(last, `rel="prev" href="/ledger?before=60"`) && size > 60 || !strings.Contains(last, "安澜市开始用落实") {
		t.Error("the last page of the ledger")
	}
}

func TestSayUnknownAndErased(t *testing.T) {
	ctx := t.Context()
	if got := say(ctx, desk.Line{Shown: true, Entry: ledger.Entry{Kind: "moon.landed"}}, nil); got != "moon.landed" {
		t.Errorf("unknown kind: %q", got)
	}
	erased := desk.Line{Shown: true, Entry: ledger.Entry{Kind: plan.KindClosed, Words: new([32]byte)}}
	if got := say(ctx, erased, nil); !strings.Contains(got, "文字已删去") {
		t.Errorf("erased words: %q", got)
	}
}

// What is past its day without a report is said before anything else.
func TestHomeSaysBadNewsFirst(t *testing.T) {
	w := newTown(t)
	r := w.published(sampleText(t))
	w.now = day("2012-04-19")
	w.open()
	page := w.page("/")
	bad, tally := strings.Index(page, "期限过了、还没有人报办得怎样的，有 3 条："), strings.Index(page, "tally")
	if bad < 0 || bad > tally {
		t.Errorf("bad news at %d, tally at %d", bad, tally)
	}
	for _, want := range []string{"13 件事", "期限过了 110 天", "还有 256 天", "还有 72 天", "实施文化下乡惠民工程"} {
		if !strings.Contains(page, want) {
			t.Errorf("the home page lacks %q", want)
		}
	}
	item := w.page("/items/" + r.Items[2].ID.String())
	for _, want := range []string{"36,700 场", "数量够了吗", "未评", "不相加，也不平均", "方案里没有写", "完工就算", "局办公室 · 综合岗", "存证第"} {
		if !strings.Contains(item, want) {
			t.Errorf("the item lacks %q", want)
		}
	}
}

func TestRoutes(t *testing.T) {
	if got := Routes(); len(got) != len(routes)+len(freshRoutes) || got[0] != "GET /{$}" {
		t.Errorf("routes: %v", got)
	}
}

package public

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"luoshi/id"
	"luoshi/org"
	"luoshi/search"
)

func (w *town) units(parent id.Unit, level org.Level, names ...string) []id.Unit {
	w.Helper()
	var units []org.Unit
	for _, n := range names {
		units = append(units, org.Unit{Level: level, Name: n})
	}
	made, err := w.office.OpenUnits(w.Context(), w.office.Cmd(w.clerk, w.command()), parent, units)
	w.must(err)
	return made
}

// villages opens two townships of a county, the first with the villages named.
func (w *town) villages(names ...string) {
	w.Helper()
	top, err := w.office.CityUnit(w.Context())
	w.must(err)
	towns := w.units(w.units(top, org.County, "臨灣县")[0], org.Township, "石桥镇", "溪口乡")
	w.units(towns[0], org.Village, names...)
	w.units(towns[1], org.Village, "新村")
}

func searching(path, query string) string { return path + "?q=" + url.QueryEscape(query) }

func TestSearchPage(t *testing.T) {
	w := newTown(t)
	w.villages("新村", "李家<b>村")
	r := w.published(sampleText(t))
	item := r.Items[2]
	words := string([]rune(item.Title)[:2])
	for name, c := range map[string]struct {
		query     string
		has, lack []string
	}{
		"villages of one name": {"新村", []string{"<mark>新村</mark>", "臨灣县 · 石桥镇", "臨灣县 · 溪口乡", `<h2 id="h-village">村、社区</h2>`}, []string{"h-item", "还有更多", "没有找到"}},
		"the other writing":    {"临湾", []string{"<mark>臨灣</mark>县"}, nil},
		"a plan's item":        {words, []string{"<mark>" + words + "</mark>", "/items/", r.Plan.Title}, nil},
		"markup in a title":    {"<b>村", []string{"李家&lt;<mark>b&gt;村</mark>", `value="&lt;b&gt;村"`}, []string{"<b>村"}},
		"markup in a query":    {`"><script>`, []string{"没有找到", `value="&#34;&gt;&lt;script&gt;"`}, []string{"<script"}},
		"nothing there":        {"没有这样的村", []string{"没有找到", "写短一点"}, []string{"<h2"}},
		"a post":               {"审签岗", []string{"<mark>审签岗</mark>", "局办公室", "h-post"}, []string{"审签某人"}},
		"a person":             {"审签某人", []string{"没有找到"}, nil},
		"nothing asked":        {"", []string{"找什么"}, []string{"没有找到", "<h2"}},
	} {
		t.Run(name, func(t *testing.T) {
			page := w.page(searching("/search", c.query))
			for _, want := range c.has {
				if !strings.Contains(page, want) {
					t.Errorf("lacks %q", want)
				}
			}
			for _, not := range c.lack {
				if strings.Contains(page, not) {
					t.Errorf("shows %q", not)
				}
			}
		})
	}
	if english := w.page(searching("/en/search", "新村")); !strings.Contains(english, ">Villages and communities</h2>") || !strings.Contains(english, `href="/en/units/`) {
		t.Error("the page in English")
	}
	if big := w.page(searching("/search", "新村") + "&view=big"); !strings.Contains(big, `name="view" value="big"`) {
		t.Error("searching again loses the large print")
	}
	if !strings.Contains(w.page("/units"), `<form class="find" role="search" action="/search">`) {
		t.Error("no field in the head of a page")
	}
}

func TestLongSearch(t *testing.T) {
	w := newTown(t)
	long := strings.Repeat("村", search.MostAsked+1)
	rec := w.ask(http.MethodGet, searching("/search", long))
	if rec.Code != http.StatusUnprocessableEntity || !strings.Contains(rec.Body.String(), "最多 40 个字") || !strings.Contains(rec.Body.String(), `value="`+long+`"`) {
		t.Errorf("%d: %s", rec.Code, rec.Body)
	}
	if rec := w.ask(http.MethodGet, searching("/data/search", long)); rec.Code != http.StatusUnprocessableEntity || rec.Header().Get("Content-Type") != problemType {
		t.Errorf("as data: %d", rec.Code)
	}
	for _, wrong := range []string{"&in=nowhere", "&after=x", "&in=village&after=9-1"} {
		if rec := w.ask(http.MethodGet, searching("/search", "村")+wrong); rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, rec.Code)
		}
	}
}

var further = regexp.MustCompile(`href="(/search\?[^"]*)">(?:接着往下找|“村、社区”还有更多)`)

func TestSearchPageByPage(t *testing.T) {
	w := newTown(t)
	var names []string
	for i := range 120 {
		names = append(names, fmt.Sprintf("新村%03d", i))
	}
	w.villages(names...)
	path, shown := searching("/search", "新村"), []int{}
	for path != "" && len(shown) < 9 {
		page := w.page(path)
		shown = append(shown, strings.Count(page, "<mark>"))
		path = ""
		if m := further.FindStringSubmatch(page); m != nil {
			path = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	if fmt.Sprint(shown) != "[10 50 50 21]" {
		t.Errorf("results on the pages: %v", shown)
	}
	found, after := 0, ""
	for {
		d := decode(t, w.page(searching("/data/search", "新村")+"&in=village&after="+after))
		group := d["groups"].([]any)[0].(map[string]any)
		found += len(group["found"].([]any))
		if group["next"] == nil {
			break
		}
		after = group["next"].(string)
	}
	if found != 121 {
		t.Errorf("as data: %d", found)
	}
}

// What is kept back of a public plan is found by nobody, and neither is a draft.
func TestSearchLeaksNothing(t *testing.T) {
	w := newTown(t)
	r := w.draft(sampleText(t))
	hidden := r.Items[len(r.Items)-1]
	for _, path := range []string{"/search", "/data/search"} {
		if page := w.page(searching(path, string([]rune(hidden.Title)[:2]))); strings.Contains(page, "/items/") || strings.Contains(page, "/plans/") {
			t.Errorf("%s finds a draft", path)
		}
	}
	w.force(r.Plan.ID)
	w.publish(w.review(r.Plan.ID), hidden.ID)
	for _, path := range []string{"/search", "/data/search"} {
		if page := w.page(searching(path, string([]rune(hidden.Title)[:min(20, len([]rune(hidden.Title)))]))); strings.Contains(page, hidden.ID.String()) {
			t.Errorf("%s finds an item that is not public", path)
		}
		if page := w.page(searching(path, string([]rune(r.Items[2].Title)[:2]))); !strings.Contains(page, r.Items[2].ID.String()) {
			t.Errorf("%s does not find one that is", path)
		}
	}
}

package public

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"luoshi/internal/desk"
	"luoshi/plan"
)

// themed publishes the sample plan with themes on three of its items.
func (w *town) themed() desk.Review {
	w.Helper()
	r := w.draft(sampleText(w))
	for k, tags := range map[int][]string{1: {"免费开放"}, 2: {"惠民 & 下乡", "免费开放"}, 3: {"免费开放"}} {
		i := r.Items[k]
		i.Tags, i.Lead = tags, "市图书馆、市文化馆"
		w.must(w.office.CorrectItem(w.Context(), w.office.Cmd(w.clerk, w.command()), r.Plan.ID, i, desk.AsItStands))
	}
	w.force(r.Plan.ID)
	r = w.review(r.Plan.ID)
	w.publish(r)
	return r
}

var itemLink = regexp.MustCompile(`<th scope="row"><a lang="zh-Hans" href="/items/([0-9A-Z]{13})"`)

// Each choice of each list leads to as many items as it says, and the list is whole.
func TestEveryChoiceCountsRight(t *testing.T) {
	w := newTown(t)
	r := w.themed()
	p, err := w.public.Plan(w.Context(), r.Plan.ID)
	w.must(err)
	stand := seenAll(p, duties(p, w.public.Today()))
	asking := newAsking(t.Context(), p, plan.Filter{}, stand)
	if len(asking.Fields) != 4 {
		t.Fatalf("%d lists", len(asking.Fields))
	}
	seen := 0
	for _, f := range asking.Fields {
		for _, c := range f.Choices[1:] {
			path := "/plans/" + r.Plan.ID.String() + "?" + url.Values{f.Name: {c.Value}}.Encode()
			page := w.page(path)
			if got := len(itemLink.FindAllString(page, -1)); got != c.N || c.N == 0 {
				t.Errorf("%s %s: %d items, said to be %d", f.Name, c.Value, got, c.N)
			}
			if !strings.Contains(html.UnescapeString(page), fmt.Sprintf("公开的 %d 条任务里，有 %d 条。", len(r.Items), c.N)) {
				t.Errorf("%s does not say how many", path)
			}
			seen++
		}
	}
	if seen < 8 {
		t.Errorf("only %d choices", seen)
	}
}

func TestFilterInTheAddress(t *testing.T) {
	w := newTown(t)
	r := w.themed()
	bare := "/plans/" + r.Plan.ID.String()
	whole := w.page(bare)
	for _, want := range []string{"免费开放（3 条）", "只看一部分任务", `href="` + bare + `?theme=` + url.QueryEscape("惠民 & 下乡") + `"`} {
		if !strings.Contains(html.UnescapeString(whole), want) {
			t.Errorf("the plan lacks %q", want)
		}
	}
	page := html.UnescapeString(w.page(bare + "?theme=" + url.QueryEscape("惠民 & 下乡")))
	for _, want := range []string{"惠民 & 下乡", r.Items[2].Title, "看方案全文", `href="` + bare + `">去掉`, `value="惠民 & 下乡" selected`} {
		if !strings.Contains(page, want) {
			t.Errorf("the theme lacks %q", want)
		}
	}
	if strings.Contains(page, r.Items[3].Title+"</a>") {
		t.Error("an item without the theme")
	}
	// Two conditions, in English and in large type: both stay in every link.
	page = html.UnescapeString(w.page("/en" + bare + "?theme=" + url.QueryEscape("免费开放") + "&lamp=none&view=big"))
	for _, want := range []string{`href="/en` + bare + `?lamp=none&view=big"`, `name="view" value="big"`} {
		if !strings.Contains(page, want) {
			t.Errorf("two conditions lack %q", want)
		}
	}
	for _, none := range []string{"theme=x", "phase=99", "phase=-3", "phase=x", "unit=x", "lamp=x", "theme=x&lamp=none"} {
		page := html.UnescapeString(w.page(bare + "?" + none))
		if !strings.Contains(page, "没有一条合这些条件") || !strings.Contains(page, `href="`+bare+`">去掉全部条件`) || itemLink.MatchString(page) {
			t.Errorf("%s: nothing chosen, and no way back", none)
		}
	}
	if page := w.page(bare + "?theme=&phase=&unit=&lamp="); !strings.Contains(page, `class="living"`) {
		t.Error("a form in which nothing is chosen does not give the whole plan")
	}
	if item := w.page("/items/" + r.Items[2].ID.String()); !strings.Contains(item, "免费开放</a>") {
		t.Error("the item does not show its themes")
	}
	if data := w.page("/data/items/" + r.Items[1].ID.String()); !strings.Contains(data, `"tags":["免费开放"]`) {
		t.Error("the data lack the themes")
	}
}

// The counts of the home page lead to as many items.
func TestHomeCounts(t *testing.T) {
	w := newTown(t)
	w.themed()
	for _, today := range []string{"2011-08-08", "2011-12-20", "2012-12-31"} {
		w.now = day(today)
		w.open()
		home := html.UnescapeString(w.page("/"))
		links := regexp.MustCompile(`<b><a href="([^"]+)">(\d+) 件</a></b>`).FindAllStringSubmatch(home, -1)
		if len(links) == 0 {
			t.Fatal("no counts")
		}
		for _, l := range links {
			n, _ := strconv.Atoi(l[2])
			if got := len(itemLink.FindAllString(w.page(l[1]), -1)); got != n {
				t.Errorf("%s on %s: %d, the home page says %d", l[1], today, got, n)
			}
		}
	}
}

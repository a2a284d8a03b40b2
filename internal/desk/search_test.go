package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/search"

	"pgregory.net/rapid"
)

// gramRow is a row of the index.
type gramRow struct {
	rank    rank
	gram    search.Gram
	subject int64
}

// indexed gives the index as it stands, and as it would be if it were made anew.
func (w *town) indexed() (stands, anew []gramRow) {
	w.Helper()
	w.must(w.db.Read(context.WithoutCancel(w.Context()), func(v *db.View) (err error) {
		stands, err = db.Rows(v, func(s db.Scanner) (r gramRow, err error) {
			err = s.Scan(&r.rank, &r.gram, &r.subject)
			return r, err
		}, "SELECT rank, gram, subject FROM search_gram WHERE city_id = $1 ORDER BY rank, gram, subject", 1)
		if err != nil {
			return err
		}
		for source, text := range sourceRows {
			all, err := db.Rows(v, func(s db.Scanner) (t titled, err error) {
				var level org.Level
				err = s.Scan(&t.subject, &t.title, &level)
				if t.rank = sourceRank[source]; level != "" {
					t.rank = rankOfLevel[level]
				}
				return t, err
			}, text, 1, 0, 1<<30)
			if err != nil {
				return err
			}
			for _, t := range all {
				for _, g := range search.GramsOf(t.title) {
					anew = append(anew, gramRow{t.rank, g, t.subject})
				}
			}
		}
		return nil
	}))
	slices.SortFunc(anew, func(a, b gramRow) int {
		return slices.Compare([]int64{int64(a.rank), int64(a.gram), a.subject}, []int64{int64(b.rank), int64(b.gram), b.subject})
	})
	return stands, anew
}

// indexIsWhole checks that the index is what the records say; every test of acts ends with it.
func (w *town) indexIsWhole() {
	w.Helper()
	if w.closed {
		return
	}
	if stands, anew := w.indexed(); !slices.Equal(stands, anew) {
		w.Errorf("the index of titles has %d rows, and made anew %d, or other ones", len(stands), len(anew))
	}
}

// told writes findings as "group: title < above, …; …".
func told(f Findings) string {
	var groups []string
	for _, g := range f.Groups {
		var all []string
		for _, r := range g.Found {
			line := r.Title
			if len(r.Above) > 0 {
				line += " < " + strings.Join(r.Above, "·")
			}
			all = append(all, line)
		}
		more := ""
		if g.More {
			more = " …"
		}
		groups = append(groups, string(g.Group)+": "+strings.Join(all, ", ")+more)
	}
	return strings.Join(groups, "; ")
}

func query(t interface{ Fatal(...any) }, text string) search.Query {
	q, err := search.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func (w *town) sought(text string) (office, public string) {
	w.Helper()
	of, err := w.office.Search(w.Context(), w.clerk, Asked{Query: query(w, text)})
	w.must(err)
	pf, err := w.public.Search(w.Context(), Asked{Query: query(w, text)})
	w.must(err)
	return told(of), told(pf)
}

func (w *town) finds(text, office, public string) {
	w.Helper()
	if o, p := w.sought(text); o != office || p != public {
		w.Errorf("searched for %q:\noffice %q, want %q\npublic %q, want %q", text, o, office, p, public)
	}
}

func (w *town) openUnits(parent id.Unit, level org.Level, names ...string) []id.Unit {
	w.Helper()
	var units []org.Unit
	for _, n := range names {
		units = append(units, org.Unit{Level: level, Name: n})
	}
	made, err := w.office.OpenUnits(w.Context(), w.cmd(w.admin), parent, units)
	w.must(err)
	return made
}

// countryside opens counties with townships and villages, several of one name.
func (w *town) countryside() {
	w.Helper()
	top, err := w.office.CityUnit(w.Context())
	w.must(err)
	bureau, err := w.office.Bureau(w.Context())
	w.must(err)
	counties := w.openUnits(top, org.County, "临湾县", "石门区")
	near, far := w.openUnits(counties[0], org.Township, "临湾镇", "溪口乡"), w.openUnits(counties[1], org.Township, "新村街道")
	w.openUnits(near[0], org.Village, "新村", "李家新村")
	w.openUnits(near[1], org.Village, "新村", "Ａ区社区")
	w.openUnits(far[0], org.Village, "臺後村")
	w.openUnits(bureau, org.Direct, "市圖書館")
}

func TestSearchUnits(t *testing.T) {
	w := newTown(t)
	w.countryside()
	for name, c := range map[string]struct{ query, found string }{
		"several of one name":        {"新村", "township: 新村街道 < 石门区; village: 新村 < 临湾县·临湾镇, 李家新村 < 临湾县·临湾镇, 新村 < 临湾县·溪口乡"},
		"simplified for traditional": {"图书馆", "department: 市圖書館"},
		"traditional for simplified": {"臨灣", "county: 临湾县; township: 临湾镇 < 临湾县"},
		"half width for full width":  {"a区", "village: Ａ区社区 < 临湾县·溪口乡"},
		"two words":                  {"村 台后", "village: 臺後村 < 石门区·新村街道"},
		"one character":              {"湾", "county: 临湾县; township: 临湾镇 < 临湾县"},
		"one at the end":             {"村", "township: 新村街道 < 石门区; village: 新村 < 临湾县·临湾镇, 李家新村 < 临湾县·临湾镇, 新村 < 临湾县·溪口乡, 臺後村 < 石门区·新村街道"},
		"grams apart":                {"李家村", ""},
		"the city":                   {"安澜市", "county: 安澜市; department: 安澜市文化广电新闻出版局"},
		"a post, and nobody's name":  {"综合岗", "post: 综合岗 < 局办公室"},
		"a name":                     {"周明远", ""},
		"nothing":                    {"", ""},
		"signs":                      {"<>“”", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if o, p := w.sought(c.query); o != c.found || p != c.found {
				t.Errorf("office %q\npublic %q\nwant   %q", o, p, c.found)
			}
		})
	}
}

func TestSearchShowsClosedUnits(t *testing.T) {
	w := newTown(t)
	w.countryside()
	w.must(w.db.Local(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE unit SET to_day = $1 WHERE city_id = $2 AND name = $3", "2011-08-01", 1, "李家新村")
		return err
	}))
	f, err := w.public.Search(t.Context(), Asked{Query: query(t, "李家新村")})
	if err != nil || len(f.Groups) != 1 || f.Groups[0].Found[0].Closed != "2011-08-01" {
		t.Errorf("%+v: %v", f, err)
	}
}

// called gives the item of a title.
func (w *town) called(r Review, title string) plan.Item {
	w.Helper()
	k := slices.IndexFunc(r.Items, func(i plan.Item) bool { return i.Title == title })
	if k < 0 {
		w.Fatalf("no item is called %q", title)
	}
	return r.Items[k]
}

func (w *town) retitle(r Review, from, title string) {
	w.Helper()
	i := w.called(r, from)
	i.Title = title
	w.must(w.office.CorrectItem(w.Context(), w.cmd(w.clerk), r.Plan.ID, i, AsItStands))
}

func TestSearchFollowsAPlan(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	const planTitle, item = "安澜市图书馆服务月方案", "送书下乡"
	draft := "item: 送书下乡 < " + planTitle
	w.finds("服务月", "plan: "+planTitle, "")
	w.finds("送書", draft, "")
	w.retitle(r, "送书下乡", "送戏下乡")
	w.finds("送书下乡", "", "")
	w.finds("送戏", "item: 送戏下乡 < "+planTitle, "")
	w.must(w.office.UndoStep(w.Context(), w.cmd(w.clerk), r.Plan.ID))
	w.finds("送书", draft, "")
	w.answerAll(r)
	w.must(w.office.TakeIntoForce(w.Context(), w.cmd(w.clerk), r.Plan.ID, force))
	w.finds("送书", draft, "")
	w.publish(r.Plan.ID, w.called(r, "送书下乡").ID)
	w.finds("送书", draft, draft)
	w.finds("服务月", "plan: "+planTitle, "plan: "+planTitle)
	w.finds("开放时间", "item: 延长开放时间 < "+planTitle, "")
	w.must(w.office.Withdraw(w.Context(), w.cmd(w.leader), r.Plan.ID, plan.Withdrawal{Whole: true, Why: "公开错了"}))
	w.finds("送书", draft, "")
	w.finds("服务月", "plan: "+planTitle, "")
}

func TestSearchFindsNoCoveredWords(t *testing.T) {
	w := newTown(t)
	text := strings.Replace(small, "1、送书下乡。", "1、请欧阳明月同志送书下乡。联系人：欧阳明月。", 1)
	r := w.forced(text)
	var all []id.Item
	for _, i := range r.Items {
		all = append(all, i.ID)
	}
	w.publish(r.Plan.ID, all...)
	if office, _ := w.sought("欧阳明月"); !strings.Contains(office, "欧阳明月") {
		t.Fatalf("the office finds %q", office)
	}
	for _, words := range []string{"欧阳明月", "欧阳", "明月", "月", "歐陽", "送书 欧阳"} {
		if _, public := w.sought(words); public != "" && strings.Contains(public, "item") {
			t.Errorf("%q finds %q", words, public)
		}
	}
	if _, public := w.sought("送书"); !strings.Contains(public, "■") {
		t.Errorf("送书 finds %q", public)
	}
}

func TestADiscardedDraftIsFoundNoMore(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	w.must(w.office.DiscardPlan(w.Context(), w.cmd(w.clerk), r.Plan.ID))
	w.finds("送书", "", "")
	w.finds("服务月", "", "")
}

// pages gives all titles of a group, page by page, and how many pages they took.
func (w *town) pages(text string, in FoundGroup) (found []id.Unit, pages int) {
	w.Helper()
	for a := (Asked{Query: query(w, text), In: in}); ; pages++ {
		f, err := w.public.Search(w.Context(), a)
		w.must(err)
		if len(f.Groups) == 0 {
			return found, pages
		}
		for _, r := range f.Groups[0].Found {
			found = append(found, r.Unit)
		}
		if !f.Groups[0].More {
			return found, pages + 1
		}
		a.After = f.Groups[0].Next
	}
}

func TestSearchGoesOnPageByPage(t *testing.T) {
	w := newTown(t)
	w.countryside()
	f, err := w.public.Search(t.Context(), Asked{Query: query(t, "溪口")})
	w.must(err)
	town := f.Groups[0].Found[0].Unit
	var names []string
	for i := range 130 {
		names = append(names, fmt.Sprintf("东村村%03d号", i))
	}
	made := w.openUnits(town, org.Village, names...)
	for _, words := range []string{"东村", "村村", "东", "号 东", "村"} {
		found, pages := w.pages(words, FoundVillages)
		if words == "村" { // also those of the countryside
			found = slices.DeleteFunc(found, func(u id.Unit) bool { return !slices.Contains(made, u) })
		}
		slices.Sort(found)
		if !slices.Equal(found, made) || pages != 3 {
			t.Errorf("%q: %d villages on %d pages", words, len(found), pages)
		}
	}
	f, err = w.public.Search(t.Context(), Asked{Query: query(t, "东村")})
	if err != nil || len(f.Groups) != 1 || len(f.Groups[0].Found) != foundEverywhere || !f.Groups[0].More {
		t.Errorf("%s: %v", told(f), err)
	}
	for _, wrong := range []Asked{{Query: query(t, "东村"), After: "9-9"}, {Query: query(t, "东村"), In: "elsewhere"}, {Query: query(t, "东村"), After: "9-1-1x"}} {
		if _, err := w.public.Search(t.Context(), wrong); err == nil {
			t.Errorf("%+v gives an answer", wrong)
		}
	}
}

// A search looks at a limited number of titles, says that there may be more, and goes on from there.
func TestSearchStopsAndGoesOn(t *testing.T) {
	w := newTown(t)
	w.countryside()
	f, err := w.public.Search(t.Context(), Asked{Query: query(t, "溪口")})
	w.must(err)
	town := f.Groups[0].Found[0].Unit
	for some := range slices.Chunk(make([]struct{}, mostLookedAt+200), 400) {
		var names []string
		for range some {
			w.n++
			names = append(names, fmt.Sprintf("东山%d西东", w.n))
		}
		w.openUnits(town, org.Village, names...)
	}
	last := w.openUnits(town, org.Village, "西东山")
	found, pages := w.pages("西东山", FoundVillages)
	if !slices.Equal(found, last) || pages != 2 {
		t.Errorf("found %v on %d pages", found, pages)
	}
}

// Whatever titles there are, each is found by any two characters of it, and nothing else is.
func TestSearchFindsEveryPair(t *testing.T) {
	w := newTown(t)
	top, err := w.office.CityUnit(t.Context())
	w.must(err)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.SampledFrom([]rune("新村鎮镇灣湾甲乙ＡaＢb“”")), 2, 8, -1).Draw(t, "name")
		asked := rapid.StringOfN(rapid.SampledFrom([]rune("新村鎮镇灣湾甲乙ＡaＢb“”")), 1, 3, -1).Draw(t, "query")
		w.n++
		unit := org.Unit{Level: org.County, Name: fmt.Sprintf("%s%d", name, w.n)}
		made, err := w.office.OpenUnits(w.Context(), w.cmd(w.admin), top, []org.Unit{unit})
		if err != nil {
			t.Fatal(err)
		}
		runes := []rune(unit.Name)
		for i := range len(runes) - 1 {
			if q := query(t, string(runes[i:i+2])); !q.Nothing() {
				if found, _ := w.pages(q.Text, FoundCounties); !slices.Contains(found, made[0]) {
					t.Fatalf("%q does not find %q", q.Text, unit.Name)
				}
			}
		}
		found, _ := w.pages(asked, FoundCounties)
		if slices.Contains(found, made[0]) != query(t, asked).Finds(unit.Name) {
			t.Fatalf("%q and %q", asked, unit.Name)
		}
	})
}

// Where a search goes on comes from an address: whatever stands there, it is read as it
// was written or refused.
func FuzzSearchMark(f *testing.F) {
	for _, seed := range []string{"", "9-1-2", "9--1-2", " 9-1-2", "9-1-2x", "99999999999999999999-1-1", "9-01-2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := parseMark(text); err == nil && text != "" && m.String() != text {
			t.Errorf("%q is read as %s", text, m)
		}
	})
}

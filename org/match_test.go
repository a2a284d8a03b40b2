package org

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"luoshi/id"

	"pgregory.net/rapid"
)

// anlan is a small city: its bureau with divisions, direct units, counties and townships.
func anlan() (units []Unit, bodies map[id.Unit]string, groups []Group) {
	next := id.Unit(0)
	open := func(level Level, parent id.Unit, names ...string) (last id.Unit) {
		for _, n := range names {
			next++
			units = append(units, Unit{ID: next, Parent: parent, Level: level, Name: n})
		}
		return next
	}
	city := open(CityLevel, 0, "安澜市")
	bureau := open(Bureau, city, "安澜市文化广电新闻出版局")
	open(Division, bureau, "局办公室", "公共文化处", "艺术处", "市场管理处", "政策法规处", "人事教育处", "城建处", "房产处", "建管处", "公积金处", "机关党委", "文物和博物馆处")
	open(Direct, bureau, "安澜市图书馆", "市群众艺术馆", "市博物馆", "信息中心")
	quiet := open(County, city, "望潮区")
	cloud := open(County, city, "云溪县")
	open(County, city, "松岭市")
	open(Township, quiet, "石桥镇", "枫岭街道")
	open(Township, cloud, "石桥镇", "柳塘乡")
	open(Village, cloud+4, "枫下村")
	bodies = map[id.Unit]string{cloud: "云溪县文化体育局"}
	groups = []Group{{ID: 1, Name: "市文广新局党的群众路线教育实践活动领导小组", Office: bureau + 1}}
	return units, bodies, groups
}

// told writes matches as a reader checks them: words=unit+unit, ? before a choice, ! before
// all at once, * behind the lead and + behind whoever cooperates.
func told(matches []Match, units []Unit) string {
	names := map[id.Unit]string{}
	above := map[id.Unit]string{}
	for _, u := range units {
		names[u.ID] = u.Name
		above[u.ID] = names[u.Parent]
	}
	var out []string
	for _, m := range matches {
		var to []string
		for _, u := range m.Units {
			to = append(to, names[u])
		}
		what := strings.Join(to, "+")
		if m.Together && len(m.Units) > 3 {
			what = fmt.Sprintf("%d个", len(m.Units))
		}
		if m.Together {
			what = "!" + what
		}
		if !m.Sure && what != "" {
			what = "?" + what
		}
		out = append(out, m.Words+"="+what+map[Duty]string{LeadDuty: "*", CooperatingDuty: "#"}[m.Duty])
	}
	return strings.Join(out, " ")
}

func TestMatchParties(t *testing.T) {
	units, bodies, groups := anlan()
	for _, c := range []struct{ text, want string }{
		// One unit, and how it is called.
		{"安澜市图书馆", "安澜市图书馆=安澜市图书馆"},
		{"市图书馆", "市图书馆=安澜市图书馆"},
		{"图书馆", "图书馆=安澜市图书馆"},
		{"市群艺馆", "市群艺馆=市群众艺术馆"},
		{"安澜市群众艺术馆", "安澜市群众艺术馆=市群众艺术馆"},
		{"局办公室", "局办公室=局办公室"},
		{"办公室", "办公室=局办公室"},
		{"市文广新局办公室", "市文广新局办公室=局办公室"},
		{"局公共文化处", "局公共文化处=公共文化处"},
		{"人教处", "人教处=人事教育处"},
		{"市文广新局", "市文广新局=安澜市文化广电新闻出版局"},
		{"文化广电新闻出版局", "文化广电新闻出版局=安澜市文化广电新闻出版局"},
		{"市局", "市局=安澜市文化广电新闻出版局"},
		{"市政府", "市政府=安澜市"},
		{"望潮区", "望潮区=望潮区"},
		{"望潮区文广新局", "望潮区文广新局=望潮区"},
		{"松岭市文旅局", "松岭市文旅局=松岭市"},
		{"各县（市、区）文化行政部门", "各县（市、区）文化行政部门=!望潮区+云溪县+松岭市"},
		{"市旅游局", "市旅游局="},
		{"望潮区人民政府", "望潮区人民政府=望潮区"},
		{"安澜市望潮区", "安澜市望潮区=望潮区"},
		{"云溪县文化体育局", "云溪县文化体育局=云溪县"},
		{"柳塘乡", "柳塘乡=柳塘乡"},
		{"柳塘乡政府", "柳塘乡政府=柳塘乡"},
		{"枫岭街道办事处", "枫岭街道办事处=枫岭街道"},
		{"云溪县石桥镇", "云溪县石桥镇=石桥镇"},
		{"市文广新局党的群众路线教育实践活动领导小组", "市文广新局党的群众路线教育实践活动领导小组=局办公室"},
		{"市文广新局党的群众路线教育实践活动领导小组办公室", "市文广新局党的群众路线教育实践活动领导小组办公室=局办公室"},
		// A choice, and nothing.
		{"石桥镇", "石桥镇=?石桥镇+石桥镇"},
		{"望潮", "望潮=?望潮区"},
		{"实践活动领导小组", "实践活动领导小组=?局办公室"},
		{"枫下村", "枫下村="},
		{"省财政厅", "省财政厅="},
		{"望潮区教育局", "望潮区教育局="},
		{"相关业务处室", "相关业务处室="},
		{"各有关单位", "各有关单位="},
		{"清华大学中国城市研究院", "清华大学中国城市研究院="},
		{"", ""},
		// All of a kind.
		{"各县（市、区）文广新局", "各县（市、区）文广新局=!望潮区+云溪县+松岭市"},
		{"各县（市、区）", "各县（市、区）=!望潮区+云溪县+松岭市"},
		{"各县市区", "各县市区=!望潮区+云溪县+松岭市"},
		{"各市、县〔区〕政府", "各市、县〔区〕政府=!望潮区+云溪县+松岭市"},
		{"县(市、区)", "县(市、区)=!望潮区+云溪县+松岭市"},
		{"全部县市区", "全部县市区=!望潮区+云溪县+松岭市"},
		{"各直属单位", "各直属单位=!4个"},
		{"局属各单位", "局属各单位=!4个"},
		{"机关各处室", "机关各处室=!12个"},
		{"各处室", "各处室=!12个"},
		{"市文广新局机关各处室", "市文广新局机关各处室=!12个"},
		{"各乡镇（街道）", "各乡镇（街道）=!4个"},
		{"各乡（镇、街道）", "各乡（镇、街道）=!4个"},
		{"各单位", "各单位=?!16个"},
		{"市区", "市区="},
		// Lists.
		{"城建处、建管处、公积金处、计财处", "城建处=城建处 建管处=建管处 公积金处=公积金处 计财处="},
		{"公共文化处和市图书馆", "公共文化处=公共文化处 市图书馆=安澜市图书馆"},
		{"公共文化处、艺术处及各县（市、区）", "公共文化处=公共文化处 艺术处=艺术处 各县（市、区）=!望潮区+云溪县+松岭市"},
		{"文物和博物馆处", "文物和博物馆处=文物和博物馆处"},
		{"文物和博物馆处和艺术处", "文物和博物馆处=文物和博物馆处 艺术处=艺术处"},
		{"省财政厅和市图书馆", "省财政厅= 市图书馆=安澜市图书馆"},
		{"省财政厅和省税务局", "省财政厅和省税务局="},
		{"厅机关各处室（局）、办公室、信息中心", "厅机关各处室（局）= 办公室=局办公室 信息中心=信息中心"},
		{"公共文化处 市图书馆，市博物馆", "公共文化处=公共文化处 市图书馆=安澜市图书馆 市博物馆=市博物馆"},
		{"市图书馆、市博物馆等单位", "市图书馆=安澜市图书馆 市博物馆等单位=市博物馆"},
		{"省民政厅、省财政厅，各市、县〔区〕政府", "省民政厅= 省财政厅= 各市、县〔区〕政府=!望潮区+云溪县+松岭市"},
		// What they do.
		{"公共文化处牵头，市图书馆、市博物馆配合", "公共文化处=公共文化处* 市图书馆=安澜市图书馆# 市博物馆=市博物馆#"},
		{"（政策法规处牵头，相关业务处室配合）", "政策法规处=政策法规处* 相关业务处室=#"},
		{"牵头单位：公共文化处；配合单位：市图书馆、人事教育处", "公共文化处=公共文化处* 市图书馆=安澜市图书馆# 人事教育处=人事教育处#"},
		{"责任单位：各县（市、区）文广新局", "各县（市、区）文广新局=!望潮区+云溪县+松岭市*"},
		{"城建处、房产处、信息中心按职责分工负责", "城建处=城建处* 房产处=房产处* 信息中心=信息中心*"},
		{"公共文化处（牵头）、艺术处", "公共文化处=公共文化处* 艺术处=艺术处"},
		{"公共文化处会同市场管理处", "公共文化处=公共文化处* 市场管理处=市场管理处#"},
	} {
		if got := told(MatchParties(c.text, units, bodies, groups...), units); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// What matches is in the words: a unit's own name, its short form, its working body, or a
// word for all of its kind. Whatever else the text says, nothing is made up.
func TestNothingIsMadeUp(t *testing.T) {
	units, bodies, groups := anlan()
	byID := map[id.Unit]Unit{}
	for _, u := range units {
		byID[u.ID] = u
	}
	parts := []string{"市图书馆", "图书馆", "艺术处", "各县（市、区）", "各直属单位", "和", "、", "，", "及", "牵头", "配合", "（", "）", "石桥镇", "云溪县", "文广新局", "省财政厅", "领导小组", "局", "市", "区", "办公室", "群艺馆", "各", "政府", " "}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 8).Draw(t, "text"), "")
		matches := MatchParties(text, units, bodies, groups...)
		for _, m := range matches {
			if !strings.Contains(text, m.Words) || m.Words == "" || m.Sure && len(m.Units) == 0 || m.Sure && !m.Together && len(m.Units) != 1 || !slices.IsSorted(m.Units) {
				t.Fatalf("%q: %+v", text, m)
			}
			for _, u := range m.Units {
				if !isIn(byID[u], bodies[u], plain(m.Words), m) {
					t.Fatalf("%q: %s is not in %q", text, byID[u].Name, m.Words)
				}
			}
		}
		turned := slices.Clone(units)
		slices.Reverse(turned)
		if again := MatchParties(text, turned, bodies, groups...); told(again, units) != told(matches, units) {
			t.Fatalf("%q: another order of units gives\n%s\n%s", text, told(again, units), told(matches, units))
		}
	})
}

// isIn is a second way to see that words name a unit.
func isIn(u Unit, body, words string, m Match) bool {
	if m.Together {
		return strings.ContainsAny(words, "县乡处科单")
	}
	if strings.Contains(words, "领导小组") {
		return u.Name == "局办公室"
	}
	core := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(u.Name, "安澜市"), "市"), "局")
	for _, name := range []string{core, body, strings.TrimSuffix(core, "区"), "群艺馆", "文广新局", "市局", "政府"} {
		if name != "" && strings.Contains(words, name) {
			return true
		}
	}
	return false
}

// A list is its parties, in whatever order they stand.
func TestOrderDoesNotMatter(t *testing.T) {
	units, bodies, groups := anlan()
	names := []string{"市图书馆", "公共文化处", "文物和博物馆处", "各县（市、区）文广新局", "石桥镇", "省财政厅", "各直属单位", "局办公室", "云溪县文化体育局"}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfDistinct(rapid.SampledFrom(names), func(s string) string { return s }).Draw(t, "list")
		var want []string
		for _, one := range list {
			want = append(want, told(MatchParties(one, units, bodies, groups...), units))
		}
		for _, join := range []string{"、", "，", "；"} {
			if got := told(MatchParties(strings.Join(list, join), units, bodies, groups...), units); got != strings.Join(want, " ") {
				t.Fatalf("%v: %s", list, got)
			}
		}
	})
}

func TestMatchPost(t *testing.T) {
	posts := []Post{{ID: 1, Title: "局长"}, {ID: 2, Title: "副局长"}, {ID: 3, Title: "处长"}, {ID: 4, Title: "综合岗"}}
	for words, want := range map[string]id.Post{
		"局长": 1, "分管副局长": 2, "副局长": 2, "处长": 3, "各处室负责人": 0, "": 0, "馆长": 0, "公共文化处处长": 3, "综合": 4,
	} {
		if got, ok := MatchPost(words, posts); got != want || ok != (want != 0) {
			t.Errorf("%s is post %d, want %d", words, got, want)
		}
	}
	if got, ok := MatchPost("分管副局长", posts[:1]); ok {
		t.Errorf("a deputy is post %d", got)
	}
	if got, ok := MatchPost("处长", []Post{{ID: 1, Title: "处长甲"}, {ID: 2, Title: "处长乙"}}); ok {
		t.Errorf("one of two is post %d", got)
	}
}

func FuzzMatchParties(f *testing.F) {
	units, bodies, groups := anlan()
	m := NewMatcher(units, bodies, groups)
	f.Add("公共文化处牵头，市图书馆、市博物馆配合")
	f.Add("各市、县〔区〕政府）（")
	f.Fuzz(func(t *testing.T, text string) { m.Parties(text) })
}

package org

import (
	"slices"
	"strings"
	"unicode"
)

// shortNames are the short forms that offices write for parts of names; the list is
// closed, so that no short form is made up.
var shortNames = []struct{ whole, short string }{
	{"文化广电新闻出版局", "文广新局"}, {"文化广电和旅游局", "文广旅局"}, {"文化广电旅游局", "文广旅局"}, {"文化和旅游局", "文旅局"}, {"文化广电旅游体育局", "文广旅体局"}, {"文化旅游体育局", "文旅体局"},
	{"群众艺术馆", "群艺馆"}, {"非物质文化遗产", "非遗"}, {"行政审批", "审批"}, {"人事教育处", "人教处"}, {"计划财务处", "计财处"}, {"法制处", "法规处"}, {"文化市场", "市场"},
	{"综合行政执法", "综合执法"}, {"广播电视", "广电"}, {"文物保护", "文保"},
}

// cultureBodies are what the bodies for culture of counties are called: they change
// with every reform, and a plan may call them by the name of another day.
var cultureBodies = []string{"文化局", "文体局", "文广局", "文广新局", "文旅局", "文广旅局", "文旅体局", "文广旅体局", "文化体育局", "文化旅游局", "文化和旅游局", "文化广电局",
	"文化广电新闻出版局", "文化广电和旅游局", "文化广电旅游局", "文化广电旅游体育局", "文化旅游体育局", "文化行政部门", "文化主管部门"}

// governments end the names of those who govern a county or a township.
var governments = []string{"人民政府", "政府", "街道办事处", "办事处"}

// placeWords are the names of the city and of the bureau that stand before others.
type placeWords struct {
	city    string   // 安澜市
	bureaus []string // 安澜市文化广电新闻出版局, 市文广新局 …
	trades  []string // of the bureau and of such bodies in counties: 文化广电新闻出版局, 文广新局
}

func newPlaceWords(units []Unit) (w placeWords) {
	for _, u := range units {
		if u.Level == CityLevel && w.city == "" {
			w.city = u.Name
		}
	}
	for _, u := range units {
		if u.Level == Bureau && len(w.bureaus) == 0 {
			trade := strings.TrimPrefix(strings.TrimPrefix(u.Name, w.city), "市")
			w.trades = withShort(trade)
			for _, t := range w.trades {
				w.bureaus = append(w.bureaus, t, "市"+t)
				if w.city != "" {
					w.bureaus = append(w.bureaus, w.city+t)
				}
			}
			if strings.Contains(trade, "文化") {
				w.trades = append(w.trades, cultureBodies...)
			}
		}
	}
	return w
}

// withShort gives a name and its short forms.
func withShort(name string) []string {
	out := []string{name}
	for _, s := range shortNames {
		for _, n := range slices.Clone(out) {
			if strings.Contains(n, s.whole) {
				out = append(out, strings.Replace(n, s.whole, s.short, 1))
			}
		}
	}
	return out
}

// forms are the other forms of the name of a unit: with and without what stands above
// it, short, and by the body that does its work.
func (w placeWords) forms(u Unit, parent, body string) (out []string) {
	switch u.Level {
	case CityLevel:
		return []string{"市政府", "市人民政府", u.Name + "政府", u.Name + "人民政府"}
	case Bureau:
		return append(slices.Clone(w.bureaus), "市局", "本局", "我局", "局机关")
	case Division:
		for _, base := range withShort(strings.TrimPrefix(u.Name, "局")) {
			out = append(out, base, "局"+base, "市局"+base, "机关"+base, "局机关"+base)
			for _, b := range w.bureaus {
				out = append(out, b+base)
			}
		}
	case Direct:
		base := strings.TrimPrefix(u.Name, "市")
		if w.city != "" {
			base = strings.TrimPrefix(strings.TrimPrefix(u.Name, w.city), "市")
		}
		for _, b := range withShort(base) {
			out = append(out, b, "市"+b)
			if w.city != "" {
				out = append(out, w.city+b)
			}
		}
	case County:
		out = w.countyForms(u.Name)
	case Township:
		out = append(out, parent+u.Name, parent+u.Name+"政府", parent+u.Name+"人民政府")
		for _, g := range governments {
			out = append(out, u.Name+g)
		}
		if base, is := strings.CutSuffix(u.Name, "街道"); is {
			out = append(out, base+"街道办事处", base+"街道办", parent+base+"街道办事处")
		}
	}
	if body != "" {
		for _, b := range withShort(body) {
			out = append(out, b)
			if w.city != "" {
				out = append(out, strings.TrimPrefix(b, w.city))
			}
		}
	}
	return out
}

func (w placeWords) countyForms(name string) (out []string) {
	places := []string{name}
	if w.city != "" {
		places = append(places, w.city+name)
	}
	for _, place := range places {
		out = append(out, place)
		for _, t := range append(slices.Clone(w.trades), "政府", "人民政府") {
			out = append(out, place+t)
		}
	}
	return out
}

// stemOf is the name of a county without what it is: 望潮 of 望潮区. It may mean
// something else, so that it is only offered.
func stemOf(u Unit) string {
	runes := []rune(u.Name)
	if u.Level != County || len(runes) < 3 || !strings.ContainsRune("县市区", runes[len(runes)-1]) {
		return ""
	}
	return string(runes[:len(runes)-1])
}

// plain writes a name without blanks and with one kind of brackets.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return -1
		case strings.ContainsRune("（〔[［【", r):
			return '('
		case strings.ContainsRune("）〕]］】", r):
			return ')'
		case r == '，' || r == ',' || r == '／':
			return '、'
		}
		return r
	}, name)
}

// tails say that a list goes on; whom it goes on with stays unsaid.
var tails = []string{"等有关单位", "等相关单位", "等单位", "等部门", "等处室", "等"}

// withoutTail leaves out that a list goes on, and a bracket at the end.
func withoutTail(name string) string {
	for _, t := range tails {
		if cut, is := strings.CutSuffix(name, t); is {
			return cut
		}
	}
	if strings.HasSuffix(name, ")") {
		if at := strings.LastIndex(name, "("); at > 0 {
			return name[:at]
		}
	}
	return name
}

package plan

import (
	"strings"
	"testing"
	"unicode"

	"luoshi/document"
	"luoshi/id"

	"pgregory.net/rapid"
)

func TestWithheld(t *testing.T) {
	text := []rune("前言。一、送书三千册。二、修路。补\n充。完")
	at := func(words string) document.Span {
		i := strings.Index(string(text), words)
		from := len([]rune(string(text)[:i]))
		return document.At(from, from+len([]rune(words)))
	}
	nodes := []document.Node{{Ordinal: 1, Span: at("一、送书三千册。")}, {Ordinal: 2, Span: at("二、修路。补\n充。")}}
	item := func(n id.Item, node int, released bool, span document.Span) Item {
		return Item{ID: n, Node: node, Released: released, Span: span}
	}
	for name, c := range map[string]struct {
		items   []Item
		targets []Target
		want    string
	}{
		"all public":               {[]Item{item(1, 1, true, nil), item(2, 2, true, nil)}, nil, string(text)},
		"one clause":               {[]Item{item(1, 1, true, nil), item(2, 2, false, nil)}, nil, "前言。一、送书三千册。■■■■■■\n■■完"},
		"two of one clause":        {[]Item{item(1, 1, true, nil), item(2, 1, false, nil)}, nil, string(text)},
		"its promise all the same": {[]Item{item(1, 1, true, nil), item(2, 1, false, nil)}, []Target{{Item: 2, Span: at("三千册")}}, "前言。一、送书■■■。二、修路。补\n充。完"},
		"a promise of both":        {[]Item{item(1, 1, true, nil), item(2, 1, false, nil)}, []Target{{Item: 2, Span: at("三千册")}, {Item: 1, Span: at("三千册")}}, string(text)},
		"words of its own":         {[]Item{item(1, 1, true, nil), item(2, 1, false, at("送书"))}, nil, "前言。一、■■三千册。二、修路。补\n充。完"},
		"all but words of its own": {[]Item{item(1, 1, false, nil), item(2, 1, true, at("送书"))}, nil, "前言。■■送书■■■■二、修路。补\n充。完"},
	} {
		hidden := Withheld(text, nodes, c.items, c.targets, nil, Anew{})
		var all []Hidden
		for _, r := range hidden {
			all = append(all, Hidden{Range: r})
		}
		if got := string(Cover(text, all)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestMask(t *testing.T) {
	k := Release{Names: []string{"某甲", " "}, Telephones: []string{"12345"}, Spared: []string{"顾海川"}}.Keep(Keeping{Names: []string{"顾海川"}, Telephones: []string{"12345"}})
	for _, c := range []struct {
		mask        Mask
		words, want string
	}{
		{NewMask(k, true, true), "某甲和顾海川局长，请某\n甲拨12345，联系人：张三", "■■和顾海川局长，请■\n■拨■■■■■，联系人：■■"},
		{NewMask(k, true, false), "某甲拨12345", "■■拨12345"},
		{NewMask(k, false, true), "某甲拨12345", "某甲拨■■■■■"},
		{NewMask(k, false, false), "某甲拨12345", "某甲拨12345"},
		{Strict, "顾海川局长，手机13800138000", "■■■局长，手机■■■■■■■■■■■"},
		{Mask{}, "顾海川局长", "顾海川局长"},
	} {
		if got := c.mask.Words(c.words); got != c.want {
			t.Errorf("%q: %q, want %q", c.words, got, c.want)
		}
	}
	if got := NewMask(k, true, false).Responsible("各馆馆长 张"); got != "■■■■ ■" || !IsCovered(got) || IsCovered("张■") || IsCovered("") {
		t.Errorf("responsible %q", got)
	}
}

// Whatever is covered, every other sign keeps its place, and no listed name is left.
func TestCoverKeepsPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(rapid.StringOfN(rapid.SampledFrom([]rune("张三李：、责任人联系电话局长同志0123456789- \n某")), 0, 60, -1).Draw(t, "text"))
		m := NewMask(Keeping{Names: []string{"张三", "某"}}, true, true)
		got := []rune(m.Words(string(text)))
		if len(got) != len(text) {
			t.Fatalf("%q became %q", string(text), string(got))
		}
		for i, r := range got {
			if r != text[i] && r != HiddenSign || unicode.IsSpace(text[i]) && r != text[i] {
				t.Fatalf("%q became %q", string(text), string(got))
			}
		}
		if strings.ContainsRune(string(got), '某') || strings.Contains(string(got), "张三") {
			t.Fatalf("%q is left of %q", string(got), string(text))
		}
	})
}

// A name is covered in a rewording also where the two versions part within it.
func TestSaidRunsCoverNamesAcrossThem(t *testing.T) {
	mask := NewMask(Keeping{Names: []string{"王大力"}}, true, true)
	c := Change{New: &Clause{Runs: []Run{{"找王", false}, {"大力", true}, {"办", false}}}}.Said(mask.Words)
	if got := c.New.Runs; got[0].Text != "找■" || got[1].Text != "■■" || got[2].Text != "办" {
		t.Errorf("runs %v", got)
	}
}

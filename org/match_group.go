package org

import (
	"slices"
	"strings"

	"luoshi/id"
)

// all are the words that say that every unit of a kind is meant.
var all = []string{"各", "全部", "所有"}

// wholes name all units of a level at once, once every word in front is taken off.
var wholes = []struct {
	words  []string
	levels []Level
	bare   bool // also without a word for all
}{
	{[]string{"直属单位", "直属各单位", "直属事业单位", "局属单位", "局属各单位", "局直属单位", "局直属各单位", "局直单位"}, []Level{Direct}, true},
	{[]string{"机关处室", "机关各处室", "内设处室", "内设机构"}, []Level{Division}, true},
	{[]string{"处室", "处(室)", "科室", "科(室)", "处室(局)", "职能处室"}, []Level{Division}, false},
}

// ownUnits may be meant by every unit at once, or some of them: 各单位.
var ownUnits = []string{"单位", "局属单位和处室", "部门单位"}

// together finds what names all units of a kind at once.
func (m *Matcher) together(name string) (Match, bool) {
	rest, every := m.afterAll(name)
	for _, w := range wholes {
		if slices.Contains(w.words, rest) && (every || w.bare) {
			return m.every(true, w.levels...)
		}
	}
	if every && slices.Contains(ownUnits, rest) {
		return m.every(false, Division, Direct)
	}
	bare := strings.NewReplacer("(", "", ")", "", "、", "").Replace(m.withoutBody(rest))
	switch {
	case isCounties(bare) && (every || len([]rune(bare)) > 2):
		return m.every(true, County)
	case isTownships(bare) && every:
		return m.every(true, Township)
	}
	return Match{}, false
}

func (m *Matcher) every(sure bool, levels ...Level) (Match, bool) {
	var units []id.Unit
	for _, l := range levels {
		units = append(units, m.levels[l]...)
	}
	slices.Sort(units)
	return Match{Units: units, Together: true, Sure: sure}, len(units) > 0
}

// afterAll takes off the words in front of what names all units of a kind, and reports
// whether one of them says that all are meant.
func (m *Matcher) afterAll(name string) (rest string, every bool) {
	front := append([]string{"全市", "局机关", "市局", "本局"}, m.words.bureaus...)
	for _, f := range front {
		if cut, is := strings.CutPrefix(name, f); is && cut != "" {
			name = cut
			break
		}
	}
	for _, f := range []string{"机关", "局"} { // 局各处室; 局属单位 is a name of its own
		if cut, is := strings.CutPrefix(name, f); is && slices.ContainsFunc(all, func(a string) bool { return strings.HasPrefix(cut, a) }) {
			name = cut
		}
	}
	for _, a := range all {
		if cut, is := strings.CutPrefix(name, a); is {
			name, every = cut, true
			break
		}
	}
	if cut, is := strings.CutPrefix(name, "机关"); is && every {
		name = cut
	}
	return name, every
}

// withoutBody takes off the body that does the work: 县(市、区)文广新局.
func (m *Matcher) withoutBody(name string) string {
	for _, t := range slices.Concat(m.words.trades, governments, []string{"局"}) {
		if cut, is := strings.CutSuffix(name, t); is {
			return cut
		}
	}
	return name
}

// isCounties reports 县市区 in any order: at least two of the three, each once. 市区 is
// the inner city.
func isCounties(name string) bool {
	runes := []rune(name)
	if len(runes) < 2 || len(runes) > 3 || name == "市区" {
		return false
	}
	for i, r := range runes {
		if !strings.ContainsRune("县市区", r) || slices.Contains(runes[:i], r) {
			return false
		}
	}
	return true
}

var townshipWords = []string{"乡镇街道", "乡镇", "镇街", "镇街道", "街镇", "乡街道", "街道乡镇", "镇乡街道", "乡镇街道办"}

func isTownships(name string) bool { return slices.Contains(townshipWords, name) }

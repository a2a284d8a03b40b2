package collection

import (
	"slices"
	"strings"
	"unicode"

	"luoshi/id"
)

// Known is a field that units fill in anyway: an item that they report, a question or
// column of another collection that runs.
type Known struct {
	Words      string
	Where      string // title of the collection, or of the plan
	Collection id.Collection
	Plan       id.Plan
	Item       id.Item
}

// Repeat is a field that would be asked a second time.
type Repeat struct {
	Words string // as it is asked now
	Known Known
}

// noField are words of a head that ask nothing, or that every table has.
var noField = []string{"", "序号", "编号", "单位", "名称", "项目", "备注", "说明", "时间", "日期", "地点", "填报人", "联系人", "电话", "联系电话", "负责人", "合计", "小计"}

// endings of a name change nothing about what is asked.
var fieldEndings = []string{"情况", "数量", "个数", "总数", "次数", "场次", "数"}

// fieldName takes away how a name is written: signs, numbers in front, the unit in
// brackets behind, and endings that say no more.
func fieldName(words string) string {
	words = strings.Map(func(r rune) rune {
		switch {
		case r == '（':
			return '('
		case r == '）':
			return ')'
		case unicode.IsSpace(r):
			return -1
		}
		return unicode.ToLower(r)
	}, words)
	if at := strings.LastIndexByte(words, '('); at > 0 && strings.HasSuffix(words, ")") {
		words = words[:at]
	}
	words = strings.TrimLeftFunc(words, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsPunct(r) })
	words = strings.TrimRightFunc(words, unicode.IsPunct)
	for _, e := range fieldEndings {
		if rest, ends := strings.CutSuffix(words, e); ends && len([]rune(rest)) >= 2 {
			return rest
		}
	}
	return words
}

// Repeats finds among what is asked the fields that are known already, each once. Only
// what is called the same counts: what is merely alike is for people to judge.
func Repeats(asked []string, known []Known) (out []Repeat) {
	by := map[string]Known{}
	for _, k := range known {
		name := fieldName(k.Words)
		if _, there := by[name]; !there {
			by[name] = k
		}
	}
	seen := map[string]bool{}
	for _, words := range asked {
		name := fieldName(words)
		k, there := by[name]
		if !there || seen[name] || slices.Contains(noField, name) || slices.Contains(noField, strings.TrimSpace(words)) {
			continue
		}
		seen[name] = true
		out = append(out, Repeat{words, k})
	}
	return out
}

// AskedWords are what a collection asks, as its fields are called.
func (c Collection) AskedWords() []string {
	if c.Template == nil {
		return c.Questions
	}
	return HeadWords(c.Template.Heads())
}

// HeadWords takes the heads of a template apart.
func HeadWords(heads string) []string { return strings.Split(heads, "\t") }

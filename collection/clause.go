package collection

import (
	"regexp"
	"strings"

	"luoshi/fault"
)

// A clause that asks units to hand something in: 「各直属单位的工作方案在9月23日之前报送局办公室」.

var (
	handsIn   = regexp.MustCompile(`报送|上报|报至|报到|报给|报市|报局|报我局|送至|送交|送局|提交|交至|交局`)
	byDay     = regexp.MustCompile(`(要|应|须|请|于|在|力争)*(\d{4}年)?\d{1,2}月(\d{1,2}日|底|初|中旬|上旬|下旬)?(之前|以前|前)?|年底(之前|以前|前)?`)
	trailing  = regexp.MustCompile(`[，,、：:要应须请将把于在均并统一]+$`)
	joining   = regexp.MustCompile(`^[，,、：:的要应须请将把于在均并都也统一]+|^(制定|制订)`)
	receiver  = regexp.MustCompile(`(办公室|办|局|处|科|领导小组)$`)
	numbering = regexp.MustCompile(`^[（(]?[0-9一二三四五六七八九十]+[)）、.．]\s*`)
)

// Clause is a sentence by which units hand something in.
type Clause struct {
	Sentence string // all of it, as it stands
	Parties  string // who, as written
	Kind     Kind
	Title    string
}

// CheckDecline says what keeps a clause from being set aside (不征集): it takes a reason.
func CheckDecline(reason string) error {
	return fault.CheckText("reason", "不征集的原因", reason, LongestReason, true)
}

// longestParty is how many runes who hands in may take, at the start of a sentence.
const longestParty = 40

// ReadClause reads a sentence. named tells whether words name units for certain; what
// names none is no clause of this kind.
func ReadClause(sentence string, named func(words string) bool) (c Clause, is bool) {
	sentence = strings.TrimSpace(strings.Trim(strings.TrimSpace(sentence), "。；;"))
	c.Sentence = sentence
	verb := handsIn.FindStringIndex(sentence)
	if verb == nil {
		return c, false
	}
	before := numbering.ReplaceAllString(sentence[:verb[0]], "")
	before = strings.TrimPrefix(before, "请")
	for _, part := range parts(before) { // who may stand after another part of the sentence
		runes := []rune(part)
		for n := min(len(runes), longestParty); n > 1; n-- {
			if words := strings.TrimSpace(string(runes[:n])); named(words) {
				c.Parties = words
				break
			}
		}
		if c.Parties != "" {
			before = strings.TrimSpace(part)
			break
		}
	}
	if c.Parties == "" {
		return c, false
	}
	c.Title = c.title(before, sentence[verb[1]:])
	c.Kind = File
	if strings.Contains(c.Title, "方案") || strings.Contains(c.Title, "计划") {
		c.Kind = Plan
	}
	return c, true
}

// title says in short what is handed in: what stands before the verb, or else behind it.
func (c Clause) title(before, after string) string {
	tidy := func(words string) string {
		words = byDay.ReplaceAllString(words, "")
		return strings.TrimSpace(joining.ReplaceAllString(trailing.ReplaceAllString(words, ""), ""))
	}
	what := tidy(strings.TrimPrefix(before, c.Parties))
	if what == "" {
		after, _, _ = strings.Cut(strings.NewReplacer("，", ",", "；", ",", "、", ",").Replace(after), ",")
		if what = tidy(after); receiver.MatchString(what) {
			what = ""
		}
	}
	if what == "" {
		what = "材料"
	}
	runes := []rune(c.Parties + "的" + what)
	return string(runes[:min(len(runes), LongestTitle)])
}

func parts(words string) (out []string) {
	for rest := words; ; {
		out = append(out, rest)
		at := strings.IndexAny(rest, "，,；;：:")
		if at < 0 {
			return out
		}
		rest = strings.TrimLeft(rest[at:], "，,；;：:")
	}
}

package org

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is one party of a list, with the duty that the words around it say.
type piece struct {
	words string
	duty  Duty
}

// part is a word that says what those beside it have to do.
type part struct {
	word string
	duty Duty
}

// partLabels stand before a colon in front of those whose duty they say, partEnds behind.
var (
	partLabels = []part{{"牵头", LeadDuty}, {"主办", LeadDuty}, {"主责", LeadDuty}, {"责任", LeadDuty},
		{"配合", CooperatingDuty}, {"协办", CooperatingDuty}, {"协助", CooperatingDuty}, {"参与", CooperatingDuty}, {"参加", CooperatingDuty}}
	labelNouns = []string{"", "单位", "部门", "处室", "科室"}
	partEnds   = []part{{"按职责分工负责", LeadDuty}, {"分工负责", LeadDuty}, {"牵头负责", LeadDuty}, {"共同牵头", LeadDuty}, {"牵头", LeadDuty}, {"主办", LeadDuty}, {"负责", LeadDuty},
		{"配合", CooperatingDuty}, {"协助", CooperatingDuty}, {"协办", CooperatingDuty}, {"参与", CooperatingDuty}, {"参加", CooperatingDuty}}
)

// pieces cuts a text into the parties that it lists. Joining words such as 和 cut only
// where one side is a party that is known: names hold them too.
func (m *Matcher) pieces(text string) []piece {
	var out []piece
	var labelled Duty
	open := 0 // the first piece whose duty the next word behind decides
	for _, words := range m.rejoined(hardPieces(unwrapped(strings.TrimSpace(text)))) {
		if duty, rest, is := cutLabel(words); is {
			labelled, words, open = duty, rest, len(out)
		}
		own, words := cutBracket(words)
		var end Duty
		if own == "" {
			end, words = cutEnd(words)
		}
		for _, p := range m.softPieces(words) {
			switch {
			case own != "":
				p.duty = own
			case p.duty == "":
				p.duty = labelled
			}
			out = append(out, p)
		}
		if end != "" {
			for i := open; i < len(out); i++ {
				if out[i].duty == "" {
					out[i].duty = end
				}
			}
			open, labelled = len(out), ""
		}
	}
	return out
}

// unwrapped takes off a pair of brackets round the whole text.
func unwrapped(text string) string {
	runes, depth := []rune(text), 0
	if len(runes) < 2 || plain(string(runes[0])) != "(" {
		return text
	}
	for i, r := range runes {
		switch plain(string(r)) {
		case "(":
			depth++
		case ")":
			depth--
		}
		if depth == 0 && i < len(runes)-1 {
			return text
		}
	}
	if depth != 0 {
		return text
	}
	return string(runes[1 : len(runes)-1])
}

// hardPieces cuts at the signs that part a list, outside brackets that are closed.
func hardPieces(text string) (out []string) {
	brackets := plain(text)
	closed := strings.Count(brackets, "(") == strings.Count(brackets, ")")
	from, depth := 0, 0
	for i, r := range text {
		switch plain(string(r)) {
		case "(":
			depth++
		case ")":
			depth--
		}
		if strings.ContainsRune("、，,；;。/／", r) && (depth <= 0 || !closed) {
			out = append(out, text[from:i])
			from = i + utf8.RuneLen(r)
		}
	}
	return append(out, text[from:])
}

// rejoined puts together again what names all units of a kind: 各市、县（区）.
func (m *Matcher) rejoined(pieces []string) (out []string) {
	for i := 0; i < len(pieces); i++ {
		words, next := pieces[i], i
		if _, rest, is := cutLabel(words); is {
			words = rest
		}
		if rest, _ := m.afterAll(plain(words)); utf8.RuneCountInString(rest) == 1 && strings.Contains("县市区乡镇", rest) {
			joined := words
			for k := i + 1; k < min(i+3, len(pieces)); k++ {
				joined += "、" + pieces[k]
				if _, whole := m.together(plain(joined)); whole {
					next = k
				}
			}
		}
		out = append(out, strings.Join(pieces[i:next+1], "、"))
		i = next
	}
	return out
}

func cutLabel(words string) (Duty, string, bool) {
	label, rest, is := strings.Cut(strings.ReplaceAll(words, ":", "："), "：")
	if is {
		label = plain(label)
		for _, l := range partLabels {
			if noun, begins := strings.CutPrefix(label, l.word); begins && slices.Contains(labelNouns, noun) {
				return l.duty, rest, true
			}
		}
	}
	return "", words, false
}

// cutBracket takes off a bracket that says the duty of the one in front of it alone.
func cutBracket(words string) (Duty, string) {
	words = strings.TrimSpace(words)
	for _, e := range partEnds {
		for _, pair := range []string{"（）", "()", "〔〕", "[]"} {
			signs := []rune(pair)
			if rest, is := strings.CutSuffix(words, string(signs[0])+e.word+string(signs[1])); is {
				return e.duty, rest
			}
		}
	}
	return "", words
}

// cutEnd takes off a word behind a list that says the duty of all in it: 牵头.
func cutEnd(words string) (Duty, string) {
	words = strings.TrimSpace(words)
	for _, e := range partEnds {
		if rest, is := strings.CutSuffix(words, e.word); is {
			return e.duty, strings.TrimPrefix(rest, "由")
		}
	}
	return "", words
}

// joins join the last two of a list, or all of it.
var joins = []string{"以及", "会同", "和", "及", "与"}

func (m *Matcher) softPieces(words string) []piece {
	words = strings.TrimSpace(words)
	if words == "" {
		return nil
	}
	if !m.knows(words) {
		for i, r := range words {
			join := ""
			for _, j := range joins {
				if join == "" && strings.HasPrefix(words[i:], j) {
					join = j
				}
			}
			if unicode.IsSpace(r) {
				join = string(r)
			}
			if join == "" {
				continue
			}
			left, right := strings.TrimSpace(words[:i]), strings.TrimSpace(words[i+len(join):])
			if left == "" || right == "" || !m.knows(left) && !m.knows(right) {
				continue
			}
			before, behind := m.softPieces(left), m.softPieces(right)
			if join == "会同" {
				dutyOf(before, LeadDuty)
				dutyOf(behind, CooperatingDuty)
			}
			return append(before, behind...)
		}
	}
	return []piece{{words: words}}
}

func dutyOf(pieces []piece, duty Duty) {
	for i := range pieces {
		if pieces[i].duty == "" {
			pieces[i].duty = duty
		}
	}
}

func (m *Matcher) knows(words string) bool { return len(m.one(words).Units) > 0 }

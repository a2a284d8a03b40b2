package fact

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"luoshi/document"
	"luoshi/fault"
)

// Named reports whether each of what an indicator counts is named: a person or a thing.
func (i Indicator) Named() bool { return i.Subjects != NoSubject && !i.Rate() }

// gridNameEnds part the names in one cell, whatever hand wrote them.
var gridNameEnds = regexp.MustCompile(`[、，,；;|/\r\n\t。"]+`)

// gridNoName is what is written where there is nobody to name.
var gridNoName = regexp.MustCompile(`^(0|-+|—+|－+|–+|无|没有)$`)

// gridMore ends a list that does not name all: 张三等5人.
var gridMore = regexp.MustCompile(`.等(\s*\d*\s*[人名位个艘条]*)?$`)

// ReadGridNames reads the persons or things that were typed into one cell. One that is
// named twice in it is told of once.
func ReadGridNames(i Indicator, words string) (names []string, doubts []GridDoubt) {
	doubt := func(kind string, stops, told bool, says *fault.Fault) {
		doubts = append(doubts, GridDoubt{Kind: kind, Says: says, Stops: stops, Told: told})
	}
	seen := map[string]bool{}
	for _, piece := range gridNameEnds.Split(words, -1) {
		for _, name := range namesBetweenSpaces(piece) {
			key := SubjectKey(name)
			switch {
			case key == "" || gridNoName.MatchString(name):
			case seen[key]:
				doubt("same", false, true, fault.New(fault.Invalid, "“%s”写了两次，只算一次。", name))
			case len([]rune(name)) > longestSubject:
				doubt("long", true, false, fault.New(fault.Invalid, "“%s…”太长了，不像一个名字。几个名字请用顿号隔开。", string([]rune(name)[:10])))
			case i.Subjects == Persons && !strings.ContainsFunc(name, unicode.IsLetter):
				doubt("name", true, false, fault.New(fault.Invalid, "“%s”不是姓名。这一格写姓名，几个人用顿号隔开，人数由这里数。", name))
			default:
				seen[key] = true
				names = append(names, name)
				if gridMore.MatchString(name) {
					doubt("more names", false, false, fault.New(fault.Invalid, "“%s”是一个名字吗？要一个一个写出来才算得对。", name))
				}
			}
		}
	}
	if len(names) == 1 && len(names[0]) < 4 && strings.Trim(names[0], "0123456789") == "" {
		doubt("count", false, false, fault.New(fault.Invalid, "“%s”是一个编号吗？这一格写编号，不写有几个。", names[0]))
	}
	return names, doubts
}

// longestSubject is how long a name or number is at most.
const longestSubject = 60

// namesBetweenSpaces parts words at their spaces, but not within 张 三, 林 小满, 浙渔 00123, or
// a name in Latin letters.
func namesBetweenSpaces(words string) (names []string) {
	han := func(s string) bool { return len([]rune(s)) == 1 && unicode.Is(unicode.Han, []rune(s)[0]) }
	latin := func(s string) bool {
		return !strings.ContainsFunc(s, func(r rune) bool {
			return r > unicode.MaxLatin1 || !unicode.IsLetter(r) && r != '.' && r != '\'' && r != '-' && r != ' '
		})
	}
	for _, part := range strings.Fields(words) {
		last := len(names) - 1
		switch {
		case last < 0:
			names = append(names, part)
		case han(names[last]) && unicode.Is(unicode.Han, []rune(part)[0]): // one sign is nobody's name
			names[last] += part
		case strings.Trim(part, "0123456789-*xX") == "" && !strings.ContainsFunc(names[last], unicode.IsDigit), latin(part) && latin(names[last]):
			names[last] += " " + part
		default:
			names = append(names, part)
		}
	}
	return names
}

// gridNamesHead is a head that says only that names stand below it.
var gridNamesHead = regexp.MustCompile(`^(姓名|名单|名字|学员|人员|船号|船名|船名号)$`)

// namesHead finds the one column with names.
func (r *gridReader) namesHead(words string) (found Indicator, only bool) {
	if !gridNamesHead.MatchString(sheetTight(words)) {
		return found, false
	}
	for _, c := range r.columns {
		if c.Named() {
			only, found = found.ID == 0, c
		}
	}
	return found, only
}

func (r *gridReader) countNames(i Indicator, words string) {
	names, _ := ReadGridNames(i, words)
	r.sums[i.ID] += document.Whole(int64(len(names)))
}

// moreNames puts the names of a further line of a unit to those of its first.
func (r *gridReader) moreNames(k int, u *GridUnit) (any bool) {
	for c, words := range r.lines[k] {
		if i, known := r.at[c]; known && i.Named() && words != "" {
			at := GridSpot{u.ID, i.ID}
			r.paste.Cells[at] = strings.TrimPrefix(r.paste.Cells[at]+"、"+words, "、")
			r.countNames(i, words)
			any = true
		}
	}
	return any
}

// hasNumbers reports whether a line says anything where a number stands.
func (r *gridReader) hasNumbers(k int) bool {
	for c, words := range r.lines[k] {
		if i, known := r.at[c]; known && !i.Named() && words != "" {
			return true
		}
	}
	return false
}

// onlyNames reports a line that says names and nothing else, as below a cell that was joined.
func (r *gridReader) onlyNames(k int) (only bool) {
	for c, words := range r.lines[k] {
		i, known := r.at[c]
		if words != "" && (!known || !i.Named()) {
			return false
		}
		only = only || words != ""
	}
	return only
}

// WithoutNames takes names out of what was typed into one cell, by their keys (SubjectKey):
// those that are one that goes, also where it was written in several words or a number behind
// it, and those in which one stands.
func WithoutNames(words string, goes, holds func(key string) bool) (left string, found bool) {
	var stay []string
	for _, piece := range gridNameEnds.Split(words, -1) {
		for names := namesBetweenSpaces(piece); len(names) > 0; {
			n := wordsThatGo(names, goes, holds)
			if found = found || n > 0; n == 0 {
				stay, n = append(stay, names[0]), 1
			}
			names = names[n:]
		}
	}
	if !found {
		return words, false
	}
	return strings.Join(stay, "、"), true
}

// mostWords is in how many words one name is written at most.
const mostWords = 3

// wordsThatGo is how many of names, from the first on, are one that goes.
func wordsThatGo(names []string, goes, holds func(key string) bool) int {
	for n := 1; n <= min(len(names), mostWords); n++ {
		if goes(SubjectKey(strings.Join(names[:n], ""))) {
			return n
		}
	}
	one := func(word string) bool { return goes(SubjectKey(word)) }
	if holds(SubjectKey(names[0])) || slices.ContainsFunc(strings.Fields(names[0]), one) {
		return 1
	}
	return 0
}

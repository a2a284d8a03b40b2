package document

import (
	"strconv"
	"strings"
)

// listLevels is how many levels a list has (ECMA-376 Part 1, 17.9.6).
const listLevels = 9

// docxLevel is a level of a list: how its numbers look (17.9.6).
type docxLevel struct {
	start   int
	format  string // ST_NumberFormat
	digits  int    // of a custom format 001, 002 …: how many, else 0
	pattern string // 第%1章
	suffix  string // tab, space or nothing
	legal   bool   // all numbers in it are written in digits
	restart int    // the level, from 1, after which it starts again; 0 never, -1 any above it
	style   string // the paragraph style that stands for this level
}

// docxAbstract is a list as it is defined once (abstractNum, 17.9.1).
type docxAbstract struct {
	levels [listLevels]*docxLevel
	link   string // the numbering style that it is only a name for (numStyleLink, 17.9.21)
}

// docxNum is a use of a list (num, 17.9.15), with what it changes.
type docxNum struct {
	abstract  string
	overrides []docxOverride
}

// docxOverride changes one level for one num (lvlOverride, 17.9.8).
type docxOverride struct {
	level    int
	restarts bool // it has a start of its own
	start    int
	as       *docxLevel // nil where the level looks as defined
}

func (n docxNum) override(level int) docxOverride {
	for _, o := range n.overrides {
		if o.level == level {
			return o
		}
	}
	return docxOverride{}
}

// docxLists are the lists of a document and how far each has counted.
type docxLists struct {
	abstracts map[string]*docxAbstract
	nums      map[string]docxNum
	styles    docxStyles
	found     map[string]*docxAbstract // the list of a num, once it was looked for
	counts    map[*docxAbstract]*docxCount
	begun     map[docxPlace]bool // a start of its own is taken once
}

type docxPlace struct {
	num   string
	level int
}

// docxCount is how far the levels of a list have counted. All nums of one
// abstractNum count on together.
type docxCount struct {
	value [listLevels]int
	set   [listLevels]bool
}

// abstract finds the list that a num uses, through the numbering styles that may
// stand between. A chain of styles that leads nowhere soon is no list.
func (l *docxLists) abstract(num string) *docxAbstract {
	if a, ok := l.found[num]; ok {
		return a
	}
	l.found[num] = nil
	for hops, at := 0, num; hops < 8; hops++ {
		a := l.abstracts[l.nums[at].abstract]
		if a == nil || a.link == "" {
			l.found[num] = a
			break
		}
		at = l.styles.list(a.link)
	}
	return l.found[num]
}

// level is how a level of a num looks, or nil.
func (l *docxLists) level(num string, level int) *docxLevel {
	if o := l.nums[num].override(level); o.as != nil {
		return o.as
	}
	if a := l.abstract(num); a != nil {
		return a.levels[level]
	}
	return nil
}

// levelOf gives the level that stands for a paragraph style (pStyle, 17.9.23), or -1.
func (l *docxLists) levelOf(num, style string) int {
	if a := l.abstract(num); a != nil {
		for i, level := range a.levels {
			if level != nil && level.style == style && style != "" {
				return i
			}
		}
	}
	return -1
}

// start is the first number of a level.
func (l *docxLists) start(num string, level int) int {
	if o := l.nums[num].override(level); o.restarts {
		return o.start
	}
	if at := l.level(num, level); at != nil {
		return at.start
	}
	return 1
}

// number counts a paragraph of a list and gives the number that stands before it,
// or "" where there is none.
func (l *docxLists) number(num string, level int) string {
	at := l.level(num, level)
	if at == nil {
		return ""
	}
	a := l.abstract(num)
	if a == nil {
		return ""
	}
	count := l.counts[a]
	if count == nil {
		count = &docxCount{}
		l.counts[a] = count
	}
	place := docxPlace{num, level}
	if count.set[level] && !(l.nums[num].override(level).restarts && !l.begun[place]) {
		count.value[level]++
	} else {
		count.value[level], count.set[level] = l.start(num, level), true
	}
	l.begun[place] = true
	for k := level + 1; k < listLevels; k++ {
		restart := -1
		if below := l.level(num, k); below != nil && below.restart <= k {
			restart = below.restart
		}
		if restart < 0 || level < restart {
			count.set[k] = false
		}
	}
	if at.format == "bullet" {
		return "• "
	}
	return l.written(num, at, count)
}

// written fills the pattern of a level: %1 to %9 are the numbers of the levels
// (lvlText, 17.9.11). A level that has not counted yet shows its start. What
// stands between number and words (suff, 17.9.28) is left out after a sign that
// has room of its own, and is a blank otherwise.
func (l *docxLists) written(num string, at *docxLevel, count *docxCount) string {
	var out strings.Builder
	pattern := []rune(plainWords(at.pattern))
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' || i+1 == len(pattern) || pattern[i+1] < '1' || pattern[i+1] > '9' {
			out.WriteRune(pattern[i])
			continue
		}
		i++
		k := int(pattern[i] - '1')
		shown := l.level(num, k)
		if shown == nil {
			continue
		}
		n := count.value[k]
		if !count.set[k] {
			n = l.start(num, k)
		}
		switch {
		case shown.digits > 0:
			digits := strconv.Itoa(n)
			out.WriteString(strings.Repeat("0", max(0, shown.digits-len(digits))) + digits)
		case at.legal:
			out.WriteString(strconv.Itoa(n))
		default:
			out.WriteString(listNumeral(n, shown.format))
		}
	}
	number := strings.TrimFunc(out.String(), isBlank)
	if number == "" || at.suffix == "nothing" {
		return number
	}
	switch r := []rune(number); r[len(r)-1] {
	case '、', '．', '。', '，', '：', '；', '）', '】', '〕', '》', '」':
		return number
	}
	return number + " "
}

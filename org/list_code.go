package org

import (
	"sort"
	"strings"

	"luoshi/fault"
)

// readCodes reads a list of codes and names: of the 12 digits of a division of the
// country the first 4 are the city's, 6 the county's, 9 the township's.
func (l *listing) readCodes() {
	for r := l.form.Head; r < l.cells.Rows(); r++ {
		name, code := l.cell(r, NameColumn), cleanCode(l.cell(r, CodeColumn))
		switch {
		case l.isNote(r) || name == "市辖区":
			l.list.Skipped++
			continue
		case name == "":
			l.keep(ListProblem{Row: l.cells.Line(r), Column: l.column(NameColumn), Says: fault.New(fault.Invalid, "这一行没有名称。请填上名称，或者删去这一行。")})
			continue
		}
		u := ListedUnit{Parent: noParent, Name: name, Code: code}
		if words := l.cell(r, LevelColumn); words != "" {
			u.Level = levelWords[words]
		}
		i := l.add(r, u)
		if says := checkForm(code); says != nil {
			l.wrongUnit(int(i), CodeColumn, says)
			continue
		}
		l.list.Units[i].Level = levelOfCode(code)
	}
	own := len(l.list.Units)
	byCode := sortedCodes(own, func(i int32) string { return l.list.Units[i].Code })
	place := l.stands.Place
	first := place.Code // what the units right below the place begin with
	for i := range own {
		u := &l.list.Units[i]
		if u.Level == place.Level && (u.Name == place.Name || place.Code != "" && sameCode(u.Code, place.Code)) {
			u.Parent = isPlace
			first = u.Code
		}
	}
	for i := range own {
		u := &l.list.Units[i]
		if u.Level == "" || u.Parent == isPlace {
			continue
		}
		above := codeAbove(u.Code)
		if same := equalRange(byCode, above, func(k int32) string { return wholeCode(l.list.Units[k].Code) }); len(same) > 0 {
			if u.Parent = same[0]; l.list.Units[same[0]].Parent == isPlace {
				u.Parent = thePlace
			}
			continue
		}
		if s := l.stands.withCode(above); s >= 0 {
			parent := l.name(s) // which may move the units
			l.list.Units[i].Parent = parent
			continue
		}
		if levelOfCode(above) != place.Level {
			l.wrongUnit(i, CodeColumn, fault.New(fault.Invalid, "“%s”要放在代码 %s 的下面，名单里和系统里都没有这个代码。请加上那一行，或者改对代码。", u.Name, above))
			continue
		}
		if first == "" {
			first = above
		}
		if above != wholeCode(first) {
			l.wrongUnit(i, CodeColumn, fault.New(fault.Invalid, "“%s”的代码 %s 不在“%s”下面：那里的代码以 %s 开头。请改对代码，或者删去这一行。", u.Name, u.Code, place.Name, significant(first)))
			continue
		}
		u.Parent = thePlace
	}
	l.checkUnits(func(ListedUnit) ListColumn { return NameColumn })
}

// cleanCode gives a code as it was meant: without what a spreadsheet adds.
func cleanCode(code string) string {
	code = strings.TrimSuffix(strings.TrimPrefix(code, "'"), ".0")
	if strings.ContainsFunc(code, func(r rune) bool { return r >= '０' && r <= '９' }) {
		code = strings.Map(func(r rune) rune {
			if r >= '０' && r <= '９' {
				return r - '０' + '0'
			}
			return r
		}, code)
	}
	return code
}

// checkForm says what keeps a code from being one of a county, township or village.
func checkForm(code string) *fault.Fault {
	switch {
	case code == "":
		return fault.New(fault.Invalid, "这一行没有代码。请填上代码；没有代码的名单，请加上“上级”一列。")
	case strings.ContainsAny(code, "Ee+."):
		return fault.New(fault.Invalid, "代码“%s”被表格改成了科学计数，后面的数字丢了。请把这一列设成文本，重新填写代码。", code)
	case !isDigits(code):
		return fault.New(fault.Invalid, "代码“%s”不对：只能是数字。自己编的序号，请把这一列选成“不读”。", code)
	case !codeForm.MatchString(code):
		return fault.New(fault.Invalid, "代码“%s”是 %d 位，应该是 12 位（县可以写 6 位，乡镇可以写 9 位）。请补齐；自己编的序号，请把这一列选成“不读”。", code, len(code))
	case levelOfCode(code) == "":
		return fault.New(fault.Invalid, "代码“%s”不是县、乡镇或者村的代码。请改对，或者删去这一行。", code)
	}
	return nil
}

// wholeCode is a code with all of its 12 digits.
func wholeCode(code string) string {
	if len(code) >= 12 {
		return code
	}
	return code + "000000000000"[len(code):]
}

func sameCode(a, b string) bool { return a == b || wholeCode(a) == wholeCode(b) }

// levelOfCode is the level of the unit that has a code.
func levelOfCode(code string) Level {
	switch c := wholeCode(code); {
	case c[9:] != "000":
		return Village
	case c[6:9] != "000":
		return Township
	case c[4:6] != "00":
		return County
	case c[2:4] != "00":
		return CityLevel
	}
	return ""
}

// codeAbove is the code of what the unit of a code stands below.
func codeAbove(code string) string {
	switch levelOfCode(code) {
	case Village:
		return wholeCode(wholeCode(code)[:9])
	case Township:
		return wholeCode(code[:6])
	case County:
		return wholeCode(code[:4])
	}
	return ""
}

// significant is what all codes below a unit begin with.
func significant(code string) string {
	switch levelOfCode(code) {
	case Township:
		return code[:9]
	case County:
		return code[:6]
	case CityLevel:
		return code[:4]
	}
	return code
}

// checkCodes says what is wrong with the codes of units as they stand in the tree.
func (l *listing) checkCodes() {
	for i := range l.list.Units {
		u := &l.list.Units[i]
		u.Code = cleanCode(u.Code)
		if u.Code == "" || u.Row == 0 || l.broken[i] {
			continue
		}
		if u.Level == Direct || u.Level == Division || u.Level == Bureau {
			if err := CheckCode(u.Code); err != nil {
				l.wrongUnit(i, CodeColumn, fault.Of(err))
				u.Code = ""
			}
			continue
		}
		if says := checkForm(u.Code); says != nil {
			l.wrongUnit(i, CodeColumn, says)
			u.Code = ""
			continue
		}
		if level := levelOfCode(u.Code); level != u.Level {
			l.wrongUnit(i, CodeColumn, fault.New(fault.Invalid, "代码“%s”是%s的代码，“%s”是%s。请改对代码。", u.Code, LevelName(level), u.Name, LevelName(u.Level)))
			u.Code = ""
		}
	}
	for i, u := range l.list.Units {
		if u.Code == "" || u.Row == 0 || l.broken[i] || levelOf[chainColumn(u.Level)] == "" {
			continue
		}
		above := l.stands.Place.Code
		if u.Parent >= 0 {
			above = l.list.Units[u.Parent].Code
			if at := l.list.Units[u.Parent]; above == "" && at.stands >= 0 {
				above = l.stands.Units[at.stands].Code
			}
		}
		if above = cleanCode(above); checkForm(above) == nil && !strings.HasPrefix(u.Code, significant(wholeCode(above))) {
			l.wrongUnit(i, CodeColumn, fault.New(fault.Invalid, "代码“%s”和上级“%s”的代码 %s 对不上：应该以 %s 开头。请改对代码，或者改上级。", u.Code, l.nameAbove(u), above, significant(wholeCode(above))))
		}
	}
	byCode := sortedCodes(len(l.list.Units), func(i int32) string { return l.list.Units[i].Code })
	for k := 1; k < len(byCode); k++ {
		a, b := l.list.Units[byCode[k-1]], l.list.Units[byCode[k]]
		if a.Row != 0 && b.Row != 0 && a.Parent != isPlace && sameCode(a.Code, b.Code) {
			l.wrongUnit(int(byCode[k]), CodeColumn, fault.New(fault.Invalid, "代码“%s”写了两遍，另一遍在第 %d 行“%s”。请改对其中一个。", b.Code, int(a.Row), a.Name))
		}
	}
}

func chainColumn(level Level) ListColumn {
	for _, c := range chain {
		if levelOf[c] == level {
			return c
		}
	}
	return NotRead
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// sortedCodes gives the numbers up to n of those that have a code, in its order.
func sortedCodes(n int, code func(int32) string) []int32 {
	var out []int32
	for i := range int32(n) {
		if isDigits(code(i)) {
			out = append(out, i)
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return wholeCode(code(out[a])) < wholeCode(code(out[b])) })
	return out
}

// equalRange gives those of a sorted list that have a key.
func equalRange(order []int32, want string, key func(int32) string) []int32 {
	from := sort.Search(len(order), func(k int) bool { return key(order[k]) >= want })
	to := from + sort.Search(len(order)-from, func(k int) bool { return key(order[from+k]) > want })
	return order[from:to]
}

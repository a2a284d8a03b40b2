package org

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
)

// ListedUnit is a unit of a list.
type ListedUnit struct {
	Row     uint32 // where it stands in its file; 0: it is only named as what others stand below
	Parent  int32  // its place among the units of the list; -1: the place that the list is put under
	stands  int32  // of a unit that is only named: its place among the units that are there; else -1
	Level   Level
	Name    string
	Code    string
	Body    string // that does its work, or empty
	Contact string // or empty
}

// List is what a list says.
type List struct {
	Units    []ListedUnit // parents before those below them
	Problems []ListProblem
	Wrong    int // how many problems there are; only the first are kept
	Skipped  int // rows with sums and notes
}

// ListProblem is what is wrong with a row, and what to do.
type ListProblem struct {
	Row    int // 0: the whole list
	Column int // from 0; -1: the whole row
	Cell   string
	Says   *fault.Fault
	Doubt  bool // it may be right as it is
}

// MostProblems is how many problems of a list are kept.
const MostProblems = 200

// StandingUnit is a unit that is there, with what a list may say about it.
type StandingUnit struct {
	Unit
	Since   calendar.Day // its first day
	Body    string
	Contact string
}

// Standing is what is there where a list is put.
type Standing struct {
	Place Unit
	Since calendar.Day   // the first day of the place
	Units []StandingUnit // all below it that have not ended, parents before those below them

	byID, byName, byCode []int32
}

// listing is the reading of a list.
type listing struct {
	cells  *Cells
	form   ListForm
	stands *Standing
	at     map[ListColumn]int // where each column is
	rows   []uint32           // of the units, in cells
	named  map[int32]int32    // units that are there and are only named: their places in the list
	broken []bool             // units of which it is not known what they stand below
	list   List
}

// Broken parents of units while a list is read.
const (
	thePlace = -1 // it stands directly below the place
	noParent = -2 // what is wrong was said
	isPlace  = -3 // it is the place itself
)

// ReadList reads the units of a list. It says all that is wrong with it, row by row;
// where anything is, its units are not to be used.
func ReadList(cells *Cells, form ListForm, stands *Standing) *List {
	l := &listing{cells: cells, form: form, stands: stands, at: map[ListColumn]int{}, named: map[int32]int32{}}
	for k, c := range form.Columns {
		if c == NotRead || k >= cells.Width() {
			continue
		}
		if _, twice := l.at[c]; twice {
			l.wrong(0, k, fault.New(fault.Invalid, "有两列都选了同一个意思。请把 %s 列改成“不读”或者别的。", ColumnLetter(k)))
		}
		l.at[c] = k
	}
	stands.index()
	if l.list.Wrong == 0 {
		l.read()
	}
	slices.SortStableFunc(l.list.Problems, func(a, b ListProblem) int { return a.Row - b.Row })
	return &l.list
}

func (l *listing) read() {
	_, name := l.at[NameColumn]
	_, parent := l.at[ParentColumn]
	_, code := l.at[CodeColumn]
	switch {
	case l.form.Head < 0 || l.cells.Rows() <= l.form.Head:
		l.wrong(0, -1, fault.New(fault.Invalid, "名单里没有一行单位。请连内容一起复制，或者换一个文件。"))
	case name && parent:
		l.readParents()
	case l.hasLevels():
		l.readLevels()
	case name && code:
		l.readCodes()
	case name:
		l.readParents() // all of them directly below the place
	default:
		l.wrong(0, -1, fault.New(fault.Invalid, "还不知道哪一列是名称。请在表头上选：县、乡镇、村各一列；或者名称和上级；或者名称和代码。"))
	}
}

func (l *listing) hasLevels() bool {
	for c := range l.at {
		if levelOf[c] != "" {
			return true
		}
	}
	return false
}

// cell gives the words of a column in a row.
func (l *listing) cell(row int, c ListColumn) string {
	k, there := l.at[c]
	if !there {
		return ""
	}
	return l.cells.At(row, k)
}

// column is where a column is, or -1.
func (l *listing) column(c ListColumn) int {
	if k, there := l.at[c]; there {
		return k
	}
	return -1
}

// wrong keeps a problem of a row of the file.
func (l *listing) wrong(row, column int, says *fault.Fault) {
	l.keep(ListProblem{Row: row, Column: column, Says: says})
}

// wrongUnit keeps a problem of a unit that has a row.
func (l *listing) wrongUnit(unit int, c ListColumn, says *fault.Fault) {
	row, k := int(l.rows[unit]), l.column(c)
	l.keep(ListProblem{Row: l.cells.Line(row), Column: k, Cell: l.cells.At(row, k), Says: says})
}

func (l *listing) keep(p ListProblem) {
	l.list.Wrong++
	if len(l.list.Problems) < MostProblems {
		l.list.Problems = append(l.list.Problems, p)
	}
}

// full reports whether no more problems are kept, so that nothing need be worked out
// for their sentences.
func (l *listing) full() bool { return len(l.list.Problems) == MostProblems }

// add adds the unit of a row.
func (l *listing) add(row int, u ListedUnit) int32 {
	u.Row, u.stands = uint32(l.cells.Line(row)), -1
	u.Body, u.Contact = l.cell(row, BodyColumn), l.cell(row, ContactColumn)
	l.list.Units, l.rows = append(l.list.Units, u), append(l.rows, uint32(row))
	return int32(len(l.list.Units) - 1)
}

// name gives a unit that is there, and that the list only names, its place in the list,
// with those above it.
func (l *listing) name(standing int32) int32 {
	if i, known := l.named[standing]; known {
		return i
	}
	s, parent := l.stands.Units[standing], int32(thePlace)
	if p := l.stands.Find(s.Parent); p >= 0 {
		parent = l.name(p)
	}
	l.list.Units = append(l.list.Units, ListedUnit{Parent: parent, stands: standing, Level: s.Level, Name: s.Name, Code: s.Code})
	l.rows = append(l.rows, 0)
	i := int32(len(l.list.Units) - 1)
	l.named[standing] = i
	return i
}

// notes are the beginnings of rows that hold no unit.
var notes = []string{"合计", "总计", "小计", "注：", "注:", "备注：", "说明：", "填表", "制表", "审核", "填报"}

// isNote reports whether a row is a sum or a note.
func (l *listing) isNote(row int) bool {
	for k := range l.cells.Width() {
		if w := l.cells.At(row, k); w != "" {
			return slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(w, n) })
		}
	}
	return false
}

// levelAbove is the level of what a unit stands below.
func (l *listing) levelAbove(u ListedUnit) Level {
	if u.Parent < 0 {
		return l.stands.Place.Level
	}
	return l.list.Units[u.Parent].Level
}

// nameAbove is the name of what a unit stands below.
func (l *listing) nameAbove(u ListedUnit) string {
	if u.Parent < 0 {
		return l.stands.Place.Name
	}
	return l.list.Units[u.Parent].Name
}

// checkUnits says what is wrong with units as they stand in the tree of the list, and
// orders them: parents before those below them.
func (l *listing) checkUnits(nameColumn func(ListedUnit) ListColumn) {
	l.findBroken()
	for i, u := range l.list.Units {
		if u.Row == 0 || l.broken[i] {
			continue
		}
		err := CheckUnit(Unit{Level: u.Level, Name: u.Name}, l.levelAbove(u))
		switch {
		case err != nil && CheckName("unit", "单位名称", u.Name) == nil:
			l.wrongUnit(i, nameColumn(u), fault.New(fault.Invalid, "“%s”是%s，不能直接放在“%s”下面。请看看级别和上级写得对不对。", u.Name, LevelName(u.Level), l.nameAbove(u)))
		case err != nil:
			l.wrongUnit(i, nameColumn(u), fault.Of(err))
		case isDigits(u.Name):
			l.wrongUnit(i, nameColumn(u), fault.New(fault.Invalid, "“%s”是数字，不像名称。请看看每一列选得对不对。", u.Name))
		}
		for _, err := range []error{fault.CheckLine("working_body", "工作机构", u.Body, 60, false), fault.CheckLine("contact", "联系方式", u.Contact, 120, false)} {
			if err != nil {
				l.wrongUnit(i, BodyColumn, fault.Of(err))
			}
		}
	}
	l.checkTwice(nameColumn)
	l.checkCodes()
	if l.list.Wrong == 0 {
		l.order()
	}
}

// findBroken finds the units that hang on one that is wrong: their rows may be right.
func (l *listing) findBroken() {
	units := l.list.Units
	l.broken = make([]bool, len(units))
	known := make([]bool, len(units))
	var way []int32
	for i := range units {
		way = way[:0]
		u := int32(i)
		for ; u >= 0 && !known[u]; u = units[u].Parent {
			known[u] = true
			way = append(way, u)
		}
		broken := u < thePlace || u >= 0 && l.broken[u]
		for _, w := range way {
			l.broken[w] = broken
		}
	}
}

// LevelName is what a level is called.
func LevelName(l Level) string { return levelNames[l] }

var levelNames = map[Level]string{CityLevel: "市", Bureau: "局", Division: "处室", Direct: "直属单位", County: "县（市、区）", Township: "乡镇（街道）", Village: "村（社区）"}

// checkTwice finds units that stand twice below one parent.
func (l *listing) checkTwice(nameColumn func(ListedUnit) ListColumn) {
	units := l.list.Units
	order := sorted(len(units), func(a, b int32) int {
		if d := units[a].Parent - units[b].Parent; d != 0 {
			return int(d)
		}
		return strings.Compare(units[a].Name, units[b].Name)
	})
	for k := 1; k < len(order); k++ {
		a, b := order[k-1], order[k]
		if u := units[b]; u.Row != 0 && units[a].Row != 0 && !l.broken[b] && u.Parent == units[a].Parent && u.Name == units[a].Name {
			l.wrongUnit(int(b), nameColumn(u), fault.New(fault.Invalid, "“%s”在“%s”下面写了两遍，另一遍在第 %d 行。请删去一行；真有两个，请把其中一个的名称写得能分清。", u.Name, l.nameAbove(u), int(units[a].Row)))
		}
	}
}

// order puts parents before those below them, level by level, each level as in the file.
func (l *listing) order() {
	units := l.list.Units
	depth := make([]uint8, len(units))
	for i := range units {
		for p := units[i].Parent; p >= 0; p = units[p].Parent {
			depth[i]++
		}
	}
	units = slices.Clone(units)
	at := sorted(len(units), func(a, b int32) int {
		if d := int(depth[a]) - int(depth[b]); d != 0 {
			return d
		}
		return int(a - b)
	})
	place := make([]int32, len(units))
	for now, was := range at {
		place[was] = int32(now)
	}
	out := l.list.Units[:0]
	for _, was := range at {
		u := units[was]
		if u.Parent == isPlace {
			continue
		}
		out = append(out, u)
	}
	// Where the place has a row of its own, all after it move up by one.
	gone := make([]int32, len(units))
	for now, was := range at {
		if now > 0 {
			gone[now] = gone[now-1]
		}
		if units[was].Parent == isPlace {
			gone[now]++
		}
	}
	for i := range out {
		if p := out[i].Parent; p >= 0 {
			out[i].Parent = place[p] - gone[place[p]]
		}
	}
	l.list.Units = out
}

// sorted gives the numbers up to n in an order.
func sorted(n int, less func(a, b int32) int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(i)
	}
	slices.SortFunc(out, less)
	return out
}

// Path gives the names of a unit of the list and of those above it, from the top down;
// the place is not among them.
func (l *List) Path(unit int32) []string {
	var out []string
	for ; unit >= 0; unit = l.Units[unit].Parent {
		out = append(out, l.Units[unit].Name)
	}
	slices.Reverse(out)
	return out
}

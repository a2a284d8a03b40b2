package org

import (
	"slices"

	"luoshi/fault"
)

// chain is the order of the levels that have a column each, from the top down.
var chain = []ListColumn{CountyColumn, TownshipColumn, VillageColumn}

// below finds a unit of an upper level again: by what it stands below and its name.
type below struct {
	parent int32
	name   string
}

// levels is a list with a column for each level, read row by row.
type levels struct {
	*listing
	columns []ListColumn // of the chain, those below the place
	last    []int32      // the unit of each of them in the row before, or -1
	upper   map[below]int32
	count   map[int32]int // rows below each unit above the lowest
}

// readLevels reads a list with a column for each level and a row for each lowest unit.
// Upper cells may be left blank below the first: they are filled down, but not across a
// change of the level above.
func (l *listing) readLevels() {
	v := &levels{listing: l, upper: map[below]int32{}, count: map[int32]int{}}
	nameAs := v.nameColumn()
	own := 0 // levels of the place and above it
	for k, c := range chain {
		if levelOf[c] == l.stands.Place.Level {
			own = k + 1
		}
	}
	for _, c := range chain[own:] {
		if _, there := l.at[c]; there || c == nameAs {
			v.columns = append(v.columns, c)
		}
	}
	v.last = make([]int32, len(v.columns))
	for k := range v.last {
		v.last[k] = -1
	}
	if !v.checkTop() {
		return
	}
	for r := l.form.Head; r < l.cells.Rows(); r++ {
		if l.isNote(r) {
			l.list.Skipped++
			continue
		}
		if own > 0 && !v.inPlace(r, chain[own-1]) {
			continue
		}
		v.row(r, nameAs)
	}
	v.checkRare()
	l.checkUnits(func(u ListedUnit) ListColumn {
		for c, level := range levelOf {
			if _, there := l.at[c]; there && level == u.Level {
				return c
			}
		}
		return NameColumn
	})
}

// nameColumn is the level that a column of names holds beside columns of levels.
func (v *levels) nameColumn() ListColumn {
	if _, there := v.at[NameColumn]; !there {
		return NotRead
	}
	for k := len(chain) - 1; k >= 0; k-- {
		if _, there := v.at[chain[k]]; there {
			return chain[min(k+1, len(chain)-1)]
		}
	}
	return NotRead
}

// checkTop refuses a list whose first column is not of the level right below the place.
func (v *levels) checkTop() bool {
	for _, c := range []ListColumn{DirectColumn, DivisionColumn} {
		if k, there := v.at[c]; there {
			if v.stands.bureau() < 0 && v.stands.Place.Level != Bureau {
				v.wrong(0, k, fault.New(fault.Invalid, "直属单位和处室要放在局下面。请在“放在哪里”选局。"))
				return false
			}
		}
	}
	if len(v.columns) == 0 {
		return true
	}
	first := levelOf[v.columns[0]]
	if slices.Contains(Below(v.stands.Place.Level), first) {
		return true
	}
	v.wrong(0, v.column(v.columns[0]), fault.New(fault.Invalid, "名单的最上一级是%s，不能直接放在“%s”下面。请加上它们上面一级的列，或者在“放在哪里”选一个上级。", LevelName(first), v.stands.Place.Name))
	return false
}

// inPlace refuses a row of another place than the one that was chosen.
func (v *levels) inPlace(row int, c ListColumn) bool {
	w := v.cell(row, c)
	if w == "" || w == v.stands.Place.Name {
		return true
	}
	v.keep(ListProblem{Row: v.cells.Line(row), Column: v.column(c), Cell: w,
		Says: fault.New(fault.Invalid, "这一行是“%s”的，名单要放在“%s”下面。请删去这一行，或者另选放在哪里。", w, v.stands.Place.Name)})
	return false
}

// row reads a row.
func (v *levels) row(r int, nameAs ListColumn) {
	words := make([]string, len(v.columns))
	lowest := -1
	for k, c := range v.columns {
		words[k] = v.cell(r, c)
		if c == nameAs && words[k] == "" {
			words[k] = v.cell(r, NameColumn)
		}
		if words[k] != "" {
			lowest = k
		}
	}
	v.beside(r)
	if lowest < 0 {
		return
	}
	parent := int32(thePlace)
	for k := range lowest {
		if words[k] == "" {
			if v.last[k] < 0 {
				v.keep(ListProblem{Row: v.cells.Line(r), Column: v.column(v.columns[k]), Says: fault.New(fault.Invalid,
					"“%s”上面没有%s：这一格是空的，上面也没有可以接着用的。请把这一格填上。", words[lowest], LevelName(levelOf[v.columns[k]]))})
				return
			}
			parent = v.last[k]
			continue
		}
		u := v.find(r, parent, v.columns[k], words[k])
		v.reach(k, u)
		parent = u
	}
	v.leaf(r, lowest, parent, words[lowest])
}

// leaf reads the lowest unit of a row, to which the row's code and contact belong.
func (v *levels) leaf(r, k int, parent int32, name string) {
	code := v.cell(r, CodeColumn)
	if k == len(v.columns)-1 {
		u := v.add(r, ListedUnit{Parent: parent, Level: levelOf[v.columns[k]], Name: name, Code: code})
		v.last[k] = u
		for ; parent >= 0; parent = v.list.Units[parent].Parent {
			v.count[parent]++
		}
		return
	}
	u := v.find(r, parent, v.columns[k], name)
	own := &v.list.Units[u]
	own.Row, v.rows[u] = uint32(v.cells.Line(r)), uint32(r)
	own.Code, own.Body, own.Contact = code, v.cell(r, BodyColumn), v.cell(r, ContactColumn)
	v.count[u] += often // it has a row of its own: no slip of the pen
	v.reach(k, u)
}

// reach notes the unit of a column in a row: what stood in the columns after it ends.
func (v *levels) reach(k int, u int32) {
	if v.last[k] == u {
		return
	}
	v.last[k] = u
	for j := k + 1; j < len(v.last); j++ {
		v.last[j] = -1
	}
}

// find gives the unit of an upper level, and makes it where it is named first.
func (v *levels) find(r int, parent int32, c ListColumn, name string) int32 {
	u, known := v.upper[below{parent, name}]
	if !known {
		u = v.add(r, ListedUnit{Parent: parent, Level: levelOf[c], Name: name})
		v.list.Units[u].Body, v.list.Units[u].Contact = "", ""
		v.upper[below{parent, name}] = u
	}
	return u
}

// beside reads the columns of direct units and divisions, which stand below the bureau.
func (v *levels) beside(r int) {
	for _, c := range []ListColumn{DirectColumn, DivisionColumn} {
		name := v.cell(r, c)
		if name == "" {
			continue
		}
		parent := int32(thePlace)
		if v.stands.Place.Level != Bureau {
			parent = v.name(v.stands.bureau())
		}
		v.add(r, ListedUnit{Parent: parent, Level: levelOf[c], Name: name, Code: v.cell(r, CodeColumn)})
	}
}

// mostBeside is among how many units beside each other nearly the same names are
// looked for: more stand nowhere, unless the columns are read wrongly.
const mostBeside = 500

// often is how many rows an upper unit has at least that is surely written as meant.
const often = 3

// checkRare doubts upper units that occur once and differ in one sign from one beside
// them that occurs often, or that stands in the tree already.
func (v *levels) checkRare() {
	if v.form.AsWritten {
		return
	}
	beside := map[int32][]int32{}
	for _, u := range v.upper {
		if p := v.list.Units[u].Parent; v.count[u] >= often || v.stands.has(v.list.Units[u]) {
			beside[p] = append(beside[p], u)
		}
	}
	for _, all := range beside {
		slices.Sort(all)
	}
	for i, u := range v.list.Units {
		if u.Row == 0 || v.count[int32(i)] != 1 || v.stands.has(u) {
			continue
		}
		if _, upper := v.upper[below{u.Parent, u.Name}]; !upper || len(beside[u.Parent]) > mostBeside {
			continue
		}
		for _, o := range beside[u.Parent] {
			other := v.list.Units[o]
			if distance(u.Name, other.Name, 1) == 1 {
				row := int(v.rows[i])
				c := v.columnOfLevel(u.Level)
				says := fault.New(fault.Invalid, "“%s”只出现了一次，和出现了 %d 次的“%s”只差一个字。写错了请改成“%s”；没有写错，请在下面勾上“没有写错”。",
					u.Name, v.count[o], other.Name, other.Name)
				if v.count[o] < often {
					says = fault.New(fault.Invalid, "“%s”只出现了一次，和系统里已经有的“%s”只差一个字。写错了请改成“%s”；没有写错，请在下面勾上“没有写错”。", u.Name, other.Name, other.Name)
				}
				v.keep(ListProblem{Row: v.cells.Line(row), Column: c, Cell: u.Name, Doubt: true, Says: says})
				break
			}
		}
	}
}

func (v *levels) columnOfLevel(level Level) int {
	for _, c := range chain {
		if levelOf[c] == level {
			if k, there := v.at[c]; there {
				return k
			}
		}
	}
	return v.column(NameColumn)
}

package org

import (
	"slices"
	"strings"

	"luoshi/fault"
)

// readParents reads a list that names each unit with what it stands below, in any order.
func (l *listing) readParents() {
	for r := l.form.Head; r < l.cells.Rows(); r++ {
		if l.isNote(r) {
			l.list.Skipped++
			continue
		}
		name := l.cell(r, NameColumn)
		if name == "" {
			l.keep(ListProblem{Row: l.cells.Line(r), Column: l.column(NameColumn), Says: fault.New(fault.Invalid, "这一行没有名称。请填上名称，或者删去这一行。")})
			continue
		}
		u := ListedUnit{Parent: noParent, Name: name, Code: l.cell(r, CodeColumn)}
		words := l.cell(r, LevelColumn)
		if u.Level = levelWords[words]; u.Level == "" && words != "" {
			i := l.add(r, u)
			l.wrongUnit(int(i), LevelColumn, fault.New(fault.Invalid, "级别“%s”认不出来。可以写：县、市、区、乡、镇、街道、村、社区、直属单位、处室。", words))
			continue
		}
		l.add(r, u)
	}
	own := len(l.list.Units) // those that are only named come after them
	p := &parents{listing: l, own: own}
	p.byName = sorted(own, func(a, b int32) int { return strings.Compare(l.list.Units[a].Name, l.list.Units[b].Name) })
	p.byCode = sortedCodes(own, func(i int32) string { return l.list.Units[i].Code })
	for i := range own {
		p.resolve(int32(i))
	}
	p.rings()
	p.giveLevels()
	l.checkUnits(func(ListedUnit) ListColumn { return NameColumn })
}

// parents finds what the units of a list stand below.
type parents struct {
	*listing
	own            int // units with a row
	byName, byCode []int32
	near           []string // names of what could stand above others; found when first needed
}

// resolve finds what a unit stands below.
func (p *parents) resolve(i int32) {
	u := &p.list.Units[i]
	if w := p.cell(int(p.rows[i]), LevelColumn); w != "" && u.Level == "" {
		return // its level was not understood
	}
	named := p.cell(int(p.rows[i]), ParentColumn)
	place := p.stands.Place
	switch {
	case u.Name == place.Name && (named == "" || u.Level == place.Level):
		u.Parent = isPlace
	case named == "":
		level := u.Level
		if level == "" {
			level = guessLevel(u.Name)
		}
		if level != "" && !slices.Contains(Below(place.Level), level) {
			p.wrongUnit(int(i), ParentColumn, fault.New(fault.Invalid, "“%s”没有写上级，也不能直接放在“%s”下面。请在上级一栏填上它属于哪里。", u.Name, place.Name))
			return
		}
		u.Parent = thePlace
	case named == place.Name || place.Code != "" && sameCode(named, place.Code):
		u.Parent = thePlace
	case isDigits(named):
		p.resolveCode(i, named)
	default:
		p.resolveName(i, named)
	}
}

func (p *parents) resolveCode(i int32, code string) {
	if same := equalRange(p.byCode, wholeCode(code), func(k int32) string { return wholeCode(p.list.Units[k].Code) }); len(same) > 0 {
		p.put(i, same[0])
		return
	}
	if s := p.stands.withCode(code); s >= 0 {
		p.put(i, p.name(s))
		return
	}
	p.wrongUnit(int(i), ParentColumn, fault.New(fault.Invalid, "上级代码“%s”在名单里和系统里都没有。请改对，或者加上那个单位的一行。", code))
}

// put puts a unit below another of the list; below the place, where that is its row.
func (p *parents) put(i, parent int32) {
	if p.list.Units[parent].Name == p.stands.Place.Name && p.list.Units[parent].Parent == isPlace {
		parent = thePlace
	}
	p.list.Units[i].Parent = parent
}

func (p *parents) resolveName(i int32, named string) {
	all := equalRange(p.byName, named, func(k int32) string { return p.list.Units[k].Name })
	if len(all) > mostNamesakes {
		p.ambiguous(i, named, len(all))
		return
	}
	fits := slices.DeleteFunc(slices.Clone(all), func(k int32) bool { return !p.fits(i, k) })
	if len(fits) > 1 {
		if others := slices.DeleteFunc(slices.Clone(fits), func(k int32) bool { return k == i }); len(others) > 0 {
			fits = others
		}
	}
	if len(fits) == 0 && len(all) == 1 {
		fits = all // that it cannot stand there is said when all levels are known
	}
	switch {
	case len(fits) == 1:
		p.put(i, fits[0])
		return
	case len(fits) > 1:
		p.ambiguous(i, named, len(fits))
		return
	}
	standing := p.standing(i, named)
	switch {
	case len(standing) == 1:
		p.put(i, p.name(standing[0]))
	case len(standing) > 1:
		p.ambiguous(i, named, len(standing))
	case p.full():
		p.list.Wrong++
	default:
		says := fault.New(fault.Invalid, "上级“%s”在名单里和系统里都没有。请改对，或者加上它的一行。", named)
		if near := p.nearest(named); near != "" {
			says = fault.New(fault.Invalid, "上级“%s”在名单里和系统里都没有。是不是“%s”？请改对，或者加上它的一行。", named, near)
		}
		p.wrongUnit(int(i), ParentColumn, says)
	}
}

// mostNamesakes is among how many units of one name the right one is looked for.
const mostNamesakes = 2000

func (p *parents) ambiguous(i int32, named string, n int) {
	p.wrongUnit(int(i), ParentColumn, fault.New(fault.Invalid, "叫“%s”的有 %d 个，不知道是哪一个。请加上“县（市、区）”一列写明是哪个县的，或者在上级一栏写代码。", named, n))
}

// fits reports whether a unit of the list may be the parent that another means: by the
// county column, and by the levels where they are known.
func (p *parents) fits(i, parent int32) bool {
	u, above := p.list.Units[i], p.list.Units[parent]
	if u.Level != "" && above.Level != "" && !slices.Contains(Below(above.Level), u.Level) && i != parent {
		return false
	}
	county := p.cell(int(p.rows[i]), CountyColumn)
	if county == "" || county == above.Name {
		return true
	}
	row := int(p.rows[parent])
	return p.cell(row, ParentColumn) == county || p.cell(row, CountyColumn) == county
}

// standing gives the units that are there and that a name of a parent may mean.
func (p *parents) standing(i int32, named string) []int32 {
	county := p.cell(int(p.rows[i]), CountyColumn)
	level := p.list.Units[i].Level
	return slices.DeleteFunc(slices.Clone(p.stands.named(named)), func(s int32) bool {
		u := p.stands.Units[s]
		if len(Below(u.Level)) == 0 || level != "" && !slices.Contains(Below(u.Level), level) {
			return true
		}
		return county != "" && county != u.Name && p.stands.nameOf(u.Parent) != county
	})
}

// rings finds units that stand below themselves.
func (p *parents) rings() {
	const (
		unseen = iota
		walked
		sound
	)
	state := make([]uint8, len(p.list.Units))
	var way []int32
	for i := range p.own {
		way = way[:0]
		u := int32(i)
		for ; u >= 0 && state[u] == unseen; u = p.list.Units[u].Parent {
			state[u] = walked
			way = append(way, u)
		}
		if u >= 0 && state[u] == walked {
			p.ring(way[slices.Index(way, u):])
		}
		for _, w := range way {
			state[w] = sound
		}
	}
}

func (p *parents) ring(ring []int32) {
	slices.Sort(ring)
	first := ring[0]
	var names []string
	for u := p.list.Units[first].Parent; len(names) < min(len(ring), 6); u = p.list.Units[u].Parent {
		names = append(names, "“"+p.list.Units[u].Name+"”")
	}
	p.wrongUnit(int(first), ParentColumn, fault.New(fault.Invalid, "“%s”的上级绕了一圈又回到它自己：%s。请改对其中一个的上级。", p.list.Units[first].Name, strings.Join(names, "→")))
	for _, u := range ring {
		p.list.Units[u].Parent = noParent
	}
}

// giveLevels gives each unit without a word for its level that which follows from what
// it stands below.
func (p *parents) giveLevels() {
	var level func(i int32) Level
	level = func(i int32) Level {
		u := &p.list.Units[i]
		if u.Level != "" || u.Parent < thePlace {
			return u.Level
		}
		above := p.stands.Place.Level
		if u.Parent >= 0 {
			above = level(u.Parent)
		}
		u.Level = nextLevel(above, u.Name)
		return u.Level
	}
	for i := range p.own {
		level(int32(i))
	}
}

// nextLevel is what a unit is that stands below one of a level, by its name where there
// is a choice.
func nextLevel(above Level, name string) Level {
	switch above {
	case CityLevel:
		if strings.HasSuffix(name, "局") {
			return Bureau
		}
		return County
	case Bureau:
		for _, end := range []string{"处", "科", "室"} {
			if strings.HasSuffix(name, end) {
				return Division
			}
		}
		return Direct
	case County:
		if villageEnds.MatchString(name) && !strings.HasSuffix(name, "委员会") {
			return Village // which cannot stand there: a township is missing between them
		}
		return Township
	}
	return Village
}

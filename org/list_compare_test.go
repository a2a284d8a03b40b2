package org

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/id"

	"pgregory.net/rapid"
)

// told gives the changes of a list in words.
func listTold(s *Standing, text string, closing bool, refused ...id.Unit) (out []string) {
	l := read(text, s)
	if l.Wrong > 0 {
		return []string{l.Problems[0].Says.Error()}
	}
	c := CompareList(s, l, "2012-01-01", refused, closing)
	if c.Wrong != nil {
		out = append(out, c.Wrong.Error())
	}
	for _, i := range c.Added {
		out = append(out, "+"+strings.Join(l.Path(i), "/"))
	}
	for _, x := range c.Changed {
		said := strings.Join(s.Path(x.Stands), "/") + ">" + strings.Join(l.Path(x.Listed), "/")
		if x.Recoded {
			said += "=" + l.Units[x.Listed].Code
		}
		if x.Proposed {
			said += "?"
		}
		out = append(out, said)
	}
	for _, g := range c.Gone {
		out = append(out, "-"+strings.Join(s.Path(g), "/"))
	}
	slices.Sort(out)
	return out
}

func TestTheSecondList(t *testing.T) {
	there := []string{"甲县/石桥乡/新村", "甲县/石桥乡/东村", "甲县/江口镇/新村", "乙县/山前镇/柳林村"}
	for name, c := range map[string]struct {
		there   []string
		list    string
		refused string
		want    []string
	}{
		"the same": {there, "县\t乡镇\t村\n甲县\t石桥乡\t新村\n\t\t东村\n\t江口镇\t新村\n乙县\t山前镇\t柳林村\n", "", nil},
		"added and gone": {there, "县\t乡镇\t村\n甲县\t石桥乡\t新村\n\t\t东村\n\t\t大屋场村\n\t江口镇\t新村\n乙县\t山前镇\t\n", "",
			[]string{"+甲县/石桥乡/大屋场村", "-乙县/山前镇/柳林村"}},
		"moved": {there, "县\t乡镇\t村\n甲县\t石桥乡\t新村\n\t\t东村\n\t\t柳林村\n\t江口镇\t新村\n乙县\t山前镇\t\n", "", []string{"乙县/山前镇/柳林村>甲县/石桥乡/柳林村?"}},
		"a township made of another, with its villages": {there, "县\t乡镇\t村\n甲县\t石桥镇\t新村\n\t\t东村\n\t江口镇\t新村\n乙县\t山前镇\t柳林村\n", "", []string{"甲县/石桥乡>甲县/石桥镇?"}},
		"one sign": {there, "县\t乡镇\t村\n甲县\t石桥乡\t新村\n\t\t冬村\n\t江口镇\t新村\n乙县\t山前镇\t柳林村\n", "", []string{"甲县/石桥乡/东村>甲县/石桥乡/冬村?"}},
		"refused":  {there, "县\t乡镇\t村\n甲县\t石桥乡\t新村\n\t\t冬村\n\t江口镇\t新村\n乙县\t山前镇\t柳林村\n", "东村", []string{"+甲县/石桥乡/冬村", "-甲县/石桥乡/东村"}},
		"a part of the city only": {there, "县\t乡镇\t村\n甲县\t石桥乡\t柳林村\n", "",
			[]string{"+甲县/石桥乡/柳林村", "-乙县", "-乙县/山前镇", "-乙县/山前镇/柳林村", "-甲县/江口镇", "-甲县/江口镇/新村", "-甲县/石桥乡/东村", "-甲县/石桥乡/新村"}},
		"the bureau and levels that the list has not stay": {append([]string{"安澜市文化局/办公室"}, there...), "县\t乡镇\n甲县\t石桥乡\n\t江口镇\n乙县\t山前镇\n", "", nil},
		"a township gone with its villages":                {there, "县\t乡镇\n甲县\t石桥乡\n\t江口镇\n乙县\t\n", "", []string{"-乙县/山前镇", "-乙县/山前镇/柳林村"}},
		"codes added":                                      {there, "名称\t上级\t代码\n甲县\t\t360102\n乙县\t\t360103\n石桥乡\t甲县\t360102001\n江口镇\t甲县\t360102002\n山前镇\t乙县\t\n", "", []string{"甲县/江口镇>甲县/江口镇=360102002", "甲县/石桥乡>甲县/石桥乡=360102001", "甲县>甲县=360102", "乙县>乙县=360103"}},
		"by code, moved and renamed for sure":              {[]string{"甲县=360102", "甲县/石桥乡=360102001", "甲县/石桥乡/新村=360102001001"}, "代码\t名称\n360102\t甲江县\n360102001\t石桥街道\n360102001001\t桥头社区\n", "", []string{"甲县/石桥乡/新村>甲江县/石桥街道/桥头社区", "甲县/石桥乡>甲江县/石桥街道", "甲县>甲江县"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := standingTree(city, c.there...)
			var refused []id.Unit
			for _, u := range s.Units {
				if u.Name == c.refused {
					refused = append(refused, u.ID)
				}
			}
			want := slices.Clone(c.want)
			slices.Sort(want)
			if got := listTold(s, c.list, false, refused...); !slices.Equal(got, want) {
				t.Errorf("%q\nwant %q", got, want)
			}
		})
	}
	if got := listTold(standingTree(city, there...), "县\t乡镇\t村\n甲县\t石桥乡\t新村\n", true); slices.Contains(got, "") {
		t.Error(got)
	}
	early := standingTree(city, there...)
	early.Units[len(early.Units)-1].From = "2012-05-01"
	if got := listTold(early, "县\t乡镇\t村\n甲县\t石桥乡\t新村\n\t\t东村\n\t江口镇\t新村\n乙县\t山前镇\t\n", true); !strings.Contains(strings.Join(got, ""), "从 2012-01-01 起不行") {
		t.Errorf("%q", got)
	}
}

// someTree draws a tree as rows of county, township and village.
func someTree(t *rapid.T) (rows [][]string) {
	name := rapid.SampledFrom([]string{"新", "东", "西", "石桥", "江口", "大屋场", "柳林", "山前"})
	for _, county := range rapid.SliceOfNDistinct(name, 1, 3, rapid.ID[string]).Draw(t, "counties") {
		for _, township := range rapid.SliceOfNDistinct(name, 1, 3, rapid.ID[string]).Draw(t, "townships") {
			for _, village := range rapid.SliceOfNDistinct(name, 1, 4, rapid.ID[string]).Draw(t, "villages") {
				rows = append(rows, []string{county + "县", township + "镇", village + "村"})
			}
		}
	}
	return rows
}

func asLevels(rows [][]string) string {
	text := "县\t乡镇\t村\n"
	for _, r := range rows {
		text += strings.Join(r, "\t") + "\n"
	}
	return text
}

// asParents gives a tree as names and parents, with the county of each.
func asParents(t *rapid.T, rows [][]string) string {
	seen := map[string]bool{}
	var lines []string
	for _, r := range rows {
		for _, line := range []string{r[0] + "\t\t", r[1] + "\t" + r[0] + "\t", r[2] + "\t" + r[1] + "\t" + r[0]} {
			if !seen[line] {
				seen[line] = true
				lines = append(lines, line)
			}
		}
	}
	return "名称\t上级\t县\n" + strings.Join(rapid.Permutation(lines).Draw(t, "order"), "\n")
}

// asCodes gives a tree as codes and names.
func asCodes(t *rapid.T, rows [][]string) string {
	number := map[string]int{}
	var lines []string
	nth := func(parent, name string) (int, bool) {
		key := parent + "/" + name
		n, known := number[key]
		if !known {
			number[parent]++
			n = number[parent]
			number[key] = n
			number[key+"/"] = 0
		}
		return n, !known
	}
	for _, r := range rows {
		a, fresh := nth("", r[0])
		if code := fmt.Sprintf("3601%02d", a); fresh {
			lines = append(lines, code+"000000\t"+r[0])
		}
		b, fresh := nth("|"+r[0], r[1])
		if code := fmt.Sprintf("3601%02d%03d", a, b); fresh {
			lines = append(lines, code+"000\t"+r[1])
		}
		v, _ := nth("|"+r[0]+"|"+r[1], r[2])
		lines = append(lines, fmt.Sprintf("3601%02d%03d%03d\t%s", a, b, v, r[2]))
	}
	return "代码\t名称\n" + strings.Join(rapid.Permutation(lines).Draw(t, "order"), "\n")
}

// taken gives what is there after a list was taken over, as the program does it.
func taken(s *Standing, l *List, c *ListChanges, day calendar.Day, closing bool, next *id.Unit) (*Standing, []Unit) {
	ids := make([]id.Unit, len(l.Units))
	for i, m := range c.Match {
		if m >= 0 {
			ids[i] = s.Units[m].ID
		} else {
			*next++
			ids[i] = *next
		}
	}
	now := map[id.Unit]StandingUnit{}
	for _, u := range s.Units {
		now[u.ID] = u
	}
	var past []Unit
	for i, u := range l.Units {
		v := now[ids[i]]
		if c.Match[i] >= 0 && day > v.From {
			past = append(past, v.Unit)
			past[len(past)-1].To = day.AddDays(-1)
		}
		v.ID, v.Level, v.Name, v.From = ids[i], u.Level, u.Name, day
		if v.Parent = s.Place.ID; u.Parent >= 0 {
			v.Parent = ids[u.Parent]
		}
		if u.Code != "" {
			v.Code = u.Code
		}
		if v.Since == "" {
			v.Since = day
		}
		now[ids[i]] = v
	}
	if closing {
		for _, g := range c.Gone {
			u := s.Units[g].Unit
			u.To = day.AddDays(-1)
			past = append(past, u)
			delete(now, u.ID)
		}
	}
	out := &Standing{Place: s.Place, Since: s.Since, Units: []StandingUnit{}}
	for _, u := range now {
		out.Units = append(out.Units, u)
	}
	slices.SortFunc(out.Units, func(a, b StandingUnit) int {
		if d := slices.Index(Levels, a.Level) - slices.Index(Levels, b.Level); d != 0 {
			return d
		}
		return int(a.ID - b.ID)
	})
	return out, past
}

// Whatever lists are taken over one after the other: compared again each changes
// nothing, every unit has one parent that is there on every day, and a later list
// leaves the tree of the days before it as it was.
func TestListsTakenOneAfterTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stands, next := standingTree(city), id.Unit(1000)
		versions := []Unit{city}
		days := []calendar.Day{"2011-06-01", "2012-06-01", "2013-06-01"}
		type seen struct {
			day  calendar.Day
			tree map[id.Unit]Unit
		}
		var before []seen
		for k, day := range days[:rapid.IntRange(1, 3).Draw(t, "lists")] {
			rows := someTree(t)
			var text string
			switch rapid.IntRange(0, 2).Draw(t, "shape") {
			case 0:
				text = asLevels(rows)
			case 1:
				text = asParents(t, rows)
			default:
				text = asLevels(rows)
				if k == 0 {
					text = asCodes(t, rows)
				}
			}
			form := func(c *Cells) ListForm { f := GuessForm(c); f.AsWritten = true; return f }
			cells := ReadCells(text)
			l := ReadList(cells, form(cells), stands)
			if l.Wrong > 0 {
				t.Fatalf("%s\n%+v", text, l.Problems[0].Says)
			}
			closing := rapid.Bool().Draw(t, "closing")
			c := CompareList(stands, l, day, nil, closing)
			if c.Wrong != nil {
				t.Fatal(c.Wrong)
			}
			now, past := taken(stands, l, c, day, closing, &next)
			versions = append(versions, past...)
			stands = now
			again := ReadList(cells, form(cells), stands)
			if c := CompareList(stands, again, day, nil, false); !c.Nothing() {
				t.Fatalf("again: %+v\n%s", c, text)
			}
			all := slices.Clone(versions)
			for _, u := range stands.Units {
				all = append(all, u.Unit)
			}
			tree := NewTree(all, nil)
			for _, b := range before {
				for u, was := range b.tree {
					if is, there := tree.On(u, b.day); !there || is.Parent != was.Parent || is.Name != was.Name {
						t.Fatalf("%s was %+v and is told as %+v", b.day, was, is)
					}
				}
			}
			today := seen{day, map[id.Unit]Unit{}}
			for _, u := range stands.Units {
				if _, there := tree.On(u.Parent, day); !there {
					t.Fatalf("%s stands below nothing", u.Name)
				}
				today.tree[u.ID] = u.Unit
			}
			before = append(before, today)
		}
	})
}

// The order of rows makes no difference where each names its parent or has a code.
func TestTheOrderOfRowsMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := someTree(t)
		want := paths(read(asLevels(rows), standingTree(city)))
		for _, text := range []string{asParents(t, rows), asCodes(t, rows)} {
			if l := read(text, standingTree(city)); l.Wrong > 0 || len(paths(l)) != len(paths(ReadList(ReadCells(asLevels(rows)), ListForm{Head: 1, Columns: []ListColumn{CountyColumn, TownshipColumn, VillageColumn}, AsWritten: true}, standingTree(city)))) {
				t.Fatalf("%s\n%v, want %v\n%+v", text, paths(l), want, l.Problems)
			}
		}
	})
}

func FuzzReadCells(f *testing.F) {
	for _, s := range []string{"县\t乡镇\t村\n云溪县\t石桥镇\t新村\n", "a,\"b\"\"c\n\",d\r\n", "代码，名称\n360102，甲", "名称\t上级\t级别\t代码\n甲县\t甲县\t县\t1e9", "\"", "\t\t\n\n", "合计\n村\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := ReadCells(s)
		for r := range c.Rows() {
			if c.Line(r) < 1 || r > 0 && c.Line(r) < c.Line(r-1) || len(c.Row(r)) != c.Width() {
				t.Fatalf("row %d at %d", r, c.Line(r))
			}
		}
		stands := standingTree(city, "甲县/石桥镇/新村=360102001001")
		l := ReadList(c, GuessForm(c), stands)
		if l.Wrong == 0 {
			ch := CompareList(stands, l, "2012-01-01", nil, true)
			for i, u := range l.Units {
				if u.Parent >= int32(i) {
					t.Fatalf("%s before its parent", u.Name)
				}
			}
			_ = ch.Digest(stands, l)
		}
	})
}

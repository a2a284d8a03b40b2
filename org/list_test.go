package org

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"luoshi/id"
)

var city = Unit{ID: 1, Level: CityLevel, Name: "安澜市", From: "2011-01-01"}

// standingTree makes what is there of paths such as 云溪县/石桥镇/新村=360102001001.
func standingTree(place Unit, paths ...string) *Standing {
	s := &Standing{Place: place, Since: "2011-01-01", Units: []StandingUnit{}}
	next := id.Unit(100)
	known := map[string]id.Unit{}
	for _, path := range paths {
		path, code, _ := strings.Cut(path, "=")
		parts := strings.Split(path, "/")
		parent, level := place.ID, place.Level
		for k := range parts {
			level = nextLevel(level, parts[k])
			key := strings.Join(parts[:k+1], "/")
			if known[key] == 0 {
				u := StandingUnit{Unit: Unit{ID: next, Parent: parent, Level: level, Name: parts[k], From: "2011-01-01"}, Since: "2011-01-01"}
				if k == len(parts)-1 {
					u.Code = code
				}
				s.Units = append(s.Units, u)
				known[key] = next
				next++
			}
			parent = known[key]
		}
	}
	slices.SortStableFunc(s.Units, func(a, b StandingUnit) int { return slices.Index(Levels, a.Level) - slices.Index(Levels, b.Level) })
	return s
}

func read(text string, s *Standing) *List {
	c := ReadCells(text)
	return ReadList(c, GuessForm(c), s)
}

func paths(l *List) (out []string) {
	for i := range l.Units {
		if l.Units[i].Row != 0 {
			out = append(out, strings.Join(l.Path(int32(i)), "/"))
		}
	}
	slices.Sort(out)
	return out
}

// Each mistake is told with its row, its column and what to do; mended, the list is taken.
func TestMistakesAreToldRowByRow(t *testing.T) {
	threeVillages := "县\t乡镇\t村\n云溪县\t石桥镇\t一村\n\t\t二村\n\t\t三村\n"
	for name, c := range map[string]struct {
		list, mended string
		there        []string
		row, column  int
		says         string
		doubt        bool
	}{
		"a parent that is not there": {"名称\t上级\n云溪县\t\n石桥镇\t云溪县\n新村\t石挢镇\n", "名称\t上级\n云溪县\t\n石桥镇\t云溪县\n新村\t石桥镇\n", nil, 4, 1,
			"上级“石挢镇”在名单里和系统里都没有。是不是“石桥镇”？请改对，或者加上它的一行。", false},
		"nothing like the parent": {"名称\t上级\n云溪县\t\n新村\t天涯海角\n", "名称\t上级\n云溪县\t\n新村\t石桥镇\n石桥镇\t云溪县\n", nil, 3, 1, "上级“天涯海角”在名单里和系统里都没有。请改对，或者加上它的一行。", false},
		"an upper name mistyped once": {threeVillages + "\t石挢镇\t四村\n", threeVillages + "\t石桥镇\t四村\n", nil, 5, 1,
			"“石挢镇”只出现了一次，和出现了 3 次的“石桥镇”只差一个字。写错了请改成“石桥镇”；没有写错，请在下面勾上“没有写错”。", true},
		"one that stands, mistyped once": {"县\t乡镇\t村\n云溪县\t石桥镇\t五村\n云渓县\t石桥镇\t六村\n", "县\t乡镇\t村\n云溪县\t石桥镇\t五村\n云溪县\t石桥镇\t六村\n", []string{"云溪县/石桥镇"}, 3, 0,
			"“云渓县”只出现了一次，和系统里已经有的“云溪县”只差一个字。写错了请改成“云溪县”；没有写错，请在下面勾上“没有写错”。", true},
		"a word for a level": {"名称\t上级\t级别\n云溪县\t\t县\n石桥镇\t云溪县\t鎮\n", "名称\t上级\t级别\n云溪县\t\t县\n石桥镇\t云溪县\t镇\n", nil, 3, 2,
			"级别“鎮”认不出来。可以写：县、市、区、乡、镇、街道、村、社区、直属单位、处室。", false},
		"a code with letters":            {"名称\t上级\t代码\n云溪县\t\t36010X\n", "名称\t上级\t代码\n云溪县\t\t360102\n", nil, 2, 2, "代码“36010X”不对：只能是数字。自己编的序号，请把这一列选成“不读”。", false},
		"a code spoilt by a spreadsheet": {"名称\t代码\n云溪县\t3.60102E+11\n", "名称\t代码\n云溪县\t360102000000\n", nil, 2, 1, "代码“3.60102E+11”被表格改成了科学计数，后面的数字丢了。请把这一列设成文本，重新填写代码。", false},
		"a short code": {"名称\t代码\n云溪县\t3601020\n", "名称\t代码\n云溪县\t360102\n", nil, 2, 1,
			"代码“3601020”是 7 位，应该是 12 位（县可以写 6 位，乡镇可以写 9 位）。请补齐；自己编的序号，请把这一列选成“不读”。", false},
		"a code of another parent": {"名称\t上级\t代码\n云溪县\t\t360102\n石桥镇\t云溪县\t360103001\n", "名称\t上级\t代码\n云溪县\t\t360102\n石桥镇\t云溪县\t360102001\n", nil, 3, 2,
			"代码“360103001”和上级“云溪县”的代码 360102 对不上：应该以 360102 开头。请改对代码，或者改上级。", false},
		"a code of another level": {"名称\t上级\t代码\n云溪县\t\t360102001\n", "名称\t上级\t代码\n云溪县\t\t360102\n", nil, 2, 2,
			"代码“360102001”是乡镇（街道）的代码，“云溪县”是县（市、区）。请改对代码。", false},
		"a code without what it stands below": {"名称\t代码\n云溪县\t360102\n新村\t360102001001\n", "名称\t代码\n云溪县\t360102\n石桥镇\t360102001\n新村\t360102001001\n", nil, 3, 1,
			"“新村”要放在代码 360102001000 的下面，名单里和系统里都没有这个代码。请加上那一行，或者改对代码。", false},
		"a ring":       {"名称\t上级\n甲县\t乙县\n乙县\t甲县\n", "名称\t上级\n甲县\t\n乙县\t\n", nil, 2, 1, "“甲县”的上级绕了一圈又回到它自己：“乙县”→“甲县”。请改对其中一个的上级。", false},
		"below itself": {"名称\t上级\n甲县\t甲县\n", "名称\t上级\n甲县\t安澜市\n", nil, 2, 1, "“甲县”的上级绕了一圈又回到它自己：“甲县”。请改对其中一个的上级。", false},
		"twice below one parent": {threeVillages + "\t\t二村\n", threeVillages + "\t\t二村村\n", nil, 5, 2,
			"“二村”在“石桥镇”下面写了两遍，另一遍在第 3 行。请删去一行；真有两个，请把其中一个的名称写得能分清。", false},
		"a code twice":               {"名称\t代码\n云溪县\t360102\n临江县\t360102000000\n", "名称\t代码\n云溪县\t360102\n临江县\t360103\n", nil, 3, 1, "代码“360102000000”写了两遍，另一遍在第 2 行“云溪县”。请改对其中一个。", false},
		"nothing above at the start": {"县\t乡镇\t村\n\t石桥镇\t新村\n", "县\t乡镇\t村\n云溪县\t石桥镇\t新村\n", nil, 2, 0, "“新村”上面没有县（市、区）：这一格是空的，上面也没有可以接着用的。请把这一格填上。", false},
		"not filled down over a change": {"县\t乡镇\t村\n云溪县\t石桥镇\t新村\n临江县\t\t东村\n", "县\t乡镇\t村\n云溪县\t石桥镇\t新村\n临江县\t江口镇\t东村\n", nil, 3, 1,
			"“东村”上面没有乡镇（街道）：这一格是空的，上面也没有可以接着用的。请把这一格填上。", false},
		"an orphan": {"名称\t上级\n云溪县\t\n新村\t\n", "名称\t上级\n云溪县\t\n新村\t石桥镇\n石桥镇\t云溪县\n", nil, 3, 1, "“新村”没有写上级，也不能直接放在“安澜市”下面。请在上级一栏填上它属于哪里。", false},
		"two of a parent's name": {"名称\t上级\n甲县\t\n乙县\t\n石桥镇\t甲县\n石桥镇\t乙县\n新村\t石桥镇\n", "名称\t上级\t县\n甲县\t\t\n乙县\t\t\n石桥镇\t甲县\t\n石桥镇\t乙县\t\n新村\t石桥镇\t乙县\n", nil, 6, 1,
			"叫“石桥镇”的有 2 个，不知道是哪一个。请加上“县（市、区）”一列写明是哪个县的，或者在上级一栏写代码。", false},
		"two of its name that are there": {"名称\t上级\n新村\t石桥镇\n", "名称\t上级\t县\n新村\t石桥镇\t乙县\n", []string{"甲县/石桥镇", "乙县/石桥镇"}, 2, 1,
			"叫“石桥镇”的有 2 个，不知道是哪一个。请加上“县（市、区）”一列写明是哪个县的，或者在上级一栏写代码。", false},
		"a village right below a county": {"名称\t上级\t级别\n云溪县\t\t县\n新村\t云溪县\t村\n", "名称\t上级\t级别\n云溪县\t\t县\n石桥镇\t云溪县\t镇\n新村\t石桥镇\t村\n", nil, 3, 0,
			"“新村”是村（社区），不能直接放在“云溪县”下面。请看看级别和上级写得对不对。", false},
		"a name of digits": {"县\t乡镇\n云溪县\t360102\n", "县\t乡镇\n云溪县\t石桥镇\n", nil, 2, 1, "“360102”是数字，不像名称。请看看每一列选得对不对。", false},
		"no name":          {"名称\t上级\n云溪县\t\n\t云溪县\n", "名称\t上级\n云溪县\t\n石桥镇\t云溪县\n", nil, 3, 0, "这一行没有名称。请填上名称，或者删去这一行。", false},
		"only heads":       {"县\t乡镇\t村\n", "县\t乡镇\t村\n云溪县\t石桥镇\t新村\n", nil, 0, -1, "名单里没有一行单位。请连内容一起复制，或者换一个文件。", false},
	} {
		t.Run(name, func(t *testing.T) {
			l := read(c.list, standingTree(city, c.there...))
			if l.Wrong != 1 {
				t.Fatalf("%d problems: %+v", l.Wrong, l.Problems)
			}
			if p := l.Problems[0]; p.Row != c.row || p.Column != c.column || p.Says.Error() != c.says || p.Doubt != c.doubt {
				t.Errorf("row %d column %d: %s", p.Row, p.Column, p.Says)
			}
			if l := read(c.mended, standingTree(city, c.there...)); l.Wrong != 0 || len(paths(l)) == 0 {
				t.Errorf("mended it is not taken: %+v", l.Problems)
			}
		})
	}
}

func TestShapesOfLists(t *testing.T) {
	full := []string{"临江县", "临江县/新村乡", "临江县/新村乡/新村", "云溪县", "云溪县/石桥镇", "云溪县/石桥镇/东社区", "云溪县/石桥镇/新村"}
	for name, list := range map[string]string{
		"a column per level, filled down": "县（市、区）\t乡镇（街道）\t村（社区）\n云溪县\t石桥镇\t新村\n\t\t东社区\n临江县\t新村乡\t新村\n",
		"under a title and two rows":      "安澜市行政区划一览表\n2011年\t\t填报：民政局\n序号\t县区\t乡镇名称\t行政村\n1\t云溪县\t石桥镇\t新村\n2\t云溪县\t石桥镇\t东社区\n3\t临江县\t新村乡\t新村\n合计\t2\t2\t3\n",
		"no heads":                        "云溪县,石桥镇,新村\n,,东社区\n临江县,新村乡,新村\n",
		"name and parent, any order":      "单位名称\t上级单位\t县\n新村\t新村乡\t\n东社区\t石桥镇\t\n石桥镇\t云溪县\t\n新村\t石桥镇\t\n新村乡\t临江县\t\n云溪县\t安澜市\t\n临江县\t\t\n",
		"name, parent and level":          "级别\t名称\t隶属\n村\t新村\t新村乡\n社区\t东社区\t石桥镇\n镇\t石桥镇\t云溪县\n村\t新村\t石桥镇\n乡\t新村乡\t临江县\n县\t云溪县\t\n县\t临江县\t\n",
		"codes and names":                 "统计用区划代码\t名称\n360102001002\t东社区\n360102000000\t云溪县\n360102001000\t石桥镇\n360102001001\t新村\n360103\t临江县\n360103002\t新村乡\n360103002001\t新村\n360100000000\t安澜市\n",
		"codes without heads":             "360102000000 \t云溪县\n360102001000\t石桥镇\n360102001001\t新村\n360102001002\t东社区\n360103000000\t临江县\n360103002000\t新村乡\n360103002001\t新村\n",
		"a row for each upper unit":       "县\t乡镇\t村\n云溪县\t\t\n\t石桥镇\t\n\t\t新村\n\t\t东社区\n临江县\t新村乡\t新村\n",
		"spread out and quoted":           "县,乡镇,村\r\n\"云 溪 县\",石桥镇　,\"新\n村\"\r\n,,东社区\r\n临江县,新村乡,新村\r\n注：以上数据截至年底\r\n",
		"names beside columns of levels":  "县\t乡镇\t名称\n云溪县\t石桥镇\t新村\n云溪县\t石桥镇\t东社区\n临江县\t新村乡\t新村\n",
	} {
		t.Run(name, func(t *testing.T) {
			l := read(list, standingTree(city))
			if got := paths(l); l.Wrong != 0 || !slices.Equal(got, full) {
				t.Errorf("%v\n%+v", got, l.Problems)
			}
		})
	}
	county := Unit{ID: 7, Level: County, Name: "云溪县", From: "2011-01-01"}
	for name, list := range map[string]string{
		"the county's column too": "县\t乡镇\t村\n云溪县\t石桥镇\t新村\n\t\t东社区\n",
		"without it":              "乡镇\t村\n石桥镇\t新村\n\t东社区\n",
		"by codes":                "代码\t名称\n360102001\t石桥镇\n360102001001\t新村\n360102001002\t东社区\n",
		"by codes with its row":   "代码\t名称\n360102\t云溪县\n360102001\t石桥镇\n360102001001\t新村\n360102001002\t东社区\n",
		"by parents":              "名称\t上级\n石桥镇\t\n新村\t石桥镇\n东社区\t石桥镇\n",
		"by parents with its row": "名称\t上级\n云溪县\t\n石桥镇\t云溪县\n新村\t石桥镇\n东社区\t石桥镇\n",
	} {
		t.Run("one county, "+name, func(t *testing.T) {
			l := read(list, standingTree(county))
			if got := paths(l); l.Wrong != 0 || !slices.Equal(got, []string{"石桥镇", "石桥镇/东社区", "石桥镇/新村"}) {
				t.Errorf("%v\n%+v", got, l.Problems)
			}
		})
	}
	l := read("直属单位\t联系电话\n市图书馆\t0790-1234567\n", standingTree(city, "安澜市文化局"))
	if got := paths(l); l.Wrong != 0 || !slices.Equal(got, []string{"安澜市文化局/市图书馆"}) || l.Units[1].Contact != "0790-1234567" {
		t.Errorf("direct units: %v %+v", got, l.Problems)
	}
}

// All problems are told at once, and counted where there are too many to be told.
func TestAllProblemsAtOnce(t *testing.T) {
	list := "名称\t上级\n云溪县\t\n"
	for i := range 300 {
		list += fmt.Sprintf("村%d\t没有镇%d\n", i, i)
	}
	if l := read(list, standingTree(city)); l.Wrong != 300 || len(l.Problems) != MostProblems || l.Problems[0].Row != 3 {
		t.Errorf("%d problems, %d kept", l.Wrong, len(l.Problems))
	}
	// A row is not blamed for the one that it hangs on.
	if l := read("名称\t上级\n石桥镇\t无有县\n新村\t石桥镇\n", standingTree(city)); l.Wrong != 1 || l.Problems[0].Row != 2 {
		t.Errorf("%+v", l.Problems)
	}
	if l := read("县\t乡镇\t村\n云溪县\t石桥镇\t一村\n\t\t二村\n\t\t三村\n\t石挢镇\t四村\n", standingTree(city)); l.Wrong != 1 {
		t.Errorf("%+v", l.Problems)
	} else if l := ReadList(ReadCells("县\t乡镇\t村\n云溪县\t石桥镇\t一村\n\t\t二村\n\t\t三村\n\t石挢镇\t四村\n"),
		ListForm{Head: 1, Columns: []ListColumn{CountyColumn, TownshipColumn, VillageColumn}, AsWritten: true}, standingTree(city)); l.Wrong != 0 {
		t.Errorf("as written: %+v", l.Problems)
	}
}

// However a list is read, it is read within seconds: columns taken for others, one name
// for all, a ring through all rows.
func TestListsReadWronglyTakeNoLonger(t *testing.T) {
	const n = 40_000
	var once, same, ring strings.Builder
	once.WriteString("县\t乡镇\n")
	same.WriteString("名称\t上级\n")
	ring.WriteString("名称\t上级\n")
	for k := range n {
		fmt.Fprintf(&once, "第%d村\t第%d镇\n", k%(n-n/8), k)
		same.WriteString("新村\t新村\n")
		fmt.Fprintf(&ring, "第%d村\t第%d村\n", k, (k+1)%n)
	}
	for name, list := range map[string]string{"each once": once.String(), "one name": same.String(), "a ring": ring.String()} {
		stands := standingTree(city)
		l := read(list, stands)
		if name != "each once" && l.Wrong == 0 {
			t.Errorf("%s: taken", name)
		}
		if l.Wrong == 0 {
			CompareList(stands, l, "2012-01-01", nil, true)
		}
	}
}

package collection

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"luoshi/fault"
	"luoshi/id"
)

// sheet makes a sheet of lines whose cells are parted by |; ^ and < stand for cells that
// are one with the one above or on the left, = for one that is computed.
func sheet(lines ...string) (s Sheet) {
	for r, line := range lines {
		var row []Cell
		for c, words := range strings.Split(line, "|") {
			switch words {
			case "^":
				s.Merges = grown(s.Merges, r, c+1, func(m *Merge) { m.LastRow = r + 1 })
				words = ""
			case "<":
				s.Merges = grown(s.Merges, r+1, c, func(m *Merge) { m.LastCol = c + 1 })
				words = ""
			}
			row = append(row, Cell{Words: strings.TrimPrefix(words, "="), Formula: strings.HasPrefix(words, "=")})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func grown(all []Merge, row, col int, grow func(*Merge)) []Merge {
	for k := range all {
		if all[k].holds(row, col) {
			grow(&all[k])
			return all
		}
	}
	m := Merge{row, col, row, col}
	grow(&m)
	return append(all, m)
}

var byName = map[string]id.Unit{"望潮区": 1, "清渡区": 2, "云溪县": 3}

func find(words string) id.Unit { return byName[words] }

// library is a template with a merged head of two rows and the names of units.
var library = sheet("各县（市、区）图书馆情况表|<|<|<|<", "序号|县（市、区）|藏书|<|备注", "^|^|总数（册）|今年新增|^",
	"1|望潮区|||", "2|清 渡 区|1200||", "3|云溪县|||", "^|^|||", "合计||=1200|=0|")

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		name  string
		sheet Sheet
		want  Reading
	}{
		{"a merged head of two rows, names with blanks, a unit of two rows", library, Reading{Head: 2, First: 4, Last: 7, UnitCol: 2, Free: 1}},
		{"a line to fill in above the heads", sheet("情况表|<|<", "填报人：|<|日期：", "单位|人数|备注", "望潮区||", "清渡区||"), Reading{Head: 3, First: 4, Last: 5, UnitCol: 1, Free: 1}},
		{"no names, blank rows, a line below", sheet("登记表|<|<", "单位|姓名|电话", "||", "||", "填表人：|<|<"), Reading{Head: 2, First: 3, Last: 4, UnitCol: 1, Free: 5}},
		{"no names and no column for them", sheet("姓名|电话", "|"), Reading{Head: 1, First: 2, Last: 2, Free: 5}},
		{"a blank template with a head of two rows", sheet("表|<|<", "单位|藏书|<", "^|总数|新增", "||", "||"), Reading{Head: 2, First: 4, Last: 5, UnitCol: 1, Free: 5}},
	} {
		if got := c.sheet.Guess(find); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestFieldsOfATemplate(t *testing.T) {
	tm := Template{Sheet: library, Reading: library.Guess(find)}
	if err := tm.Check(); err != nil {
		t.Fatal(err)
	}
	if got := tm.Heads(); got != "序号\t县（市、区）\t藏书·总数（册）\t藏书·今年新增\t备注" {
		t.Errorf("heads %q", got)
	}
	rows := tm.UnitRows(find)
	if fmt.Sprint(rows) != "map[0000000000001:[4] 0000000000002:[5] 0000000000003:[6 7]]" {
		t.Errorf("rows %v", rows)
	}
	count := func(u id.Unit) (asked []string) {
		for _, f := range tm.Fields(rows[u]) {
			if f.Kind != Printed {
				asked = append(asked, f.Key+f.Known)
			}
		}
		return asked
	}
	for u, want := range map[id.Unit]string{1: "[r1c3 r1c4 r1c5]", 2: "[r1c31200 r1c4 r1c5]", 3: "[r1c3 r1c4 r1c5 r2c3 r2c4 r2c5]", 9: "[r1c3 r1c4 r1c5]"} {
		if got := fmt.Sprint(count(u)); got != want {
			t.Errorf("unit %d: %s, want %s", u, got, want)
		}
	}
	for name, r := range map[string]Reading{"heads below": {Head: 4, First: 4, Last: 5, Free: 1}, "no rows": {Head: 1, First: 5, Last: 4, Free: 1},
		"no such column": {Head: 1, First: 4, Last: 5, UnitCol: 9, Free: 1}, "no free row": {Head: 1, First: 4, Last: 5}} {
		tm.Reading = r
		if !fault.Is(tm.Check(), fault.Invalid) {
			t.Errorf("%s passes", name)
		}
	}
}

func TestReadBack(t *testing.T) {
	tm := Template{Sheet: library, Reading: library.Guess(find)}
	head := []string{"各县（市、区）图书馆情况表|<|<|<|<", "序号|县（市、区）|藏书|<|备注", "^|^|总数（册）|今年新增|^"}
	for _, c := range []struct {
		name string
		rows []int
		back []string
		want Values
		says string
	}{
		{"its row alone", []int{5}, []string{"2|清渡区|1300|100|=1+1"}, Values{"r1c3": "1300", "r1c4": "100", "r1c5": "1+1"}, ""},
		{"among others", []int{5}, []string{"1|望潮区|7|8|", "2|清渡区|1300||"}, Values{"r1c3": "1300"}, ""},
		{"two rows", []int{6, 7}, []string{"3|清渡区|1||", "|清渡区|2||", "合计||3||"}, Values{"r1c3": "1", "r2c3": "2"}, ""},
		{"no name", []int{5}, []string{"1|望潮区|7|8|"}, nil, "没有找到本单位的行"},
		{"too many", []int{5}, []string{"1|清渡区|7|8|", "2|清渡区|7|8|"}, nil, "最多填 1 行"},
		{"free row without a name", nil, []string{"1||7||"}, Values{"r1c3": "7"}, ""},
	} {
		got, err := tm.ReadBack(sheet(append(slices.Clone(head), c.back...)...), c.rows, func(w string) bool { return w == "清渡区" })
		if !maps.Equal(got, c.want) || (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v %v", c.name, got, err)
		}
	}
	other := slices.Clone(head)
	other[1] = "序号|县（市、区）|期刊|<|备注"
	if _, err := tm.ReadBack(sheet(append(other, "2|清渡区|1||")...), []int{5}, func(string) bool { return true }); err == nil || !strings.Contains(err.Error(), "藏书·总数") {
		t.Errorf("another head: %v", err)
	}
}

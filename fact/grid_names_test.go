package fact

import (
	"strings"
	"testing"
)

var (
	gridTrained = Indicator{ID: 3, Name: "培训骨干", Measure: "人", Aggregation: Distinct, Subjects: Persons}
	gridBoats   = Indicator{ID: 4, Name: "电影上船", Measure: "艘", Aggregation: Distinct, Subjects: Things}
)

func TestGridNames(t *testing.T) {
	for _, c := range []struct {
		of           Indicator
		words, names string
		doubts       string // their kinds
	}{
		{gridTrained, "", "", ""},
		{gridTrained, "无", "", ""},
		{gridTrained, "—", "", ""},
		{gridTrained, "林小满", "林小满", ""},
		{gridTrained, "林小满、陈海生；王 芳", "林小满|陈海生|王芳", ""},
		{gridTrained, "林小满 陈海生\r\n王芳,李 大 张　三", "林小满|陈海生|王芳|李大|张三", ""},
		{gridTrained, "林小满 13900001111、陈海生 1390000****", "林小满 13900001111|陈海生 1390000****", ""},
		{gridTrained, "John Smith；阿依古丽·买买提", "John Smith|阿依古丽·买买提", ""},
		{gridTrained, "林小满、陈海生、林 小满", "林小满|陈海生", "same"},
		{gridTrained, "12", "", "name"},
		{gridTrained, "林小满、陈海生等5人", "林小满|陈海生等5人", "more names"},
		{gridTrained, strings.Repeat("林", 61), "", "long"},
		{gridBoats, "浙岭渔 23456 浙岭渔23457", "浙岭渔 23456|浙岭渔23457", ""},
		{gridBoats, "浙岭渔23456、浙岭渔 23456", "浙岭渔23456", "same"},
		{gridBoats, "101 102 103", "101|102|103", ""},
		{gridBoats, "12", "12", "count"},
	} {
		names, doubts := ReadGridNames(c.of, c.words)
		var kinds []string
		for _, d := range doubts {
			kinds = append(kinds, d.Kind)
		}
		if got := strings.Join(names, "|"); got != c.names || strings.Join(kinds, " ") != c.doubts {
			t.Errorf("%q of %s: %s (%v), want %s (%s)", c.words, c.of.Name, got, kinds, c.names, c.doubts)
		}
	}
}

// A list with a person in each row, and one in which a cell holds several, both come to the
// cells of their villages; numbers beside them are read as ever.
func TestGridPasteOfNames(t *testing.T) {
	columns := []Indicator{gridShows, gridTrained}
	for _, c := range []struct{ name, words, shows, names, doubts string }{
		{"one in each row", "村\t培训骨干\n上塘村\t林小满\n上塘村\t陈海生\n下塘村\t王芳", "", "林小满、陈海生|王芳", ""},
		{"villages written once", "村\t培训骨干\n上塘村\t林小满\n\t陈海生\n下塘村\t王芳", "", "林小满、陈海生|王芳", ""},
		{"several in a cell", "村\t送演出\t培训骨干\n上塘村\t3\t林小满、陈海生\n下塘村\t2\t\"王芳\n李大\"\n合计\t5\t4", "3|2", "林小满、陈海生|王芳、李大", "sum"},
		{"the number in the first row only", "村\t送演出\t培训骨干\n上塘村\t3\t林小满\n上塘村\t\t陈海生", "3|", "林小满、陈海生|", ""},
		{"another number in a later row", "村\t送演出\t培训骨干\n上塘村\t3\t林小满\n上塘村\t4\t陈海生", "3|", "林小满、陈海生|", "twice"},
		{"a head that says only names", "村\t姓名\n上塘村\t林小满\n下塘村\t王芳", "", "林小满|王芳", ""},
		{"without a head", "上塘村\t3\t林小满 陈海生\n下塘村\t2\t王芳", "3|2", "林小满 陈海生|王芳", ""},
	} {
		p, err := ReadGridPaste(c.words, gridUnits, columns)
		if err != nil {
			t.Fatal(err)
		}
		cells := func(of Indicator) string {
			return p.Cells[GridSpot{11, of.ID}] + "|" + p.Cells[GridSpot{12, of.ID}]
		}
		var kinds []string
		for _, d := range p.Doubts {
			kinds = append(kinds, d.Kind)
		}
		shows := cells(gridShows)
		if c.shows == "" {
			c.shows = "|"
		}
		if shows != c.shows || cells(gridTrained) != c.names || strings.Join(kinds, " ") != c.doubts {
			t.Errorf("%s: %s, %s (%v), want %s, %s (%s)", c.name, shows, cells(gridTrained), kinds, c.shows, c.names, c.doubts)
		}
	}
}

// What is typed loses the names that go, in whatever hand, and no others.
func TestWithoutNames(t *testing.T) {
	for _, c := range []struct{ words, goes, left string }{
		{"林小满", "林小满", ""},
		{"林小满、陈海生；王 芳", "王芳", "林小满、陈海生"},
		{"陈海生 林小满 王芳", "林小满", "陈海生、王芳"},
		{"林·小满 13900001111,陈海生", "林小满", "陈海生"},
		{"阿依古丽 买买提 王芳", "阿依古丽买买提", "王芳"},
		{"John Smith；李大", "JOHNSMITH", "李大"},
		{"林小满（新）、陈海生", "林小满", "陈海生"}, // holds
		{"林大满、12", "林小满", "林大满、12"},
		{"", "林小满", ""},
	} {
		goes := func(key string) bool { return key == c.goes }
		left, found := WithoutNames(c.words, goes, func(key string) bool { return strings.Contains(key, c.goes) })
		if left != c.left || found != (c.left != c.words) {
			t.Errorf("%q without %s: %q %t", c.words, c.goes, left, found)
		}
	}
	if left, found := WithoutNames("林小满（新）", func(key string) bool { return key == "林小满" }, func(string) bool { return false }); found || left != "林小满（新）" {
		t.Errorf("by the key alone: %q", left)
	}
}

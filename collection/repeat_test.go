package collection

import "testing"

func TestRepeats(t *testing.T) {
	known := []Known{{Words: "送演出到农村", Where: "方案", Item: 7}, {Words: "电影放映场次（场）", Where: "一季度情况表", Collection: 3}, {Words: "备注", Collection: 3}, {Words: "送演出到农村", Where: "后来的"}}
	for _, c := range []struct {
		name  string
		asked []string
		want  []string // where each stands already
	}{
		{"the same words", []string{"送演出到农村"}, []string{"方案"}},
		{"a number, a blank, a unit", []string{"2、送 演出到农村（场）"}, []string{"方案"}},
		{"another ending", []string{"电影放映"}, []string{"一季度情况表"}},
		{"another unit", []string{"电影放映数(次)"}, []string{"一季度情况表"}},
		{"twice", []string{"电影放映场次", "电影放映数"}, []string{"一季度情况表"}},
		{"what every table has", []string{"备注", "单位", "序号", ""}, nil},
		{"merely alike", []string{"送演出", "送演出到农村中学", "数"}, nil},
	} {
		got := Repeats(c.asked, known)
		if len(got) != len(c.want) {
			t.Errorf("%s: %+v", c.name, got)
			continue
		}
		for i, r := range got {
			if r.Known.Where != c.want[i] {
				t.Errorf("%s: %+v", c.name, r)
			}
		}
	}
}

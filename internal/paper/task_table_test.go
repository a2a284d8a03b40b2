package paper

import (
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/internal/text"
	"luoshi/plan"
)

const readingPlan = `阅读年实施方案
一、实施步骤
1、动员阶段（2023年3月至4月）。做好准备。
2、总结阶段（2024年7月底前）。写好总结。
二、主要任务
（一）送书到村。（市文化局牵头，市财政局配合）
1、送书下乡。2023年完成送图书3000册到农村，培训骨干200名以上。
2、夜间开放。市图书馆力争在2023年9月23日之前完成夜间开放的准备工作。（市图书馆）
（二）办好书屋。2024年6月底前开出书屋20多家。
`

// hostile is what a document may hold that a file must only show.
func hostile() plan.TaskTable {
	return plan.TaskTable{Title: "=HYPERLINK(\"http://example.com\")<b>&", Tasks: []plan.Task{{Number: 1, Headings: []string{"@SUM(A1)"},
		Title: "=1+1", Measures: "+1\x1b[31m\x00\ufffe", Targets: []string{"-2", "</w:t>"}, Lead: []string{"@x"}, Limits: []string{"=cmd|'/c calc'!A0"}, Questions: []string{"一？", "二？"}}}}
}

func tableOf(words string) plan.TaskTable {
	return plan.Tasks(plan.Read(words), document.Source{Text: words})
}

// wordy is a table with rows as high as they come.
func wordy() plan.TaskTable {
	t := tableOf(readingPlan)
	t.Tasks[0].Targets = slices.Repeat([]string{strings.Repeat("全市审批时间控制在十个工作日以内", 3)}, 12)
	for i := range 40 {
		t.Tasks = append(t.Tasks, plan.Task{Number: len(t.Tasks) + 1, Headings: []string{"三、其他"}, Title: strings.Repeat("办好书屋", i%9+1), Measures: strings.Repeat("把书送到每一个村，", i%20+1)})
	}
	return t
}

func TestTaskLines(t *testing.T) {
	task := func(title string, headings ...string) plan.Task { return plan.Task{Title: title, Headings: headings} }
	var got []string
	for _, l := range taskLines(plan.TaskTable{Tasks: []plan.Task{
		task("甲", "一", "（一）"), task("乙", "一", "（一）"), task("丙", "一", "（二）"), task("丁", "一"), task("戊", "二"), task("己"),
	}}) {
		if l.cells != nil {
			got = append(got, l.cells[1])
		} else {
			got = append(got, strings.Repeat("#", l.level+1)+l.heading)
		}
	}
	if want := []string{"#一", "##（一）", "甲", "乙", "##（二）", "丙", "#一", "丁", "#二", "戊", "己"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestColumnsFitThePage(t *testing.T) {
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for name, table := range map[string]plan.TaskTable{"none": {}, "reading": tableOf(readingPlan), "wordy": wordy()} {
			all := 0
			for _, c := range fitted(taskColumns(lang, plan.UsualColumns), taskLines(table)) {
				all += c.width
				if c.width < c.least {
					t.Errorf("%s %s: %q is %d mm wide, at least %d", lang, name, c.head, c.width, c.least)
				}
			}
			if wide := tablePage.TextWidth(); twips(all) > wide+5 || twips(all) < wide-5 {
				t.Errorf("%s %s: %d mm, the page has %d twips", lang, name, all, wide)
			}
		}
	}
}

func TestFittedTableIsShorter(t *testing.T) {
	height := func(columns []taskColumn, lines []taskLine) int {
		var rows [][]string
		for _, l := range lines {
			if l.cells != nil {
				rows = append(rows, l.cells)
			}
		}
		return tallness(linesAt(columns, rows, 0), nil, 0, nil, 0)
	}
	lines := taskLines(wordy())
	before := taskColumns(text.Chinese, plan.UsualColumns)
	if was, is := height(before, lines), height(fitted(before, lines), lines); is >= was {
		t.Errorf("%d lines, before %d", is, was)
	}
}

func TestLinesOf(t *testing.T) {
	for _, c := range []struct {
		words string
		wide  float64
		want  int
	}{
		{"", 5, 1}, {"一二三四", 5, 1}, {"一二三四五", 5, 2}, {"12345678", 5, 1}, {"一\n二", 5, 2}, {"“≥”", 2, 2}, {"一", 0, 1},
	} {
		if got := linesOf(c.words, c.wide); got != c.want {
			t.Errorf("%q in %v: %d lines, want %d", c.words, c.wide, got, c.want)
		}
	}
}

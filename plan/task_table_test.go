package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/document"
)

func tasksOf(text string) TaskTable { return Tasks(Read(text), document.Source{Text: text}) }

// row finds the row with that title.
func row(t *testing.T, table TaskTable, title string) Task {
	t.Helper()
	for _, r := range table.Tasks {
		if r.Title == title {
			return r
		}
	}
	t.Fatalf("no row %q in %+v", title, table.Tasks)
	return Task{}
}

const readingPlan = `阅读年实施方案
为了每一个村，制定本方案。
一、指导思想
让读书的人更方便，认真学习有关精神。
二、实施步骤
1、动员阶段（2023年3月至4月）。做好准备。
2、实施阶段（2023年5月10日至2024年6月20日）。
（1）各馆开门。每天开放。
3、总结阶段（2024年7月底前）。写好总结。
三、主要任务
（一）送书到村。（市文化局牵头，市财政局配合）
1、送书下乡。2023年完成送图书3000册到农村，培训骨干200名以上。
2、夜间开放。市图书馆力争在2023年9月23日之前完成夜间开放的准备工作。（市图书馆）
3、按照上级关于公共文化服务体系建设的统一部署和各项具体要求做好有关的各项准备工作，建立全市统一的读书会制度，每季度末向局办公室报告一次活动的情况。
（二）办好书屋。2024年6月底前开出书屋20家。
1、选好地方。（长期）
四、总结经验
写出好的做法，合格率达到80%以上，参加的人每人每年读书不少于5本。
附件：书目
2023年3月1日
`

func TestTasks(t *testing.T) {
	table := tasksOf(readingPlan)
	if table.Title != "阅读年实施方案" || len(table.Phases) < 3 {
		t.Errorf("%q, %d phases", table.Title, len(table.Phases))
	}
	var titles []string
	for i, r := range table.Tasks {
		titles = append(titles, r.Title)
		if r.Number != i+1 {
			t.Errorf("row %d has the number %d", i+1, r.Number)
		}
	}
	want := []string{"动员阶段（2023年3月至4月）", "各馆开门", "总结阶段（2024年7月底前）", "送书下乡", "夜间开放", "建立全市统一的读书会制度", "办好书屋", "选好地方", "总结经验"}
	if !slices.Equal(titles, want) {
		t.Fatalf("rows %q\nwant %q", titles, want)
	}
	for _, c := range []struct {
		name, row string
		got       func(Task) any
		want      any
	}{
		{"headings above", "送书下乡", func(r Task) any { return r.Headings }, []string{"三、主要任务", "（一）送书到村（市文化局牵头，市财政局配合）"}},
		{"a heading with others below it stands under its own", "办好书屋", func(r Task) any { return r.Headings }, []string{"三、主要任务", "（二）办好书屋"}},
		{"a task at the top stands under its own", "总结经验", func(r Task) any { return r.Headings }, []string{"四、总结经验"}},
		{"units of the heading above", "送书下乡", func(r Task) any { return []any{r.Lead, r.Cooperating, r.Responsible} }, []any{[]string{"市文化局"}, []string{"市财政局"}, []string(nil)}},
		{"own units alone", "夜间开放", func(r Task) any { return []any{r.Lead, r.Cooperating, r.Responsible} }, []any{[]string(nil), []string(nil), []string{"市图书馆"}}},
		{"figures", "送书下乡", func(r Task) any { return r.Targets }, []string{"完成送图书到农村 3,000 册", "培训骨干 ≥ 200 名"}},
		{"the document's own phrase", "总结经验", func(r Task) any { return r.Targets }, []string{"合格率 ≥ 80%", "参加的人每人每年读书不少于5本"}},
		{"a year as the limit", "送书下乡", func(r Task) any { return r.Limits }, []string{"2023年12月31日前"}},
		{"a soft day, itself included", "夜间开放", func(r Task) any { return r.Limits }, []string{"力争2023年9月23日前（含当日）"}},
		{"months of a stage", "动员阶段（2023年3月至4月）", func(r Task) any { return r.Limits }, []string{"2023年3月至4月"}},
		{"days of the stage above, and what comes round", "各馆开门", func(r Task) any { return r.Limits }, []string{"每天"}},
		{"an open stage", "总结阶段（2024年7月底前）", func(r Task) any { return r.Limits }, []string{"2024年7月底前"}},
		{"what comes round", "建立全市统一的读书会制度", func(r Task) any { return r.Limits }, []string{"每季度末"}},
		{"without end", "选好地方", func(r Task) any { return r.Limits }, []string{"长期"}},
		{"measures without units", "夜间开放", func(r Task) any { return r.Measures }, "市图书馆力争在2023年9月23日之前完成夜间开放的准备工作。"},
		{"a sentence as title stays whole among the measures", "建立全市统一的读书会制度", func(r Task) any { return strings.HasPrefix(r.Measures, "按照上级关于公共文化服务") }, true},
		{"the end of the document is nobody's measure", "总结经验", func(r Task) any { return r.Measures }, "写出好的做法，合格率达到80%以上，参加的人每人每年读书不少于5本。"},
		{"questions about the row", "夜间开放", func(r Task) any { return r.Questions }, []string{"“2023年9月23日之前”包括当天吗？"}},
	} {
		if got := c.got(row(t, table, c.row)); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if len(table.Questions) != 1 || !strings.Contains(table.Questions[0], "文号") {
		t.Errorf("questions about the plan %q", table.Questions)
	}
}

func TestTasksOfStageAbove(t *testing.T) {
	table := tasksOf("读书活动方案\n一、实施步骤\n1、实施阶段（2023年5月10日至6月20日）。\n（1）开门。\n（2）收书。\n")
	if got := row(t, table, "收书").Limits; !slices.Equal(got, []string{"2023年5月10日至6月20日"}) {
		t.Errorf("%q", got)
	}
}

func TestTasksWithSeveralDays(t *testing.T) {
	text := "读书活动方案\n一、任务\n1、建书屋。2023年底前建成书屋30家；到2025年底，实现书屋全覆盖。\n"
	r := row(t, tasksOf(text), "建书屋")
	if !slices.Equal(r.Limits, []string{"2023年12月31日前", "2025年12月31日前"}) || len(r.Dues) != 2 {
		t.Errorf("limits %q, dues %+v", r.Limits, r.Dues)
	}
	if len(r.Targets) != 2 || r.Targets[0] != "建成书屋 30 家（2023年12月31日前）" || !strings.Contains(r.Targets[1], "全覆盖") {
		t.Errorf("targets %q", r.Targets)
	}
}

func TestTasksWithoutNumbers(t *testing.T) {
	table := tasksOf("读书活动方案\n2023年全市建成书屋400家。我们高度重视这项工作。各馆的小结在9月23日之前报送局办公室。\n")
	if len(table.Tasks) != 2 {
		t.Fatalf("%+v", table.Tasks)
	}
	first, second := table.Tasks[0], table.Tasks[1]
	if first.Title != "2023年全市建成书屋400家" || len(first.Targets) != 1 || first.Headings != nil {
		t.Errorf("%+v", first)
	}
	if !strings.Contains(second.Title, "小结") || !slices.Equal(second.Limits, []string{"2023年9月23日前（含当日）"}) || len(second.Questions) != 1 {
		t.Errorf("%+v", second)
	}
}

func TestTasksOfNothing(t *testing.T) {
	for _, text := range []string{"", "\n", "通知", "一、指导思想\n方便。\n二、基本原则\n公平。\n"} {
		if table := tasksOf(text); len(table.Tasks) != 0 {
			t.Errorf("%q: %+v", text, table.Tasks)
		}
	}
}

func TestLongMeasuresEndWithASentence(t *testing.T) {
	text := "读书活动方案\n一、任务\n1、建书屋。" + strings.Repeat("办好全市的书屋和书架。", 30) + "\n"
	m := row(t, tasksOf(text), "建书屋").Measures
	if n := utf8.RuneCountInString(m); n > longestMeasures || n < longestMeasures/2 || !strings.HasSuffix(m, "书架。…") {
		t.Errorf("%d runes: %s", n, m)
	}
}

func TestTaskName(t *testing.T) {
	for _, c := range []struct{ name, title, want string }{
		{"a short title is whole", "加强领导，抓好落实", "加强领导，抓好落实"},
		{"the first clause", "降低企业创新成本，积极推广“长光”“摆渡”模式经验，推进双创平台高质量发展，更好为企业提供服务", "降低企业创新成本"},
		{"a prelude stays with what it leads to", "按照国家统一部署，整合差别化电价政策，建立统一的高耗能行业阶梯电价制度和有关的各项管理办法", "按照国家统一部署，整合差别化电价政策"},
		{"commas in quotes do not part", "开展“讲文明，树新风，读好书”活动，在全市范围内广泛地动员各方面的社会力量参加到活动里来", "开展“讲文明，树新风，读好书”活动"},
		{"no comma", strings.Repeat("长", 60), strings.Repeat("长", 47) + "…"},
	} {
		got := strings.TrimRight(taskName(c.title), "，")
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

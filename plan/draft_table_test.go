package plan

import (
	"slices"
	"strings"
	"testing"

	"luoshi/document"
)

func draftTasks(text string, change func(*Draft)) TaskTable {
	d := NewDraft(Read(text)).Numbered(100)
	if change != nil {
		change(&d)
	}
	return DraftTasks(d, document.Source{Text: text}, nil)
}

// As long as nobody corrected anything, the rows say what was read.
func TestDraftTasksAsRead(t *testing.T) {
	read, table := tasksOf(readingPlan), draftTasks(readingPlan, nil)
	var titles []string
	for _, r := range table.Tasks {
		titles = append(titles, r.Title)
		was := row(t, read, r.Title)
		if r.Title == "总结经验" && len(r.Targets) != 2 {
			t.Errorf("targets %q", r.Targets)
		}
		if r.Measures != was.Measures || !slices.Equal(r.Targets, was.Targets) || !slices.Equal(r.Limits, was.Limits) || !slices.Equal(r.Headings, was.Headings) {
			t.Errorf("%s: %+v\nread as %+v", r.Title, r, was)
		}
		if who := strings.Join(append(r.Lead, r.Responsible...), "、"); who != strings.Join(append(was.Lead, was.Responsible...), "、") {
			t.Errorf("%s: lead %q, read as %q", r.Title, r.Lead, was.Lead)
		}
	}
	if want := []string{"各馆开门", "送书下乡", "夜间开放", "建立全市统一的读书会制度", "办好书屋", "选好地方", "总结经验"}; !slices.Equal(titles, want) {
		t.Errorf("rows %q", titles)
	}
}

// What a person put right stands in the table, and not what was read.
func TestDraftTasksAsCorrected(t *testing.T) {
	table := draftTasks(readingPlan, func(d *Draft) {
		for i := range d.Items {
			if strings.HasPrefix(d.Items[i].Title, "送书下乡") {
				d.Items[i].Title, d.Items[i].Lead, d.Items[i].Responsible = "送书到每个村", "市图书馆", "馆长"
			}
			if strings.HasPrefix(d.Items[i].Title, "选好地方") {
				d.Items[i].Period = NoPeriod
			}
		}
		for i := range d.Targets {
			switch x := &d.Targets[i]; {
			case x.Value == Whole(3000):
				x.Value, x.Bound, x.Deadline = Whole(3200), "ge", "2023-11-30"
			case x.Period != "":
				x.Period, x.Hardness, x.Indicator, x.Unit, x.Bound, x.Value, x.From = "month", "soft", "读书", "本", "ge", Whole(6), new(Whole(5))
			}
		}
		for i := range d.Milestones {
			d.Milestones[i].Title = "准备好夜间开放"
		}
		d.Questions[0].State, d.Questions[0].Chosen = QuestionAnswered, OwnWords
		d.Plan.Title = "改过的名称"
	})
	if table.Title != "改过的名称" {
		t.Errorf("title %q", table.Title)
	}
	r := row(t, table, "送书到每个村")
	if !slices.Equal(r.Lead, []string{"市图书馆"}) || !slices.Equal(r.Responsible, []string{"馆长"}) || !slices.ContainsFunc(r.Targets, func(s string) bool { return strings.Contains(s, "≥ 3,200 册") }) {
		t.Errorf("%+v", r)
	}
	if !slices.Contains(r.Limits, "2023年11月30日前") || strings.Contains(strings.Join(r.Targets, ""), "3,000") {
		t.Errorf("limits %q, targets %q", r.Limits, r.Targets)
	}
	if r := row(t, table, "总结经验"); !slices.Contains(r.Targets, "每月读书 从 5 本到 ≥ 6 本（力争）") {
		t.Errorf("targets %q", r.Targets)
	}
	if r := row(t, table, "夜间开放"); !slices.Contains(r.Targets, "准备好夜间开放") {
		t.Errorf("targets %q", r.Targets)
	}
	for _, r := range table.Tasks {
		if r.Title == "选好地方" {
			t.Error("what nobody is asked to report is a row")
		}
	}
	questions := 0
	for _, r := range table.Tasks {
		questions += len(r.Questions)
	}
	if all := len(Read(readingPlan).Questions); questions+len(table.Questions) != all-1 {
		t.Errorf("%d questions of %d, one answered", questions+len(table.Questions), all)
	}
}

const pastedTable = "重点任务分解表\n序号\t任务\t具体措施\t目标\t牵头单位\t配合单位\t完成时限\n" +
	"1\t送书下乡\t每个村送一次\t送图书3000册\t市图书馆\t市财政局\t2023年12月底前\n" +
	"2\t夜间开放\t每周开放两晚\t开放100场\t市文化馆\t\t持续推进\n"

// The rows of a table keep to its columns, also to those that a person chose.
func TestDraftTasksOfTable(t *testing.T) {
	source, err := document.ReadFile("", []byte(pastedTable))
	if err != nil || len(source.Tables) != 1 {
		t.Fatalf("%d tables: %v", len(source.Tables), err)
	}
	for _, c := range []struct {
		columns  []Columns
		measures string
		lead     string
	}{
		{nil, "每周开放两晚", "市文化馆"},
		{[]Columns{{NumberColumn, TaskColumn, LeadColumn, TargetColumn, MeasureColumn, NoColumn, DueColumn}}, "市文化馆", "每周开放两晚"},
	} {
		table := DraftTasks(NewDraft(ReadSource(source, c.columns)), source, c.columns)
		r := row(t, table, "夜间开放")
		if len(table.Tasks) != 2 || r.Measures != c.measures || !slices.Equal(r.Limits, []string{"持续推进"}) {
			t.Errorf("%d rows, %+v", len(table.Tasks), r)
		}
		if c.columns == nil && (!slices.Equal(r.Lead, []string{c.lead}) || !strings.Contains(strings.Join(r.Targets, ""), "100")) {
			t.Errorf("%+v", r)
		}
	}
}

func TestCheckColumns(t *testing.T) {
	for _, c := range []struct {
		columns Columns
		at      int
		wrong   bool
	}{
		{Columns{NumberColumn, TaskColumn, LeadColumn, LeadColumn, NoColumn, NoColumn}, 0, false},
		{Columns{TaskColumn, MeasureColumn, TaskColumn}, 2, true},
		{Columns{NumberColumn, NumberColumn}, 1, true},
		{Columns{GroupColumn, TaskColumn, GroupColumn}, 2, true},
		{Columns{TaskColumn, "owner"}, 1, true},
	} {
		if at, wrong := c.columns.Check(); at != c.at || (wrong != nil) != c.wrong {
			t.Errorf("%v: %d %v", c.columns, at, wrong)
		}
	}
}

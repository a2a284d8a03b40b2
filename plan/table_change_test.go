package plan

import (
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"

	"pgregory.net/rapid"
)

// exported is a table as it leaves: every cell of every row that can be chosen.
func exported(s TableState) EditedTable {
	e := EditedTable{Plan: s.Plan.ID, Step: s.Table.Step, Columns: TableColumns, Whole: true}
	for k, t := range s.Table.Tasks {
		row := EditedRow{At: k + 3, Item: t.Item, Step: s.Table.Step, Cells: map[Column]string{}}
		for _, c := range TableColumns {
			row.Cells[c] = s.Table.Cell(t, c)
		}
		e.Rows = append(e.Rows, row)
	}
	return e
}

func tableState(text string, change func(*Draft)) TableState {
	d := NewDraft(Read(text)).Numbered(100)
	if change != nil {
		change(&d)
	}
	return d.TableState(document.Source{Text: text}, nil, 7)
}

func changesOf(t *testing.T, e EditedTable, now TableState, before map[int64]TableState) []TableChange {
	t.Helper()
	got, err := Changes(e, now, before, []rune(readingPlan))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// taken gives a draft with the edits of a change.
func (c TableChange) taken(d Draft) Draft {
	d.Items, d.Targets, d.Milestones = slices.Clone(d.Items), slices.Clone(d.Targets), slices.Clone(d.Milestones)
	for k, i := range d.Items {
		if i.ID == c.Edit.Item && c.Edit.EditItem != nil {
			d.Items[k] = c.Edit.EditItem(i)
		}
	}
	for k, x := range d.Targets {
		if f := c.Edit.Targets[x.ID]; f != nil {
			d.Targets[k] = x.Corrected(f(x))
		}
	}
	for k, m := range d.Milestones {
		if f := c.Edit.Milestones[m.ID]; f != nil {
			d.Milestones[k] = m.Corrected(f(m))
		}
	}
	return d
}

func rowTitled(e EditedTable, title string) EditedRow {
	return e.Rows[slices.IndexFunc(e.Rows, func(r EditedRow) bool { return r.Cells[TaskColumn] == title })]
}

func TestUntouchedTableHasNoChanges(t *testing.T) {
	s := tableState(readingPlan, nil)
	e := exported(s)
	if got := changesOf(t, e, s, nil); len(got) > 0 {
		t.Errorf("%+v", got)
	}
	for _, row := range e.Rows { // what programs do to a cell
		for c, words := range row.Cells {
			row.Cells[c] = " " + strings.ReplaceAll(words, "\n", " \r\n\n") + "\u00a0\n"
		}
	}
	if got := changesOf(t, e, s, nil); len(got) > 0 {
		t.Errorf("with other blanks: %+v", got)
	}
}

func TestCellsReadBack(t *testing.T) {
	for name, c := range map[string]struct {
		title  string
		column Column
		told   string
		want   string // how the cell stands once it was taken over
		why    *fault.Fault
	}{
		"name":                {"送书下乡", TaskColumn, "送书到每个村", "送书到每个村", nil},
		"name in two lines":   {"送书下乡", TaskColumn, "送书到\n每个村", "送书到每个村", nil},
		"no name":             {"送书下乡", TaskColumn, "", "", fault.New(fault.Invalid, "请填写%s。")},
		"lead":                {"夜间开放", LeadColumn, "市博物馆", "市博物馆", nil},
		"lead of a heading":   {"送书下乡", LeadColumn, "市图书馆", "市图书馆", nil},
		"heading emptied":     {"送书下乡", LeadColumn, "", "", errLentCell},
		"units in lines":      {"送书下乡", CooperatingColumn, "市财政局\n团市委", "市财政局、团市委", nil},
		"day":                 {"夜间开放", DueColumn, "2023-10-8", "2023年10月8日前（含当日）", nil},
		"day of the document": {"夜间开放", DueColumn, "力争10月底前", "力争2023年10月31日前", nil},
		"no day":              {"夜间开放", DueColumn, "明年底某日", "", errDayCell},
		"no day at all":       {"夜间开放", DueColumn, "", "", errNoDay},
		"words of a limit":    {"建立全市统一的读书会制度", DueColumn, "每月末", "", errDayCell},
		"figure":              {"送书下乡", TargetColumn, "送图书 3,200 册\n培训骨干 ≥ 200 名", "送图书 3,200 册\n培训骨干 ≥ 200 名", nil},
		"figure in words":     {"送书下乡", TargetColumn, "送图书 ≥ 3,000 册\n培训骨干 不少于 220 名", "送图书 ≥ 3,000 册\n培训骨干 ≥ 220 名", nil},
		"no figure":           {"送书下乡", TargetColumn, "送图书 许多 册\n培训骨干 ≥ 200 名", "", errFigureCell},
		"one line more":       {"送书下乡", TargetColumn, "送图书 3,000 册\n培训骨干 ≥ 200 名\n放电影 9 场", "", errMoreAims},
		"milestone":           {"夜间开放", TargetColumn, "准备好夜间开放", "准备好夜间开放", nil},
		"period":              {"送书下乡", PeriodColumn, "每季度", "每季度", nil},
		"no period":           {"送书下乡", PeriodColumn, "隔几天", "", errPeriodCell},
		"project":             {"送书下乡", ProjectColumn, "", "", nil},
		"themes":              {"送书下乡", TagsColumn, "下乡，读书", "下乡、读书", nil},
		"measures":            {"送书下乡", MeasureColumn, "别的话", "", errFixedCell},
		"question":            {"夜间开放", QuestionColumn, "答了", "", errAskedCell},
		"heading":             {"送书下乡", GroupColumn, "四、别处", "", errGroupCell},
		"remark":              {"送书下乡", RemarkColumn, "看过", "", errRemarkCell},
	} {
		t.Run(name, func(t *testing.T) {
			s := tableState(readingPlan, nil)
			e := exported(s)
			rowTitled(e, c.title).Cells[c.column] = c.told
			got := changesOf(t, e, s, nil)
			if len(got) != 1 || got[0].Column != c.column || got[0].Clash || got[0].Told != CellWords(c.told) {
				t.Fatalf("%+v", got)
			}
			if c.why != nil {
				if got[0].Why == nil || got[0].Why.Key != c.why.Key || got[0].Ticked() {
					t.Errorf("said %v", got[0].Why)
				}
				return
			}
			if got[0].Why != nil {
				t.Fatal(got[0].Why)
			}
			after := got[0].taken(s.Draft).TableState(document.Source{Text: readingPlan}, nil, 8)
			row, _ := after.row(got[0].Edit.Item)
			if is := after.Table.Cell(row, c.column); is != c.want {
				t.Errorf("stands as %q, want %q", is, c.want)
			}
			// The same file again says nothing new.
			if again := changesOf(t, e, after, map[int64]TableState{7: s}); len(again) > 0 {
				t.Errorf("again %+v", again)
			}
			for _, other := range UsualColumns {
				if was := s.Table.Cell(s.Table.Tasks[row.Number-1], other); other != c.column && other != QuestionColumn && after.Table.Cell(row, other) != was {
					t.Errorf("%s became %q, was %q", other, after.Table.Cell(row, other), was)
				}
			}
		})
	}
}

// Where the promises of a row have days of their own each line is one of them.
func TestRowOfSeveralDays(t *testing.T) {
	const text = "书屋方案\n一、任务\n1、送书到村。2023年6月底前完成送书300册，2023年12月底前培训骨干200名。\n"
	s := tableState(text, nil)
	if want := []string{"完成送书 300 册（2023年6月30日前）", "培训骨干 200 名（2023年12月31日前）"}; !slices.Equal(s.Table.Tasks[0].Targets, want) {
		t.Fatalf("%q", s.Table.Tasks[0].Targets)
	}
	for name, c := range map[string]struct {
		column     Column
		told       string
		day, other string // of the first target and of the second
		value      Decimal
		loses      int
	}{
		"a figure":        {TargetColumn, "完成送书 320 册（2023年6月30日前）\n培训骨干 200 名（2023年12月31日前）", "2023-06-30", "2023-12-31", Whole(320), 0},
		"without its day": {TargetColumn, "完成送书 320 册\n培训骨干 200 名（2023年12月31日前）", "2023-06-30", "2023-12-31", Whole(320), 0},
		"a day behind it": {TargetColumn, "完成送书 300 册（2023年7月底前）\n培训骨干 200 名（2023年12月31日前）", "2023-07-31", "2023-12-31", Whole(300), 0},
		"one of the days": {DueColumn, "2023年6月30日前\n2023-11-30", "2023-06-30", "2023-11-30", Whole(300), 0},
		"both days":       {DueColumn, "2023年8月1日\n11月底前", "2023-08-01", "2023-11-30", Whole(300), 0},
		"a line less":     {TargetColumn, "完成送书 300 册（2023年6月30日前）", "2023-06-30", "2023-12-31", Whole(300), 1},
		"a day less":      {DueColumn, "2023年6月30日前", "2023-06-30", "", Whole(300), 0},
	} {
		e := exported(s)
		e.Rows[0].Cells[c.column] = c.told
		got := changesOf(t, e, s, nil)
		if len(got) != 1 || got[0].Why != nil || got[0].Loses != c.loses || got[0].Ticked() != (c.loses == 0) {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		d := got[0].taken(s.Draft)
		if string(d.Targets[0].Deadline) != c.day || string(d.Targets[1].Deadline) != c.other || d.Targets[0].Value != c.value {
			t.Errorf("%s: %s, %s, %s", name, d.Targets[0].Deadline, d.Targets[1].Deadline, d.Targets[0].Value)
		}
	}
}

func TestClashOfTableAndDraft(t *testing.T) {
	was := tableState(readingPlan, nil)
	e := exported(was)
	books := rowTitled(e, "送书下乡")
	books.Cells[LeadColumn], books.Cells[TargetColumn] = "市图书馆", "完成送图书到农村 3,200 册\n培训骨干 ≥ 200 名"
	edit := func(lead string, value Decimal) TableState {
		now := tableState(readingPlan, func(d *Draft) {
			for k := range d.Items {
				if d.Items[k].ID == books.Item {
					d.Items[k].Lead = lead
				}
			}
			for k := range d.Targets {
				if d.Targets[k].Value == Whole(3000) {
					d.Targets[k].Value = value
				}
			}
		})
		now.Table.Step = 9
		return now
	}
	before := map[int64]TableState{7: was}
	got := changesOf(t, e, edit("市教育局", Whole(3000)), before)
	if len(got) != 2 || got[0].Column != TargetColumn || got[0].Clash || got[1].Was != "市文化局" || got[1].Now != "市教育局" || got[1].Told != "市图书馆" || !got[1].Clash || got[1].Ticked() {
		t.Errorf("%+v", got)
	}
	if got = changesOf(t, e, edit("市图书馆", Whole(3200)), before); len(got) != 0 {
		t.Errorf("somebody wrote the same: %+v", got)
	}
	e = exported(was) // only somebody else changed it
	if got = changesOf(t, e, edit("市教育局", Whole(3100)), before); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestRowsAddedAndMissing(t *testing.T) {
	s := tableState(readingPlan, nil)
	e := exported(s)
	gone := e.Rows[0].Item
	e.Rows = slices.Delete(e.Rows, 0, 1)
	row := func(title, lead string) EditedRow {
		return EditedRow{At: 20 + len(e.Rows), Step: UnknownStep, Cells: map[Column]string{TaskColumn: title, LeadColumn: lead, DueColumn: "2023-11-30"}}
	}
	e.Rows = append(e.Rows, row("写好\n总结", "局办公室"), row("原文没有的话", ""), row("", "局办公室"))
	got := changesOf(t, e, s, nil)
	if len(got) != 4 {
		t.Fatalf("%+v", got)
	}
	if a := got[0]; a.Kind != RowAdded || a.Why != nil || a.Edit.Added.Title != "写好总结" || a.Edit.Added.Lead != "局办公室" || a.Edit.Due != "2023-11-30" || a.Edit.Words.In([]rune(readingPlan)) != "写好总结" {
		t.Errorf("added %+v", a)
	}
	if got[1].Why != errRowWords || got[2].Why != errRowNameless {
		t.Errorf("%v, %v", got[1].Why, got[2].Why)
	}
	if m := got[3]; m.Kind != RowMissing || m.Edit.Item != gone || !m.Edit.Drop || m.Ticked() {
		t.Errorf("missing %+v", m)
	}
	e.Whole = false
	if got = changesOf(t, e, s, nil); len(got) != 3 {
		t.Errorf("of some rows: %+v", got)
	}
}

func TestRowsKnownByTheirWords(t *testing.T) {
	s := tableState(readingPlan, nil)
	e := exported(s)
	for k := range e.Rows {
		e.Rows[k].Item, e.Rows[k].Step = 0, UnknownStep
	}
	rowTitled(e, "夜间开放").Cells[LeadColumn] = "市博物馆"
	rowTitled(e, "选好地方").Cells[NumberColumn] = "99"
	rowTitled(e, "送书下乡").Cells[TaskColumn] = "送书到村"
	got := changesOf(t, e, s, nil)
	if len(got) != 2 || got[0].Column != TaskColumn || got[0].Told != "送书到村" || got[1].Column != LeadColumn {
		t.Errorf("%+v", got)
	}
	e.Plan = 12345
	if _, err := Changes(e, s, nil, nil); err != errOtherTable {
		t.Errorf("of another plan: %v", err)
	}
	e = exported(s)
	for k := range e.Rows {
		e.Rows[k].Item += id.Item(1e6)
	}
	if _, err := Changes(e, s, nil, nil); err != errStaleTable {
		t.Errorf("read again since: %v", err)
	}
	// A row that was copied to make another of it.
	e = exported(s)
	twin := EditedRow{At: 30, Item: e.Rows[0].Item, Step: 7, Cells: map[Column]string{TaskColumn: "写好总结"}}
	e.Rows = append(e.Rows, twin)
	if got = changesOf(t, e, s, nil); len(got) != 1 || got[0].Kind != RowAdded || got[0].Title != "写好总结" {
		t.Errorf("a copy: %+v", got)
	}
}

// Whatever cells are edited, those and no others are shown.
func TestEditedCellsAreShownAndNoOthers(t *testing.T) {
	s := tableState(readingPlan, nil)
	rapid.Check(t, func(t *rapid.T) {
		e := exported(s)
		edited := map[string]bool{}
		for range rapid.IntRange(0, 6).Draw(t, "edits") {
			row := e.Rows[rapid.IntRange(0, len(e.Rows)-1).Draw(t, "row")]
			column := rapid.SampledFrom([]Column{TaskColumn, MeasureColumn, TargetColumn, LeadColumn, CooperatingColumn, ResponsibleColumn, DueColumn, TagsColumn}).Draw(t, "column")
			row.Cells[column] = rapid.StringMatching(`[甲乙丙0-9年月日≥ \n]{1,9}甲`).Draw(t, "words")
			edited[row.Item.String()+"."+string(column)] = true
		}
		if rapid.Bool().Draw(t, "sorted otherwise") {
			slices.Reverse(e.Rows)
		}
		got, err := Changes(e, s, nil, []rune(readingPlan))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range got {
			if !edited[c.Name] {
				t.Fatalf("%s was not edited: %+v", c.Name, c)
			}
			delete(edited, c.Name)
		}
		if len(edited) > 0 {
			t.Fatalf("not shown: %v", edited)
		}
	})
}

// The notes below a table are no tasks: a table that we wrote can be a plan again.
func TestNotesBelowATableAreNoTasks(t *testing.T) {
	words := "序号\t任务\t牵头单位\n1\t送书下乡\t市图书馆\n2\t夜间开放\t市文化馆\n说明：都出自原文。\t\t\n表号：0000000000001-T7\t\t\n"
	source, err := document.ReadFile("", []byte(words))
	if err != nil {
		t.Fatal(err)
	}
	read := ReadSource(source, nil)
	if len(read.Tables) != 1 || read.Tables[0].Rows != 2 || len(read.Outline) != 2 {
		t.Errorf("%+v %+v", read.Tables, read.Outline)
	}
}

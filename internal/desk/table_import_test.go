package desk

import (
	"slices"
	"testing"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/org"
	"luoshi/plan"
)

// exportedTable is the task table of a plan as it leaves, to be edited.
func (w *town) exportedTable(p id.Plan) plan.EditedTable {
	r := w.review(p)
	s := r.Draft.TableState(r.Source(), r.Columns(), r.LastStep)
	e := plan.EditedTable{Plan: p, Step: r.LastStep, Columns: plan.TableColumns, Whole: true}
	for k, t := range s.Table.Tasks {
		row := plan.EditedRow{At: k + 3, Item: t.Item, Step: r.LastStep, Cells: map[plan.Column]string{}}
		for _, c := range plan.TableColumns {
			row.Cells[c] = s.Table.Cell(t, c)
		}
		e.Rows = append(e.Rows, row)
	}
	return e
}

func (w *town) tableChanges(p id.Plan, e plan.EditedTable) (Review, []plan.TableChange) {
	w.Helper()
	r, changes, err := w.office.TableChanges(w.Context(), w.clerk, p, e)
	w.must(err)
	return r, changes
}

func TestTableColumnsAreRemembered(t *testing.T) {
	w := newTown(t)
	other := w.hire("文书岗", "沈知秋", org.Clerk)
	wanted := []plan.Column{plan.TaskColumn, plan.DueColumn, plan.LeadColumn}
	w.must(w.office.ChooseTableColumns(t.Context(), w.cmd(w.clerk), []plan.Column{plan.TaskColumn, plan.KeyColumn}))
	w.must(w.office.ChooseTableColumns(t.Context(), w.cmd(w.clerk), wanted))
	for who, want := range map[*Who][]plan.Column{&w.clerk: wanted, &other: plan.UsualColumns} {
		if got, err := w.office.TableColumns(t.Context(), *who); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v, %v", who.Name, got, want, err)
		}
	}
	if err := w.office.ChooseTableColumns(t.Context(), w.cmd(w.clerk), wanted[:1]); !fault.Is(err, fault.Invalid) {
		t.Errorf("one column alone: %v", err)
	}
}

func TestTableIsImportedAsOneStep(t *testing.T) {
	w := newTown(t)
	r := w.imported(small)
	p := r.Plan.ID
	was := w.stands(p)
	e := w.exportedTable(p)
	if _, none := w.tableChanges(p, e); len(none) > 0 {
		t.Fatalf("untouched: %+v", none)
	}
	e.Rows[0].Cells[plan.TaskColumn], e.Rows[0].Cells[plan.LeadColumn] = "送书到村", "市图书馆"
	e.Rows[0].Cells[plan.TargetColumn], e.Rows[0].Cells[plan.DueColumn] = "送图书到农村 3,200 册", "2011-11-30"
	gone := e.Rows[1].Item
	e.Rows = slices.Delete(e.Rows, 1, 2)
	e.Rows = append(e.Rows, plan.EditedRow{At: 9, Step: plan.UnknownStep, Cells: map[plan.Column]string{plan.TaskColumn: "让读书的人更方便", plan.DueColumn: "2011年10月底前"}})
	r, changes := w.tableChanges(p, e)
	if len(changes) != 6 {
		t.Fatalf("%+v", changes)
	}
	seen := Seen{Saw: r.LastStep, Told: r.LastStep}
	if err := w.office.ImportTable(t.Context(), w.cmd(w.clerk), p, nil, seen); !fault.Is(err, fault.Invalid) {
		t.Errorf("nothing ticked: %v", err)
	}
	cmd := w.cmd(w.clerk)
	for range 2 { // sent twice
		w.must(w.office.ImportTable(t.Context(), cmd, p, changes, seen))
	}
	r = w.review(p)
	books := r.Items[slices.IndexFunc(r.Items, func(i plan.Item) bool { return i.Title == "送书到村" })]
	k := slices.IndexFunc(r.Targets, func(x plan.Target) bool { return x.Item == books.ID })
	if books.Lead != "市图书馆" || r.Targets[k].Value != plan.Whole(3200) || r.Targets[k].Deadline != "2011-11-30" || r.Targets[k].Indicator != "送图书到农村" {
		t.Errorf("%+v %+v", books, r.Targets[k])
	}
	if slices.ContainsFunc(r.Items, func(i plan.Item) bool { return i.ID == gone }) {
		t.Error("the row that was taken out is still there")
	}
	added := r.Items[slices.IndexFunc(r.Items, func(i plan.Item) bool { return i.Title == "让读书的人更方便" })]
	if m := slices.IndexFunc(r.Milestones, func(m plan.Milestone) bool { return m.Item == added.ID && m.Due == "2011-10-31" }); m < 0 || added.Node != 1 {
		t.Errorf("added %+v", added)
	}
	if _, again := w.tableChanges(p, e); len(again) != 1 || again[0].Kind != plan.RowAdded {
		t.Errorf("the same file again: %+v", again)
	}
	steps, err := w.office.LatestSteps(t.Context(), w.clerk, p, 9)
	w.must(err)
	if len(steps) != 1 || steps[0].Args[0] != "6" {
		t.Errorf("steps %+v", steps)
	}
	w.must(w.office.UndoStep(t.Context(), w.cmd(w.clerk), p))
	if w.stands(p) != was {
		t.Error("undoing it left something")
	}
}

func TestTableDoesNotWriteOverOthers(t *testing.T) {
	w := newTown(t)
	other := w.hire("文书岗", "沈知秋", org.Clerk)
	r := w.imported(small)
	p, books := r.Plan.ID, r.Items[1]
	e := w.exportedTable(p)
	e.Rows[0].Cells[plan.LeadColumn] = "市图书馆"
	edit := func(lead, cooperating string) {
		books.Lead, books.Cooperating = lead, cooperating
		w.must(w.office.CorrectItem(t.Context(), w.cmd(other), p, books, AsItStands))
	}
	edit("", "市教育局") // another field is no clash
	r, changes := w.tableChanges(p, e)
	if len(changes) != 1 || changes[0].Clash || changes[0].Column != plan.LeadColumn {
		t.Fatalf("%+v", changes)
	}
	seen := Seen{Saw: r.LastStep, Told: r.LastStep}
	edit("市博物馆", "市教育局") // while the page is looked at
	if err := w.office.ImportTable(t.Context(), w.cmd(w.clerk), p, changes, seen); !fault.Is(err, fault.Conflict) {
		t.Fatalf("written over: %v", err)
	}
	r, changes = w.tableChanges(p, e)
	if len(changes) != 1 || !changes[0].Clash || changes[0].Was != "" || changes[0].Now != "市博物馆" || changes[0].Ticked() {
		t.Fatalf("%+v", changes)
	}
	seen.Told = r.LastStep
	w.must(w.office.ImportTable(t.Context(), w.cmd(w.clerk), p, changes, seen))
	if i := w.review(p).Items[1]; i.Lead != "市图书馆" || i.Cooperating != "市教育局" {
		t.Errorf("%+v", i)
	}
	// What is to be taken away is not, where somebody still works on it.
	e = w.exportedTable(p)
	e.Rows = slices.Delete(e.Rows, 0, 1)
	r, changes = w.tableChanges(p, e)
	edit("市博物馆", "")
	if err := w.office.ImportTable(t.Context(), w.cmd(w.clerk), p, changes, Seen{Saw: r.LastStep, Told: r.LastStep}); !fault.Is(err, fault.Conflict) {
		t.Errorf("taken away: %v", err)
	}
	w.must(w.office.ImportTable(t.Context(), w.cmd(w.clerk), p, changes, Seen{Saw: r.LastStep, Told: w.review(p).LastStep}))
	if len(w.review(p).Items) != 3 {
		t.Error("not taken away")
	}
}

package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"luoshi/fault"
	"luoshi/internal/db"
	"luoshi/plan"
)

const pasted = "安澜市重点任务分解表\n\n序号\t任务\t措施\t牵头单位\t时限\n" +
	"1\t送书下乡\t2011年完成送图书3000册到农村\t市图书馆\t2011年12月底前\n" +
	"2\t夜间开放\t各馆每周开放两晚\t市文化馆\t2011年11月底前\n"

func columnsOf(words ...plan.Column) []plan.Columns { return []plan.Columns{words} }

func TestReread(t *testing.T) {
	w := newTown(t)
	r := w.imported(pasted)
	if len(r.Tables) != 1 || len(r.Items) != 2 || r.Items[0].Lead != "市图书馆" || r.Items[0].Title != "送书下乡" {
		t.Fatalf("%d tables, items %+v", len(r.Tables), r.Items)
	}
	if read := plan.ReadSource(r.Source(), nil); len(read.Tables) != 1 || !slices.Equal(read.Tables[0].Columns, r.Tables[0].Columns) {
		t.Errorf("the stored tables read as %+v", read.Tables)
	}
	w.must(w.office.CorrectHeading(t.Context(), w.cmd(w.clerk), r.Plan.ID, Heading{Title: "改过的名称"}, AsItStands))
	w.answerAll(r)
	others := w.imported(pasted)

	swapped := columnsOf(plan.NumberColumn, plan.MeasureColumn, plan.TaskColumn, plan.CooperatingColumn, plan.NoColumn)
	cmd := w.cmd(w.clerk)
	w.must(w.office.RereadPlan(t.Context(), cmd, r.Plan.ID, swapped))
	again := w.review(r.Plan.ID)
	if again.Plan.Title != "改过的名称" || again.Plan.Document != r.Plan.Document || again.Text != r.Text || !slices.Equal(again.Tables[0].Columns, swapped[0]) {
		t.Errorf("%+v, columns %v", again.Plan, again.Tables[0].Columns)
	}
	if len(again.Items) != 2 || again.Items[0].Lead != "" || again.Items[0].Cooperating != "市图书馆" || !strings.Contains(again.Items[1].Title, "两晚") {
		t.Errorf("items %+v", again.Items)
	}
	// The same command again changes nothing; with other columns it is another one.
	w.must(w.office.RereadPlan(t.Context(), cmd, r.Plan.ID, swapped))
	if same := w.review(r.Plan.ID); same.Items[0].ID != again.Items[0].ID {
		t.Error("the same command read it twice")
	}
	var other *db.OtherContent
	if err := w.office.RereadPlan(t.Context(), cmd, r.Plan.ID, r.Columns()); !errors.As(err, &other) {
		t.Errorf("other columns under one command: %v", err)
	}
	if kept := w.review(others.Plan.ID); len(kept.Items) != 2 || kept.Items[0].ID != others.Items[0].ID {
		t.Errorf("another plan lost its items: %+v", kept.Items)
	}
	w.must(w.office.DiscardPlan(t.Context(), w.cmd(w.clerk), r.Plan.ID))
	w.must(w.db.Read(t.Context(), func(v *db.View) error {
		n, err := db.Row(v, db.Value[int], "SELECT COUNT(*) FROM document_table /*fanout*/")
		if n != 1 {
			t.Errorf("%d tables are left of one plan", n)
		}
		return err
	}))
}

func TestRereadRefuses(t *testing.T) {
	w := newTown(t)
	r := w.imported(pasted)
	reread := func(who Who, columns []plan.Columns) error {
		return w.office.RereadPlan(t.Context(), w.cmd(who), r.Plan.ID, columns)
	}
	none := columnsOf("", "", "", "", "")
	for name, c := range map[string]struct {
		err  error
		kind fault.Kind
	}{
		"somebody who may not":  {reread(w.leader, r.Columns()), fault.Denied},
		"nothing to read":       {reread(w.clerk, none), fault.Invalid},
		"fewer columns":         {reread(w.clerk, columnsOf(plan.TaskColumn)), fault.Conflict},
		"no table":              {reread(w.clerk, nil), fault.Conflict},
		"two columns of tasks":  {reread(w.clerk, columnsOf(plan.TaskColumn, plan.TaskColumn, "", "", "")), fault.Invalid},
		"a column of something": {reread(w.clerk, columnsOf(plan.TaskColumn, "owner", "", "", "")), fault.Invalid},
	} {
		if !fault.Is(c.err, c.kind) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if now := w.review(r.Plan.ID); now.Items[0].ID != r.Items[0].ID {
		t.Error("a refused reading changed the draft")
	}
	w.answerAll(r)
	w.must(w.office.TakeIntoForce(t.Context(), w.cmd(w.clerk), r.Plan.ID, force))
	if err := reread(w.clerk, r.Columns()); !errors.Is(err, plan.ErrNotDraft) {
		t.Errorf("read again in force: %v", err)
	}
}

// A table that says nothing of its columns is taken in, for a person to say it.
func TestTableWithoutHeads(t *testing.T) {
	w := newTown(t)
	r := w.imported("甲\t送书下乡\t市图书馆\n乙\t夜间开放\t市文化馆\n丙\t流动书车\t市图书馆\n")
	if len(r.Items) != 0 || len(r.Tables) != 1 {
		t.Fatalf("%d items, %d tables", len(r.Items), len(r.Tables))
	}
	if err := w.office.TakeIntoForce(t.Context(), w.cmd(w.clerk), r.Plan.ID, force); !errors.Is(err, plan.ErrNoItems) {
		t.Errorf("in force with nothing: %v", err)
	}
	w.must(w.office.RereadPlan(t.Context(), w.cmd(w.clerk), r.Plan.ID, columnsOf(plan.NumberColumn, plan.TaskColumn, plan.LeadColumn)))
	if r = w.review(r.Plan.ID); len(r.Items) != 3 || r.Items[1].Title != "夜间开放" || r.Items[1].Lead != "市文化馆" {
		t.Errorf("%+v", r.Items)
	}
}

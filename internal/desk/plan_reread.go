package desk

import (
	"context"
	"errors"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

var (
	errColumns = fault.New(fault.Conflict, "这份文档里的表格和您交来的不一样。请打开这一页重新选。")
	errNoTasks = fault.New(fault.Invalid, "照这样，一条任务也读不出来。请至少把一列读作“任务”或“措施”。")
)

// RereadPlan reads the document of a draft again, with the columns of its tables as
// a person put them right. What was read before, and what was corrected and
// answered since, gives way to it; the title and issuer stay.
func (o *Office) RereadPlan(ctx context.Context, cmd db.Cmd, p id.Plan, columns []plan.Columns) error {
	// As with an import the right comes before the work, and is looked up again inside.
	who, err := o.Who(ctx, cmd.Account)
	if err != nil {
		return err
	} else if !May("plan.correct", who.Roles) {
		return MayNot("plan.correct")
	}
	r, err := o.Plan(ctx, who, p)
	if err != nil {
		return err
	}
	if len(columns) != len(r.Tables) {
		return errColumns
	}
	for i, c := range columns {
		if len(c) != len(r.Tables[i].Heads) {
			return errColumns
		}
		if _, wrong := c.Check(); wrong != nil {
			return wrong
		}
	}
	read := plan.ReadSource(r.Source(), columns)
	if isEmpty(read) {
		return errNoTasks
	}
	if err := checkSize(read); err != nil {
		return err
	}
	draft := plan.NewDraft(read)
	for i := range r.Tables {
		r.Tables[i].Columns = columns[i]
	}
	return o.correct(ctx, cmd.Of("plan.reread", struct {
		Plan    id.Plan
		Columns []plan.Columns
	}{p, columns}), p, func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		if err := deleteRead(tx, o.city, stands); err != nil {
			return err
		}
		draft := draft.Numbered(db.NewIDs(tx, draft.Size))
		draft.Plan = stands
		for i := range draft.Items {
			draft.Items[i].Document = stands.Document
		}
		return errors.Join(saveTables(tx, o.city, stands.Document, r.Tables), saveDraft(tx, o.city, draft))
	})
}

package desk

import (
	"context"
	"errors"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/plan"
)

// Import is a plan document as it was pasted or uploaded.
type Import struct {
	Original []byte // the bytes as they came
	FileName string // empty where it was pasted
}

var errNoPromise = fault.New(fault.Invalid, "没有读出任何一条任务。请看看贴的是不是方案的正文。").In("text")

// ImportPlan reads a document and makes a draft of it.
func (o *Office) ImportPlan(ctx context.Context, cmd db.Cmd, in Import) (id.Plan, error) {
	text, _, err := document.Decode(in.Original)
	if err != nil {
		return 0, err
	}
	read := plan.Read(text)
	if len(read.Outline) == 0 && len(read.Targets) == 0 && len(read.Deadlines) == 0 {
		return 0, errNoPromise
	}
	hash, err := o.blobs.Put(in.Original)
	if err != nil {
		return 0, err
	}
	var made id.Plan
	err = o.write(ctx, cmd.Of("plan.import", struct {
		Hash blob.Hash
		Name string
	}{hash, in.FileName}, &made), "plan.import", func(tx *db.Tx) error {
		draft := plan.NewDraft(read, func() int64 { return db.NewID[int64](tx) })
		made = draft.Plan.ID
		doc := storedDocument{ID: draft.Plan.Document, Text: text, FileName: in.FileName, Original: hash, By: cmd.Account}
		return errors.Join(saveDocument(tx, o.city, doc), saveDraft(tx, o.city, draft))
	})
	return made, err
}

// DiscardPlan throws a draft away. Only a draft: what was in force stays.
func (o *Office) DiscardPlan(ctx context.Context, cmd db.Cmd, p id.Plan) error {
	return o.correct(ctx, cmd.Of("plan.discard", p), p, func(tx *db.Tx) error {
		return deleteDraft(tx, o.city, p)
	})
}

// correct changes a draft.
func (o *Office) correct(ctx context.Context, cmd db.Cmd, p id.Plan, f func(tx *db.Tx) error) error {
	return o.write(ctx, cmd, "plan.correct", func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		if stands.State != plan.Drafted {
			return plan.ErrNotDraft
		}
		return f(tx)
	})
}

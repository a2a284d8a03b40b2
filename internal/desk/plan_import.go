package desk

import (
	"context"
	"errors"
	"path"
	"strings"
	"unicode/utf8"

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

// mostRead is how many numbered paragraphs, figures and days a plan may hold: many
// times more than plans do, and as much as a page can show.
const mostRead = 5000

var errNoPromise = fault.New(fault.Invalid, "没有读出任何一条任务。请看看贴的是不是方案的正文。").In("text")

// ImportPlan reads a document and makes a draft of it.
func (o *Office) ImportPlan(ctx context.Context, cmd db.Cmd, in Import) (id.Plan, error) {
	// Reading is work, and keeps the file: not for somebody who may not. The
	// right is looked up again inside the act.
	if who, err := o.Who(ctx, cmd.Account); err != nil {
		return 0, err
	} else if !May("plan.import", who.Roles) {
		return 0, MayNot("plan.import")
	}
	source, err := o.ReadFile(ctx, in.FileName, in.Original)
	if err != nil {
		return 0, err
	}
	read := plan.ReadSource(source, nil)
	// A table whose columns say nothing is kept: a person can say what they are.
	if isEmpty(read) && len(read.Tables) == 0 {
		return 0, errNoPromise
	}
	if err := checkSize(read); err != nil {
		return 0, err
	}
	if read.Title == "" {
		read.Title = stem(in.FileName)
	}
	draft := plan.NewDraft(read)
	hash, err := o.blobs.Put(in.Original)
	if err != nil {
		return 0, db.OfDisk(err)
	}
	doc := storedDocument{Text: source.Text, Hash: blob.Sum([]byte(source.Text)), Runes: utf8.RuneCountInString(source.Text),
		FileName: in.FileName, Original: hash, By: cmd.Account, Format: source.Format, Notes: source.Notes}
	tables := documentTables(source.Tables, read.Tables)
	var made id.Plan
	err = o.write(ctx, cmd.Of("plan.import", struct {
		Hash blob.Hash
		Name string
	}{hash, in.FileName}, &made), "plan.import", func(tx *db.Tx) error {
		draft := draft.Numbered(db.NewIDs(tx, draft.Size))
		made = draft.Plan.ID
		doc := doc
		doc.ID = draft.Plan.Document
		return errors.Join(saveDocument(tx, o.city, doc), saveTables(tx, o.city, doc.ID, tables), saveDraft(tx, o.city, draft))
	})
	return made, err
}

func isEmpty(read plan.Structure) bool {
	return len(read.Outline) == 0 && len(read.Targets) == 0 && len(read.Deadlines) == 0
}

func checkSize(read plan.Structure) error {
	if n := len(read.Outline) + len(read.Targets) + len(read.Deadlines); n > mostRead {
		return fault.New(fault.TooLarge, "这份文档里读出 %d 处编号和承诺，太多了，最多 %d 处。请分成几份方案。", n, mostRead).In("text")
	}
	return nil
}

// stem is the name of a file without its folder and ending.
func stem(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.Trim(strings.TrimSuffix(name, path.Ext(name)), "./ ")
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

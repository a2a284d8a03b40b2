package desk

import (
	"context"
	"errors"
	"unicode/utf8"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/plan"
)

var (
	errSameText = fault.New(fault.Invalid, "这份文件和方案现在的原文一样，没有要改的。").In("text")
	errNoEffect = fault.New(fault.Conflict, "方案里已经是这样了，照改不改变什么。不用再改的话，写明原因，选“不照改”。")
)

// OfferReissue reads a re-issued document (重新印发) of a plan in force and compares it
// with the plan. Nothing is changed until it is adopted.
func (o *Office) OfferReissue(ctx context.Context, cmd db.Cmd, p id.Plan, in Import) (id.Document, error) {
	who, err := o.Who(ctx, cmd.Account)
	if err != nil {
		return 0, err
	} else if !May("plan.amend", who.Roles) {
		return 0, MayNot("plan.amend")
	}
	r, err := o.Plan(ctx, who, p)
	if err != nil {
		return 0, err
	}
	source, err := o.ReadFile(ctx, in.FileName, in.Original)
	if err != nil {
		return 0, err
	}
	read := plan.ReadSource(source, nil)
	if isEmpty(read) {
		return 0, errNoPromise
	}
	if err := checkSize(read); err != nil {
		return 0, err
	}
	if source.Text == r.Text {
		return 0, errSameText
	}
	compared := plan.Reissued(r.Source(), plan.ReadSource(r.Source(), r.Columns()), source, read, r.Draft)
	hash, err := o.blobs.Put(in.Original)
	if err != nil {
		return 0, db.OfDisk(err)
	}
	doc := storedDocument{Text: source.Text, Hash: blob.Sum([]byte(source.Text)), Runes: utf8.RuneCountInString(source.Text),
		FileName: in.FileName, Original: hash, By: cmd.Account, Format: source.Format, Notes: source.Notes}
	tables := documentTables(source.Tables, read.Tables)
	made := id.Document(0)
	err = o.write(ctx, cmd.Of("plan.offer_reissue", struct {
		Plan id.Plan
		Hash blob.Hash
		Name string
	}{p, hash, in.FileName}, &made), "plan.amend", func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		if err := plan.CheckAmendable(stands); err != nil {
			return err
		}
		editions, err := loadEditions(tx, o.city, p)
		if err != nil {
			return err
		}
		last := 1
		for _, e := range editions {
			if !e.Adopted {
				return plan.ErrComparing
			}
			last = max(last, e.Version)
		}
		made = db.NewID[id.Document](tx)
		doc := doc
		doc.ID = made
		return errors.Join(saveDocument(tx, o.city, doc), saveTables(tx, o.city, made, tables), saveNodes(tx, o.city, made, read.Outline),
			saveEdition(tx, o.city, p, plan.Edition{Version: last + 1, Document: made}, 0, compared.Places),
			saveDifferences(tx, o.city, p, made, plan.Undecided(compared.Differences, made)))
	})
	return made, err
}

// DiscardReissue throws a re-issued document away that was only compared.
func (o *Office) DiscardReissue(ctx context.Context, cmd db.Cmd, p id.Plan, doc id.Document) error {
	return o.write(ctx, cmd.Of("plan.discard_reissue", []any{p, doc}), "plan.amend", func(tx *db.Tx) error {
		e, err := editionOf(tx, o.city, p, doc)
		if err != nil {
			return err
		}
		if e.Adopted {
			return plan.ErrAdopted
		}
		return deleteReissue(tx, o.city, p, doc)
	})
}

func editionOf(q db.Querier, city int64, p id.Plan, doc id.Document) (plan.Edition, error) {
	all, err := loadEditions(q, city, p)
	if err != nil {
		return plan.Edition{}, err
	}
	for _, e := range all {
		if e.Document == doc {
			return e, nil
		}
	}
	return plan.Edition{}, db.ErrNoRow
}

// AdoptReissue (收下) makes a re-issued document the next version of a plan's document:
// what it says as before is placed in it, and each difference waits to be decided.
func (o *Office) AdoptReissue(ctx context.Context, cmd db.Cmd, p id.Plan, doc id.Document, f plan.Force) error {
	why := plan.Reason{Kind: plan.NewText, Cause: "重新印发", ApprovedBy: f.ApprovedBy, Basis: f.Number, Day: f.Day, Source: doc}
	return o.amend(ctx, cmd.Of("plan.adopt_reissue", []any{p, doc, f}), p, why, func(d *drafting) error {
		if err := plan.CheckAdoption(why, d.tx.Today()); err != nil {
			return err
		}
		e, err := editionOf(d.tx, o.city, p, doc)
		if err != nil {
			return err
		}
		if e.Adopted {
			return plan.ErrAdopted
		}
		stored, err := loadDocument(d.tx, o.city, doc)
		if err != nil {
			return err
		}
		places, err := loadPlacesIn(d.tx, o.city, p, doc)
		if err != nil {
			return err
		}
		for _, s := range places {
			if err := d.set(s.Numbered(doc)); err != nil {
				return err
			}
		}
		heading, err := d.heading()
		if err != nil {
			return err
		}
		if e.Version == 2 {
			if err := saveEdition(d.tx, o.city, p, plan.Edition{Version: 1, Document: heading.Document, Number: heading.Number, ApprovedBy: heading.ApprovedBy, Day: heading.ForceDay, Released: heading.Released},
				d.tx.Now().UnixMicro(), nil); err != nil {
				return err
			}
		}
		heading.Document = doc
		d.headings.is[p] = heading
		e.Number, e.ApprovedBy, e.Day = f.Number, f.ApprovedBy, f.Day
		d.say("收下重新印发的文件")
		d.tx.Append(plan.DocumentEntry(doc, stored.Hash, stored.Original, stored.Runes))
		return saveEdition(d.tx, o.city, p, e, d.tx.Now().UnixMicro(), nil)
	})
}

// ApplyDifference (照改) makes of a plan what a re-issued document says otherwise.
func (o *Office) ApplyDifference(ctx context.Context, cmd db.Cmd, p id.Plan, doc id.Document, ordinal int) error {
	var stated plan.Reason
	err := o.db.Read(ctx, func(v *db.View) error {
		e, err := editionOf(v, o.city, p, doc)
		if err != nil {
			return err
		}
		if !e.Adopted {
			return plan.ErrNotAdopted
		}
		d, err := loadDifference(v, o.city, p, doc, ordinal)
		stated = d.Stated(e)
		return err
	})
	if err != nil {
		return err
	}
	err = o.amend(ctx, cmd.Of("plan.apply_difference", []any{p, doc, ordinal}), p, stated, func(d *drafting) error {
		stands, err := loadDifference(d.tx, o.city, p, doc, ordinal)
		if err != nil {
			return err
		}
		last, err := lastChange(d.tx, o.city, p)
		if err != nil {
			return err
		}
		is, err := stands.Apply(max(1, last)+1, d.tx.Now().UnixMicro())
		if err != nil {
			return err
		}
		d.say("照重新印发的文件改")
		if err := d.effect(is.Effect, doc); err != nil {
			return err
		}
		return saveDifferences(d.tx, o.city, p, doc, []plan.Decided{is})
	})
	if errors.Is(err, plan.ErrSameAsBefore) {
		return errNoEffect
	}
	return err
}

// DeclineDifference (不照改) leaves a plan as it is, and says why.
func (o *Office) DeclineDifference(ctx context.Context, cmd db.Cmd, p id.Plan, doc id.Document, ordinal int, why string) error {
	return o.write(ctx, cmd.Of("plan.decline_difference", []any{p, doc, ordinal, why}), "plan.amend", func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		if err := plan.CheckAmendable(stands); err != nil {
			return err
		}
		e, err := editionOf(tx, o.city, p, doc)
		if err != nil {
			return err
		}
		if !e.Adopted {
			return plan.ErrNotAdopted
		}
		d, err := loadDifference(tx, o.city, p, doc, ordinal)
		if err != nil {
			return err
		}
		if d, err = d.Decline(why, tx.Now().UnixMicro()); err != nil {
			return err
		}
		tx.Append(plan.DeclineEntry(p, d))
		if err := saveDifferences(tx, o.city, p, doc, []plan.Decided{d}); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(p))
	})
}

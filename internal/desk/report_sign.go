package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
	"luoshi/progress"
)

// ReportDraft is what was typed of an item and is no report yet.
type ReportDraft struct {
	Unit   id.Unit // that reports
	Told   Told
	State  progress.DraftState
	Reason string       // why the head gave it back
	Day    calendar.Day // on which it was typed
	Post   id.Post      // by which it was typed
}

// KeepReports (暂存) keeps what was typed of items, to go on later. Nobody outside the
// unit sees it, and so it has no entry.
func (o *Office) KeepReports(ctx context.Context, cmd db.Cmd, unit id.Unit, all []Told) error {
	switch {
	case len(all) == 0:
		return fault.New(fault.Invalid, "还没有填。请至少写一条，或者勾一条没有变化。")
	case len(all) > mostTold:
		return fault.New(fault.TooLarge, "一次最多报 %d 条。", mostTold)
	}
	for _, t := range all {
		for _, w := range []string{t.Done, t.Next, t.Difficulty, t.Need, t.NeedFrom, t.Proof} {
			if err := fault.CheckText("", "这一格", w, progress.LongestDraft, false); err != nil {
				return err
			}
		}
	}
	return o.writeOver(ctx, cmd.Of("progress.keep", []any{unit, all}), "progress.report", over(unit), func(tx *db.Tx, _ Who) error {
		asked, err := o.placesAsked(tx, unit)
		if err != nil {
			return err
		}
		drafts := make([]ReportDraft, 0, len(all))
		for _, t := range all {
			if !slices.ContainsFunc(asked, func(a askedReport) bool { return a.owner.Item == t.Item && a.owner.Unit == t.Unit }) {
				return errNotAsked
			}
			drafts = append(drafts, ReportDraft{Unit: unit, Told: t, State: progress.Kept, Post: tx.Cmd().Actor})
		}
		return saveDrafts(tx, o.city, drafts)
	})
}

func (o *Office) placesAsked(q db.Querier, unit id.Unit) ([]askedReport, error) {
	t, err := o.dutyTree(q)
	if err != nil {
		return nil, err
	}
	return askedReports(q, o.city, t.placesOf(unit))
}

// SetSigning says whether the reports of a unit wait until its head has signed them.
func (o *Office) SetSigning(ctx context.Context, cmd db.Cmd, unit id.Unit, wanted bool) error {
	return o.writeOver(ctx, cmd.Of("progress.set_signing", []any{unit, wanted}), "progress.signing", over(unit), func(tx *db.Tx, _ Who) error {
		tx.Append(progress.SigningEntry(unit, wanted))
		return saveSigning(tx, o.city, unit, wanted)
	})
}

// WantsSigning reports whether what somebody reports for a unit waits for its head.
func (o *Office) WantsSigning(ctx context.Context, who Who, unit id.Unit) (waits bool, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		waits, err = o.signsFirst(v, who, unit)
		return err
	})
	return waits, err
}

// SigningOf tells how a unit has it set, for its page.
func (o *Office) SigningOf(ctx context.Context, unit id.Unit) (wanted bool, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		wanted, err = wantsSigning(v, o.city, unit)
		return err
	})
	return wanted, err
}

// signsFirst reports that a report waits: the unit wants it, and who reports is not its head.
func (o *Office) signsFirst(q db.Querier, who Who, unit id.Unit) (bool, error) {
	wanted, err := wantsSigning(q, o.city, unit)
	if err != nil || !wanted {
		return false, err
	}
	_, head, err := o.postOver(q, who, "progress.sign", unit)
	return !head, err
}

// DraftKey names what was typed of an item for a period.
type DraftKey struct {
	Item   id.Item
	Unit   id.Unit // to which the item was assigned
	Period progress.Period
}

func (d ReportDraft) key() DraftKey { return DraftKey{d.Told.Item, d.Told.Unit, d.Told.Period} }

var errNotAsked = fault.New(fault.Conflict, "有一条任务已经不是这个单位报的了，或者方案结束了。请回到页面上重新填。")

var errNotSubmitted = fault.New(fault.Conflict, "要审签的已经改过、签过或者退回了。请看了新的再签。")

// SignReports (审签) makes reports of what waits for the head of a unit.
func (o *Office) SignReports(ctx context.Context, cmd db.Cmd, unit id.Unit, keys []DraftKey) error {
	if len(keys) == 0 {
		return fault.New(fault.Invalid, "还没有选。请至少选一条。")
	}
	return o.writeOver(ctx, cmd.Of("progress.sign", []any{unit, keys}), "progress.sign", over(unit), func(tx *db.Tx, _ Who) error {
		drafts, err := draftsOf(tx, o.city, []id.Unit{unit})
		if err != nil {
			return err
		}
		var all []Told
		for _, k := range keys {
			at := slices.IndexFunc(drafts, func(d ReportDraft) bool { return d.key() == k && d.State == progress.Submitted })
			if at < 0 {
				return errNotSubmitted
			}
			all = append(all, drafts[at].Told)
		}
		return o.keepReports(tx, unit, all, false)
	})
}

// SendBackReport gives what waits for the head back to who typed it, with the reason.
func (o *Office) SendBackReport(ctx context.Context, cmd db.Cmd, unit id.Unit, k DraftKey, reason string) error {
	reason = strings.TrimSpace(reason)
	if err := fault.CheckText("reason", "退回的原因", reason, progress.LongestWords, true); err != nil {
		return err
	}
	return o.writeOver(ctx, cmd.Of("progress.send_back", []any{unit, k, reason}), "progress.sign", over(unit), func(tx *db.Tx, _ Who) error {
		drafts, err := draftsOf(tx, o.city, []id.Unit{unit})
		if err != nil {
			return err
		}
		at := slices.IndexFunc(drafts, func(d ReportDraft) bool { return d.key() == k && d.State == progress.Submitted })
		if at < 0 {
			return errNotSubmitted
		}
		d := drafts[at]
		d.State, d.Reason = progress.SentBack, reason
		return saveDrafts(tx, o.city, []ReportDraft{d})
	})
}

// ToSign is what waits for the head of a unit.
type ToSign struct {
	Unit  id.Unit
	Name  string
	Lines []ToSignLine
}

// ToSignLine is a report that waits, with its item and the last that was reported of it.
type ToSignLine struct {
	ReportDraft
	Item plan.Item
	Last *progress.Report
	By   string // the post by which it was typed
}

// ToSign gives what waits for somebody as the head of their units.
func (o *Office) ToSign(ctx context.Context, who Who) (out []ToSign, err error) {
	if !who.May("progress.sign") {
		return nil, MayNot("progress.sign")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		posts, err := postNames(v, o.city)
		if err != nil {
			return err
		}
		for _, h := range who.Held {
			if reach("progress.sign", h.Roles) == "" {
				continue
			}
			drafts, err := draftsOf(v, o.city, []id.Unit{h.Unit})
			if err != nil {
				return err
			}
			one := ToSign{Unit: h.Unit, Name: h.UnitName}
			for _, d := range drafts {
				if d.State != progress.Submitted {
					continue
				}
				p, err := planOfItem(v, o.city, d.Told.Item)
				if err != nil {
					return err
				}
				line := ToSignLine{ReportDraft: d, By: posts[d.Post.String()]}
				var errs [2]error
				var all []progress.Report
				line.Item, errs[0] = loadItem(v, o.city, p, d.Told.Item)
				all, errs[1] = reportsOf(v, o.city, d.Told.Item, d.Told.Unit)
				if err := errors.Join(errs[:]...); err != nil {
					return err
				}
				line.Last = progress.Before(all, d.Told.Period)
				one.Lines = append(one.Lines, line)
			}
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

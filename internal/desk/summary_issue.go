package desk

import (
	"context"
	"crypto/sha256"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
	"luoshi/progress"
)

// IntroduceSummary keeps what the office writes before the summary of a period. It is a
// draft until the summary is issued, and so has no entry.
func (o *Office) IntroduceSummary(ctx context.Context, cmd db.Cmd, p id.Plan, period progress.Period, words string) error {
	words, err := progress.CheckIntroduction(words)
	if err != nil {
		return err
	}
	return o.write(ctx, cmd.Of("summary.introduce", []any{p, period, words}), "summary.write", func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		if stands.State == plan.Drafted {
			return errNothingToSummarise
		}
		return saveIntroduction(tx, o.city, p, period, words)
	})
}

// ShortenWords keeps shorter words for those of a report, to be printed in their place.
// The report stays as it is. Words that are those of the unit take back what was shortened.
func (o *Office) ShortenWords(ctx context.Context, cmd db.Cmd, k ReportKey, s progress.Shortened) error {
	return o.write(ctx, cmd.Of("summary.shorten", []any{k, s}), "summary.write", func(tx *db.Tx) error {
		all, err := reportsOf(tx, o.city, k.Item, k.Unit)
		if err != nil {
			return err
		}
		last := progress.For(all, k.Period)
		switch {
		case last == nil:
			return ErrMissing
		case last.Revision != k.Revision:
			return fault.New(fault.Conflict, "单位又报了一次，请看了新的再定。")
		}
		words := progress.SummaryWords{Revision: last.Revision, Done: last.Done, Next: last.Next, Difficulty: last.Difficulty, Need: last.Need}
		if s, err = words.Shorten(s); err != nil {
			return err
		}
		at := reportPlace{k.Item, k.Unit, k.Period}
		if words.Same(s) {
			return deleteShortened(tx, o.city, at)
		}
		return saveShortened(tx, o.city, at, s)
	})
}

var (
	errNothingToSummarise = fault.New(fault.Conflict, "方案还没有启用，没有进展可以汇总。")
	errEmptySummary       = fault.New(fault.Conflict, "这一期没有叫谁报，没有东西可以定稿。")
	errSummaryMoved       = fault.New(fault.Conflict, "您看的时候又有单位报了，或者有人改了开头的话。请看了新的再定稿。")
	errPeriodToCome       = fault.New(fault.Conflict, "这一期还没有到，不能定稿。")
)

// IssueSummary (月报定稿) freezes the summary of a period as an edition with a number of
// its own. saw is what its issuer looked at; what came meanwhile is looked at first.
func (o *Office) IssueSummary(ctx context.Context, cmd db.Cmd, p id.Plan, period progress.Period, chosen progress.SummaryChoice, saw string) (made id.Summary, err error) {
	var page SummaryPage
	if err := o.db.Read(ctx, func(v *db.View) error { // outside the write: nobody waits while it is put together
		page, err = o.summary(v, p, period, chosen, func(int) {})
		return err
	}); err != nil {
		return made, err
	}
	s := page.Summary
	kind := s.Period.Every()
	err = o.write(ctx, cmd.Of("summary.issue", []any{p, period, chosen, saw}, &made), "summary.issue", func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		switch {
		case stands.State == plan.Drafted:
			return errNothingToSummarise
		case len(s.Rows) == 0:
			return errEmptySummary
		case s.Period.First() > tx.Today():
			return errPeriodToCome
		case Saw(s) != saw:
			return errSummaryMoved
		}
		s.Year = tx.Today().Time().Year()
		last, err := lastIssued(tx, o.city, p, kind, s.Year)
		if err != nil {
			return err
		}
		s.Serial = last + 1
		made = db.NewID[id.Summary](tx)
		content := text(s)
		digest := sha256.Sum256([]byte(content))
		tx.Append(s.IssuedEntry(p, digest))
		if err := saveIssued(tx, o.city, p, IssuedSummary{ID: made, Kind: kind, Year: s.Year, Serial: s.Serial, Period: s.Period, Digest: digest[:], Day: s.Day}, content); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(p))
	})
	return made, err
}

package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// SummaryPage is the summary of a period as it would be issued today.
type SummaryPage struct {
	progress.Summary
	PlanProgress PlanProgress
	Issued       []IssuedSummary // of the plan, the newest first
}

// Saw is what tells whether a summary still says what somebody looked at.
func Saw(s progress.Summary) string {
	sum := sha256.Sum256([]byte(text(s)))
	return hex.EncodeToString(sum[:8])
}

// Summary puts together what the units said for a period.
func (o *Office) Summary(ctx context.Context, who Who, p id.Plan, period progress.Period, chosen progress.SummaryChoice) (out SummaryPage, err error) {
	return o.SummarySteps(ctx, who, p, period, chosen, func(int) {})
}

// SummaryStepCount is in how many steps a summary is put together: the plan and who answers
// for it, earlier editions, reports, rows, adjustments.
const SummaryStepCount = 5

// SummarySteps puts it together and tells how many steps are done.
func (o *Office) SummarySteps(ctx context.Context, who Who, p id.Plan, period progress.Period, chosen progress.SummaryChoice, step func(done int)) (out SummaryPage, err error) {
	if !who.May("plan.read") {
		return out, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		out, err = o.summary(v, p, period, chosen, step)
		return err
	})
	return out, err
}

func (o *Office) summary(q db.Querier, p id.Plan, period progress.Period, chosen progress.SummaryChoice, step func(done int)) (out SummaryPage, err error) {
	k, err := o.keepsOf(q, p)
	if err != nil {
		return out, err
	}
	step(1)
	if period == "" {
		period = k.usual(o.Today())
	}
	if out.Issued, err = listIssued(q, o.city, p); err != nil {
		return out, err
	}
	editions, err := o.editionsToAdjust(q, k, out.Issued, period.Every())
	if err != nil {
		return out, err
	}
	step(2)
	periods := []progress.Period{period}
	for _, e := range editions {
		periods = append(periods, e.Period)
	}
	if k.all, err = reportsNeeded(q, o.city, k, k.periods(o.Today(), periods...)); err != nil {
		return out, err
	}
	step(3)
	out.PlanProgress = k.progress(period, chosen, o.Today())
	short, err := shortenedOf(q, o.city, p)
	if err != nil {
		return out, err
	}
	out.Summary = progress.Summary{Plan: k.plan.Title, Issuer: k.plan.Issuer, Period: period, Chosen: out.PlanProgress.Chosen, Day: o.Today(),
		Rows: summaryRows(out.PlanProgress, short)}
	if err := o.countRows(q, out.Rows, k.words.Targets, min(o.Today(), period.Last())); err != nil {
		return out, err
	}
	if out.Introduction, err = loadIntroduction(q, o.city, p, period); err != nil {
		return out, err
	}
	step(4)
	itemsOnly := chosen // a choice of state would hide what changed from it
	itemsOnly.State = ""
	now := map[progress.Period][]progress.SummaryRow{}
	for _, e := range editions {
		if _, done := now[e.Period]; !done && e.Period != period {
			now[e.Period] = summaryRows(k.progress(e.Period, itemsOnly, o.Today()), nil)
		}
	}
	out.Adjustments = progress.Adjust(editions, now)
	step(SummaryStepCount)
	return out, nil
}

// usual is the period of which somebody most likely wants the summary: the month that
// ended last, or what else is reported most often.
func (k reportKeeping) usual(today calendar.Day) progress.Period {
	every := progress.Monthly
	if all := k.kinds(); len(all) > 0 && !slices.Contains(all, every) {
		every = all[0]
	}
	return progress.Of(every, today).Previous()
}

// summaryRows puts the lines of a period, which come in the order of the plan, to their items.
func summaryRows(all PlanProgress, short map[reportPlace]progress.Shortened) (rows []progress.SummaryRow) {
	for _, l := range all.Lines {
		if n := len(rows); n == 0 || rows[n-1].Item != l.Item.ID {
			rows = append(rows, progress.SummaryRow{Item: l.Item.ID, Number: l.place.number, Section: l.place.section, Title: l.Item.Title, Deadline: l.place.deadline})
		}
		line := progress.NewSummaryLine(l.Unit.ID, l.Unit.Name, l.Duty == org.LeadDuty, l.Period, l.Owed)
		line.Signs = l.Signs && (l.Owed.Situation == progress.Missing || l.Owed.Situation == progress.Awaited)
		if line.Said != nil {
			if s, is := short[reportPlace{l.Item.ID, line.Said.Unit, line.Said.Period}]; is {
				line.Short = &s
			}
		}
		row := &rows[len(rows)-1]
		row.Lines = append(row.Lines, line)
	}
	return rows
}

// IssuedSummary gives an edition, word for word as it was issued.
func (o *Office) IssuedSummary(ctx context.Context, who Who, p id.Plan, which id.Summary) (s progress.Summary, err error) {
	if !who.May("plan.read") {
		return s, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		e, content, err := loadIssued(v, o.city, p, which)
		if err != nil {
			return err
		}
		if sum := sha256.Sum256([]byte(content)); !slices.Equal(sum[:], e.Digest) {
			return errIssuedChanged
		}
		return untext(content, &s)
	})
	return s, err
}

var errIssuedChanged = fault.New(fault.Conflict, "存着的这一期和定稿时的校验码不符，被改动过。请联系管理员，用备份里的核对。")

// IssuedSummaries lists what was issued of a plan, the newest first.
func (o *Office) IssuedSummaries(ctx context.Context, who Who, p id.Plan) (of plan.Plan, all []IssuedSummary, err error) {
	if !who.May("plan.read") {
		return of, nil, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		if of, err = loadPlan(v, o.city, p); err != nil {
			return err
		}
		all, err = listIssued(v, o.city, p)
		return err
	})
	return of, all, err
}

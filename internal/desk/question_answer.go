package desk

import (
	"context"
	"errors"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// AnswerQuestion records an answer to a question about a draft: one of its
// choices, or own words. A choice also sets what hangs on it.
func (o *Office) AnswerQuestion(ctx context.Context, cmd db.Cmd, p id.Plan, q id.Question, chosen int, words string) error {
	return o.correct(ctx, cmd.Of("plan.answer", []any{p, q, chosen, words}), p, func(tx *db.Tx) error {
		was, err := loadQuestion(tx, o.city, p, q)
		if err != nil {
			return err
		}
		is, err := was.Answer(chosen, words)
		if err != nil {
			return err
		}
		return o.settle(tx, p, was, is)
	})
}

// settle saves a question and sets what hangs on it: the fields of the choice
// taken, or as they were read where none is.
func (o *Office) settle(tx *db.Tx, p id.Plan, was, is plan.Question) error {
	if years := plan.YearShift(was, is); years != 0 {
		if err := o.moveYears(tx, p, years); err != nil {
			return err
		}
	}
	if err := o.applyAnswer(tx, is); err != nil {
		return err
	}
	return saveQuestions(tx, o.city, p, tx.Cmd().Account, []plan.Question{is})
}

// applyAnswer sets the fields of the target and milestone that hang on an
// answer. One that was meanwhile taken off as no promise is left alone.
func (o *Office) applyAnswer(tx *db.Tx, q plan.Question) error {
	set := q.Sets()
	if len(set) == 0 {
		return nil
	}
	if q.Target != 0 && set["same_as"] != "" { // the figure stands elsewhere already
		return deleteTarget(tx, o.city, q.Item, q.Target)
	}
	if q.Target != 0 {
		t, err := loadTarget(tx, o.city, q.Item, q.Target)
		if err == nil {
			if t, err = t.With(set); err == nil {
				err = saveTargets(tx, o.city, []plan.Target{t})
			}
		}
		if err != nil && !fault.Is(err, fault.Missing) {
			return err
		}
	}
	if q.Milestone != 0 {
		m, err := loadMilestone(tx, o.city, q.Item, q.Milestone)
		if err == nil {
			if m, err = m.With(set); err == nil {
				err = saveMilestones(tx, o.city, []plan.Milestone{m})
			}
		}
		if err != nil && !fault.Is(err, fault.Missing) {
			return err
		}
	}
	return nil
}

// moveYears moves the days of a draft whose year was inferred from the document's.
func (o *Office) moveYears(tx *db.Tx, p id.Plan, years int) error {
	targets, err := loadTargets(tx, o.city, p)
	if err != nil {
		return err
	}
	milestones, err := loadMilestones(tx, o.city, p)
	if err != nil {
		return err
	}
	for i, t := range targets {
		targets[i] = t.Later(years)
	}
	for i, m := range milestones {
		milestones[i] = m.Later(years)
	}
	return errors.Join(saveTargets(tx, o.city, targets), saveMilestones(tx, o.city, milestones))
}

// DeferQuestion puts a question off (以后再答).
func (o *Office) DeferQuestion(ctx context.Context, cmd db.Cmd, p id.Plan, q id.Question) error {
	return o.correct(ctx, cmd.Of("plan.defer", []any{p, q}), p, func(tx *db.Tx) error {
		was, err := loadQuestion(tx, o.city, p, q)
		if err != nil {
			return err
		}
		is := was
		is.State = plan.QuestionDeferred
		return o.settle(tx, p, was, is)
	})
}

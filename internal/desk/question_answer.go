package desk

import (
	"context"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// AnswerQuestion records an answer to a question about a draft: one of its
// choices, or own words. A choice also sets what hangs on it.
func (o *Office) AnswerQuestion(ctx context.Context, cmd db.Cmd, p id.Plan, q id.Question, chosen int, words string) error {
	return o.correct(ctx, cmd.Of("plan.answer", []any{p, q, chosen, words}), p, func(tx *db.Tx) error {
		question, err := loadQuestion(tx, o.city, p, q)
		if err != nil {
			return err
		}
		if question, err = question.Answer(chosen, words); err != nil {
			return err
		}
		if err := o.applyAnswer(tx, question); err != nil {
			return err
		}
		return saveQuestions(tx, o.city, p, cmd.Account, []plan.Question{question})
	})
}

// applyAnswer sets the fields of the target and milestone that hang on an
// answer. One that was meanwhile taken off as no promise is left alone.
func (o *Office) applyAnswer(tx *db.Tx, q plan.Question) error {
	set := q.Sets()
	if len(set) == 0 {
		return nil
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

// DeferQuestion puts a question off (以后再答).
func (o *Office) DeferQuestion(ctx context.Context, cmd db.Cmd, p id.Plan, q id.Question) error {
	return o.correct(ctx, cmd.Of("plan.defer", []any{p, q}), p, func(tx *db.Tx) error {
		question, err := loadQuestion(tx, o.city, p, q)
		if err != nil {
			return err
		}
		question.State = plan.QuestionDeferred
		return saveQuestions(tx, o.city, p, cmd.Account, []plan.Question{question})
	})
}

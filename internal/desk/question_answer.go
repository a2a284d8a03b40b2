package desk

import (
	"context"
	"maps"
	"strconv"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// AnswerQuestion records an answer to a question about a draft: one of its
// choices, or own words. A choice also sets what hangs on it.
func (o *Office) AnswerQuestion(ctx context.Context, cmd db.Cmd, p id.Plan, q id.Question, chosen int, words string) error {
	return o.step(ctx, cmd.Of("plan.answer", []any{p, q, chosen, words}), p, func(d *drafting) error {
		was, err := d.question(q)
		if err != nil || was == nil {
			return errOr(err, db.ErrNoRow)
		}
		is, err := was.Answer(chosen, words)
		if err != nil {
			return err
		}
		d.say("答问题：%s", plan.Fill(is.Pattern, is.Args))
		return d.settle(*was, is)
	})
}

// AnswerAlike gives one choice to a question and to all open questions that are alike.
func (o *Office) AnswerAlike(ctx context.Context, cmd db.Cmd, p id.Plan, q id.Question, chosen int) error {
	return o.step(ctx, cmd.Of("plan.answer_alike", []any{p, q, chosen}), p, func(d *drafting) error {
		was, err := d.question(q)
		if err != nil || was == nil {
			return errOr(err, db.ErrNoRow)
		}
		all, err := loadQuestions(d.tx, d.city, p)
		if err != nil {
			return err
		}
		alike := append([]plan.Question{*was}, plan.OpenAlike(all, *was)...)
		for _, other := range alike {
			before, err := d.question(other.ID)
			if err != nil || before == nil {
				return errOr(err, db.ErrNoRow)
			}
			is, err := before.Answer(chosen, "")
			if err != nil {
				return err
			}
			if err := d.settle(*before, is); err != nil {
				return err
			}
		}
		if d.say("答问题：%s", plan.Fill(was.Pattern, was.Args)); len(alike) > 1 {
			d.say("答 %s 个同样的问题：%s", strconv.Itoa(len(alike)), plan.Fill(was.Pattern, was.Args))
		}
		return nil
	})
}

// DeferQuestion puts a question off (待定).
func (o *Office) DeferQuestion(ctx context.Context, cmd db.Cmd, p id.Plan, q id.Question) error {
	return o.step(ctx, cmd.Of("plan.defer", []any{p, q}), p, func(d *drafting) error {
		was, err := d.question(q)
		if err != nil || was == nil {
			return errOr(err, db.ErrNoRow)
		}
		is := *was
		is.State = plan.QuestionDeferred
		d.say("问题待定：%s", plan.Fill(is.Pattern, is.Args))
		return d.settle(*was, is)
	})
}

// settle leaves a question as it is to be and sets what hangs on it: the fields of
// the choice taken, or as they were read where none is.
func (d *drafting) settle(was, is plan.Question) error {
	if years := plan.YearShift(was, is); years != 0 {
		if err := d.moveYears(years); err != nil {
			return err
		}
	}
	if err := d.applyAnswer(is, d.newlySet(was, is)); err != nil {
		return err
	}
	d.putQuestion(is)
	return nil
}

// applyAnswer sets the fields of the target and milestone that hang on an
// answer. One that was meanwhile taken off as no promise is left alone.
func (d *drafting) applyAnswer(q plan.Question, set map[string]string) error {
	if len(set) == 0 {
		return nil
	}
	if q.Target != 0 {
		t, err := d.target(q.Target)
		if err != nil {
			return err
		}
		switch {
		case t == nil:
		case set["same_as"] != "": // the figure stands elsewhere already
			d.targets.is[q.Target] = nil
		default:
			is, err := t.With(d.unplanned(set, q, *t))
			if err != nil {
				return err
			}
			d.putTarget(is)
		}
	}
	if q.Milestone != 0 && set["same_as"] == "" {
		m, err := d.milestone(q.Milestone)
		if err != nil || m == nil {
			return err
		}
		is, err := m.With(set)
		if err != nil {
			return err
		}
		d.putMilestone(is)
	}
	return nil
}

// newlySet are the fields that an answer sets. Of a plan in force it is only those that
// it sets otherwise than before: what else was changed meanwhile stays.
func (d *drafting) newlySet(was, is plan.Question) map[string]string {
	set := is.Sets()
	if d.why == nil {
		return set
	}
	set = maps.Clone(set)
	maps.DeleteFunc(set, func(field, value string) bool { return was.Sets()[field] == value })
	return set
}

// unplanned leaves out the fields of an answer that were planned anew since they were
// read: the answer says how the document was to be read, not what was decided later.
func (d *drafting) unplanned(set map[string]string, q plan.Question, t plan.Target) map[string]string {
	if d.why == nil {
		return set
	}
	set = maps.Clone(set)
	maps.DeleteFunc(set, func(field, _ string) bool { return q.AsRead[field] != "" && t.Said(field) != q.AsRead[field] })
	return set
}

// moveYears moves the days of a draft whose year was inferred from the document's.
func (d *drafting) moveYears(years int) error {
	all, err := d.promisesOf(nil)
	if err != nil {
		return err
	}
	for _, t := range all.targets {
		d.putTarget(t.Later(years))
	}
	for _, m := range all.milestones {
		d.putMilestone(m.Later(years))
	}
	return nil
}

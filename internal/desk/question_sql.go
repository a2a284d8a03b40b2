package desk

import (
	"errors"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

const publicQuestionColumns = "id, ordinal, kind, pattern, args, choices, span, item_id, target_id, milestone_id, state, chosen, words, COALESCE(document_id, 0)"

const selectQuestion = "SELECT " + publicQuestionColumns + ", as_read FROM question WHERE city_id = $1 AND plan_id = $2"

// scanPublicQuestion reads the public columns, and others that stand behind them.
func scanPublicQuestion(s db.Scanner, others ...any) (q plan.Question, err error) {
	var args, choices, span string
	if err = s.Scan(append([]any{&q.ID, &q.Ordinal, &q.Kind, &q.Pattern, &args, &choices, &span, &q.Item, &q.Target, &q.Milestone,
		&q.State, &q.Chosen, &q.Words, &q.Document}, others...)...); err != nil {
		return q, err
	}
	return q, errors.Join(untext(args, &q.Args), untext(choices, &q.Choices), untext(span, &q.Span))
}

func scanQuestion(s db.Scanner) (plan.Question, error) {
	var asRead string
	q, err := scanPublicQuestion(s, &asRead)
	if err != nil {
		return q, err
	}
	return q, untext(asRead, &q.AsRead)
}

func loadQuestions(q db.Querier, city int64, p id.Plan) ([]plan.Question, error) {
	return db.Rows(q, scanQuestion, selectQuestion+" ORDER BY ordinal", city, p)
}

func loadQuestion(q db.Querier, city int64, p id.Plan, question id.Question) (plan.Question, error) {
	return db.Row(q, scanQuestion, selectQuestion+" AND id = $3", city, p, question)
}

func saveQuestions(tx *db.Tx, city int64, p id.Plan, by id.Account, questions []plan.Question) error {
	rows := make([][]any, len(questions))
	for i, q := range questions {
		rows[i] = []any{city, q.ID, p, q.Ordinal, q.Kind, q.Pattern, text(q.Args), text(q.Choices), text(q.Span),
			q.Item, q.Target, q.Milestone, string(q.State), q.Chosen, q.Words, text(q.AsRead), by, q.Document}
	}
	return tx.Upsert("question", "city_id, id",
		"city_id, id, plan_id, ordinal, kind, pattern, args, choices, span, item_id, target_id, milestone_id, state, chosen, words, as_read, answered_by, document_id", rows)
}

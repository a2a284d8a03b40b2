package desk

import (
	"errors"
	"maps"
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// stepState says what a step is: work that stands, work that was taken back, the
// taking back and doing again of other steps, or an amendment of a plan in force.
type stepState string

const (
	stepDone   stepState = "done"
	stepUndone stepState = "undone"
	stepUndo   stepState = "undo"
	stepRedo   stepState = "redo"
	stepAmend  stepState = "amend" // of a plan in force: plan_change says why, and nobody takes it back by a key
)

// step is one thing that a person did to a draft.
type step struct {
	Plan    id.Plan
	Seq     int64
	By      id.Account
	At      int64 // microseconds
	Pattern string
	Args    []string
	Edits   []plan.Edit
	Nodes   []int
	State   stepState
	Undoes  int64 // the step that this one takes back or does again, or 0
}

const stepColumns = "plan_id, seq, account_id, done_at, pattern, args, edits, nodes, state, undoes"

func scanStep(s db.Scanner) (t step, err error) {
	var args, edits, nodes string
	if err = s.Scan(&t.Plan, &t.Seq, &t.By, &t.At, &t.Pattern, &args, &edits, &nodes, &t.State, &t.Undoes); err != nil {
		return t, err
	}
	return t, errors.Join(untext(args, &t.Args), untext(edits, &t.Edits), untext(nodes, &t.Nodes))
}

func saveStep(tx *db.Tx, city int64, t step) error {
	last, err := lastStep(tx, city, t.Plan)
	if err != nil {
		return err
	}
	return tx.Insert("draft_step", "city_id, "+stepColumns, [][]any{{city, t.Plan, last + 1, t.By, tx.Now().UnixMicro(),
		t.Pattern, text(t.Args), text(t.Edits), text(t.Nodes), string(t.State), t.Undoes}})
}

// lastStep is the number of the last step of a draft, 0 where there is none.
func lastStep(q db.Querier, city int64, p id.Plan) (int64, error) {
	return db.Row(q, db.Value[int64], "SELECT COALESCE(MAX(seq), 0) FROM draft_step WHERE city_id = $1 AND plan_id = $2", city, p)
}

// stepsAfter gives the steps after one, the earliest first.
func stepsAfter(q db.Querier, city int64, p id.Plan, seq int64) ([]step, error) {
	return db.Rows(q, scanStep, "SELECT "+stepColumns+" FROM draft_step WHERE city_id = $1 AND plan_id = $2 AND seq > $3 ORDER BY seq", city, p, seq)
}

// latestSteps gives the latest steps, the latest first.
func latestSteps(q db.Querier, city int64, p id.Plan, most int) ([]step, error) {
	return db.Rows(q, scanStep, "SELECT "+stepColumns+" FROM draft_step WHERE city_id = $1 AND plan_id = $2 ORDER BY seq DESC LIMIT $3", city, p, most)
}

// lastDone is the step that a person would take back, and nextUndone the one that
// would be done again: the first that was taken back after the last that stands.
func lastDone(q db.Querier, city int64, p id.Plan, by id.Account) (step, error) {
	return db.Row(q, scanStep, "SELECT "+stepColumns+" FROM draft_step WHERE city_id = $1 AND plan_id = $2 AND account_id = $3 AND state = $4 ORDER BY seq DESC LIMIT 1",
		city, p, by, string(stepDone))
}

func nextUndone(q db.Querier, city int64, p id.Plan, by id.Account) (step, error) {
	return db.Row(q, scanStep, "SELECT "+stepColumns+` FROM draft_step WHERE city_id = $1 AND plan_id = $2 AND account_id = $3 AND state = $4 AND seq > (
		SELECT COALESCE(MAX(seq), 0) FROM draft_step WHERE city_id = $5 AND plan_id = $6 AND account_id = $7 AND state = $8) ORDER BY seq LIMIT 1`,
		city, p, by, string(stepUndone), city, p, by, string(stepDone))
}

func markStep(tx *db.Tx, city int64, p id.Plan, seq int64, state stepState) error {
	_, err := tx.Exec("UPDATE draft_step SET state = $4 WHERE city_id = $1 AND plan_id = $2 AND seq = $3", city, p, seq, string(state))
	return err
}

// rowsAtOnce is how many rows one statement names, so that one text is prepared for all.
const rowsAtOnce = 50

// named fills the places of a statement that names up to rowsAtOnce records; what is
// left over names none.
func named[T ~int64](city int64, some []T) []any {
	args := make([]any, 1+rowsAtOnce)
	args[0] = city
	for i := range rowsAtOnce {
		args[1+i] = int64(0)
		if i < len(some) {
			args[1+i] = int64(some[i])
		}
	}
	return args
}

func deleteByID[T ~int64](tx *db.Tx, city int64, table, column string, gone []T) error {
	for some := range slices.Chunk(gone, rowsAtOnce) {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE city_id = $1 AND "+column+" IN ("+placeholders(2, rowsAtOnce)+")", named(city, some)...); err != nil {
			return err
		}
	}
	return nil
}

func deletePhases(tx *db.Tx, city int64, p id.Plan, gone []ordinal) error {
	for _, k := range gone {
		if _, err := tx.Exec("DELETE FROM phase WHERE city_id = $1 AND plan_id = $2 AND ordinal = $3", city, p, int(k)); err != nil {
			return err
		}
	}
	return nil
}

// hangsOn reports whether a target or milestone still belongs to one of the items.
func hangsOn(q db.Querier, city int64, items []id.Item) (bool, error) {
	for some := range slices.Chunk(items, rowsAtOnce) {
		for _, table := range []string{"target", "milestone"} {
			found, err := db.Rows(q, db.Value[int64], "SELECT id FROM "+table+" WHERE city_id = $1 AND item_id IN ("+placeholders(2, rowsAtOnce)+") LIMIT 1", named(city, some)...)
			if err != nil || len(found) > 0 {
				return true, err
			}
		}
	}
	return false, nil
}

// hangingOn gives what stands and hangs on items of a plan; of nil, or of more items than
// a statement names, all that hangs on any.
func hangingOn(q db.Querier, city int64, p id.Plan, of map[id.Item]bool) (all promises, err error) {
	var errs [3]error
	if of == nil || len(of) > rowsAtOnce {
		all.targets, errs[0] = loadTargets(q, city, p)
		all.milestones, errs[1] = loadMilestones(q, city, p)
		all.questions, errs[2] = loadQuestions(q, city, p)
		return all, errors.Join(errs[:]...)
	}
	items := named(city, slices.Sorted(maps.Keys(of)))
	ofItems := " WHERE city_id = $1 AND item_id IN (" + placeholders(2, rowsAtOnce) + ")"
	targets, err := db.Rows(q, scanTarget, "SELECT "+targetColumns+" FROM target"+ofItems+byNumber, items...)
	if err != nil {
		return all, err
	}
	milestones, err := db.Rows(q, scanMilestone, "SELECT "+milestoneColumns+" FROM milestone"+ofItems+byNumber, items...)
	if err != nil {
		return all, err
	}
	stand := plan.Draft{Targets: plan.NewestTargets(targets), Milestones: plan.NewestMilestones(milestones)}.Parted()
	all.targets, all.milestones = stand.Targets, stand.Milestones
	all.questions, err = db.Rows(q, scanQuestion, "SELECT "+publicQuestionColumns+", as_read FROM question"+ofItems+" AND plan_id = $52 ORDER BY ordinal", append(items, p)...)
	return all, err
}

// nodesOf gives the clauses in which items of a plan stand.
func nodesOf(q db.Querier, city int64, p id.Plan, items []id.Item) (nodes []int, err error) {
	for some := range slices.Chunk(items, rowsAtOnce) {
		found, err := db.Rows(q, db.Value[int], "SELECT node FROM plan_item WHERE city_id = $1 AND item_id IN ("+placeholders(2, rowsAtOnce)+
			") AND plan_id = $52", append(named(city, some), p)...)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, found...)
	}
	return nodes, nil
}

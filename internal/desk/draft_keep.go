package desk

import (
	"context"
	"errors"
	"maps"
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// step does one step of work on a draft, and keeps what it did.
func (o *Office) step(ctx context.Context, cmd db.Cmd, p id.Plan, f func(d *drafting) error) error {
	return o.correct(ctx, cmd, p, func(tx *db.Tx) error {
		d, err := o.drafting(tx, p)
		if err != nil {
			return err
		}
		if err := f(d); err != nil {
			return err
		}
		return d.keep(stepDone, 0)
	})
}

func (o *Office) drafting(tx *db.Tx, p id.Plan) (*drafting, error) {
	stands, err := loadPlan(tx, o.city, p)
	return &drafting{tx: tx, city: o.city, plan: stands, nodes: map[int]bool{}}, err
}

// keep writes what a step has touched, and the row of the step itself. A step that
// changed nothing leaves nothing.
func (d *drafting) keep(state stepState, undoes int64) error {
	headings, plans, _ := d.headings.edits("plan")
	items, keptItems, goneItems := d.items.edits("item")
	targets, keptTargets, goneTargets := d.targets.edits("target")
	milestones, keptMilestones, goneMilestones := d.milestones.edits("milestone")
	phases, keptPhases, gonePhases := d.phases.edits("phase")
	questions, keptQuestions, goneQuestions := d.questions.edits("question")
	edits := slices.Concat(headings, items, targets, milestones, phases, questions)
	if len(edits) == 0 {
		return nil
	}
	if err := d.findNodes(keptTargets, keptMilestones, keptQuestions); err != nil {
		return err
	}
	for _, h := range plans {
		if err := savePlan(d.tx, d.city, h); err != nil {
			return err
		}
	}
	// What hangs on an item is written after it, and taken away before it.
	if err := errors.Join(saveItems(d.tx, d.city, keptItems), savePlaces(d.tx, d.city, d.plan.ID, keptItems),
		saveTargets(d.tx, d.city, keptTargets), saveMilestones(d.tx, d.city, keptMilestones),
		savePhases(d.tx, d.city, d.plan.ID, keptPhases), saveQuestions(d.tx, d.city, d.plan.ID, d.tx.Cmd().Account, keptQuestions)); err != nil {
		return err
	}
	if err := errors.Join(deleteByID(d.tx, d.city, "target", "id", goneTargets), deleteByID(d.tx, d.city, "milestone", "id", goneMilestones),
		deleteByID(d.tx, d.city, "question", "id", goneQuestions), deletePhases(d.tx, d.city, d.plan.ID, gonePhases)); err != nil {
		return err
	}
	if hanging, err := hangsOn(d.tx, d.city, goneItems); err != nil || hanging {
		return errors.Join(err, plan.ErrChangedSince)
	}
	if err := errors.Join(deleteByID(d.tx, d.city, "plan_item", "item_id", goneItems), deleteByID(d.tx, d.city, "item", "id", goneItems)); err != nil {
		return err
	}
	return saveStep(d.tx, d.city, step{Plan: d.plan.ID, By: d.tx.Cmd().Account, Pattern: d.pattern, Args: d.args, Edits: edits,
		Nodes: slices.Sorted(maps.Keys(d.nodes)), State: state, Undoes: undoes})
}

// findNodes adds the clauses of promises whose items were not touched themselves.
func (d *drafting) findNodes(targets []plan.Target, milestones []plan.Milestone, questions []plan.Question) error {
	of := map[id.Item]bool{}
	for _, t := range targets {
		of[t.Item] = true
	}
	for _, m := range milestones {
		of[m.Item] = true
	}
	for _, q := range questions {
		of[q.Item] = true
		if q.Item == 0 {
			n, err := nodeHolding(d.tx, d.city, d.plan.Document, q.Span.Start())
			if err != nil {
				return err
			}
			d.nodes[n] = true
			if n == 0 { // it stands at the head of the page
				d.nodes[1] = true
			}
		}
	}
	for _, gone := range d.targets.was {
		if gone != nil {
			of[gone.Item] = true
		}
	}
	for _, gone := range d.milestones.was {
		if gone != nil {
			of[gone.Item] = true
		}
	}
	delete(of, 0)
	if len(of) == 0 {
		return nil
	}
	places, err := nodesOf(d.tx, d.city, d.plan.ID, slices.Sorted(maps.Keys(of)))
	for _, n := range places {
		d.nodes[n] = true
	}
	return err
}

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

// step does one step of work on a draft, and keeps what it did. Of an office that amends
// plans in force it is an amendment.
func (o *Office) step(ctx context.Context, cmd db.Cmd, p id.Plan, f func(d *drafting) error) error {
	if o.why != nil {
		return o.amend(ctx, cmd, p, *o.why, f)
	}
	return o.write(ctx, cmd, "plan.correct", func(tx *db.Tx) error {
		d, err := o.drafting(tx, p)
		if err != nil {
			return err
		}
		switch d.plan.State {
		case plan.InForce:
			return plan.ErrUnreasoned
		case plan.Closed:
			return plan.ErrClosed
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
	k := d.gather()
	if len(k.edits) == 0 {
		return nil
	}
	if err := d.write(k); err != nil {
		return err
	}
	if err := errors.Join(deleteByID(d.tx, d.city, "target", "id", k.goneTargets), deleteByID(d.tx, d.city, "milestone", "id", k.goneMilestones),
		deleteByID(d.tx, d.city, "question", "id", k.goneQuestions), deletePhases(d.tx, d.city, d.plan.ID, k.gonePhases)); err != nil {
		return err
	}
	if hanging, err := hangsOn(d.tx, d.city, k.goneItems); err != nil || hanging {
		return errors.Join(err, plan.ErrChangedSince)
	}
	if err := errors.Join(forgetItems(d.tx, d.city, k.goneItems), deleteByID(d.tx, d.city, "plan_item", "item_id", k.goneItems), deleteByID(d.tx, d.city, "item", "id", k.goneItems)); err != nil {
		return err
	}
	return d.saveStep(k.edits, state, undoes)
}

// gathered is what a step has touched and that differs from before.
type gathered struct {
	edits          []plan.Edit
	plans          []plan.Plan
	items          []plan.Item
	targets        []plan.Target
	milestones     []plan.Milestone
	phases         []plan.Phase
	questions      []plan.Question
	goneItems      []id.Item
	goneTargets    []id.Target
	goneMilestones []id.Milestone
	gonePhases     []ordinal
	goneQuestions  []id.Question
}

func (d *drafting) gather() (k gathered) {
	var edits [6][]plan.Edit
	edits[0], k.plans, _ = d.headings.edits("plan")
	edits[1], k.items, k.goneItems = d.items.edits("item")
	edits[2], k.targets, k.goneTargets = d.targets.edits("target")
	edits[3], k.milestones, k.goneMilestones = d.milestones.edits("milestone")
	edits[4], k.phases, k.gonePhases = d.phases.edits("phase")
	edits[5], k.questions, k.goneQuestions = d.questions.edits("question")
	k.edits = slices.Concat(edits[:]...)
	return k
}

// write saves what a step has made or changed.
func (d *drafting) write(k gathered) error {
	if err := d.findNodes(k.targets, k.milestones, k.questions); err != nil {
		return err
	}
	for _, h := range k.plans {
		if err := savePlan(d.tx, d.city, h); err != nil {
			return err
		}
	}
	// What hangs on an item is written after it, and taken away before it.
	return errors.Join(saveItems(d.tx, d.city, k.items), savePlaces(d.tx, d.city, d.plan.ID, k.items),
		saveTargets(d.tx, d.city, k.targets), saveMilestones(d.tx, d.city, k.milestones),
		savePhases(d.tx, d.city, d.plan.ID, k.phases), saveQuestions(d.tx, d.city, d.plan.ID, d.tx.Cmd().Account, k.questions))
}

func (d *drafting) saveStep(edits []plan.Edit, state stepState, undoes int64) error {
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

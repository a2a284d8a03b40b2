package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

var (
	errNothingToUndo = fault.New(fault.Conflict, "您没有可以撤销的改动。别人的改动由他们自己撤销。")
	errNothingToRedo = fault.New(fault.Conflict, "没有可以重做的改动。")
)

// UndoStep takes back the last step of this person on a draft, and nobody else's: it
// refuses with plan.ErrChangedSince where another has changed the same since.
func (o *Office) UndoStep(ctx context.Context, cmd db.Cmd, p id.Plan) error {
	return o.correct(ctx, cmd.Of("plan.undo", p), p, func(tx *db.Tx) error {
		s, err := lastDone(tx, o.city, p, cmd.Account)
		if errors.Is(err, db.ErrNoRow) {
			return errNothingToUndo
		}
		if err != nil {
			return err
		}
		for i := range s.Edits {
			s.Edits[i] = s.Edits[i].Reversed()
		}
		slices.Reverse(s.Edits)
		return o.again(tx, s, stepUndone, stepUndo)
	})
}

// RedoStep does the step again that this person took back last.
func (o *Office) RedoStep(ctx context.Context, cmd db.Cmd, p id.Plan) error {
	return o.correct(ctx, cmd.Of("plan.redo", p), p, func(tx *db.Tx) error {
		s, err := nextUndone(tx, o.city, p, cmd.Account)
		if errors.Is(err, db.ErrNoRow) {
			return errNothingToRedo
		}
		if err != nil {
			return err
		}
		return o.again(tx, s, stepDone, stepRedo)
	})
}

// again makes the edits of a step that was done before to the draft as it stands.
func (o *Office) again(tx *db.Tx, s step, becomes, state stepState) error {
	d, err := o.drafting(tx, s.Plan)
	if err != nil {
		return err
	}
	d.say(s.Pattern, s.Args...)
	for _, e := range s.Edits {
		if err := d.redo(e); err != nil {
			return err
		}
	}
	// A promise cannot come back to an item that another has taken away.
	for _, t := range d.targets.is {
		if t != nil {
			if err := d.mustStand(t.Item); err != nil {
				return err
			}
		}
	}
	for _, m := range d.milestones.is {
		if m != nil {
			if err := d.mustStand(m.Item); err != nil {
				return err
			}
		}
	}
	for _, n := range s.Nodes {
		d.nodes[n] = true
	}
	if err := markStep(tx, o.city, s.Plan, s.Seq, becomes); err != nil {
		return err
	}
	return d.keep(state, s.Seq)
}

func (d *drafting) mustStand(i id.Item) error {
	item, err := d.item(i)
	if err == nil && item == nil {
		err = plan.ErrChangedSince
	}
	return err
}

// redo makes one edit to the record as it stands.
func (d *drafting) redo(e plan.Edit) error {
	switch e.Noun {
	case "plan":
		return redone(d, &d.headings, e, readID[id.Plan], func(id.Plan) (*plan.Plan, error) { return d.heading() })
	case "item":
		return redone(d, &d.items, e, readID[id.Item], d.item)
	case "target":
		return redone(d, &d.targets, e, readID[id.Target], d.target)
	case "milestone":
		return redone(d, &d.milestones, e, readID[id.Milestone], d.milestone)
	case "question":
		return redone(d, &d.questions, e, readID[id.Question], d.question)
	case "phase":
		return redone(d, &d.phases, e, readOrdinal, func(k ordinal) (*plan.Phase, error) { return d.phase(int(k)) })
	}
	return fmt.Errorf("a step of the draft names a %q", e.Noun)
}

func readID[T ~int64](key string) (T, error) { return id.Of[T](key) }

func redone[K interface {
	comparable
	String() string
}, T any](d *drafting, of *touched[K, T], e plan.Edit, read func(string) (K, error), load func(K) (*T, error)) error {
	k, err := read(e.Key)
	if err != nil {
		return err
	}
	stands, err := load(k)
	if err != nil {
		return err
	}
	is, err := plan.Redone(stands, e)
	if err != nil {
		return err
	}
	of.stood(k, nil)
	of.is[k] = is
	return nil
}

// DraftStep is one thing that somebody did to a draft, for the list of what was done.
type DraftStep struct {
	Seq     int64
	By      Who
	Mine    bool
	At      time.Time
	Pattern string // a sentence with a %s for each of Args
	Args    []string
	Edits   []plan.Edit
	Nodes   []int
	Undone  bool
	Undoes  int64 // the step that it takes back or does again, or 0
	Again   bool  // it does again what was taken back
}

// DraftSteps gives what was done to a draft after a step, the earliest first.
func (o *Office) DraftSteps(ctx context.Context, who Who, p id.Plan, after int64) (out []DraftStep, err error) {
	return o.draftSteps(ctx, who, func(v *db.View) ([]step, error) { return stepsAfter(v, o.city, p, after) })
}

// LatestSteps gives what was done to a draft last, the latest first.
func (o *Office) LatestSteps(ctx context.Context, who Who, p id.Plan, most int) (out []DraftStep, err error) {
	return o.draftSteps(ctx, who, func(v *db.View) ([]step, error) { return latestSteps(v, o.city, p, most) })
}

func (o *Office) draftSteps(ctx context.Context, who Who, load func(v *db.View) ([]step, error)) (out []DraftStep, err error) {
	if !May("plan.read", who.Roles) {
		return nil, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := load(v)
		if err != nil {
			return err
		}
		people := map[id.Account]Who{}
		for _, s := range all {
			by, known := people[s.By]
			if !known {
				if by, err = loadPerson(v, o.city, s.By); err != nil {
					return err
				}
				people[s.By] = by
			}
			out = append(out, DraftStep{Seq: s.Seq, By: by, Mine: s.By == who.Account, At: time.UnixMicro(s.At), Pattern: s.Pattern, Args: s.Args,
				Edits: s.Edits, Nodes: s.Nodes, Undone: s.State == stepUndone, Undoes: s.Undoes, Again: s.State == stepRedo})
		}
		return nil
	})
	return out, err
}

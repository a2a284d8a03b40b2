package desk

import (
	"fmt"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// set gives fields to a record of a plan; one that stands no more is left alone.
func (d *drafting) set(s plan.EffectSet) error {
	switch s.Noun {
	case "item":
		return setOn(s, readID[id.Item], d.item, func(i plan.Item) bool { return i.Standing == plan.Stands }, d.putItem)
	case "target":
		return setOn(s, readID[id.Target], d.target, func(t plan.Target) bool { return t.Standing == plan.Stands }, d.putTarget)
	case "milestone":
		return setOn(s, readID[id.Milestone], d.milestone, func(m plan.Milestone) bool { return m.Standing == plan.Stands }, d.putMilestone)
	case "question":
		return setOn(s, readID[id.Question], d.question, func(plan.Question) bool { return true }, d.putQuestion)
	case "phase":
		return setOn(s, readOrdinal, func(k ordinal) (*plan.Phase, error) { return d.phase(int(k)) }, func(f plan.Phase) bool { return f.Standing == plan.Stands }, d.putPhase)
	}
	return fmt.Errorf("a re-issued document sets a %q", s.Noun)
}

func setOn[K any, T any](s plan.EffectSet, read func(string) (K, error), load func(K) (*T, error), stands func(T) bool, put func(T)) error {
	k, err := read(s.Key)
	if err != nil {
		return err
	}
	record, err := load(k)
	if err != nil || record == nil || !stands(*record) {
		return err
	}
	put(plan.Filled(*record, s.Fields))
	return nil
}

// effect makes of the plan what a difference of a re-issued document says.
func (d *drafting) effect(e plan.Effect, doc id.Document) error {
	for _, s := range e.Sets {
		if err := d.set(s.Numbered(doc)); err != nil {
			return err
		}
	}
	for _, s := range e.Ends {
		s.Fields = plan.Fields{"Standing": []byte(`"` + string(d.why.Ending()) + `"`)}
		if err := d.set(s); err != nil {
			return err
		}
	}
	return d.add(e.Adds, doc)
}

// add makes new records, with identifiers of their own.
func (d *drafting) add(a plan.Additions, doc id.Document) error {
	made := map[id.Item]id.Item{}
	for _, i := range a.Items {
		all, err := everyItem(d.tx, d.city, d.plan.ID)
		if err != nil {
			return err
		}
		after := id.Item(0)
		for _, other := range all {
			if other.Standing == plan.Stands && (other.Document != doc || other.Node <= i.Node) {
				after = other.ID
			}
		}
		ranks, err := d.ranksAfter(after, nil, 1)
		if err != nil {
			return err
		}
		fresh := i
		fresh.ID, fresh.Document, fresh.Ordinal, fresh.Rank = db.NewID[id.Item](d.tx), doc, len(all)+len(made)+1, ranks[0]
		made[i.ID] = fresh.ID
		d.putItem(fresh)
	}
	of := func(i id.Item) id.Item {
		if fresh, is := made[i]; is {
			return fresh
		}
		return i
	}
	for _, t := range a.Targets {
		t.ID, t.Item, t.Document, t.Revision = db.NewID[id.Target](d.tx), of(t.Item), doc, 0
		if err := d.mustHang(t.Item); err != nil {
			return err
		}
		d.putTarget(t)
	}
	for _, m := range a.Milestones {
		m.ID, m.Item, m.Document, m.Revision = db.NewID[id.Milestone](d.tx), of(m.Item), doc, 0
		if err := d.mustHang(m.Item); err != nil {
			return err
		}
		d.putMilestone(m)
	}
	for _, f := range a.Phases {
		all, err := everyPhase(d.tx, d.city, d.plan.ID)
		if err != nil {
			return err
		}
		for _, other := range all {
			f.Ordinal = max(f.Ordinal, other.Ordinal+1)
		}
		f.Document = doc
		d.putPhase(f)
	}
	return nil
}

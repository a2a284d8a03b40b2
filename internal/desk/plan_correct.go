package desk

import (
	"context"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// Heading is a draft's title and issuer.
type Heading struct{ Title, Issuer string }

// CorrectHeading corrects the title and issuer of a draft.
func (o *Office) CorrectHeading(ctx context.Context, cmd db.Cmd, p id.Plan, h Heading, seen Seen) error {
	return o.step(ctx, cmd.Of("plan.correct_heading", struct {
		Plan id.Plan
		Heading
	}{p, h}), p, func(d *drafting) error {
		stands, err := d.heading()
		if err != nil {
			return err
		}
		is, err := merged(d, seen, "plan", p.String(), stands, func(saw plan.Plan) plan.Plan {
			saw.Title, saw.Issuer = h.Title, h.Issuer
			return saw
		})
		if err != nil {
			return err
		}
		d.say("改方案名称和制定单位")
		d.headings.is[p] = is
		return plan.CheckHeading(*is)
	})
}

// CorrectItem corrects what was read about an item of a draft.
func (o *Office) CorrectItem(ctx context.Context, cmd db.Cmd, p id.Plan, i plan.Item, seen Seen) error {
	if err := plan.CheckItem(i); err != nil {
		return err
	}
	return o.step(ctx, cmd.Of("plan.correct_item", struct {
		Plan id.Plan
		Item plan.Item
	}{p, i}), p, func(d *drafting) error {
		stands, err := d.item(i.ID)
		if err != nil {
			return err
		}
		is, err := merged(d, seen, "item", i.ID.String(), stands, i.OnTo)
		if err != nil {
			return err
		}
		d.say("改任务 %s", is.Title)
		d.putItem(*is)
		return nil
	})
}

// CorrectTarget corrects a target of a draft; one without an id is added, and its
// quote must then stand in the document: at its span, or else in the item's words.
func (o *Office) CorrectTarget(ctx context.Context, cmd db.Cmd, p id.Plan, t plan.Target, seen Seen) (id.Target, error) {
	if err := plan.CheckTarget(t); err != nil {
		return 0, err
	}
	made := t.ID
	var found quoted
	if t.ID == 0 {
		found = o.findQuote(ctx, p, t.Item, Picked{t.Span, t.Quote})
	}
	err := o.step(ctx, cmd.Of("plan.correct_target", struct {
		Plan   id.Plan
		Target plan.Target
	}{p, t}, &made), p, func(d *drafting) error {
		item, err := d.item(t.Item)
		if err != nil {
			return err
		}
		if t.ID == 0 {
			if item == nil {
				return db.ErrNoRow
			}
			fresh := plan.Target{Item: item.ID}
			if fresh.Span, fresh.Quote, err = found.in(*item); err != nil {
				return err
			}
			made = db.NewID[id.Target](d.tx)
			fresh.ID = made
			d.say("添指标 %s", t.Indicator)
			d.putTarget(fresh.Corrected(t))
			return nil
		}
		stands, err := d.target(t.ID)
		if err != nil {
			return err
		}
		if stands != nil && stands.Item != t.Item {
			return db.ErrNoRow
		}
		is, err := merged(d, seen, "target", t.ID.String(), stands, t.OnTo)
		if err != nil {
			return err
		}
		d.say("改指标 %s", is.Indicator)
		d.putTarget(stands.Corrected(*is))
		return plan.CheckTarget(*is)
	})
	return made, err
}

// RemoveTarget says that what was read as a target is none.
func (o *Office) RemoveTarget(ctx context.Context, cmd db.Cmd, p id.Plan, i id.Item, t id.Target) error {
	return o.step(ctx, cmd.Of("plan.remove_target", []any{p, i, t}), p, func(d *drafting) error {
		stands, err := d.target(t)
		if err != nil || stands == nil {
			return err // it is gone already: nothing is left to do
		}
		if item, err := d.item(i); err != nil || item == nil || stands.Item != i {
			return errOr(err, db.ErrNoRow)
		}
		d.say("去掉指标 %s", stands.Indicator)
		d.targets.is[t] = nil
		return nil
	})
}

// CorrectMilestone corrects a milestone of a draft; one without an id is added, and
// the quote must then stand in the document: at its span, or else in the item's words.
func (o *Office) CorrectMilestone(ctx context.Context, cmd db.Cmd, p id.Plan, m plan.Milestone, quote string, seen Seen) (id.Milestone, error) {
	if err := plan.CheckMilestone(m); err != nil {
		return 0, err
	}
	made := m.ID
	var found quoted
	if m.ID == 0 {
		found = o.findQuote(ctx, p, m.Item, Picked{m.Span, quote})
	}
	err := o.step(ctx, cmd.Of("plan.correct_milestone", struct {
		Plan      id.Plan
		Milestone plan.Milestone
		Quote     string
	}{p, m, quote}, &made), p, func(d *drafting) error {
		item, err := d.item(m.Item)
		if err != nil {
			return err
		}
		if m.ID == 0 {
			if item == nil {
				return db.ErrNoRow
			}
			fresh := plan.Milestone{Item: item.ID}
			if fresh.Span, _, err = found.in(*item); err != nil {
				return err
			}
			made = db.NewID[id.Milestone](d.tx)
			fresh.ID = made
			d.say("添节点 %s", m.Title)
			d.putMilestone(fresh.Corrected(m))
			return nil
		}
		stands, err := d.milestone(m.ID)
		if err != nil {
			return err
		}
		if stands != nil && stands.Item != m.Item {
			return db.ErrNoRow
		}
		is, err := merged(d, seen, "milestone", m.ID.String(), stands, m.OnTo)
		if err != nil {
			return err
		}
		d.say("改节点 %s", is.Title)
		d.putMilestone(stands.Corrected(*is))
		return plan.CheckMilestone(*is)
	})
	return made, err
}

// RemoveMilestone says that what was read as a milestone is none.
func (o *Office) RemoveMilestone(ctx context.Context, cmd db.Cmd, p id.Plan, i id.Item, m id.Milestone) error {
	return o.step(ctx, cmd.Of("plan.remove_milestone", []any{p, i, m}), p, func(d *drafting) error {
		stands, err := d.milestone(m)
		if err != nil || stands == nil {
			return err
		}
		if item, err := d.item(i); err != nil || item == nil || stands.Item != i {
			return errOr(err, db.ErrNoRow)
		}
		d.say("去掉节点 %s", stands.Title)
		d.milestones.is[m] = nil
		return nil
	})
}

// CorrectPhase corrects the name and days of a phase of a draft.
func (o *Office) CorrectPhase(ctx context.Context, cmd db.Cmd, p id.Plan, f plan.Phase, seen Seen) error {
	if err := plan.CheckPhase(f); err != nil {
		return err
	}
	return o.step(ctx, cmd.Of("plan.correct_phase", struct {
		Plan  id.Plan
		Phase plan.Phase
	}{p, f}), p, func(d *drafting) error {
		stands, err := d.phase(f.Ordinal)
		if err != nil {
			return err
		}
		is, err := merged(d, seen, "phase", ordinal(f.Ordinal).String(), stands, func(saw plan.Phase) plan.Phase {
			saw.Name, saw.First, saw.Last = f.Name, f.First, f.Last
			return saw
		})
		if err != nil {
			return err
		}
		d.say("改阶段 %s", is.Name)
		d.putPhase(*is)
		return plan.CheckPhase(*is)
	})
}

func errOr(err error, otherwise *fault.Fault) error {
	if err != nil {
		return err
	}
	return otherwise
}

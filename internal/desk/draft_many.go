package desk

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// Many is what is set for many items at once; nil leaves it as it is.
type Many struct {
	Lead, Cooperating, Responsible *string
	Period                         *plan.Period
	Project                        *bool
	AddTags                        []string
	Due                            calendar.Day // of the promises that have no day yet; empty leaves them
	DueOfAll                       bool         // and of those that have one
}

// SetItems sets owners, days, periods and marks of many items of a draft at once. An
// item without any promise gets a milestone where a day is set.
func (o *Office) SetItems(ctx context.Context, cmd db.Cmd, p id.Plan, which []id.Item, m Many) error {
	return o.step(ctx, cmd.Of("plan.set_items", []any{p, which, m}), p, func(d *drafting) error {
		items, err := d.chosen(which)
		if err != nil {
			return err
		}
		for _, i := range items {
			i = m.of(i)
			if err := plan.CheckItem(i); err != nil {
				return err
			}
			d.putItem(i)
		}
		d.say("一起改 %s", titlesOf(items))
		if m.Due == "" {
			return nil
		}
		return d.setDue(items, m)
	})
}

func (m Many) of(i plan.Item) plan.Item {
	for field, value := range map[*string]*string{&i.Lead: m.Lead, &i.Cooperating: m.Cooperating, &i.Responsible: m.Responsible} {
		if value != nil {
			*field = *value
		}
	}
	if m.Period != nil {
		i.Period = *m.Period
	}
	if m.Project != nil {
		i.Project = *m.Project
	}
	for _, tag := range m.AddTags {
		if !slices.Contains(i.Tags, tag) {
			i.Tags = append(slices.Clip(i.Tags), tag)
		}
	}
	return i
}

func (d *drafting) setDue(items []plan.Item, m Many) error {
	of := map[id.Item]bool{}
	for _, i := range items {
		of[i.ID] = true
	}
	hanging, err := d.promisesOf(of)
	if err != nil {
		return err
	}
	promised := map[id.Item]bool{}
	for _, t := range hanging.targets {
		promised[t.Item] = true
		if t.Deadline == "" || m.DueOfAll {
			is := t
			is.Deadline = m.Due
			if err := plan.CheckTarget(is); err != nil {
				return err
			}
			d.putTarget(t.Corrected(is))
		}
	}
	for _, stone := range hanging.milestones {
		promised[stone.Item] = true
		if m.DueOfAll {
			is := stone
			is.Due = m.Due
			d.putMilestone(stone.Corrected(is))
		}
	}
	for _, i := range items {
		if promised[i.ID] {
			continue
		}
		words, err := d.wordsOf(i)
		if err != nil {
			return err
		}
		d.putMilestone(plan.Milestone{ID: db.NewID[id.Milestone](d.tx), Item: i.ID, Title: i.Title, Due: m.Due, Hardness: "hard", Span: words})
	}
	return nil
}

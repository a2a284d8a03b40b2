package desk

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

var (
	errNothingTicked = fault.New(fault.Invalid, "一处也没有勾，什么都没有存。")
	errStillWorked   = fault.New(fault.Conflict, "您打开这张表以后，%s改过您要去掉的“%s”。您勾的还在下面，再存一次就去掉。")
	errManyTables    = fault.New(fault.Invalid, "这些行是从太多次导出的表里拼起来的，分不清。请重新导出一张，在那一张上改。")
)

// mostTables is how many exports the rows of one table may be put together from.
const mostTables = 20

// TableChanges compares a task table that came back with the draft of a plan, and gives
// what differs between what it said when it was exported and what it says.
func (o *Office) TableChanges(ctx context.Context, who Who, p id.Plan, edited plan.EditedTable) (r Review, changes []plan.TableChange, err error) {
	if r, err = o.Plan(ctx, who, p); err != nil {
		return r, nil, err
	}
	source, columns := r.Source(), r.Columns()
	wanted := map[int64]bool{}
	for _, step := range append([]int64{edited.Step}, stepsOf(edited)...) {
		if step >= 0 && step < r.LastStep {
			wanted[step] = true
		}
	}
	if len(wanted) > mostTables {
		return r, nil, errManyTables
	}
	before := map[int64]plan.TableState{}
	err = o.db.Read(ctx, func(v *db.View) error {
		for step := range wanted {
			later, err := stepsAfter(v, o.city, p, step)
			if err != nil {
				return err
			}
			var edits []plan.Edit
			for _, s := range later {
				if s.Seq <= r.LastStep {
					edits = append(edits, s.Edits...)
				}
			}
			before[step] = r.Draft.Before(edits).TableState(source, columns, step)
		}
		return nil
	})
	if err != nil {
		return r, nil, err
	}
	changes, err = plan.Changes(edited, r.Draft.TableState(source, columns, r.LastStep), before, []rune(r.Text))
	return r, changes, err
}

func stepsOf(edited plan.EditedTable) (steps []int64) {
	for _, row := range edited.Rows {
		steps = append(steps, row.Step)
	}
	return steps
}

// ImportTable takes differences of a task table over into a draft, as one step.
func (o *Office) ImportTable(ctx context.Context, cmd db.Cmd, p id.Plan, changes []plan.TableChange, seen Seen) error {
	told := make([][2]string, len(changes))
	for k, c := range changes {
		told[k] = [2]string{c.Name, c.Told}
	}
	return o.step(ctx, cmd.Of("plan.import_table", []any{p, told}), p, func(d *drafting) error {
		if len(changes) == 0 {
			return errNothingTicked
		}
		d.say("导入任务分解表，改了 %s 处", strconv.Itoa(len(changes)))
		for _, e := range together(changes) {
			if err := d.importRow(e, seen); err != nil {
				return err
			}
		}
		return nil
	})
}

// together joins the edits of one item, so that each record is written once.
func together(changes []plan.TableChange) (out []plan.TableEdit) {
	at := map[id.Item]int{}
	for _, c := range changes {
		k, known := at[c.Edit.Item]
		if c.Edit.Added != nil || !known {
			at[c.Edit.Item] = len(out)
			out = append(out, c.Edit)
			continue
		}
		out[k] = out[k].And(c.Edit)
	}
	return out
}

func (d *drafting) importRow(e plan.TableEdit, seen Seen) error {
	if e.Added != nil {
		made, err := d.addItem(e.Words, *e.Added)
		if err != nil || e.Due == "" {
			return err
		}
		return d.setDue([]plan.Item{made}, Many{Due: e.Due})
	}
	stands, err := d.item(e.Item)
	if err != nil {
		return err
	}
	if e.Drop {
		if stands == nil {
			return nil // it is gone already
		}
		if err := d.leftAlone(seen, "item", e.Item.String(), stands.Title); err != nil {
			return err
		}
		return d.dropItems([]plan.Item{*stands})
	}
	is, err := merged(d, seen, "item", e.Item.String(), stands, func(saw plan.Item) plan.Item {
		if e.EditItem != nil {
			saw = e.EditItem(saw)
		}
		return saw
	})
	if err != nil {
		return err
	}
	if err := plan.CheckItem(*is); err != nil {
		return err
	}
	d.putItem(*is)
	if err := d.importPromises(e, seen); err != nil || e.Due == "" {
		return err
	}
	return d.setDue([]plan.Item{*is}, Many{Due: e.Due})
}

// leftAlone refuses to take a record away that others changed since the person was
// last told of what they do.
func (d *drafting) leftAlone(seen Seen, noun, key, name string) error {
	if seen.Saw < 0 {
		return nil
	}
	later, err := stepsAfter(d.tx, d.city, d.plan.ID, seen.Told)
	if err != nil {
		return err
	}
	for _, s := range later {
		if s.By != d.tx.Cmd().Account && slices.ContainsFunc(s.Edits, func(e plan.Edit) bool { return e.Noun == noun && e.Key == key }) {
			return d.told(errStillWorked, s.By, name)
		}
	}
	return nil
}

// importPromises edits the promises of an item, and takes off those without an edit.
func (d *drafting) importPromises(e plan.TableEdit, seen Seen) error {
	for _, t := range slices.Sorted(maps.Keys(e.Targets)) {
		edit := e.Targets[t]
		stands, err := d.target(t)
		if err != nil {
			return err
		}
		if edit == nil && stands == nil {
			continue
		}
		is, err := merged(d, seen, "target", t.String(), stands, func(saw plan.Target) plan.Target {
			if edit != nil {
				saw = edit(saw)
			}
			return saw
		})
		if err != nil {
			return err
		}
		if edit == nil {
			if err := d.leftAlone(seen, "target", t.String(), stands.Indicator); err != nil {
				return err
			}
			d.targets.is[t] = nil
			continue
		}
		if err := plan.CheckTarget(*is); err != nil {
			return err
		}
		d.putTarget(stands.Corrected(*is))
	}
	for _, m := range slices.Sorted(maps.Keys(e.Milestones)) {
		edit := e.Milestones[m]
		stands, err := d.milestone(m)
		if err != nil {
			return err
		}
		if edit == nil && stands == nil {
			continue
		}
		is, err := merged(d, seen, "milestone", m.String(), stands, func(saw plan.Milestone) plan.Milestone {
			if edit != nil {
				saw = edit(saw)
			}
			return saw
		})
		if err != nil {
			return err
		}
		if edit == nil {
			if err := d.leftAlone(seen, "milestone", m.String(), stands.Title); err != nil {
				return err
			}
			d.milestones.is[m] = nil
			continue
		}
		if err := plan.CheckMilestone(*is); err != nil {
			return err
		}
		d.putMilestone(stands.Corrected(*is))
	}
	return nil
}

package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// Amending gives the office as it changes plans in force for a reason: each act that
// corrects a draft then makes an erratum (勘误) or a re-plan (调整) of a plan in force,
// and nothing is overwritten or taken away.
func (o *Office) Amending(why plan.Reason) *Office {
	amends := *o
	amends.why = &why
	return &amends
}

// amend does one amendment of a plan in force, with its entries.
func (o *Office) amend(ctx context.Context, cmd db.Cmd, p id.Plan, why plan.Reason, f func(d *drafting) error) error {
	return o.write(ctx, cmd.With(why), "plan.amend", func(tx *db.Tx) error {
		d, err := o.drafting(tx, p)
		if err != nil {
			return err
		}
		if err := plan.CheckAmendable(d.plan); err != nil {
			return err
		}
		if err := plan.CheckReason(why, tx.Today()); err != nil {
			return err
		}
		d.why = &why
		if err := f(d); err != nil {
			return err
		}
		return d.keepAmended()
	})
}

// keepAmended writes what an amendment has touched, its row and its entries.
func (d *drafting) keepAmended() error {
	if d.touchesEnded() {
		return plan.ErrEnded
	}
	d.endGone()
	unchanged(&d.items, "item")
	unchanged(&d.targets, "target")
	unchanged(&d.milestones, "milestone")
	d.revise()
	k := d.gather()
	if err := d.why.CheckEdits(k.edits); err != nil {
		return err
	}
	if err := d.write(k); err != nil {
		return err
	}
	if err := d.saveStep(k.edits, stepAmend, 0); err != nil {
		return err
	}
	last, err := lastChange(d.tx, d.city, d.plan.ID)
	if err != nil {
		return err
	}
	cmd := d.tx.Cmd()
	a := plan.Amendment{Version: max(1, last) + 1, Reason: *d.why, At: d.tx.Now(), By: cmd.Account, Post: cmd.Actor, Parts: d.parts(k.edits)}
	if err := saveChange(d.tx, d.city, d.plan.ID, a); err != nil {
		return err
	}
	is := plan.Amended{Plan: d.plan, Items: k.items, Targets: k.targets, Milestones: k.milestones, Phases: k.phases, Questions: k.questions}
	if len(k.plans) > 0 {
		is.Plan, is.Restated = k.plans[0], true
	}
	d.tx.Append(plan.AmendmentEntries(a, is)...)
	if err := d.keepMore(); err != nil {
		return err
	}
	return d.tx.Later(JobCheckpoint, int64(d.plan.ID))
}

// touchesEnded reports that a record was changed that stood no more and still does not.
func (d *drafting) touchesEnded() bool {
	return touchesEnded(&d.items, func(i *plan.Item) plan.Standing { return i.Standing }) ||
		touchesEnded(&d.targets, func(t *plan.Target) plan.Standing { return t.Standing }) ||
		touchesEnded(&d.milestones, func(m *plan.Milestone) plan.Standing { return m.Standing })
}

func touchesEnded[K interface {
	comparable
	String() string
}, T any](all *touched[K, T], of func(*T) plan.Standing) bool {
	for _, k := range all.order {
		was, is := all.was[k], all.is[k]
		if was == nil || of(was) == plan.Stands || is != nil && of(is) == plan.Stands {
			continue
		}
		if _, differs := plan.EditOf("", k.String(), was, is); differs {
			return true
		}
	}
	return false
}

// endGone makes of records that are to go ones that no longer stand. Questions stay:
// they were asked.
func (d *drafting) endGone() {
	ending := d.why.Ending()
	end(&d.items, func(i *plan.Item) { i.Standing = ending })
	end(&d.targets, func(t *plan.Target) { t.Standing = ending })
	end(&d.milestones, func(m *plan.Milestone) { m.Standing = ending })
	end(&d.phases, func(f *plan.Phase) { f.Standing = ending })
	end(&d.questions, func(*plan.Question) {})
}

func end[K interface {
	comparable
	String() string
}, T any](all *touched[K, T], ended func(*T)) {
	for _, k := range all.order {
		if was := all.was[k]; was != nil && all.is[k] == nil {
			is := *was
			ended(&is)
			all.is[k] = &is
		}
	}
}

// unchanged leaves as it stood what differs in nothing but doubts and derivations,
// which a form that is sent as it was takes off.
func unchanged[K interface {
	comparable
	String() string
}, T any](all *touched[K, T], noun string) {
	for _, k := range all.order {
		e, _ := plan.EditOf(noun, k.String(), all.was[k], all.is[k])
		if e = e.Shown(); len(e.Was)+len(e.Is) == 0 {
			all.is[k] = all.was[k]
		}
	}
}

// revise gives each target and milestone that differs its next revision.
func (d *drafting) revise() {
	for _, k := range d.targets.order {
		if _, differs := plan.EditOf("target", k.String(), d.targets.was[k], d.targets.is[k]); differs {
			is := *d.targets.is[k]
			is.Revision++
			d.targets.is[k] = &is
		}
	}
	for _, k := range d.milestones.order {
		if _, differs := plan.EditOf("milestone", k.String(), d.milestones.was[k], d.milestones.is[k]); differs {
			is := *d.milestones.is[k]
			is.Revision++
			d.milestones.is[k] = &is
		}
	}
}

// parts sorts edits by the item that they belong to, those of the plan itself first.
func (d *drafting) parts(edits []plan.Edit) (out []plan.AmendmentPart) {
	of := map[id.Item][]plan.Edit{}
	for _, e := range edits {
		i := d.itemOf(e)
		of[i] = append(of[i], e.Shown())
	}
	for _, i := range slices.SortedFunc(maps.Keys(of), func(a, b id.Item) int { return cmp.Compare(a, b) }) {
		out = append(out, plan.AmendmentPart{Item: i, Edits: of[i]})
	}
	return out
}

// itemOf is the item that an edit belongs to, or 0.
func (d *drafting) itemOf(e plan.Edit) id.Item {
	switch e.Noun {
	case "item":
		if i, err := id.Of[id.Item](e.Key); err == nil {
			return i
		}
	case "target":
		if t, err := id.Of[id.Target](e.Key); err == nil && d.targets.is[t] != nil {
			return d.targets.is[t].Item
		}
	case "milestone":
		if m, err := id.Of[id.Milestone](e.Key); err == nil && d.milestones.is[m] != nil {
			return d.milestones.is[m].Item
		}
	case "question":
		if q, err := id.Of[id.Question](e.Key); err == nil && d.questions.is[q] != nil {
			return d.questions.is[q].Item
		}
	}
	return 0
}

// RestoreItem lets an item stand again that was withdrawn or cancelled, with the
// promises that went with it.
func (o *Office) RestoreItem(ctx context.Context, cmd db.Cmd, p id.Plan, i id.Item) error {
	return o.restore(ctx, cmd.Of("plan.restore_item", []any{p, i}), p, func(d *drafting) error {
		stands, err := d.item(i)
		if err != nil || stands == nil {
			return errOr(err, db.ErrNoRow)
		}
		all, err := loadChanges(d.tx, d.city, p)
		if err != nil {
			return err
		}
		stands.Standing = plan.Stands
		d.putItem(*stands)
		for _, e := range endedWith(all, i) {
			if err := d.restoreOf(e); err != nil {
				return err
			}
		}
		d.say("恢复任务 %s", stands.Title)
		return nil
	})
}

// endedWith are the edits of the last amendment by which an item ended.
func endedWith(all []plan.Amendment, i id.Item) []plan.Edit {
	for _, a := range slices.Backward(all) {
		edits, touched := a.About(i)
		if touched && slices.ContainsFunc(edits, func(e plan.Edit) bool {
			return e.Noun == "item" && e.Was.Said("Standing") == "" && e.Is.Said("Standing") != ""
		}) {
			return edits
		}
	}
	return nil
}

// restoreOf lets the promise of an edit stand again by which it ended.
func (d *drafting) restoreOf(e plan.Edit) error {
	if e.Was.Said("Standing") != "" || e.Is.Said("Standing") == "" {
		return nil
	}
	switch e.Noun {
	case "target":
		t, err := id.Of[id.Target](e.Key)
		if err != nil {
			return err
		}
		return d.restoreTarget(t)
	case "milestone":
		m, err := id.Of[id.Milestone](e.Key)
		if err != nil {
			return err
		}
		return d.restoreMilestone(m)
	}
	return nil
}

// mustHang refuses a promise whose item does not stand.
func (d *drafting) mustHang(i id.Item) error {
	item, err := d.item(i)
	if err != nil || item == nil || item.Standing != plan.Stands {
		return errOr(err, errItemEnded)
	}
	return nil
}

var errItemEnded = fault.New(fault.Conflict, "它所属的任务已经去掉或取消了，请先恢复那条任务。")

func (d *drafting) restoreTarget(t id.Target) error {
	stands, err := d.target(t)
	if err != nil || stands == nil {
		return errOr(err, db.ErrNoRow)
	}
	if err := d.mustHang(stands.Item); err != nil {
		return err
	}
	stands.Standing = plan.Stands
	d.say("恢复指标 %s", stands.Indicator)
	d.putTarget(*stands)
	return nil
}

func (d *drafting) restoreMilestone(m id.Milestone) error {
	stands, err := d.milestone(m)
	if err != nil || stands == nil {
		return errOr(err, db.ErrNoRow)
	}
	if err := d.mustHang(stands.Item); err != nil {
		return err
	}
	stands.Standing = plan.Stands
	d.say("恢复节点 %s", stands.Title)
	d.putMilestone(*stands)
	return nil
}

// RestoreTarget lets a target stand again that was withdrawn or cancelled.
func (o *Office) RestoreTarget(ctx context.Context, cmd db.Cmd, p id.Plan, t id.Target) error {
	return o.restore(ctx, cmd.Of("plan.restore_target", []any{p, t}), p, func(d *drafting) error { return d.restoreTarget(t) })
}

// RestoreMilestone lets a milestone stand again that was withdrawn or cancelled.
func (o *Office) RestoreMilestone(ctx context.Context, cmd db.Cmd, p id.Plan, m id.Milestone) error {
	return o.restore(ctx, cmd.Of("plan.restore_milestone", []any{p, m}), p, func(d *drafting) error { return d.restoreMilestone(m) })
}

// restore is an amendment: a draft has nothing to restore but by undoing.
func (o *Office) restore(ctx context.Context, cmd db.Cmd, p id.Plan, f func(d *drafting) error) error {
	if o.why == nil {
		return plan.ErrUnreasoned
	}
	return o.amend(ctx, cmd, p, *o.why, f)
}

// Changed tells by version who amended a plan: unit · post, and the name where the
// account is still open.
func (o *Office) Changed(ctx context.Context, who Who, r Review) (by map[int]string, err error) {
	if !May("plan.read", who.Roles) {
		return nil, MayNot("plan.read")
	}
	by = map[int]string{}
	err = o.db.Read(ctx, func(v *db.View) error {
		posts, err := postsOf(v, o.city, r.Amendments)
		if err != nil {
			return err
		}
		for _, a := range r.Amendments {
			person, err := loadPerson(v, o.city, a.By)
			if err != nil {
				return err
			}
			by[a.Version] = strings.TrimSpace(posts[a.Post] + " " + person.Name)
		}
		return nil
	})
	return by, err
}

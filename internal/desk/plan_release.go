package desk

import (
	"context"
	"errors"
	"slices"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

// Publish (公开) makes a plan in force public with the chosen items and kinds of
// fields, or more of one that is public already. It takes another account than the
// one that took the plan into force, and a note of the 公开保密审查, which
// 《政府信息公开条例》第十七条 and 《保守国家秘密法》 ask for before anything is made public.
func (o *Office) Publish(ctx context.Context, cmd db.Cmd, p id.Plan, r plan.Release, review plan.SecrecyReview) error {
	return o.releasing(ctx, cmd.Of("plan.publish", []any{p, r, review}), p, func(tx *db.Tx) error {
		if err := review.Check(tx.Today()); err != nil {
			return err
		}
		s, err := o.published(tx, cmd.Account, p, r)
		if err != nil {
			return err
		}
		ids := make([]id.Item, len(s.items))
		for i := range s.items {
			s.items[i].Released = true
			ids[i] = s.items[i].ID
		}
		if err := errors.Join(savePlan(tx, o.city, s.plan), saveKeeping(tx, o.city, p, s.keeping), saveItems(tx, o.city, s.items),
			saveFields(tx, o.city, p, s.kinds, true), releaseEditions(tx, o.city, p), setWithdrawn(tx, o.city, p, ids, s.whole, ""), dropPreviews(tx, o.city, p)); err != nil {
			return err
		}
		tx.Append(plan.PublishEntries(s.plan, ids, s.kinds, s.whole, review, s.keeping, tx.Today())...)
		return saveAct(tx, o.city, p, ReleaseAct{Act: actPublish, Items: len(ids), Kinds: s.kinds, Review: review})
	})
}

// releasing does an act that changes what is public, and lets pages made before go.
func (o *Office) releasing(ctx context.Context, cmd db.Cmd, p id.Plan, f func(tx *db.Tx) error) error {
	err := o.write(ctx, cmd, "plan.publish", func(tx *db.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return tx.Later(JobCheckpoint, int64(p))
	})
	if o.Forget != nil {
		o.Forget()
	}
	return err
}

// release is what a plan would become by making more of it public.
type release struct {
	plan    plan.Plan
	whole   bool
	items   []plan.Item // chosen ones that are not public yet
	kinds   []plan.FieldKind
	keeping plan.Keeping

	editions int // documents issued anew that become public with it
}

// unreleased counts the documents that say something anew which is not public.
func unreleased(all []plan.Edition) (n int) {
	for _, e := range all {
		if e.Adopted && !e.Released {
			n++
		}
	}
	return n
}

var errNotItsItem = fault.New(fault.Invalid, "勾上的任务里，有的不是这个方案的。请刷新页面再勾。").In("items")

// published finds what a release makes of a plan, or what keeps it from being done.
func (o *Office) published(q db.Querier, by id.Account, p id.Plan, r plan.Release) (s release, err error) {
	stands, err := loadPlan(q, o.city, p)
	if err != nil {
		return s, err
	}
	if stands.State == plan.InForce && by == stands.TakenBy {
		other, err := otherPublisher(q, o.city, by)
		if err == nil && !other {
			err = plan.ErrNobodyElse
		}
		return s, errOr(err, plan.ErrSamePerson)
	}
	if err := r.Check(); err != nil {
		return s, err
	}
	all, err := everyItem(q, o.city, p)
	if err != nil {
		return s, err
	}
	if s.items, err = picked(all, r.Items, false); err != nil {
		return s, err
	}
	fields, err := loadFields(q, o.city, stands)
	if err != nil {
		return s, err
	}
	for _, k := range r.Kinds {
		if !fields.released(k) {
			s.kinds = append(s.kinds, k)
		}
	}
	editions, err := loadPublicEditions(q, o.city, p)
	if err != nil {
		return s, err
	}
	s.editions = unreleased(editions)
	if len(r.Items)+len(r.Kinds)+s.editions == 0 {
		return s, plan.ErrNothingChosen
	}
	s.whole = !stands.Released
	if s.plan, err = plan.Publish(stands, len(s.items), len(s.kinds)+s.editions, by, o.Today()); err != nil {
		return s, err
	}
	s.kinds = append(s.kinds, fields.implied()...) // from now on it stands in black and white
	found, err := keptWords(q, o.city, stands)
	if err != nil {
		return s, err
	}
	s.keeping = r.Keep(fields.keeping.With(found))
	if !slices.Contains(s.kinds, plan.Originals) && !fields.released(plan.Originals) {
		return s, nil
	}
	shown := map[id.Item]bool{}
	for _, i := range all {
		shown[i.ID] = i.Released
	}
	for _, i := range s.items {
		shown[i.ID] = true
	}
	open := func(k plan.FieldKind) bool { return fields.released(k) || slices.Contains(s.kinds, k) }
	look := planSight{plan: p, withheld: map[id.Document][]document.Range{}, items: shown, mask: plan.NewMask(s.keeping, !open(plan.PersonNames), !open(plan.Telephones))}
	if hidden, err := look.hidden(q, o.city, stands.Document); err != nil || len(hidden) > 0 {
		return s, errors.Join(err, plan.ErrOriginalHolds)
	}
	return s, nil
}

// picked gives those of the chosen items that are public, or are not.
func picked(all []plan.Item, chosen []id.Item, released bool) (items []plan.Item, err error) {
	wanted := map[id.Item]bool{}
	for _, c := range chosen {
		wanted[c] = true
	}
	for _, i := range all {
		if wanted[i.ID] && i.Released == released {
			items = append(items, i)
		}
		delete(wanted, i.ID)
	}
	if len(wanted) > 0 {
		return nil, errNotItsItem
	}
	return items, nil
}

// findKept finds the names and telephone numbers in a plan.
func findKept(text string, items []plan.Item) (k plan.Keeping) {
	add := func(words string) {
		runes := []rune(words)
		for _, n := range plan.NamesIn(runes) {
			if !slices.Contains(k.Names, n) {
				k.Names = append(k.Names, n)
			}
		}
		for _, n := range plan.TelephonesIn(runes) {
			if !slices.Contains(k.Telephones, n) {
				k.Telephones = append(k.Telephones, n)
			}
		}
	}
	add(text)
	for _, i := range items {
		add(i.Title)
		add("责任人：" + i.Responsible)
		add(i.Lead)
		add(i.Cooperating)
	}
	return k
}

// Withdraw (撤回公开) takes back what is public: a plan, or some of its items and kinds of fields.
func (o *Office) Withdraw(ctx context.Context, cmd db.Cmd, p id.Plan, w plan.Withdrawal) error {
	return o.releasing(ctx, cmd.Of("plan.withdraw", []any{p, w}), p, func(tx *db.Tx) error {
		stands, err := loadPlan(tx, o.city, p)
		if err != nil {
			return err
		}
		all, err := everyItem(tx, o.city, p) // one that was cancelled is still to be seen
		if err != nil {
			return err
		}
		fields, err := loadFields(tx, o.city, stands)
		if err != nil {
			return err
		}
		items, kinds, err := withdrawn(tx, o.city, p, all, fields, w)
		if err != nil {
			return err
		}
		after, err := plan.Withdraw(stands, w, len(items), len(kinds))
		if err != nil {
			return err
		}
		ids := make([]id.Item, len(items))
		for i := range items {
			items[i].Released = false
			ids[i] = items[i].ID
		}
		stay := slices.DeleteFunc(fields.implied(), func(k plan.FieldKind) bool { return w.Whole || slices.Contains(kinds, k) })
		if err := errors.Join(savePlan(tx, o.city, after), saveItems(tx, o.city, items), saveFields(tx, o.city, p, kinds, false), saveFields(tx, o.city, p, stay, true),
			setWithdrawn(tx, o.city, p, ids, w.Whole, tx.Today()), dropPreviews(tx, o.city, p)); err != nil {
			return err
		}
		if len(fields.implied()) > 0 && !w.Whole {
			if err := saveKeeping(tx, o.city, p, plan.Keeping{}); err != nil {
				return err
			}
		}
		tx.Append(plan.WithdrawEntries(after, w, ids, kinds, stay, tx.Today())...)
		return saveAct(tx, o.city, p, ReleaseAct{Act: actWithdraw, Whole: w.Whole, Items: len(ids), Kinds: kinds, Why: w.Why})
	})
}

// withdrawn finds which items and kinds a withdrawal takes back. The whole plan takes
// all that stands in no other public plan; whatever is hidden in the document
// takes the original file with it, which holds it.
func withdrawn(q db.Querier, city int64, p id.Plan, all []plan.Item, fields fieldStates, w plan.Withdrawal) (items []plan.Item, kinds []plan.FieldKind, err error) {
	chosen := w.Items
	if w.Whole {
		shared, err := itemsElsewhere(q, city, p)
		if err != nil {
			return nil, nil, err
		}
		chosen = nil
		for _, i := range all {
			if !slices.Contains(shared, i.ID) {
				chosen = append(chosen, i.ID)
			}
		}
	}
	if items, err = picked(all, chosen, true); err != nil {
		return nil, nil, err
	}
	hides := len(items) > 0
	for _, rule := range plan.FieldKinds {
		k := rule.Kind
		switch asked := slices.Contains(w.Kinds, k); {
		case !fields.released(k) || w.Whole && !fields.set(k):
		case w.Whole || asked || k == plan.Originals && hides:
			kinds = append(kinds, k)
			hides = true
		}
	}
	return items, kinds, nil
}

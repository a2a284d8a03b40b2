package desk

import (
	"context"
	"slices"
	"strings"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/plan"
)

var (
	errNoneChosen = fault.New(fault.Invalid, "还没有勾任务。请先勾上要改的。").In("items")
	errJoinTwo    = fault.New(fault.Invalid, "合并要勾两条或更多。").In("items")
)

// chosen gives items of the draft by their identifiers, in the order of the plan.
func (d *drafting) chosen(which []id.Item) ([]plan.Item, error) {
	var out []plan.Item
	seen := map[id.Item]bool{}
	for _, i := range which {
		item, err := d.item(i)
		if err != nil {
			return nil, err
		}
		if item == nil {
			return nil, db.ErrNoRow
		}
		if !seen[i] {
			out = append(out, *item)
		}
		seen[i] = true
	}
	if len(out) == 0 {
		return nil, errNoneChosen
	}
	slices.SortFunc(out, func(a, b plan.Item) int { return int(max(-1, min(1, a.Rank-b.Rank))) })
	return out, nil
}

// wordsOf is what an item stands for in its document.
func (d *drafting) wordsOf(i plan.Item) (document.Span, error) {
	if i.Node == 0 {
		return i.Span, nil
	}
	node, err := loadNodeSpan(d.tx, d.city, i.Document, i.Node)
	return i.WordsIn(node), err
}

// SplitItem parts an item of a draft before a quote of its words. What hangs on the
// item goes with the words in which it stands.
func (o *Office) SplitItem(ctx context.Context, cmd db.Cmd, p id.Plan, i id.Item, from Picked, title string) (id.Item, error) {
	if o.why != nil {
		return 0, plan.ErrOnlyDraft
	}
	var made id.Item
	err := o.step(ctx, cmd.Of("plan.split_item", []any{p, i, from, title}, &made), p, func(d *drafting) error {
		item, err := d.item(i)
		if err != nil || item == nil {
			return errOr(err, db.ErrNoRow)
		}
		words, err := d.wordsOf(*item)
		if err != nil {
			return err
		}
		next, err := d.rankAfter(*item)
		if err != nil {
			return err
		}
		made = db.NewID[id.Item](d.tx)
		first, rest, err := plan.Split(*item, words, from.Span.Start(), title, made)
		if err != nil {
			return err
		}
		rest.Rank = next
		d.putItem(first)
		d.putItem(rest)
		hanging, err := d.promisesOf(map[id.Item]bool{i: true})
		if err != nil {
			return err
		}
		d.say("把 %s 分成两条", item.Title)
		d.moveTo(made, hanging, func(s document.Span) bool { return plan.Later(s, from.Span.Start()) })
		return nil
	})
	return made, err
}

// moveTo hangs on an item those of the promises whose words are asked for.
func (d *drafting) moveTo(i id.Item, all promises, wanted func(document.Span) bool) {
	for _, t := range all.targets {
		if wanted(t.Span) {
			t.Item = i
			d.putTarget(t)
		}
	}
	for _, m := range all.milestones {
		if wanted(m.Span) {
			m.Item = i
			d.putMilestone(m)
		}
	}
	for _, q := range all.questions {
		if wanted(q.Span) {
			q.Item = i
			d.putQuestion(q)
		}
	}
}

// rankAfter is a place right behind an item. Where there is no room left all items
// are put in their places anew.
func (d *drafting) rankAfter(i plan.Item) (int64, error) {
	ranks, err := d.ranksAfter(i.ID, nil, 1)
	if err != nil {
		return 0, err
	}
	return ranks[0], nil
}

// ranksAfter gives n places behind an item (0: before all), among those that are not
// being moved themselves.
func (d *drafting) ranksAfter(after id.Item, moving map[id.Item]bool, n int) ([]int64, error) {
	all, err := loadItems(d.tx, d.city, d.plan.ID)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(i plan.Item) bool { return moving[i.ID] })
	place := slices.IndexFunc(all, func(i plan.Item) bool { return i.ID == after })
	before, next := int64(0), int64(0)
	if place >= 0 {
		before = all[place].Rank
	}
	if place+1 < len(all) {
		next = all[place+1].Rank
	}
	if ranks, fits := plan.RanksBetween(before, next, n); fits {
		return ranks, nil
	}
	at := int64(1)
	var ranks []int64
	for k := -1; k < len(all); k++ {
		if k >= 0 {
			item, err := d.item(all[k].ID)
			if err != nil || item == nil {
				return nil, errOr(err, db.ErrNoRow)
			}
			item.Rank = at * plan.RankStep
			d.putItem(*item)
			at++
		}
		for range n {
			if k == place {
				ranks = append(ranks, at*plan.RankStep)
				at++
			}
		}
	}
	return ranks, nil
}

// JoinItems makes one item of several of a draft: the first of them, on which then
// hangs what hung on all.
func (o *Office) JoinItems(ctx context.Context, cmd db.Cmd, p id.Plan, which []id.Item) error {
	if o.why != nil {
		return plan.ErrOnlyDraft
	}
	return o.step(ctx, cmd.Of("plan.join_items", []any{p, which}), p, func(d *drafting) error {
		items, err := d.chosen(which)
		if err != nil {
			return err
		}
		if len(items) < 2 {
			return errJoinTwo
		}
		words := make([]document.Span, len(items))
		others := map[id.Item]bool{}
		for k, i := range items {
			if words[k], err = d.wordsOf(i); err != nil {
				return err
			}
			if k > 0 {
				others[i.ID] = true
			}
		}
		hanging, err := d.promisesOf(others)
		if err != nil {
			return err
		}
		d.say("把 %s 等合并成一条", items[0].Title)
		d.moveTo(items[0].ID, hanging, func(document.Span) bool { return true })
		d.putItem(plan.JoinItems(items, words))
		for i := range others {
			d.items.is[i] = nil
		}
		return nil
	})
}

// DropItems takes items off a draft, with what hangs on them: their words are no duty.
func (o *Office) DropItems(ctx context.Context, cmd db.Cmd, p id.Plan, which []id.Item) error {
	return o.step(ctx, cmd.Of("plan.drop_items", []any{p, which}), p, func(d *drafting) error {
		items, err := d.chosen(which)
		if err != nil {
			return err
		}
		if err := d.dropItems(items); err != nil {
			return err
		}
		d.say("去掉任务 %s", titlesOf(items))
		return nil
	})
}

// dropItems takes items away with what hangs on them.
func (d *drafting) dropItems(items []plan.Item) error {
	of := map[id.Item]bool{}
	for _, i := range items {
		of[i.ID] = true
	}
	hanging, err := d.promisesOf(of)
	if err != nil {
		return err
	}
	for _, t := range hanging.targets {
		d.targets.is[t.ID] = nil
	}
	for _, m := range hanging.milestones {
		d.milestones.is[m.ID] = nil
	}
	for _, q := range hanging.questions {
		d.questions.is[q.ID] = nil
	}
	for _, i := range items {
		d.items.is[i.ID] = nil
	}
	return nil
}

// longestTitles is how many titles a sentence names.
const longestTitles = 3

func titlesOf(items []plan.Item) string {
	var names []string
	for k, i := range items {
		if k == longestTitles {
			return strings.Join(names, "、") + "……"
		}
		names = append(names, i.Title)
	}
	return strings.Join(names, "、")
}

// Place is where items are put: behind an item (0: before all), and below a heading,
// the ordinal of its node; Under is 0 for where they stand in the document, and
// KeepHeading leaves it as it is. KeepPlace as After leaves their order.
type Place struct {
	After id.Item
	Under int
}

// KeepHeading leaves the heading of items, KeepPlace their order.
const (
	KeepHeading         = -1
	KeepPlace   id.Item = -1
)

// MoveItems puts items of a draft elsewhere in the order of its tasks.
func (o *Office) MoveItems(ctx context.Context, cmd db.Cmd, p id.Plan, which []id.Item, to Place) error {
	if o.why != nil {
		return plan.ErrOnlyDraft
	}
	return o.step(ctx, cmd.Of("plan.move_items", []any{p, which, to}), p, func(d *drafting) error {
		items, err := d.chosen(which)
		if err != nil {
			return err
		}
		if to.Under > 0 {
			if _, err := loadNodeSpan(d.tx, d.city, d.plan.Document, to.Under); err != nil {
				return err
			}
		}
		ranks := make([]int64, len(items))
		if to.After == KeepPlace {
			for k, i := range items {
				ranks[k] = i.Rank
			}
		} else {
			moving := map[id.Item]bool{}
			for _, i := range items {
				moving[i.ID] = true
			}
			if ranks, err = d.ranksAfter(to.After, moving, len(items)); err != nil {
				return err
			}
		}
		for k, i := range items {
			i.Rank = ranks[k]
			if to.Under != KeepHeading {
				i.Under = to.Under
			}
			d.putItem(i)
		}
		d.say("移动任务 %s", titlesOf(items))
		return nil
	})
}

package desk

import (
	"context"
	"slices"
	"strings"

	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// ProposedCollection is a sentence of a plan in force by which units hand something in,
// and that nobody collects yet.
type ProposedCollection struct {
	Plan      plan.Plan
	Item      plan.Item
	Milestone plan.Milestone
	collection.Clause
	Units    []org.Unit
	Declined string // why it becomes no collection, or empty
}

// asks is the collection that it becomes.
func (p ProposedCollection) asks() collection.Collection {
	return collection.Collection{Kind: p.Kind, Title: p.Title, Words: p.Sentence, Due: p.Milestone.Due, Plan: p.Plan.ID, Item: p.Item.ID, Milestone: p.Milestone.ID}
}

// ProposedCollections finds in plans in force what units are to hand in.
func (o *Office) ProposedCollections(ctx context.Context, who Who) (out []ProposedCollection, err error) {
	if !who.MayEverywhere("collection.ask") {
		return nil, nil
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		out, err = o.proposedCollections(v)
		return err
	})
	return out, err
}

func (o *Office) proposedCollections(q db.Querier) (out []ProposedCollection, err error) {
	plans, err := listPlans(q, o.city)
	if err != nil {
		return nil, err
	}
	asked, err := milestonesAsked(q, o.city)
	if err != nil {
		return nil, err
	}
	declined, err := clausesDeclined(q, o.city)
	if err != nil {
		return nil, err
	}
	var named PlanOwners
	var matcher *org.Matcher
	for _, p := range plans {
		if p.State != plan.InForce {
			continue
		}
		if matcher == nil {
			if matcher, err = o.newMatcher(q, &named); err != nil {
				return nil, err
			}
		}
		some, err := o.clausesOf(q, p, asked, matcher, named.Names)
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			p.Declined = declined[p.Milestone.ID].Reason
			out = append(out, p)
		}
	}
	return out, nil
}

// clausesOf finds the milestones of a plan whose sentence has units hand something in.
func (o *Office) clausesOf(q db.Querier, p plan.Plan, asked map[id.Milestone]bool, m *org.Matcher, units map[id.Unit]org.Unit) (out []ProposedCollection, err error) {
	d, err := loadDraft(q, o.city, p.ID)
	if err != nil {
		return nil, err
	}
	doc, err := loadDocument(q, o.city, p.Document)
	if err != nil {
		return nil, err
	}
	words := newWordsOf(d.InDocument(), doc.Text)
	for _, i := range words.Items {
		for _, stone := range words.milestones[i.ID] {
			if asked[stone.ID] || stone.Standing != plan.Stands || i.Standing != plan.Stands || stone.Due == "" {
				continue
			}
			clause, is := collection.ReadClause(words.sentence(stone), func(said string) bool { return len(surely(m, said)) > 0 })
			if !is {
				continue
			}
			found := ProposedCollection{Plan: p, Item: i, Milestone: stone, Clause: clause}
			for _, u := range surely(m, clause.Parties) {
				found.Units = append(found.Units, units[u])
			}
			out = append(out, found)
		}
	}
	return out, nil
}

// surely are the units that words name, where all of them are certain.
func surely(m *org.Matcher, words string) (out []id.Unit) {
	for _, found := range m.Parties(words) {
		if !found.Sure {
			return nil
		}
		for _, u := range found.Units {
			if !slices.Contains(out, u) {
				out = append(out, u)
			}
		}
	}
	return out
}

// sentence gives all of the sentence in which a milestone stands.
func (w wordsOf) sentence(m plan.Milestone) string {
	if _, ordered := w.Orders[m.Item]; ordered || len(m.Span) == 0 {
		return w.quote(m)
	}
	from, to := m.Span.Start(), m.Span.End()
	for from > 0 && !strings.ContainsRune("。；\n", w.text[from-1]) {
		from--
	}
	for to < len(w.text) && !strings.ContainsRune("。；\n", w.text[to-1]) {
		to++
	}
	return strings.TrimSpace(string(w.text[from:to]))
}

var errClauseGone = fault.New(fault.Conflict, "这一句已经征集过，或者方案改过了。请看列表。")

// proposed finds a sentence of a plan among those that are proposed.
func (o *Office) proposed(ctx context.Context, which id.Milestone) (p ProposedCollection, is bool, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := o.proposedCollections(v)
		if at := slices.IndexFunc(all, func(p ProposedCollection) bool { return p.Milestone.ID == which }); at >= 0 {
			p, is = all[at], true
		}
		return err
	})
	return p, is, err
}

// DeclineProposed (不征集) sets a sentence of a plan aside for a reason: it is proposed no
// longer, and may still be collected.
func (o *Office) DeclineProposed(ctx context.Context, cmd db.Cmd, which id.Milestone, reason string) error {
	_, is, err := o.proposed(ctx, which)
	if err != nil {
		return err
	}
	return o.write(ctx, cmd.Of("collection.decline", []any{which, reason}), "collection.ask", func(tx *db.Tx) error {
		who, err := loadWho(tx, o.city, cmd.Account, tx.Today())
		if err != nil {
			return err
		}
		if !who.MayEverywhere("collection.ask") {
			return MayNot("collection.ask")
		}
		asked, err := milestonesAsked(tx, o.city)
		if err != nil {
			return err
		}
		if !is || asked[which] {
			return errClauseGone
		}
		if err := collection.CheckDecline(reason); err != nil {
			return err
		}
		tx.Append(collection.DeclinedEntry(which, tx.Today(), reason))
		return saveDeclined(tx, o.city, clauseDeclined{which, reason, tx.Today()})
	})
}

// CollectProposed starts a collection from a sentence of a plan, as it was proposed.
func (o *Office) CollectProposed(ctx context.Context, cmd db.Cmd, which id.Milestone) (made id.Collection, err error) {
	p, is, err := o.proposed(ctx, which)
	if err != nil {
		return 0, err
	}
	err = o.write(ctx, cmd.Of("collection.start_proposed", which, &made), "collection.ask", func(tx *db.Tx) error {
		who, err := loadWho(tx, o.city, cmd.Account, tx.Today())
		if err != nil {
			return err
		}
		if !who.MayEverywhere("collection.ask") {
			return MayNot("collection.ask")
		}
		asked, err := milestonesAsked(tx, o.city)
		if err != nil {
			return err
		}
		if !is || asked[which] {
			return errClauseGone
		}
		from, err := o.askable(tx, who)
		if err != nil {
			return err
		}
		c := p.asks()
		c.ID, c.By, c.State = db.NewID[id.Collection](tx), from.By.ID, collection.Draft
		made = c.ID
		var units []id.Unit
		for _, u := range p.Units {
			units = append(units, u.ID)
		}
		return o.collect(tx, c, units, from.Units)
	})
	return made, err
}

package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// PlanOwners is a plan with who answers for its items, and who should by its words.
type PlanOwners struct {
	Plan  plan.Plan
	Items []OwnedItem
	Units []org.Unit             // who may answer for items, as they are now: all but villages
	Names map[id.Unit]org.Unit   // also of those that ended
	Posts map[id.Unit][]org.Post // of Units
	Ended []EndedOwner
	Count OwnerCount

	matcher *org.Matcher
}

// Find finds the units that words name.
func (v PlanOwners) Find(words string) []org.Match { return v.matcher.Parties(words) }

// OwnedItem is an item that stands, with its owners.
type OwnedItem struct {
	plan.Item
	Clause    string // the words it comes from
	Principle bool   // nobody is asked to report it
	Owners    []org.Owner
	Named     []org.Match // the parties in its words, each with its duty
	Proposed  []org.Owner // those of them that are certain; none where no lead is
}

// EndedOwner is a unit that ended and still answers for items.
type EndedOwner struct {
	Unit  org.Unit
	Next  org.Unit // who goes on with it; ID 0 where nobody is written down
	Items int
}

// Unmatched reports words in which no unit was found for certain.
func (i OwnedItem) Unmatched() bool {
	return slices.ContainsFunc(i.Named, func(m org.Match) bool { return !m.Sure })
}

// Objected reports an objection that nobody dealt with.
func (i OwnedItem) Objected() bool {
	return slices.ContainsFunc(i.Owners, func(o org.Owner) bool { return o.State == org.DutyObjected })
}

// Reworded reports that the words of the document changed since it was assigned.
func (i OwnedItem) Reworded() bool {
	return slices.ContainsFunc(i.Owners, func(o org.Owner) bool { return o.Said != saidBy(i.Item) })
}

// Waits reports an item that somebody has to answer for, and nobody does.
func (i OwnedItem) Waits() bool { return len(i.Owners) == 0 && !i.Principle }

// Has reports whether a unit answers for the item.
func (i OwnedItem) Has(unit id.Unit) bool {
	return slices.ContainsFunc(i.Owners, func(o org.Owner) bool { return o.Unit == unit })
}

// proposals are the items that nobody answers for and that can be assigned by their
// words, at most as many as one act assigns.
func (v PlanOwners) proposals() (out []Assignment) {
	for _, i := range v.Items {
		if len(i.Owners) == 0 && len(i.Proposed) > 0 && len(out) < mostAssigned {
			out = append(out, Assignment{i.ID, i.Proposed})
		}
	}
	return out
}

// Proposals counts the items that can be assigned by their words.
func (v PlanOwners) Proposals() int { return len(v.proposals()) }

// PlanOwners gives who answers for the items of a plan, and whom its words name.
func (o *Office) PlanOwners(ctx context.Context, who Who, p id.Plan) (out PlanOwners, err error) {
	if !who.May("plan.read") {
		return out, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		d, err := loadDraft(v, o.city, p)
		if err != nil {
			return err
		}
		doc, err := loadDocument(v, o.city, d.Plan.Document)
		if err != nil {
			return err
		}
		owners, err := ownersOfPlan(v, o.city, p)
		if err != nil {
			return err
		}
		out.Plan = d.Plan
		if out.matcher, err = o.newMatcher(v, &out); err != nil {
			return err
		}
		d = d.InDocument()
		words := newWordsOf(d, doc.Text)
		for _, i := range d.Items {
			item := OwnedItem{Item: i, Owners: owners[i.ID], Principle: words.principle(i), Clause: words.clause(i)}
			item.name(out.matcher, out.Posts)
			out.Items = append(out.Items, item)
			if item.Waits() {
				out.Count.Unassigned++
			}
			if item.Objected() {
				out.Count.Objected++
			}
		}
		return out.ended(v, o)
	})
	return out, err
}

// newMatcher loads what units are called.
func (o *Office) newMatcher(q db.Querier, out *PlanOwners) (*org.Matcher, error) {
	all, err := unitsAbove(q, o.city)
	if err != nil {
		return nil, err
	}
	out.Names = map[id.Unit]org.Unit{}
	for _, u := range all {
		out.Names[u.ID] = u
		if u.To == "" {
			out.Units = append(out.Units, u)
		}
	}
	var errs [3]error
	var bodies map[id.Unit]string
	var groups []org.Group
	bodies, errs[0] = workingBodies(q, o.city)
	groups, errs[1] = groupNames(q, o.city, o.Today())
	out.Posts, errs[2] = postsAbove(q, o.city)
	return org.NewMatcher(out.Units, bodies, groups), errors.Join(errs[:]...)
}

// name finds the units that the words of an item name, and proposes those that are certain.
func (i *OwnedItem) name(m *org.Matcher, posts map[id.Unit][]org.Post) {
	for _, said := range []struct {
		words string
		duty  org.Duty
	}{{i.Lead, org.LeadDuty}, {i.Cooperating, org.CooperatingDuty}} {
		for _, found := range m.Parties(said.words) {
			if found.Duty == "" {
				found.Duty = said.duty
			}
			i.Named = append(i.Named, found)
		}
	}
	for _, duty := range []org.Duty{org.LeadDuty, org.CooperatingDuty} {
		for _, found := range i.Named {
			if !found.Sure || found.Duty != duty {
				continue
			}
			for _, u := range found.Units {
				if !slices.ContainsFunc(i.Proposed, func(o org.Owner) bool { return o.Unit == u }) {
					owner := org.Owner{Unit: u, Duty: duty}
					if duty == org.LeadDuty {
						owner.Post, _ = org.MatchPost(i.Responsible, posts[u])
					}
					i.Proposed = append(i.Proposed, owner)
				}
			}
		}
	}
	if org.CheckOwners(i.Proposed) != nil {
		i.Proposed = nil // nobody leads
	}
}

// ended finds the owners that ended, and who goes on with them.
func (v *PlanOwners) ended(q db.Querier, o *Office) error {
	count := map[id.Unit]int{}
	for _, i := range v.Items {
		for _, w := range i.Owners {
			if u := v.Names[w.Unit]; u.To != "" && u.To < o.Today() {
				count[u.ID]++
			}
		}
	}
	if len(count) == 0 {
		return nil
	}
	all, err := allSuccessors(q, o.city)
	if err != nil {
		return err
	}
	for unit, n := range count {
		u := v.Names[unit]
		v.Ended = append(v.Ended, EndedOwner{u, v.Names[goesOn(u, all)], n})
	}
	slices.SortFunc(v.Ended, func(a, b EndedOwner) int { return cmp.Compare(a.Unit.ID, b.Unit.ID) })
	return nil
}

// OwnerCounts counts for each plan in force the items that nobody answers for, and
// those that a unit objected to.
func (o *Office) OwnerCounts(ctx context.Context, who Who) (counts map[id.Plan]OwnerCount, err error) {
	if !who.May("plan.read") {
		return nil, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		counts, err = ownerCounts(v, o.city, 0)
		return err
	})
	return counts, err
}

package desk

import (
	"context"
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// dues is what units owe on a day, with what they are called.
type dues struct {
	tree  dutyTree
	all   []Due // what is late the longest first
	today calendar.Day
}

// duesOf gives what some units owe, those that ended with whoever goes on with them;
// without units, what all of them owe. It takes as many statements for all as for one.
func (o *Office) duesOf(q db.Querier, units ...id.Unit) (out dues, err error) {
	out.today = o.Today()
	if out.tree, err = o.dutyTree(q); err != nil {
		return out, err
	}
	places := []id.Unit{}
	for _, u := range units {
		places = append(places, out.tree.placesOf(u)...)
	}
	if len(units) == 0 {
		places = nil // of all
	}
	// Every source of dues is one line. It gives what is owed by the units to which
	// things were assigned; places is nil for all of them.
	for _, source := range itemDues {
		some, err := source(q, o.city, dueScope{units: places}, out.today)
		if err != nil {
			return out, err
		}
		out.all = append(out.all, some...)
	}
	for _, source := range []func(q db.Querier, city int64, places []id.Unit, today calendar.Day) ([]Due, error){
		handoversOwed,
		collectionDues,
	} {
		some, err := source(q, o.city, places, out.today)
		if err != nil {
			return out, err
		}
		out.all = append(out.all, some...)
	}
	present := out.tree.present()
	for i := range out.all {
		if d := &out.all[i]; d.Unit != 0 {
			if d.Of == 0 {
				d.Of = d.Unit
			}
			if now, ended := present[d.Unit]; ended {
				d.Unit = now
			}
		}
	}
	sortDues(out.all)
	return out, nil
}

// itemDues are the sources of what units owe of items: each due says Of which unit and
// Item it is, and depends on what is kept of these alone.
var itemDues = []func(q db.Querier, city int64, s dueScope, today calendar.Day) ([]Due, error){
	reportsOwed,
	answersOwed,
	milestonesOwed,
}

// present gives for each unit that ended and that another goes on with which one that is.
func (t dutyTree) present() map[id.Unit]id.Unit {
	out := map[id.Unit]id.Unit{}
	for _, s := range t.successors {
		now := s.Unit
		for range t.successors { // each step goes to a later unit
			next := goesOn(t.units[now], t.successors)
			if next == 0 {
				break
			}
			now = next
		}
		if now != s.Unit {
			out[s.Unit] = now
		}
	}
	return out
}

// once takes away what stands in several plans in force, but for the first.
func once(all []Due) []Due {
	type key struct {
		kind      DueKind
		of        id.Unit
		item      id.Item
		milestone id.Milestone
		period    string
	}
	seen := map[key]bool{}
	return slices.DeleteFunc(all, func(d Due) bool {
		k := key{d.Kind, d.Of, d.Item, d.Milestone, string(d.Period)}
		again := seen[k]
		seen[k] = true
		return again
	})
}

// reportsOwed gives the reports that lead units owe, and what was returned to them; and
// the completions among them that the office owes an answer to.
func reportsOwed(q db.Querier, city int64, s dueScope, today calendar.Day) (out []Due, err error) {
	asked, err := askedToLead(q, city, s)
	if err != nil {
		return nil, err
	}
	states, err := statesFor(q, city, s, asked, today)
	if err != nil {
		return nil, err
	}
	for _, a := range asked {
		out = append(out, dueReports(a, states[a.key()], today)...)
	}
	return once(out), nil
}

// statesFor gives the reports that dueReports goes by: those of the last periods are
// enough, but for units that missed more than one.
func statesFor(q db.Querier, city int64, s dueScope, asked []askedReport, today calendar.Day) (reports, error) {
	states, err := lastStates(q, city, s, today)
	if err != nil {
		return nil, err
	}
	long := dueScope{items: s.items}
	for _, a := range asked {
		for _, d := range dueReports(a, states[a.key()], today) {
			if (d.Run > 1 || d.Returned) && !slices.Contains(long.units, a.owner.Unit) {
				long.units = append(long.units, a.owner.Unit)
			}
		}
	}
	if len(long.units) == 0 {
		return states, nil
	}
	whole, err := reportStates(q, city, long)
	if err != nil {
		return nil, err
	}
	maps.Copy(states, whole)
	return states, nil
}

// answersOwed gives the duties that units were assigned and said nothing to, and the
// objections that the office owes an answer to.
func answersOwed(q db.Querier, city int64, s dueScope, _ calendar.Day) (out []Due, err error) {
	open, err := openDuties(q, city, s)
	if err != nil {
		return nil, err
	}
	for _, a := range open {
		d := Due{Kind: DueAnswer, Unit: a.owner.Unit, Of: a.owner.Unit, Post: a.owner.Post, Plan: a.plan, Item: a.owner.Item, Subject: a.title, Since: a.owner.SetDay, Count: 1, Minutes: minutesAnswer}
		if a.owner.State == org.DutyObjected {
			d.Kind, d.Unit, d.Since, d.Reason = DueObjection, 0, a.owner.AnsweredDay, a.owner.Reason
		}
		out = append(out, d)
	}
	return once(out), nil
}

// milestonesOwed gives the milestones and orders of lead units that are past their day
// or near it, of items that nobody said are complete.
func milestonesOwed(q db.Querier, city int64, s dueScope, today calendar.Day) ([]Due, error) {
	stones, err := openMilestones(q, city, s, today.AddDays(dueAhead))
	return once(stones), err
}

// handoversOwed gives the handovers in units whose first day has not come.
func handoversOwed(q db.Querier, city int64, places []id.Unit, _ calendar.Day) (out []Due, err error) {
	rows, err := openHandovers(q, city)
	for _, h := range rows {
		if places == nil || slices.Contains(places, h.Unit) {
			d := Due{Kind: DueHandover, Unit: h.Unit, Handover: h.ID, Between: [2]id.Account{h.Predecessor, h.Successor}, By: h.First, Count: 1, Minutes: minutesHandover}
			if len(h.Posts) > 0 {
				d.Post = h.Posts[0]
			}
			out = append(out, d)
		}
	}
	return out, err
}

// collectionDues gives what units still have to hand in to collections that run, and what
// arrived for those who ask.
func collectionDues(q db.Querier, city int64, places []id.Unit, today calendar.Day) (out []Due, err error) {
	owed, err := collectionsOwed(q, city, places, today)
	if err != nil {
		return nil, err
	}
	for _, o := range owed {
		if o.Owes() {
			out = append(out, Due{Kind: DueCollection, Unit: o.Unit, Collection: o.Collection, Subject: o.Title, By: o.Due, Count: 1, Minutes: o.Minutes, Returned: o.Returned})
		}
	}
	bureau, err := loadBureau(q, city)
	if err != nil {
		return nil, err
	}
	arrived, err := collectionsArrived(q, city)
	for _, d := range arrived {
		if places != nil && !slices.Contains(places, d.Of) {
			continue
		}
		if d.Unit = d.Of; d.Of == bureau.ID {
			d.Unit = 0 // whoever asks for the whole city
		}
		out = append(out, d)
	}
	return out, err
}

// officeDues gives what the office owes beside what units said to it: questions of
// drafts, items that nobody answers for, and plans in force that wait for being published.
func (o *Office) officeDues(q db.Querier) (out []Due, err error) {
	plans, err := listPlans(q, o.city)
	if err != nil {
		return nil, err
	}
	open, err := openQuestions(q, o.city)
	if err != nil {
		return nil, err
	}
	unassigned, err := unassignedItems(q, o.city)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		d := Due{Plan: p.ID, Subject: p.Title, Count: 1, Since: p.ForceDay}
		switch n := unassigned[p.ID]; {
		case p.State == plan.Drafted && open[p.ID] > 0:
			d.Kind, d.Count, d.Minutes = DueQuestion, open[p.ID], open[p.ID]*minutesQuestion
			out = append(out, d)
		case p.State == plan.InForce && n > 0:
			d.Kind, d.Count, d.Minutes = DueAssign, n, n*minutesAnswer
			out = append(out, d)
		}
		if p.State == plan.InForce && !p.Released && p.PublishedDay == "" {
			d.Kind, d.Count, d.Minutes = DueRelease, 1, plan.MinutesMilestone
			out = append(out, d)
		}
	}
	return out, nil
}

// DuesOf gives what one unit owes, to who may see its duties.
func (o *Office) DuesOf(ctx context.Context, who Who, unit id.Unit) (out []Due, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayOver(v, who, "duty.read", unit); err != nil {
			return err
		}
		all, err := o.duesOf(v, unit)
		out = slices.DeleteFunc(all.all, func(d Due) bool { return d.Unit != unit })
		return err
	})
	return out, err
}

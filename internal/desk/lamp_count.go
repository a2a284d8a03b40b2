package desk

import (
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// planCounts is what is counted of the items of a plan.
type planCounts map[id.Item][]countedGoal

// countedGoal is a goal with what came of it, and what of it was given to whom by the body
// that runs the plan.
type countedGoal struct {
	goal   fact.Goal
	target plan.Target // as it stands
	board  FactBoard
	shares map[id.Unit]document.Decimal
}

// planCounts reads what is counted of the targets of a plan; of one item where it is not 0.
// Boards of facts are kept, so that only those are added up anew of which facts came in.
func (o *Office) planCounts(q db.Querier, targets []plan.Target, only id.Item) (planCounts, error) {
	stands := map[id.Target]plan.Target{}
	for _, t := range targets {
		if only == 0 || t.Item == only {
			stands[t.ID] = t
		}
	}
	goals, err := listGoals(q, o.city)
	if err != nil {
		return nil, err
	}
	out := planCounts{}
	if len(goals) == 0 {
		return out, nil
	}
	bureau, err := loadBureau(q, o.city)
	if err != nil {
		return nil, err
	}
	for _, g := range goals {
		t, is := stands[g.Target]
		if !is {
			continue
		}
		c := countedGoal{goal: g, target: t, shares: map[id.Unit]document.Decimal{}}
		i, err := loadIndicator(q, o.city, g.Indicator)
		if err != nil {
			return nil, err
		}
		if c.board, err = o.facts.board(q, o.city, i, fact.Months(g.From, g.To), TreeOfTheDay, o.Today()); err != nil {
			return nil, err
		}
		parted, err := sharesUnder(q, o.city, g.ID, bureau.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range parted {
			c.shares[s.Unit] += s.Value
		}
		out[t.Item] = append(out[t.Item], c)
	}
	return out, nil
}

// whole gives the figures of an item in the whole city.
func (p planCounts) whole(item id.Item, today calendar.Day) (out []plan.LampCount) {
	for _, c := range p[item] {
		one := c.count(c.target.Value, c.target.From, c.board.City(), today)
		for _, r := range c.board.Rows {
			if r.Total.Facts > 0 {
				one.Units++
			}
		}
		one.Silent = len(c.silent(""))
		out = append(out, one)
	}
	return out
}

// of gives the figures of the part that a unit was given; those of the whole where a
// division leads and was given none, which answers for all.
func (p planCounts) of(item id.Item, w org.Owner, tree dutyTree, whole []plan.LampCount, today calendar.Day) (out []plan.LampCount) {
	given := false
	for _, c := range p[item] {
		if share, is := c.shares[w.Unit]; is {
			r, _ := c.board.Row(w.Unit)
			given, out = true, append(out, c.count(share, nil, r, today))
		}
	}
	if level := tree.units[w.Unit].Level; !given && w.Duty == org.LeadDuty && (level == org.Division || level == org.Bureau) {
		return whole
	}
	return out
}

// goalPace sets what came of a goal in some place beside what was to come there. A level
// falls from what its promise says, else from what each unit told of it first, from the end
// of that month on; a rate, which is none of units, from its first month.
func goalPace(g fact.Goal, t plan.Target, i fact.Indicator, came FactRow, whole document.Decimal, base *document.Decimal, today calendar.Day) fact.Pace {
	p := fact.Pace{Target: whole, Done: came.Total.Reported, Reported: came.Total.Facts > 0, From: g.From, To: GoalEnd(g, t), Today: today, Windows: g.Windows, Way: i.Way(), Base: whole}
	if p.Way != fact.Falls {
		return p
	}
	if base != nil {
		p.Base = *base
		return p
	}
	if i.Aggregation == fact.Snapshot {
		var bases []fact.Base
		for _, m := range slices.Sorted(maps.Keys(came.Bases)) {
			if m <= fact.Month(today) {
				bases = append(bases, fact.Base{Month: m, Value: came.Bases[m]})
			}
		}
		return p.FallingFrom(bases)
	}
	for _, m := range fact.Months(g.From, g.To) {
		if f := came.ByMonth[m]; f.Facts > 0 || f.Reported > 0 {
			p.Base, p.From = f.Reported, monthEnd(m).AddDays(1)
			break
		}
	}
	return p
}

// count sets what came beside what was to come.
func (c countedGoal) count(whole document.Decimal, base *document.Decimal, came FactRow, today calendar.Day) plan.LampCount {
	f := came.Total
	p := goalPace(c.goal, c.target, c.board.Indicator, came, whole, base, today)
	out := plan.LampCount{Target: c.target.ID, Name: c.board.Indicator.Name, Unit: c.board.Indicator.Measure, Whole: whole, Reported: f.Reported, Checked: f.Counted, Told: f.Facts > 0, Falls: p.Way == fact.Falls, Ceiling: p.Way == fact.Ceiling}
	if whole <= 0 && p.Way == fact.Grows { // nothing of it is expected by a day
		return out
	}
	shown := p.Figures()
	out.Share, out.Due, out.Expected = shown.Share, shown.Due, p.Told()
	switch p.State(fact.UsualPace) {
	case fact.PaceUnreported:
		if p.Way == fact.Grows && p.Expected() > 0 || p.Way != fact.Grows && shown.Due > 0 {
			out.Pace = plan.CountUntold
		}
	case fact.PaceReached:
		out.Pace = plan.CountReached
		if out.Falls && f.Counted != f.Reported || out.Ceiling && f.Checked < f.Facts || p.Way != fact.Grows && f.Checked == 0 {
			out.Pace = plan.CountFine // what was only said may still be put right
		}
	case fact.PaceAhead, fact.PaceOn:
		out.Pace = plan.CountFine
	case fact.PaceSlow:
		out.Pace = plan.CountSlow
	case fact.PaceLate:
		out.Pace = plan.CountLate
	case fact.PaceMissed:
		out.Pace = plan.CountMissed
	}
	return out
}

// silent gives the units that were given a part and told nothing up to the end of a month,
// or at all where none is named.
func (c countedGoal) silent(upto string) (out []id.Unit) {
	for u := range c.shares {
		r, _ := c.board.Row(u)
		told := r.Total.Facts > 0
		if upto != "" {
			told = false
			for m, f := range r.ByMonth {
				told = told || m <= upto && f.Facts > 0
			}
		}
		if !told {
			out = append(out, u)
		}
	}
	slices.Sort(out)
	return out
}

// GoalEnd is by when a goal is to be reached: the deadline of its target as it stands, or
// the end of its span.
func GoalEnd(g fact.Goal, t plan.Target) calendar.Day {
	if t.Deadline != "" && t.Deadline >= g.From {
		return t.Deadline
	}
	return g.To
}

// reachedByCount reports a target that all of its goals keep by what was checked.
func reachedByCount(t id.Target, counts []plan.LampCount) (reached bool) {
	for _, c := range counts {
		if c.Target == t {
			if !c.Reached() {
				return false
			}
			reached = true
		}
	}
	return reached
}

// count lights the lamp of a whole item anew by the words of the unit that stands worst and
// the figures of the city. A lamp that was set by hand stays, with the figures beside it.
func (c *BoardCell) count(rules plan.LampRules, whole []plan.LampCount) {
	if len(whole) == 0 || c.Answers {
		return
	}
	f := c.LampFacts
	f.Counts = whole
	lit := rules.Light(f, c.Today)
	if h := c.Hand; h != nil {
		lit = lit.ByHand(*h)
	}
	c.LampLit = lit
}

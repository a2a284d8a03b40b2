package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// LampBoard is a plan as its leaders see it: each item that somebody has to report with
// its lamp, for all and for each unit.
type LampBoard struct {
	plan.Draft // what stands of it
	Today      calendar.Day
	Rules      plan.LampRules
	Rows       []BoardRow
	Counties   []org.Unit // columns, in their order
	Own        []org.Unit // direct units and divisions that answer for something
	Units      map[id.Unit]org.Unit
	ReadOnly   bool // nothing can be done any more: the plan is closed

	reached map[id.Milestone]PublicReached // as was confirmed
}

// BoardRow is one item of a plan with its lamps.
type BoardRow struct {
	Item    plan.Item
	Order   *plan.Order // what it comes of, where it was added
	Heading string      // under which it stands
	Whole   BoardCell   // of all units
	Cells   map[id.Unit]BoardCell
	Units   map[id.Unit]BoardCell // each for itself; of a board of one item
	Leads   []org.Owner
	Dates   []plan.LampStep
}

// BoardCell is a lamp of an item for a unit with all that stands below it.
type BoardCell struct {
	plan.LampLit
	Unit  org.Owner // whose it is: of several units the worst
	Units int       // how many units it is made of
	Only  bool      // only cooperating units, which said nothing: there is no lamp
}

// Lit reports that the cell has a lamp.
func (c BoardCell) Lit() bool { return c.Lamp != "" }

// LampBoard gives the lamps of a plan.
func (o *Office) LampBoard(ctx context.Context, who Who, p id.Plan) (b LampBoard, err error) {
	if !who.May("plan.read") {
		return b, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		b, err = o.wholeBoard(v, p)
		return err
	})
	return b, err
}

// ItemBoard gives the lamps of one item of a plan, for each unit by itself.
func (o *Office) ItemBoard(ctx context.Context, who Who, p id.Plan, item id.Item) (b LampBoard, err error) {
	if !who.May("plan.read") {
		return b, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if b, err = o.lampBoard(v, p, item, nil); err == nil && len(b.Rows) == 0 {
			err = ErrMissing
		}
		return err
	})
	return b, err
}

// DutyLamp gives the lamp of a unit's duty, that somebody was shown; none where it has none.
func (o *Office) DutyLamp(ctx context.Context, d Duty) (lit plan.LampLit, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		b, err := o.lampBoard(v, d.Plan.ID, d.Item.ID, nil)
		if err != nil || len(b.Rows) == 0 {
			return err
		}
		lit = b.Rows[0].Units[d.Unit.ID].LampLit
		return nil
	})
	return lit, err
}

// lampBoard gives the lamps of a plan, or of one of its items; owners are what is known of
// who answers for them, or nil.
func (o *Office) lampBoard(q db.Querier, p id.Plan, only id.Item, owners ownersSaid) (b LampBoard, err error) {
	d, err := loadDraft(q, o.city, p)
	if err != nil {
		return b, err
	}
	if d.Plan.State == plan.Drafted {
		return b, errNoBoardYet
	}
	b = LampBoard{Draft: d.InDocument(), Today: o.Today(), Units: map[id.Unit]org.Unit{}, ReadOnly: d.Plan.State == plan.Closed}
	var errs [7]error
	var counts planCounts
	var answers map[id.Item][]plan.OrderAnswer
	var hands map[reporter]plan.LampHand
	var tree dutyTree
	b.Rules, _, errs[0] = lampRules(q, o.city)
	if owners == nil {
		owners, errs[1] = ownerReports(q, o.city, p, only)
	}
	hands, errs[2] = lampHands(q, o.city, p)
	tree, errs[3] = o.dutyTree(q)
	answers, errs[4] = answersOfPlan(q, o.city, p)
	b.reached, errs[5] = publicReached(q, o.city, p)
	counts, errs[6] = o.planCounts(q, b.Targets, only)
	if err := errors.Join(errs[:]...); err != nil {
		return b, err
	}
	b.Units = tree.units
	b.fill(owners, hands, answers, counts, tree, only)
	return b, nil
}

func (b *LampBoard) fill(owners ownersSaid, hands map[reporter]plan.LampHand, answers map[id.Item][]plan.OrderAnswer, counts planCounts, tree dutyTree, only id.Item) {
	column, silent := b.columns(tree), silences{}
	has := map[id.Unit]bool{}
	targets, milestones := map[id.Item][]plan.Target{}, map[id.Item][]plan.Milestone{}
	for _, t := range b.Targets {
		targets[t.Item] = append(targets[t.Item], t)
	}
	for _, m := range b.Milestones {
		milestones[m.Item] = append(milestones[m.Item], m)
	}
	for _, i := range b.Items {
		every := everyOf(i.Period)
		if only != 0 && i.ID != only || every == "" && len(owners[i.ID]) == 0 && len(targets[i.ID])+len(milestones[i.ID]) == 0 {
			continue // nobody is asked to report a principle
		}
		row := BoardRow{Item: i, Heading: b.heading(i), Cells: map[id.Unit]BoardCell{}, Units: map[id.Unit]BoardCell{}}
		if ordered, is := b.Orders[i.ID]; is {
			row.Order = &ordered
		}
		whole := counts.whole(i.ID, b.Today)
		facts := factsOf(targets[i.ID], milestones[i.ID], b.reached, whole)
		row.Dates = facts.Steps
		if row.Order != nil && every == "" {
			facts = plan.SaidToOrder(answers[i.ID], facts)
		}
		row.Whole = BoardCell{LampLit: b.Rules.Light(facts, b.Today)}
		uncounted := facts
		uncounted.Counts = nil
		var cells []BoardCell // by column; thousands of units are put together in place
		at := map[id.Unit]int{}
		for _, w := range owners[i.ID] {
			if w.owner.Duty == org.LeadDuty {
				row.Leads = append(row.Leads, w.owner)
			}
			c := BoardCell{Unit: w.owner, Units: 1, Only: w.owner.Duty != org.LeadDuty && !w.said}
			if !c.Only {
				said := w.facts(uncounted, every, b.Today, silent)
				c.LampLit = b.Rules.Light(said, b.Today)
				h, set := hands[reporter{i.ID, w.owner.Unit}]
				if set {
					c.LampLit = c.ByHand(h)
				}
				row.Whole.add(&c) // by its words; the figure of the whole is the city's
				if own := counts.of(i.ID, w.owner, tree, whole, b.Today); len(own) > 0 && !said.Answers {
					c.LampLit = b.Rules.Light(w.facts(factsOf(targets[i.ID], milestones[i.ID], b.reached, own), every, b.Today, silent), b.Today)
					if set {
						c.LampLit = c.ByHand(h)
					}
				}
			}
			if only != 0 {
				row.Units[w.owner.Unit] = c
			}
			u := column[w.owner.Unit]
			k, there := at[u]
			if !there {
				k, at[u] = len(cells), len(cells)
				cells = append(cells, BoardCell{})
			}
			cells[k].add(&c)
		}
		for u, k := range at {
			has[u], row.Cells[u] = true, cells[k]
		}
		row.Whole.count(b.Rules, whole)
		if h, set := hands[reporter{i.ID, 0}]; set {
			row.Whole.LampLit = row.Whole.ByHand(h)
		}
		b.Rows = append(b.Rows, row)
	}
	for _, n := range tree.ids {
		switch u := tree.units[n]; {
		case u.Level == org.County && u.To == "":
			b.Counties = append(b.Counties, u)
		case u.Level != org.County && has[n]:
			b.Own = append(b.Own, u)
		}
	}
	slices.SortStableFunc(b.Own, func(x, y org.Unit) int {
		return cmp.Compare(slices.Index(org.Levels, x.Level), slices.Index(org.Levels, y.Level))
	})
}

// add puts the cell of another unit to it: the worst of them shows.
func (c *BoardCell) add(other *BoardCell) {
	units := c.Units + other.Units
	if c.Units == 0 || !c.Lit() || other.Lit() && other.Lamp.Severity() > c.Lamp.Severity() {
		*c = *other
	}
	c.Units = units
}

// columns tells for each unit under which it stands in the table: its county, or itself.
func (b *LampBoard) columns(tree dutyTree) map[id.Unit]id.Unit {
	out := make(map[id.Unit]id.Unit, len(tree.ids))
	for _, n := range tree.ids {
		out[n] = n
		for u := tree.units[n]; ; u = tree.units[u.Parent] {
			if u.Level == org.County {
				out[n] = u.ID
			}
			if u.Parent == 0 {
				break
			}
		}
	}
	return out
}

// heading is the title of the heading under which an item stands, with its number; empty
// for an order.
func (b *LampBoard) heading(i plan.Item) string {
	at := i.Under
	for _, n := range b.Nodes {
		if at == 0 && n.Ordinal == i.Node {
			at = n.Parent
		}
	}
	for _, n := range b.Nodes {
		if at != 0 && n.Ordinal == at {
			return n.Path + " " + n.Title
		}
	}
	return ""
}

// factsOf gives what the plan promises of an item: its days, and what was counted. What was
// confirmed as reached is due no more.
func factsOf(targets []plan.Target, milestones []plan.Milestone, reached map[id.Milestone]PublicReached, counts []plan.LampCount) (f plan.LampFacts) {
	f.Said, f.Counts = plan.LampNone, counts
	d := datesOf(targets, milestones)
	f.Start = d.Start
	for _, t := range targets {
		done := reachedByCount(t.ID, counts)
		if !done {
			f.Due = max(f.Due, t.Deadline)
		}
		if t.Deadline != "" {
			f.Steps = append(f.Steps, plan.LampStep{Title: cmp.Or(t.Indicator, t.Quote), Due: t.Deadline, Reached: done})
		}
	}
	for _, m := range milestones {
		_, done := reached[m.ID]
		if !done {
			f.Due = max(f.Due, m.Due)
		}
		if m.Due != "" {
			f.Steps = append(f.Steps, plan.LampStep{Title: m.Title, Due: m.Due, Reached: done})
		}
	}
	slices.SortStableFunc(f.Steps, func(x, y plan.LampStep) int { return cmp.Compare(x.Due, y.Due) })
	return f
}

// silences keeps since when a report is missing, by all that it depends on: thousands of
// units share a few.
type silences map[silence]calendar.Day

type silence struct {
	every progress.Every
	set   calendar.Day
	last  progress.Period
}

func (s silences) since(w ownerReport, every progress.Every, today calendar.Day) calendar.Day {
	k := silence{every, w.owner.SetDay, w.last.Period}
	day, known := s[k]
	if !known {
		day = silentSince(w, every, today)
		s[k] = day
	}
	return day
}

// facts adds to what the plan promises what a unit said of it last, and since when it
// owes a report.
func (w ownerReport) facts(f plan.LampFacts, every progress.Every, today calendar.Day, silent silences) plan.LampFacts {
	if f.Answers {
		return f
	}
	f.Said = plan.LampNone
	if w.said {
		f.Said, f.SaidOn = saidLamp(w.last), w.last.Day
		if w.last.Standing == progress.Returned {
			f.Return = w.last.Decided
			return f
		}
		if w.last.Ends() {
			return f
		}
	}
	if every == "" {
		return f
	}
	f.Silent = silent.since(w, every, today)
	return f
}

// silentSince gives the day since which the report of the period that ended last is
// missing, with all before it; empty where none is.
func silentSince(w ownerReport, every progress.Every, today calendar.Day) calendar.Day {
	last := progress.Of(every, today).Previous()
	first := progress.Of(every, w.owner.SetDay)
	if w.said && w.last.Period.First() >= first.First() {
		first = w.last.Period.Next()
		if w.last.Period.Every() != every {
			first = progress.Of(every, w.last.Period.Last().AddDays(1))
		}
	}
	if first.First() > last.First() || today <= first.Due(progress.GraceDays) {
		return ""
	}
	return first.Due(progress.GraceDays).AddDays(1)
}

// saidLamp is the lamp of what a unit said.
func saidLamp(r progress.Report) plan.Lamp {
	switch r.State {
	case progress.NotStarted:
		return plan.LampNotStarted
	case progress.UnderWay:
		return plan.LampUnderWay
	case progress.Blocked:
		return plan.LampBlocked
	}
	if r.Standing == progress.Confirmed {
		return plan.LampComplete
	}
	return plan.LampWaiting
}

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

// Leading is a plan as it is put before its leaders: the lamps, what needs them and why,
// and what was promised for another day before.
type Leading struct {
	LampBoard
	Troubles []Trouble
	Slips    []Slip
	Cases    []OrderCase // orders, with what came of them
}

// Trouble is an item that is red, amber or grey.
type Trouble struct {
	Row    BoardRow
	Cell   BoardCell        // whose it is, and since when: the whole item's
	Unit   org.Unit         // that stands worst; none where nobody answers for it
	Holder Holder           // of the responsible post there, or of its head's
	Report *progress.Report // what it said last, with the words that stay inside; nil where nothing
	Others []OtherTrouble   // the other units that are red, amber or grey
}

// OtherTrouble is a further unit that stands badly with an item.
type OtherTrouble struct {
	Unit org.Unit
	Cell BoardCell
}

// Holder is a post with who fills it; no name where nobody does.
type Holder struct {
	Title string
	Name  string
}

// Slip is a promise that reads otherwise than when the plan was taken into force.
type Slip struct {
	Item      plan.Item
	Title     string
	Was, Now  calendar.Day // equal where only the figure changed
	WasFigure string       // as it was promised, where it changed
	NowFigure string
	Cancelled bool
	Change    plan.Amendment // by which it changed last
}

// Days is by how many days a promise was put off; negative where it was brought forward.
func (s Slip) Days() int {
	if s.Was == "" || s.Now == "" {
		return 0
	}
	return s.Was.Until(s.Now)
}

// troubling reports what is put before the leaders: red, amber, and what nobody said
// something of though its day came, or though nobody answers for it.
func (c BoardCell) troubling() bool {
	switch c.Lamp.Tint() {
	case plan.Red, plan.Amber:
		return true
	}
	if c.LampLit.Answers { // those that are still to be answered stand in a list of their own
		return c.Due != "" && c.Due < c.Today && c.Lamp == plan.LampNone
	}
	return c.Lamp == plan.LampNone && (c.Units == 0 || c.Silent != "" || c.Return != "" || c.Due != "" && c.Due < c.Today)
}

// Leading gives a plan as it is put before its leaders.
func (o *Office) Leading(ctx context.Context, who Who, p id.Plan) (out Leading, err error) {
	if !who.May("plan.read") {
		return out, MayNot("plan.read")
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if out.LampBoard, err = o.wholeBoard(v, p); err != nil {
			return err
		}
		out.Slips = slips(out.Draft)
		if out.Cases, err = o.cases(v, out.LampBoard); err != nil {
			return err
		}
		for _, r := range out.Rows {
			if t, is := out.trouble(r); is {
				out.Troubles = append(out.Troubles, t)
			}
		}
		slices.SortStableFunc(out.Troubles, func(a, b Trouble) int { return cmp.Compare(b.Cell.Lamp.Severity(), a.Cell.Lamp.Severity()) })
		return o.explain(v, p, out.Troubles)
	})
	return out, err
}

// trouble tells what is wrong with an item, where something is.
func (b LampBoard) trouble(r BoardRow) (t Trouble, is bool) {
	t = Trouble{Row: r, Cell: r.Whole, Unit: b.Units[r.Whole.Unit.Unit]}
	for _, u := range append(slices.Clone(b.Own), b.Counties...) {
		c, has := r.Cells[u.ID]
		if !has || !c.Lit() || !c.troubling() || c.Unit.Unit == r.Whole.Unit.Unit {
			continue
		}
		t.Others = append(t.Others, OtherTrouble{b.Units[c.Unit.Unit], c})
	}
	slices.SortStableFunc(t.Others, func(x, y OtherTrouble) int { return cmp.Compare(y.Cell.Lamp.Severity(), x.Cell.Lamp.Severity()) })
	return t, r.Whole.troubling()
}

// explain adds what the units said, and who answers for it.
func (o *Office) explain(q db.Querier, p id.Plan, all []Trouble) error {
	var units []id.Unit
	for _, t := range all {
		if t.Unit.ID != 0 && !slices.Contains(units, t.Unit.ID) {
			units = append(units, t.Unit.ID)
		}
	}
	slices.Sort(units)
	said, err := lastWords(q, o.city, p, units)
	if err != nil {
		return err
	}
	held, err := holdersOf(q, o.city, units, o.Today())
	if err != nil {
		return err
	}
	for i := range all {
		t := &all[i]
		if r, is := said[reporter{t.Row.Item.ID, t.Unit.ID}]; is {
			t.Report = &r
		}
		if t.Holder, err = held.of(q, o.city, t.Cell.Unit.Post, t.Unit.ID); err != nil {
			return err
		}
	}
	return nil
}

// postHolders are posts of units with the accounts that fill them.
type postHolders map[id.Unit][]postHolder

type postHolder struct {
	post    org.Post
	account id.Account // 0 where nobody fills it
	kind    org.TermKind
}

// of gives the responsible post of a unit, or its head's, with who fills it.
func (h postHolders) of(q db.Querier, city int64, post id.Post, unit id.Unit) (out Holder, err error) {
	all := h[unit]
	at := slices.IndexFunc(all, func(p postHolder) bool { return p.post.ID == post })
	if at < 0 {
		at = slices.IndexFunc(all, func(p postHolder) bool { return slices.Contains(p.post.Roles, org.UnitHead) })
	}
	if at < 0 {
		return out, nil
	}
	out.Title = all[at].post.Title
	if all[at].account == 0 {
		return out, nil
	}
	who, err := loadPerson(q, city, all[at].account)
	out.Name = who.Name
	if errors.Is(err, ErrMissing) {
		err = nil
	}
	return out, err
}

// slips finds the promises that read otherwise than they did, those that were put off
// longest in front.
func slips(d plan.Draft) (out []Slip) {
	promised := plan.Promised(d.Amendments)
	if len(promised) == 0 {
		return nil
	}
	was := d.Original()
	items := map[id.Item]plan.Item{}
	for _, i := range append(slices.Clone(was.Items), d.Items...) {
		items[i.ID] = i
	}
	last := func(i id.Item) (a plan.Amendment) {
		for _, x := range promised {
			if _, is := x.About(i); is && x.Kind == plan.Replan {
				a = x
			}
		}
		return a
	}
	targets := map[id.Target]plan.Target{}
	for _, t := range d.Targets {
		targets[t.ID] = t
	}
	for _, t := range was.Targets {
		now, stands := targets[t.ID]
		s := Slip{Item: items[t.Item], Title: cmp.Or(t.Indicator, t.Quote), Was: t.Deadline, Now: now.Deadline, Cancelled: !stands, Change: last(t.Item)}
		before, after := plan.Figure(t.Bound, t.Value, t.Max, t.Unit), plan.Figure(now.Bound, now.Value, now.Max, now.Unit)
		if !stands || before != after {
			s.WasFigure, s.NowFigure = before, after
		}
		if !stands || before != after || t.Deadline != now.Deadline {
			out = append(out, s)
		}
	}
	stones := map[id.Milestone]plan.Milestone{}
	for _, m := range d.Milestones {
		stones[m.ID] = m
	}
	for _, m := range was.Milestones {
		now, stands := stones[m.ID]
		if !stands || m.Due != now.Due {
			out = append(out, Slip{Item: items[m.Item], Title: m.Title, Was: m.Due, Now: now.Due, Cancelled: !stands, Change: last(m.Item)})
		}
	}
	slices.SortStableFunc(out, func(a, b Slip) int { return cmp.Compare(b.Days(), a.Days()) })
	return out
}

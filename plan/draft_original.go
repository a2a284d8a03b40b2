package plan

import (
	"luoshi/calendar"
	"luoshi/id"
)

// originally are the promises of a plan as it was taken into force, by item.
type originally struct {
	items      map[id.Item]Item
	targets    map[id.Item][]Target
	milestones map[id.Item][]Milestone
	present    map[string]Fields // of each record that stands now, by noun and key
}

// newOriginally is empty for a plan that was never amended.
func newOriginally(d Draft) originally {
	o := originally{map[id.Item]Item{}, map[id.Item][]Target{}, map[id.Item][]Milestone{}, map[string]Fields{}}
	if d.Amendments = Promised(d.Amendments); len(d.Amendments) == 0 {
		return o
	}
	was := d.Original()
	for _, i := range was.Items {
		o.items[i.ID] = i
	}
	for _, t := range was.Targets {
		o.targets[t.Item] = append(o.targets[t.Item], t)
	}
	for _, m := range was.Milestones {
		o.milestones[m.Item] = append(o.milestones[m.Item], m)
	}
	for _, t := range d.Targets {
		o.present["target "+t.ID.String()] = fieldsOf(&t)
	}
	for _, m := range d.Milestones {
		o.present["milestone "+m.ID.String()] = fieldsOf(&m)
	}
	return o
}

// beside puts into a row what its item promised at first, where that is something else
// than what it promises now.
func (o originally) beside(t *Task, i Item) {
	if was, there := o.items[i.ID]; there && was.Lead != i.Lead {
		t.Lead = append(t.Lead, "（原定 "+orNone(was.Lead)+"）")
	}
	for _, was := range o.targets[i.ID] {
		now, stands := o.present["target "+was.ID.String()]
		switch {
		case !stands:
			t.aim("取消："+figureWords(was)+until(was.Deadline), aim{})
		case now.Said("Value") != was.Value.String() || now.Said("Bound") != was.Bound || now.Said("Unit") != was.Unit || now.Said("Indicator") != was.Indicator ||
			now.Said("Period") != was.Period || now.Said("Hardness") != was.Hardness || now.Said("Deadline") != string(was.Deadline):
			t.aim("原定："+figureWords(was)+until(was.Deadline), aim{})
		}
	}
	for _, was := range o.milestones[i.ID] {
		now, stands := o.present["milestone "+was.ID.String()]
		switch {
		case !stands:
			t.aim("取消："+was.Title+until(was.Due), aim{})
		case now.Said("Title") != was.Title || now.Said("Due") != string(was.Due) || now.Said("Hardness") != was.Hardness:
			t.aim("原定："+was.Title+until(was.Due), aim{})
		}
	}
}

func until(d calendar.Day) string {
	if d == "" {
		return ""
	}
	return "（" + spoken(d) + "前）"
}

func orNone(party string) string {
	if party == "" {
		return "没有写"
	}
	return party
}

// cancelledRows are rows of the items that were cancelled: they stay in the table, with
// what they promised.
func (b *standing) cancelledRows(o originally) {
	if b.draft.Ended == nil {
		return
	}
	for _, i := range b.draft.Ended.Items {
		if was, there := o.items[i.ID]; there && i.Standing == Cancelled {
			t := Task{Title: was.Title + "（已取消）", Lead: listed(was.Lead), Cooperating: listed(was.Cooperating), Responsible: listed(was.Responsible)}
			o.beside(&t, i)
			b.add(t)
		}
	}
}

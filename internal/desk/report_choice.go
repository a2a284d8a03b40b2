package desk

import (
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/org"
	"luoshi/plan"
)

// itemPlace is where an item stands among those of its plan that are reported.
type itemPlace struct {
	number   int // from 1
	section  string
	deadline calendar.Day
}

// orderSection is the section of what was given after the plan came into force.
const orderSection = "批示、纪要和交办"

// places gives the place of each item that is reported. Its section is the highest of
// the headings above it in which the items of the plan differ.
func (w wordsOf) places() map[id.Item]itemPlace {
	out := map[id.Item]itemPlace{}
	above := map[id.Item][]string{}
	var shared []string
	first := true
	for _, i := range w.Items {
		if everyOf(i.Period) == "" {
			continue
		}
		out[i.ID] = itemPlace{number: len(out) + 1}
		if _, ordered := w.Orders[i.ID]; ordered {
			continue
		}
		above[i.ID] = w.headings(i)
		if first {
			shared, first = above[i.ID], false
		}
		same := 0
		for same < len(shared) && same < len(above[i.ID]) && shared[same] == above[i.ID][same] {
			same++
		}
		shared = shared[:same]
	}
	for item, p := range out {
		titles, there := above[item]
		switch {
		case !there:
			p.section = orderSection
		case len(titles) > len(shared):
			p.section = titles[len(shared)]
		case len(titles) > 0:
			p.section = titles[len(titles)-1]
		}
		out[item] = p
	}
	return out
}

// headings are the titles of the headings above an item, the highest first.
func (w wordsOf) headings(i plan.Item) (titles []string) {
	at := w.nodes[i.Node].Parent
	if i.Under != 0 {
		at = i.Under
	}
	for n := 0; at != 0 && n <= len(w.nodes); n++ {
		titles = append(titles, w.nodes[at].Title)
		at = w.nodes[at].Parent
	}
	slices.Reverse(titles)
	return titles
}

// offer adds what an item gives to choose from.
func (out *PlanProgress) offer(i plan.Item, owners []org.Owner, offered map[id.Unit]bool, named map[id.Unit]org.Unit) {
	for _, t := range i.Tags {
		if !slices.Contains(out.Themes, t) {
			out.Themes = append(out.Themes, t)
		}
	}
	for _, o := range owners {
		if o.Duty == org.LeadDuty && !offered[o.Unit] {
			offered[o.Unit] = true
			out.Leads = append(out.Leads, named[o.Unit])
		}
	}
}

// chooses reports whether an item is among those that are chosen, whatever it reported.
func (out *PlanProgress) chooses(w wordsOf, i plan.Item, owners []org.Owner) bool {
	c := out.Chosen
	if c.Theme != "" && !slices.Contains(i.Tags, c.Theme) {
		return false
	}
	if c.Unit != 0 && !slices.ContainsFunc(owners, func(o org.Owner) bool { return o.Duty == org.LeadDuty && o.Unit == c.Unit }) {
		return false
	}
	if c.Phase == 0 {
		return true
	}
	var dues []calendar.Day
	for _, t := range w.targets[i.ID] {
		dues = append(dues, t.Deadline)
	}
	for _, m := range w.milestones[i.ID] {
		dues = append(dues, m.Due)
	}
	return slices.Contains(plan.PhasesOf(i, dues, w.Phases, w.Nodes), c.Phase)
}

// settle puts in order what may be chosen, and names what was.
func (out *PlanProgress) settle(w wordsOf) {
	out.Phases, out.Chosen.PhaseName, out.Chosen.UnitName = w.Phases, "", ""
	for _, f := range out.Phases {
		if f.Ordinal == out.Chosen.Phase {
			out.Chosen.PhaseName = f.Name
		}
	}
	for _, u := range out.Leads {
		if u.ID == out.Chosen.Unit {
			out.Chosen.UnitName = u.Name
		}
	}
}

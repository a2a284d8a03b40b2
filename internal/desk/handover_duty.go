package desk

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
)

// HandedDuty is an item of a plan with what is due of it.
type HandedDuty struct {
	Item       plan.Item
	Plan       id.Plan
	PlanTitle  string
	Number     string // of its heading, or of the order
	Ordered    bool
	Part       Part
	ByName     bool // who hands over is named as responsible, so that the words are to be changed
	Targets    []plan.Target
	Milestones []plan.Milestone
	Rules      plan.LampRules // when a day is near
}

// Part is what a unit or a post has to do with an item.
type Part string

const (
	Leads       Part = "lead"        // 牵头
	Cooperates  Part = "cooperating" // 配合
	Responsible Part = "responsible" // 责任人
)

// partOf fills in what posts, or whoever holds them, have to do with an item; its part
// stays empty where that is nothing.
func (d *HandedDuty) partOf(posts []Held, person string) {
	if d.ByName = person != "" && strings.Contains(d.Item.Responsible, person); d.ByName {
		d.Part = Responsible
	}
	for _, h := range posts {
		switch {
		case names(d.Item.Lead, h.UnitName):
			d.Part = Leads
			return
		case names(d.Item.Cooperating, h.UnitName):
			d.Part = Cooperates
		case d.Part == "" && (names(d.Item.Responsible, h.UnitName) || names(d.Item.Responsible, h.UnitName+h.Title)):
			d.Part = Responsible
		}
	}
}

// Lamp is how the duty stands on a day, by its dates.
func (d HandedDuty) Lamp(today calendar.Day) plan.Lamp {
	var lamps []plan.Lamp
	for _, t := range d.Targets {
		lamps = append(lamps, d.Rules.LampOn(t.Start, t.Deadline, today))
	}
	for _, m := range d.Milestones {
		lamps = append(lamps, d.Rules.LampOn("", m.Due, today))
	}
	if len(lamps) == 0 {
		return plan.LampNone
	}
	return plan.Worst(lamps...)
}

// handedDuties gives the items in force for which posts answer: those that their unit was
// assigned, those that nobody was assigned and that name the unit or the post, and those
// that name whoever holds it.
func handedDuties(q db.Querier, city int64, posts []Held, person string) ([]HandedDuty, error) {
	owners, err := ownersIn(q, city, posts)
	if err != nil {
		return nil, err
	}
	assigned, err := itemsInForce(q, city, owners)
	if err != nil {
		return nil, err
	}
	for i := range assigned {
		assigned[i].partAssigned(posts, owners)
		assigned[i].ByName = person != "" && strings.Contains(assigned[i].Item.Responsible, person)
	}
	named, err := dutiesNamed(q, city, posts, person)
	if err != nil {
		return nil, err
	}
	for _, d := range named {
		if !slices.ContainsFunc(assigned, func(a HandedDuty) bool { return a.Item.ID == d.Item.ID && a.Plan == d.Plan }) {
			assigned = append(assigned, d)
		}
	}
	return assigned, nil
}

// partAssigned fills in what posts have to do with an item by how it was assigned.
func (d *HandedDuty) partAssigned(posts []Held, owners []org.Owner) {
	for _, o := range owners {
		if o.Item != d.Item.ID {
			continue
		}
		switch {
		case o.Duty == org.LeadDuty:
			d.Part = Leads
			return
		case d.Part == "":
			d.Part = Cooperates
		}
		if slices.ContainsFunc(posts, func(h Held) bool { return h.Post == o.Post }) {
			d.Part = Responsible
		}
	}
}

// dutiesNamed gives the items in force whose words name the unit of a post, the post, or
// whoever holds it; of those that were assigned only the last count.
func dutiesNamed(q db.Querier, city int64, posts []Held, person string) ([]HandedDuty, error) {
	var words []string
	for _, h := range posts {
		words = append(words, h.UnitName, h.UnitName+h.Title)
	}
	if person != "" {
		words = append(words, person)
	}
	all, err := itemsInForceNaming(q, city, slices.Compact(slices.Sorted(slices.Values(words))))
	if err != nil {
		return nil, err
	}
	var items []id.Item
	for _, d := range all {
		items = append(items, d.Item.ID)
	}
	taken, err := assignedOf(q, city, items)
	for i := range all {
		if all[i].partOf(posts, person); taken[all[i].Item.ID] && !all[i].ByName {
			all[i].Part = ""
		}
	}
	return slices.DeleteFunc(all, func(d HandedDuty) bool { return d.Part == "" }), err
}

// past reports whether all of an order was due before a day.
func (d HandedDuty) past(today calendar.Day) bool {
	return len(d.Milestones) > 0 && !slices.ContainsFunc(d.Milestones, func(m plan.Milestone) bool { return m.Due >= today })
}

// withPromises gives duties with what is due of them, those of the plans and those that
// were ordered besides.
func withPromises(q db.Querier, city int64, all []HandedDuty) (duties, orders []HandedDuty, err error) {
	rules, _, err := lampRules(q, city)
	if err != nil {
		return nil, nil, err
	}
	for part := range slices.Chunk(all, 150) {
		var items []id.Item
		for _, d := range part {
			items = append(items, d.Item.ID)
		}
		targets, milestones, err := promisesOf(q, city, items)
		if err != nil {
			return nil, nil, err
		}
		for _, d := range part {
			d.Rules = rules
			for _, t := range targets {
				if t.Item == d.Item.ID && t.Standing == "" {
					d.Targets = append(d.Targets, t)
				}
			}
			for _, m := range milestones {
				if m.Item == d.Item.ID && m.Standing == "" {
					d.Milestones = append(d.Milestones, m)
				}
			}
			if d.Ordered {
				orders = append(orders, d)
			} else {
				duties = append(duties, d)
			}
		}
	}
	return duties, orders, nil
}

package plan

import (
	"cmp"
	"slices"
	"strconv"
)

// Before gives a draft as it stood before the edits, the earliest of which is the first.
func (d Draft) Before(edits []Edit) Draft {
	d.Plan = *Before(&d.Plan, editsAbout("plan", d.Plan.ID.String(), edits))
	d.Items = rewound("item", d.Items, func(i Item) string { return i.ID.String() }, edits)
	d.Targets = rewound("target", d.Targets, func(t Target) string { return t.ID.String() }, edits)
	d.Milestones = rewound("milestone", d.Milestones, func(m Milestone) string { return m.ID.String() }, edits)
	d.Phases = rewound("phase", d.Phases, func(p Phase) string { return strconv.Itoa(p.Ordinal) }, edits)
	d.Questions = rewound("question", d.Questions, func(q Question) string { return q.ID.String() }, edits)
	slices.SortStableFunc(d.Items, func(a, b Item) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Ordinal, b.Ordinal)) })
	slices.SortStableFunc(d.Targets, func(a, b Target) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(d.Milestones, func(a, b Milestone) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(d.Phases, func(a, b Phase) int { return cmp.Compare(a.Ordinal, b.Ordinal) })
	slices.SortStableFunc(d.Questions, func(a, b Question) int { return cmp.Compare(a.Ordinal, b.Ordinal) })
	return d
}

func editsAbout(noun, key string, edits []Edit) (out []Edit) {
	for _, e := range edits {
		if e.Noun == noun && e.Key == key {
			out = append(out, e)
		}
	}
	return out
}

// rewound gives the records of one kind as they stood before the edits, those that
// were taken away since behind the others.
func rewound[T any](noun string, all []T, key func(T) string, edits []Edit) []T {
	changed := map[string][]Edit{}
	var order []string
	for _, e := range edits {
		if e.Noun == noun {
			if changed[e.Key] == nil {
				order = append(order, e.Key)
			}
			changed[e.Key] = append(changed[e.Key], e)
		}
	}
	var out []T
	for _, stands := range all {
		k := key(stands)
		if later := changed[k]; later == nil {
			out = append(out, stands)
		} else if was := Before(&stands, later); was != nil {
			out = append(out, *was)
		}
		delete(changed, k)
	}
	for _, k := range order {
		if later := changed[k]; later != nil {
			if was := Before[T](nil, later); was != nil {
				out = append(out, *was)
			}
		}
	}
	return out
}

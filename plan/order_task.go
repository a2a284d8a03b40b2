package plan

import "slices"

// orderHeading is what the rows of added orders stand under in the 任务分解表.
const orderHeading = "添的批示、纪要和交办"

// addOrder makes a row of an item that was given once the plan was in force. Nothing of it
// stands in the plan's document: its measures are the words that were pasted.
func (b *standing) addOrder(i Item, o Order) int {
	t := Task{Title: i.Title, Path: o.Number(), Headings: []string{orderHeading},
		Measures: o.Words + "（" + o.Number() + "，" + o.Giver + "，" + spoken(o.Given) + "）",
		Lead:     listed(i.Lead), Cooperating: listed(i.Cooperating), Responsible: listed(i.Responsible)}
	s := b.saidOf(i)
	s.recurring, s.phases = nil, nil // what the document says outside its numbers is not about it
	b.promise(&t, s)
	t.Targets = slices.DeleteFunc(t.Targets, func(words string) bool { return words == i.Title })
	for _, m := range b.draft.Milestones {
		if m.Item == i.ID && m.Proof != "" && !slices.Contains(t.Targets, m.Proof) {
			t.Targets = append(t.Targets, m.Proof)
		}
	}
	return b.add(t)
}

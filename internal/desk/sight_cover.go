package desk

import (
	"maps"
	"slices"

	"luoshi/document"
	"luoshi/id"
	"luoshi/plan"
)

// signsRoundNumber is how many signs may stand round the number of a heading: （一） .
const signsRoundNumber = 6

// cover leaves of a plan what everybody may see of it.
func (p *planSight) cover(out PublicPlan) PublicPlan {
	out.Plan = p.coverPlan(out.Plan)
	out.Text = string(plan.Cover([]rune(out.Text), out.Hidden))
	out.Original = p.fields.released(plan.Originals) && len(out.Hidden) == 0
	away := func(s document.Span) bool { return plan.Touches(s, p.withheld) }
	for i, n := range out.Nodes {
		// Its number says nothing; its title stands right behind.
		if head := n.Span.Start() + len([]rune(n.Number+n.Title)) + signsRoundNumber; away(document.At(n.Span.Start(), head)) {
			out.Nodes[i].Title = ""
		}
		out.Nodes[i].Title = p.mask.Words(out.Nodes[i].Title)
	}
	for i := range out.Tables {
		for k, head := range out.Tables[i].Heads {
			out.Tables[i].Heads[k] = p.mask.Words(head)
		}
	}
	out.Phases = slices.DeleteFunc(out.Phases, func(f plan.Phase) bool { return away(f.Span) })
	for i := range out.Phases {
		out.Phases[i].Name = p.mask.Words(out.Phases[i].Name)
	}
	out.Items = slices.DeleteFunc(out.Items, func(i plan.Item) bool { return !p.items[i.ID] })
	for i := range out.Items {
		out.Items[i] = p.coverItem(out.Items[i])
	}
	out.Targets = slices.DeleteFunc(out.Targets, func(t plan.Target) bool { return !p.items[t.Item] })
	for i := range out.Targets {
		t := &out.Targets[i]
		p.coverWords(&t.Quote, &t.Indicator, &t.Unit, &t.Scope)
	}
	out.Milestones = slices.DeleteFunc(out.Milestones, func(m plan.Milestone) bool { return !p.items[m.Item] })
	for i := range out.Milestones {
		m := &out.Milestones[i]
		p.coverWords(&m.Title, &m.Proof)
	}
	out.Questions = slices.DeleteFunc(out.Questions, func(q plan.Question) bool { return q.Item != 0 && !p.items[q.Item] || away(q.Span) })
	for i := range out.Questions {
		p.coverQuestion(&out.Questions[i])
	}
	maps.DeleteFunc(out.Orders, func(i id.Item, _ plan.Order) bool { return !p.items[i] })
	for i, o := range out.Orders {
		p.coverWords(&o.Words, &o.Giver)
		out.Orders[i] = o
	}
	return out
}

func (p *planSight) coverPlan(of plan.Plan) plan.Plan {
	p.coverWords(&of.Title, &of.Issuer, &of.Number)
	return of
}

func (p *planSight) coverItem(i plan.Item) plan.Item {
	i.Released = true
	p.coverWords(&i.Title, &i.Lead, &i.Cooperating)
	i.Responsible = p.mask.Responsible(i.Responsible)
	for k := range i.Tags {
		p.coverWords(&i.Tags[k])
	}
	return i
}

func (p *planSight) coverQuestion(q *plan.Question) {
	p.coverWords(&q.Words)
	for i := range q.Args {
		p.coverWords(&q.Args[i])
	}
	for i := range q.Choices {
		for k := range q.Choices[i].Args {
			p.coverWords(&q.Choices[i].Args[k])
		}
		q.Choices[i].Set = nil
	}
}

func (p *planSight) coverWords(all ...*string) {
	for _, w := range all {
		*w = p.mask.Words(*w)
	}
}

package desk

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"luoshi/document"
	"luoshi/id"
	"luoshi/plan"
)

// signsRoundNumber is how many signs may stand round the number of a heading: （一） .
const signsRoundNumber = 6

// cover leaves of a plan what everybody may see of it.
func (p *planSight) cover(out PublicPlan) PublicPlan {
	out.Plan = p.coverPlan(out.Plan)
	p.coverText(&out)
	away := p.away
	out.Phases = slices.DeleteFunc(out.Phases, func(f plan.Phase) bool { return away(f.Span) })
	for i := range out.Phases {
		out.Phases[i].Name = p.mask.Words(out.Phases[i].Name)
	}
	out.Items = slices.DeleteFunc(out.Items, func(i plan.Item) bool { return !p.items[i.ID] })
	for i := range out.Items {
		out.Items[i] = p.coverItem(out.Items[i])
	}
	r := &out.Revisions
	r.Targets = slices.DeleteFunc(r.Targets, func(t plan.Target) bool { return !p.items[t.Item] })
	for i := range r.Targets {
		t := &r.Targets[i]
		p.coverWords(&t.Quote, &t.Indicator, &t.Unit, &t.Scope)
	}
	r.Milestones = slices.DeleteFunc(r.Milestones, func(m plan.Milestone) bool { return !p.items[m.Item] })
	for i := range r.Milestones {
		m := &r.Milestones[i]
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
	out.Amendments = p.coverAmendments(out.Amendments)
	for i := range out.Documents {
		p.coverWords(&out.Documents[i].Number)
	}
	out.Differences = p.coverDifferences(out.Differences)
	return out
}

// coverText covers the document that a plan stands on, as its Hidden says.
func (p *planSight) coverText(out *PublicPlan) {
	out.Text = string(plan.Cover([]rune(out.Text), out.Hidden))
	out.File = p.fields.released(plan.Originals) && len(out.Hidden) == 0
	withheld := p.withheld[out.Plan.Document]
	for i, n := range out.Nodes {
		// Its number says nothing; its title stands right behind.
		if head := n.Span.Start() + len([]rune(n.Number+n.Title)) + signsRoundNumber; plan.Touches(document.At(n.Span.Start(), head), withheld) {
			out.Nodes[i].Title = ""
		}
		out.Nodes[i].Title = p.mask.Words(out.Nodes[i].Title)
	}
	for i := range out.Tables {
		for k, head := range out.Tables[i].Heads {
			out.Tables[i].Heads[k] = p.mask.Words(head)
		}
	}
}

// away reports words that are withheld in one of the documents of the plan.
func (p *planSight) away(s document.Span) bool {
	for _, doc := range p.documents {
		if plan.Touches(s, p.withheld[doc]) {
			return true
		}
	}
	return false
}

// coverAmendments leaves what was made of public items and of the plan itself.
func (p *planSight) coverAmendments(all []plan.Amendment) (out []plan.Amendment) {
	for _, a := range all {
		a.Parts = slices.DeleteFunc(a.Parts, func(part plan.AmendmentPart) bool { return part.Item != 0 && !p.items[part.Item] })
		if len(a.Parts) == 0 {
			continue
		}
		p.coverWords(&a.Cause, &a.Basis)
		for k := range a.Parts {
			for i, e := range a.Parts[k].Edits {
				e.Was, e.Is = p.coverFields(e.Was), p.coverFields(e.Is)
				a.Parts[k].Edits[i] = e
			}
		}
		out = append(out, a)
	}
	return out
}

// coverFields covers the texts among fields of a record.
func (p *planSight) coverFields(f plan.Fields) plan.Fields {
	for name, value := range f {
		var words string
		var list []string
		switch {
		case json.Unmarshal(value, &words) == nil && words != "":
			f[name] = json.RawMessage(text(coverField(p.mask, strings.ToLower(name), words)))
		case json.Unmarshal(value, &list) == nil && len(list) > 0:
			for k := range list {
				p.coverWords(&list[k])
			}
			f[name] = json.RawMessage(text(list))
		}
	}
	return f
}

// coverDifferences leaves of what a re-issued document says otherwise nothing while
// something of the plan is withheld: a clause of either document may be about it.
func (p *planSight) coverDifferences(all []plan.Decided) []plan.Decided {
	for _, doc := range p.documents {
		if len(p.withheld[doc]) > 0 {
			return nil
		}
	}
	for i := range all {
		d := &all[i]
		p.coverWords(&d.Reason)
		d.Change = d.Change.Said(p.mask.Words)
	}
	return all
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

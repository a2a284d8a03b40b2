package web

import (
	"bytes"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/plan"
)

// Original tells of a plan in force what its records were promised as: errata correct
// it, re-plans do not.
type Original struct {
	amended    bool
	items      map[id.Item]plan.Item
	targets    map[id.Target]plan.Target
	milestones map[id.Milestone]plan.Milestone
	touched    map[string][]touch // by noun and key of a record
}

// touch is what an amendment made of one record.
type touch struct {
	plan.Amendment
	edit plan.Edit
}

// NewOriginal finds the original of a plan.
func NewOriginal(d plan.Draft) Original {
	d.Amendments = plan.Promised(d.Amendments)
	o := Original{amended: len(d.Amendments) > 0}
	if !o.amended {
		return o
	}
	was := d.Original()
	o.items, o.targets, o.milestones = map[id.Item]plan.Item{}, map[id.Target]plan.Target{}, map[id.Milestone]plan.Milestone{}
	o.touched = map[string][]touch{}
	for _, a := range d.Amendments {
		for _, part := range a.Parts {
			for _, e := range part.Edits {
				o.touched[e.Noun+" "+e.Key] = append(o.touched[e.Noun+" "+e.Key], touch{a, e})
			}
		}
	}
	for _, i := range was.Items {
		o.items[i.ID] = i
	}
	for _, t := range was.Targets {
		o.targets[t.ID] = t
	}
	for _, m := range was.Milestones {
		o.milestones[m.ID] = m
	}
	return o
}

// Target gives the original of a target, nil where it was added later, and whether a
// reader would see it differ.
func (o Original) Target(t plan.Target) (*plan.Target, bool) {
	was, there := o.targets[t.ID]
	return besides(o, "target", t.ID.String(), was, t, there)
}

// Milestone gives the original of a milestone, as Target does.
func (o Original) Milestone(m plan.Milestone) (*plan.Milestone, bool) {
	was, there := o.milestones[m.ID]
	return besides(o, "milestone", m.ID.String(), was, m, there)
}

// Item gives the original of an item, as Target does.
func (o Original) Item(i plan.Item) (*plan.Item, bool) {
	was, there := o.items[i.ID]
	return besides(o, "item", i.ID.String(), was, i, there)
}

// promised are the fields that say what is promised; others say where it is said.
var promised = []string{"Title", "Indicator", "Bound", "Value", "Max", "From", "Unit", "Scope", "Period", "Start", "Deadline", "Due", "Hardness", "Aggregate",
	"Proof", "Lead", "Cooperating", "Responsible", "Standing"}

func besides[T any](o Original, noun, key string, was, is T, there bool) (*T, bool) {
	switch {
	case !o.amended:
		return &is, false
	case !there:
		return nil, true
	case len(o.touched[noun+" "+key]) == 0:
		return &was, false
	}
	e, _ := plan.EditOf("", "", &was, &is)
	differs := slices.ContainsFunc(promised, func(name string) bool { return !bytes.Equal(e.Was[name], e.Is[name]) })
	return &was, differs
}

// EditLine is a field that an amendment changed, in words.
type EditLine struct{ Label, Was, Is string }

// readFields are the fields that a reader is told of, in the order of telling.
var readFields = []string{"Title", "Name", "Issuer", "Indicator", "Value", "Bound", "Max", "From", "Unit", "Scope", "Period", "Start", "Deadline", "Due", "First", "Last",
	"Hardness", "Aggregate", "Lead", "Cooperating", "Responsible", "Project", "Tags", "Proof", "Standing"}

// EditLines says what an edit changed. One by which a record was made says its name.
func EditLines(ctx context.Context, e plan.Edit) (lines []EditLine) {
	if e.Was == nil {
		return []EditLine{{T(ctx, "添上"), "", nameIn(e.Is)}}
	}
	for _, name := range readFields {
		was, changed := e.Was[name]
		if !changed && e.Is[name] == nil || bytes.Equal(was, e.Is[name]) {
			continue
		}
		lines = append(lines, EditLine{T(ctx, plan.FieldWord(name)), FieldSaid(ctx, e.Noun, name, e.Was), FieldSaid(ctx, e.Noun, name, e.Is)})
	}
	if e.Noun == "question" && e.Is.Said("State") == string(plan.QuestionAnswered) {
		lines = append(lines, EditLine{T(ctx, "问题"), T(ctx, "待定"), T(ctx, "答了")})
	}
	if _, placed := e.Is["Span"]; placed && len(lines) == 0 {
		lines = append(lines, EditLine{T(ctx, "出处"), e.Was.Said("Quote"), e.Is.Said("Quote")})
	}
	return lines
}

func nameIn(f plan.Fields) string {
	for _, name := range []string{"Title", "Indicator", "Name"} {
		if words := f.Said(name); words != "" {
			return words
		}
	}
	return ""
}

// FieldSaid is the value of a field in the words of the page.
func FieldSaid(ctx context.Context, noun, name string, f plan.Fields) string {
	value := f.Said(name)
	switch name {
	case "Bound", "Hardness", "Aggregate":
		return Word(ctx, value)
	case "Value", "Max", "From":
		if figure, err := plan.ParseDecimal(value); err == nil {
			return Figure(figure)
		}
	case "Period":
		if noun == "item" {
			return Word(ctx, value)
		}
		if value == "" {
			return T(ctx, "一共")
		}
		return Repeat(ctx, value)
	case "Start", "Deadline", "Due", "First", "Last":
		return Date(ctx, calendar.Day(value))
	case "Project":
		if value == "true" {
			return T(ctx, "算")
		}
		return T(ctx, "不算")
	case "Standing":
		return StandingWord(ctx, plan.Standing(value))
	case "Tags":
		return f.List(name)
	}
	return value
}

// orNobody says a party that may be missing in the plan.
func orNobody(ctx context.Context, party string) string {
	if party == "" {
		return T(ctx, "没有写")
	}
	return party
}

// ItemsOf counts the items that an amendment touched.
func ItemsOf(a plan.Amendment) (n int) {
	for _, p := range a.Parts {
		if p.Item != 0 {
			n++
		}
	}
	return n
}

// PromisedParts are the parts of an amendment that say what is promised otherwise: none
// where only the words stand elsewhere.
func PromisedParts(a plan.Amendment) []plan.AmendmentPart {
	if a.Kind == plan.NewText {
		return nil
	}
	return a.Parts
}

package plan

import (
	"cmp"
	"slices"
	"strconv"

	"luoshi/document"
	"luoshi/id"
)

// effect is what a change makes of the plan.
func (r *reissuing) effect(ch Change) Effect {
	switch ch.Kind {
	case NumberChanged:
		return r.number(ch)
	case DateChanged:
		return r.date(ch)
	case OwnerChanged:
		return r.owner(ch)
	case Added:
		return r.added(ch)
	case Dropped:
		return r.dropped(ch)
	case Moved, MergedInto:
		return r.moved(ch)
	}
	return r.reworded(ch)
}

// within reports words that begin in a clause.
func within(c *Clause, s document.Span) bool {
	return c != nil && len(s) > 0 && len(c.Span) > 0 && c.Span.Start() <= s.Start() && s.Start() < c.Span.End()
}

// here reports a record whose words stand in the present document of the plan.
func (r *reissuing) here(doc id.Document) bool {
	return doc == r.now.Plan.Document || doc == 0 && r.now.firstDocument() == r.now.Plan.Document
}

// firstDocument is the one on which the plan was taken into force.
func (d Draft) firstDocument() id.Document {
	return cmp.Or(FirstDocument(d.Documents), d.Plan.Document)
}

// FirstDocument is the one on which a plan was taken into force, of its documents; 0
// where they are none, because it was never issued anew.
func FirstDocument(all []Edition) id.Document {
	for _, v := range all {
		if v.Version == 1 {
			return v.Document
		}
	}
	return 0
}

func (r *reissuing) targetsIn(c *Clause) (out []Target) {
	for _, t := range r.now.Targets {
		if r.here(t.Document) && within(c, t.Span) {
			out = append(out, t)
		}
	}
	return out
}

func (r *reissuing) milestonesIn(c *Clause) (out []Milestone) {
	for _, m := range r.now.Milestones {
		if r.here(m.Document) && within(c, m.Span) {
			out = append(out, m)
		}
	}
	return out
}

func (r *reissuing) freshTargetsIn(c *Clause) (out []Target) {
	for _, t := range r.fresh.Targets {
		if within(c, t.Span) {
			out = append(out, t)
		}
	}
	return out
}

func (r *reissuing) freshMilestonesIn(c *Clause) (out []Milestone) {
	for _, m := range r.fresh.Milestones {
		if within(c, m.Span) {
			out = append(out, m)
		}
	}
	return out
}

// figureShown writes a target as the comparison writes what was read.
func figureShown(t Target) string {
	read := ReadTarget{Bound: t.Bound, Value: t.Value, Max: t.Max, From: t.From, Unit: t.Unit}
	if t.Period != "" {
		read.Period = &t.Period
	}
	return shown(read)
}

// counted finds the target that a change of a number is about: of that figure, else of
// that name, else the only one.
func counted(all []Target, what, figure string) *Target {
	for _, is := range []func(Target) bool{
		func(t Target) bool { return figureShown(t) == figure && fold(t.Indicator) == fold(what) },
		func(t Target) bool { return figureShown(t) == figure },
		func(t Target) bool { return fold(t.Indicator) == fold(what) },
		func(Target) bool { return len(all) == 1 },
	} {
		if k := slices.IndexFunc(all, is); k >= 0 {
			return &all[k]
		}
	}
	return nil
}

func (r *reissuing) number(ch Change) (e Effect) {
	var was, is *Target
	if ch.From != "" {
		was = counted(r.targetsIn(ch.Old), ch.What, ch.From)
	}
	if ch.To != "" {
		is = counted(r.freshTargetsIn(ch.New), ch.What, ch.To)
	}
	switch {
	case was != nil && is != nil:
		is.Document = r.doc
		e.Sets = append(e.Sets, EffectSet{"target", was.ID.String(),
			picked(is, "Bound", "Value", "Max", "From", "Unit", "Period", "Direction", "Quote", "Span", "Document")})
	case is != nil:
		e.Adds = r.adding(ch.New, []Target{*is}, nil)
	case was != nil:
		e.Ends = append(e.Ends, EffectSet{Noun: "target", Key: was.ID.String()})
	}
	return e
}

// picked gives some fields of a record.
func picked[T any](of *T, names ...string) Fields {
	all, out := fieldsOf(of), Fields{}
	for _, name := range names {
		out[name] = all[name]
	}
	return out
}

func (r *reissuing) date(ch Change) (e Effect) {
	if ch.What != "" {
		return r.stage(ch)
	}
	found := false
	for _, t := range r.targetsIn(ch.Old) {
		if string(t.Deadline) == ch.From && ch.From != "" {
			is := r.sameTarget(t, ch.New)
			fields := Fields{}
			if is != nil {
				is.Document = r.doc
				fields = picked(is, "Quote", "Span", "Document")
			}
			fields["Deadline"] = quotedJSON(ch.To)
			e.Sets, found = append(e.Sets, EffectSet{"target", t.ID.String(), fields}), true
		}
	}
	fresh := r.freshMilestonesIn(ch.New)
	dated := slices.IndexFunc(fresh, func(m Milestone) bool { return string(m.Due) == ch.To })
	for _, m := range r.milestonesIn(ch.Old) {
		switch {
		case string(m.Due) != ch.From || ch.From == "" || found:
		case ch.To == "":
			e.Ends, found = append(e.Ends, EffectSet{Noun: "milestone", Key: m.ID.String()}), true
		default:
			fields := Fields{}
			if dated >= 0 {
				fresh[dated].Document = r.doc
				fields = picked(&fresh[dated], "Span", "Document")
			}
			fields["Due"] = quotedJSON(ch.To)
			e.Sets, found = append(e.Sets, EffectSet{"milestone", m.ID.String(), fields}), true
		}
	}
	if !found && ch.From == "" && dated >= 0 {
		e.Adds = r.adding(ch.New, nil, fresh[dated:dated+1])
	}
	return e
}

func quotedJSON(s string) []byte { return []byte(strconv.Quote(s)) } // days only: no sign that JSON writes otherwise

// sameTarget finds in a clause of the new document what a target is there.
func (r *reissuing) sameTarget(t Target, c *Clause) *Target {
	return counted(r.freshTargetsIn(c), t.Indicator, figureShown(t))
}

func (r *reissuing) stage(ch Change) (e Effect) {
	for _, f := range r.now.Phases {
		if !within(ch.Old, f.Span) || fold(f.Name) != fold(ch.What) {
			continue
		}
		for _, is := range r.fresh.Phases {
			if within(ch.New, is.Span) {
				is.Document = r.doc
				e.Sets = append(e.Sets, EffectSet{"phase", strconv.Itoa(f.Ordinal), picked(&is, "First", "Last", "Node", "Span", "Document")})
				return e
			}
		}
		e.Ends = append(e.Ends, EffectSet{Noun: "phase", Key: strconv.Itoa(f.Ordinal)})
	}
	return e
}

func (r *reissuing) owner(ch Change) (e Effect) {
	k := slices.IndexFunc(r.fresh.Items, func(i Item) bool { return i.Node == ch.New.Node })
	if k < 0 {
		return e
	}
	for _, i := range r.itemsAt(ch.Old.Node) {
		e.Sets = append(e.Sets, EffectSet{"item", i.ID.String(), picked(&r.fresh.Items[k], "Lead", "Cooperating", "Responsible")})
	}
	return e
}

// itemsAt are the items that stand for a paragraph of the present document.
func (r *reissuing) itemsAt(node int) (out []Item) {
	for _, i := range r.now.Items {
		if i.Document == r.now.Plan.Document && i.Node == node {
			out = append(out, i)
		}
	}
	return out
}

func (r *reissuing) added(ch Change) Effect {
	e := Effect{Adds: r.adding(ch.New, r.freshTargetsIn(ch.New), r.freshMilestonesIn(ch.New))}
	if !r.new.told[ch.New.Node] {
		return e
	}
	for _, i := range r.fresh.Items {
		if i.Node == ch.New.Node && !slices.ContainsFunc(e.Adds.Items, func(x Item) bool { return x.ID == i.ID }) {
			i.Document = r.doc
			e.Adds.Items = append(e.Adds.Items, i)
		}
	}
	for _, f := range r.fresh.Phases {
		if f.Node == ch.New.Node {
			f.Document = r.doc
			e.Adds.Phases = append(e.Adds.Phases, f)
		}
	}
	return e
}

// adding gives new promises to the item of the plan that stands for their paragraph, or
// to a new one.
func (r *reissuing) adding(c *Clause, targets []Target, milestones []Milestone) (a Additions) {
	if len(targets)+len(milestones) == 0 {
		return a
	}
	var of id.Item
	if m := r.new.node[c.Node]; m >= 0 {
		if items := r.itemsAt(m); len(items) > 0 {
			of = items[0].ID
		}
	}
	for _, i := range r.fresh.Items {
		if of == 0 && i.Node == c.Node {
			i.Document = r.doc
			a.Items, of = append(a.Items, i), i.ID
		}
	}
	for _, t := range targets {
		t.Item, t.Document = of, r.doc
		a.Targets = append(a.Targets, t)
	}
	for _, m := range milestones {
		m.Item, m.Document = of, r.doc
		a.Milestones = append(a.Milestones, m)
	}
	return a
}

func (r *reissuing) dropped(ch Change) (e Effect) {
	if r.old.told[ch.Old.Node] {
		for _, i := range r.itemsAt(ch.Old.Node) {
			e.Ends = append(e.Ends, EffectSet{Noun: "item", Key: i.ID.String()})
			for _, t := range r.now.Targets {
				if t.Item == i.ID {
					e.Ends = append(e.Ends, EffectSet{Noun: "target", Key: t.ID.String()})
				}
			}
			for _, m := range r.now.Milestones {
				if m.Item == i.ID {
					e.Ends = append(e.Ends, EffectSet{Noun: "milestone", Key: m.ID.String()})
				}
			}
		}
		for _, f := range r.now.Phases {
			if r.here(f.Document) && f.Node == ch.Old.Node {
				e.Ends = append(e.Ends, EffectSet{Noun: "phase", Key: strconv.Itoa(f.Ordinal)})
			}
		}
		return e
	}
	for _, t := range r.targetsIn(ch.Old) {
		e.Ends = append(e.Ends, EffectSet{Noun: "target", Key: t.ID.String()})
	}
	for _, m := range r.milestonesIn(ch.Old) {
		e.Ends = append(e.Ends, EffectSet{Noun: "milestone", Key: m.ID.String()})
	}
	return e
}

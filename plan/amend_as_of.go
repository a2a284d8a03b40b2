package plan

import (
	"bytes"
	"maps"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/id"
)

// amended is what amendments made of one record, in their order.
type amended struct {
	kind AmendmentKind
	edit Edit
}

// editsOf sorts the edits of amendments by the record that they are about.
func editsOf(all []Amendment) map[[2]string][]amended {
	out := map[[2]string][]amended{}
	for _, a := range all {
		for _, p := range a.Parts {
			for _, e := range p.Edits {
				at := [2]string{e.Noun, e.Key}
				out[at] = append(out[at], amended{a.Kind, e})
			}
		}
	}
	return out
}

// Every gives the plan with every record that it ever had, those that stand first.
func (d Draft) Every() Draft {
	if d.Ended != nil {
		d.Items = slices.Concat(d.Items, d.Ended.Items)
		d.Targets = slices.Concat(d.Targets, d.Ended.Targets)
		d.Milestones = slices.Concat(d.Milestones, d.Ended.Milestones)
		d.Phases = slices.Concat(d.Phases, d.Ended.Phases)
	}
	d.Ended = nil
	return d
}

// Parted gives the plan with the records that stand, and the others as Ended.
func (d Draft) Parted() Draft {
	d = d.Every()
	ended := Draft{Items: parted(d.Items, Item.ended), Targets: parted(d.Targets, Target.ended),
		Milestones: parted(d.Milestones, Milestone.ended), Phases: parted(d.Phases, Phase.ended)}
	d.Items, d.Targets = parted(d.Items, not(Item.ended)), parted(d.Targets, not(Target.ended))
	d.Milestones, d.Phases = parted(d.Milestones, not(Milestone.ended)), parted(d.Phases, not(Phase.ended))
	if len(ended.Items)+len(ended.Targets)+len(ended.Milestones)+len(ended.Phases) > 0 {
		d.Ended = &ended
	}
	return d
}

func (i Item) ended() bool      { return i.Standing != Stands }
func (t Target) ended() bool    { return t.Standing != Stands }
func (m Milestone) ended() bool { return m.Standing != Stands }
func (f Phase) ended() bool     { return f.Standing != Stands }

func not[T any](is func(T) bool) func(T) bool { return func(r T) bool { return !is(r) } }

func parted[T any](all []T, wanted func(T) bool) (out []T) {
	for _, r := range all {
		if wanted(r) {
			out = append(out, r)
		}
	}
	return out
}

// InDocument gives the plan without the places of records whose words stand in another
// document than the one that it stands on: they are runes of that.
func (d Draft) InDocument() Draft {
	if len(d.Documents) == 0 {
		return d
	}
	first := d.firstDocument()
	elsewhere := func(doc id.Document) bool {
		if doc == 0 {
			doc = first
		}
		return doc != d.Plan.Document
	}
	d.Items, d.Targets, d.Milestones = slices.Clone(d.Items), slices.Clone(d.Targets), slices.Clone(d.Milestones)
	d.Phases, d.Questions = slices.Clone(d.Phases), slices.Clone(d.Questions)
	for k := range d.Items {
		if i := &d.Items[k]; elsewhere(i.Document) {
			i.Node, i.Under, i.Span = 0, 0, nil
		}
	}
	for k := range d.Targets {
		if elsewhere(d.Targets[k].Document) {
			d.Targets[k].Span = nil
		}
	}
	for k := range d.Milestones {
		if elsewhere(d.Milestones[k].Document) {
			d.Milestones[k].Span = nil
		}
	}
	for k := range d.Phases {
		if f := &d.Phases[k]; elsewhere(f.Document) {
			f.Node, f.Span = 0, nil
		}
	}
	for k := range d.Questions {
		if elsewhere(d.Questions[k].Document) {
			d.Questions[k].Span = nil
		}
	}
	if d.Ended != nil {
		ended := *d.Ended
		ended.Plan, ended.Documents = d.Plan, d.Documents
		ended = ended.InDocument()
		d.Ended = &ended
	}
	return d
}

// Edition tells which version of the plan's document one is.
func (d Draft) Edition(doc id.Document) (Edition, bool) {
	for _, e := range d.Documents {
		if e.Document == doc {
			return e, true
		}
	}
	return Edition{Version: 1, Document: doc}, doc == d.Plan.Document
}

// AsOf gives the plan as it stood at the end of a day: what was entered later is
// taken back.
func (d Draft) AsOf(day calendar.Day) Draft {
	var earlier, later []Amendment
	for _, a := range d.Amendments {
		if a.On() > day {
			later = append(later, a)
		} else {
			earlier = append(earlier, a)
		}
	}
	d = d.Every().rebuilt(editsOf(later), before).Parted()
	d.Amendments = earlier
	return d
}

// Upon gives the plan as it stood when it last stood on a document.
func (d Draft) Upon(doc id.Document) Draft {
	for k := len(d.Amendments) - 1; k >= 0 && d.Plan.Document != doc; k-- {
		d = d.Every().rebuilt(editsOf(d.Amendments[k:k+1]), before).Parted()
		d.Amendments = d.Amendments[:k]
	}
	return d
}

// Original gives the plan as it was promised when it was taken into force: errata and
// late answers correct it, re-plans do not. An erratum that corrects what a re-plan
// said leaves the original as it is. What was cancelled since is part of it.
func (d Draft) Original() Draft {
	d = d.Every().rebuilt(editsOf(d.Amendments), original).Parted()
	d.Amendments, d.Ended = nil, nil
	return d
}

// Promised gives the amendments by which something else is promised, without those that
// only say where the words stand: there may be one of these for every record.
func Promised(all []Amendment) []Amendment {
	return parted(all, func(a Amendment) bool { return a.Kind != NewText })
}

// rebuilding makes the fields of a record, nil for none, from those that stand.
type rebuilding func(stands Fields, edits []amended) Fields

// before takes the edits back.
func before(stands Fields, edits []amended) Fields {
	for k := len(edits) - 1; k >= 0; k-- {
		switch e := edits[k].edit; {
		case e.Was == nil:
			stands = nil
		default:
			stands = maps.Clone(stands)
			maps.Copy(stands, e.Was)
		}
	}
	return stands
}

// original takes all edits back, and makes those again that say what it was from the
// beginning.
func original(stands Fields, edits []amended) Fields {
	out := before(stands, edits)
	for _, a := range edits {
		switch {
		case !a.kind.corrects():
		case a.edit.Was == nil:
			out = maps.Clone(a.edit.Is)
		case out != nil:
			out = maps.Clone(out)
			for name, value := range a.edit.Is {
				if bytes.Equal(out[name], a.edit.Was[name]) {
					out[name] = value
				}
			}
		}
	}
	return out
}

// rebuilt makes each record anew of which there are edits.
func (d Draft) rebuilt(edits map[[2]string][]amended, how rebuilding) Draft {
	if len(edits) == 0 {
		return d
	}
	d.Items = rebuilt(d.Items, "item", func(i Item) string { return i.ID.String() }, edits, how)
	d.Targets = rebuilt(d.Targets, "target", func(t Target) string { return t.ID.String() }, edits, how)
	d.Milestones = rebuilt(d.Milestones, "milestone", func(m Milestone) string { return m.ID.String() }, edits, how)
	d.Phases = rebuilt(d.Phases, "phase", func(f Phase) string { return strconv.Itoa(f.Ordinal) }, edits, how)
	d.Questions = rebuilt(d.Questions, "question", func(q Question) string { return q.ID.String() }, edits, how)
	if plans := rebuilt([]Plan{d.Plan}, "plan", func(p Plan) string { return p.ID.String() }, edits, how); len(plans) == 1 {
		d.Plan = plans[0]
	}
	return d
}

func rebuilt[T any](all []T, noun string, key func(T) string, edits map[[2]string][]amended, how rebuilding) (out []T) {
	for _, r := range all {
		of := edits[[2]string{noun, key(r)}]
		if len(of) == 0 {
			out = append(out, r)
			continue
		}
		if fields := how(fieldsOf(&r), of); fields != nil {
			out = append(out, *withFields[T](fields, nil))
		}
	}
	return out
}

// internalFields are those of records that nobody outside the office may see.
var internalFields = []string{"Flags", "Derived", "AsRead", "ApprovedBy", "TakenBy"}

// Shown gives the edit without the fields that are internal; amendments are kept so.
func (e Edit) Shown() Edit {
	e.Was, e.Is = maps.Clone(e.Was), maps.Clone(e.Is)
	for _, name := range internalFields {
		delete(e.Was, name)
		delete(e.Is, name)
	}
	return e
}

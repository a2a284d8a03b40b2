package plan

import (
	"maps"

	"luoshi/document"
	"luoshi/id"
)

// Reissue is a re-issued document (重新印发) beside the one of a plan in force: what it
// says otherwise, and where the promises stand in it of which it says the same.
type Reissue struct {
	Differences []Difference
	Places      []EffectSet // taken at once with the document, since nothing is to be decided
}

// Difference is one thing that the re-issued document says otherwise, and what that
// makes of the plan when it is applied.
type Difference struct {
	Change
	Effect Effect
}

// Effect is what a difference makes of a plan in force.
type Effect struct {
	Sets []EffectSet `json:"sets,omitempty"`
	Ends []EffectSet `json:"ends,omitempty"` // without fields: what is promised no more
	Adds Additions   `json:"adds"`
}

// EffectSet are fields that a record gets.
type EffectSet struct {
	Noun   string `json:"noun"`
	Key    string `json:"key"`
	Fields Fields `json:"fields,omitempty"`
}

// Additions are new records. Their identifiers are provisional, as in NewDraft, far
// below any that was given out; a promise may name an item of the plan as it stands.
type Additions struct {
	Items      []Item      `json:"items,omitempty"`
	Targets    []Target    `json:"targets,omitempty"`
	Milestones []Milestone `json:"milestones,omitempty"`
	Phases     []Phase     `json:"phases,omitempty"`
}

// IsEmpty reports a difference in words alone, which nobody has to decide about.
func (e Effect) IsEmpty() bool { return len(e.Sets)+len(e.Ends) == 0 && e.Adds.isEmpty() }

func (a Additions) isEmpty() bool {
	return len(a.Items)+len(a.Targets)+len(a.Milestones)+len(a.Phases) == 0
}

// Amends is what applying the difference amounts to: a re-plan, or, where what is
// promised stays, another place in the text.
func (d Difference) Amends() AmendmentKind {
	switch d.Kind {
	case NumberChanged, DateChanged, OwnerChanged, Added, Dropped:
		return Replan
	}
	return NewText
}

// Unnumbered stands for the new document while it has no identifier.
const Unnumbered id.Document = 1

// Numbered gives the set with the identifier of the new document.
func (s EffectSet) Numbered(doc id.Document) EffectSet {
	if s.Fields["Document"] != nil {
		s.Fields = maps.Clone(s.Fields)
		s.Fields["Document"] = quotedJSON(doc.String())
	}
	return s
}

// reissuing works out what a re-issued document makes of a plan.
type reissuing struct {
	*comparison
	now   Draft       // the plan as it stands
	doc   id.Document // the re-issued one
	fresh Draft       // what would be read from it alone
	text  []rune      // of it
	about map[string]bool
}

// Reissued compares a re-issued document with the one that a plan stands on. The
// structures must have been read from the files. Where a record is placed in the new
// document, the effect names Unnumbered, whose place Numbered gives to its identifier.
func Reissued(oldFile document.Source, old Structure, newFile document.Source, new Structure, now Draft) Reissue {
	c := newComparison(oldFile, old, newFile, new)
	r := reissuing{comparison: c, now: now, doc: Unnumbered, fresh: NewDraft(new), text: []rune(newFile.Text), about: map[string]bool{}}
	effects := make([]Effect, len(c.changes))
	for _, kind := range []AmendmentKind{Replan, NewText} { // what is promised first: a promise is placed with it
		for k, ch := range c.changes {
			if d := (Difference{Change: ch}); ch.Kind != Renumbered && d.Amends() == kind {
				effects[k] = r.effect(ch)
				r.note(effects[k])
			}
		}
	}
	var out Reissue
	for k, ch := range c.changes {
		if ch.Kind != Renumbered { // another number before the same words is nothing to decide about
			out.Differences = append(out.Differences, Difference{ch, effects[k]})
		}
	}
	out.Places = r.places()
	return out
}

// note remembers which records a difference places or ends, so that nothing else does.
func (r *reissuing) note(e Effect) {
	for _, s := range e.Sets {
		if s.Fields["Document"] != nil {
			r.about[s.Noun+" "+s.Key] = true
		}
	}
	for _, s := range e.Ends {
		r.about[s.Noun+" "+s.Key] = true
	}
}

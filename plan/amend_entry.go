package plan

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"luoshi/id"
	"luoshi/ledger"
)

// Kinds of entries about plans in force that change.
const (
	KindChangeRecorded = "change.recorded"
	KindChangeApproved = "change.approved"
	KindRestated       = "plan.restated"
)

// Amended is a plan as an amendment has left it: the records that it touched.
type Amended struct {
	Plan       Plan
	Restated   bool // its title, issuer or document is another
	Items      []Item
	Targets    []Target
	Milestones []Milestone
	Phases     []Phase
	Questions  []Question
}

// AmendmentEntries are the entries of an amendment: what was done and why, one for
// each item that it touched, so that each is released with its item; who approved it
// (internal); and every touched record as it now stands.
func AmendmentEntries(a Amendment, is Amended) []ledger.Draft {
	plan := about("plan", is.Plan.ID)
	var out []ledger.Draft
	for _, i := range is.Items { // first, because what is said about a new one must find it recorded
		out = append(out, itemEntry(is.Plan.ID, i))
	}
	for k, part := range a.Parts {
		subjects := []ledger.Subject{plan}
		if part.Item != 0 {
			subjects = append(subjects, about("item", part.Item))
		}
		out = append(out, ledger.Draft{Kind: KindChangeRecorded, Class: ledger.Public, Subjects: subjects,
			Fields: fields(ledger.Num("version", int64(a.Version)), ledger.Num("part", int64(k+1)), state("kind", string(a.Kind)), day("approved_day", a.Day), idField("source", a.Source)),
			Words:  ledger.Words("cause", a.Cause, "basis", a.Basis, "edits", EditWords(part.Edits))})
	}
	if a.ApprovedBy != "" {
		out = append(out, ledger.Draft{Kind: KindChangeApproved, Class: ledger.Internal, Subjects: []ledger.Subject{plan},
			Fields: []ledger.Field{ledger.Num("version", int64(a.Version))}, Words: a.ApprovedBy})
	}
	if is.Restated {
		out = append(out, ledger.Draft{Kind: KindRestated, Class: ledger.Public, Subjects: []ledger.Subject{plan, about("document", is.Plan.Document)},
			Fields: []ledger.Field{ledger.Num("version", int64(a.Version))}, Words: ledger.Words("title", is.Plan.Title, "issuer", is.Plan.Issuer, "number", is.Plan.Number)})
	}
	for _, f := range is.Phases {
		out = append(out, phaseEntry(is.Plan.ID, f))
	}
	for _, t := range is.Targets {
		out = append(out, targetEntry(t))
	}
	for _, m := range is.Milestones {
		out = append(out, milestoneEntry(m))
	}
	for _, q := range is.Questions {
		out = append(out, questionEntry(is.Plan.ID, q))
	}
	return out
}

func idField(name string, d id.Document) ledger.Field {
	if d == 0 {
		return ledger.Field{}
	}
	return ledger.IDField(name, d.String())
}

// editWords is an edit as docs/export.md writes it.
type editWords struct {
	Record string            `json:"record"`
	ID     string            `json:"id"`
	Was    map[string]string `json:"was,omitempty"`
	Is     map[string]string `json:"is,omitempty"`
}

// exportedFields are the fields of records that stand in exports, by the names of
// their columns there.
var exportedFields = map[string]string{
	"Title": "title", "Issuer": "issuer", "Name": "name", "Lead": "lead", "Cooperating": "cooperating", "Responsible": "responsible", "Period": "period",
	"Project": "project", "Document": "document", "Node": "node", "Quote": "quote", "Indicator": "indicator", "Bound": "bound", "Value": "value",
	"Max": "max", "From": "start_value", "Unit": "unit", "Scope": "scope", "Start": "start", "Deadline": "deadline", "Due": "due",
	"Hardness": "hardness", "Aggregate": "aggregate", "Direction": "direction", "Proof": "proof", "First": "first", "Last": "last",
	"Tags": "tags", "State": "state", "Revision": "revision", "Standing": "standing", "Item": "item",
}

// EditWords writes edits for the words of an entry: JSON, values as they stand in the
// tables of an export; empty for none.
func EditWords(edits []Edit) string {
	var all []editWords
	for _, e := range edits {
		w := editWords{Record: e.Noun, ID: e.Key, Was: e.Was.words(), Is: e.Is.words()}
		if len(w.Was)+len(w.Is) > 0 {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return encoded(all)
}

func encoded(all []editWords) string {
	var b strings.Builder
	j := json.NewEncoder(&b)
	j.SetEscapeHTML(false)
	if err := j.Encode(all); err != nil {
		panic(err) // texts only
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// EditsSaid gives edits that EditWords wrote with each value as it may be said.
func EditsSaid(written string, say func(column, words string) string) string {
	var all []editWords
	if written == "" || json.Unmarshal([]byte(written), &all) != nil {
		return written
	}
	for _, w := range all {
		for column, words := range w.Was {
			w.Was[column] = say(column, words)
		}
		for column, words := range w.Is {
			w.Is[column] = say(column, words)
		}
	}
	return encoded(all)
}

func (f Fields) words() map[string]string {
	out := map[string]string{}
	for name := range f {
		column, said := exportedFields[name], f.Said(name)
		var tags []string
		if column == "tags" && json.Unmarshal(f[name], &tags) == nil {
			said = strings.Join(tags, "、")
		}
		if column != "" && said != "" {
			out[column] = said
		}
	}
	return out
}

// EditValue is a field that an edit changed, by the name of its column in an export.
type EditValue struct{ Field, Was, Is string }

// Values are the exported fields that an edit changed, in the order of their names; of
// a record that was made, all that say something.
func (e Edit) Values() (out []EditValue) {
	was, is := e.Was.words(), e.Is.words()
	names := maps.Clone(was)
	maps.Copy(names, is)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out = append(out, EditValue{name, was[name], is[name]})
	}
	return out
}

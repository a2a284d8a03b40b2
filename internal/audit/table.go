package audit

import (
	"slices"
	"strings"

	"luoshi/collection"
	"luoshi/fact"
	"luoshi/ledger"
	"luoshi/progress"
	"luoshi/reminder"
)

// table says how a table is replayed, docs/export.md section 4.
type table struct {
	name    string
	kind    string   // the entry that records a row
	key     []string // names of columns
	columns []column
	changes []change
}

// column says where the cells of a column come from.
type column struct {
	name string
	from source
	of   string // name of the subject, field or text; for fixed, what a new row holds
}

type source int

const (
	aSubject source = iota
	aField
	aState    // a field that is a state, in a key
	aPeriod   // a field that is the code of a period
	aQuantity // a field in ten-thousandths
	aClass    // a field that is a class of evidence
	aText     // a text of the words
	fixed     // set when the row is new, and by changes
)

// change is what another entry does to a row that is there. It has the key of the row.
type change struct {
	kind string
	set  []column
}

// of makes columns that are named as what they hold.
func of(from source, names ...string) []column {
	out := make([]column, len(names))
	for i, n := range names {
		out[i] = column{n, from, n}
	}
	return out
}

var tables = []table{
	unitTable,
	{name: "unit_successors", kind: "unit.succeeded", key: []string{"unit", "successor"}, columns: []column{{"unit", aSubject, "unit"},
		{"successor", aState, "successor"}, {"from", aField, "from"}}},
	{name: "posts", kind: "post.opened", key: []string{"post"}, columns: slices.Concat(of(aSubject, "post", "unit"), of(aText, "title"), []column{{"to", fixed, ""}}),
		changes: []change{{"post.ended", of(aField, "to")}}},
	{name: "plans", kind: "plan.taken_into_force", key: []string{"plan"}, columns: slices.Concat(of(aSubject, "plan", "document"), of(aText, "title", "issuer", "number"),
		[]column{{"state", fixed, "in_force"}, {"released", fixed, "0"}}, of(aField, "force_day"), []column{{"published_day", fixed, ""}, {"closed_day", fixed, ""}, {"withdrawn_day", fixed, ""}}),
		changes: []change{
			{"plan.published", []column{{"released", fixed, "1"}, {"published_day", aField, "day"}, {"withdrawn_day", fixed, ""}}},
			{"plan.restated", slices.Concat(of(aSubject, "document"), of(aText, "title", "issuer", "number"))},
			{"plan.withdrawn", []column{{"released", fixed, "0"}, {"withdrawn_day", aField, "day"}}},
			{"plan.closed", []column{{"state", fixed, "closed"}, {"closed_day", aField, "day"}}}}},
	{name: "items", kind: "item.recorded", key: []string{"item"}, columns: slices.Concat(of(aSubject, "item"), of(aText, "title", "lead", "cooperating", "responsible"),
		of(aField, "period", "project"), []column{{"released", fixed, "0"}}, of(aText, "tags"), []column{{"withdrawn_day", fixed, ""}}, of(aField, "standing")),
		changes: []change{{"item.published", []column{{"released", fixed, "1"}, {"withdrawn_day", fixed, ""}}},
			{"item.withdrawn", []column{{"released", fixed, "0"}, {"withdrawn_day", aField, "day"}}}}},
	{name: "plan_items", kind: "item.recorded", key: []string{"plan", "item"}, columns: slices.Concat(of(aSubject, "plan", "item", "document"), of(aField, "node", "ordinal"))},
	{name: "targets", kind: "target.recorded", key: []string{"target", "revision"}, columns: slices.Concat(of(aSubject, "target", "item"), of(aField, "revision"),
		of(aText, "quote", "indicator"), of(aField, "bound"), of(aQuantity, "value", "max", "start_value"), of(aText, "unit", "scope"),
		of(aField, "period", "start", "deadline", "hardness", "aggregate", "direction"), of(aText, "spans"), of(aField, "standing"))},
	{name: "milestones", kind: "milestone.recorded", key: []string{"milestone", "revision"}, columns: slices.Concat(of(aSubject, "milestone", "item"), of(aField, "revision"),
		of(aText, "title"), of(aField, "due", "hardness"), of(aText, "proof", "spans"), of(aField, "standing"))},
	{name: "orders", kind: "order.given", key: []string{"item"}, columns: slices.Concat(of(aSubject, "item"), of(aField, "kind", "year", "serial"),
		of(aText, "words", "giver"), of(aField, "given"))},
	ownerTable,
	{name: "reports", kind: progress.KindReported, key: []string{"item", "unit", "period", "revision"}, columns: slices.Concat(of(aSubject, "item", "unit"), of(aPeriod, "period"),
		of(aField, "revision", "state"), of(aText, "done"), of(aField, "on_behalf", "day"), []column{{"standing", fixed, "sent"}, {"decided_day", fixed, ""}}),
		changes: []change{{progress.KindConfirmed, []column{{"standing", fixed, "confirmed"}, {"decided_day", aField, "day"}}},
			{progress.KindReturned, []column{{"standing", fixed, "returned"}, {"decided_day", aField, "day"}}}}},
	{name: "collections", kind: collection.KindStarted, key: []string{"collection"}, columns: slices.Concat(of(aSubject, "collection"), of(aField, "kind", "by"), of(aText, "title"),
		of(aField, "plan", "item", "due"), []column{{"started_day", aField, "day"}, {"closed_day", fixed, ""}}),
		changes: []change{{collection.KindExtended, of(aField, "due")}, {collection.KindClosed, []column{{"closed_day", aField, "day"}}}}},
	{name: "owed", kind: collection.KindAsked, key: []string{"collection", "unit"}, columns: slices.Concat(of(aSubject, "collection", "unit"),
		[]column{{"standing", fixed, ""}, {"revision", fixed, "0"}, {"sent_day", fixed, ""}, {"on_behalf", fixed, "0"}, {"decided_day", fixed, ""}}, of(aField, "due")),
		changes: []change{{collection.KindAnswered, []column{{"standing", fixed, "sent"}, {"revision", aField, "revision"}, {"sent_day", aField, "day"}, {"on_behalf", aField, "on_behalf"}, {"decided_day", fixed, ""}}},
			{collection.KindReturned, []column{{"standing", fixed, "returned"}, {"decided_day", aField, "day"}}},
			{collection.KindAccepted, []column{{"standing", fixed, "accepted"}, {"decided_day", aField, "day"}}}}},
	{name: "milestones_reached", kind: progress.KindStoneReached, key: []string{"milestone", "revision"}, columns: slices.Concat(of(aSubject, "milestone", "item", "unit"), of(aField, "revision", "on", "day"),
		[]column{{"standing", fixed, "confirmed"}}), changes: []change{{progress.KindStoneReturned, []column{{"standing", fixed, "returned"}}}}},
	{name: "indicators", kind: fact.KindIndicatorOpened, key: []string{"indicator"}, columns: slices.Concat(of(aSubject, "indicator"), of(aText, "name", "unit_of_measure"),
		of(aField, "aggregation", "direction"), of(aClass, "class_wanted"), of(aField, "numerator", "divisor")),
		changes: []change{{fact.KindIndicatorStated, of(aText, "name", "unit_of_measure")}, {fact.KindIndicatorPublished, nil}, {fact.KindIndicatorWithdrawn, nil}}},
	{name: "goals", kind: fact.KindGoalSet, key: []string{"goal"}, columns: slices.Concat(of(aState, "goal"), of(aSubject, "target", "item", "indicator"),
		of(aField, "from", "to"), []column{{"set_day", aField, "day"}}, of(aField, "windows"))},
	{name: "phases", kind: "phase.recorded", key: []string{"plan", "ordinal"}, columns: slices.Concat(of(aSubject, "plan"), of(aField, "ordinal"),
		of(aText, "name"), of(aField, "first", "last"), of(aText, "spans"), of(aField, "standing"))},
	{name: "questions", kind: "question.recorded", key: []string{"question"}, columns: slices.Concat(of(aSubject, "question", "plan", "item"), of(aField, "ordinal", "state"),
		[]column{{"question_words", aText, "question"}}, of(aText, "answer", "spans"))},
	{name: "plan_fields", kind: "plan.fields_set", key: []string{"plan", "kind"}, columns: slices.Concat(of(aSubject, "plan"), of(aState, "kind"), of(aField, "released", "day"))},
	{name: "changes", kind: "change.recorded", key: []string{"plan", "version", "part"}, columns: slices.Concat(of(aSubject, "plan"), of(aField, "version", "part"),
		of(aSubject, "item"), of(aField, "kind", "approved_day", "source"), of(aText, "cause", "basis", "edits"))},
}

// recordedBy names the entries by which a record comes to be known.
var recordedBy = map[string][]string{
	"unit": {"unit.opened", "unit.imported"}, "post": {"post.opened"}, "account": {"account.opened"}, "group": {"group.stated"}, "handover": {"post.handed_over"}, "document": {"document.frozen"},
	"plan": {"plan.taken_into_force"}, "item": {"item.recorded"}, "target": {"target.recorded"},
	"milestone": {"milestone.recorded"}, "question": {"question.recorded"}, "collection": {collection.KindStarted},
	"indicator": {fact.KindIndicatorOpened},
}

// kinds are all kinds of entries of this format. Another one would mean
// something that this program cannot recount, so it is refused.
var kinds = allKinds()

func allKinds() map[string]bool {
	all := map[string]bool{"city.founded": true, "city.contact_stated": true, "account.named": true, "account.closed": true, "account.erased": true, "post.roles_given": true,
		"duty.answered": true, "duty.upheld": true, "term.begun": true, "term.ended": true, "unit.working_body_stated": true, "unit.contact_stated": true, "unit.phone_stated": true, "plan.approved": true,
		"plan.secrecy_reviewed": true, "plan.words_kept": true, "change.approved": true, "plan.difference_declined": true,
		progress.KindRemarked: true,
		"lamp.rules_set":      true, "lamp.set": true, "lamp.taken_back": true, "order.instructed": true, "order.answered": true, "order.answer_accepted": true, "order.asked_again": true,
		"burden.capped":     true,
		progress.KindIssued: true, progress.KindStoneProposed: true, progress.KindStoneRemarked: true, progress.KindFileAdded: true, progress.KindFileRemoved: true,
		progress.KindSigningSet: true,
		fact.KindAdded:          true, fact.KindMonthClosed: true, fact.KindPersonErased: true, fact.KindSplitIssued: true, fact.KindDoubted: true,
		"draw.committed": true, "draw.frozen": true, "draw.revealed": true}
	for _, k := range reminder.EntryKinds {
		all[k] = true
	}
	for _, by := range recordedBy {
		for _, k := range by {
			all[k] = true
		}
	}
	for _, t := range tables {
		all[t.kind] = true
		for _, c := range t.changes {
			all[c.kind] = true
		}
	}
	return all
}

func inTables(kind string) bool {
	return slices.ContainsFunc(tables, func(t table) bool {
		return t.kind == kind || slices.ContainsFunc(t.changes, func(c change) bool { return c.kind == kind })
	})
}

func (t table) path() string { return "tables/" + t.name + ".csv" }

// at is the place of a column.
func (t table) at(name string) int {
	return slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
}

func (t table) header() []string {
	out := make([]string, len(t.columns))
	for i, c := range t.columns {
		out[i] = c.name
	}
	return out
}

// value gives the cell that an entry makes.
func (c column) value(e ledger.Entry, texts map[string]string) string {
	switch c.from {
	case aSubject:
		return e.Subject(c.of)
	case aField, aState:
		return e.Field(c.of)
	case aPeriod:
		return string(progress.OfCode(e.Field(c.of)))
	case aQuantity:
		return decimal(e.Field(c.of))
	case aClass:
		return strings.ToUpper(e.Field(c.of))
	case aText:
		return texts[c.of]
	}
	return c.of
}

package plan

import (
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
	"luoshi/ledger"
)

// Kinds of entries about plans. docs/export.md says how tables are replayed from them.
const (
	KindDocumentFrozen    = "document.frozen"
	KindTakenIntoForce    = "plan.taken_into_force"
	KindApproved          = "plan.approved"
	KindPublished         = "plan.published"
	KindClosed            = "plan.closed"
	KindItemRecorded      = "item.recorded"
	KindItemPublished     = "item.published"
	KindTargetRecorded    = "target.recorded"
	KindMilestoneRecorded = "milestone.recorded"
	KindPhaseRecorded     = "phase.recorded"
	KindQuestionRecorded  = "question.recorded"
	KindSecrecyReviewed   = "plan.secrecy_reviewed"
	KindWordsKept         = "plan.words_kept"
	KindFieldsSet         = "plan.fields_set"
	KindWithdrawn         = "plan.withdrawn"
	KindItemWithdrawn     = "item.withdrawn"
)

// ForceEntries are the entries by which a draft comes into force: the frozen
// document, the plan, who approved it (internal), and each record as it now
// stands, so that the tables of an export can be replayed from the ledger alone.
func ForceEntries(d Draft, text, original [32]byte, runes int) []ledger.Draft {
	p := d.Plan
	plan, doc := about("plan", p.ID), about("document", p.Document)
	out := []ledger.Draft{
		DocumentEntry(p.Document, text, original, runes),
		{Kind: KindTakenIntoForce, Class: ledger.Public, Subjects: []ledger.Subject{plan, doc},
			Fields: []ledger.Field{ledger.Day("force_day", string(p.ForceDay)), ledger.Num("items", int64(len(d.Items))),
				ledger.Num("targets", int64(len(d.Targets))), ledger.Num("milestones", int64(len(d.Milestones)))},
			Words: ledger.Words("title", p.Title, "issuer", p.Issuer, "number", p.Number)},
		{Kind: KindApproved, Class: ledger.Internal, Subjects: []ledger.Subject{plan}, Words: p.ApprovedBy},
	}
	for _, f := range d.Phases {
		out = append(out, phaseEntry(p.ID, f))
	}
	for _, i := range d.Items {
		out = append(out, itemEntry(p.ID, i))
	}
	for _, t := range d.Targets {
		out = append(out, targetEntry(t))
	}
	for _, m := range d.Milestones {
		out = append(out, milestoneEntry(m))
	}
	for _, q := range d.Questions {
		out = append(out, questionEntry(p.ID, q))
	}
	return out
}

func phaseEntry(p id.Plan, f Phase) ledger.Draft {
	return ledger.Draft{Kind: KindPhaseRecorded, Class: ledger.Public, Subjects: []ledger.Subject{about("plan", p)},
		Fields: fields(ledger.Num("ordinal", int64(f.Ordinal)), day("first", f.First), day("last", f.Last), state("standing", string(f.Standing))),
		Words:  ledger.Words("name", f.Name, "spans", Spans(f.Span))}
}

func itemEntry(p id.Plan, i Item) ledger.Draft {
	return ledger.Draft{Kind: KindItemRecorded, Class: ledger.Public, Subjects: []ledger.Subject{about("item", i.ID), about("plan", p), about("document", i.Document)},
		Fields: fields(ledger.Num("node", int64(i.Node)), ledger.Num("ordinal", int64(i.Ordinal)), ledger.Num("project", number(i.Project)), state("period", string(i.Period)),
			state("standing", string(i.Standing))),
		Words: ledger.Words("title", i.Title, "lead", i.Lead, "cooperating", i.Cooperating, "responsible", i.Responsible, "tags", strings.Join(i.Tags, "、"))}
}

func targetEntry(t Target) ledger.Draft {
	return ledger.Draft{Kind: KindTargetRecorded, Class: ledger.Public, Subjects: []ledger.Subject{about("target", t.ID), about("item", t.Item)},
		Fields: fields(ledger.Num("revision", int64(t.Revision)), state("bound", t.Bound), ledger.Num("value", int64(t.Value)), optional("max", t.Max), optional("start_value", t.From),
			state("period", t.Period), day("start", t.Start), day("deadline", t.Deadline), state("hardness", t.Hardness), state("aggregate", t.Aggregate), state("direction", t.Direction),
			state("standing", string(t.Standing))),
		Words: ledger.Words("quote", t.Quote, "indicator", t.Indicator, "unit", t.Unit, "scope", t.Scope, "spans", Spans(t.Span))}
}

func milestoneEntry(m Milestone) ledger.Draft {
	return ledger.Draft{Kind: KindMilestoneRecorded, Class: ledger.Public, Subjects: []ledger.Subject{about("milestone", m.ID), about("item", m.Item)},
		Fields: fields(ledger.Num("revision", int64(m.Revision)), day("due", m.Due), state("hardness", m.Hardness), state("standing", string(m.Standing))),
		Words:  ledger.Words("title", m.Title, "proof", m.Proof, "spans", Spans(m.Span))}
}

func questionEntry(p id.Plan, q Question) ledger.Draft {
	subjects := []ledger.Subject{about("question", q.ID), about("plan", p)}
	if q.Item != 0 {
		subjects = append(subjects, about("item", q.Item))
	}
	return ledger.Draft{Kind: KindQuestionRecorded, Class: ledger.Public, Subjects: subjects,
		Fields: fields(ledger.Num("ordinal", int64(q.Ordinal)), state("state", string(q.State))),
		Words:  ledger.Words("question", Fill(q.Pattern, q.Args), "answer", q.Says(), "spans", Spans(q.Span))}
}

// CloseEntry is the entry of ending a plan; why is committed to, not entered.
func CloseEntry(p Plan, why string) ledger.Draft {
	return ledger.Draft{Kind: KindClosed, Class: ledger.Public, Subjects: []ledger.Subject{about("plan", p.ID)},
		Fields: []ledger.Field{ledger.Day("day", string(p.ClosedDay))}, Words: ledger.Words("why", why)}
}

// Says is the answer to a question in words, or empty where there is none.
func (q Question) Says() string {
	switch {
	case q.State != QuestionAnswered:
		return ""
	case q.Chosen == OwnWords:
		return q.Words
	}
	return Fill(q.Choices[q.Chosen].Pattern, q.Choices[q.Chosen].Args)
}

// Fill puts the arguments into the %s of a pattern, in order.
func Fill(pattern string, args []string) string {
	for _, a := range args {
		pattern = strings.Replace(pattern, "%s", a, 1)
	}
	return pattern
}

// Spans writes a span as it stands in exports: 611-618;700-705.
func Spans(s document.Span) string {
	parts := make([]string, len(s))
	for i, r := range s {
		parts[i] = strconv.Itoa(r.Start) + "-" + strconv.Itoa(r.End)
	}
	return strings.Join(parts, ";")
}

func about[T interface{ String() string }](noun string, subject T) ledger.Subject {
	return ledger.Subject{Noun: noun, ID: subject.String()}
}

// fields drops the values that are not there.
func fields(all ...ledger.Field) []ledger.Field {
	var out []ledger.Field
	for _, f := range all {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

func day(name string, d calendar.Day) ledger.Field { return ledger.Day(name, string(d)) }

func state(name, s string) ledger.Field { return ledger.State(name, s) }

func optional(name string, d *Decimal) ledger.Field {
	if d == nil {
		return ledger.Field{}
	}
	return ledger.Num(name, int64(*d))
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// ParseSpans reads what Spans wrote; what is none is left out.
func ParseSpans(text string) (s document.Span) {
	for part := range strings.SplitSeq(text, ";") {
		from, to, _ := strings.Cut(part, "-")
		start, err := strconv.Atoi(from)
		end, errEnd := strconv.Atoi(to)
		if err == nil && errEnd == nil {
			s = append(s, document.Range{Start: start, End: end})
		}
	}
	return s
}

// RecordedEntry is the entry of an item as it stands now in a plan in force, where the
// office arranged something about it that no document says.
func (i Item) RecordedEntry(p id.Plan) ledger.Draft { return itemEntry(p, i) }

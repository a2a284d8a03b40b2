package plan

import (
	"strings"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/ledger"
)

// PublishEntries are the entries of making items and kinds of fields public; whole also
// publishes the plan itself. Who reviewed it and which words are kept back is internal.
func PublishEntries(p Plan, items []id.Item, kinds []FieldKind, whole bool, r SecrecyReview, k Keeping, today calendar.Day) []ledger.Draft {
	plan := []ledger.Subject{about("plan", p.ID)}
	var out []ledger.Draft
	if whole {
		out = append(out, ledger.Draft{Kind: KindPublished, Class: ledger.Public, Subjects: plan,
			Fields: []ledger.Field{ledger.Day("day", string(p.PublishedDay)), ledger.Num("items", int64(len(items)))}})
	}
	out = append(out,
		ledger.Draft{Kind: KindSecrecyReviewed, Class: ledger.Internal, Subjects: plan,
			Fields: []ledger.Field{ledger.Day("day", string(r.Day))}, Words: ledger.Words("by", r.By, "result", r.Result)},
		KeptEntry(p, k))
	for _, kind := range kinds {
		out = append(out, fieldsSet(p, kind, true, "", today))
	}
	for _, i := range items {
		out = append(out, ledger.Draft{Kind: KindItemPublished, Class: ledger.Public, Subjects: []ledger.Subject{about("item", i), plan[0]}})
	}
	return out
}

// KeptEntry says which words of a plan are kept back; it is internal.
func KeptEntry(p Plan, k Keeping) ledger.Draft {
	return ledger.Draft{Kind: KindWordsKept, Class: ledger.Internal, Subjects: []ledger.Subject{about("plan", p.ID)},
		Words: ledger.Words("names", strings.Join(k.Names, "\n"), "telephones", strings.Join(k.Telephones, "\n"), "spared", strings.Join(k.Spared, "\n"))}
}

// WithdrawEntries are the entries of taking back what was public. They stay public, so
// that everybody sees that it was done, by whom, when and why; what was withdrawn is
// not among their words. Kinds that stay are those that were public without an entry.
func WithdrawEntries(p Plan, w Withdrawal, items []id.Item, kinds, stay []FieldKind, today calendar.Day) []ledger.Draft {
	plan := about("plan", p.ID)
	fields := []ledger.Field{ledger.Day("day", string(today))}
	why := ledger.Words("why", w.Why)
	var out []ledger.Draft
	if w.Whole {
		out = append(out, ledger.Draft{Kind: KindWithdrawn, Class: ledger.Public, Subjects: []ledger.Subject{plan}, Fields: fields, Words: why})
		why = "" // said once
	}
	for _, kind := range stay {
		out = append(out, fieldsSet(p, kind, true, "", today))
	}
	for _, kind := range kinds {
		out = append(out, fieldsSet(p, kind, false, why, today))
	}
	for _, i := range items {
		out = append(out, ledger.Draft{Kind: KindItemWithdrawn, Class: ledger.Public, Subjects: []ledger.Subject{about("item", i), plan}, Fields: fields, Words: why})
	}
	return out
}

func fieldsSet(p Plan, kind FieldKind, released bool, words string, today calendar.Day) ledger.Draft {
	return ledger.Draft{Kind: KindFieldsSet, Class: ledger.Public, Subjects: []ledger.Subject{about("plan", p.ID)},
		Fields: []ledger.Field{ledger.Day("day", string(today)), ledger.State("kind", string(kind)), ledger.Num("released", number(released))}, Words: words}
}

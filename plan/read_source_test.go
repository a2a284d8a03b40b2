package plan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/plan"
)

// derivations is the closed list of docs/document.md: how a value may come about
// that is no substring of the text.
var derivations = map[string]bool{"wan": true, "han_numeral": true, "percent_words": true, "unit_of_list": true, "indicator_from_clause": true, "date_of_sentence": true,
	"year_from_context": true, "day_as_written": true, "year_end": true, "month_end": true, "end_of_span": true, "day_before_festival": true}

// Nothing is invented: every value that was read is a substring of the text or
// names its derivation. On the supplied plans, where they are, and on our own.
func TestNothingIsInvented(t *testing.T) {
	texts := ownTexts(t)
	if _, err := os.Stat(filepath.Join("..", "..", "shared", "plans", "score.py")); err == nil {
		for name, text := range supplied(t) {
			texts[name] = text
		}
	}
	values := 0
	for name, text := range texts {
		s := plan.Read(text)
		whole := squeezed(text)
		holds := func(what, words string) {
			t.Helper()
			values++
			if words != "" && !strings.Contains(whole, squeezed(words)) {
				t.Errorf("%s: %s %q is not in the text", name, what, words)
			}
		}
		derived := func(what string, d plan.Doubts) {
			t.Helper()
			for field, rule := range d.Derived {
				if !derivations[rule] {
					t.Errorf("%s: %s: %s came by %q, which is not on the list", name, what, field, rule)
				}
			}
		}
		holds("title", s.Title)
		holds("issuer", s.Issuer)
		for _, n := range s.Outline {
			holds("number", n.Number)
			holds("heading", n.Title)
		}
		for _, p := range s.Phases {
			holds("stage", p.Name)
			derived(p.Name, p.Doubts)
		}
		for _, x := range s.Targets {
			if len(x.Span) == 1 { // else a page ends within it
				holds("quote", x.Quote)
			}
			derived(x.Quote, x.Doubts)
			if x.Derived["unit"] == "" && !strings.Contains(squeezed(x.Quote), squeezed(x.Unit)) {
				t.Errorf("%s: the unit %q is not in %q", name, x.Unit, x.Quote)
			}
			if x.Derived["value"] == "" && !strings.Contains(strings.ReplaceAll(squeezed(x.Quote), ",", ""), x.Value.String()) {
				t.Errorf("%s: the value %s is not in %q", name, x.Value, x.Quote)
			}
			if x.Derived["indicator"] == "" {
				holds("indicator", x.Indicator)
			}
			holds("scope", x.Scope)
			if x.Deadline != nil && x.Derived["deadline"] == "" {
				t.Errorf("%s: the deadline of %q came from nowhere", name, x.Quote)
			}
		}
		for _, d := range s.Deadlines {
			if len(d.Span) == 1 {
				holds("quote", d.Quote)
			}
			derived(d.Quote, d.Doubts)
			if d.Derived["date"] == "" {
				t.Errorf("%s: the day of %q came from nowhere", name, d.Quote)
			}
		}
		for _, x := range s.Recurring {
			holds("interval", x.Period)
		}
		for _, p := range s.Responsible {
			for _, u := range p.Units {
				holds("unit", u)
			}
		}
	}
	t.Logf("%d values of %d plans", values, len(texts))
}

// squeezed are words without layout, in the signs by which they are compared.
func squeezed(s string) string { return strings.Join(strings.Fields(document.Fold(s)), "") }

// ownTexts are our own plans, by folder and name.
func ownTexts(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*", "*.txt"))
	if err != nil || len(files) < 15 {
		t.Fatalf("%d plans of our own: %v", len(files), err)
	}
	texts := map[string]string{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		words, _, err := document.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		texts[f] = words
	}
	return texts
}

package desk

import (
	"bytes"
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/ledger"
)

// shownAs is the person whom a story of a fact names, and the pseudonym.
func (w *counting) shownAs(f id.Fact) (person, pseudonym string) {
	w.Helper()
	story, err := w.office.FactStory(w.Context(), w.clerk, f)
	w.must(err)
	return story.Rows[0].Person, story.Rows[0].Subject
}

// A name goes, and the pseudonym, the facts and the figures stay; it does not come back by a
// later fact, and an older copy erases it again.
func TestErasingAPersonThatFactsName(t *testing.T) {
	w := newCounting(t)
	first := w.tell(w.first, w.trained, "2011-09-10", 1, "林小满 139").First
	other := w.tell(w.second, w.trained, "2011-10-11", 1, "陈望舒 138").First
	_, pseudonym := w.shownAs(first)
	before := w.board(w.trained, TreeOfTheDay)

	if err := w.office.ErasePerson(t.Context(), w.cmd(w.clerk), "林小满 139"); !fault.Is(err, fault.Denied) {
		t.Errorf("erased by a clerk: %v", err)
	}
	for _, name := range []string{"", "林小满", "没有这个人"} {
		if err := w.office.ErasePerson(t.Context(), w.cmd(w.admin), name); !fault.Is(err, fault.Invalid) {
			t.Errorf("erased %q: %v", name, err)
		}
	}
	entries := len(w.entries())
	cmd := w.cmd(w.admin)
	for range 2 {
		w.must(w.office.ErasePerson(t.Context(), cmd, "林小满-139"))
	}
	w.must(w.office.ErasePerson(t.Context(), w.cmd(w.admin), "林小满 139")) // and another one
	all := w.entries()
	if len(all) != entries+1 {
		t.Fatalf("%d entries", len(all)-entries)
	}
	last := all[len(all)-1]
	if last.Kind != fact.KindPersonErased || last.Class != ledger.Internal || last.Field("person") != pseudonym || last.Actor != w.admin.Post.String() || last.Entry.Words != nil {
		t.Errorf("the entry: %+v", last.Entry)
	}
	again := w.tell(w.second, w.trained, "2011-10-12", 1, "林小满 139").First
	for _, f := range []id.Fact{first, again} {
		if person, stands := w.shownAs(f); person != "" || stands != pseudonym {
			t.Errorf("%s reads as %q, %s instead of %s", f, person, stands, pseudonym)
		}
	}
	if person, _ := w.shownAs(other); person != "陈望舒 138" {
		t.Errorf("somebody else reads as %q", person)
	}
	if b := w.board(w.trained, TreeOfTheDay); b.Total.Reported != before.Total.Reported || b.Total.Reported != document.Whole(2) {
		t.Errorf("the figure is %+v and was %+v", b.Total, before.Total)
	}
	w.must(w.db.Fold(t.Context()))
	if raw := w.raw(w.folder); bytes.Contains(raw, []byte("林小满")) {
		t.Error("the name stands in the file")
	}
	// What an older copy holds is erased by the list; what it does not know is left alone.
	number, err := id.Parse(pseudonym)
	w.must(err)
	_, second := w.shownAs(other)
	unerased, err := id.Parse(second)
	w.must(err)
	for _, want := range []int{1, 0} {
		if n, err := w.office.ErasePersonsAgain(t.Context(), number, unerased, 12345); n != want || err != nil {
			t.Errorf("%d erased again, want %d: %v", n, want, err)
		}
	}
	if person, _ := w.shownAs(other); person != "" {
		t.Errorf("erased again it reads as %q", person)
	}
}

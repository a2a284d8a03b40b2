package desk

import (
	"bytes"
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
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
		if n, err := w.office.ErasePersonsAgain(t.Context(), ErasedPerson{Number: number}, ErasedPerson{Number: unerased}, ErasedPerson{Number: 12345}); n != want || err != nil {
			t.Errorf("%d erased again, want %d: %v", n, want, err)
		}
	}
	if person, _ := w.shownAs(other); person != "" {
		t.Errorf("erased again it reads as %q", person)
	}
}

// typedGrid keeps a grid of names that is not sent.
func (w *counting) typedGrid(month string, typed GridTyped) {
	w.Helper()
	w.must(w.office.KeepFactGrid(w.Context(), w.cmd(w.station), w.township, month, typed))
}

func (w *counting) draftOf(month string) GridDraft {
	w.Helper()
	g, err := w.office.FactGrid(w.Context(), w.station, w.township, month, []id.Indicator{w.trained})
	w.must(err)
	if g.Draft == nil {
		w.Fatal("the draft is gone")
	}
	return *g.Draft
}

// numberOf is the pseudonym of a name.
func (w *counting) numberOf(name string) (number int64) {
	w.Helper()
	w.must(w.db.Local(w.Context(), func(tx *db.Tx) (err error) {
		number, err = tx.Pseudonym(fact.SubjectKey(name))
		return err
	}))
	return number
}

// draftSealed are the sealed bytes of all grids that were not sent.
func (w *counting) draftSealed() (all [][]byte) {
	w.Helper()
	w.must(w.db.Read(w.Context(), func(v *db.View) (err error) {
		all, err = db.Rows(v, db.Value[[]byte], "SELECT sealed FROM fact_grid_draft WHERE city_id = $1 ORDER BY month", 1)
		return err
	}))
	return all
}

// Erasing a name takes it out of what was typed into grids and not sent, however it is
// written there, and out of nothing else; who was never reported is found there too.
func TestErasingAPersonInGridsNotSent(t *testing.T) {
	w := newCounting(t)
	w.tell(w.first, w.trained, "2011-09-10", 1, "林小满")
	first, second := fact.GridSpot{Unit: w.first, Indicator: w.trained}.Field(), fact.GridSpot{Unit: w.second, Indicator: w.trained}.Field()
	w.typedGrid("2011-09", GridTyped{Cells: map[string]string{first: "陈海生 林小满、王 芳", second: "林·小满 13900001111；李大林"},
		Pasted: "上塘村\t陈海生 林小满", Why: "林小满多记了一次", Sure: []string{"more names|林小满等5人"}, Class: fact.ByRecipient})
	other := GridTyped{Cells: map[string]string{first: "陈海生、林大满", second: "12"}, Pasted: "上塘村\t陈海生", Why: "少记了", Sure: []string{"x"}}
	w.typedGrid("2011-10", other)
	before := w.draftSealed()
	w.now = w.now.AddDate(0, 0, 3)
	w.must(w.office.ErasePerson(t.Context(), w.cmd(w.admin), "林小满"))
	d := w.draftOf("2011-09")
	if d.Cells[first] != "陈海生、王芳" || d.Cells[second] != "李大林" || d.Pasted+d.Why != "" || d.Sure != nil || !d.Unnamed || d.Class != fact.ByRecipient || d.Day != "2011-10-20" {
		t.Errorf("%+v", d)
	}
	if d := w.draftOf("2011-10"); text(d.GridTyped) != text(other) {
		t.Errorf("another grid: %+v", d)
	}
	w.must(w.db.Fold(t.Context()))
	if raw := w.raw(w.folder); len(raw) > 0 && (bytes.Contains(raw, before[0]) || !bytes.Contains(raw, before[1])) {
		t.Error("what was sealed before is still in the file, or the test shows nothing")
	}

	// It was typed again: erased again it goes, and is entered once.
	w.typedGrid("2011-09", GridTyped{Cells: map[string]string{first: "林小满"}})
	entries := len(w.entries())
	w.must(w.office.ErasePerson(t.Context(), w.cmd(w.admin), "林小满"))
	if d := w.draftOf("2011-09"); d.Cells[first] != "" || len(w.entries()) != entries {
		t.Errorf("%+v, %d entries", d, len(w.entries())-entries)
	}
	// Nobody reported her yet, and so her name is not kept when somebody does.
	if err := w.office.ErasePerson(t.Context(), w.cmd(w.admin), "陈海平"); !fault.Is(err, fault.Invalid) {
		t.Errorf("nowhere: %v", err)
	}
	w.must(w.office.ErasePerson(t.Context(), w.cmd(w.admin), "林大满"))
	if d := w.draftOf("2011-10"); d.Cells[first] != "陈海生" || len(w.entries()) != entries+1 {
		t.Errorf("%+v, %d entries", d, len(w.entries())-entries)
	}
	if person, _ := w.shownAs(w.tell(w.second, w.trained, "2011-10-12", 1, "林大满").First); person != "" {
		t.Errorf("reported later she reads as %q", person)
	}
}

// An older copy holds grids with names that were erased since, by a name that it knows or
// by the pseudonym alone; what was typed later stays, and a draft that nobody opens stops nothing.
func TestErasingPersonsAgainInGridsNotSent(t *testing.T) {
	w := newCounting(t)
	w.tell(w.first, w.trained, "2011-09-10", 1, "林小满 139")
	first, second := fact.GridSpot{Unit: w.first, Indicator: w.trained}.Field(), fact.GridSpot{Unit: w.second, Indicator: w.trained}.Field()
	typed := GridTyped{Cells: map[string]string{first: "林小满139（新）、王芳", second: "陈海生、王·芳 1390000、李大林"}, Pasted: "上塘村\t王芳"}
	w.typedGrid("2011-09", typed)
	w.typedGrid("2011-08", GridTyped{Cells: map[string]string{first: "王芳"}})
	w.must(w.db.Local(t.Context(), func(tx *db.Tx) error { // as an older version kept it
		_, err := tx.Exec("UPDATE fact_grid_draft SET typed = $1, sealed = NULL WHERE city_id = $2 AND month = $3", text(GridTyped{Cells: map[string]string{first: "王芳"}}), 1, "2011-08")
		return err
	}))
	w.now = w.now.AddDate(0, 0, 2)
	w.typedGrid("2011-10", typed) // later than the erasing
	w.must(w.db.Local(t.Context(), func(tx *db.Tx) error {
		return tx.Insert("fact_grid_draft", "city_id, unit_id, month, typed, sealed, saved_day, post_id", [][]any{{1, w.county, "2011-10", "{}", []byte{1, 2, 3}, "2011-10-20", 1}})
	}))
	on := w.office.Today().AddDays(-1)
	list := []ErasedPerson{{w.numberOf("林小满 139"), on}, {w.numberOf("王芳"), on}, {w.numberOf("没有这个人"), on}}
	entries := len(w.entries())
	for _, want := range []int{2, 0} {
		if n, err := w.office.ErasePersonsAgain(t.Context(), list...); n != want || err != nil {
			t.Errorf("%d erased again, want %d: %v", n, want, err)
		}
	}
	if d := w.draftOf("2011-09"); d.Cells[first] != "" || d.Cells[second] != "陈海生、李大林" || d.Pasted != "" || !d.Unnamed {
		t.Errorf("%+v", d)
	}
	if d := w.draftOf("2011-08"); d.Cells[first] != "" || !d.Unnamed {
		t.Errorf("of an older version: %+v", d)
	}
	if d := w.draftOf("2011-10"); text(d.GridTyped) != text(typed) {
		t.Errorf("typed later: %+v", d)
	}
	if n := len(w.entries()) - entries; n != 1 {
		t.Errorf("%d entries", n)
	}
}

package desk

import (
	"testing"

	"luoshi/collection"
	"luoshi/fault"
	"luoshi/id"
)

// Units are added while a collection runs, and owe by the day of all or by their own.
func TestCollectionAsksMoreUnits(t *testing.T) {
	w := newBureauTown(t)
	library, culture, art := w.units["市图书馆"], w.units["公共文化处"], w.units["艺术处"]
	c, err := w.office.Collect(t.Context(), w.cmd(w.clerk), NewCollection{Units: []id.Unit{library},
		Collection: collection.Collection{Kind: collection.File, Title: "小结", Due: "2011-08-20"}})
	w.must(err)
	before := len(w.entries())
	for name, err := range map[string]error{
		"asked already":      w.office.AskMore(t.Context(), w.cmd(w.clerk), c, []id.Unit{library}, ""),
		"by a unit":          w.office.AskMore(t.Context(), w.cmd(w.library), c, []id.Unit{culture}, ""),
		"nobody":             w.office.AskMore(t.Context(), w.cmd(w.clerk), c, nil, ""),
		"before the others":  w.office.AskMore(t.Context(), w.cmd(w.clerk), c, []id.Unit{culture}, "2011-08-19"),
		"no unit of the own": w.office.AskMore(t.Context(), w.cmd(w.clerk), c, []id.Unit{99}, ""),
	} {
		if fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.office.AskMore(t.Context(), w.cmd(w.clerk), c, []id.Unit{culture}, ""))
	w.must(w.office.AskMore(t.Context(), w.cmd(w.clerk), c, []id.Unit{art}, "2011-08-25"))
	if n := len(w.entries()) - before; n != 2 {
		t.Errorf("%d entries", n)
	}
	more, err := w.office.AskableMore(t.Context(), w.clerk, c)
	w.must(err)
	for _, u := range more.Units {
		if u.ID == library || u.ID == art {
			t.Errorf("%s is offered twice", u.Name)
		}
	}
	w.moves("2011-08-21")
	for unit, want := range map[string]collection.Situation{"市图书馆": collection.Missing, "公共文化处": collection.Missing, "艺术处": collection.Awaited} {
		if l := w.asked(c, unit); l.Situation != want {
			t.Errorf("%s is %s", unit, l.Situation)
		}
	}
	if err := w.office.AskMore(t.Context(), w.cmd(w.clerk), c, []id.Unit{w.units["云溪县"]}, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("added to a day that has passed: %v", err)
	}
	head := w.employ("艺术处", "处长", "叶听涛", "unit_head")
	due, err := w.office.CollectionsDue(t.Context(), head)
	w.must(err)
	if len(due) != 1 || len(due[0].Owed) != 1 || due[0].Owed[0].Due != "2011-08-25" || due[0].Owed[0].State != collection.Awaited {
		t.Errorf("%+v", due)
	}
	w.must(w.office.SendAnswer(t.Context(), w.cmd(head), c, art, GivenAnswer{FileName: "小结.pdf", Raw: []byte("x")}))
	if l := w.asked(c, "艺术处"); l.Late || l.Ordinal != 3 {
		t.Errorf("%+v", l)
	}
	// A day that is put off beyond its own is its day too.
	w.must(w.office.ExtendCollection(t.Context(), w.cmd(w.clerk), c, "2011-08-30", "台风"))
	if l := w.asked(c, "公共文化处"); l.Situation != collection.Awaited || l.DueBy("2011-08-30") != "2011-08-30" {
		t.Errorf("%+v", l)
	}
	w.must(w.office.CloseCollection(t.Context(), w.cmd(w.clerk), c))
	if err := w.office.AskMore(t.Context(), w.cmd(w.clerk), c, []id.Unit{w.units["云溪县"]}, "2011-09-30"); !fault.Is(err, fault.Conflict) {
		t.Errorf("added after the end: %v", err)
	}
}

package desk

import (
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// shown is a town whose first target is counted by what was shown in its villages.
type shown struct {
	*counting
	item   id.Item
	goal   id.Goal
	target id.Target
	due    calendar.Day
}

func newShown(t *testing.T) shown {
	w := shown{counting: newCounting(t)}
	r := w.forced(small)
	w.target, w.item, w.due = r.Targets[0].ID, r.Targets[0].Item, r.Targets[0].Deadline
	var items []id.Item
	for _, i := range r.Items {
		items = append(items, i.ID)
	}
	w.publish(r.Plan.ID, items...)
	var err error
	w.goal, err = w.office.SetGoal(t.Context(), w.cmd(w.clerk), fact.Goal{Target: w.target, Indicator: w.shows, From: "2011-08-01", To: "2012-12-31", Windows: []fact.Window{{From: "06-01", To: "09-16"}}})
	w.must(err)
	return w
}

func (w shown) goals() []PublicGoal {
	w.Helper()
	all, err := w.public.GoalsOf(w.Context(), w.item)
	w.must(err)
	return all
}

func (w shown) release(public bool) {
	w.Helper()
	w.must(w.office.ReleaseIndicator(w.Context(), w.cmd(w.leader), w.shows, public))
}

func TestFiguresArePublicOnceTheIndicatorIs(t *testing.T) {
	w := newShown(t)
	f := w.tell(w.first, w.shows, "2011-09-10", 3, "")
	if len(w.goals()) != 0 {
		t.Fatal("an indicator is public that nobody released")
	}
	if _, err := w.public.Fact(t.Context(), f.First); err == nil {
		t.Error("so is its fact")
	}
	if _, err := w.public.Choose(t.Context(), FactFilter{Indicator: w.shows}); err == nil {
		t.Error("it can be asked for")
	}
	w.release(true)
	bureau, err := w.office.Bureau(t.Context())
	w.must(err)
	w.must(w.office.IssueShares(t.Context(), w.cmd(w.clerk), w.goal, bureau, []ShareTold{{Unit: w.county, Value: document.Whole(40)}}))
	g := w.goals()
	if len(g) != 1 || g[0].Board.Total.Reported != document.Whole(3) || g[0].Board.Total.Counted != 0 || g[0].Shares[w.county] != document.Whole(40) {
		t.Fatalf("%+v", g)
	}
	if len(g[0].Goal.Windows) != 1 || g[0].Goal.Windows[0] != (fact.Window{From: "06-01", To: "09-16"}) {
		t.Errorf("its season came back as %v", g[0].Goal.Windows)
	}
	fair := g[0].Fair
	if fair.Villages != 2 || fair.Silent != 1 || fair.Least != document.Whole(3) || len(fair.LeastNamed) != 1 || fair.ByCounty[w.county] != (CountyVillages{2, 1}) || fair.Quiet != 1 {
		t.Errorf("fairness %+v", fair)
	}
	c, err := w.public.Choose(t.Context(), FactFilter{Unit: w.county, Month: "2011-09"})
	w.must(err)
	rows, next, err := w.public.FactsAfter(t.Context(), c, 0)
	if err != nil || len(rows) != 1 || next != 0 || rows[0].Note != "" || rows[0].Post != 0 {
		t.Errorf("%+v, %v, %v", rows, next, err)
	}
	leaves, _, more, err := w.public.RollUpAfter(t.Context(), c, RollUpRow{})
	if err != nil || more || len(leaves) != 2 || leaves[0].Unit != w.township || leaves[0].Reported != leaves[1].Reported || leaves[1].Reported != document.Whole(3) {
		t.Errorf("%+v, %v", leaves, err)
	}
	w.release(false)
	if len(w.goals()) != 0 {
		t.Error("taken back it is still shown")
	}
}

func TestWhatCameToAVillageAndItsTownship(t *testing.T) {
	w := newShown(t)
	w.release(true)
	w.tell(w.first, w.shows, "2011-09-10", 3, "")
	w.tell(w.first, w.trained, "2011-09-11", 1, "林小满")
	facts := func(which id.Unit) UnitFacts {
		u, err := w.public.Unit(t.Context(), which)
		w.must(err)
		out, err := w.public.UnitFacts(t.Context(), u)
		w.must(err)
		return out
	}
	v := facts(w.first)
	if len(v.Lines) != 1 || len(v.Shares) != 1 || v.Shares[0].Given || v.Shares[0].Came.Reported != document.Whole(3) || v.Station.ID != w.township {
		t.Errorf("the village: %+v", v)
	}
	if due := v.Shares[0].Until; due != w.due || due == "" {
		t.Errorf("the village has until %s, promised for %s", due, w.due)
	}
	if v = facts(w.second); len(v.Lines) != 0 || len(v.Shares) != 0 {
		t.Errorf("the village where nothing came: %+v", v)
	}
	above := facts(w.township)
	if len(above.Shares) != 1 || above.Shares[0].Villages != 2 || len(above.Shares[0].Silent) != 1 || above.Shares[0].Silent[0].ID != w.second {
		t.Errorf("the township: %+v", above.Shares)
	}
}

func TestADoubtIsKeptForWhoVerifies(t *testing.T) {
	w := newShown(t)
	f := w.tell(w.first, w.shows, "2011-09-10", 3, "").First
	command := w.command()
	if err := w.public.Doubt(t.Context(), command, f, ""); err == nil {
		t.Fatal("a fact that is not public can be doubted")
	}
	w.release(true)
	before := len(w.entries())
	for range 2 { // the form is sent twice
		w.must(w.public.Doubt(t.Context(), command, f, " 那天没有人来 "))
	}
	all, err := w.office.Doubts(t.Context(), w.checker, f)
	if err != nil || len(all) != 1 || all[0].Words != "那天没有人来" || all[0].Day != "2011-10-20" {
		t.Errorf("%+v, %v", all, err)
	}
	n, err := w.office.DoubtsBelow(t.Context(), w.checker, w.county, []id.Fact{f})
	if err != nil || n[f] != 1 {
		t.Errorf("%v, %v", n, err)
	}
	if _, err := w.office.Doubts(t.Context(), w.hireAt(w.second, "联络员", org.Reporter), f); err == nil {
		t.Error("another village reads it")
	}
	entries := w.entries()
	last := entries[len(entries)-1]
	if i := slices.IndexFunc(entries[before:], func(l db.Logged) bool { return l.Kind == fact.KindDoubted }); i != 0 {
		t.Errorf("the entry: %+v", last)
	}
	if e := entries[before]; e.Class != "internal" || e.Actor != "" {
		t.Errorf("the entry says who: %+v", e)
	}
	w.must(w.office.ReturnFacts(t.Context(), w.cmd(w.checker), w.county, []id.Fact{f}, "没有签收单"))
	if err := w.public.Doubt(t.Context(), w.command(), f, ""); err == nil {
		t.Error("a fact that was returned can be doubted")
	}
}

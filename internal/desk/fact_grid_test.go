package desk

import (
	"slices"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/org"
)

// A township's month: told in a grid, one cell corrected so that only it makes a fact,
// looked at by a verifier with flags, and closed; what comes later is an adjustment.
func TestAMonthInAGrid(t *testing.T) {
	w := newCounting(t)
	cell := func(u id.Unit, n int64, stood ...int64) GridTold {
		c := GridTold{GridSpot: fact.GridSpot{Unit: u, Indicator: w.shows}, Told: document.Whole(n)}
		if len(stood) > 0 {
			c.Stood, c.Stand = document.Whole(stood[0]), true
		}
		return c
	}
	grid := func() FactGrid {
		g, err := w.office.FactGrid(t.Context(), w.station, w.township, "2011-09", nil)
		w.must(err)
		return g
	}
	typed := GridTyped{Cells: map[string]string{"c": "三"}, Pasted: "上塘村\t三"}
	w.must(w.office.KeepFactGrid(t.Context(), w.cmd(w.station), w.township, "2011-09", typed))
	if g := grid(); g.Draft == nil || g.Draft.Pasted != typed.Pasted || len(g.Rows) != 2 || len(g.Columns) != 2 || g.Day != "2011-09-30" {
		t.Fatalf("the grid: %+v", g)
	}
	out, err := w.office.ReportFactGrid(t.Context(), w.cmd(w.station), w.township, "2011-09", []GridTold{cell(w.first, 3), cell(w.second, 2)}, fact.ByRecipient, "")
	w.must(err)
	if out.Rows != 2 || grid().Draft != nil {
		t.Fatalf("%+v", out)
	}
	if _, err := w.office.ReportFactGrid(t.Context(), w.cmd(w.station), w.township, "2011-09", []GridTold{cell(w.first, 3, 3), cell(w.second, 2, 2)}, fact.ByRecipient, "x"); err == nil {
		t.Error("nothing changed, and was taken")
	}
	if _, err := w.office.ReportFactGrid(t.Context(), w.cmd(w.station), w.township, "2011-09", []GridTold{cell(w.first, 5, 4)}, fact.ByRecipient, "x"); err == nil {
		t.Error("what another reported was written over")
	}
	out, err = w.office.ReportFactGrid(t.Context(), w.cmd(w.station), w.township, "2011-09", []GridTold{cell(w.first, 4, 3), cell(w.second, 2, 2)}, fact.ByRecipient, "少记了一场")
	w.must(err)
	if out.Rows != 1 {
		t.Errorf("one cell changed, %d facts", out.Rows)
	}
	if b := w.board(w.shows, TreeOfTheDay); b.Total.Reported != document.Whole(6) {
		t.Errorf("in all %+v", b.Total)
	}

	// The village says itself what it is asked; then the month is checked and closed.
	counts, err := w.office.CountsOf(t.Context(), w.hireAt(w.first, "文化管理员", "reporter"))
	w.must(err)
	if len(counts) != 1 || len(counts[0].Asked) != 1 || counts[0].Asked[0].ID != w.shows {
		t.Errorf("asked of the village: %+v", counts)
	}
	page, err := w.office.ToVerify(t.Context(), w.checker, w.county, "2011-09")
	w.must(err)
	if len(page.Lines) != 2 || !page.Lines[0].Clean() || !page.Lines[1].Clean() {
		t.Fatalf("to verify: %+v", page.Lines)
	}
	w.must(w.office.VerifyFacts(t.Context(), w.cmd(w.checker), w.county, []id.Fact{page.Lines[0].ID}, fact.Independent))
	w.must(w.office.CloseMonth(t.Context(), w.cmd(w.leader), w.county, "2011-09"))
	w.now = w.now.Add(24 * time.Hour)
	w.tell(w.second, w.shows, "2011-09-15", 7, "")
	m, err := w.office.FactMonth(t.Context(), w.clerk, w.county, "2011-09")
	w.must(err)
	if l := m.Lines[0]; m.Closed.Facts != 2 || len(m.Adjustments) != 1 || l.Verified != 1 || l.Open != 2 || l.Figure.Reported != document.Whole(13) {
		t.Errorf("the month: %+v", m)
	}
	page, err = w.office.ToVerify(t.Context(), w.checker, w.county, "2011-09")
	w.must(err)
	if last := page.Lines[len(page.Lines)-1]; len(last.Flags) != 1 || last.Flags[0].Kind != fact.AfterClose {
		t.Errorf("after the close: %+v", last.Flags)
	}
	one, err := w.office.ToVerifyOne(t.Context(), w.checker, w.county, page.Lines[1].ID)
	w.must(err)
	if len(one.Story.Rows) == 0 || len(one.Page.Verified) != 1 {
		t.Errorf("one: %+v", one)
	}

	// Months later, what waits is still where the verifier begins.
	w.now = w.now.AddDate(0, 3, 0)
	page, err = w.office.ToVerify(t.Context(), w.checker, w.county, "")
	w.must(err)
	if page.Month != "2011-09" || page.Waiting["2011-09"] != 2 || len(page.Waiting) != 1 || len(page.Lines) != 2 {
		t.Errorf("begins in %s, waiting %v", page.Month, page.Waiting)
	}
}

// Who is named in a cell is told once, by a pseudonym, whatever is typed again; a draft with
// names is read as it was typed.
func TestNamesInAGrid(t *testing.T) {
	w := newCounting(t)
	cell := func(u id.Unit, names ...string) GridTold {
		return GridTold{GridSpot: fact.GridSpot{Unit: u, Indicator: w.trained}, Names: names}
	}
	report := func(cells ...GridTold) (FactsTaken, error) {
		return w.office.ReportFactGrid(t.Context(), w.cmd(w.station), w.township, "2011-09", cells, fact.OwnWord, "")
	}
	_, err := w.office.OpenIndicator(t.Context(), w.cmd(w.clerk), fact.Indicator{Name: "送图书", Measure: "册", Aggregation: fact.Sum})
	w.must(err)
	all, err := w.office.FactGrid(t.Context(), w.station, w.township, "2011-09", nil)
	w.must(err)
	if len(all.Columns) != 3 || !all.Columns[2].Named() {
		t.Errorf("names do not stand behind numbers: %+v", all.Columns)
	}
	typed := GridTyped{Cells: map[string]string{cell(w.first).Field(): "林小满、陈海生"}}
	w.must(w.office.KeepFactGrid(t.Context(), w.cmd(w.station), w.township, "2011-09", typed))
	g, err := w.office.FactGrid(t.Context(), w.station, w.township, "2011-09", []id.Indicator{w.trained})
	w.must(err)
	if g.Draft == nil || g.Draft.Cells[cell(w.first).Field()] != "林小满、陈海生" {
		t.Fatalf("the draft: %+v", g.Draft)
	}
	out, err := report(cell(w.first, "林小满", "陈海生"), cell(w.second, "林小满"))
	w.must(err)
	if b := w.board(w.trained, TreeOfTheDay); out.Rows != 3 || b.Total.Reported != document.Whole(2) {
		t.Errorf("%d rows, in all %s", out.Rows, b.Total.Reported)
	}
	if _, err := report(cell(w.first, "林小满")); err == nil {
		t.Error("who stands was told again")
	}
	out, err = report(cell(w.first, "陈海生", "王芳"))
	w.must(err)
	if out.Rows != 1 {
		t.Errorf("%d rows for one new name", out.Rows)
	}
	g, err = w.office.FactGrid(t.Context(), w.station, w.township, "2011-09", []id.Indicator{w.trained})
	w.must(err)
	if s := g.Stands[cell(w.first).GridSpot]; g.Draft != nil || s.Told != document.Whole(3) || !slices.Equal(s.Names, []string{"林小满", "陈海生", "王芳"}) {
		t.Errorf("what stands: %+v", s)
	}
	for _, f := range g.Stands[cell(w.first).GridSpot].Claims {
		if _, err := id.Parse(f.Subject); err != nil || !f.OnBehalf || f.Source != fact.ByGrid {
			t.Errorf("a name stands in clear: %+v", f)
		}
	}
}

// Who reports from elsewhere writes a part of a village's name and is offered what it may
// mean, and what they told of lately.
func TestPlacesAreOffered(t *testing.T) {
	w := newCounting(t)
	like := func(words string) (names []string) {
		found, more, err := w.office.PlacesLike(t.Context(), words, "2011-10-20")
		w.must(err)
		if more {
			t.Errorf("%s: more than %d", words, MostPlaces)
		}
		for _, p := range found {
			names = append(names, p.Name+" of "+p.Above[0].Name)
		}
		return names
	}
	for words, want := range map[string][]string{"上塘": {"上塘村 of 青石镇"}, "镇下塘": {"下塘村 of 青石镇"}, "塘村": {"上塘村 of 青石镇", "下塘村 of 青石镇"}, "没有": nil, "%": nil, "望潮": {"青石镇 of 望潮区"}} {
		if got := like(words); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", words, got, want)
		}
	}
	bureau := w.bureau()
	driver := w.hireAt(bureau, "放映员", org.Reporter)
	for k, place := range []id.Unit{w.second, w.first, w.second} {
		_, err := w.office.ReportFacts(t.Context(), w.cmd(driver), bureau, []FactTold{{Indicator: w.shows, Unit: bureau, Place: place, Day: calendar.Day("2011-10-01").AddDays(k), Quantity: document.Whole(1), Class: fact.OwnWord}}, fact.ByForm)
		w.must(err)
	}
	known, err := w.office.PlacesOf(t.Context(), driver, bureau)
	w.must(err)
	if len(known) != 2 || known[0].ID != w.second || known[1].ID != w.first {
		t.Errorf("lately: %+v", known)
	}
	if _, err := w.office.PlacesOf(t.Context(), w.checker, bureau); err == nil {
		t.Error("a stranger sees where a unit was")
	}
}

package desk

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

func (w *counting) sheet(list string) FactCheck {
	w.Helper()
	f, err := w.office.OfferFacts(w.Context(), w.cmd(w.station), FactOffer{Content: []byte(list), Unit: w.township, Year: 2011})
	w.must(err)
	return w.looked(f)
}

func (w *counting) looked(f id.FactImport) FactCheck {
	w.Helper()
	c, err := w.office.CheckFacts(w.Context(), w.station, f)
	w.must(err)
	return c
}

func (w *counting) readAs(c FactCheck, change func(r *FactReading)) FactCheck {
	w.Helper()
	r := c.Import.Reading
	change(&r)
	w.must(w.office.ReadFactsAs(w.Context(), w.cmd(w.station), c.Import.ID, r))
	return w.looked(c.Import.ID)
}

func (w *counting) applied(c FactCheck) FactImport {
	w.Helper()
	w.must(w.office.ApplyFacts(w.Context(), w.cmd(w.station), c.Import.ID, c.Digest))
	w.must(w.office.TakeFactsOver(w.Context(), c.Import.ID))
	f, err := w.office.FactImport(w.Context(), w.station, c.Import.ID)
	w.must(err)
	return f
}

func saidOf(c FactCheck) string {
	var out []string
	for _, d := range c.Doubts {
		out = append(out, fmt.Sprintf("%d:%d %s %v", d.Row, d.Column, fmt.Sprintf(d.Says.Key, d.Says.Args...), d.Choices))
	}
	return strings.Join(out, "\n")
}

// A sheet is applied only once all of it is right: a unit that is not written as it is
// called, a word for an indicator and a day are put right on the page and remembered.
func TestSheetImport(t *testing.T) {
	w := newCounting(t)
	c := w.sheet("村\t日期\t演出\n上塘\t9月10日\t3\n下塘村\t2011.9.12\t2\n青石镇\t9.13\t1\n合计\t\t6\n")
	if c.Wrong == 0 || len(c.Told) > 2 || c.Digest != "" {
		t.Fatalf("%d wrong, %d told:\n%s", c.Wrong, len(c.Told), saidOf(c))
	}
	if err := w.office.ApplyFacts(t.Context(), w.cmd(w.station), c.Import.ID, c.Digest); !errors.Is(err, errSheetWrong) {
		t.Fatalf("applied though wrong: %v", err)
	}
	c = w.readAs(c, func(r *FactReading) {
		r.Map.Units = map[string]string{"上塘": "上塘村"}
		r.Indicators = map[string]string{"演出": w.shows.String()}
		r.Class = fact.Independent
	})
	if c.Wrong != 0 || c.Counts != (FactCounts{New: 3, OnBehalf: 2}) || len(c.Sums) != 3 || c.Sums[0].Quantity != document.Whole(3) {
		t.Fatalf("%+v %+v\n%s", c.Counts, c.Sums, saidOf(c))
	}
	if b := w.board(w.shows, TreeOfTheDay); b.Total.Reported != 0 {
		t.Fatal("looked at only, and there are facts")
	}
	if f := w.applied(c); f.State != ImportApplied || f.Done != 3 {
		t.Fatalf("%+v", f)
	}
	if b := w.board(w.shows, TreeOfTheDay); b.Total.Reported != document.Whole(6) {
		t.Fatalf("%+v", b.Total)
	}
	list, err := w.office.Facts(t.Context(), w.station, FactChoice{Unit: w.township, From: "2011-09-01", To: "2011-09-30"})
	w.must(err)
	for _, l := range list.Lines {
		if l.Source != fact.BySheet || l.Class != fact.Independent || l.OnBehalf != (l.Unit != w.township) {
			t.Errorf("%+v", l)
		}
	}
	// The next sheet with these heads, in another order, needs nothing more; what stands is told.
	c = w.sheet("日期\t演出\t村\n9月10日\t3\t上塘\n10月3日\t4\t上塘\n")
	if c.Wrong != 0 || len(c.Repeats) != 1 || c.Repeats[0].Row != 2 || c.Counts.New != 1 || c.Import.Reading.Class != fact.Independent {
		t.Fatalf("%+v %+v\n%s", c.Counts, c.Repeats, saidOf(c))
	}
	if c = w.readAs(c, func(r *FactReading) { r.Again = true }); c.Counts.New != 2 {
		t.Errorf("taken all the same: %+v", c.Counts)
	}
	c = w.readAs(c, func(r *FactReading) { r.Again = false })
	w.tell(w.first, w.shows, "2011-10-03", 4, "")
	if err := w.office.ApplyFacts(t.Context(), w.cmd(w.station), c.Import.ID, c.Digest); !errors.Is(err, errFactsChanged) {
		t.Errorf("told of meanwhile: %v", err)
	}
	if err := w.office.ApplyFacts(t.Context(), w.cmd(w.station), c.Import.ID, w.looked(c.Import.ID).Digest); !errors.Is(err, errSheetNothing) {
		t.Errorf("nothing new: %v", err)
	}
	if _, err := w.office.OfferFacts(t.Context(), w.cmd(w.checker), FactOffer{Content: []byte("村\t数\n"), Unit: w.township}); !fault.Is(err, fault.Denied) {
		t.Errorf("who verifies gives sheets in: %v", err)
	}
}

// A plan that starts mid-year begins with what had come together until a day.
func TestSheetOfAnOpeningBalance(t *testing.T) {
	w := newCounting(t)
	c := w.sheet("村\t送演出\t培训骨干\n上塘村\t30\t12\n下塘村\t21\t0\n")
	c = w.readAs(c, func(r *FactReading) { r.Opening, r.AsOf, r.Class = true, "2011-08-31", fact.ByRecipient })
	if c.Wrong != 0 || c.Counts.New != 4 {
		t.Fatalf("%+v\n%s", c.Counts, saidOf(c))
	}
	if f := w.applied(c); f.State != ImportApplied {
		t.Fatalf("%+v", f)
	}
	if b := w.board(w.shows, TreeOfTheDay); b.ByMonth["2011-08"].Reported != document.Whole(51) || b.Total.Counted != 0 {
		t.Errorf("%+v", b)
	}
	list, err := w.office.Facts(t.Context(), w.station, FactChoice{Unit: w.township, Indicator: w.trained, From: "2011-08-31", To: "2011-08-31"})
	w.must(err)
	if len(list.Lines) != 2 || list.Lines[0].Source != fact.Opening || list.Lines[0].Class != fact.OwnWord {
		t.Errorf("%+v", list.Lines)
	}
}

// A large sheet is taken over part by part: stopped behind any of them it goes on, and no
// row is taken twice.
func TestLargeSheetGoesOnAfterAStop(t *testing.T) {
	w := newCounting(t)
	var list strings.Builder
	list.WriteString("村\t日期\t送演出\n")
	for k := range 2500 {
		fmt.Fprintf(&list, "%s\t2011-09-%02d\t%d\n", []string{"上塘村", "下塘村"}[k%2], k%28+1, k+1)
	}
	c := w.sheet(list.String())
	w.must(w.office.ApplyFacts(t.Context(), w.cmd(w.station), c.Import.ID, c.Digest))
	f, err := w.office.FactImport(t.Context(), w.station, c.Import.ID)
	w.must(err)
	if f.State != ImportApplying || f.Done != 0 || w.board(w.shows, TreeOfTheDay).Total.Reported != 0 {
		t.Fatalf("%+v\n%s", f, saidOf(c))
	}
	errPower := errors.New("the power went")
	if err := w.office.writeFor(t.Context(), f, func(tx *db.Tx) error {
		w.must(w.office.takeSheet(tx, f.Unit, c.Told[:mostFacts]))
		w.must(factSheets.deletePart(tx, 1, int64(f.ID), 0))
		return errPower
	}); !errors.Is(err, errPower) {
		t.Fatal(err)
	}
	if more, err := w.office.takePart(t.Context(), f.ID); !more || err != nil {
		t.Fatal(more, err)
	}
	if b := w.board(w.shows, TreeOfTheDay); b.Total.Facts != mostFacts {
		t.Errorf("%d facts after a part", b.Total.Facts)
	}
	if err := w.office.writeFor(t.Context(), f, func(tx *db.Tx) error { return factsTakenOver(tx, 1, f.ID, 0, mostFacts) }); !errors.Is(err, errOvertaken) {
		t.Errorf("two at once: %v", err)
	}
	w.must(w.office.TakeFactsOver(t.Context(), f.ID))
	w.must(w.office.TakeFactsOver(t.Context(), f.ID))
	if f, err = w.office.FactImport(t.Context(), w.station, f.ID); err != nil || f.State != ImportApplied || f.Done != 2500 {
		t.Errorf("%+v %v", f, err)
	}
	if b := w.board(w.shows, TreeOfTheDay); b.Total.Reported != document.Whole(2500*2501/2) || b.Total.Facts != 2500 {
		t.Errorf("%+v", b.Total)
	}
}

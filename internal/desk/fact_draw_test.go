package desk

import (
	"slices"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
)

// A draw made by the acts is good by the rule that anybody can run, and only then; what
// was drawn is known, and neither list nor secret can be chosen anew.
func TestDraw(t *testing.T) {
	w := newCounting(t)
	for d := range 12 {
		w.tell([]id.Unit{w.first, w.second}[d%2], w.shows, calendar.Day("2011-09-01").AddDays(d), 1, "")
	}
	w.tell(w.first, w.shows, "2011-10-01", 1, "")
	if _, err := w.office.DrawCommit(t.Context(), w.cmd(w.station), w.township, "2011-09"); !fault.Is(err, fault.Denied) {
		t.Errorf("who reports draws: %v", err)
	}
	draw, err := w.office.DrawCommit(t.Context(), w.cmd(w.checker), w.township, "2011-09")
	w.must(err)
	if _, err := w.office.DrawCommit(t.Context(), w.cmd(w.checker), w.township, "2011-09"); !fault.Is(err, fault.Conflict) {
		t.Errorf("another secret beside it: %v", err)
	}
	terms := DrawTerms{Source: "福利彩票双色球2011123期开奖号码，中间各一个空格", NotBefore: w.now.Add(24 * time.Hour), Count: 4, Each: 2}
	before := terms
	before.NotBefore = w.now
	if err := w.office.DrawFreeze(t.Context(), w.cmd(w.checker), draw, before); !fault.Is(err, fault.Invalid) {
		t.Errorf("a text that is known: %v", err)
	}
	w.now = w.now.Add(time.Minute)
	w.must(w.office.DrawFreeze(t.Context(), w.cmd(w.checker), draw, terms))
	w.tell(w.first, w.shows, "2011-09-30", 9, "") // too late for the list
	if err := w.office.DrawFreeze(t.Context(), w.cmd(w.checker), draw, terms); !fault.Is(err, fault.Conflict) {
		t.Errorf("frozen anew: %v", err)
	}
	if err := w.office.DrawReveal(t.Context(), w.cmd(w.checker), draw, "03 07 12"); !fault.Is(err, fault.Conflict) {
		t.Errorf("before the text is known: %v", err)
	}
	if drawn, err := w.office.DrawnFacts(t.Context(), w.checker, w.township, "2011-09"); err != nil || len(drawn) != 0 {
		t.Errorf("drawn before: %v %v", drawn, err)
	}
	w.now = w.now.Add(25 * time.Hour)
	w.must(w.office.DrawReveal(t.Context(), w.cmd(w.checker), draw, "03 07 12 18 26 31 09"))
	v, err := w.office.Draw(t.Context(), w.checker, draw)
	w.must(err)
	if v.State != fact.DrawRevealed || len(v.Entries) != 12 || len(v.Drawn) != 4 || len(v.Lines) != 4 {
		t.Fatalf("%+v", v)
	}
	again, err := ledger.ParseDraw(v.Bytes())
	w.must(err)
	for _, c := range again.Checks() {
		if !c.Good {
			t.Errorf("%s does not hold", c.Step)
		}
	}
	again.Entries = again.Entries[1:]
	if !slices.ContainsFunc(again.Checks(), func(c ledger.DrawCheck) bool { return !c.Good }) {
		t.Error("a list from which one was taken is good")
	}
	drawn, err := w.office.DrawnFacts(t.Context(), w.checker, w.county, "2011-09")
	w.must(err)
	for _, l := range v.Lines {
		if !drawn[l.ID] {
			t.Errorf("%s was drawn and is not known", l.ID)
		}
	}
	if len(drawn) != 4 {
		t.Errorf("%d drawn", len(drawn))
	}
	// The marks are those of the entries, and only hashes are entered.
	for kind, mark := range map[string]ledger.DrawMark{fact.KindDrawCommitted: v.Committed, fact.KindDrawFrozen: v.Frozen, fact.KindDrawRevealed: v.Revealed} {
		if e := w.entries()[mark.Seq]; e.Kind != kind || e.At != mark.At || e.Seq != mark.Seq {
			t.Errorf("%s: %+v, want %+v", kind, e, mark)
		}
	}
	// Everybody has the file once the indicator is public.
	public := NewPublic(w.db, 1)
	if _, err := public.DrawFile(t.Context(), draw); !fault.Is(err, fault.Missing) {
		t.Errorf("of an indicator that is not public: %v", err)
	}
	w.must(w.office.ReleaseIndicator(t.Context(), w.cmd(w.leader), w.shows, true))
	file, err := public.DrawFile(t.Context(), draw)
	if w.must(err); string(file) != string(v.Bytes()) {
		t.Error("the public file is another")
	}
	// One that nobody went on with is void, and another may be made.
	stuck, err := w.office.DrawCommit(t.Context(), w.cmd(w.checker), w.township, "2011-10")
	w.must(err)
	w.now = w.now.AddDate(0, 2, 0)
	if _, err := w.office.DrawCommit(t.Context(), w.cmd(w.checker), w.township, "2011-10"); err != nil {
		t.Error(err)
	}
	if err := w.office.DrawFreeze(t.Context(), w.cmd(w.checker), stuck, terms); !fault.Is(err, fault.Conflict) {
		t.Errorf("a void one goes on: %v", err)
	}
	var secrets int64
	w.must(w.db.Read(t.Context(), func(q *db.View) error {
		var err error
		secrets, err = db.Row(q, db.Value[int64], "SELECT COUNT(*) FROM fact_draw_secret WHERE city_id = $1", 1)
		return err
	}))
	if secrets != 3 {
		t.Errorf("%d secrets", secrets)
	}
}

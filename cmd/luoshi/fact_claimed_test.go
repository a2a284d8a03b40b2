package main

import (
	"path/filepath"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

// Whoever has the database and changes the class of a claim that waits to be checked is
// found by what was entered when it was told.
func TestTheClassThatWasClaimedIsHeld(t *testing.T) {
	h := open(t)
	admin := h.found()
	admin.hire("周明远", "zhou", org.Clerk)
	ctx, o, clerk := t.Context(), h.office, h.who("周明远")
	bureau, err := o.Bureau(ctx)
	h.must(err)
	shows, err := o.OpenIndicator(ctx, o.Cmd(clerk, web.NewCommand()), fact.Indicator{Name: "送演出", Measure: "场", Aggregation: fact.Sum, Wanted: fact.Independent})
	h.must(err)
	tell := func(class fact.Class, as ...desk.FactTold) desk.FactTold {
		told := desk.FactTold{Indicator: shows, Unit: bureau, Day: o.Today(), Quantity: document.Whole(1), Class: class, Note: "补了回单"}
		for _, a := range as {
			told.As = a.As
		}
		taken, err := o.ReportFactsBelow(ctx, o.Cmd(clerk, web.NewCommand()), bureau, []desk.FactTold{told}, fact.ByForm)
		h.must(err)
		return desk.FactTold{As: taken.First}
	}
	tell(fact.ByRecipient, tell(fact.OwnWord)) // a claim that was corrected, and the one in its place
	rounds := 0
	found := func(want int) string {
		rounds++
		out := filepath.Join(t.TempDir(), "export")
		must(t, exitGood, "export", "--data", h.path, out)
		return must(t, want, "verify", out)
	}
	set := func(statement string) {
		h.must(h.db.Local(ctx, func(tx *db.Tx) error {
			n, err := tx.Exec(statement, h.city)
			if n != 1 {
				t.Fatalf("%d rows: %s", n, statement)
			}
			return err
		}))
	}
	if said := found(exitNotAnchored); strings.Contains(said, "older version took") {
		t.Errorf("nobody vouches for what was claimed:\n%s", said)
	}
	for change, back := range map[string]string{
		"UPDATE fact SET class = 'C' WHERE city_id = $1 AND state = 'reported'":                 "UPDATE fact SET class = 'A' WHERE city_id = $1 AND state = 'reported'",
		"UPDATE fact SET class = 'C', claimed = 'C' WHERE city_id = $1 AND state = 'reported'":  "UPDATE fact SET class = 'A', claimed = 'A' WHERE city_id = $1 AND state = 'reported'",
		"UPDATE fact SET class = 'C', claimed = NULL WHERE city_id = $1 AND state = 'reported'": "UPDATE fact SET class = 'A', claimed = 'A' WHERE city_id = $1 AND state = 'reported'",
		"UPDATE fact SET class = 'A', claimed = 'A' WHERE city_id = $1 AND state = 'replaced'":  "UPDATE fact SET class = 'C', claimed = 'C' WHERE city_id = $1 AND state = 'replaced'",
	} {
		set(change)
		if said := found(exitWanting); !strings.Contains(said, "tables/facts.csv") {
			t.Errorf("%s is not found:\n%s", change, said)
		}
		set(back)
	}
	found(exitNotAnchored)
	if rounds != 6 {
		t.Errorf("%d exports", rounds)
	}
}

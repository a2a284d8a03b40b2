package sample

import (
	"testing"

	"luoshi/internal/desk"
	"luoshi/org"
	"luoshi/progress"
)

// At the end of the plan eleven projects are complete, as their units reported and the
// office confirmed. The two that slipped, one with a day and one without a figure, can be
// brought there by the same acts.
func TestAllProjectsCanBeComplete(t *testing.T) {
	c, _ := madeUntil(t, "2013-01-31")
	open := c.openProjects(t)
	if len(open) != 2 {
		t.Errorf("%d projects are open: %v", len(open), open)
	}
	for title, l := range open {
		told := desk.Told{Item: l.Item.ID, Unit: l.Unit.ID, Period: "2013-01", State: progress.Complete, Done: "办完了。", Proof: "验收单，存局办公室。"}
		if err := c.office.ReportOnBehalf(t.Context(), c.cmd(clerk), l.Unit.ID, []desk.Told{told}); err != nil {
			t.Fatalf("%s: %v", title, err)
		}
	}
	if err := c.confirm(func(desk.ProgressLine) bool { return true }, "2013-01"); err != nil {
		t.Fatal(err)
	}
	if left := c.openProjects(t); len(left) > 0 {
		t.Errorf("still open: %v", left)
	}
}

// openProjects are the lead units' lines of the projects that are not complete.
func (c *city) openProjects(t *testing.T) map[string]desk.ProgressLine {
	t.Helper()
	all, err := c.office.PlanProgress(t.Context(), c.people[clerk], c.plan, "2013-01")
	if err != nil {
		t.Fatal(err)
	}
	projects, open := 0, map[string]desk.ProgressLine{}
	for _, l := range all.Lines {
		if !l.Item.Project || l.Duty != org.LeadDuty {
			continue
		}
		projects++
		if l.Owed.Situation != progress.Completed {
			open[l.Item.Title] = l
		}
	}
	if projects != 13 {
		t.Errorf("%d projects", projects)
	}
	return open
}

package reports

import (
	"net/http"
	"slices"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// gridView is how the items of a plan stand for one period, unit by unit.
type gridView struct {
	Plan   plan.Plan
	Period progress.Period
	Chosen progress.SummaryChoice
	Units  []org.Unit
	Rows   []gridRow
}

// gridRow is an item; of units that are not asked for it the cell is nil.
type gridRow struct {
	Item  plan.Item
	Cells []*desk.ProgressLine
}

// newGrid puts the lines of a list into rows and columns, in the order of the plan.
func newGrid(all desk.PlanProgress, period progress.Period) gridView {
	v := gridView{Plan: all.Plan, Period: period, Chosen: all.Chosen}
	for _, l := range all.Lines {
		if !slices.ContainsFunc(v.Units, func(u org.Unit) bool { return u.ID == l.Unit.ID }) {
			v.Units = append(v.Units, l.Unit)
		}
	}
	at := map[id.Item]int{}
	for k := range all.Lines {
		l := &all.Lines[k]
		row, there := at[l.Item.ID]
		if !there {
			row, at[l.Item.ID] = len(v.Rows), len(v.Rows)
			v.Rows = append(v.Rows, gridRow{l.Item, make([]*desk.ProgressLine, len(v.Units))})
		}
		v.Rows[row].Cells[slices.IndexFunc(v.Units, func(u org.Unit) bool { return u.ID == l.Unit.ID })] = l
	}
	slices.SortStableFunc(v.Rows, func(a, b gridRow) int { return a.Item.Ordinal - b.Item.Ordinal })
	return v
}

// gridPath leads to the grid of a period.
func gridPath(p id.Plan, period progress.Period, c progress.SummaryChoice) string {
	path := page.PlanPath(p) + "/progress/grid"
	if q := choiceQuery(period, c); len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

// reportGrid shows the items and units of a plan as rows and columns.
func reportGrid(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	period, err := periodOf(r)
	if err != nil {
		return err
	}
	all, err := s.Office.PlanProgressOf(r.Context(), page.Who(r.Context()), p, period, choiceOf(r))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, gridPage(newGrid(all, period)))
	return nil
}

// mostInCell is how much of a unit's words a cell shows, in runes.
const mostInCell = 24

func firstWords(words string) string {
	if r := []rune(words); len(r) > mostInCell {
		return string(r[:mostInCell]) + "…"
	}
	return words
}

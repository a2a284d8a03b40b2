package plans

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// mostSteps is how many steps the list of what was done shows.
const mostSteps = 200

// toldStep is a step as the script of the review page is told of it.
type toldStep struct {
	Seq   int64  `json:"seq"`
	Who   string `json:"who"`
	Mine  bool   `json:"mine"`
	What  string `json:"what"`
	Nodes []int  `json:"nodes"`
}

// draftSteps lists what was done to a draft. A script asks for what is new since a step.
func draftSteps(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	ctx := r.Context()
	if page.IsPart(r) {
		after, err := strconv.ParseInt(r.FormValue("after"), 10, 64)
		if err != nil {
			return desk.ErrMissing
		}
		steps, err := s.Office.DraftSteps(ctx, page.Who(ctx), p, after)
		if err != nil {
			return err
		}
		told := []toldStep{}
		for _, t := range steps {
			told = append(told, toldStep{t.Seq, t.By.Name, t.Mine, didWhat(ctx, t), t.Nodes})
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		return json.NewEncoder(w).Encode(told)
	}
	v, err := s.Reviewed(r)
	if err != nil {
		return err
	}
	steps, err := s.Office.LatestSteps(ctx, page.Who(ctx), p, mostSteps)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, stepsPage(v, steps))
	return nil
}

// didWhat says a step in the reader's language.
func didWhat(ctx context.Context, t desk.DraftStep) string {
	what := web.Filled(ctx, t.Pattern, t.Args)
	switch {
	case t.Again:
		return web.T(ctx, "重做：%s", what)
	case t.Undoes != 0:
		return web.T(ctx, "撤销：%s", what)
	}
	return what
}

func undoStep(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	return again(s, w, r, s.Office.UndoStep)
}

func redoStep(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	return again(s, w, r, s.Office.RedoStep)
}

// again undoes or redoes a step and goes back to where it was.
func again(s *page.Side, w http.ResponseWriter, r *http.Request, act func(context.Context, desk.Cmd, id.Plan) error) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	if err := act(r.Context(), s.Office.Cmd(page.Who(r.Context()), form.Command), p); err != nil {
		return err
	}
	back := page.PlanPath(p)
	if last, err := s.Office.LatestSteps(r.Context(), page.Who(r.Context()), p, 1); err == nil && len(last) > 0 && len(last[0].Nodes) > 0 {
		back += "#n-" + strconv.Itoa(last[0].Nodes[0])
	}
	page.GoOnTo(w, r, back)
	return nil
}

// wasAndIs says what a step made of a record, field by field.
func wasAndIs(ctx context.Context, t desk.DraftStep) (lines []page.Line) {
	for _, e := range t.Edits {
		for _, name := range sortedFields(e.Was, e.Is) {
			if label := fieldLabel(name); label != "" && e.Was != nil && e.Is != nil {
				lines = append(lines, page.Line{Label: web.T(ctx, label), Stands: web.FieldSaid(ctx, e.Noun, name, e.Was), Sent: web.FieldSaid(ctx, e.Noun, name, e.Is)})
			}
		}
	}
	return lines
}

// sortedFields are the names of fields of an edit, in a fixed order.
func sortedFields(was, is plan.Fields) []string {
	names := map[string]bool{}
	for name := range was {
		names[name] = true
	}
	for name := range is {
		names[name] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// fieldLabel is what a field is called in the list of what was done; order and marks
// that nobody typed have none, nor has what the step's own sentence says.
func fieldLabel(name string) string {
	if slices.Contains([]string{"Rank", "Under", "Chosen", "State", "Direction"}, name) {
		return ""
	}
	return plan.FieldWord(name)
}

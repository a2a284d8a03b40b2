package office

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
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
func (s *side) draftSteps(w http.ResponseWriter, r *http.Request) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	ctx := r.Context()
	if isPart(r) {
		after, err := strconv.ParseInt(r.FormValue("after"), 10, 64)
		if err != nil {
			return desk.ErrMissing
		}
		steps, err := s.office.DraftSteps(ctx, who(ctx), p, after)
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
	v, err := s.reviewed(r)
	if err != nil {
		return err
	}
	steps, err := s.office.LatestSteps(ctx, who(ctx), p, mostSteps)
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

func (s *side) undoStep(w http.ResponseWriter, r *http.Request) error {
	return s.again(w, r, s.office.UndoStep)
}

func (s *side) redoStep(w http.ResponseWriter, r *http.Request) error {
	return s.again(w, r, s.office.RedoStep)
}

// again undoes or redoes a step and goes back to where it was.
func (s *side) again(w http.ResponseWriter, r *http.Request, act func(context.Context, desk.Cmd, id.Plan) error) error {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.ErrMissing
	}
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	if err := act(r.Context(), s.office.Cmd(who(r.Context()), form.Command), p); err != nil {
		return err
	}
	back := planPath(p)
	if last, err := s.office.LatestSteps(r.Context(), who(r.Context()), p, 1); err == nil && len(last) > 0 && len(last[0].Nodes) > 0 {
		back += "#n-" + strconv.Itoa(last[0].Nodes[0])
	}
	goOnTo(w, r, back)
	return nil
}

// wasAndIs says what a step made of a record, field by field.
func wasAndIs(ctx context.Context, t desk.DraftStep) (lines []line) {
	for _, e := range t.Edits {
		for _, name := range sortedFields(e.Was, e.Is) {
			if label := fieldLabel(name); label != "" && e.Was != nil && e.Is != nil {
				lines = append(lines, line{web.T(ctx, label), web.FieldSaid(ctx, e.Noun, name, e.Was), web.FieldSaid(ctx, e.Noun, name, e.Is)})
			}
		}
	}
	return lines
}

package office

import (
	"context"
	"net/http"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// setReporting asks how often chosen items of a plan in force are reported.
func setReporting(s *side, r *http.Request) (sheet, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	review, err := s.office.Plan(ctx, who(ctx), p)
	if err != nil {
		return sheet{}, err
	}
	var items, often []web.Choice
	for _, i := range review.Items {
		items = append(items, web.Choice{Value: i.ID.String(), Words: i.Title + "（" + web.Word(ctx, i.Period) + "）", Document: true})
	}
	for _, every := range plan.Periods {
		often = append(often, web.Choice{Value: string(every), Words: web.Word(ctx, every)})
	}
	sh := sheet{title: web.T(ctx, "多久报一次"), quote: review.Plan.Title, back: planProgressPath(p, ""), button: web.T(ctx, "改"),
		lede:   web.T(ctx, "只改多久报一次，方案里答应的不动。从下一次要报的那一期起算，已经报的都留着。"),
		inputs: []input{{name: "every", kind: "radio", label: web.T(ctx, "多久报一次"), choices: often}, {name: "items", kind: "checks", label: web.T(ctx, "哪些任务"), choices: items}},
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			var chosen []id.Item
			for _, v := range f.Values["items"] {
				if i, err := id.Of[id.Item](v); err == nil {
					chosen = append(chosen, i)
				}
			}
			every := plan.Period("none")
			if len(f.Values["every"]) > 0 {
				every = plan.Period(f.Value("every"))
			}
			return doneAt(planProgressPath(p, ""), "period"), s.office.SetReporting(ctx, cmd, p, chosen, every)
		}}
	if err := plan.CheckAmendable(review.Plan); err != nil {
		f, _ := web.Told(r, err)
		sh.stop = f
	}
	return sh, nil
}

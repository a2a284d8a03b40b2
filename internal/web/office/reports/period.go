package reports

import (
	"context"
	"net/http"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// setReporting asks how often chosen items of a plan in force are reported.
func setReporting(s *page.Side, r *http.Request) (page.Sheet, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	review, err := s.Office.Plan(ctx, page.Who(ctx), p)
	if err != nil {
		return page.Sheet{}, err
	}
	var items, often []web.Choice
	for _, i := range review.Items {
		items = append(items, web.Choice{Value: i.ID.String(), Words: i.Title + "（" + web.Word(ctx, i.Period) + "）", Document: true})
	}
	for _, every := range plan.Periods {
		often = append(often, web.Choice{Value: string(every), Words: web.Word(ctx, every)})
	}
	sh := page.Sheet{Title: web.T(ctx, "多久报一次"), Quote: review.Plan.Title, Back: page.PlanProgressPath(p, ""), Button: web.T(ctx, "改"),
		Lede:   web.T(ctx, "只改多久报一次，方案里答应的不动。从下一次要报的那一期起算，已经报的都留着。"),
		Inputs: []page.Input{{Name: "every", Kind: "radio", Label: web.T(ctx, "多久报一次"), Choices: often}, {Name: "items", Kind: "checks", Label: web.T(ctx, "哪些任务"), Choices: items}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
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
			return doneAt(page.PlanProgressPath(p, ""), "period"), s.Office.SetReporting(ctx, cmd, p, chosen, every)
		}}
	if err := plan.CheckAmendable(review.Plan); err != nil {
		f, _ := web.Told(r, err)
		sh.Stop = f
	}
	return sh, nil
}

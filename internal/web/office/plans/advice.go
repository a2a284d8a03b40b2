package plans

import (
	"context"
	"net/http"
	"strconv"

	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// advised is the advice of one weight.
type advised struct {
	weight plan.Weight
	hints  []plan.Hint
	places int
}

// advice tells the author of a draft what to change in its words.
func advice(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := s.Reviewed(r)
	if err != nil {
		return err
	}
	if v.Plan.State != plan.Drafted {
		return plan.ErrNotDraft
	}
	all := []advised{{weight: plan.Contradiction}, {weight: plan.Unclear}, {weight: plan.Wording}}
	for _, h := range plan.Lint(v.Source(), plan.ReadSource(v.Source(), v.Columns())) {
		for i := range all {
			if all[i].weight == h.Weight {
				all[i].hints = append(all[i].hints, h)
				all[i].places += len(h.Places)
			}
		}
	}
	web.Show(w, r, http.StatusOK, advicePage(v, all))
	return nil
}

// placesShown is how many places of one hint are quoted.
const placesShown = 5

// nodeAnchor leads to the clause of the review that holds a place.
func nodeAnchor(p plan.Place) string { return "#n-" + strconv.Itoa(p.Node) }

// placeName is the line of a place, and the item that it belongs to.
func placeName(ctx context.Context, p plan.Place) string {
	return web.T(ctx, "第 %s 行", web.Count(p.Line))
}

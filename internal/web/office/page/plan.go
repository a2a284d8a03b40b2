package page

import (
	"context"
	"net/http"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/progress"
)

// reachedLamp is how what was said of a milestone stands, as a lamp and its word.
func reachedLamp(ctx context.Context, r progress.Reached) (lamp, word string) {
	switch r.Standing {
	case progress.Confirmed:
		return "done", web.T(ctx, "办到了")
	case progress.Returned:
		return "slow", web.T(ctx, "退回了")
	}
	return "wait", web.T(ctx, "办到，待确认")
}

// Reviewed loads the plan that an address names.
func (s *Side) Reviewed(r *http.Request) (desk.Review, error) {
	p, err := id.Of[id.Plan](r.PathValue("plan"))
	if err != nil {
		return desk.Review{}, desk.ErrMissing
	}
	return s.Office.Plan(r.Context(), Who(r.Context()), p)
}

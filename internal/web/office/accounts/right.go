package accounts

import (
	"context"
	"net/http"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// rights shows who may do what: the policy as it is in the program, and how who asks
// came to their own posts.
func rights(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	mine, err := s.Office.Handovers(r.Context(), page.Who(r.Context()), 0)
	if err == nil {
		web.Show(w, r, http.StatusOK, rightsPage(mine))
	}
	return err
}

// reachWord says how far a right goes.
func reachWord(ctx context.Context, far desk.Reach) string {
	switch far {
	case desk.OwnUnit:
		return web.T(ctx, "本单位")
	case desk.Downward:
		return web.T(ctx, "本单位和下级")
	case desk.WholeCity:
		return web.T(ctx, "全市")
	}
	return "–"
}

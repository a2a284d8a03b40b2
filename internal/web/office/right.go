package office

import (
	"context"
	"net/http"

	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// rights shows who may do what: the policy as it is in the program.
func (s *side) rights(w http.ResponseWriter, r *http.Request) error {
	web.Show(w, r, http.StatusOK, rightsPage())
	return nil
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

package plans

import (
	"context"

	"luoshi/internal/web"
	"luoshi/plan"
)

// nextStep says what a plan waits for.
func nextStep(ctx context.Context, p plan.Plan) string {
	switch {
	case p.State == plan.Drafted:
		return web.T(ctx, "核对，然后启用")
	case p.State == plan.Closed:
		return web.T(ctx, "已经结束")
	case !p.Released:
		return web.T(ctx, "请另一位同事公开")
	}
	return web.T(ctx, "公开了，正在办")
}

package page

import (
	"context"

	"luoshi/collection"
	"luoshi/internal/web"
)

// SituationWord says how a unit stands that is asked for something.
func SituationWord(ctx context.Context, s collection.Situation) string {
	switch s {
	case collection.Awaited:
		return web.T(ctx, "还没有报")
	case collection.Arrived:
		return web.T(ctx, "已报")
	case collection.GivenBack:
		return web.T(ctx, "退回")
	case collection.Taken:
		return web.T(ctx, "已收")
	}
	return web.T(ctx, "未报")
}

// SituationLamp is the shape and colour of how a unit stands.
func SituationLamp(s collection.Situation) string {
	return map[collection.Situation]string{collection.Awaited: "idle", collection.Missing: "none", collection.Arrived: "wait", collection.GivenBack: "slow", collection.Taken: "done"}[s]
}

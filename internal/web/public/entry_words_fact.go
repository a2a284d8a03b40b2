package public

import (
	"context"

	"luoshi/fact"
	"luoshi/internal/web"
)

// factSayings are the sentences of entries about what is counted, and what was told of it.
var factSayings = map[string]func(context.Context, entryWords) string{
	fact.KindIndicatorOpened:    sayIndicatorOpened,
	fact.KindIndicatorStated:    sayIndicatorStated,
	fact.KindIndicatorPublished: sayIndicatorPublished,
	fact.KindIndicatorWithdrawn: sayIndicatorWithdrawn,
	fact.KindGoalSet:            sayGoalSet,
	fact.KindSplitIssued:        saySplitIssued,
	fact.KindAdded:              sayFactsAdded,
}

func sayIndicatorOpened(ctx context.Context, e entryWords) string {
	return web.T(ctx, "设立了指标“%s”。", e.word("name"))
}

func sayIndicatorStated(ctx context.Context, e entryWords) string {
	return web.T(ctx, "改写了指标“%s”的名称或者口径。", e.word("name"))
}

func sayIndicatorPublished(ctx context.Context, e entryWords) string {
	return web.T(ctx, "公开了一个指标和它的每一条数。")
}

func sayIndicatorWithdrawn(ctx context.Context, e entryWords) string {
	return web.T(ctx, "收回了一个指标和它的每一条数。")
}

func sayGoalSet(ctx context.Context, e entryWords) string {
	return web.T(ctx, "一个目标从 %s 数到 %s。", e.day("from"), e.day("to"))
}

func saySplitIssued(ctx context.Context, e entryWords) string {
	return web.T(ctx, "把一个目标分解下达给 %d 个单位。", int(e.number("rows")))
}

func sayFactsAdded(ctx context.Context, e entryWords) string {
	return web.T(ctx, "报了、改了或者核实了 %d 条数。", int(e.number("rows")))
}

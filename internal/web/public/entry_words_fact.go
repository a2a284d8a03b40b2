package public

import (
	"context"

	"luoshi/fact"
	"luoshi/internal/web"
)

func sayIndicatorOpened(ctx context.Context, e entryWords) string {
	how := fact.Aggregation(e.line.Entry.Field("aggregation"))
	return web.T(ctx, "设立了一个指标。怎么汇总：%s", web.T(ctx, aggregationWords[how].Name))
}

func sayIndicatorStated(ctx context.Context, e entryWords) string {
	return web.T(ctx, "写明了指标“%s”数什么，单位是%s。", e.word("name"), e.word("unit_of_measure"))
}

func sayIndicatorPublished(ctx context.Context, e entryWords) string {
	return web.T(ctx, "从%s起，公开一个指标报来的数。", e.day("day"))
}

func sayIndicatorWithdrawn(ctx context.Context, e entryWords) string {
	return web.T(ctx, "%s撤回了一个指标的公开。", e.day("day"))
}

func sayGoalSet(ctx context.Context, e entryWords) string {
	return web.T(ctx, "任务“%s”答应的数开始计数：从%s数到%s。", e.names[e.line.Entry.Subject("item")], e.day("from"), e.day("to"))
}

func saySplitIssued(ctx context.Context, e entryWords) string {
	return web.T(ctx, "把任务“%s”的数分给了 %s 个单位，第 %s 次。", e.names[e.line.Entry.Subject("item")], e.count("rows"), e.count("revision"))
}

func sayFactsAdded(ctx context.Context, e entryWords) string {
	return web.T(ctx, "报来、更正、核实或者退回了 %s 条。", e.count("rows"))
}

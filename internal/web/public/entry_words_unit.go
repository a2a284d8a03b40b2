package public

import (
	"context"

	"luoshi/internal/web"
)

func sayUnitsImported(ctx context.Context, e entryWords) string {
	return web.T(ctx, "从名单里设立了 %s 个单位，从%s起。", web.Count(e.number("units")), e.day("from"))
}

func sayUnitChanged(ctx context.Context, e entryWords) string {
	return web.T(ctx, "单位有了变动：从%s起是“%s”。", e.day("from"), e.word("name"))
}

func sayUnitClosed(ctx context.Context, e entryWords) string {
	return web.T(ctx, "单位撤销了，最后一天是%s。", e.day("to"))
}

func sayUnitSucceeded(ctx context.Context, e entryWords) string {
	return web.T(ctx, "从%s起，这个单位的事由另一个单位接着办。", e.day("from"))
}

func sayWorkingBody(ctx context.Context, e entryWords) string {
	if e.word("working_body") == "" {
		return web.T(ctx, "这个单位不再写明工作机构。")
	}
	return web.T(ctx, "这个单位的工作机构是“%s”。", e.word("working_body"))
}

func sayUnitPhone(ctx context.Context, e entryWords) string {
	if e.word("phone") == "" {
		return web.T(ctx, "这个单位不再公开电话。")
	}
	return web.T(ctx, "这个单位公开的电话是 %s。", e.word("phone"))
}

func sayPostEnded(ctx context.Context, e entryWords) string {
	return web.T(ctx, "岗位撤了，最后一天是%s。", e.day("to"))
}

func sayGroupStated(ctx context.Context, e entryWords) string {
	return web.T(ctx, "写明了“%s”由哪些岗位组成。", e.word("name"))
}

func sayItemAssigned(ctx context.Context, e entryWords) string {
	if e.number("lead") == 0 {
		return web.T(ctx, "任务“%s”不再分给哪个单位。", e.names[e.line.Entry.Subject("item")])
	}
	return web.T(ctx, "任务“%s”分给了单位：%s 个牵头，%s 个配合。", e.names[e.line.Entry.Subject("item")], e.count("lead"), e.count("cooperating"))
}

package public

import (
	"context"

	"luoshi/internal/web"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// reportKinds are the entries about reports. Each is of its own period and takes the place
// of none before.
var reportKinds = []string{progress.KindReported, progress.KindConfirmed, progress.KindReturned, progress.KindStoneReached, progress.KindStoneReturned}

// namingItems are the entries whose sentences name their item without having its words.
var namingItems = append([]string{plan.KindItemPublished, plan.KindChangeRecorded, org.KindItemAssigned}, reportKinds...)

// period names the period that an entry is about.
func (e entryWords) period() string {
	p, err := progress.Parse(string(progress.OfCode(e.line.Entry.Field("period"))))
	if err != nil {
		return e.line.Entry.Field("period")
	}
	return web.PeriodName(e.ctx, p)
}

func (e entryWords) itemTitle() string { return e.names[e.line.Entry.Subject("item")] }

func sayReported(ctx context.Context, e entryWords) string {
	state := web.Word(ctx, e.line.Entry.Field("state"))
	if e.line.Entry.Field("state") == string(progress.Complete) {
		state = web.T(ctx, "完成，等主办单位确认")
	}
	said := web.T(ctx, "报了“%s”%s的进展：%s。", e.itemTitle(), e.period(), state)
	if e.number("on_behalf") == 1 {
		said = web.T(ctx, "代报了“%s”%s的进展：%s。", e.itemTitle(), e.period(), state)
	}
	if done := e.word("done"); done != "" {
		said += gap(ctx) + done
	}
	return said
}

func sayReportConfirmed(ctx context.Context, e entryWords) string {
	return web.T(ctx, "确认“%s”完成了。", e.itemTitle())
}

func sayReportReturned(ctx context.Context, e entryWords) string {
	return web.T(ctx, "退回了“%s”%s的进展，请单位重新报。", e.itemTitle(), e.period())
}

func sayStoneReached(ctx context.Context, e entryWords) string {
	return web.T(ctx, "确认“%s”的一个节点%s办到了。", e.itemTitle(), e.day("on"))
}

func sayStoneReturned(ctx context.Context, e entryWords) string {
	return web.T(ctx, "收回了对“%s”一个节点办到的确认，请单位重新报。", e.itemTitle())
}

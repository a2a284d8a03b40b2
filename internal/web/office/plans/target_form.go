package plans

import (
	"context"
	"net/url"

	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

func targetInputs(ctx context.Context) []page.Input {
	return []page.Input{
		{Name: "indicator", Kind: "text", Label: web.T(ctx, "指标名称")},
		{Name: "bound", Kind: "select", Label: web.T(ctx, "怎么比"), Choices: choices(ctx, plan.Bounds)},
		{Name: "value", Kind: "text", Label: web.T(ctx, "数"), Hint: web.T(ctx, "例如 1500、36700、0.5。")},
		{Name: "max", Kind: "text", Label: web.T(ctx, "上限"), Hint: web.T(ctx, "只有“范围”才要填。")},
		{Name: "unit", Kind: "text", Label: web.T(ctx, "计量单位"), Hint: web.T(ctx, "例如 场、册、名。")},
		{Name: "scope", Kind: "text", Label: web.T(ctx, "管到哪里"), Hint: web.T(ctx, "例如 全市、每个乡镇。可以空着。")},
		{Name: "from", Kind: "text", Label: web.T(ctx, "从多少起"), Hint: web.T(ctx, "例如“由5%降到3%”里的 5。没有写就空着。")},
		{Name: "each", Kind: "select", Label: web.T(ctx, "每隔多久一次这么多"), Hint: web.T(ctx, "例如每年培训 2000 名。只要一共这么多，就选“一共”。"), Choices: repeats(ctx)},
		{Name: "start", Kind: "date", Label: web.T(ctx, "从哪天开始"), Hint: web.T(ctx, "没有写就空着。")},
		{Name: "deadline", Kind: "date", Label: web.T(ctx, "期限"), Hint: web.T(ctx, "当天也算。没有写就空着。")},
		{Name: "aggregate", Kind: "select", Label: web.T(ctx, "怎么加"), Choices: choices(ctx, plan.Aggregates)},
		{Name: "hardness", Kind: "select", Label: web.T(ctx, "硬任务还是力争"), Choices: choices(ctx, plan.Hardnesses)},
	}
}

// standTarget fills a form with a target; without a figure its field stays empty.
func standTarget(values url.Values, t plan.Target, figureless bool) {
	for name, value := range map[string]string{"indicator": t.Indicator, "bound": t.Bound, "value": t.Value.String(), "unit": t.Unit, "scope": t.Scope,
		"deadline": string(t.Deadline), "start": string(t.Start), "each": t.Period, "aggregate": t.Aggregate, "hardness": t.Hardness} {
		values.Set(name, value)
	}
	if figureless {
		values.Set("value", "")
	}
	if t.Max != nil {
		values.Set("max", t.Max.String())
	}
	if t.From != nil {
		values.Set("from", t.From.String())
	}
}

func milestoneInputs(ctx context.Context) []page.Input {
	return []page.Input{
		{Name: "title", Kind: "text", Label: web.T(ctx, "节点名称"), Hint: web.T(ctx, "做成什么，例如 市博物馆对外开放。")},
		{Name: "due", Kind: "date", Label: web.T(ctx, "期限"), Hint: web.T(ctx, "当天也算。")},
		{Name: "hardness", Kind: "select", Label: web.T(ctx, "硬任务还是力争"), Choices: choices(ctx, plan.Hardnesses)},
		{Name: "proof", Kind: "text", Label: web.T(ctx, "完成的凭据"), Hint: web.T(ctx, "拿什么证明办成了。可以空着。")},
	}
}

func standMilestone(values url.Values, m plan.Milestone) {
	for name, value := range map[string]string{"title": m.Title, "due": string(m.Due), "hardness": m.Hardness, "proof": m.Proof} {
		values.Set(name, value)
	}
}

// milestoneIn gives a milestone with what a form says about it.
func milestoneIn(m plan.Milestone, f web.Form) (plan.Milestone, error) {
	m.Title, m.Hardness, m.Proof = f.Value("title"), f.Value("hardness"), f.Value("proof")
	var err error
	m.Due, err = page.DayIn(f, "due")
	return m, err
}

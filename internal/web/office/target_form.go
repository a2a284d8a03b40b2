package office

import (
	"context"
	"net/url"

	"luoshi/internal/web"
	"luoshi/plan"
)

func targetInputs(ctx context.Context) []input {
	return []input{
		{name: "indicator", kind: "text", label: web.T(ctx, "指标名称")},
		{name: "bound", kind: "select", label: web.T(ctx, "怎么比"), choices: choices(ctx, plan.Bounds)},
		{name: "value", kind: "text", label: web.T(ctx, "数"), hint: web.T(ctx, "例如 1500、36700、0.5。")},
		{name: "max", kind: "text", label: web.T(ctx, "上限"), hint: web.T(ctx, "只有“范围”才要填。")},
		{name: "unit", kind: "text", label: web.T(ctx, "计量单位"), hint: web.T(ctx, "例如 场、册、名。")},
		{name: "scope", kind: "text", label: web.T(ctx, "管到哪里"), hint: web.T(ctx, "例如 全市、每个乡镇。可以空着。")},
		{name: "from", kind: "text", label: web.T(ctx, "从多少起"), hint: web.T(ctx, "例如“由5%降到3%”里的 5。没有写就空着。")},
		{name: "each", kind: "select", label: web.T(ctx, "每隔多久一次这么多"), hint: web.T(ctx, "例如每年培训 2000 名。只要一共这么多，就选“一共”。"), choices: repeats(ctx)},
		{name: "start", kind: "date", label: web.T(ctx, "从哪天开始"), hint: web.T(ctx, "没有写就空着。")},
		{name: "deadline", kind: "date", label: web.T(ctx, "期限"), hint: web.T(ctx, "当天也算。没有写就空着。")},
		{name: "aggregate", kind: "select", label: web.T(ctx, "怎么加"), choices: choices(ctx, plan.Aggregates)},
		{name: "hardness", kind: "select", label: web.T(ctx, "硬任务还是力争"), choices: choices(ctx, plan.Hardnesses)},
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

func milestoneInputs(ctx context.Context) []input {
	return []input{
		{name: "title", kind: "text", label: web.T(ctx, "节点名称"), hint: web.T(ctx, "做成什么，例如 市博物馆对外开放。")},
		{name: "due", kind: "date", label: web.T(ctx, "期限"), hint: web.T(ctx, "当天也算。")},
		{name: "hardness", kind: "select", label: web.T(ctx, "硬任务还是力争"), choices: choices(ctx, plan.Hardnesses)},
		{name: "proof", kind: "text", label: web.T(ctx, "完成的凭据"), hint: web.T(ctx, "拿什么证明办成了。可以空着。")},
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
	m.Due, err = dayIn(f, "due")
	return m, err
}

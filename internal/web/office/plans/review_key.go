package plans

import (
	"context"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// corrects reports whether the reader can change the plan as a draft.
func corrects(ctx context.Context, v desk.Review) bool {
	w := web.Of(ctx).Who
	return v.Plan.State == plan.Drafted && w != nil && desk.May("plan.correct", w.Roles)
}

// reviewKey is a key of the review page, which works while nothing is being typed.
type reviewKey struct{ key, does string }

func reviewKeys(ctx context.Context) []reviewKey {
	return []reviewKey{
		{"J", web.T(ctx, "下一个没答的问题")},
		{"K", web.T(ctx, "上一个没答的问题")},
		{"1–9", web.T(ctx, "选这个问题的第几个答案，选了就存")},
		{"A", web.T(ctx, "同样的问题也这样答")},
		{"W", web.T(ctx, "自己写答案")},
		{"L", web.T(ctx, "这一问待定")},
		{"N", web.T(ctx, "下一条（任务、指标、节点、阶段）")},
		{"B", web.T(ctx, "上一条")},
		{"E", web.T(ctx, "改这一条")},
		{"X", web.T(ctx, "不是任务、不是承诺：去掉这一条")},
		{"G", web.T(ctx, "到原文里看这一条的出处")},
		{"S", web.T(ctx, "把这条任务分成两条")},
		{"M", web.T(ctx, "移动这条任务")},
		{"V", web.T(ctx, "勾上或放开这条任务")},
		{"I", web.T(ctx, "选中的原文：添任务")},
		{"T", web.T(ctx, "选中的原文：添指标")},
		{"D", web.T(ctx, "选中的原文：添节点")},
		{"O", web.T(ctx, "选中的原文：写上谁负责")},
		{"P", web.T(ctx, "选中的原文：添阶段")},
		{"U", web.T(ctx, "撤销")},
		{"R", web.T(ctx, "重做")},
		{"Enter", web.T(ctx, "存下并收起正在填的表")},
		{"Esc", web.T(ctx, "收起正在填的表（改过的已经存了，新添的不存）")},
		{"?", web.T(ctx, "看全部按键")},
	}
}

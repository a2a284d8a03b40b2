package office

import (
	"context"

	"luoshi/internal/web"
	"luoshi/progress"
)

// figureLines say what was counted of an item, one line for each promise.
func figureLines(ctx context.Context, r progress.SummaryRow) (out []string) {
	for _, f := range r.Figures {
		out = append(out, figureLine(ctx, f))
	}
	return out
}

func figureLine(ctx context.Context, f progress.SummaryFigure) string {
	words := web.T(ctx, "没有报过数（应完成 %s %s）", web.Figure(f.Target), f.Measure)
	if f.Told {
		words = web.T(ctx, "到 %s 报来 %s / %s %s", web.Date(ctx, f.Until), web.Figure(f.Reported), web.Figure(f.Target), f.Measure)
		if f.Share > 0 {
			words += web.Comma(ctx) + web.Count(f.Share) + "%"
		}
		words += web.Comma(ctx) + web.T(ctx, "算数 %s", web.Figure(f.Counted))
	}
	if f.Silent > 0 {
		words += web.Comma(ctx) + web.T(ctx, "%s 个单位里 %s 个没有报数", web.Count(f.Asked), web.Count(f.Silent))
	}
	return web.T(ctx, "%s：%s", f.Name, words) + web.T(ctx, "。")
}

package reports

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
	until, reported, target := web.Date(ctx, f.Until), web.Figure(f.Reported), web.Figure(f.Target)
	var words string
	switch {
	case f.Falls && !f.Told:
		words = web.T(ctx, "没有报过数（应降到 %s %s）", target, f.Measure)
	case f.Falls:
		words = web.T(ctx, "到 %s %s %s，要从 %s 降到 %s，降了 %s%%", until, reported, f.Measure, web.Figure(f.Base), target, web.Count(f.Share))
	case f.Ceiling && !f.Told:
		words = web.T(ctx, "没有报过数（上限 %s %s）", target, f.Measure)
	case f.Ceiling && f.Reported > f.Target:
		words = web.T(ctx, "到 %s 报来 %s %s，上限 %s，超了 %s", until, reported, f.Measure, target, web.Figure(f.Reported-f.Target))
	case f.Ceiling:
		words = web.T(ctx, "到 %s 报来 %s %s，上限 %s，用了 %s%%", until, reported, f.Measure, target, web.Count(f.Share))
	case !f.Told:
		words = web.T(ctx, "没有报过数（应完成 %s %s）", target, f.Measure)
	default:
		words = web.T(ctx, "到 %s 报来 %s / %s %s", until, reported, target, f.Measure)
		if f.Share > 0 {
			words += web.Comma(ctx) + web.Count(f.Share) + "%"
		}
	}
	if f.Told {
		words += web.Comma(ctx) + web.T(ctx, "算数 %s", web.Figure(f.Counted))
	}
	if f.Silent > 0 {
		words += web.Comma(ctx) + web.T(ctx, "%s 个单位里 %s 个没有报数", web.Count(f.Asked), web.Count(f.Silent))
	}
	return web.T(ctx, "%s：%s", f.Name, words) + web.T(ctx, "。")
}

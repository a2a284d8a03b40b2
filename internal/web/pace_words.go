package web

import (
	"context"
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
)

// ForecastWords say between which figures a goal will end, and how that was worked out.
func ForecastWords(ctx context.Context, f fact.Forecast, end calendar.Day, measure string) string {
	whole := func(d document.Decimal) string { return Figure(d - d%document.DecimalScale) }
	return T(ctx, "照以前的快慢，到 %s 估计有 %s 到 %s %s，居中 %s。", Date(ctx, end), whole(f.Low), whole(f.High), measure, whole(f.Middle)) + Gap(ctx) +
		T(ctx, "算法：以前每连着 %s 个月算出每个可办日的平均数，共 %s 个，从小到大排，取靠两头的两个，乘上余下的可办日；最后落在中间的机会约 %s%%。", Count(f.Run), Count(f.Rates), Count(f.Inside*100/max(1, f.Of)))
}

// Seasons names the seasons in which a goal can be worked on; nothing where it has none.
func Seasons(ctx context.Context, all []fact.Window) string {
	var out []string
	for _, w := range all {
		out = append(out, T(ctx, "每年 %s 到 %s", ShortDate(ctx, calendar.Day("2000-"+w.From)), ShortDate(ctx, calendar.Day("2000-"+w.To))))
	}
	return strings.Join(out, T(ctx, "、"))
}

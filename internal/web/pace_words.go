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

// DownWords work out in one line how a goal stands that is better the less there is.
func DownWords(ctx context.Context, p fact.Pace) string {
	f := p.Figures()
	switch {
	case p.Way == fact.Falls && !p.Reported:
		return T(ctx, "还没有人报过，从多少降起不知道")
	case p.Way == fact.Falls:
		return T(ctx, "从 %s 降到 %s，现在 %s（降了 %s%%），按日子到今天应降到 %s（%s%%）", Figure(p.Base), f.Target, f.Done, Count(f.Share), f.Expected, Count(f.Due))
	case !p.Reported:
		return T(ctx, "上限 %s，日子过了 %s%%，还没有人报过", f.Target, Count(f.Due))
	}
	return T(ctx, "上限 %s，报来 %s（用了 %s%%），日子过了 %s%%，到今天最多 %s", f.Target, f.Done, Count(f.Share), Count(f.Due), f.Expected)
}

// Seasons names the seasons in which a goal can be worked on; nothing where it has none.
func Seasons(ctx context.Context, all []fact.Window) string {
	var out []string
	for _, w := range all {
		out = append(out, T(ctx, "每年 %s 到 %s", ShortDate(ctx, calendar.Day("2000-"+w.From)), ShortDate(ctx, calendar.Day("2000-"+w.To))))
	}
	return strings.Join(out, T(ctx, "、"))
}

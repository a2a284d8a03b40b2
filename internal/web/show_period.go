package web

import (
	"context"
	"strconv"

	"luoshi/internal/text"
	"luoshi/plan"
	"luoshi/progress"
)

// PeriodName writes a period for reading: 2011年9月, 2011年第37周, or Sep 2011.
func PeriodName(ctx context.Context, p progress.Period) string {
	year, n := p.Number()
	y := strconv.Itoa(year)
	switch p.Every() {
	case progress.Weekly:
		return T(ctx, "%s年第%s周", y, Count(n))
	case progress.Fortnightly:
		return T(ctx, "%s年第%s个双周", y, Count(n))
	case progress.Quarterly:
		return T(ctx, "%s年第%s季度", y, Count(n))
	case progress.Monthly:
		if Of(ctx).Lang == text.English {
			return months[n-1] + " " + y
		}
		return T(ctx, "%s年%s月", y, Count(n))
	}
	return T(ctx, "%s年", y)
}

// StateLamp is the lamp of what was reported; one of a completion that nobody confirmed waits.
func StateLamp(r *progress.Report) plan.Lamp {
	if r == nil {
		return plan.LampNone
	}
	switch r.State {
	case progress.NotStarted:
		return plan.LampNotStarted
	case progress.UnderWay:
		return plan.LampUnderWay
	case progress.Blocked:
		return plan.LampBlocked
	}
	if r.Standing == progress.Confirmed {
		return plan.LampComplete
	}
	return plan.LampWaiting
}

// DoubtWords says where a state contradicts the dates.
func DoubtWords(ctx context.Context, c progress.Contradiction) string {
	switch c.Kind {
	case progress.PastDeadline:
		return T(ctx, "期限%s已经过了，还没有报完成。", Date(ctx, c.Day))
	case progress.MissedStone:
		return T(ctx, "报的是推进中，可是“%s”的日子%s已经过了。", c.Title, Date(ctx, c.Day))
	}
	return T(ctx, "报的是未启动，可是方案说%s就该开始了。", Date(ctx, c.Day))
}

package page

import (
	"context"
	"strconv"

	"luoshi/calendar"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/plan"
)

// settlePath leads to accepting an answer to an order, or asking once more.
func settlePath(c desk.OrderCase, act string) string {
	return OrderPath(c.Plan, c.Item.ID) + "/" + act + "?ordinal=" + strconv.Itoa(len(c.Answers))
}

// OrderStateWord says how far an order has come.
func OrderStateWord(ctx context.Context, c desk.OrderCase) string {
	switch c.State {
	case plan.OrderOverdue:
		return web.T(ctx, "过了日子没有回复")
	case plan.OrderAnswered:
		return web.T(ctx, "回复了，等认可")
	case plan.OrderAccepted:
		return web.T(ctx, "认可了")
	}
	if len(c.Answers) > 0 {
		return web.T(ctx, "再问了一次，等回复")
	}
	return web.T(ctx, "等回复")
}

// orderStateLamp is the lamp beside that word.
func orderStateLamp(s plan.OrderState) string {
	switch s {
	case plan.OrderOverdue:
		return string(plan.LampOverdue)
	case plan.OrderAnswered:
		return string(plan.LampWaiting)
	case plan.OrderAccepted:
		return string(plan.LampComplete)
	}
	return string(plan.LampNotStarted)
}

// CaseUntil says how far the day of an order is away, as long as that matters.
func CaseUntil(ctx context.Context, c desk.OrderCase, today calendar.Day) string {
	if c.State == plan.OrderAccepted || c.State == plan.OrderAnswered || c.Due == "" {
		return ""
	}
	return web.Until(ctx, today, c.Due)
}
